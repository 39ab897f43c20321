"""The statistical parser, for references whose mark-up and punctuation tell nothing: a conditional random field.

It labels each word. The model beside this file is made by `bench/train_parser.py`, which names what it learns from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sitecheck.citations.reference_features import features

PATH = os.path.join(os.path.dirname(__file__), "references.crfsuite")
WORD = re.compile(r"\S+")
Label = str


def words(text: str) -> list[str]:
    return WORD.findall(text)


@lru_cache(maxsize=1)
def _tagger() -> Any:
    from pycrfsuite import Tagger  # type: ignore[import-untyped]  # has no types

    tagger = Tagger()
    tagger.open(PATH)
    return tagger


BEGINS = "B-"
"""Before a label: a part begins with this word. So the model learns what stands where parts meet."""


def with_beginnings(labels: Sequence[Label]) -> list[Label]:
    """The labels as the model learns and tells them."""
    return [BEGINS + own if k == 0 or labels[k - 1] != own else own for k, own in enumerate(labels)]


def label(tokens: Sequence[str]) -> list[Label]:
    """The part that each word belongs to, in AnyStyle's terms: `author`, `title`, `container-title`, ..."""
    if not tokens:
        return []
    return [own.removeprefix(BEGINS) for own in _tagger().tag(features(tokens))]


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
