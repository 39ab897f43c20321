"""Which of many citations are worth comparing: those that share an identifier, an end of the title, or rare words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sitecheck.citations.cited import Work
from sitecheck.citations.content_words import STOP

PER_WORK = 20
"""Pairs that are looked at for each work, on average. The smallest groups come first: what many share is common."""
ENDS = 14
"""letters of a title's beginning and end"""
RARE = 4
"""words of a title that are looked at, the rarest first"""


def likely_pairs(works: Sequence[Work]) -> Iterator[tuple[int, int]]:
    """Pairs of indices in order, the smaller first. Time grows with the number of works, not with its square."""
    count = Counter(word for each in works for word in set(each.words) if word not in STOP)
    groups: dict[object, list[int]] = defaultdict(list)
    for k, each in enumerate(works):
        for key in set(_keys(each, count)):
            groups[key].append(k)
    limit = PER_WORK * len(works) + 1_000
    size = len(works)
    found: set[int] = set()  # i * size + j, which takes half the memory of pairs
    for group in sorted(groups.values(), key=len):
        if len(found) + len(group) > limit:
            break
        found.update(i * size + j for n, i in enumerate(group) for j in group[n + 1 :])
    found.update(i * size + j for i, j in _equal(works))
    for code in sorted(found):
        yield divmod(code, size)


def _keys(each: Work, count: Counter[str]) -> Iterator[object]:
    if len(each.title) < 4:
        return
    yield each.title[:ENDS]
    yield each.title[-ENDS:], 1
    rare = sorted(
        {word for word in each.words if word not in STOP and len(word) > 2}, key=lambda word: (count[word], word)
    )[:RARE]
    for n, word in enumerate(rare):
        for other in rare[n + 1 :]:
            yield (word, other) if word < other else (other, word)
    for name in (*each.dois, *each.arxiv):
        yield name, 2


def _equal(works: Sequence[Work]) -> Iterator[tuple[int, int]]:
    """Those with one title in a row, whatever the budget."""
    last: dict[str, int] = {}
    for k, each in enumerate(works):
        if each.title in last:
            yield last[each.title], k
        last[each.title] = k
