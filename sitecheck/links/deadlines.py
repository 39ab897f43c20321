"""Bounds on the time of many requests, at less cost than a timer for each: one look at all of them now and then."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

TICK = 0.1
"""seconds between two looks, and so the most that a request may take too long"""


class Deadlines:
    """Cancels whoever takes too long, and tells them so by a TimeoutError."""

    def __init__(self) -> None:
        self._ends: dict[asyncio.Task[object], float] = {}
        self._expired: set[asyncio.Task[object]] = set()
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Bound the time of the block, which awaits. A task has one such block at a time."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - whoever awaits is in one
        self._ends[task] = monotonic() + seconds
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TICK, self._look)
        try:
            yield
        except asyncio.CancelledError:
            if task in self._expired and task.uncancel() <= 0:
                raise TimeoutError from None
            raise
        finally:
            del self._ends[task]
            self._expired.discard(task)

    def _look(self) -> None:
        now = monotonic()
        for task, end in self._ends.items():
            if end <= now and task not in self._expired:
                self._expired.add(task)
                task.cancel()
        self._timer = asyncio.get_running_loop().call_later(TICK, self._look) if self._ends else None
