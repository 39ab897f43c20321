"""A citation with the places of its parts, as the facets of its form are read from it."""

from __future__ import annotations

from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.marks import place_of
from sitecheck.citations.names import Person, people
from sitecheck.citations.stretch import Place
from sitecheck.citations.venues import kind_of, written


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

    __slots__ = ("_places", "citation", "kind", "people", "short", "text", "value")

    def __init__(self, citation: Citation) -> None:
        self.citation = citation
        self.text = citation.text
        self.value = citation.text.value
        self._places = {name: self._place(name) for name, _ in citation.parts()}
        self.people: tuple[Person, ...] = people(citation.authors.value) if citation.authors else ()
        self.kind, self.short = _venue_kind(citation.venue.value) if citation.venue else ("", False)

    def _place(self, name: str) -> Place | None:
        part = getattr(self.citation, name)
        start = place_of(self.text, part.begin[0])
        stop = start + len(part.value)
        return (start, stop) if self.value[start:stop] == part.value else None

    def place(self, name: str) -> Place | None:
        return self._places.get(name)

    @property
    def last_place(self) -> int:
        """Where the last of its parts ends."""
        return max((place[1] for place in self._places.values() if place), default=0)


def _venue_kind(name: str) -> tuple[str, bool]:
    """Which type of venue a name means, and whether it is an acronym alone."""
    found = written(name)
    kind = "workshop" if found.workshop else kind_of(name)
    return kind, not found.name or (found.name.isupper() and " " not in found.name)
