"""Which volumes and years of a journal are believed, where a page's entries contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias

Issue: TypeAlias = tuple[int, int]
"""A volume, and its year."""


class Chain(NamedTuple):
    """Issues in their order, none of which contradicts the one before it."""

    weight: float
    last: Issue
    before: Chain | None


def believed(issues: Sequence[Issue], base: int | None) -> set[Issue]:
    """The issues that agree with most others: the heaviest chain; of two alike, the one that ends first.

    `base` is what to add to a volume to get its year, for a journal with one volume a year. The time is linear in the
    issues, since only the heaviest chain that ends in a year is kept.
    """
    counted = Counter(issues)
    ending: dict[int, Chain] = {}
    for volume, group in groupby(sorted(counted), key=lambda issue: issue[0]):
        own: dict[int, Chain] = {}
        for _, year in group:
            earlier = [chain for end, chain in ending.items() if end < year or (end == year and base is None)]
            if year - 1 in own:
                earlier.append(own[year - 1])
            sure = 0.5 if base is not None and base + volume == year else 0
            own[year] = _longer(max(earlier, key=attrgetter("weight"), default=None), (volume, year), counted, sure)
        for year, chain in own.items():
            ending[year] = max(ending.get(year, chain), chain, key=attrgetter("weight"))
    return set(_issues(max(ending.values(), key=attrgetter("weight"), default=None)))


def _longer(chain: Chain | None, issue: Issue, counted: Counter[Issue], sure: float) -> Chain:
    return Chain(counted[issue] + sure + (chain.weight if chain else 0), issue, chain)


def _issues(chain: Chain | None) -> Iterable[Issue]:
    while chain is not None:
        yield chain.last
        chain = chain.before
