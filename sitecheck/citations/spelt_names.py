"""People whose names a page spells in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.names import Person, bibtex_people, folded, people
from sitecheck.text import Span, Text

ENOUGH = 4
MAJORITY = 2 / 3
RARE = 1
USUAL = 3
"""A name that is written so often, and in another way once, is misspelt that once."""
PLAIN = re.compile(r"[^\W\d_][\w'’. -]*$")


class Spelling(NamedTuple):
    """A name where it is written."""

    text: Text
    start: int
    stop: int
    shown: str
    """given and family name, in this order"""
    from_bibtex: bool

    @property
    def span(self) -> Span:
        return self.text.span(self.start, self.stop)


class TwoSpellings(NamedTuple):
    """One person in two spellings: the rarer one's places, and the more usual one."""

    rare: tuple[Spelling, ...]
    usual: tuple[Spelling, ...]
    reason: str
    """`accents`, `initial` or `typing`"""


def two_spellings(citations: Sequence[Citation]) -> Iterator[TwoSpellings]:
    """The people whom a page writes in two ways, by accents, a middle initial, or one letter."""
    forms: dict[str, list[Spelling]] = defaultdict(list)
    for spelling, given in _spellings(citations):
        if len(given.replace(".", "").split()[0]) > 1:  # initials alone are another style, and no other spelling
            forms[spelling.shown.replace(".", "")].append(spelling)
    by_family: dict[str, list[str]] = defaultdict(list)
    for shown in forms:
        by_family[folded(shown.split()[-1])[:4]].append(shown)
    for group in by_family.values():
        found: dict[int, TwoSpellings] = {}
        for k, one in enumerate(group):
            for judged in (each for other in group[k + 1 :] for each in _judged(forms[one], forms[other])):
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
                yield (
                    Spelling(authors, person.start, person.stop, _natural(person), citation.shape == "bibtex"),
                    person.given,
                )


def _natural(person: Person) -> str:
    return " ".join(f"{person.given} {person.family}".split())


def _judged(one: list[Spelling], other: list[Spelling]) -> Iterator[TwoSpellings]:
    rare, usual = sorted((one, other), key=len)
    reason = _reason(rare[0].shown, usual[0].shown)
    if not reason:
        return
    if reason == "accents":
        rare, usual = sorted((one, other), key=lambda form: _marks(form[0].shown))  # accents are lost, and not made up
    total = len(rare) + len(usual)
    if reason == "typing" and not (len(rare) == RARE and len(usual) >= USUAL):
        return
    if reason == "initial" and not (total >= ENOUGH and len(usual) >= MAJORITY * total):
        return
    yield TwoSpellings(tuple(rare), tuple(usual), reason)


def _reason(one: str, other: str) -> str:
    """What two names differ in, if that is all they differ in."""
    if folded(one) == folded(other):
        return "accents" if _letters(one) != _letters(other) and one.casefold() != other.casefold() else ""
    own, theirs = one.split(), other.split()
    if (
        _without_initials(own) == _without_initials(theirs)
        and len(own) != len(theirs)
        and len(_without_initials(own)) > 1
    ):
        return "initial"
    return "typing" if len(own) == len(theirs) and _one_letter_off(own, theirs) else ""


def _marks(name: str) -> int:
    return sum(not letter.isascii() for letter in name)


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).casefold()


def _without_initials(words: list[str]) -> list[str]:
    return [word for word in words if len(word.strip(".")) > 1]


def _one_letter_off(own: list[str], theirs: list[str]) -> bool:
    """Whether one long word of the two names has one letter more, less or swapped, and all others are equal."""
    from rapidfuzz.distance import DamerauLevenshtein

    unlike = [(word, twin) for word, twin in zip(own, theirs, strict=True) if word != twin]
    if len(unlike) != 1:
        return False
    word, twin = map(folded, unlike[0])
    same_start = word[:1] == twin[:1] and min(len(word), len(twin)) >= 6
    return same_start and DamerauLevenshtein.distance(word, twin) == 1
