"""Whether two lists of family names are of the same people."""

from __future__ import annotations

from collections.abc import Sequence

from sitecheck.citations.cited import Work


def authors_agree(a: Work, b: Work) -> bool | None:
    """None where one of them names nobody."""
    if not a.families or not b.families:
        return None
    small, large = sorted((a.families, b.families), key=len)
    unlike = [name for name in small if name not in large]
    common = len(small) - len(unlike) + sum(any(_one_name(name, other) for other in large) for name in unlike)
    if a.all_authors and b.all_authors:
        return common * 2 > len(small) or (
            common * 2 == len(small) and len(small) > 2 and _one_name(a.families[0], b.families[0])
        )
    return common * 2 >= len(small) or _one_name(a.families[0], b.families[0])


def one_leads(a: Work, b: Work) -> bool:
    """Whether the first author is the same, as far as both name one."""
    return not a.families or not b.families or _one_name(a.families[0], b.families[0])


def one_group(a: Work, b: Work) -> bool:
    """Whether the first author is the same, or three quarters of all."""
    small, large = sorted((a.families, b.families), key=len)
    common = sum(any(_one_name(name, other) for other in large) for name in small)
    return one_leads(a, b) or common >= 0.75 * len(large)


def all_of(names: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(_one_name(name, other) for other in others) for name in names)


def _one_name(name: str, other: str) -> bool:
    if name == other:
        return True
    if len(name) > 2 and len(other) > 2 and (name.endswith(other) or other.endswith(name)):
        return True  # `van Iersel` and `Iersel`
    if _letters_lost(name, other):
        return True
    if min(len(name), len(other)) < 5 or name[0] != other[0] or abs(len(name) - len(other)) > 2:
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    return bool(DamerauLevenshtein.distance(name, other) <= 1 + (min(len(name), len(other)) > 8))


def _letters_lost(name: str, other: str) -> bool:
    """Whether one is the other without a letter or two: `bhm` is what a wrong charset leaves of `böhm`."""
    short, long = (name, other) if len(name) < len(other) else (other, name)
    if len(short) < 3 or not 1 <= len(long) - len(short) <= 2 or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
