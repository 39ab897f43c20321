"""What there is to say against a word, wherever it stands."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sitecheck.spelling.lexicon import COMMON, NAME, entry
from sitecheck.spelling.misspellings import corrections
from sitecheck.spelling.suggestions import Guess, juxtaposed, merged, near_misses
from sitecheck.spelling.wordlists import METHOD_ENDS, NOUNS, PREFIXES, SUFFIXES

SHORTEST_LISTED, SHORTEST_GUESSED, SHORTEST_MERGED = 4, 5, 6
"""letters; shorter words are abbreviations and names too often"""
TERM = 10
"""letters of a word that is hardly like another by chance, though no dictionary has either"""
LONGEST = 30
"""letters; what is longer is no word, and would take long to compare"""
FOREIGN, MORE_FOREIGN = 3.4, 1.0
"""the Zipf value that another language gives to a word of its own, and how much more than English"""
SETTLED = 2.4
"""the Zipf value of an unlisted spelling in English from which on people mean it"""
DOUBTFUL, SURE, SURE_IF_NAME, SURE_IF_SHORT = 1.5, 1.9, 2.9, 3.0
"""scores of a guess from which on it is told, and is told as a warning"""
SHORT = 5
SHORTEST_CAPITALISED, LONG_CAPITALISED = 7, 8
"""letters from which on a capitalised word that resembles another may be a slip, and is hardly a name"""
MOST_GUESSES = 3


class Doubt(NamedTuple):
    """Why a word is suspected."""

    guesses: tuple[str, ...]
    """what it may have been meant to be, the best first; in lower case, but for names"""
    sure: bool
    listed: bool
    """whether it is a misspelling that is known as such"""


@cache
def doubt(word: str) -> Doubt | None:
    """What there is to say against a word. Nothing if it is known, or is like no other.

    A short word with a capital is taken for a name, unless it is a known misspelling.
    """
    capital, word = word[0].isupper(), lowered(word)
    if not SHORTEST_LISTED <= len(word) <= LONGEST or not word.isascii() or word in NOUNS:
        return None
    known = entry(word)
    if known.kind & COMMON:
        return None
    if listed := corrections(word):
        is_foreign = known.foreign >= FOREIGN and known.foreign >= known.english + MORE_FOREIGN
        return Doubt(listed, sure=not is_foreign and not (known.kind and known.english >= SETTLED), listed=True)
    if known.kind or known.foreign or known.english >= SETTLED or not word.isalpha():
        return None
    if len(word) < (SHORTEST_CAPITALISED if capital else SHORTEST_GUESSED) or is_derived(word):
        return None
    needed = _needed(word, capital=capital)
    return _guessed(word, needed, capital=capital)


def _needed(word: str, *, capital: bool) -> float:
    """The score from which on a guess is believed."""
    if capital:
        return SURE if len(word) >= LONG_CAPITALISED else SURE_IF_NAME
    return SURE_IF_SHORT if len(word) <= SHORT else SURE


def is_term(word: str) -> bool:
    """Whether a word that nothing is said against is long and unknown: a term, or a misspelling of one."""
    if not (TERM <= len(word) <= LONGEST and word.islower()):
        return False
    known = entry(word)
    return not (known.kind or known.foreign) and known.english < SETTLED and not is_derived(word)


def lowered(word: str) -> str:
    """A word without its case and its genitive."""
    return word.lower().replace("’", "'").removesuffix("'s")


def _guessed(word: str, needed: float, *, capital: bool) -> Doubt | None:
    near = near_misses(word, two=not capital)
    parted = merged(word) if len(word) >= SHORTEST_MERGED else None
    if parted and (not near or parted.score > near[0].score):
        near = [parted]
    if not near or near[0].score < (needed if capital else DOUBTFUL):
        two = "" if capital or entry(word).english else juxtaposed(word)
        return Doubt((two,), sure=False, listed=False) if two else None
    return Doubt(_told(near), sure=near[0].score >= needed, listed=False)


def _told(guesses: list[Guess]) -> tuple[str, ...]:
    """The best guess, and others that are nearly as good."""
    likely = (guess.text for guess in guesses[:MOST_GUESSES] if guess.score > guesses[0].score - 1)
    return tuple(text.capitalize() if entry(text).kind == NAME else text for text in likely)


def is_derived(word: str) -> bool:
    """Whether it is made of a known word in a way that makes new words every day: `unbatched`, `hoverable`."""
    if word.startswith(PREFIXES):
        for prefix in PREFIXES:
            if word.startswith(prefix) and _is_stem(word[len(prefix) :]):
                return True
    if word.endswith(METHOD_ENDS) or (word.endswith("ional") and _is_stem(word.removesuffix("al"))):
        return True
    if (word.endswith("s") and entry(word[:-1]).kind) or (word.endswith("ies") and entry(f"{word[:-3]}y").kind):
        return True
    if not word.endswith(SUFFIXES):
        return False
    stems = [word.removesuffix(suffix) for suffix in SUFFIXES if word.endswith(suffix)]
    return any(_is_stem(stem) or _is_stem(f"{stem}e") for stem in stems)


def _is_stem(word: str) -> bool:
    return len(word) >= 4 and bool(entry(word).kind & COMMON)
