"""How common each word is, in English and elsewhere, and which frequent words are one edit away.

Two files that are mapped into memory, and built by lexicon/build.py.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMON, RARE, NAME = 1, 2, 4
"""What dictionaries say of a word: a large one has it, only the largest do, it is a name or an abbreviation."""

STEPS = 20
"""of a Zipf value, in a record"""

LAYOUT = "<BBB"
"""of a record: the kinds of the word; its scaled Zipf values in English and in the other language that uses it most"""

WORDS_FILE, NEIGHBOURS_FILE = "english.marisa", "neighbours.marisa"

GAP, FIRST_PLACE = "|", 65
"""in a key of the neighbours: what parts a word that lacks a letter from that letter's place, told as a character"""


class Entry(NamedTuple):
    """What the lexicon says of a word."""

    kind: int
    """of COMMON, RARE and NAME those that hold; 0: no dictionary has it"""
    english: float
    """Zipf: the logarithm of how often it stands in a billion words; 0 below 0.02 in a million"""
    foreign: float
    """the highest Zipf value in any other language of Latin letters; 0 below 1 in a million"""


UNKNOWN = Entry(0, 0.0, 0.0)


def entry(word: str) -> Entry:
    """What is known of a word, which is in lower case."""
    found = _words()(word)
    if not found:
        return UNKNOWN
    kind, english, foreign = found[0]
    return Entry(kind, english / STEPS, foreign / STEPS)


def neighbours(*words: str) -> set[str]:
    """The frequent words that one edit makes of one of these: a letter more, less or another, or two exchanged.

    Two words are that close if and only if they are the same once each lacks a letter, or one of them does (which
    also lets a letter jump). So the file holds each word with each of its letters left out.
    """
    keys = _neighbours()
    variants = set(words)
    for word in words:
        variants.update(without_a_letter(word))
    return {_restored(key, len(variant)) for variant in variants for key in keys(variant + GAP)}


def without_a_letter(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def neighbour_keys(word: str) -> Iterator[str]:
    """The keys under which the file holds a word."""
    yield word + GAP
    for place, variant in enumerate(without_a_letter(word)):
        yield f"{variant}{GAP}{chr(FIRST_PLACE + place)}{word[place]}"


def _restored(key: str, length: int) -> str:
    """The word that a key stands for; `length` is that of the word without its letter."""
    variant, missing = key[:length], key[length + len(GAP) :]
    if not missing:
        return variant
    place = ord(missing[0]) - FIRST_PLACE
    return variant[:place] + missing[1] + variant[place:]


@cache
def _words() -> Callable[[str], list[tuple[int, int, int]] | None]:
    from marisa_trie import RecordTrie

    from sitecheck.spelling.data import data_file

    get: Callable[[str], list[tuple[int, int, int]] | None] = RecordTrie(LAYOUT).mmap(data_file(WORDS_FILE)).get
    return get


@cache
def _neighbours() -> Callable[[str], list[str]]:
    from marisa_trie import Trie

    from sitecheck.spelling.data import data_file

    keys: Callable[[str], list[str]] = Trie().mmap(data_file(NEIGHBOURS_FILE)).keys
    return keys
