"""The statistical parser, for references whose mark-up and punctuation tell nothing: a conditional random field.

It labels each word. The model beside this file is made by `bench/train_parser.py`, which names what it learns from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from sitecheck.citations.venue_table import table

PATH = os.path.join(os.path.dirname(__file__), "references.crfsuite")
WORD = re.compile(r"\S+")
INITIALS = re.compile(r"[A-Z][,;.]?|(?:[A-Z]\.-?){1,4}[,;]?|[A-Z]{2,3}[,;.]")
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
QUOTES = "\"“„«‘'‚"
CLOSING = '"”“»’'
MONTHS = frozenset(
    """jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october
    november december""".split()  # noqa: SIM905  # so many literals read worse
)
CUE_WORDS = """
    in: in
    editor: eds ed editor editors hrsg
    pages: pp p pages page s
    volume: vol volume no number issue bd
    publisher: university press publisher verlag springer elsevier wiley mit inc publishers books
    booktitle: proc proceedings conference conf symposium workshop advances
    journal: journal j trans transactions review letters annals magazine bulletin quarterly int
    genre: thesis dissertation report
    and: and & et al
    access: accessed retrieved available http https doi url
"""
CUES = {
    word: name for name, _, listed in (line.partition(":") for line in CUE_WORDS.split("\n")) for word in listed.split()
}
CUES = {word: name.strip() for word, name in CUES.items()}
Label = str


def words(text: str) -> list[str]:
    return WORD.findall(text)


def features(tokens: Sequence[str]) -> list[list[str]]:
    """What the model sees of each word: itself, its form, its neighbours, and where it stands."""
    own = [_of_word(token) for token in tokens]
    states = list(_states(tokens))
    last = len(tokens) - 1
    seen = []
    for k, each in enumerate(own):
        before, behind = own[k - 1] if k else NOTHING, own[k + 1] if k < last else NOTHING
        row = [*each, states[k], f"at={k * 8 // (last + 1)}", f"from={min(k, 4)}", f"to={min(last - k, 4)}"]
        row.append(f"{before[1]}|{each[0]}")
        row.append(f"{each[1]}|{behind[0]}")
        row.append(f"{before[0]}|{each[0]}|{behind[0]}")
        row.append(f"{before[2]}|{each[2]}|{behind[2]}")
        for away in AROUND:
            if 0 <= k + away <= last:
                row.extend(f"{away}:{feature}" for feature in own[k + away][: NEIGHBOUR[abs(away)]])
            else:
                row.append(f"{away}:none")
        seen.append(row)
    return seen


AROUND = (-3, -2, -1, 1, 2, 3)
NEIGHBOUR = {1: 6, 2: 4, 3: 3}
"""how many features of a neighbour are seen, by its distance"""
NOTHING = ("s=", "e=", "c=")


def _states(tokens: Sequence[str]) -> Iterator[str]:
    """What has been seen up to a word: an open quotation mark or bracket, a year, "In"."""
    quoted = bracket = year = introduced = False
    for token in tokens:
        quoted = quoted or token[:1] in QUOTES
        bracket = bracket or token.startswith(("(", "["))
        yield f"q={quoted:d}{bracket:d}{year:d}{introduced:d}"
        quoted = quoted and not any(sign in token[1:] for sign in CLOSING)
        bracket = bracket and ")" not in token and "]" not in token
        year = year or bool(YEAR.search(token))
        introduced = introduced or token in ("In", "In:", "in:", "Dans", "dans")


def _bare(token: str) -> str:
    return token.strip(".,;:()[]\"'“”‘’«»")


@lru_cache(maxsize=50_000)
def _of_word(token: str) -> tuple[str, ...]:
    """The features of a word, the telling ones first."""
    bare = _bare(token)
    low = bare.casefold()
    if not low.isascii():
        low = "".join(sign for sign in normalize("NFKD", low) if not 0x300 <= ord(sign) < 0x370)
    return (
        f"s={_shape(bare)}",
        f"e={token[-1:] if not token[-1:].isalnum() else 'a'}",
        f"c={CUES.get(low) or _kind(low)}",
        f"i={bool(INITIALS.fullmatch(token))}",
        f"w={low[:20]}",
        f"x3={low[-3:]}",
        f"b={token[:1] if not token[:1].isalnum() else 'a'}",
        f"p2={low[:2]}",
        f"p3={low[:3]}",
        f"p4={low[:4]}",
        f"x2={low[-2:]}",
        f"x4={low[-4:]}",
        f"n={min(len(bare), 9)}",
        f"t={token if len(token) < 4 else ''}",
    )


def _kind(low: str) -> str:
    if low.isdigit():
        return "year" if len(low) == 4 and low[:2] in ("19", "20", "18") else f"number{min(len(low), 5)}"
    if any(map(str.isdigit, low)):
        return "range" if re.fullmatch(r"\w{0,3}\d+[-–—]{1,2}\w{0,3}\d+", low) else "mixed"
    if low in MONTHS:
        return "month"
    return "acronym" if low in table().acronyms else "-"


def _shape(bare: str) -> str:
    """`Aa` for Word, `A` for WORD, `a`, `9`, with repetitions left out."""
    shape = ""
    for sign in bare[:12]:
        kind = "9" if sign.isdigit() else "A" if sign.isupper() else "a" if sign.isalpha() else sign
        if shape[-1:] != kind:
            shape += kind
    return shape[:8]


@lru_cache(maxsize=1)
def _tagger() -> Any:
    from pycrfsuite import Tagger  # type: ignore[import-untyped]  # has no types

    tagger = Tagger()
    tagger.open(PATH)
    return tagger


def label(tokens: Sequence[str]) -> list[Label]:
    """The part that each word belongs to, in AnyStyle's terms: `author`, `title`, `container-title`, ..."""
    found: list[Label] = _tagger().tag(features(tokens)) if tokens else []
    return found


PARTS = {
    "author": "authors",
    "title": "title",
    "journal": "venue",
    "container-title": "venue",
    "date": "year",
    "volume": "volume",
    "pages": "pages",
    "publisher": "publisher",
}
"""What a label of AnyStyle's is here."""


def parse(text: str) -> dict[str, tuple[int, int]]:
    """Where the parts stand: of each the longest run of words with its label."""
    matches = list(WORD.finditer(text))
    labels = label([match[0] for match in matches])
    found: dict[str, tuple[int, int]] = {}
    k = 0
    while k < len(labels):
        end = k
        while end + 1 < len(labels) and labels[end + 1] == labels[k]:
            end += 1
        name = PARTS.get(labels[k])
        run = matches[k].start(), matches[end].end()
        if name and (name not in found or run[1] - run[0] > found[name][1] - found[name][0]):
            found[name] = run
        k = end + 1
    return found
