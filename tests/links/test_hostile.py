"""Links on a server that does what servers do: none that is there may be called broken, and nothing may hang."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest

from tests.links.conftest import Ask, ask_all
from tests.links.server import Request, Server, reply

PAGE = "<html><head><title>A page</title></head><body><h1 id='here'>Here</h1><p>{}</p></body></html>".format(
    "word " * 200
)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "ok"), (201, "ok"), (203, "ok"), (204, "ok"), (206, "ok"), (226, "ok"), (300, "ok"), (304, "ok"),
        (400, "blocked"), (401, "blocked"), (402, "blocked"), (403, "blocked"), (404, "broken"), (405, "blocked"),
        (406, "blocked"), (410, "broken"), (418, "blocked"), (422, "blocked"), (429, "blocked"), (451, "blocked"),
        (500, "transient"), (502, "transient"), (503, "transient"), (504, "transient"), (520, "transient"),
        (599, "transient"), (999, "blocked"),
    ],
)  # fmt: skip
def test_each_status_has_its_verdict(server: Server, ask: Ask, status: int, verdict: str) -> None:
    body = "" if status in (204, 304) else PAGE
    server.routes["/"] = reply(status, body)

    found = ask(server.url("/"), retries=0)

    assert (found.verdict, found.status) == (verdict, status)
    assert found.reason or verdict == "ok"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 500, 501, 503])
def test_what_head_denies_get_is_asked(server: Server, ask: Ask, status: int) -> None:
    server.routes["HEAD /"] = reply(status)
    server.routes["GET /"] = reply(200, PAGE)

    assert ask(server.url("/")).verdict == "ok"


async def close(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def reset(request: Request, writer: asyncio.StreamWriter) -> None:
    """End the connection with an RST."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def reset_in_head(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 O")
    await writer.drain()
    await reset(request, writer)


async def reset_in_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html>")
    await writer.drain()
    await reset(request, writer)


async def garbage(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x16\x03\x01\x00\xa5 what is this\r\n\r\n")
    writer.close()


async def silent(request: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def dripping_head(request: Request, writer: asyncio.StreamWriter) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.2)


async def dripping_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
    while request.method == "GET":
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.2)


async def endless_head(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while not writer.is_closing():
        number += 1
        writer.write(f"X-{number}: {'y' * 1000}\r\n".encode())
        await writer.drain()


async def one_long_header(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not writer.is_closing():
        writer.write(b"y" * 10000)
        await writer.drain()


async def endless_body(request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while request.method == "GET" and not writer.is_closing():
        writer.write(b"2710\r\n" + b"<p>words and words</p>\n"[:20] * 500 + b"\r\n")
        await writer.drain()


def test_a_host_that_never_answers_head_is_asked_with_get_in_time(server: Server, ask: Ask) -> None:
    server.routes["HEAD /"] = silent
    server.routes["GET /"] = reply(200, PAGE)

    assert ask(server.url("/"), timeout=3.0).verdict == "ok"


FAILING = [
    close, reset, reset_in_head, garbage, silent, dripping_head, endless_head, one_long_header,
]  # fmt: skip


@pytest.mark.parametrize("handler", FAILING)
def test_what_fails_is_transient_and_ends_in_time(server: Server, ask: Ask, handler: object) -> None:
    server.routes["/"] = handler  # type: ignore[assignment]
    started = monotonic()

    found = ask(server.url("/"), timeout=2.0)

    assert found.verdict == "transient"
    assert found.reason
    assert monotonic() - started < 3.0


@pytest.mark.parametrize("handler", [reset_in_body, dripping_body])
def test_a_body_that_fails_is_transient_where_it_is_needed(server: Server, ask: Ask, handler: object) -> None:
    server.routes["/"] = handler  # type: ignore[assignment]
    started = monotonic()

    found = ask(server.url("/#here"), timeout=2.0)

    assert found.verdict == "transient"
    assert monotonic() - started < 3.0


@pytest.mark.parametrize("handler", [close, reset, reset_in_head, garbage])
def test_a_failure_that_passes_is_forgiven(server: Server, ask: Ask, handler: object) -> None:
    calls = 0

    async def at_first(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        if calls <= 2:
            await handler(request, writer)  # type: ignore[operator]
        else:
            writer.write(reply(200, "" if request.method == "HEAD" else PAGE, Content_Length=str(len(PAGE))))

    server.routes["/"] = at_first

    assert ask(server.url("/")).verdict == "ok"


def test_an_endless_body_is_read_up_to_the_bound(server: Server, ask: Ask) -> None:
    server.routes["/"] = endless_body

    found = ask(server.url("/#nowhere"), timeout=10.0)

    assert found.verdict == "ok"  # what was not read may hold the place
    assert found.seconds < 8


def test_a_gzip_bomb_stops_at_the_bound(server: Server, ask: Ask) -> None:
    bomb = gzip.compress(b"<p>boom</p>\n" * 10_000_000, 6)
    server.routes["/"] = reply(200, bomb, Content_Encoding="gzip")
    tracemalloc.start()

    found = ask(server.url("/#nowhere"), timeout=10.0)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.verdict == "ok"
    assert peak < 60 * 1024 * 1024


@pytest.mark.parametrize("trailing", [b"\0" * 65536, gzip.compress(b""), b"\x1f\x8b" * 100])
def test_what_follows_a_compressed_page_without_end_is_not_read(server: Server, ask: Ask, trailing: bytes) -> None:
    sent = 0

    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n")
        writer.write(b"Connection: close\r\n\r\n")
        writer.write(gzip.compress(PAGE.encode()))
        while request.method == "GET" and not writer.is_closing():
            writer.write(trailing * (65536 // len(trailing)))
            sent += 65536
            await writer.drain()

    server.routes["/"] = endless

    here, nowhere = ask(server.url("/#here"), timeout=10.0), ask(server.url("/#nowhere"), timeout=10.0)

    assert here.verdict == "ok"
    assert nowhere.verdict == ("broken" if trailing.startswith(b"\0") else "ok")  # else the page might go on
    assert max(here.seconds, nowhere.seconds) < 8
    assert sent < 64 * 1024 * 1024  # most of it in the buffers of the system


def test_raw_bytes_count_as_well_as_what_they_stand_for(server: Server, ask: Ask) -> None:
    """Of a compressed body that never says anything, no more is read than of any other."""

    async def empty_blocks(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\n")
        writer.write(b"Connection: close\r\n\r\n\x78\x9c")
        while request.method == "GET" and not writer.is_closing():
            writer.write(b"\0\0\0\xff\xff" * 20_000)
            await writer.drain()

    server.routes["/"] = empty_blocks

    found = ask(server.url("/#nowhere"), timeout=10.0)

    assert found.verdict == "ok"
    assert found.seconds < 8


def test_retry_after_in_seconds_is_obeyed(server: Server, ask: Ask) -> None:
    times: list[float] = []

    async def busy(request: Request, writer: asyncio.StreamWriter) -> None:
        times.append(monotonic())
        writer.write(reply(429, Retry_After="1") if len(times) == 1 else reply(200))

    server.routes["/"] = busy

    assert ask(server.url("/")).verdict == "ok"
    assert times[1] - times[0] >= 0.95


def test_retry_after_as_a_date_is_obeyed(server: Server, ask: Ask) -> None:
    times: list[float] = []

    async def busy(request: Request, writer: asyncio.StreamWriter) -> None:
        times.append(monotonic())
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        writer.write(reply(503, Retry_After=date) if len(times) <= 2 else reply(200))

    server.routes["/"] = busy

    assert ask(server.url("/")).verdict == "ok"
    assert times[-1] - times[0] >= 0.9


@pytest.mark.parametrize("when", ["86400", "Fri, 31 Dec 2100 23:59:59 GMT", "99999999999999999999", "soon", "-1"])
def test_a_host_that_wants_to_be_left_alone_is(server: Server, ask: Ask, when: str) -> None:
    server.routes["/"] = reply(429, Retry_After=when)
    started = monotonic()

    found = ask(server.url("/"))

    assert found.verdict == "blocked"
    assert "429" in found.reason
    assert monotonic() - started < 4


def test_a_host_that_insists_is_asked_no_more(server: Server) -> None:
    server.routes["*"] = reply(429)

    found = ask_all([server.url(f"/{number}") for number in range(30)])

    assert {each.verdict for each in found} == {"blocked"}
    assert len(found) == 30
    assert len(server.requests) < 12


def test_a_host_without_connection_is_asked_no_more() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        found = ask_all([f"http://127.0.0.1:{port}/{number}" for number in range(40)])

    assert {each.verdict for each in found} == {"transient"}
    assert "refused" in found[0].reason
    assert max(each.seconds for each in found) < 3


def test_http_1_0_without_a_length(server: Server, ask: Ask) -> None:
    async def old(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
        if request.method == "GET":
            writer.write(PAGE.encode())
        writer.close()

    server.routes["/"] = old

    assert ask(server.url("/")).verdict == "ok"
    assert ask(server.url("/#here")).verdict == "ok"
    assert ask(server.url("/#nowhere")).verdict == "broken"


def test_excessive_but_honest_headers_do_no_harm(server: Server, ask: Ask) -> None:
    server.routes["/"] = reply(200, PAGE, Content_Security_Policy="default-src 'self'; " * 1000)

    assert ask(server.url("/")).verdict == "ok"
