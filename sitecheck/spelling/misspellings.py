"""The misspellings that codespell lists, each with what was meant.

Its list is CC BY-SA, so it is read where pip put it, and not copied. Parsing its 65,000 lines would take longer than
checking a page. They are in order, so only those with a word's first letters are looked at.
"""

from __future__ import annotations

from functools import cache
from mmap import ACCESS_READ, mmap

from sitecheck.spelling.data import codespell_file

LIST = "dictionary.txt"
ARROW = b"->"
INITIALS = 3
"""letters by which the list is in order beyond doubt; behind them apostrophes and capitals stand now here, now there"""


def corrections(word: str) -> tuple[str, ...]:
    """What a misspelling, which is in lower case, was meant to be; none if it is none that is known."""
    lines = _lines(word[:INITIALS])
    start = lines.find(f"\n{word}".encode() + ARROW)
    if start < 0:
        return ()
    said = lines[start : lines.index(b"\n", start + 1)].partition(ARROW)[2].decode()
    choices, comma, reason = said.rpartition(",")
    return tuple(each.strip() for each in (choices if comma else reason).split(","))


@cache
def _lines(initials: str) -> bytes:
    """The lines whose words begin with some letters, with a line end before each and behind the last."""
    entries = _list()
    start = _first_line(entries, initials.encode())
    stop = _first_line(entries, initials.encode() + b"\xff")
    return b"\n" + entries[start:stop]


@cache
def _list() -> mmap:
    with open(codespell_file(LIST), "rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _first_line(entries: mmap, wanted: bytes) -> int:
    """Where the first line starts whose initials are `wanted` or come after it."""
    low, high = 0, len(entries)
    while low < high:
        start = entries.rfind(b"\n", low, (low + high) // 2) + 1 or low
        stop = entries.find(b"\n", start, high) + 1 or high
        if entries[start:stop].lower()[: len(wanted)] < wanted:
            low = stop
        else:
            high = start
    return low
