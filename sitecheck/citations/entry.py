"""A citation with the places of its parts, as the facets of its form are read from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from sitecheck.citations.citation import FIELDS, Citation
from sitecheck.citations.names import Person, people
from sitecheck.citations.stretch import Place
from sitecheck.citations.venues import kind_of, written
from sitecheck.late import late

TAGS = late(r"(?:\d{1,3}\s?[.)]\s{0,3}|\[[^\[\]\n]{1,20}\]\s{0,3}){1,3}")
"""The number of the entry, `[New]`: no part of a name."""
DATED = late(r"(?<!\d)(?:19|20)\d\d(?!\d)")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b"
YEAR_BEHIND = late(rf"[\s,.(]{{1,9}}(?:19|20)\d\d(?:[\s,]{{1,3}}{MONTH})?[\s,.)]{{0,9}}$")
NO_PAGES = late(rf"-\d|\s{{0,3}}{MONTH}")
"""Behind numbers that are the beginning of an ISBN, or days."""
BEFORE_NO_PAGES = late(rf"(?:\bisbn[\s:]{{0,3}}(?:[\d-]{{1,16}})?|\b{MONTH}\.?\s{{0,3}}|\d-)$", re.IGNORECASE)
AWARD = late(r"[^.\n]{0,40}\b(?:Awards?|Prize|Nominee|Finalist|[Rr]unner-[Uu]p)\b")
"""Behind a name that tells who gave it."""
WORKSHOP = late(r"[^.\n]{0,120}\bWorkshops?\b")


class Form(NamedTuple):
    """How an entry has a facet."""

    name: str
    """as messages call it: "a comma" """
    start: int
    stop: int
    """where in the entry's text; equal where nothing stands there"""
    group: str = ""
    """what only entries of one kind have to agree in: "conference" """


class Entry:
    """An entry with the places of its parts, and what facets ask for more than once."""

    __slots__ = ("_places", "authors", "citation", "kind", "people", "short", "smart", "text", "value")

    def __init__(self, citation: Citation, *, smart: bool = False) -> None:
        self.citation = citation
        self.smart = smart
        """whether a generator writes its dashes and quotation marks"""
        self.text = citation.text
        self.value = citation.text.value
        self._places = {name: self._place(name, *citation.places[name]) for name in FIELDS if name in citation.places}
        self.authors = self._written("authors")
        self.people: tuple[Person, ...] = people(self.authors) if self.authors else ()
        self.kind, self.short = self._kind_of_venue()

    def _place(self, name: str, start: int, stop: int) -> Place | None:
        if name == "authors":
            return self._without_tags(start, stop)
        plausible = PLAUSIBLE.get(name)
        return (start, stop) if plausible is None or plausible(self.value, start, stop) else None

    def _without_tags(self, start: int, stop: int) -> Place | None:
        """Names without the entry's number in front and the year behind; None if they go on after a year, in another
        entry."""
        tags = TAGS.match(self.value, start, stop)
        start = tags.end() if tags else start
        year = YEAR_BEHIND.search(self.value, max(start, stop - 40), stop)
        stop = year.start() if year else stop
        return None if DATED.search(self.value, start, stop) else (start, stop)

    def _written(self, name: str) -> str:
        place = self.place(name)
        return self.value[slice(*place)] if place else ""

    def _kind_of_venue(self) -> tuple[str, bool]:
        """Which type of venue it is, and whether its name is an acronym alone."""
        place = self.place("venue")
        if place is None:
            return "", False
        found = written(self._written("venue"))
        workshop = found.workshop or WORKSHOP.match(self.value, place[1])
        kind = "workshop" if workshop else kind_of(self._written("venue"))
        return kind, not found.name or (found.name.isupper() and " " not in found.name)

    def place(self, name: str) -> Place | None:
        """Where a part stands, if what was taken for it can be one."""
        return self._places.get(name)

    @property
    def is_sound(self) -> bool:
        """Whether it was cut well: what was taken for its authors is no other entry."""
        return self.citation.authors is None or self.place("authors") is not None

    @property
    def last_part(self) -> tuple[str, int]:
        """Which of its parts is the last one, and where it ends."""
        ends = {name: place[1] for name, place in self._places.items() if place}
        last = max(ends, key=ends.__getitem__, default="")
        return last, ends.get(last, 0)


def _are_pages(value: str, start: int, stop: int) -> bool:
    return (
        any(map(str.isdigit, value[start:stop]))
        and NO_PAGES.match(value, stop) is None
        and BEFORE_NO_PAGES.search(value, max(0, start - 30), start) is None
    )


def _is_year(value: str, start: int, stop: int) -> bool:
    return any(map(str.isdigit, value[start:stop])) and not any(map(str.isalpha, value[start:stop]))


def _is_name_of_venue(value: str, start: int, stop: int) -> bool:
    return any(map(str.isalpha, value[start:stop])) and AWARD.match(value, stop) is None


PLAUSIBLE: dict[str, Callable[[str, int, int], bool]] = {
    "pages": _are_pages,
    "year": _is_year,
    "venue": _is_name_of_venue,
}
"""Whether a stretch can be the part that it was taken for."""
