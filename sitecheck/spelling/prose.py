"""The words of a page that may be misspelt, where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.late import late
from sitecheck.page import PROSE
from sitecheck.spelling.context import (
    ABBREVIATED,
    beside_a_name,
    is_part,
    is_species,
    may_be_a_name,
)
from sitecheck.spelling.language import WORD, is_foreign_around, is_foreign_block
from sitecheck.spelling.speller import LONG_CAPITALISED, Doubt, doubt, is_term, lowered
from sitecheck.spelling.suspect import Spelling, Suspect, Use

if TYPE_CHECKING:
    from sitecheck.page import Block, Page

NO_PROSE = late(
    r"""(?xi) authors? | editors? | names? | (?:first|last|full)_?names? | display | file | keywords | tags |
    categor.* | doi | ur[il] | ids? | key | slug | js | css | icon.* | image | photo | thumbnail | date.* | .*_date |
    e-?mail | layout | permalink | path | user.* | bdsk.* | iss?n | isbn | pages | year | volume | number | owner |
    timestamp | type | widget | address | publisher | eprint | pmid | bibsource | location | local | lang.* | crossref |
    school | institution | organi[sz]ations? | label | shorttitle | variants | copyright"""
)
"""The keys and fields whose values hold names, or nothing to read."""
NAMING = late(r"(?i)authors?|editors?|names?|(?:first|last|full)_?names?|display|user.*|owner")

GENITIVE = late(r"[A-Za-z]+['’]s\b")
FEW = 6
"""words that are looked for one by one in a text faster than among all its words"""

Words = Sequence[re.Match[str]]
Doubts = dict[str, Doubt]


class Passage(NamedTuple):
    """A block that holds a doubted word."""

    block: Block
    words: list[re.Match[str]]
    doubted: list[int]
    """which of them are doubted"""


def spelling(page: Page) -> Spelling:
    """The fact `Facts.spelling`. A page without a word that is suspected wherever it stands is not parsed."""
    words = page.words
    doubted = _without_addresses(_doubted_of(words), page.source.text)
    terms = tuple(sorted(_terms & words))
    if not doubted:
        return Spelling(terms=terms)
    uses = dict.fromkeys(map(lowered, doubted), 0)
    forms = {form for key in uses for form in (key, key.capitalize(), key.upper())}
    names: set[str] = set()
    passages = list(_passages(page, forms))
    for passage in passages:
        for number in passage.doubted:
            uses[lowered(passage.words[number][0])] += 1
        names.update(_names(passage))
    source = page.source.text.lower()
    told = [Use(key, count, _times(_meant(doubted, key), source), key in names) for key, count in uses.items() if count]
    return Spelling(tuple(_suspects(passages, doubted)), tuple(told), terms)


def suspects_in(page: Page, doubted: Doubts) -> Iterator[Suspect]:
    """The places of a page where a doubted word stands and nothing speaks for it."""
    return _suspects(_passages(page, doubted.keys()), doubted)


def _passages(page: Page, wanted: Set[str]) -> Iterator[Passage]:
    """The blocks that hold one of some words."""
    for block in page.blocks:
        value = block.text.value
        if len(wanted) > FEW or any(word in value for word in wanted):
            if wanted.isdisjoint(WORD.findall(value)) and wanted.isdisjoint(map(_bare, GENITIVE.findall(value))):
                continue
            words = list(WORD.finditer(value))
            yield Passage(block, words, [number for number, word in enumerate(words) if _bare(word[0]) in wanted])


def _without_addresses(doubted: Doubts, source: str) -> Doubts:
    """Without the words that the page has as a part of an address, too: those are names, of a repository or a page."""
    lower = source.lower()
    return {word: found for word, found in doubted.items() if found.listed or f"/{lowered(word)}" not in lower}


_seen: set[str] = set()
_doubted: Doubts = {}
_terms: set[str] = set()


def _doubted_of(words: frozenset[str]) -> Doubts:
    """Those of some words that are suspected wherever they stand. Each is looked at once in the life of a process."""
    for word in words - _seen:
        _seen.add(word)
        if found := doubt(word):
            _doubted[word] = found
        elif is_term(word):
            _terms.add(word)
    return {word: _doubted[word] for word in _doubted.keys() & words}


def _meant(doubted: Doubts, key: str) -> str:
    """The best guess for a word in lower case."""
    return next(found.guesses[0].lower() for word, found in doubted.items() if lowered(word) == key)


def _times(word: str, text: str) -> int:
    """How often a word stands in a text, and is no part of another."""
    between = text.split(word)
    return sum(not before[-1:].isalpha() and not after[:1].isalpha() for before, after in pairwise(between))


def _names(passage: Passage) -> Iterator[str]:
    """Those of the doubted words that stand in a field for names, or are neighbours of a name."""
    block, words, doubted = passage
    naming = block.kind in ("value", "field") and NAMING.fullmatch(block.name)
    for number in doubted:
        word = words[number][0]
        if naming or (may_be_a_name(word) and beside_a_name(block.text.value, words, number)):
            yield lowered(word)


def _suspects(passages: Iterable[Passage], doubted: Doubts) -> Iterator[Suspect]:
    """The doubted words that nothing speaks for where they stand."""
    for block, words, numbers in passages:
        if block.kind not in PROSE or not _is_prose(block) or is_foreign_block([word[0] for word in words]):
            continue
        for number in numbers:
            word = _bare(words[number][0])
            found = doubted.get(word)
            if found is not None and not _is_meant(block, words, number, found):
                yield _suspect(block, words[number].start(), word, found)


def _suspect(block: Block, start: int, word: str, found: Doubt) -> Suspect:
    end = start + len(word)
    return Suspect(
        word,
        *block.text.span(start, end),
        tuple(_cased(guess, word) for guess in found.guesses),
        found.sure and (word[0].islower() or found.listed or len(word) >= LONG_CAPITALISED),
        found.listed,
        block.text.verbatim(start, end),
    )


def _is_prose(block: Block) -> bool:
    """Whether a value or field is something to read."""
    if block.kind not in ("value", "field"):
        return True
    return not NO_PROSE.fullmatch(block.name) and " " in block.text.value.strip()


def _is_meant(block: Block, words: Words, number: int, found: Doubt) -> bool:
    """Whether the place of a word shows that it is no English prose, or a name."""
    value, match = block.text.value, words[number]
    if is_part(value, words, number) or block.text.is_quoted(*match.span()) or is_foreign_around(value, *match.span()):
        return True
    if not found.listed and len(words) == 1 and block.kind != "heading":
        return True
    if match[0][0].islower():
        return not found.listed and is_species(value, words, number)
    if not found.listed and ABBREVIATED.match(value, match.end()):
        return True
    return not found.sure or (may_be_a_name(match[0]) and beside_a_name(value, words, number))


def _bare(word: str) -> str:
    """A word without its genitive."""
    return word.removesuffix("'s").removesuffix("’s")


def _cased(guess: str, word: str) -> str:
    return guess[0].upper() + guess[1:] if word[0].isupper() else guess
