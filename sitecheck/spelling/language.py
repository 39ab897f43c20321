"""Where English ends: words that are at home in another language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from sitecheck.late import late
from sitecheck.spelling.lexicon import COMMON, entry
from sitecheck.spelling.wordlists import LATIN

LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
WORD = late(rf"[{LETTER}]+(?:['’][{LETTER}]+)*")

AROUND = 5
"""words on each side that tell the language of a place"""
REACH = 60
"""characters on each side in which they are looked for"""
FOREIGN_AROUND, FOREIGN_SHARE = 3, 0.3
"""how many of them are foreign, or which part of a block is, where English ends"""
AT_HOME = 3.0
"""the Zipf value by which a word that is no English one is one of another language"""


@cache
def is_foreign(word: str) -> bool:
    """Whether it is at home in another language rather than in English. Names, with their capitals, are in both."""
    if not word.isascii() or word.lower() in LATIN:
        return True
    known = entry(word)
    return not known.kind & COMMON and known.foreign > max(known.english, AT_HOME)


def is_foreign_block(words: Sequence[str]) -> bool:
    """Whether so many of a block's words are foreign that it is in another language."""
    longer = [word for word in words if len(word) > 1]
    return sum(map(is_foreign, longer)) > FOREIGN_SHARE * len(longer)


def is_foreign_around(value: str, start: int, end: int) -> bool:
    """Whether a place of a text stands among foreign words."""
    before = WORD.findall(value, max(0, start - REACH), start)[-AROUND:]
    after = WORD.findall(value, end, end + REACH)[:AROUND]
    return sum(map(is_foreign, (*before, *after))) >= FOREIGN_AROUND


@lru_cache(maxsize=8)
def is_foreign_text(value: str) -> bool:
    """Whether a text is in another language. Each of its places may ask."""
    return is_foreign_block(WORD.findall(value))
