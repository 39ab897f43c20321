"""What is asked next: one queue a host, and the hosts in turn, so that no host holds up another."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from sitecheck.links.hosts import Hosts


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

    async def run(self, workers: int) -> None:
        """Do all jobs, so many at once."""
        async with asyncio.TaskGroup() as group:
            for _ in range(max(1, workers)):
                group.create_task(self._work())

    def busiest(self) -> str:
        """The host that most jobs wait for or ask."""
        names = (name for name in self._queues if self._queues[name] or self._running.get(name))
        return max(names, key=lambda name: len(self._queues[name]) + self._running.get(name, 0), default="")

    async def _work(self) -> None:
        while True:
            while not self._ready:
                if not self._total:
                    self._wake(len(self._idle))
                    return
                idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._idle.append(idle)
                await idle
            host = self._ready.popleft()
            self._is_ready.remove(host)
            job = self._queues[host].popleft()
            self._running[host] = self._running.get(host, 0) + 1
            self._total += 1
            self._offer(host)
            try:
                await job.work()
            finally:
                self._running[host] -= 1
                self._total -= 1
                self._offer(host)

    def _offer(self, name: str) -> None:
        """Let the host be asked again, if something waits for it and it has a place. One that rests gets one worker."""
        if name in self._is_ready or not self._queues[name]:
            return
        host = self._hosts[name]
        if self._running.get(name, 0) < (1 if host.is_resting else host.limit):
            self._ready.append(name)
            self._is_ready.add(name)
            self._wake(1)

    def _wake(self, count: int) -> None:
        while count and self._idle:
            idle = self._idle.popleft()
            if not idle.done():
                idle.set_result(None)
                count -= 1
