"""What the statistical parser sees of a word by itself: its letters, its form, its kind, how common it is."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from sitecheck.citations.word_kinds import AMBIGUOUS, BITS, OTHER, YEAR, kind_of
from sitecheck.spelling.lexicon import COMMON, NAME, RARE, entry

INITIALS = re.compile(r"[A-Z][,;.]?|(?:[A-Z]\.-?){1,4}[,;]?|[A-Z]{2,3}[,;.]")
ABBREVIATION = re.compile(
    r"(?:vol|no|pp?|eds?|hrsg|st|dr|jr|proc|conf|int|trans|univ|dept|vs|etc|al|s|bd|nr|trad|tr|rev|ph|mr|mrs|cf|ca"
    r"|approx)\.",
    re.IGNORECASE,
)
SENTENCE, PHRASE, NOTHING = 2, 1, 0
"""What may end with a word."""
SENTENCE_ENDS = (".", "?", "!", ".)", ".”", '."', ".’", '"', "”", "»")
PHRASE_ENDS = (",", ";", ":", ")", "]", "’")
QUOTES = "\"“„«‘'‚"
CLOSING = frozenset('"”“»’')
BRACKETS = frozenset("([")
SIGNS = ".,;:()[]\"'“”‘’«»"
FREQUENT, KNOWN, SELDOM = 5.8, 4.2, 2.5
"""Zipf values"""


def encoded(*names: str) -> tuple[bytes, ...]:
    """Features as the tagger takes them fastest."""
    return tuple([name.encode() for name in names])


class Form:
    """What words that look alike share. Two forms are the same if they are one object: pairs are looked up fast."""

    __slots__ = ("beside", "bit", "ending", "kind", "own", "shape", "use")

    def __init__(self, shape: str, ending: str, use: str, kind: str, opening: str) -> None:
        self.shape, self.ending, self.kind = shape, ending, kind
        self.use = use
        """how common the word is, and whether a name"""
        self.bit = BITS[kind]
        seen = (f"s={shape}", f"e={ending}", f"l={use}", f"c={kind}", f"b={opening}")
        self.own = encoded(*seen, f"ls={use}|{shape}", f"es={ending}|{shape}", f"ec={ending}|{kind}")
        parts = (seen[:2], seen[:4], seen, seen, seen[:4], seen[3:4])
        self.beside = [encoded(*[f"{away}{each}" for each in part]) for away, part in zip(AROUND, parts, strict=True)]
        """what the words around it see of it, in the order of `AROUND`"""


AROUND = (-3, -2, -1, 1, 2, 3)
"""The places from which a word is seen: -1 stands before."""


class Word(NamedTuple):
    """A word as the features of a reference need it."""

    form: Form
    own: tuple[bytes, ...]
    """the features of the word by itself"""
    before: tuple[bytes, ...]
    """what the next word sees of it"""
    behind: tuple[bytes, ...]
    """what the word in front of it sees of it"""
    ends: int
    initial: bool
    capital: bool
    name: bool
    opens_quote: bool
    closes_quote: bool
    opens_bracket: bool
    closes_bracket: bool
    dated: bool
    introduces: bool
    """"In", before what a work is part of"""


def _edge() -> Word:
    form = Form("", "", "", OTHER, "")
    form.beside = [encoded(f"{away}none") for away in AROUND]
    return Word(form, (), form.beside[2], form.beside[3], 0, *[False] * 9)


EDGE = _edge()
"""What stands before the first word, and behind the last."""


@lru_cache(maxsize=50_000)
def word(token: str) -> Word:
    if not token.isprintable():
        token = "".join(filter(str.isprintable, token))  # neither the lexicon nor the model can look up the others
    bare = token.strip(SIGNS)
    folded = bare.casefold()
    low = _plain(folded)[:20]
    shape, ending, kind = _shape(bare), _ending(token), kind_of(bare)
    use = _use(folded) if bare and kind in AMBIGUOUS else ""
    initial = len(token) < 14 and "A" <= token[:1] <= "Z" and INITIALS.fullmatch(token) is not None
    form = _form(shape, ending, use, kind, "a" if token[:1].isalnum() else token[:1])
    return Word(
        form,
        (*form.own, *_letters(low), *encoded(f"n={min(len(bare), 9)}", *([f"t={token}"] if len(token) < 4 else []))),
        (*form.beside[2], *encoded(f"w<{low}")),
        (*form.beside[3], *encoded(f"w>{low}")),
        NOTHING if initial or (kind == "abbreviation" and token[-1:] == ".") else _ends(token),
        initial,
        shape[:1] == "A",
        "N" in use,
        token[:1] in QUOTES,
        not CLOSING.isdisjoint(token[1:]),
        token[:1] in BRACKETS,
        ")" in token or "]" in token,
        "9" in shape and YEAR.search(token) is not None,
        kind == "in" and (token[:1] == "I" or token[-1:] == ":"),
    )


_form = lru_cache(maxsize=20_000)(Form)


def _letters(low: str) -> tuple[bytes, ...]:
    return encoded(f"w={low}", f"p2={low[:2]}", f"x2={low[-2:]}", f"x3={low[-3:]}")


def _plain(low: str) -> str:
    """A word without its accents."""
    if low.isascii():
        return low
    return "".join(sign for sign in normalize("NFKD", low) if not 0x300 <= ord(sign) < 0x370)


def _shape(bare: str) -> str:
    """`Aa` for Word, `a`, `9`, with repetitions left out; `AA` for two capitals, as many initials are written."""
    shape = _without_runs(bare[:12].translate(CLASSES))
    return "A" * min(len(bare), 4) if shape == "A" else shape


@lru_cache(maxsize=20_000)
def _without_runs(classes: str) -> str:
    return "".join([kind for kind, _ in groupby(classes)])[:8]


class Classes(dict[int, str]):
    """What stands for a character in a shape."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = "9" if sign.isdigit() else "A" if sign.isupper() else "a" if sign.isalpha() else sign
        return self[code]


CLASSES = Classes()


def _ending(token: str) -> str:
    """The one or two signs a word ends with; `a` where these are none."""
    if token[-1:].isalnum():
        return "a"
    return token[-2:] if len(token) > 1 and not token[-2].isalnum() else token[-1:]


def _ends(token: str) -> int:
    if token[-1:] == "." and ABBREVIATION.fullmatch(token):
        return NOTHING
    return SENTENCE if token.endswith(SENTENCE_ENDS) else PHRASE if token.endswith(PHRASE_ENDS) else NOTHING


def _use(low: str) -> str:
    """What the lexicon tells of a word: name, in dictionaries, how frequent, more so in another language."""
    known = entry(low)
    frequent = known.english
    name = "N" if known.kind & NAME else ""
    listed = "C" if known.kind & COMMON else "R" if known.kind & RARE else ""
    grade = "f" if frequent >= FREQUENT else "c" if frequent >= KNOWN else "r" if frequent >= SELDOM else "o"
    return name + listed + grade + ("F" if known.foreign > frequent + 0.8 else "")
