"""What a suspected word stands beside: the rest of a path or a broken word, a name, a genus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sitecheck.late import late
from sitecheck.spelling.lexicon import COMMON, NAME, entry
from sitecheck.spelling.speller import LONG_CAPITALISED, doubt, lowered
from sitecheck.spelling.wordlists import CALENDAR

JOINED_BEFORE = late(r"[\w@#\\$%^~=<{}+\ufffd\ud800-\udfff]\Z|\w[./:&+]\Z|\w-\s+\Z|[/.]\S*/\Z|\\[^\w\s]\Z")
JOINED_AFTER = late(r"[\w@#\\$%^~=>}+(\ufffd\ud800-\udfff]|[./:&]\w|-\s|['’]\w|\s?=|\.\.|…")
"""What makes a word a part of something else: a path, an identifier, a word broken at a line's end, TeX's `R\\'e`."""
ABBREVIATED = late(r"\.\s*[\w,;:]|\s+et\s+al\b")
SIDE_BY_SIDE = late(r"[\s,.&*_-]{1,4}|,? (?:and|&) ")
"""what may stand between two words of one name, or between two names of a list"""

LOOK_BACK = 30
"""characters in which a path must start to be seen"""
EVERYDAY = 4.0
"""the Zipf value of a word that is more often a word than a name: `Brown`, `Long`"""
UNUSUAL = 3.0
"""the Zipf value below which a capitalised word may well be a name, whatever else it means"""


def is_part(value: str, words: Sequence[re.Match[str]], number: int) -> bool:
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


def may_be_a_name(word: str) -> bool:
    """Whether a suspected word is a name if it stands beside one. Names are hardly ever known as long misspellings."""
    found = doubt(word)
    return word[0].isupper() and not (found and found.listed and len(word) >= LONG_CAPITALISED)


def beside_a_name(value: str, words: Sequence[re.Match[str]], number: int) -> bool:
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


def is_species(value: str, words: Sequence[re.Match[str]], number: int) -> bool:
    """Whether it stands behind a genus: `Haloferax volcanii`, `M. mazei`."""
    if not number:
        return False
    genus = words[number - 1]
    gap = value[genus.end() : words[number].start()]
    if len(gap) > 3 or not genus[0][0].isupper():
        return False
    return (len(genus[0]) == 1 and gap.startswith(".")) or (not entry(genus[0].lower()).kind and genus[0][1:].islower())
