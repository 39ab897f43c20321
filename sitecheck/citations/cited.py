"""What is kept of each citation for the rules that look at a whole site. Every run imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sitecheck.text import Span

if TYPE_CHECKING:
    from sitecheck.citations.citation import Citation
    from sitecheck.page import Page

SAME, VERSION, DISTINCT = "same", "version", "distinct"
"""How two works stand to each other: one listed twice, one in another version, two."""


class Venue(NamedTuple):
    """A venue of the table."""

    kind: str
    """`c` conference, `j` journal, `p` preprint server"""
    acronym: str
    name: str


class Written(NamedTuple):
    """A venue as a citation writes it."""

    key: str
    """the same for all ways to write one venue"""
    venue: Venue | None
    """where the table knows it"""
    name: str
    """without "In", "Proceedings of the 29th", years, and an acronym in brackets; "" where only the acronym stands"""
    acronym: str
    workshop: bool


class Work(NamedTuple):
    """A citation as it is compared."""

    title: str
    """without marks, case, spaces and punctuation; without "extended abstract" and its like"""
    words: tuple[str, ...]
    main: str
    """the title before its colon, or all of it"""
    numbers: tuple[str, ...]
    """those of the title in their order: section 3.4 is not 4.3"""
    label: str
    """what the title says of itself: `extendedabstract`, `reply`, ..., or "" """
    families: tuple[str, ...]
    all_authors: bool
    """whether no "et al." is in the list"""
    year: int | None
    venue: Written | None
    kind: str
    """`preprint`, `journal`, `conference`, `workshop`, `thesis`, `report`, or "" """
    dois: tuple[str, ...]
    arxiv: tuple[str, ...]
    pages: str
    files: tuple[str, ...] = ()
    """the PDFs that it leads to"""
    issue: tuple[str, str] = ("", "")
    """volume and number, where they are numbers"""
    where: str = ""
    """words and numbers, each once, that tell where it was published, though no venue may have been seen in them"""


class Cited(NamedTuple):
    """A citation of a page, as other pages see it."""

    work: Work
    shape: str
    section: tuple[str, ...]
    """the headings that it stands under"""
    place: Span
    """where to point at"""
    teaser: bool
    """whether it is cut short on purpose: neither venue nor year, or no authors"""
    generated: bool = False
    """whether its file says that a program made it"""
    subject: str = ""
    """what it is cited for: `GCNConv from Kipf et al.`, in front of the title's colon"""


def cited(page: Page) -> tuple[Cited, ...]:
    """The fact of a page that the rules of the site ask for."""
    if not page.citations:
        return ()
    from sitecheck.citations.relation import is_generated
    from sitecheck.citations.work import work_of

    generated = is_generated(page)
    return tuple(
        Cited(
            work_of(each), each.shape, each.section, each.place,
            each.authors is None or (each.venue is None and each.year is None), generated, _subject(each),
        )
        for each in page.citations
    )  # fmt: skip


def _subject(citation: Citation) -> str:
    front = citation.text.value[: citation.places.get("title", (0, 0))[0]].rstrip(" \n\"'“‘*_")
    return front if front.endswith(":") and "authors" not in citation.places else ""
