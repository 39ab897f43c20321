"""The ways in which a page writes each venue, and which of them is its standard."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.cited import Written
from sitecheck.citations.venues import SPONSOR, abbreviates, is_official, written
from sitecheck.citations.work import without_latex
from sitecheck.text import Span, Text

ENOUGH = 4
"""entries of one venue that make a majority"""
MAJORITY = 2 / 3
ACRONYM = re.compile(r"[A-Z][\w&/+*-]{1,13}$")
WORDS = re.compile(r"[^\W_]+")
NEUTRAL = frozenset(("the", "and", "annual", "in", "proceedings", "of"))
GENERIC = frozenset(
    ("preprint", "submitted", "thesis", "press", "review", "springer", "elsevier", "ieee", "acm", "technical report")
)


class Occurrence(NamedTuple):
    """A venue where a citation names it."""

    citation: Citation
    text: Text
    start: int
    stop: int
    """where the name, or the acronym, stands in `text`"""
    shown: str
    path: str = ""
    """of its file relative to the site's root; "" where there is one file only"""

    @property
    def span(self) -> Span:
        return self.text.span(self.start, self.stop)


class MixedVenue(NamedTuple):
    """One venue in two forms: the places of the rarer one, and the form that is more usual."""

    rare: tuple[Occurrence, ...]
    usual: tuple[Occurrence, ...]
    standard: bool
    """whether the usual form is usual enough to be the page's standard"""

    @property
    def total(self) -> int:
        return len(self.rare) + len(self.usual)


def mixed_venues(citations: Sequence[Citation], paths: Sequence[str] = ()) -> Iterator[MixedVenue]:
    """Each venue that a list writes in more than one way. `paths` has each one's file, where they are many."""
    for found in _by_venue(citations, paths or [""] * len(citations)).values():
        shorts = [each for each in found if each[0] == "short"]
        fulls = [each for each in found if each[0] == "full"]
        yield from _spellings([each for _, each in shorts] + _within_brackets(found))
        yield from _spellings([each for _, each in fulls] + [each for kind, each in found if kind == "both"])
        if shorts and fulls:
            yield from _compared([[each for _, each in shorts], [each for _, each in fulls]])


Kinds = tuple[str, Occurrence]


def _by_venue(citations: Sequence[Citation], paths: Sequence[str]) -> dict[str, list[Kinds]]:
    """The occurrences of each venue: (`short`, `full` or `both`, occurrence)."""
    names = [
        (citation, written(without_latex(citation.venue.value)), path)
        for citation, path in zip(citations, paths, strict=True)
        if citation.venue
    ]
    key_of = one_key([each for _, each, _ in names])
    found: dict[str, list[Kinds]] = defaultdict(list)
    for citation, each, path in names:
        key = key_of(each)
        occurrence = _occurrence(citation, each, path)
        if key and occurrence:
            found[key].append(occurrence)
    return {key: occurrences for key, occurrences in found.items() if len(occurrences) > 1}


def one_key(venues: Sequence[Written]) -> Callable[[Written], str]:
    """A function that gives all forms of one venue among these the same key, and "" to what is none."""
    defined = {
        each.acronym.casefold(): each.key for each in venues if each.venue is None and each.acronym and each.name
    }
    keys: dict[str, str] = {}
    return lambda each: _key(each, defined, keys)


def _key(each: Written, defined: dict[str, str], keys: dict[str, str]) -> str:
    """The key of a venue; one for a name and its abbreviation, and for an acronym that the page defines."""
    if each.venue is not None:
        return "" if each.venue.kind == "p" else each.key
    name = each.name or each.acronym
    if name.casefold() in defined:
        return defined[name.casefold()]
    if len(each.key) < 4 or each.key in GENERIC or len(name.split()) < 2:
        return ""
    if each.key not in keys:
        keys[each.key] = next(
            (key for other, key in keys.items() if other[:1] == each.key[:1] and abbreviates(other, each.key)), each.key
        )
    return keys[each.key]


def _occurrence(citation: Citation, each: Written, path: str) -> Kinds | None:
    """Where in the citation the name stands; None where LaTeX or mark-up is in it."""
    text = citation.venue
    if text is None:
        return None
    name, kind = (each.name, "both" if each.acronym else "full") if each.name else (each.acronym, "short")
    if kind == "full" and ACRONYM.match(name) and name.isupper():
        kind = "short"
    start = text.value.find(name)
    if start < 0 or not name:
        return None
    return kind, Occurrence(citation, text, start, start + len(name), name, path)


def _within_brackets(found: Sequence[Kinds]) -> list[Occurrence]:
    """The acronyms that stand in brackets behind a name."""
    places = []
    for kind, each in found:
        acronym = written(without_latex(each.text.value)).acronym if kind == "both" else ""
        start = each.text.value.find(f"({acronym}") + 1
        if acronym and start:
            places.append(Occurrence(each.citation, each.text, start, start + len(acronym), acronym, each.path))
    return places


def _spellings(occurrences: Sequence[Occurrence]) -> Iterator[MixedVenue]:
    """Names, or acronyms, that are not spelt alike."""
    forms: dict[str, list[Occurrence]] = defaultdict(list)
    for each in occurrences:
        forms["" if _is_official(each) else _spelling(each.shown)].append(each)  # names change, and all are right
    if len(forms) > 1:
        yield from _compared(list(forms.values()))


def _is_official(each: Occurrence) -> bool:
    venue = written(each.shown).venue
    return venue is not None and is_official(SPONSOR.sub("", each.shown), venue)


def _spelling(shown: str) -> str:
    """What of a name is compared: its words, in their case, without sponsors and articles."""
    bare = SPONSOR.sub("", shown.strip())
    return " ".join(word for word in WORDS.findall(bare) if word.casefold() not in NEUTRAL) or shown


def _compared(forms: Sequence[list[Occurrence]]) -> Iterator[MixedVenue]:
    """Each form against the most usual one."""
    ranked = sorted(forms, key=len, reverse=True)
    usual, total = ranked[0], sum(map(len, forms))
    standard = total >= ENOUGH and len(usual) >= MAJORITY * total and len(usual) > len(ranked[1])
    for rare in ranked[1:]:
        yield MixedVenue(tuple(rare), tuple(usual), standard)


def most_usual_venue(occurrences: Sequence[Occurrence]) -> str:
    """How a form is written most often."""
    return Counter(each.shown for each in occurrences).most_common(1)[0][0]
