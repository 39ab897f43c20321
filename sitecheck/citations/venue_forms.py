"""The ways in which a list writes each venue, and which of them is its standard."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.cited import Written
from sitecheck.citations.venue_keys import Keys, OwnVenues, by_own_names
from sitecheck.citations.venue_table import ORGANISATION, is_official
from sitecheck.citations.venues import written
from sitecheck.citations.work import without_latex
from sitecheck.text import Span, Text

ENOUGH = 4
"""entries of one venue that make a majority"""
MAJORITY = 2 / 3
ACRONYM = re.compile(r"[A-Z][\w&/+*-]{1,13}$")
WORDS = re.compile(r"[^\W_]+|&")
NEUTRAL = frozenset(("the", "annual", "in", "proceedings", "of"))


class Occurrence(NamedTuple):
    """A venue where a citation names it."""

    text: Text
    """the venue, as the citation has it"""
    start: int
    stop: int
    """where the name, or the acronym, stands in `text`"""
    shown: str
    path: str = ""
    """of its file relative to the site's root; "" where there is one file only"""

    @property
    def span(self) -> Span:
        return self.text.span(self.start, self.stop)


Form = tuple[Occurrence, ...]
"""The places where a venue is written in one way. Never empty."""


class MixedVenue(NamedTuple):
    """One venue in two forms or more."""

    usual: Form
    """the most usual one"""
    others: tuple[Form, ...]
    """by falling number"""
    standard: bool
    """whether the usual form is usual enough to be the list's standard"""

    @property
    def rare(self) -> Form:
        """The places of all forms but the usual one."""
        return tuple(each for form in self.others for each in form)

    @property
    def total(self) -> int:
        return len(self.usual) + len(self.rare)


def mixed_venues(citations: Sequence[Citation], paths: Sequence[str] = (), own: OwnVenues = ()) -> Iterator[MixedVenue]:
    """Each venue that a list writes in more than one way. `paths` has each one's file, where they are many.

    `own` are the venues of the configuration. A venue is yielded once, or twice where both its name and its acronym
    have more than one spelling.
    """
    for found in _by_venue(citations, paths or [""] * len(citations), own):
        shorts, fulls, both = ([each for kind, each in found if kind == wanted] for wanted in ("short", "full", "both"))
        if shorts and fulls:
            yield _compared(_spelt(shorts) + _spelt(fulls))
            continue
        for spellings in (_spelt(fulls + both), _spelt(shorts + _within_brackets(both))):
            if len(spellings) > 1:
                yield _compared(spellings)


Kinds = tuple[str, Occurrence]


def _by_venue(citations: Sequence[Citation], paths: Sequence[str], own: OwnVenues) -> Iterator[list[Kinds]]:
    """The occurrences of each venue that is named twice: (`short`, `full` or `both`, occurrence)."""
    meant = by_own_names(own)
    names = [
        (citation.venue, meant(written(without_latex(citation.venue.value))), path)
        for citation, path in zip(citations, paths, strict=True)
        if citation.venue
    ]
    key_of = Keys([each for _, each, _ in names])
    found: dict[str, list[Kinds]] = defaultdict(list)
    for text, each, path in names:
        key = key_of(each)
        occurrence = _occurrence(text, each, path) if key else None
        if occurrence:
            found[key].append(("short", occurrence[1]) if key_of.is_acronym(each) else occurrence)
    yield from (occurrences for occurrences in found.values() if len(occurrences) > 1)


def _occurrence(text: Text, each: Written, path: str) -> Kinds | None:
    """Where in the citation the name stands; None where LaTeX or mark-up is in it."""
    name, kind = (each.name, "both" if each.acronym else "full") if each.name else (each.acronym, "short")
    if kind == "full" and ACRONYM.match(name) and name.isupper():
        kind = "short"
    if not re.search(r"[^\W\d_]{2}", name):
        return None
    start = text.value.find(name)
    stop = start + len(name)
    if start < 0:
        match = re.search(r"[\s~]+".join(map(_in_source, name.split())), text.value)
        if match is None:
            return None
        start, stop = match.span()
    return kind, Occurrence(text, start, stop, name, path)


def _in_source(word: str) -> str:
    """A pattern for a word as BibTeX has it: with braces around it, and entities."""
    return r"\{{0,2}" + re.escape(word).replace(re.escape("&"), r"\\?&(?:amp;)?") + r"\}{0,2}"


def _within_brackets(both: Sequence[Occurrence]) -> list[Occurrence]:
    """The acronyms that stand in brackets behind a name."""
    places = []
    for each in both:
        acronym = written(without_latex(each.text.value)).acronym
        start = each.text.value.find(f"({acronym}") + 1
        if acronym and start:
            places.append(Occurrence(each.text, start, start + len(acronym), acronym, each.path))
    return places


def _spelt(occurrences: Sequence[Occurrence]) -> list[Form]:
    """Names, or acronyms, by how they are spelt."""
    forms: dict[str, list[Occurrence]] = defaultdict(list)
    for each in occurrences:
        forms["" if _is_official(each) else _spelling(each.shown)].append(each)  # names change, and all are right
    return [tuple(form) for form in forms.values()]


def _is_official(each: Occurrence) -> bool:
    venue = written(each.shown).venue
    return venue is not None and is_official(ORGANISATION.sub("", each.shown), venue)


def _spelling(shown: str) -> str:
    """What of a name is compared: its words, in their case, without who holds it and articles."""
    bare = ORGANISATION.sub("", shown.strip())
    return " ".join(word for word in WORDS.findall(bare) if word.casefold() not in NEUTRAL) or shown


def _compared(forms: Sequence[Form]) -> MixedVenue:
    """The most usual form, and the others."""
    usual, *others = sorted(forms, key=len, reverse=True)
    total = sum(map(len, forms))
    standard = total >= ENOUGH and len(usual) >= MAJORITY * total
    return MixedVenue(usual, tuple(others), standard)


def most_usual_venue(form: Form) -> str:
    """How a form is written most often."""
    return Counter(each.shown for each in form).most_common(1)[0][0]


def ways_of_venue(mixed: MixedVenue, this: str) -> str:
    """Each form with how often it occurs, `this` standing for the first of the rarer ones: `two ways: ...`."""
    number = len(mixed.others) + 1
    ways = [f"{this} {_times(mixed.others[0])}"]
    ways += [f"'{most_usual_venue(form)}' {_times(form)}" for form in (mixed.usual, *mixed.others[1:])]
    return f"{'two' if number == 2 else number} ways: {', '.join(ways)}"


def _times(form: Form) -> str:
    return "once" if len(form) == 1 else f"{len(form)} times"
