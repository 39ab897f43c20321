"""Whether what two titles differ in is no more than typing errors."""

from __future__ import annotations

from collections.abc import Sequence

from sitecheck.citations.cited import Work
from sitecheck.citations.content_words import STOP

OPPOSITES = (
    ("micro", "macro"), ("hypo", "hyper"), ("intra", "inter"), ("intra", "infra"), ("endo", "exo"), ("endo", "ecto"),
    ("ab", "ad"), ("in", "ex"), ("im", "ex"), ("pre", "pro"), ("over", "under"), ("mono", "homo"), ("homo", "hetero"),
    ("", "a"), ("", "an"), ("", "in"), ("", "im"), ("", "un"), ("", "non"), ("", "de"), ("", "re"), ("", "co"),
)  # fmt: skip
"""Beginnings that make two works of two titles, though a letter or two is all that differs."""


def only_typing(a: Work, b: Work) -> bool:
    """Whether the words that differ are misspellings of each other, and not other words."""
    own = [word for word in a.words if word not in b.words]
    other = [word for word in b.words if word not in a.words]
    if not own or not other:
        left = own or other
        return all(word in STOP or len(word) == 1 for word in left)
    if any(map(str.isdigit, own + other)):
        return False
    one, two = "".join(own), "".join(other)
    if one == two:
        return True
    if len(own) != len(other):
        if letters_off(one, two) > 0.1 * max(len(one), len(two)):
            return False
        from rapidfuzz.distance import Levenshtein

        return Levenshtein.normalized_similarity(one, two) >= 0.9
    pairs = [*zip(own, other, strict=True)]
    few = all(letters_off(*pair) <= 1 + (min(map(len, pair)) >= 9) for pair in pairs)
    return few and all(misspelt(*pair) for pair in pairs)


def carelessly_written(a: Work, b: Work) -> bool:
    """Whether no more than two words differ, each by a letter or two: `of` and `on`, `process` and `processes`."""
    own, other = _left(a.words, b.words), _left(b.words, a.words)
    if not own or not other or max(len(own), len(other)) > 2 or len(a.words) < 5:
        return False
    if len(own) != len(other):
        return misspelt("".join(own), "".join(other))
    return all(
        (word in STOP and twin in STOP)
        or (word[0] == twin[0] and misspelt(word, twin, 3, 6))
        or _abbreviated(word, twin)
        for word, twin in zip(own, other, strict=True)
    )


def _abbreviated(word: str, twin: str) -> bool:
    """`dept` for `department`: the first letters of it, or some between its first and its last one."""
    short, long = sorted((word, twin), key=len)
    if len(short) < 3 or short[0] != long[0] or len(long) < len(short) + 2:
        return False
    letters = iter(long)
    return long.startswith(short) or (short[-1] == long[-1] and all(letter in letters for letter in short))


def _left(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """The words that the others lack, each as often as it does."""
    rest, left = list(others), []
    for word in words:
        if word in rest:
            rest.remove(word)
        else:
            left.append(word)
    return left


def letters_off(one: str, two: str) -> int:
    """How many letters two words differ by, at least: told at once, so rapidfuzz is loaded for few."""
    return max(abs(len(one) - len(two)), (len({*one} ^ {*two}) + 1) // 2)


def misspelt(word: str, twin: str, one_off: int = 5, two_off: int = 9) -> bool:
    """One or two letters off, and long enough that this is no other word: `data` and `date` are."""
    from rapidfuzz.distance import DamerauLevenshtein

    if len(word) == len(twin) == 1 and word.isascii() != twin.isascii():
        return True  # a Greek letter, and the Latin one that was typed for it
    away: int = DamerauLevenshtein.distance(word, twin)
    if word + "s" == twin or twin + "s" == word:
        return min(len(word), len(twin)) >= 3
    if away == 1 and sorted(word) == sorted(twin):
        return True
    size = min(len(word), len(twin))
    return ((away == 1 and size >= one_off) or (away == 2 and size >= two_off)) and not _opposite(word, twin)


def _opposite(word: str, twin: str) -> bool:
    """Whether two words differ in a beginning that turns their meaning: `micro` and `macro`, `hypo` and `hyper`."""
    return any(
        word.startswith(one) and twin.startswith(two) and word[len(one) :] == twin[len(two) :]
        for pair in OPPOSITES
        for one, two in (pair, pair[::-1])
    )
