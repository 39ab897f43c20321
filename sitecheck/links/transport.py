"""Connections: where they may lead, how they are secured, and what it means when one fails."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import aiohttp
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.client import _RequestContextManager
from yarl import URL

from sitecheck.links.lookup import Lookup, LookupFailedError, NoSuchHostError, Resolver, system_lookup
from sitecheck.links.reach import PrivateAddressError, is_public
from sitecheck.links.settings import Settings
from sitecheck.verdict import BLOCKED, BROKEN, SKIPPED, TRANSIENT, Answer

LONGEST_HEADER = 64 * 1024
"""bytes: some content security policies are long"""

CERTIFICATES = {
    9: "is not valid yet",
    10: "has expired",
    18: "is signed by nobody else",
    19: "is signed by an unknown authority",
    23: "is revoked",
    62: "is for another name",
    64: "is for another address",
}
"""What browsers refuse, by the number of OpenSSL's X509_V_ERR_*"""

CHAIN_INCOMPLETE = {2, 20, 21}
"""The issuer is not known here. Browsers fetch what a server forgot to send, so this says nothing against the link."""


class Transport:
    """Sends single requests. Follows no redirect, keeps no cookie and decodes no body."""

    def __init__(self, settings: Settings, lookup: Lookup = system_lookup) -> None:
        self._settings = settings
        self._resolver = Resolver(settings, lookup)
        self._contexts: dict[bool, ssl.SSLContext] = {}
        self._session = ClientSession(
            connector=TCPConnector(
                limit=0, ttl_dns_cache=None, keepalive_timeout=30, resolver=self._resolver,
                socket_factory=self._socket, enable_cleanup_closed=False,
            ),
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            headers={"User-Agent": settings.user_agent, "Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip"},
            timeout=ClientTimeout(total=None, sock_connect=settings.timeout / 2),
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
        )  # fmt: skip

    async def __aenter__(self) -> Transport:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    def request(
        self, method: str, url: URL, headers: dict[str, str] | None = None, *, data: bytes | None = None,
        verify: bool = True,
    ) -> _RequestContextManager:  # fmt: skip
        """The reply, once entered; its body is still to be read. Without `verify` any certificate will do."""
        return self._session.request(
            method, url, headers=headers, data=data, allow_redirects=False,
            ssl=True if url.scheme == "http" else self._context(verify=verify),
        )  # fmt: skip

    def _socket(self, info: Any) -> socket.socket:
        """A socket for an address, which is the one that is really connected to, whatever a name resolved to before."""
        family, kind, protocol, _, sockaddr = info
        address = (sockaddr[0], sockaddr[1])
        allowed = self._settings.allow_private or address in self._resolver.allowed
        if not allowed and not is_public(address[0]):
            raise PrivateAddressError(f"{address[0]} is a private address")
        return socket.socket(family, kind, protocol)

    def _context(self, *, verify: bool) -> ssl.SSLContext:
        """What TLS is spoken with. It takes a while to make, so not before it is needed."""
        context = self._contexts.get(verify)
        if context is None:
            context = self._contexts[verify] = ssl.create_default_context()
            context.set_alpn_protocols(("http/1.1",))
            if not verify:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
        return context


def is_chain_incomplete(error: BaseException) -> bool:
    """Whether a connection failed for want of an issuer's certificate only."""
    refusal = _refusal(error)
    return refusal is not None and refusal.verify_code in CHAIN_INCOMPLETE


def is_connection_failure(error: BaseException) -> bool:
    """Whether the host could not be reached at all, so that its other links would fare no better."""
    return isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)) or any(
        isinstance(each, (NoSuchHostError, LookupFailedError)) for each in _causes(error)
    )


def meaning(error: BaseException) -> Answer:
    """What an exception of a request says of the link."""
    for each in _causes(error):
        if isinstance(each, PrivateAddressError):
            return Answer(SKIPPED, "at a private address")
        if isinstance(each, NoSuchHostError):
            return Answer(BROKEN, "the host does not exist")
        if isinstance(each, LookupFailedError):
            return Answer(TRANSIENT, "the host's name cannot be looked up", again=True)
    refusal = _refusal(error)
    if refusal is not None and refusal.verify_code in CHAIN_INCOMPLETE:
        return Answer(BLOCKED, "the certificate's chain is incomplete, so no token or header of yours is sent there")
    if refusal is not None:
        why = CERTIFICATES.get(refusal.verify_code, f"is refused: {refusal.verify_message}")
        return Answer(BROKEN, f"the certificate {why}")
    for each in _causes(error):
        if isinstance(each, ssl.SSLError) and getattr(each, "reason", None):  # aiohttp's own are of the class, too
            return _without_tls(each)
    return Answer(TRANSIENT, _described(error), again=True)


def _refusal(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """What OpenSSL objects to in a certificate. (aiohttp's own error is of the same class, and says less.)"""
    causes = (each for each in _causes(error) if isinstance(each, ssl.SSLCertVerificationError))
    return next((each for each in causes if hasattr(each, "verify_code")), None)


def _without_tls(error: ssl.SSLError) -> Answer:
    """Old servers that browsers still talk to, and new ones that want a client's certificate."""
    reason = (error.reason or "").lower().replace("_", " ")
    if reason in ("wrong version number", "http request", "unexpected eof while reading", "record layer failure"):
        return Answer(TRANSIENT, "does not speak TLS there", again=True)
    return Answer(BLOCKED, f"refuses to agree on an encryption: {reason or 'no reason given'}")


def _described(error: BaseException) -> str:
    if isinstance(error, (TimeoutError, asyncio.TimeoutError)):
        connecting = isinstance(error, aiohttp.ConnectionTimeoutError)
        return "no connection in time" if connecting else "no complete reply in time"
    for each in _causes(error):
        if isinstance(each, ConnectionRefusedError):
            return "the connection is refused"
        if isinstance(each, ConnectionResetError):
            return "the connection is reset"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "the connection ends without a reply"
    if isinstance(error, aiohttp.ClientPayloadError):
        return "the reply ends too early"
    if isinstance(error, (aiohttp.ClientResponseError, aiohttp.InvalidURL, ValueError)):
        return "the reply is no HTTP"
    system = next((each.strerror for each in _causes(error) if isinstance(each, OSError) and each.strerror), "")
    return f"no connection: {system.lower()}" if system else "no connection"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what led to it."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += (each.__cause__, each.__context__, getattr(each, "os_error", None))
        waiting += (getattr(each, "certificate_error", None), *getattr(each, "exceptions", ()))
