"""A server that behaves as badly as the web: raw sockets on loopback addresses, with TLS where wanted."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable
from typing import NamedTuple

TLS = b"\x16"
"""the first byte of who wants to speak TLS where nobody does"""


def _is_ours(address: str) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
        return True


MANY_HOSTS = _is_ours("127.0.0.2")
"""whether all of 127.0.0.0/8 is this machine; macOS has one address only"""
OTHER = "127.0.0.2" if MANY_HOSTS else "localhost"
"""another host than 127.0.0.1, and at another address if there is one"""


class Request(NamedTuple):
    """What a client sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    host: str
    """the address of ours that was connected to"""


Handler = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
"""Writes raw bytes. The connection is kept when it returns, unless it closes the writer."""


def reply(status: int = 200, body: str | bytes = b"", *, keep: bool = True, **headers: str) -> bytes:
    """A reply with its length. Header names are written with `_` for `-`; HEAD must cut the body off itself."""
    content = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    close = "" if keep else "Connection: close\r\n"
    return f"HTTP/1.1 {status} Reason\r\n{lines}{close}\r\n".encode() + content


class Server:
    """Listens in a thread of its own. `routes` are handlers, or whole replies, by path or by `METHOD path`."""

    def __init__(self, host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> None:
        self.host = host
        self.routes: dict[str, Handler | bytes] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self._context = context
        self._started = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def address(self) -> str:
        return f"{'https' if self._context else 'http'}://{self.host}:{self.port}"

    def url(self, path: str, host: str = "") -> str:
        return f"{'https' if self._context else 'http'}://{host or self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods with which a path was asked for."""
        return [request.method for request in self.requests if request.path == path]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        listen = "0.0.0.0" if self.host.startswith("127.") else self.host  # noqa: S104 - 127.0.0.0/8 are many hosts
        serving = asyncio.start_server(self._serve, listen, 0, ssl=self._context, limit=1 << 20)
        server = self._loop.run_until_complete(serving)
        self.port: int = server.sockets[0].getsockname()[1]
        self._started.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while not writer.is_closing():
                request = await self._read(reader, writer)
                if request is None:
                    break
                self.requests.append(request)
                await self._answer(request, writer)
                await writer.drain()
        except (ConnectionError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Request | None:
        try:
            first_byte = await reader.readexactly(1)
            if first_byte == TLS:
                writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return None
            head = (first_byte + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return Request(method, path, headers, body, writer.get_extra_info("sockname")[0])

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        path = request.path.partition("?")[0]
        for key in (f"{request.method} {request.path}", request.path, f"{request.method} {path}", path, "*"):
            route = self.routes.get(key)
            if route is not None:
                break
        else:
            route = reply(404, "nothing here")
        if isinstance(route, bytes):
            head, _, body = route.partition(b"\r\n\r\n")
            writer.write(head + b"\r\n\r\n" + (b"" if request.method == "HEAD" else body))
        else:
            await route(request, writer)
