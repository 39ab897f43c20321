"""What is asked next: one queue a host, and the hosts in turn, so that no host holds up another."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic, process_time
from typing import NamedTuple

from sitecheck.links.hosts import Hosts

STEP = 128
"""workers that are added at once"""
TICK = 0.01
"""seconds between two looks at how busy the process is"""
BUSY = 0.8
"""share of the time that the processor works for us; above it, more workers would only make more work"""


class Job(NamedTuple):
    """Something to do that asks a host."""

    host: str
    work: Callable[[], Awaitable[None]]


class Schedule:
    """Jobs that wait for their host. More may be added while others run; it ends when none waits and none runs."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._queues: dict[str, deque[Job]] = {}
        self._ready: deque[str] = deque()
        self._is_ready: set[str] = set()
        self._running: dict[str, int] = {}
        self._total = 0
        self._idle: deque[asyncio.Future[None]] = deque()

    def add(self, job: Job) -> None:
        self._queues.setdefault(job.host, deque()).append(job)
        self._offer(job.host)

    async def run(self, most: int) -> None:
        """Do all jobs, at most so many at once: a few at first, and more as long as this process has time to spare.

        Where the network is fast, the processor is what is short, and more connections would only cost it more.
        """
        async with asyncio.TaskGroup() as group:
            workers = 0
            while workers < most and not (workers and self._finished):
                if not workers or (self._ready and await self._has_time_to_spare()):
                    for _ in range(min(STEP, most - workers)):
                        group.create_task(self._work())
                    workers = min(workers + STEP, most)
                else:
                    await asyncio.sleep(TICK)

    async def _has_time_to_spare(self) -> bool:
        wall, processor = monotonic(), process_time()
        await asyncio.sleep(TICK)
        return process_time() - processor < BUSY * (monotonic() - wall)

    def busiest(self) -> str:
        """The host that most jobs wait for or ask."""
        names = (name for name in self._queues if self._queues[name] or self._running.get(name))
        return max(names, key=lambda name: len(self._queues[name]) + self._running.get(name, 0), default="")

    @property
    def _finished(self) -> bool:
        return not self._total and not self._ready

    async def _work(self) -> None:
        """Do one job after the other, of one host as long as there are any: its connection is open."""
        name = ""
        while True:
            if not name or not self._has_place(name):
                while not self._ready:
                    if not self._total:
                        self._wake(len(self._idle))
                        return
                    idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                    self._idle.append(idle)
                    await idle
                name = self._ready.popleft()
                self._is_ready.remove(name)
                if not self._has_place(name):
                    continue
            job = self._queues[name].popleft()
            self._running[name] = self._running.get(name, 0) + 1
            self._total += 1
            self._offer(name)
            try:
                await job.work()
            finally:
                self._running[name] -= 1
                self._total -= 1
                self._offer(name)

    def _has_place(self, name: str) -> bool:
        """Whether a job waits for the host, and the host has a place for one more. One that rests has a single one."""
        if not self._queues[name]:
            return False
        running = self._running.get(name, 0)
        if not running:
            return True
        host = self._hosts[name]
        return running < (1 if host.is_resting else host.limit)

    def _offer(self, name: str) -> None:
        """Let somebody ask the host, if it has a job and a place."""
        if name not in self._is_ready and self._has_place(name):
            self._ready.append(name)
            self._is_ready.add(name)
            self._wake(1)

    def _wake(self, count: int) -> None:
        while count and self._idle:
            idle = self._idle.popleft()
            if not idle.done():
                idle.set_result(None)
                count -= 1
