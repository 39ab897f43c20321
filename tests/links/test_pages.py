"""What fetched pages say: fragments, scripts, challenges."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest

from tests.links.conftest import Ask, ask_all
from tests.links.server import OTHER, Request, Server, reply

WORDS = "Some words that fill the page. " * 30
PAGE = f"""<!doctype html><html><head><title>A page</title></head><body>
<h1 id="top-of-page">Heading</h1><a name="old"></a><h2 id="überblick">Überblick</h2>
<div id="user-content-readme">From a forge</div><p id="with space">{WORDS}</p></body></html>"""


@pytest.mark.parametrize(
    "fragment",
    [
        "", "top", "Top", "top-of-page", "old", "überblick", "%C3%BCberblick", "readme", "user-content-readme",
        "with%20space", ":~:text=Some%20words", "old:~:text=Some", "L10", "L10-L20", "L1C2-L3C4", "page=7", "/route",
        "!route", "a=b&c=d", "lines-3:9",
    ],
)  # fmt: skip
def test_fragments_that_lead_somewhere(server: Server, ask: Ask, fragment: str) -> None:
    server.routes["/"] = reply(200, PAGE)

    found = ask(server.url(f"/#{fragment}"))

    assert (found.verdict, found.reason) == ("ok", "")


@pytest.mark.parametrize("fragment", ["nowhere", "Old", "nowhere:~:text=Some"])
def test_fragments_that_lead_nowhere(server: Server, ask: Ask, fragment: str) -> None:
    server.routes["/"] = reply(200, PAGE)

    found = ask(server.url(f"/#{fragment}"))

    assert (found.verdict, found.traits) == ("broken", ("fragment",))
    assert found.reason == f"the page has no '{fragment.partition(':')[0]}'"


def test_one_page_is_fetched_once_for_all_its_fragments(server: Server) -> None:
    server.routes["/"] = reply(200, PAGE)
    urls = [server.url(f"/{rest}") for rest in ("", "#old", "#nowhere", "#überblick")]

    found = {each.url.removeprefix(server.address): each.verdict for each in ask_all(urls)}

    assert found == {"/": "ok", "/#old": "ok", "/#nowhere": "broken", "/#überblick": "ok"}
    assert server.asked("/") == ["GET"]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><div id='root'></div><script src='/main.js'></script></body></html>",
        "<html><body><app-root></app-root><script src='/main.js'></script></body></html>",
        f"<html><body><script type='module' src='/x.js'></script><p>{WORDS}</p></body></html>",
        f"<html><body><noscript>You need to enable JavaScript to run this app.</noscript><p>{WORDS}</p></body></html>",
        f"<html><body><div id='__next'>{WORDS}</div><script src=/x.js></script></body></html>",
    ],
)
def test_what_a_script_builds_is_unknown_and_not_broken(server: Server, ask: Ask, page: str) -> None:
    server.routes["/"] = reply(200, page)

    assert ask(server.url("/#section")).verdict == "ok"


def test_a_pdf_has_no_anchors_to_miss(server: Server, ask: Ask) -> None:
    server.routes["/"] = reply(200, b"%PDF-1.7 ...", Content_Type="application/pdf")

    assert ask(server.url("/#section.2")).verdict == "ok"


@pytest.mark.parametrize(
    ("body", "kind", "anchor"),
    [
        ("<p id='ä'>".encode("latin-1"), "text/html; charset=iso-8859-1", "ä"),
        ("<p id='ä'>".encode("utf-16"), "text/html", "ä"),
        ("<meta charset=windows-1252><p id='ä'>".encode("cp1252"), "text/html", "ä"),
        (b"<p id='x'>\x00\xff\xfe<<<>>><p id='y", "text/html; charset=no-such-thing", "x"),
        (b"<p id='x'>" + b"<div>" * 20_000, "text/html", "x"),
        (b"<a " * 20_000 + b"><p id=x>", "text/html", "nothing-here"),
        (b"<!--" * 20_000, "text/html", "nothing-here"),
    ],
)
def test_pages_in_any_state_are_read(server: Server, ask: Ask, body: bytes, kind: str, anchor: str) -> None:
    server.routes["/"] = reply(200, body, Content_Type=kind)

    assert ask(server.url(f"/#{anchor}")).verdict == ("broken" if anchor == "nothing-here" else "ok")


@pytest.mark.parametrize("status", [200, 403, 404, 503])
@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Just a moment...</title></head><body></body></html>",
        "<html><body><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>",
        "<html><body><iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe></body></html>",
        "<html><body><h1>Making sure you&#39;re not a bot!</h1></body></html>",
    ],
)
def test_a_challenge_is_a_wall(server: Server, ask: Ask, page: str, status: int) -> None:
    server.routes["/"] = reply(status, page)

    found = ask(server.url("/#section"))

    assert found.verdict == "blocked"
    assert found.reason == f"refuses machines: {status}, a challenge"


def test_the_reason_names_who_keeps_machines_out(server: Server, ask: Ask) -> None:
    server.routes["/"] = reply(403, "", Server="cloudflare", cf_mitigated="challenge")
    assert ask(server.url("/")).reason == "refuses machines: 403, Cloudflare challenge"

    server.routes["/x"] = reply(403, "", Server="AkamaiGHost")
    assert ask(server.url("/x")).reason == "refuses machines: 403, Akamai"


def test_gone_behind_a_protector_is_gone(server: Server, ask: Ask) -> None:
    server.routes["/"] = reply(404, "<title>Not found</title>", Server="cloudflare", X_Iinfo="1-2-3")

    assert ask(server.url("/")).verdict == "broken"


def test_a_host_without_lengths_keeps_its_connection(server: Server) -> None:
    """aiohttp gives up a connection after a reply to HEAD without a length, so such a host is asked with GET."""
    for number in range(20):
        server.routes[f"HEAD /{number}"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        server.routes[f"GET /{number}"] = reply(200, "<p>")

    found = ask_all([server.url(f"/{number}") for number in range(20)], per_host=1)

    assert {each.verdict for each in found} == {"ok"}
    assert server.connections <= 3


def test_accepted_statuses_and_excluded_links(server: Server, ask: Ask) -> None:
    import re

    server.routes["/"] = reply(404)

    assert ask(server.url("/"), accept=frozenset((404,))).verdict == "ok"
    assert ask(server.url("/private"), exclude=(re.compile("private"),)).verdict == "skipped"


def test_headers_go_to_their_host_only(server: Server, ask: Ask) -> None:
    server.routes["/"] = reply(302, Location=server.url("/b", host=OTHER))
    server.routes["/b"] = reply(200)

    ask(server.url("/"), headers=(("127.0.0.1", (("X-Mine", "yes"),)),))

    assert [request.headers.get("x-mine") for request in server.requests] == ["yes", None]


def test_the_time_of_a_run_can_be_bounded(server: Server) -> None:
    async def slow(request: object, writer: object) -> None:
        import asyncio

        await asyncio.sleep(60)

    server.routes["/slow"] = slow
    server.routes["/"] = reply(200)

    found = {each.url: each.verdict for each in ask_all([server.url("/"), server.url("/slow")], max_time=0.5)}

    assert found == {server.url("/"): "ok", server.url("/slow"): "skipped"}


START, END = PAGE[:200].encode(), PAGE[200:].encode() + b"<p id=late>"
ZIPPED = gzip.compress(START + END)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", ZIPPED),
        ("GZip", ZIPPED),
        ("x-gzip", ZIPPED),
        ("gzip", gzip.compress(START) + gzip.compress(END)),
        ("gzip", gzip.compress(START) + gzip.compress(b"") + gzip.compress(END)),
        ("gzip", b"".join(gzip.compress(b"%d <br>" % number, 0) for number in range(500)) + ZIPPED),
        ("gzip", ZIPPED + b"\0"),
        ("gzip", ZIPPED + b"\0" * 100_000),
        ("gzip", ZIPPED + b"\r\n<!-- appended by a proxy -->"),
        ("deflate", zlib.compress(START + END)),
        ("deflate", raw_deflate(START + END)),
        ("deflate", ZIPPED),
        ("identity", START + END),
    ],
)
def test_compressed_pages_are_read_to_their_end(server: Server, ask: Ask, coding: str, body: bytes) -> None:
    server.routes["/"] = reply(200, body, Content_Encoding=coding)

    assert (ask(server.url("/#late")).verdict, ask(server.url("/#late")).reason) == ("ok", "")
    assert ask(server.url("/#nowhere")).verdict == "broken"


@pytest.mark.parametrize("size", [1, 7])
def test_compressed_pages_may_come_in_small_pieces(server: Server, ask: Ask, size: int) -> None:
    body = gzip.compress(b"<p id=early>") + gzip.compress(b"<p id=late>")

    async def pieces(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(reply(200, b"", Content_Encoding="gzip", Content_Length=str(len(body))))
        for start in range(0, len(body) if request.method == "GET" else 0, size):
            writer.write(body[start : start + size])
            await writer.drain()
            await asyncio.sleep(0.002)

    server.routes["/"] = pieces

    assert (ask(server.url("/#late")).verdict, ask(server.url("/#nowhere")).verdict) == ("ok", "broken")


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", START + END),
        ("deflate", START + END),
        ("gzip", b"<"),
        ("gzip", zlib.compress(START + END)),
        ("gzip", ZIPPED[:-20]),
        ("gzip", ZIPPED[:-4]),
        ("gzip", ZIPPED[:60] + b"\xff" * 20 + ZIPPED[80:]),
        ("gzip", ZIPPED[:-8] + b"\0" * 8),
        ("gzip", gzip.compress(START) + gzip.compress(END)[:-30]),
        ("gzip", gzip.compress(START) + b"\x1f\x8bno gzip"),
        ("gzip", gzip.compress(b"") * 5000 + ZIPPED),
        ("deflate", zlib.compress(START + END)[:-20]),
        ("deflate", raw_deflate(START + END)[:-20]),
        ("br", b"\x0b\x02\x80hello\x03"),
        ("gzip, deflate", ZIPPED),
    ],
)
def test_of_what_cannot_be_decompressed_nothing_is_said(server: Server, ask: Ask, coding: str, body: bytes) -> None:
    server.routes["/"] = reply(200, body, Content_Encoding=coding)

    found = ask(server.url("/#nowhere"))

    assert (found.verdict, found.traits) == ("ok", ())
    assert found.reason == "the page is there; whether it has the place that is linked, only a browser can tell"
