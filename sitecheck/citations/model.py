"""The statistical parser, for references whose mark-up and punctuation tell nothing: a conditional random field.

It labels each word. The model beside this file is made by `bench/train_parser.py`, which names what it learns from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

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
    tagged = _tagger().tag(features(tokens))
    labels = [own.removeprefix(BEGINS) for own in tagged]
    for each in ONCE:
        if tagged.count(BEGINS + each) > 1:
            _leave_one(each, labels)
    return labels


ONCE = ("title", "publisher", "journal")
"""What a reference has one of. The model, which looks one label back, may tell two."""


def _leave_one(name: Label, labels: list[Label]) -> None:
    """Where a part stands in two places, give the less probable one the label that is most probable there otherwise."""
    places = [run for run in runs(labels) if run.label == name]
    if len(places) != 2:
        return
    doubtful = min(places, key=lambda run: _probability(name, run) / (run.end - run.begin))
    others = {own.removeprefix(BEGINS) for own in _known()} - {name}
    best = max(sorted(others), key=lambda other: _probability(other, doubtful))
    labels[doubtful.begin : doubtful.end] = [best] * (doubtful.end - doubtful.begin)


def _probability(name: Label, run: Run) -> float:
    """How probable a label is for the words of a run of what was tagged last, added up."""
    tagger = _tagger()
    names = _known() & {name, BEGINS + name}
    return sum(float(tagger.marginal(each, k)) for k in range(run.begin, run.end) for each in sorted(names))


@lru_cache(maxsize=1)
def _known() -> frozenset[Label]:
    return frozenset(_tagger().labels())


class Run(NamedTuple):
    """Words one after another with the same label."""

    label: Label
    begin: int
    end: int


def runs(labels: Sequence[Label]) -> Iterator[Run]:
    begin = 0
    for k in range(1, len(labels) + 1):
        if k == len(labels) or labels[k] != labels[begin]:
            yield Run(labels[begin], begin, k)
            begin = k


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
    found: dict[str, tuple[int, int]] = {}
    for run in runs(label([match[0] for match in matches])):
        name = PARTS.get(run.label)
        begin, end = matches[run.begin].start(), matches[run.end - 1].end()
        if name and (name not in found or end - begin > found[name][1] - found[name][0]):
            found[name] = begin, end
    return found
