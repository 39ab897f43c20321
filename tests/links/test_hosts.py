"""A host's turn: so many requests at once, so far apart, and fewer when it complains or slows down."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from time import monotonic
from typing import Any

import pytest

from sitecheck.links.hosts import COMPLAINTS, Host, HostClosedError
from sitecheck.links.settings import Settings
from tests.links.conftest import ask_all
from tests.links.server import OTHER, Request, Server, reply

EAGER = Settings(per_host=4, host_interval=0.0)


def played(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)


def test_so_many_requests_at_once_and_no_more(server: Server) -> None:
    now = most = 0

    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        writer.write(reply(200))

    server.routes["*"] = slow
    ask_all([server.url(f"/{number}") for number in range(40)], per_host=3, host_interval=0.0)

    assert most == 3


def test_requests_keep_their_distance_after_the_first(server: Server) -> None:
    server.routes["*"] = reply(200)
    started = monotonic()
    ask_all([server.url(f"/{number}") for number in range(25)], host_interval=0.05, host_burst=5)

    assert monotonic() - started >= 0.05 * 19  # 25 less the five that needed not wait, less the last pause


def test_a_busy_host_holds_up_no_other(server: Server) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.headers["host"].startswith("127.0.0.1:"):
            await asyncio.sleep(0.3)
        writer.write(reply(200))

    server.routes["*"] = slow
    slow_ones = [server.url(f"/{number}") for number in range(6)]
    found = ask_all([*slow_ones, server.url("/", host=OTHER)], per_host=1, concurrency=2)

    assert found[0].url == server.url("/", host=OTHER)


def test_a_redirect_to_a_busy_host_waits_for_its_turn_and_nothing_locks_up(server: Server) -> None:
    for number in range(8):
        one, other = (server.url(f"/{number}b", host=OTHER), server.url(f"/{number}b", host="127.0.0.1"))
        server.routes[f"/{number}"] = reply(302, Location=one if number % 2 else other)
        server.routes[f"/{number}b"] = reply(200)
    urls = [server.url(f"/{number}", host=OTHER if number % 2 else "127.0.0.1") for number in range(8)]

    assert {each.verdict for each in ask_all(urls, per_host=1)} == {"ok"}


def test_a_host_that_slows_down_gets_fewer_requests_and_more_again_later() -> None:
    host = Host(EAGER)
    host.answered(0.1)
    for _ in range(3):
        host.answered(3.0)
    slowed = host.limit
    for _ in range(100):
        host.done += 1
        host.answered(0.1)

    assert slowed == 1
    assert host.limit == 4


def test_a_host_that_complains_is_asked_one_thing_at_a_time() -> None:
    async def scene() -> None:
        host = Host(EAGER)
        host.complained(0.2)
        started = monotonic()
        await host.enter()
        assert monotonic() - started >= 0.19
        assert host.limit == 1
        assert host.interval >= 0.5

    played(scene())


def test_a_host_that_insists_is_closed_and_whoever_waits_is_told() -> None:
    async def scene() -> None:
        host = Host(EAGER._replace(per_host=1))
        await host.enter()
        waiting = asyncio.create_task(host.enter())
        await asyncio.sleep(0)
        for _ in range(COMPLAINTS):
            host.complained(None)
        with pytest.raises(HostClosedError) as closed:
            await waiting
        assert closed.value.answer.verdict == "blocked"

    played(scene())


def test_a_turn_that_is_not_wanted_any_more_goes_to_the_next() -> None:
    async def scene() -> None:
        host = Host(EAGER._replace(per_host=1))
        await host.enter()
        first, second = asyncio.create_task(host.enter()), asyncio.create_task(host.enter())
        await asyncio.sleep(0)
        host.leave()
        first.cancel()
        await asyncio.wait_for(second, 1)

    played(scene())
