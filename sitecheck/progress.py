"""How far a run is, on a terminal, when it takes long enough for somebody to wonder."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import perf_counter
from typing import TextIO

DELAY = 1.0
"""seconds: what is done by then needs no bar"""

INTERVAL = 0.1
"""seconds between two pictures"""

BAR = 20
"""columns"""


class Progress:
    """A line that says how many files or links are done, and what is next. It is gone when the block ends.

    Nothing is ever written where `out` is no terminal, or on a CI server, whose log may pass for one.
    """

    def __init__(self, total: int, out: TextIO, width_of: Callable[[TextIO], int], of: str = "files") -> None:
        """`width_of` tells the columns of the terminal, which may change."""
        self._of = of
        self._total = total
        self._out = out
        self._width_of = width_of
        self._done = 0
        self._shown = 0
        """columns of what stands there"""
        wanted = out.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
        self._next = perf_counter() + DELAY if wanted else float("inf")

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("")

    def step(self, next_one: str | Callable[[], str]) -> None:
        """Say that one more is done, and what is the next, or how to find out."""
        self._done += 1
        now = perf_counter()
        if now >= self._next:
            self._next = now + INTERVAL
            waiting = next_one if isinstance(next_one, str) else next_one()
            filled = BAR * self._done // self._total
            self._write(f"[{'#' * filled}{'.' * (BAR - filled)}] {self._done} of {self._total} {self._of}  {waiting}")

    def _write(self, line: str) -> None:
        """Write over what stands there, in one go, and with no sequence that a console might not know."""
        from sitecheck.reporters import Display
        from sitecheck.reporters._screen import Screen

        room = self._width_of(self._out) - 1  # a full line would make the terminal begin another
        text, width = "", 0
        for shown, columns in Screen(self._out, Display()).cells(line):
            if width + columns > room:
                break
            text += shown
            width += columns
        blanks = " " * min(self._shown - width, room - width)
        self._out.write(f"\r{text}{blanks}" if line else f"\r{blanks}\r")
        self._out.flush()
        self._shown = width
