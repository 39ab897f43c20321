"""One request and its reply, with all that is owed to the host: its turn, its pauses, and a bound on the time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import NamedTuple

import aiohttp
from yarl import URL

from sitecheck.links.body import Body, read_body
from sitecheck.links.deadlines import Deadlines
from sitecheck.links.hosts import Host, Hosts
from sitecheck.links.settings import Settings
from sitecheck.links.transport import Transport, is_chain_incomplete, is_connection_failure, meaning
from sitecheck.verdict import TRANSIENT, Answer

FAILURES = (aiohttp.ClientError, OSError, TimeoutError, asyncio.TimeoutError, ValueError, RuntimeError)
"""What a request can end in. (uvloop raises RuntimeError, and the parser ValueError.)"""


PATIENCE_WITH_HEAD = 3
"""What is left of the time is divided by it: some hosts never answer HEAD, and GET is to have its time, too."""

HARMLESS = {"accept", "content-type", "cookie"}
"""headers of requests, in lower case, that may go to a host whose certificate cannot be verified. (The cookies are the
host's own, from a redirect.) Any other may be a secret."""


class Budget:
    """The seconds that a link may still take."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.spent = 0.0

    def spend(self, seconds: float) -> None:
        self.left -= seconds
        self.spent += seconds


class Reply(NamedTuple):
    """A reply, as far as it was read."""

    status: int
    headers: Mapping[str, str]
    url: URL
    body: Body
    cookies: tuple[str, ...] = ()
    """as the host set them: `name=value; attributes`"""
    charset: str | None = None

    @property
    def is_html(self) -> bool:
        kind = self.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower()
        return kind in ("text/html", "application/xhtml+xml", "")

    @property
    def retry_after(self) -> float | None:
        """Seconds until the host wants to be asked again; None where it does not say, or not intelligibly."""
        return _seconds(self.headers.get("Retry-After", ""))


class RequestError(Exception):
    """A request that got no reply. Holds what that means for the link."""

    def __init__(self, answer: Answer, unconnected: URL | None = None) -> None:
        super().__init__(answer.reason)
        self.answer = answer
        self.unconnected = unconnected
        """what no connection could be had for; None where there was one"""


class Exchange:
    """Sends requests, each in its host's turn."""

    def __init__(self, settings: Settings, transport: Transport, hosts: Hosts) -> None:
        self.settings = settings
        self.hosts = hosts
        self._transport = transport
        self._deadlines = Deadlines()
        self._unverified: set[str] = set()
        """hosts that forget to send a part of their certificate's chain"""

    async def send(
        self, method: str, url: URL, budget: Budget, *, headers: Mapping[str, str] | None = None,
        data: bytes | None = None, read: int = 0,
    ) -> Reply:  # fmt: skip
        """Send one request and read up to `read` bytes of the reply. Raises RequestError and HostClosedError."""
        name = url.raw_host or ""
        host = self.hosts[name]
        wished = self.settings.headers_of(name)
        secret = bool(wished) or any(header.lower() not in HARMLESS for header in headers or ())
        sent = {**dict(wished), **(headers or {})} if headers or wished else None
        if host.dead:
            host.check(_origin(url))
        await host.enter()
        started = monotonic()
        try:
            with self._deadlines.within(budget.left if method != "HEAD" else budget.left / PATIENCE_WITH_HEAD):
                reply = await self._sent(method, url, sent, data, read, secret)
        except FAILURES as error:
            raise RequestError(meaning(error), url if is_connection_failure(error) else None) from error
        finally:
            seconds = monotonic() - started
            budget.spend(seconds)
            host.leave()
        if host.failures:
            host.connected(_origin(url))
        _tell(host, reply, seconds, self.settings.patience)
        return reply

    def note_failure(self, url: URL, answer: Answer) -> None:
        """Note that a link got no connection in all its attempts, so that others need not try as often."""
        self.hosts[url.raw_host or ""].failed(_origin(url), answer)

    async def _sent(
        self, method: str, url: URL, headers: dict[str, str] | None, data: bytes | None, read: int, secret: bool
    ) -> Reply:
        """A host whose chain is incomplete could be anybody, so a request with a secret is never sent to it."""
        verify = secret or url.raw_host not in self._unverified
        try:
            return await self._read(method, url, headers, data, read, verify)
        except aiohttp.ClientConnectorCertificateError as error:
            if secret or not verify or not is_chain_incomplete(error):
                raise
            self._unverified.add(url.raw_host or "")
            return await self._read(method, url, headers, data, read, False)

    async def _read(
        self, method: str, url: URL, headers: dict[str, str] | None, data: bytes | None, read: int, verify: bool
    ) -> Reply:
        async with self._transport.request(method, url, headers, data=data, verify=verify) as reply:
            body = Body() if method == "HEAD" else await read_body(reply, read or self.settings.peek)
            cookies = tuple(reply.headers.getall("Set-Cookie", ()))
            return Reply(reply.status, reply.headers, url, body, cookies, reply.charset if read else None)


def _origin(url: URL) -> str:
    return f"{url.scheme}://{url.raw_host}:{url.port}"


def _tell(host: Host, reply: Reply, seconds: float, patience: float) -> None:
    """Let the host's gate learn from a reply."""
    if reply.status == 429:
        wait = reply.retry_after
        host.complained(wait)
        if wait is not None and wait > patience:
            host.close(Answer("blocked", f"asks for no request within {wait:.0f} seconds: 429", 429))
        return
    host.answered(seconds)
    if reply.status == 503 and reply.retry_after is not None:
        if reply.retry_after > patience:
            host.close(Answer(TRANSIENT, "is not available now: 503", 503))
        else:
            host.rest(reply.retry_after)


def _seconds(retry_after: str) -> float | None:
    """Of a Retry-After in either form."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    if not text:
        return None
    try:
        return max(parsedate_to_datetime(text).timestamp() - time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None
