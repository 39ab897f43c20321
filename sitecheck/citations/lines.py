"""Citations that stand in one block, a line each: what <br> separates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sitecheck.citations.names import name_share
from sitecheck.citations.stretch import ANY_YEAR
from sitecheck.late import late
from sitecheck.text import Text

NUMBERED = late(r"^[ \t]*(?:\[[A-Z]{0,3}-?\d{1,3}\]|\(?\d{1,3}[.)])[ \t]", re.MULTILINE)
BLANK = late(r"\n[ \t\ufffc]*\n[ \t\n]*")
MIN_LINE = 50
"""characters of a line that can be a citation by itself"""
MIN_ALL_DATED = 30
"""the same, where each line has a year"""


def split_lines(text: Text, shape: str) -> Iterator[Text]:
    """The parts of a block that are citations by themselves; all of it where it is one."""
    value = text.value
    if "\n" not in value.strip():
        yield text
        return
    starts = _starts(text)
    if len(starts) < 2 or (shape == "row" and not _numbered(value)):
        yield text
        return
    for start, stop in zip(starts, [*starts[1:], len(value)], strict=True):
        part = value[start:stop]
        lead = len(part) - len(part.lstrip())
        tail = len(part.rstrip())
        if tail > lead:
            yield text[start + lead : start + tail]


def _starts(text: Text) -> list[int]:
    value = text.value
    numbered = _numbered(value)
    if numbered:
        return numbered
    gaps = [match for match in BLANK.finditer(value) if text.written(*match.span()).lower().count("<br") > 1]
    blank = [0, *(match.end() for match in gaps)]
    if (
        len(blank) > 1
        and sum(bool(ANY_YEAR.search(value, *part)) for part in pairwise([*blank, len(value)])) >= len(blank) - 1
    ):
        return blank
    lines = [match.span() for match in re.finditer(r"[^\n]+", value)]
    dated = [span for span in lines if ANY_YEAR.search(value, *span)]
    shortest = MIN_ALL_DATED if len(dated) == len(lines) else MIN_LINE
    whole = [span for span in dated if span[1] - span[0] >= shortest]
    if (
        len(whole) >= 2
        and len(whole) * 3 >= len(lines) * 2
        and not any(_is_names(value[slice(*span)]) for span in lines)
    ):
        return [start for start, _ in lines]
    return [0]


def _numbered(value: str) -> list[int]:
    starts = [match.start() for match in NUMBERED.finditer(value)]
    return starts if len(starts) >= 2 else []


def _is_names(line: str) -> bool:
    return line.count(" ") >= 1 and name_share(line) >= 0.8
