"""Repairs of repairs: text that was broken twice is repaired in one step, from what it is to what it was."""

from collections.abc import Sequence
from typing import NamedTuple

from sitecheck.mojibake import Repair, apply


def composed(earlier: Sequence[Repair], text: str, step: list[Repair]) -> list[Repair]:
    """Repairs of the original that do what `earlier` did to it, giving `text`, and then what `step` does to that.

    Where the two overlap they become one repair, as sure as the less sure of them.
    """
    if not earlier:
        return step
    placed, shift = [_Placed(repair.start, repair.end, 0, [repair], [repair]) for repair in step], 0
    for old in earlier:  # they are done: in `text` they cover their replacement
        lost = old.end - old.start - len(old.replacement)
        placed.append(_Placed(old.start - shift, old.end - shift - lost, lost, [old], []))
        shift += lost
    done, shift = [], 0
    for start, end, lost, repairs, new in _overlaps(placed):
        doubtful = min(repairs, key=lambda repair: repair.confirmed)
        inside = [repair._replace(start=repair.start - start, end=repair.end - start) for repair in new]
        replacement = apply(text[start:end], inside)
        done.append(doubtful._replace(start=start + shift, end=end + shift + lost, replacement=replacement))
        shift += lost
    return done


class _Placed(NamedTuple):
    """A place of the text in between, where `lost` code points of the original have gone; `new` is yet to be done."""

    start: int
    end: int
    lost: int
    repairs: list[Repair]
    new: list[Repair]


def _overlaps(placed: list[_Placed]) -> list[_Placed]:
    """The places in order, those that overlap joined."""
    joined: list[_Placed] = []
    for place in sorted(placed):
        if joined and place.start < joined[-1].end:
            last = joined.pop()
            lists = last.repairs + place.repairs, last.new + place.new
            place = _Placed(last.start, max(last.end, place.end), last.lost + place.lost, *lists)
        joined.append(place)
    return joined
