"""Years that contradict what stands beside them: the journal's volume, the year in the venue's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.stretch import ANY_YEAR
from sitecheck.citations.venue_table import table
from sitecheck.citations.venues import kind_of, written
from sitecheck.citations.volumes import believed
from sitecheck.citations.work import without_latex, year_of
from sitecheck.text import Span, Text

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
    named = set(ANY_YEAR.findall(_around(citation)))
    year = year_of(citation.year.value)
    if len(named) != 1 or year is None or kind_of(citation.venue.value) != "conference":
        return
    held = int(named.pop())
    if abs(held - year) < FAR or (held < year and written(without_latex(citation.venue.value)).venue is None):
        return  # the proceedings of a school or a symposium that is held once come out years later
    yield YearConflict(
        citation.year.span(0, len(citation.year)),
        f"the entry is of {year}, and its venue of {held}",
        citation.venue.span(0, len(citation.venue)),
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
    return any(int(found) != year for found in ANY_YEAR.findall(value[:start] + " " + value[stop:]))


def _between_volumes(journal: str, known: Sequence[Issued]) -> Iterator[YearConflict]:
    """A later volume of an earlier year; one volume of two years; two volumes of one year where each year has one.

    What agrees with most others is believed, so that one slip is reported once, and at its own place.
    """
    base = table().annual.get(journal.removeprefix("="))
    sure = believed([each[:2] for each in known], base)
    believable = {each[:2]: each for each in reversed(known) if each[:2] in sure}
    for each in known:
        if each[:2] not in sure:
            against = [other for other in believable.values() if _contradict(each, other, annual=base is not None)]
            if against:
                yield _conflict(each, min(against, key=lambda other: abs(other.volume - each.volume)), base)
        elif base is not None and abs(base + each.volume - each.year) >= FAR:
            yield YearConflict(_span(each), f"volume {each.volume} of this journal is of {base + each.volume}", None)


def _contradict(one: Issued, other: Issued, *, annual: bool) -> bool:
    early, late = sorted((one, other), key=lambda each: each.volume)
    if early.volume == late.volume:
        return abs(early.year - late.year) >= FAR
    return early.year > late.year or (annual and early.year == late.year)


def _conflict(wrong: Issued, other: Issued, base: int | None) -> YearConflict:
    message = f"volume {wrong.volume} is of {wrong.year} here, and volume {other.volume} of {other.year}"
    if base is not None:
        message += f"; volume {wrong.volume} of this journal is of {base + wrong.volume}"
    return YearConflict(_span(wrong), message, _span(other))


def _span(each: Issued) -> Span:
    return each.place.span(0, len(each.place))
