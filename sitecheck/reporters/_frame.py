"""The line that a finding stands in, cut to the width of the screen, with the place of its carets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sitecheck.source import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitecheck.finding import Place
    from sitecheck.reporters._screen import Cell, Screen

LEAST = 24
"""columns: narrower screens get longer lines"""


class Frame(NamedTuple):
    """A line as it is shown, and the columns of it to underline, from 0."""

    line: str
    column: int
    carets: int


def frame(text: str, place: Place, room: int, screen: Screen) -> Frame:
    """The start of `place` within its line, in `room` columns. Costs the same on a line of any length."""
    room = max(room, LEAST)
    start, reach = place.start.offset, 2 * room  # in characters; some take no column, so more than `room`
    line_start = start - place.start.column + 1
    begin = max(line_start, start - reach, 0)
    line_end = LINE_END.search(text, start, start + reach + 1)
    end = line_end.start() if line_end else min(start + reach, len(text))
    cells = screen.cells(text[begin:start].rstrip("\r\n") + text[start:end])
    first = min(start - begin, len(cells))
    last = max(min(place.end.offset - begin, len(cells)), first)
    if first < last:
        first = _base(cells, first)
    low, high = 0, len(cells)
    if begin > line_start or not (line_end or end == len(text)) or _width(cells) > room:
        low, high = _cut(cells, first, last, room - 2 * len(screen.ellipsis))
    before = screen.ellipsis if begin + low > line_start else ""
    after = screen.ellipsis if high < len(cells) or not (line_end or end == len(text)) else ""
    return Frame(
        line=before + "".join(shown for shown, _ in cells[low:high]) + after,
        column=len(before) + _width(cells[low:first]),
        carets=max(_width(cells[first : min(last, high)]), 1),
    )


def _base(cells: list[Cell], index: int) -> int:
    """A combining character is shown in the columns of the one before it."""
    while index > 0 and cells[index][1] == 0:
        index -= 1
    return index


def _cut(cells: list[Cell], first: int, last: int, room: int) -> tuple[int, int]:
    """The range of cells to show: as much of the finding as fits, and the same room on both sides of it."""
    ahead = min(_width(cells[:first]), room // 4)
    high = first + _fitting(cells[first:last], room - ahead)
    spare = room - _width(cells[first:high])
    behind = _width(cells[high:]) if high == last else 0
    low = first - _fitting(reversed(cells[:first]), max(spare // 2, spare - behind))
    while low < first and cells[low][1] == 0:  # its base is cut off
        low += 1
    if high == last:
        high += _fitting(cells[high:], room - _width(cells[low:high]))
    return low, high


def _fitting(cells: Iterable[Cell], room: int) -> int:
    """How many of the cells fit into so many columns."""
    count = 0
    for _, width in cells:
        room -= width
        if room < 0:
            break
        count += 1
    return count


def _width(cells: list[Cell]) -> int:
    return sum(width for _, width in cells)
