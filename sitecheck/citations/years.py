"""Years that contradict what stands beside them: the journal's volume, the year in the venue's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.venue_table import table
from sitecheck.citations.venues import kind_of, written
from sitecheck.citations.work import without_latex, year_of
from sitecheck.text import Span, Text

YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
MAX_VOLUME = 1_000
"""Higher numbers are most often those of articles."""
FAR = 2
"""years apart that no delay between conference and proceedings explains"""


class YearConflict(NamedTuple):
    """A year that cannot be right, and what it contradicts."""

    span: Span
    message: str
    other: Span | None


class Issued(NamedTuple):
    """A volume of a journal, and the year that an entry gives it."""

    volume: int
    year: int
    place: Text


def year_conflicts(citations: Sequence[Citation]) -> Iterator[YearConflict]:
    """The contradictions of a page."""
    volumes: dict[str, list[Issued]] = defaultdict(list)
    for citation in citations:
        yield from _venue_year(citation)
        issued = _issued(citation)
        if issued:
            volumes[issued[0]].append(issued[1])
    for journal, known in volumes.items():
        yield from _between_volumes(journal, known)


def _venue_year(citation: Citation) -> Iterator[YearConflict]:
    """The year in a conference's name against the entry's."""
    if citation.venue is None or citation.year is None or len(citation.year) != 4:
        return
    found = YEAR.findall(_around(citation))
    year = year_of(citation.year.value)
    if (
        len(set(found)) != 1
        or year is None
        or abs(int(found[0]) - year) < FAR
        or kind_of(citation.venue.value) != "conference"
    ):
        return
    place = citation.year.span(0, len(citation.year))
    yield YearConflict(
        place, f"the entry is of {year}, and its venue of {found[0]}", citation.venue.span(0, len(citation.venue))
    )


def _around(citation: Citation) -> str:
    """The venue's name with the year that directly follows it, or stands before it."""
    venue = citation.venue
    if venue is None:
        return ""
    behind = venue.root[venue.end[-1] : venue.end[-1] + 6]
    before = venue.root[max(0, venue.begin[0] - 5) : venue.begin[0]]
    lead = before if re.fullmatch(r"(?:19|20)\d\d\s", before) else ""
    return lead + venue.value + (behind if re.match(r"\s(?:19|20)\d\d\b", behind) else "")


def _issued(citation: Citation) -> tuple[str, Issued] | None:
    if citation.venue is None or citation.volume is None or citation.year is None:
        return None
    name = written(without_latex(citation.venue.value))
    volume, year = citation.volume.value.strip(), year_of(citation.year.value)
    if (
        _is_unsure(citation, year)
        or not volume.isdigit()
        or not 0 < int(volume) < MAX_VOLUME
        or year is None
        or len(name.key) < 4
    ):
        return None
    if (name.venue and name.venue.kind != "j") or (not name.venue and kind_of(name.name) != "journal"):
        return None
    return name.key, Issued(int(volume), year, citation.year)


def _is_unsure(citation: Citation, year: int | None) -> bool:
    """Whether running text names another year outside of the title: "(NeurIPS 2017 best paper)"."""
    if citation.shape in ("bibtex", "data", "paper"):
        return False
    start, stop = citation.places.get("title", (0, 0))
    value = citation.text.value
    return any(int(found) != year for found in YEAR.findall(value[:start] + " " + value[stop:]))


def _between_volumes(journal: str, known: Sequence[Issued]) -> Iterator[YearConflict]:
    """A later volume of an earlier year; one volume of two years; two volumes of one year where each year has one."""
    base = table().annual.get(journal.removeprefix("="))
    reported: set[int] = set()
    ranked = sorted(known, key=lambda each: each.volume)
    for k, early in enumerate(ranked):
        for late in ranked[k + 1 :]:
            if not _contradict(early, late, annual=base is not None):
                continue
            wrong, other = _the_wrong_one(early, late, base)
            if id(wrong) not in reported:
                reported.add(id(wrong))
                yield _conflict(wrong, other, base)
    for each in ranked if base is not None else ():
        if base is not None and id(each) not in reported and abs(base + each.volume - each.year) >= FAR:
            yield YearConflict(_span(each), f"volume {each.volume} of this journal is of {base + each.volume}", None)


def _contradict(early: Issued, late: Issued, *, annual: bool) -> bool:
    if early.volume == late.volume:
        return abs(early.year - late.year) >= FAR
    return early.year > late.year or (annual and early.year == late.year)


def _the_wrong_one(early: Issued, late: Issued, base: int | None) -> tuple[Issued, Issued]:
    if base is not None and abs(base + early.volume - early.year) > abs(base + late.volume - late.year):
        return early, late
    return late, early


def _conflict(wrong: Issued, other: Issued, base: int | None) -> YearConflict:
    message = f"volume {wrong.volume} is of {wrong.year} here, and volume {other.volume} of {other.year}"
    if base is not None:
        message += f"; volume {wrong.volume} of this journal is of {base + wrong.volume}"
    return YearConflict(_span(wrong), message, _span(other))


def _span(each: Issued) -> Span:
    return each.place.span(0, len(each.place))
