from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Severity, Site, SiteRule, places_of_repeats, repeats_in, repeats_over_files

if TYPE_CHECKING:
    from sitecheck import Repeat

KINDS = {
    "preprint": "preprint",
    "journal": "journal version",
    "conference": "conference version",
    "workshop": "workshop version",
    "thesis": "thesis",
    "report": "report",
    "chapter": "book chapter",
    "poster": "poster",
    "talk": "talk",
    "slides": "slides",
}
MANY = 5
"""Where a page has more, its owner lists versions on purpose, and is told once."""


class DuplicateVersion(SiteRule):
    """Two versions of one work are listed: the preprint and the publication, or the conference's and the journal's.

    Nothing is wrong with that where both are meant to be read. A preprint that has been published is most often only
    forgotten.

    A page with more than five is told once, with all their places.

    Silent where the two stand under different headings of one page, such as "Preprints" and "Journals", or in two files
    of data. Papers with a page of their own are compared.

    Wrong where two papers of the same people have almost the same title.
    """

    severity = Severity.INFO
    needs = frozenset(("citations",))
    examples = (
        Example(
            """
            > - A. Lin and C. Roe. "Growth of kelp in cold water." Journal of Marine Science, 2020.
            > - A. Lin and C. Roe. "Growth of kelp in cold water." arXiv preprint, 2019.
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is the preprint of a work that is listed as journal version
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            > ---
            > title: Growth of kelp in cold water
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is the journal version of a work that is listed as conference version
            > authors: [A. Lin, C. Roe]
            > publication: Journal of Marine Science
            > date: 2021-05-01
            > ---
            """,  # noqa: E501  # the message is that long
            path="content/publication/kelp2/index.md",
            others=(
                (
                    "content/publication/kelp/index.md",
                    "---\ntitle: Growth of kelp in cold water\nauthors: [A. Lin, C. Roe]\n"
                    "publication: Conference on Marine Science\ndate: 2020-05-01\n---\n",
                ),
            ),
        ),
        Example(
            """
            - A. Lin and C. Roe. "Growth of kelp in cold water." Journal of Marine Science, 2020.
            - A. Lin and C. Roe. "Growth of kelp in warm water." arXiv preprint, 2019.
            """
        ),
    )

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        if not site.facts(path).citations:
            return
        over_files = (each for each in repeats_over_files(path, site, "version") if each.entry.shape == "paper")
        own = (each for each in repeats_in(path, site, "version") if each.is_under_one_heading)
        repeats = (*own, *over_files)
        if len(repeats) > MANY:
            yield _finding(repeats, f"{len(repeats)} works are listed in two versions; {_message(repeats[0])}")
        else:
            yield from (_finding((each,), _message(each)) for each in repeats)


def _finding(repeats: Sequence[Repeat], message: str) -> Finding:
    """At the first of them, with the places of all."""
    related = places_of_repeats(repeats, "the other version")
    return Finding(repeats[0].entry.place, message, related=related, help="keep both only if both are to be read")


def _message(repeat: Repeat) -> str:
    own, other = (KINDS.get(each.work.kind, "") for each in (repeat.entry, repeat.first))
    if own and other and own != other:
        return f"this is the {own} of a work that is listed as {other}"
    return "this is another version of a work that is listed"
