"""The words of a page that may be misspelt, seen where they stand: in a sentence, a list of names, another language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from sitecheck.page import PROSE
from sitecheck.spelling.language import WORD, is_foreign_around, is_foreign_block
from sitecheck.spelling.lexicon import COMMON, NAME, entry
from sitecheck.spelling.speller import LONG_CAPITALISED, doubt, lowered
from sitecheck.spelling.suspect import Spelling, Suspect, Use
from sitecheck.spelling.wordlists import CALENDAR

if TYPE_CHECKING:
    from sitecheck.page import Block, Page

SHAPE = re.compile(r"[A-Z]?[a-z]+(?:['’]s)?")
"""what is looked up: `LaTeX`, `GPUs` and `naïve` are not"""

NO_PROSE = re.compile(
    r"""(?xi) authors? | editors? | names? | (?:first|last|full)_?names? | display | file | keywords | tags |
    categor.* | doi | ur[il] | ids? | key | slug | js | css | icon.* | image | photo | thumbnail | date.* | .*_date |
    e-?mail | layout | permalink | path | user.* | bdsk.* | iss?n | isbn | pages | year | volume | number | owner |
    timestamp | type | widget | address | publisher | eprint | pmid | bibsource | location | local | lang.* | crossref |
    school | institution | organi[sz]ations? | label | shorttitle | variants | copyright"""
)
"""The keys and fields whose values hold names, or nothing to read."""
NAMING = re.compile(r"(?i)authors?|editors?|names?|(?:first|last|full)_?names?|display|user.*|owner")

JOINED_BEFORE = re.compile(r"[\w@#\\$%^~=<{}+]\Z|\w[./:&+]\Z|\w-\s+\Z|[/.]\S*/\Z")
JOINED_AFTER = re.compile(r"[\w@#\\$%^~=>}+(]|[./:&]\w|-\s|['’]\w|\s?=|\.\.|…")
"""What makes a word a part of something else: a path, an address, an identifier, a word broken at a line's end."""
ABBREVIATED = re.compile(r"\.\s*[\w,;:]|\s+et\s+al\b")
SIDE_BY_SIDE = re.compile(r"[\s,.&*_-]{1,4}|,? (?:and|&) ")
"""what may stand between two words of one name, or between two names of a list"""
SENTENCE_END = re.compile(r"[.!?:;|•\n][\"'”’)\]*_\s]*\Z")

LOOK_BACK = 30
"""characters in which a path must start to be seen"""
EVERYDAY = 4.0
"""the Zipf value of a word that is more often a word than a name: `Brown`, `Long`"""
UNUSUAL = 3.0
"""the Zipf value below which a capitalised word may well be a name, whatever else it means"""


def spelling(page: Page) -> Spelling:
    """The fact `Facts.spelling`."""
    suspects: list[Suspect] = []
    words: list[str] = []
    for block in page.blocks:
        found = WORD.findall(block.text.value)
        words += found
        if block.kind in PROSE and _suspicious(found):
            suspects += _in_block(block)
    doubted = _suspicious(words)
    if not doubted:
        return Spelling()
    names = _names(page, doubted)
    counts = Counter(map(str.lower, words))
    uses = {}
    for word in doubted:
        key, suspected = lowered(word), doubt(word)
        often = counts[key] + counts[f"{key}'s"] + counts[f"{key}’s"]
        meant = counts[suspected.guesses[0].lower()] if suspected else 0
        uses[key] = Use(key, often, meant, named=key in names)
    return Spelling(tuple(suspects), tuple(uses.values()))


_seen: set[str] = set()
_doubted: set[str] = set()


def _suspicious(words: list[str]) -> set[str]:
    """Those of some words that are suspected wherever they stand. Each is looked at once in the life of a process."""
    distinct = set(words)
    for word in distinct - _seen:
        _seen.add(word)
        if SHAPE.fullmatch(word) and doubt(word):
            _doubted.add(word)
    return distinct & _doubted


def _names(page: Page, doubted: set[str]) -> set[str]:
    """Those of the doubted words that stand in a field for names, or are neighbours of a name."""
    found: set[str] = set()
    for block in page.blocks:
        if block.kind in ("value", "field") and NAMING.fullmatch(block.name):
            found.update(map(lowered, doubted.intersection(WORD.findall(block.text.value))))
            continue
        if doubted.isdisjoint(WORD.findall(block.text.value)):
            continue
        words = list(WORD.finditer(block.text.value))
        for number, match in enumerate(words):
            if match[0] in doubted and _may_be_a_name(match[0]) and _beside_a_name(block.text.value, words, number):
                found.add(lowered(match[0]))
    return found


def _in_block(block: Block) -> Iterator[Suspect]:
    value = block.text.value
    if block.kind in ("value", "field") and (NO_PROSE.fullmatch(block.name) or " " not in value.strip()):
        return
    words = list(WORD.finditer(value))
    if is_foreign_block([word[0] for word in words]):
        return
    for number, match in enumerate(words):
        if match[0] not in _doubted:
            continue
        found = doubt(match[0])
        if found is None or _is_part(value, words, number) or is_foreign_around(value, *match.span()):
            continue
        if not found.listed and len(words) == 1 and block.kind != "heading":
            continue
        sure = found.sure
        if match[0][0].isupper():
            if (
                not sure
                or (not found.listed and ABBREVIATED.match(value, match.end()))
                or (_may_be_a_name(match[0]) and _beside_a_name(value, words, number))
            ):
                continue
            sure = found.listed or len(match[0]) >= LONG_CAPITALISED
        elif not found.listed and _is_species(value, words, number):
            continue
        word = match[0].replace("’", "'").removesuffix("'s")
        start, end = match.start(), match.start() + len(word)
        guesses = tuple(_cased(guess, word) for guess in found.guesses)
        yield Suspect(word, *block.text.span(start, end), guesses, sure, found.listed, block.text.verbatim(start, end))


def _is_part(value: str, words: Sequence[re.Match[str]], number: int) -> bool:
    """Whether it is part of something else: a path, an identifier, a word that is broken in two."""
    word = words[number]
    if JOINED_BEFORE.search(value, max(0, word.start() - LOOK_BACK), word.start()):
        return True
    if JOINED_AFTER.match(value, word.end()):
        return True
    before = words[number - 1][0] if number else ""
    gap = value[words[number - 1].end() : word.start()] if number else ""
    if (gap == "-" and entry((before + word[0]).lower()).kind) or (
        len(before) == 1 and gap == " " and before not in "aAI"
    ):
        return True
    return bool(
        number + 1 < len(words)
        and value[word.end() : words[number + 1].start()] == "-"
        and entry((word[0] + words[number + 1][0]).lower()).kind
    )


def _may_be_a_name(word: str) -> bool:
    """Whether a suspected word is a name if it stands beside one. Names are hardly ever known as long misspellings."""
    found = doubt(word)
    return word[0].isupper() and not (found and found.listed and len(word) >= LONG_CAPITALISED)


def _beside_a_name(value: str, words: Sequence[re.Match[str]], number: int) -> bool:
    """Whether a capitalised word stands next to a name or an initial."""
    here = words[number]
    for step in (-1, 1):
        other = number + step
        if 0 <= other < len(words) and words[other][0] == "and":
            other += step
        if not 0 <= other < len(words):
            continue
        gap = value[min(here.end(), words[other].end()) : max(here.start(), words[other].start())]
        if SIDE_BY_SIDE.fullmatch(gap) and is_name(words[other][0]):
            return True
    return False


@cache
def is_name(word: str) -> bool:
    """Whether a word looks like a name or an initial."""
    if not word[0].isupper():
        return False
    if len(word) == 1:
        return word not in "AI"
    lower = lowered(word)
    if lower in CALENDAR:
        return False
    known = entry(lower)
    return not known.kind & COMMON or known.english < (EVERYDAY if known.kind & NAME else UNUSUAL)


def _is_species(value: str, words: Sequence[re.Match[str]], number: int) -> bool:
    """Whether it stands behind a genus: `Haloferax volcanii`, `M. mazei`."""
    if not number:
        return False
    genus = words[number - 1]
    gap = value[genus.end() : words[number].start()]
    if len(gap) > 3 or not genus[0][0].isupper():
        return False
    return (len(genus[0]) == 1 and gap.startswith(".")) or (not entry(genus[0].lower()).kind and genus[0][1:].islower())


def _cased(guess: str, word: str) -> str:
    return guess[0].upper() + guess[1:] if word[0].isupper() else guess
