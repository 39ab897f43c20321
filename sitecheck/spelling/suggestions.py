"""What a word that no dictionary has was meant to be: a noisy channel.

A guess is good if it is a frequent word, while what is written is hardly ever written, and if the slip between them is
a likely one: two letters exchanged, one doubled or left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitecheck.spelling.lexicon import COMMON, entry, neighbours, without_a_letter
from sitecheck.spelling.wordlists import COMPOUNDS, FIRST_GLUE, LAST_GLUE

VOWELS = frozenset("aeiouy")
FLOOR = 1.2
"""the Zipf value of what is never written, so that a guess need not be compared with nothing"""
TWO_SLIPS = 8
"""letters from which on a word may differ in two places from what was meant"""
SECOND_SLIP = 1.5
MIDDLING, PER_LETTER, MOST_FOR_LENGTH = 8, 0.2, 1.6
"""The longer a word, the less likely it resembles another by chance: what each further letter counts for, in all."""
POOR = 1.0
"""the score below which a second slip is thought of"""

FIRST_LETTER, FIRST_ADDED = 1.0, 2.0
"""what a slip in the first letter counts: nobody overlooks that, and `pexpect` and `mhealth` are meant"""
JOINT = 6.5
"""the sum of two Zipf values from which on two words are likely to stand side by side"""
LONG, FREQUENT = 5, 4.2
"""letters and Zipf value that a word needs beside a short one: `verb in` is a name, `languagein` is none"""
JUXTAPOSED, SHORTEST_HALF, PLAIN = 9, 4, 4.0
"""letters of a word that consists of two, and of each of them; and their Zipf value"""


class Guess(NamedTuple):
    """What may have been meant, and how much more likely that is than that nothing is wrong."""

    text: str
    score: float
    """in powers of ten"""


def near_misses(word: str, *, two: bool = True) -> list[Guess]:
    """Frequent words that are one slip away, or `two` if the word is long; the best first."""
    written = max(entry(word).english, FLOOR) - min(max(len(word) - MIDDLING, 0) * PER_LETTER, MOST_FOR_LENGTH)
    found = {each: entry(each).english - written - slip(word, each) for each in neighbours(word)}
    if two and len(word) >= TWO_SLIPS and max(found.values(), default=0.0) < POOR:
        for each in _two_slips_away(word):
            found.setdefault(each, entry(each).english - written - SECOND_SLIP - (each[0] != word[0]))
    return sorted((Guess(*item) for item in found.items()), key=lambda guess: (-guess.score, guess.text))


def slip(written: str, meant: str) -> float:
    """How unlikely it is that somebody writes one of two neighbouring words for the other, in powers of ten."""
    start = _shared(written, meant)
    end = _shared(written[start:][::-1], meant[start:][::-1])
    added, missing = written[start : len(written) - end], meant[start : len(meant) - end]
    cost = 0.0 if start else FIRST_ADDED if added and not missing else FIRST_LETTER
    if len(added) == len(missing) == 1:
        return cost + (0.3 if {added, missing} <= VOWELS else 0.7)
    if len(added) + len(missing) == 1:
        letter = added or missing
        cost += 0.0 if start and letter == written[start - 1] else 0.3
        if not end:  # a form of a word that no dictionary knows: a plural, a verb of a noun
            cost += 1.0 if letter in "sed" else 0.5
    return cost


def merged(word: str) -> Guess | None:
    """The two words that a word was merged from, "of the", if both are frequent."""
    guesses = [
        Guess(f"{word[:place]} {word[place:]}", score - max(entry(word).english, FLOOR) - JOINT)
        for place in range(2, len(word) - 1)
        if (score := _side_by_side(word[:place], word[place:]))
    ]
    return max(guesses, key=lambda guess: guess.score, default=None)


def juxtaposed(word: str) -> str:
    """The two frequent words that a long one consists of, neither of them glue, or nothing.

    That may be a slip, `highperformance`, or how somebody calls a thing.
    """
    if len(word) < JUXTAPOSED:
        return ""
    found = [
        (entry(first).english + entry(second).english, f"{first} {second}")
        for place in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
        if _is_plain(first := word[:place]) and _is_plain(second := word[place:])
    ]
    return max(found, default=(0.0, ""))[1]


def _is_plain(word: str) -> bool:
    known = entry(word)
    return bool(known.kind & COMMON) and known.english >= PLAIN


def _side_by_side(first: str, second: str) -> float:
    """How frequent two words are, as the sum of their Zipf values; 0 where they make a word that is meant as such."""
    if first in FIRST_GLUE:
        partner = second
    elif second in LAST_GLUE or (second in COMPOUNDS and len(first) >= LONG - 1):
        partner = first
    else:
        return 0.0
    known = entry(partner)
    if not known.kind & COMMON or (len(partner) < LONG and partner not in LAST_GLUE):
        return 0.0
    if min(len(first), len(second)) <= 2 and known.english < FREQUENT:
        return 0.0
    return entry(first).english + entry(second).english


def _two_slips_away(word: str) -> set[str]:
    """What is left once a letter is taken out, or two are exchanged, and one more slip is mended."""
    return {each for each in neighbours(*without_a_letter(word), *_exchanged(word)) if abs(len(each) - len(word)) <= 2}


def _exchanged(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
