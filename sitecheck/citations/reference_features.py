"""What the statistical parser sees of each word of a reference: itself, its neighbours, and the phrase it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from sitecheck.citations.word_features import AROUND, EDGE, PHRASE, SENTENCE, Word, word
from sitecheck.citations.word_kinds import NUMBERS, TELLING

TOLD: tuple[str, ...] = (
    "editor",
    "translator",
    "genre",
    "access",
    "booktitle",
    "journal",
    "body",
    "publisher",
    "place",
    "volume",
)
TOLD += ("pages", "month")
"""Kinds of words that tell what a phrase is, the most telling first."""
LENGTHS = (0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 6)


def features(tokens: Sequence[str]) -> list[list[str]]:
    """The features of each word, in time proportional to the number of words."""
    words = [word(token) for token in tokens]
    last = len(words) - 1
    whole = _of_whole(words)
    phrases, sentences = _parts(words, PHRASE), _parts(words, SENTENCE)
    states, coming, since = list(_states(words)), _coming(words), list(_since_year(words))
    seen = []
    for k, each in enumerate(words):
        before, behind = words[k - 1] if k else EDGE, words[k + 1] if k < last else EDGE
        row = [*each.own, states[k], f"at={k * 8 // (last + 1)}", f"from={min(k, 4)}", f"to={min(last - k, 4)}"]
        row += _joined(before.ending, before.use, each.shape, each.ending, each.use, each.kind)
        row += (f">{each.ending}|{behind.shape}", f">{each.kind}|{behind.kind}")
        row.append(f"sss={before.shape}|{each.shape}|{behind.shape}")
        row += (coming[k], since[k])
        row += phrases[k]
        row += sentences[k]
        row += whole
        for place, away in enumerate(AROUND):
            if 0 <= k + away <= last:
                row += words[k + away].beside[place]
            else:
                row.append(f"{away}none")
        seen.append(row)
    return seen


@lru_cache(maxsize=20_000)
def _joined(before: str, before_use: str, shape: str, ending: str, use: str, kind: str) -> tuple[str, ...]:
    """What a word and the one before it are together."""
    return f"<s={before}|{shape}", f"<c={before}|{kind}", f"<e={before}|{ending}", f"<l={before_use}|{use}"


def _states(words: Sequence[Word]) -> Iterator[str]:
    """What has been seen up to a word: an open quotation mark or bracket, a year, "In", a closed quotation."""
    quoted = bracket = year = introduced = closed = False
    for each in words:
        quoted = quoted or each.opens_quote
        bracket = bracket or each.opens_bracket
        yield STATES[quoted, bracket, year, introduced, closed]
        if quoted and each.closes_quote:
            quoted, closed = False, True
        bracket = bracket and not each.closes_bracket
        year = year or each.dated
        introduced = introduced or each.introduces


STATES = {flags: "q=" + "".join(f"{flag:d}" for flag in flags) for flags in product((False, True), repeat=5)}


def _coming(words: Sequence[Word]) -> list[str]:
    """Of each word the next telling kind behind it, and how many phrases end before that."""
    found = [""] * len(words)
    kind, ends = "", 0
    for k in range(len(words) - 1, -1, -1):
        ends += bool(words[k].ends)
        found[k] = f"next={kind}{min(ends, 4)}"
        if words[k].kind in TELLING:
            kind, ends = words[k].kind, 0
    return found


def _since_year(words: Sequence[Word]) -> Iterator[str]:
    """How many phrases have ended since a year."""
    ends: int | None = None
    for each in words:
        yield f"year={ends}"
        if each.kind == "year":
            ends = 0
        elif each.ends and ends is not None:
            ends = min(ends + 1, 4)


def _of_whole(words: Sequence[Word]) -> tuple[str, ...]:
    """What stands somewhere in the reference."""
    kinds = {each.kind for each in words}
    quoted = any(each.opens_quote for each in words)
    return (
        f"all={quoted:d}{'in' in kinds:d}",
        f"allj={'journal' in kinds:d}{'booktitle' in kinds:d}",
        f"allr={'range' in kinds:d}{'place' in kinds:d}{'editor' in kinds:d}",
    )


class Part(NamedTuple):
    """A phrase or a sentence, in short."""

    kind: str
    look: str
    """`I` with initials, `C` all words with capitals, `c` most, `l` fewer"""
    length: int


MARKS = {PHRASE: "P", SENTENCE: "S"}
OUTSIDE = Part("", "", 0)


def _parts(words: Sequence[Word], level: int) -> list[tuple[str, ...]]:
    """Of each word what the phrase or sentence around it is, and those before and behind."""
    bounds = []
    begin = 0
    for k, each in enumerate(words):
        if each.ends >= level or k == len(words) - 1:
            bounds.append((begin, k + 1))
            begin = k + 1
    mark = MARKS[level]
    parts = [OUTSIDE, *(_part(words[begin:end]) for begin, end in bounds), OUTSIDE]
    found: list[tuple[str, ...]] = []
    for number, (begin, end) in enumerate(bounds):
        shared: tuple[str, ...] = _of_part(mark, parts[number], parts[number + 1], parts[number + 2])
        shared += (f"{mark}i{min(number, 6)}", f"{mark}z{min(len(bounds) - 1 - number, 6)}")
        if level == SENTENCE:
            shared += (f"{mark}f={words[begin].kind}|{words[begin].shape}",)
        found += ((*shared, f"{mark}{_place(k, begin, end)}") for k in range(begin, end))
    return found


def _place(k: int, begin: int, end: int) -> str:
    if end - begin == 1:
        return "alone"
    return "first" if k == begin else "last" if k == end - 1 else "inside"


@lru_cache(maxsize=20_000)
def _of_part(mark: str, before: Part, own: Part, behind: Part) -> tuple[str, ...]:
    found = (
        f"{mark}c={own.kind}",
        f"{mark}s={own.look}{own.length}",
        f"{mark}<c={before.kind}",
        f"{mark}>c={behind.kind}",
        f"{mark}<s={before.look}",
    )
    if mark == MARKS[PHRASE]:
        return found
    return *found, f"{mark}>s={behind.look}{behind.length}", f"{mark}cs={own.kind}|{own.look}"


def _part(words: Sequence[Word]) -> Part:
    kinds = {each.kind for each in words}
    told = ["in"] if words[0].kind == "in" else []
    told += [kind for kind in TOLD if kind in kinds]
    if not told:
        told = ["year"] if "year" in kinds else ["number"] if kinds & NUMBERS else []
    capitals = sum(each.capital for each in words)
    if any(each.initial for each in words):
        look = "I"
    else:
        look = "C" if capitals == len(words) else "c" if capitals * 2 > len(words) else "l"
    return Part("+".join(told[:2]), look, LENGTHS[min(len(words), 12)])
