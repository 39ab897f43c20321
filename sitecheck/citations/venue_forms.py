"""The ways in which a list writes each venue, and which of them is its standard."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.cited import Venue, Written
from sitecheck.citations.old_names import given_up_name
from sitecheck.citations.venue_keys import Keys, OwnVenues, by_own_names
from sitecheck.citations.venue_table import is_nearly_official, is_official, spelling
from sitecheck.citations.venues import written
from sitecheck.citations.work import without_latex
from sitecheck.late import late
from sitecheck.text import Span, Text

ENOUGH = 4
"""entries of one venue that make a majority"""
MAJORITY = 2 / 3
ACRONYM = late(r"[A-Z][\w&/+*-]{1,13}$")


BETWEEN = r"[\s~]+(?:(?:[\w{-]{0,14}(?:\d|st|nd|rd|th)\}?|\([\w*'’ -]{2,14}\))[\s~]+)?"
"""between two words of a name: space, and perhaps a year, an ordinal or an acronym in brackets: no part of it"""


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
    def has_several_names(self) -> bool:
        """Whether the usual form is several names that the venue had over the years."""
        return _has_several_names(self.usual)

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
            mixed = _compared(_spelt(shorts) + _spelt(fulls + both))
            # a name that stands with its acronym defines it, so that the acronym alone is no slip
            yield mixed._replace(standard=mixed.standard and (not both or mixed.usual[0] in shorts))
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
        if citation.venue and not given_up_name(citation)  # another rule tells of it
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
    if not re.search(r"[^\W\d_]{2}", name) or " Proceedings of " in name:  # of two conferences, or below a title
        return None
    start = text.value.find(name)
    stop = start + len(name)
    if start < 0:
        match = re.search(BETWEEN.join(map(_in_source, name.split())), text.value)
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
    """Names, or acronyms, by how they are spelt. Names change over the years: those that a venue had are one form."""
    forms: dict[str, list[Occurrence]] = defaultdict(list)
    for each in occurrences:
        forms[spelling(each.shown)].append(each)
    official = [words for words, form in forms.items() if _is_known(form[0], is_official)]
    taken = {_without_capitals(words) for words in official}
    for words in [words for words in forms if words not in official]:  # ACM writes its own in small letters
        if _without_capitals(words) not in taken and _is_known(forms[words][0], is_nearly_official):
            official.append(words)
            taken.add(_without_capitals(words))
    official = _with_one_and(official, forms)
    right = [each for words, form in forms.items() if words in official for each in form]
    others = [tuple(form) for words, form in forms.items() if words not in official]
    return [tuple(right), *others] if right else others


def _with_one_and(official: Sequence[str], forms: Mapping[str, Sequence[Occurrence]]) -> list[str]:
    """Names without the rarer one of two that differ in `&` and `and`."""
    usual: dict[str, str] = {}
    for words in sorted(official, key=lambda words: -len(forms[words])):
        usual.setdefault(words.replace("&", "and"), words)
    return list(usual.values())


def _without_capitals(words: str) -> str:
    return words.casefold().replace("&", "and")


def _is_known(each: Occurrence, known: Callable[[str, Venue], bool]) -> bool:
    venue = written(each.shown).venue
    return venue is not None and known(each.shown, venue)


def _compared(forms: Sequence[Form]) -> MixedVenue:
    """The most usual form, and the others."""
    first, *rest = sorted(forms, key=lambda form: (len(form), _is_known(form[0], is_official)), reverse=True)
    usual = next((form for form in rest if _is_right_form_of(form, first)), first)
    others = tuple(form for form in (first, *rest) if form is not usual)
    total = sum(map(len, forms))
    standard = (
        total >= ENOUGH and len(usual) >= MAJORITY * total and not any(_is_fuller(each, usual) for each in others)
    )
    return MixedVenue(usual, others, standard)


def _is_right_form_of(form: Form, usual: Form) -> bool:
    """Whether a form is the venue's own, and the usual one differs from it in capitals."""
    one, other = form[0].shown, usual[0].shown
    return one.casefold() == other.casefold() and one != other and _is_known(form[0], is_official)


def _is_fuller(form: Form, usual: Form) -> bool:
    """Whether the usual form leaves out words of a rarer one, such as `International`: nobody should write it then."""
    more, less = (spelling(each[0].shown).casefold().split() for each in (form, usual))
    return "." not in usual[0].shown and len(less) > 1 and set(less) < set(more) and less[-1] == more[-1]


def quoted_venue(form: Form) -> str:
    """How a form is written most often, in quotes, and whether other names of the venue are in it."""
    return f"'{most_usual_venue(form)}'" + (" (or another of its names)" if _has_several_names(form) else "")


def _has_several_names(form: Form) -> bool:
    return len({_without_capitals(spelling(each.shown)) for each in form}) > 1


def most_usual_venue(form: Form) -> str:
    """How a form is written most often."""
    return Counter(each.shown for each in form).most_common(1)[0][0]


def ways_of_venue(mixed: MixedVenue, this: str) -> str:
    """Each form with how often it occurs, `this` standing for the first of the rarer ones: `two ways: ...`."""
    number = len(mixed.others) + 1
    ways = [f"{this} {_times(mixed.others[0])}"]
    ways += [f"{quoted_venue(form)} {_times(form)}" for form in (mixed.usual, *mixed.others[1:])]
    return f"{'two' if number == 2 else number} ways: {', '.join(ways)}"


def _times(form: Form) -> str:
    return "once" if len(form) == 1 else f"{len(form)} times"
