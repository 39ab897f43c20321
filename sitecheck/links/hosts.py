"""How a host is treated: so many requests at once, pauses between them, and fewer of both when it complains."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic

from sitecheck.links.settings import Settings
from sitecheck.verdict import BLOCKED, TRANSIENT, Answer

SLOWEST = 10.0
"""seconds between two requests, at most, that a host's complaints lead to"""
FIRST_PAUSE = 0.5
"""seconds between two requests after the first complaint"""
COMPLAINTS = 3
"""429 in a row after which a host is asked no more"""
FAILURES = 2
"""links in a row without a connection, each with its retries, after which a host is asked no more"""
LAGGING = 4.0
"""A reply that takes so many times as long as the fastest, and `LAG` more seconds, is a sign of too many requests."""
LAG = 1.0


class HostClosedError(Exception):
    """The host is asked no more in this run. Holds what that means for its links."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


class Host:
    """The gate in front of one host: `enter` before each request, `leave` after it."""

    def __init__(self, settings: Settings) -> None:
        self.limit = self._full = max(settings.per_host, 1)
        """requests at once"""
        self.interval = settings.host_interval
        self.active = 0
        self.done = 0
        """requests that have ended"""
        self.refuses_head = 0
        """HEAD requests that said what GET then denied"""
        self.sized = True
        """whether its replies to HEAD told a length, without which aiohttp would not keep the connection"""
        self._burst = settings.host_burst * settings.host_interval
        self._due = 0.0
        """when the next request would start if each kept its distance to the one before"""
        self._resting_until = 0.0
        self._complaints = 0
        self.failures: dict[str, int] = {}
        self.dead: dict[str, Answer] = {}
        """by origin, as a host may serve http though its certificate has expired"""
        self._fastest = float("inf")
        self._closed: Answer | None = None
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self) -> None:
        """Wait for one's turn. Raises HostClosedError."""
        while True:
            if self._closed is not None:
                raise HostClosedError(self._closed)
            if self.active >= self.limit:
                await self._wait()
                continue
            self.active += 1
            pause = self._pause()
            if not pause:
                return
            try:
                await asyncio.sleep(pause)
            except asyncio.CancelledError:
                self.leave()
                raise
            if self._closed is None and monotonic() >= self._resting_until:
                return
            self.leave()

    def leave(self) -> None:
        self.active -= 1
        self.done += 1
        self._wake(1)

    @property
    def is_resting(self) -> bool:
        """Whether the host asked to be left alone for a while."""
        return self._resting_until > monotonic()

    def answered(self, seconds: float) -> None:
        """Tell it of a reply, and how long that took."""
        self._complaints = 0
        self._fastest = min(self._fastest, seconds)
        if seconds > LAG + LAGGING * self._fastest:
            self.limit = max(1, self.limit - 1)
        elif self.limit < self._full and self.done % 8 == 0:
            self.limit += 1
            self._wake(1)

    def slow(self, interval: float) -> None:
        """Ask for one thing at a time, and so many seconds apart."""
        self.limit = self._full = 1
        self.interval = max(self.interval, interval)
        self._burst = 0.0

    def complained(self, retry_after: float | None) -> None:
        """Tell it of a 429: fewer requests from now on, and none for a while. When it insists, none at all."""
        self._complaints += 1
        self.slow(min(max(self.interval * 2, FIRST_PAUSE), SLOWEST))
        self.rest(self.interval if retry_after is None else retry_after)
        if self._complaints >= COMPLAINTS:
            self.close(Answer(BLOCKED, f"asks for no more requests: 429, {COMPLAINTS} times in a row", 429))

    def connected(self, origin: str) -> None:
        """Tell it of a connection to scheme, name and port."""
        self.failures.pop(origin, None)

    def failed(self, origin: str, answer: Answer) -> None:
        """Tell it of a link that got no connection."""
        self.failures[origin] = self.failures.get(origin, 0) + 1
        if self.failures[origin] >= FAILURES:
            self.dead[origin] = _as_before(answer)

    def check(self, origin: str) -> None:
        """Raises HostClosedError where no connection to the origin can be had."""
        if origin in self.dead:
            raise HostClosedError(self.dead[origin])

    def rest(self, seconds: float) -> None:
        self._resting_until = max(self._resting_until, monotonic() + seconds)

    def close(self, answer: Answer) -> None:
        """Ask it no more: all that wait, and all that come, are told why."""
        self._closed = _as_before(answer)
        self._wake(len(self._waiting))

    def _pause(self) -> float:
        """Seconds until the next request may start; whoever asks takes that turn."""
        now = monotonic()
        pause = self._resting_until - now
        if self.interval > 0:
            earliest = max(self._due - self._burst, now)
            self._due = max(self._due, now) + self.interval
            pause = max(pause, earliest - now)
        return max(pause, 0.0)

    async def _wait(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._wake(1)  # the turn goes to somebody else
            raise

    def _wake(self, count: int) -> None:
        while count and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                count -= 1


def _as_before(answer: Answer) -> Answer:
    """What an answer to one link means for the next ones of its host."""
    reason = f"{answer.reason}, as for links before it" if answer.verdict == TRANSIENT else answer.reason
    return answer._replace(reason=reason, again=False)


class Hosts:
    """All hosts of a run, by origin's name and port."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, name: str) -> Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(self._settings)
        return host
