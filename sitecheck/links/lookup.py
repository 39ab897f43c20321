"""From names of hosts to addresses. A name that does not exist is told from one that cannot be looked up today."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from threading import Thread
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from sitecheck.links.reach import PrivateAddressError, is_public
from sitecheck.links.settings import Settings

AT_ONCE = 32
"""names that are looked up at the same time"""

CONTROL = "www.iana.org"
"""a name that exists: where it does not, either, nobody here can say which names do"""

MISSING = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)} | {11001, 11004}
"""what getaddrinfo says of a name that does not exist, or has no address; the last two are Windows'"""

Found = list[tuple[Any, Any, int, str, Any]]
Lookup = Callable[[str, int], Found]
"""getaddrinfo, or what stands in for it: blocks, and raises socket.gaierror"""


class NoSuchHostError(OSError):
    """The name does not exist, and other names do."""


class LookupFailedError(OSError):
    """Nobody can say now whether the name exists."""


def system_lookup(host: str, port: int) -> Found:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Resolver(AbstractResolver):
    """Looks names up in threads that nobody waits for at the end, as a dead name server takes its time."""

    def __init__(self, settings: Settings, lookup: Lookup = system_lookup) -> None:
        self._settings = settings
        self._lookup = lookup
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._names_resolve: asyncio.Future[bool] | None = None
        self._named = {(url.raw_host, url.port) for url in map(URL, settings.services.values())}
        self.allowed = {(host or "", port or 0) for host, port in self._named}
        """addresses and ports that the user named, which may be asked however private they are"""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host that may be connected to.

        Raises NoSuchHostError, LookupFailedError or PrivateAddressError.
        """
        target, target_port = self._target(host, port)
        try:
            found = await self._addresses(target, target_port)
        except socket.gaierror as error:
            if error.errno in MISSING and await self._others_exist():
                raise NoSuchHostError(f"{host} does not exist") from error
            raise LookupFailedError(f"{host} cannot be looked up") from error
        except UnicodeError as error:
            raise NoSuchHostError(f"{host} is no possible name") from error
        if (target, target_port) != (host, port) or (host, port) in self._named:
            self.allowed.update((address[4][0], address[4][1]) for address in found)
        elif not self._settings.allow_private:
            found = [address for address in found if is_public(address[4][0])]
            if not found:
                raise PrivateAddressError(f"{host} is at a private address")
        return [
            ResolveResult(hostname=host, host=sockaddr[0], port=sockaddr[1], family=kind, proto=proto, flags=0)
            for kind, _, proto, _, sockaddr in found
        ]

    async def close(self) -> None:
        """Threads that still wait for a name server end with the process."""

    def _target(self, host: str, port: int) -> tuple[str, int]:
        for pattern, target, target_port in self._settings.remap:
            if pattern.fullmatch(host):
                return target, target_port or port
        return host, port

    async def _others_exist(self) -> bool:
        """Whether names can be looked up at all: without a network some systems say of every name that it is not."""
        if self._names_resolve is None:
            self._names_resolve = asyncio.get_running_loop().create_future()
            try:
                await self._addresses(CONTROL, 443)
                self._names_resolve.set_result(True)
            except OSError:
                self._names_resolve.set_result(False)
        return await self._names_resolve

    async def _addresses(self, host: str, port: int) -> Found:
        loop = asyncio.get_running_loop()
        result: asyncio.Future[Found] = loop.create_future()

        def done(found: Found | None, error: Exception | None) -> None:
            if result.done():  # nobody waits for it any more
                return
            if error is not None:
                result.set_exception(error)
            else:
                result.set_result(found or [])

        def work() -> None:
            found, failed = None, None
            try:
                found = self._lookup(host, port)
            except Exception as error:
                failed = error
            try:
                loop.call_soon_threadsafe(done, found, failed)
            except RuntimeError:  # the loop is closed: the run is over
                return

        async with self._slots:
            Thread(target=work, daemon=True).start()
            return await result
