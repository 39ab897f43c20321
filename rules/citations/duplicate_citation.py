from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Severity, Site, SiteRule, places_of_repeats, repeats_in, repeats_over_files

if TYPE_CHECKING:
    from sitecheck import Repeat

SAID = {
    "one list": (Severity.ERROR, "this work is in this list already"),
    "alike": (Severity.WARNING, "this work seems to be in this list already, with its title written otherwise"),
    "two lists": (Severity.WARNING, "this work is listed on this page already"),
    "two files": (Severity.WARNING, "this work is in another file of this list already"),
    "folder": (Severity.INFO, "this work is in another file of this folder already, perhaps on purpose"),
    "on purpose": (Severity.INFO, "this work is listed on this page already, perhaps on purpose"),
    "generated": (Severity.INFO, "this work is listed already, in a file that a program made"),
}
MANY = 5
"""Where a page has more that are no more than an info, they are told once."""


class DuplicateCitation(SiteRule):
    """A work is listed twice.

    It is an error in one list: readers count it twice. It is a warning where the titles are not quite the same, under
    two headings of one page, and in two files of one list (the papers of a collection, each in its own file, or data
    files by year): some list a paper under each of its topics, and most forget that they did.

    It is an info where the two may be on purpose: where one of them stands under a heading such as "Selected" or
    "News", is cut short, or the page lists what others wrote (an awesome list); in two files of one folder that may be
    lists of their own; and where a file says that a program made it. More than five of a page are told once, with all
    their places, and so are those of a file that a program made.

    Two entries are the same work where title and authors agree, whatever their spelling, and venue and year do not
    differ. A preprint and its publication are two versions; see `duplicate-version`.

    Silent under two headings such as "References", since each text has its own; where the titles differ in a number
    ("2nd" and "3rd workshop", "Part I" and "Part II"); for titles of columns ("Editorial") and patents; where each of
    two entries without a known venue has words or numbers of its own behind the title, as abstracts of two meetings
    have; and where one file holds more than a fifth of another, as exports do.

    Wrong where a venue printed two papers of the same people under one title in one year, or a title and a longer one.
    """

    severity = Severity.ERROR
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
        infos: dict[str, list[Repeat]] = {}
        for repeat in (*repeats_in(path, site), *repeats_over_files(path, site)):
            if SAID[repeat.relation][0] == Severity.INFO:
                infos.setdefault(repeat.relation, []).append(repeat)
            else:
                yield _finding((repeat,))
        for relation, repeats in infos.items():
            told_once = len(repeats) > MANY or relation == "generated"
            yield from [_finding(repeats)] if told_once else (_finding((each,)) for each in repeats)


def _finding(repeats: Sequence[Repeat]) -> Finding:
    """At the first of them, with the places of all."""
    severity, message = SAID[repeats[0].relation]
    if len(repeats) > 1:
        message = message.replace("this work is", f"{len(repeats)} works are", 1)
    related = places_of_repeats(repeats, "first listed here")
    return Finding(repeats[0].entry.place, message, severity=severity, related=related, help="keep one of the two")
