from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Related, Severity, Site, SiteRule, repeats_in, repeats_over_files

if TYPE_CHECKING:
    from sitecheck import Repeat

SAID = {
    "one list": (Severity.ERROR, "this work is in this list already"),
    "two lists": (Severity.WARNING, "this work is listed on this page already"),
    "two files": (Severity.WARNING, "this work is in another file of this list already"),
    "on purpose": (Severity.INFO, "this work is listed on this page already, perhaps on purpose"),
}


class DuplicateCitation(SiteRule):
    """A work is listed twice.

    It is an error in one list: readers count it twice. Under two headings of one page, and in two files of one list
    (the data files of a folder, the papers of a collection, each in its own file), it is a warning: some list a paper
    under each of its topics, and most forget that they did. Where one of the two stands under a heading such as
    "Selected", is cut short, or the page is an awesome list, it is an info.

    Two entries are the same work where title and authors agree, whatever their spelling, and venue and year do not
    differ. A preprint and its publication are two versions; see `duplicate-version`.

    Silent where the titles differ in a number ("2nd" and "3rd workshop", "Part I" and "Part II"), for titles of columns
    ("Editorial"), and where one file holds more than a fifth of another, as exports do.

    Wrong where a venue printed two papers of the same people under one title in one year.
    """

    severity = Severity.ERROR
    preview = True
    needs = frozenset(("citations",))
    examples = (
        Example(
            """
            > - J. Bohm and A. Lin. "Tides of the Wadden Sea." Marine Science, 2019.
            > - C. Roe. "On kelp." Botany, 2018.
            > - Böhm, J., Lin, A. (2019). Tides of the Wadden sea. *Marine Science*.
                                          ^^^^^^^^^^^^^^^^^^^^^^^ this work is in this list already
            """
        ),
        Example(
            """
            > ## Selected papers
            >
            > - J. Bohm and A. Lin. "Tides of the Wadden Sea." Marine Science, 2019.
            >
            > ## All papers
            >
            > - J. Bohm and A. Lin. "Tides of the Wadden Sea." Marine Science, 2019.
                                     ^^^^^^^^^^^^^^^^^^^^^^^ this work is listed on this page already, perhaps on purpose
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            - J. Bohm and A. Lin. "Tides of the Wadden Sea, Part I." Marine Science, 2019.
            - J. Bohm and A. Lin. "Tides of the Wadden Sea, Part II." Marine Science, 2019.
            """
        ),
    )

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        if not site.facts(path).citations:
            return
        for repeat in (*repeats_in(path, site), *repeats_over_files(path, site)):
            yield _finding(repeat)


def _finding(repeat: Repeat) -> Finding:
    severity, message = SAID[repeat.relation]
    first = Related(repeat.first.place, "first listed here", repeat.first_path)
    return Finding(repeat.entry.place, message, severity=severity, related=(first,), help="keep one of the two")
