"""People whose names a page spells in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.names import Person, bibtex_people, folded, people
from sitecheck.late import late
from sitecheck.text import Span, Text

RARE = 1
USUAL = 3
"""A name that is written so often, and in another way once, is misspelt that once."""
PLAIN = late(r"[^\W\d_][\w'’. -]*$")


class Spelling(NamedTuple):
    """A name where it is written."""

    text: Text
    start: int
    stop: int
    shown: str
    """given and family name, in this order"""

    @property
    def span(self) -> Span:
        return self.text.span(self.start, self.stop)


class Words(NamedTuple):
    """A name as it is compared with others."""

    shown: str
    folded: str
    words: list[str]

    @classmethod
    def of(cls, shown: str) -> Words:
        return cls(shown, folded(shown), shown.split())


class TwoSpellings(NamedTuple):
    """One person in two spellings: the rarer one's places, and the more usual one."""

    rare: tuple[Spelling, ...]
    usual: tuple[Spelling, ...]
    reason: str
    """`accents` or `typing`"""


def two_spellings(citations: Sequence[Citation]) -> Iterator[TwoSpellings]:
    """The people whom a page writes in two ways, by accents or one letter.

    A middle initial is no fault: papers name the same person with it and without.
    """
    forms: dict[str, list[Spelling]] = defaultdict(list)
    for spelling, given in _spellings(citations):
        if len(given.replace(".", "").split()[0]) > 1:  # initials alone are another style, and no other spelling
            forms[spelling.shown.replace(".", "")].append(spelling)
    by_family: dict[str, list[str]] = defaultdict(list)
    for shown in forms:
        by_family[folded(shown.split()[-1])[:4]].append(shown)
    for group in by_family.values():
        found: dict[int, TwoSpellings] = {}
        told = [(Words.of(shown), forms[shown]) for shown in group]
        for k, (one, spellings) in enumerate(told):
            for other, others in told[k + 1 :]:
                if (reason := _reason(one, other)) and (judged := _judged(reason, spellings, others)):
                    best = found.get(id(judged.rare[0]))
                    if best is None or len(judged.usual) > len(best.usual):
                        found[id(judged.rare[0])] = judged
        yield from found.values()


def _spellings(citations: Sequence[Citation]) -> Iterator[tuple[Spelling, str]]:
    for citation in citations:
        authors = citation.authors
        if authors is None or "{" in authors.value or "\\" in authors.value:
            continue
        for person in bibtex_people(authors.value) if citation.shape == "bibtex" else people(authors.value):
            if person.given.strip(" .") and person.family and PLAIN.match(person.given) and PLAIN.match(person.family):
                yield Spelling(authors, person.start, person.stop, _natural(person)), person.given


def _natural(person: Person) -> str:
    return " ".join(f"{person.given} {person.family}".split())


def _judged(reason: str, one: list[Spelling], other: list[Spelling]) -> TwoSpellings | None:
    rare, usual = sorted((one, other), key=len)
    if reason == "accents":
        rare, usual = sorted((one, other), key=lambda form: _marks(form[0].shown))  # accents are lost, and not made up
    if reason == "typing" and not (len(rare) == RARE and len(usual) >= USUAL):
        return None
    return TwoSpellings(tuple(rare), tuple(usual), reason)


def _reason(one: Words, other: Words) -> str:
    """What two names differ in, if that is all they differ in."""
    if abs(len(one.folded) - len(other.folded)) > 1:
        return ""  # as most do: a letter more or less is all that a slip makes
    if one.folded == other.folded:
        differ = _letters(one.shown) != _letters(other.shown) and one.shown.casefold() != other.shown.casefold()
        return "accents" if differ else ""
    return "typing" if len(one.words) == len(other.words) and _one_letter_off(one.words, other.words) else ""


def _marks(name: str) -> int:
    return sum(not letter.isascii() for letter in name)


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).casefold()


def _one_letter_off(own: list[str], theirs: list[str]) -> bool:
    """Whether one long word of the two names has one letter more, less or swapped, and all others are equal."""
    unlike = [pair for pair in zip(own, theirs, strict=True) if pair[0] != pair[1]]
    if len(unlike) != 1:
        return False
    word, twin = map(folded, unlike[0])
    if word[:1] != twin[:1] or min(len(word), len(twin)) < 6 or abs(len(word) - len(twin)) > 1:
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(word, twin) == 1
