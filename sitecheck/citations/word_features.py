"""What the statistical parser sees of a word by itself: its letters, its form, its kind, how common it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from sitecheck.citations.word_kinds import AMBIGUOUS, YEAR, kind_of
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
SIGNS = ".,;:()[]\"'“”‘’«»"
FREQUENT, KNOWN, SELDOM = 5.8, 4.2, 2.5
"""Zipf values"""


class Word(NamedTuple):
    """A word as the features of a reference need it."""

    own: tuple[str, ...]
    """the features of the word by itself"""
    beside: tuple[tuple[str, ...], ...]
    """what the words around it see of it, in the order of `AROUND`"""
    shape: str
    ending: str
    kind: str
    use: str
    """how common it is, and whether a name"""
    ends: int
    initial: bool
    capital: bool
    opens_quote: bool
    closes_quote: bool
    opens_bracket: bool
    closes_bracket: bool
    dated: bool
    introduces: bool
    """"In", before what a work is part of"""


EDGE = Word((), (), "", "", "", "", 0, *[False] * 8)
"""What stands before the first word, and behind the last."""
AROUND = (-3, -2, -1, 1, 2, 3)
"""The places from which a word is seen: -1 stands before."""


class Form(NamedTuple):
    """What words that look alike share."""

    own: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=50_000)
def word(token: str) -> Word:
    if not token.isprintable():
        token = "".join(filter(str.isprintable, token))  # neither the lexicon nor the model can look up the others
    bare = token.strip(SIGNS)
    folded = bare.casefold()
    low = _plain(folded)
    shape, ending, kind = _shape(bare), _ending(token), kind_of(bare)
    use = _use(folded) if bare and kind in AMBIGUOUS else ""
    initial = bool(INITIALS.fullmatch(token))
    form = _form(shape, ending, use, kind, "a" if token[:1].isalnum() else token[:1], initial)
    return Word(
        (*form.own, *_letters(low), f"n={min(len(bare), 9)}", f"t={token if len(token) < 4 else ''}"),
        form.beside,
        shape,
        ending,
        kind,
        use,
        _ends(token, initial),
        initial,
        capital=shape[:1] == "A",
        opens_quote=token[:1] in QUOTES,
        closes_quote=not CLOSING.isdisjoint(token[1:]),
        opens_bracket=token.startswith(("(", "[")),
        closes_bracket=")" in token or "]" in token,
        dated=bool(YEAR.search(token)),
        introduces=kind == "in" and (token[:1] == "I" or token[-1:] == ":"),
    )


def _letters(low: str) -> tuple[str, ...]:
    return f"w={low[:20]}", f"p2={low[:2]}", f"p3={low[:3]}", f"x2={low[-2:]}", f"x3={low[-3:]}"


@lru_cache(maxsize=20_000)
def _form(shape: str, ending: str, use: str, kind: str, opening: str, initial: bool) -> Form:
    seen = (f"s={shape}", f"e={ending}", f"l={use}", f"c={kind}", f"b={opening}")
    own: tuple[str, ...] = (*seen, f"ls={use}|{shape}", f"es={ending}|{shape}", f"ec={ending}|{kind}")
    own = (*own, "initial") if initial else own
    parts = (seen[:2], seen[:4], seen, seen, seen[:4], seen[3:4])
    return Form(own, tuple(tuple(f"{away}{each}" for each in part) for away, part in zip(AROUND, parts, strict=True)))


def _plain(low: str) -> str:
    """A word without its accents."""
    if low.isascii():
        return low
    return "".join(sign for sign in normalize("NFKD", low) if not 0x300 <= ord(sign) < 0x370)


def _shape(bare: str) -> str:
    """`Aa` for Word, `a`, `9`, with repetitions left out; `AA` for two capitals, as many initials are written."""
    shape = ""
    for sign in bare[:12]:
        kind = "9" if sign.isdigit() else "A" if sign.isupper() else "a" if sign.isalpha() else sign
        if shape[-1:] != kind:
            shape += kind
    return "A" * min(len(bare), 4) if shape == "A" else shape[:8]


def _ending(token: str) -> str:
    """The one or two signs a word ends with; `a` where these are none."""
    if token[-1:].isalnum():
        return "a"
    return token[-2:] if len(token) > 1 and not token[-2].isalnum() else token[-1:]


def _ends(token: str, initial: bool) -> int:
    if initial or ABBREVIATION.fullmatch(token):
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
