"""What the statistical parser sees of each word of a reference: itself, its neighbours, and the phrase it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product, repeat
from typing import NamedTuple

from sitecheck.citations.word_features import EDGE, SENTENCE, Form, Word, encoded, word
from sitecheck.citations.word_kinds import BITS, KINDS, NUMBERS, bits

TOLD: tuple[str, ...] = (
    "editor",
    "translator",
    "genre",
    "access",
    "booktitle",
    "journal",
    "abbreviation",
    "body",
    "publisher",
    "place",
)
TOLD += ("volume", "pages", "month")
"""Kinds of words that tell what a phrase is, the most telling first."""
TELLING = bits(*{*KINDS.values(), *NUMBERS, "year"} - {"and", "in", "others", "number5"})
"""Kinds that tell which part of a reference comes."""
YEAR, NUMBER = bits("year"), bits(*NUMBERS)
LENGTHS = (0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 6)
AROUND = 3
"""How far a word sees."""


def features(tokens: Sequence[str]) -> list[list[bytes]]:
    """The features of each word, in time proportional to the number of words."""
    words = list(map(word, tokens))
    padded = [EDGE] * AROUND + words + [EDGE] * AROUND
    forms = [each.form for each in padded]
    seen = []
    rest = zip(_states(words), _coming(words), _since_year(words), _parts(words), _places(len(words)), strict=True)
    for k, (state, coming, since, part, place) in enumerate(rest, AROUND):
        seen.append(
            [
                *padded[k].own,
                state,
                coming,
                since,
                *place,
                *part,
                *_behind(forms[k - 1], forms[k]),
                *_before(forms[k], forms[k + 1]),
                _three(forms[k - 1], forms[k], forms[k + 1]),
                *forms[k - 3].beside[0],
                *forms[k - 2].beside[1],
                *padded[k - 1].before,
                *padded[k + 1].behind,
                *forms[k + 2].beside[4],
                *forms[k + 3].beside[5],
            ]
        )
    return seen


@lru_cache(maxsize=50_000)
def _behind(before: Form, own: Form) -> tuple[bytes, ...]:
    """What a word and the one before it are together."""
    ending = before.ending
    return encoded(f"<s={ending}|{own.shape}", f"<c={ending}|{own.kind}", f"<e={ending}|{own.ending}")


@lru_cache(maxsize=50_000)
def _before(own: Form, behind: Form) -> tuple[bytes, ...]:
    """What a word and the one behind it are together."""
    return encoded(f">{own.ending}|{behind.shape}", f">{own.kind}|{behind.kind}")


@lru_cache(maxsize=50_000)
def _three(before: Form, own: Form, behind: Form) -> bytes:
    return f"sss={before.shape}|{own.shape}|{behind.shape}".encode()


@lru_cache(maxsize=200)
def _places(count: int) -> list[tuple[bytes, ...]]:
    """Where in a reference of so many words each stands."""
    return [encoded(f"from={min(k, 4)}", f"to={min(count - 1 - k, 4)}") for k in range(count)]


def _states(words: Sequence[Word]) -> Iterator[bytes]:
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


STATES = {flags: b"q=" + bytes(b"01"[flag] for flag in flags) for flags in product((False, True), repeat=5)}


def _coming(words: Sequence[Word]) -> list[bytes]:
    """Of each word the next telling kind behind it, and how many phrases end before that."""
    found = []
    kind, ends = "", 0
    for each in reversed(words):
        if each.ends:
            ends += 1
        found.append(_next(kind, ends if ends < 4 else 4))
        if each.form.bit & TELLING:
            kind, ends = each.form.kind, 0
    found.reverse()
    return found


@lru_cache(maxsize=1_000)
def _next(kind: str, ends: int) -> bytes:
    return f"next={kind}{ends}".encode()


def _since_year(words: Sequence[Word]) -> Iterator[bytes]:
    """How many phrases have ended since a year."""
    ends = NEVER
    for each in words:
        yield SINCE[ends]
        if each.form.bit == YEAR:
            ends = 0
        elif each.ends and ends < NEVER - 1:
            ends += 1


NEVER = 5
SINCE = encoded(*[f"year={ends}" for ends in range(NEVER + 1)])


class Part(NamedTuple):
    """A phrase or a sentence: which kinds of words it has, and of what there is how much."""

    kinds: int
    words: int
    capitals: int
    names: int
    initials: int
    first: Form


class Short(NamedTuple):
    """A phrase or a sentence, in short."""

    kind: str
    look: str
    """`I` with initials, `N` names, `C` all words with capitals, `c` most, `l` fewer"""
    length: int


OUTSIDE = Short("", "", 0)


def _parts(words: Sequence[Word]) -> Iterator[tuple[bytes, ...]]:
    """Of each word what the phrase and the sentence around it are, and those before and behind."""
    phrases, sentences, phrase, sentence = [], [], [], []
    for k, each in enumerate(words):
        phrase.append(each)
        if each.ends or k == len(words) - 1:
            sentence.append(_summary(phrase))
            phrases.append(sentence[-1])
            phrase = []
            if each.ends == SENTENCE or k == len(words) - 1:
                sentences.append(_together(sentence))
                sentence = []
    whole = _of_whole(words, phrases)
    for own, around in zip(_placed("P", phrases), _placed("S", sentences), strict=True):
        yield (*own, *around, *whole)


def _summary(words: Sequence[Word]) -> Part:
    kinds = capitals = names = initials = 0
    for each in words:
        kinds |= each.form.bit
        capitals += each.capital
        names += each.name
        initials += each.initial
    return Part(kinds, len(words), capitals, names, initials, words[0].form)


def _together(parts: Sequence[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    kinds = 0
    for each in parts:
        kinds |= each.kinds
    _, *sums, _ = zip(*parts, strict=True)
    words, capitals, names, initials = map(sum, sums)
    return Part(kinds, words, capitals, names, initials, parts[0].first)


def _placed(mark: str, parts: Sequence[Part]) -> Iterator[tuple[bytes, ...]]:
    """Of each word what is told of the parts of one level."""
    short = [OUTSIDE, *map(_short, parts), OUTSIDE]
    texts = [each.look in TEXT and each.kind not in NO_TEXT for each in short[1:-1]]
    longest = max((each.words for each in parts), default=0)
    passed, left, last = 0, sum(texts), len(parts) - 1
    for number, each in enumerate(parts):
        left -= texts[number]
        shared = (
            *_seen(mark, each.first, each.words == longest, number * 4 // (last + 1)),
            *_of_part(mark, short[number], short[number + 1], short[number + 2]),
            *_counted(mark, min(number, 6), min(last - number, 6), min(passed, 3), texts[number], min(left, 3)),
        )
        passed += texts[number]
        alone, first, inside, end = PLACES[mark]
        if each.words == 1:
            yield (*shared, alone)
        else:
            yield (*shared, first)
            yield from repeat((*shared, inside), each.words - 2)
            yield (*shared, end)


PLACES = {mark: encoded(*[mark + place for place in ("alone", "first", "inside", "last")]) for mark in "PS"}
TEXT = frozenset("Ccl")
NO_TEXT = frozenset(("year", "number", "month", "pages", "volume", "access", "editor", "translator", "pages+month"))
NO_TEXT |= {"volume+pages"}
"""Kinds of parts that are no title, of a work or a venue."""


@lru_cache(maxsize=20_000)
def _seen(mark: str, first: Form, longest: bool, quarter: int) -> tuple[bytes, ...]:
    return encoded(f"{mark}f={first.kind}|{first.shape}", f"{mark}L={longest:d}{quarter}")


@lru_cache(maxsize=20_000)
def _counted(mark: str, number: int, to_come: int, passed: int, text: bool, left: int) -> tuple[bytes, ...]:
    return encoded(f"{mark}i{number}", f"{mark}z{to_come}", f"{mark}t={passed}{text:d}{left}")


@lru_cache(maxsize=20_000)
def _of_part(mark: str, before: Short, own: Short, behind: Short) -> tuple[bytes, ...]:
    found = (
        f"{mark}c={own.kind}",
        f"{mark}s={own.look}{own.length}",
        f"{mark}<c={before.kind}",
        f"{mark}>c={behind.kind}",
        f"{mark}<s={before.look}",
    )
    if mark == "P":
        return encoded(*found)
    return encoded(*found, f"{mark}>s={behind.look}{behind.length}", f"{mark}cs={own.kind}|{own.look}")


def _short(part: Part) -> Short:
    if part.initials:
        look = "I"
    elif part.capitals == part.words:
        look = "N" if part.names * 2 >= part.words else "C"
    else:
        look = "c" if part.capitals * 2 > part.words else "l"
    return _told(part.kinds & (TELLING | NUMBER), look, min(part.words, 12), part.first.kind == "in")


@lru_cache(maxsize=20_000)
def _told(kinds: int, look: str, words: int, starts_in: bool) -> Short:
    told = ["in"] if starts_in else []
    told += [kind for kind in TOLD if kinds & BITS[kind]]
    if not told:
        told = ["year"] if kinds & YEAR else ["number"] if kinds & NUMBER else []
    return Short("+".join(told[:2]), look, LENGTHS[words])


def _of_whole(words: Sequence[Word], phrases: Sequence[Part]) -> tuple[bytes, ...]:
    """What stands somewhere in the reference."""
    kinds = 0
    for each in phrases:
        kinds |= each.kinds
    return _told_of_whole(kinds & WHOLE, any(each.opens_quote for each in words))


WHOLE = bits("in", "journal", "booktitle", "range", "place", "editor")


@lru_cache(maxsize=500)
def _told_of_whole(kinds: int, quoted: bool) -> tuple[bytes, ...]:
    has = {kind: bool(kinds & bit) for kind, bit in BITS.items()}
    return encoded(
        f"all={quoted:d}{has['in']:d}",
        f"allj={has['journal']:d}{has['booktitle']:d}",
        f"allr={has['range']:d}{has['place']:d}{has['editor']:d}",
    )
