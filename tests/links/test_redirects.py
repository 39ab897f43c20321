"""Redirects are walked by hand: each hop in its host's turn, with the cookies that hosts set on the way."""

from __future__ import annotations

import asyncio

import pytest

from tests.links.conftest import Ask
from tests.links.server import OTHER, Request, Server, reply

PAGE = "<html><head><title>A page</title></head><body><h1 id='here'>Here</h1><p>Text.</p></body></html>"


def chain(server: Server, length: int, status: int = 302) -> None:
    """`/0` leads to `/<length>` in so many hops."""
    for number in range(length):
        server.routes[f"/{number}"] = reply(status, Location=f"/{number + 1}")
    server.routes[f"/{length}"] = reply(200, PAGE)


@pytest.mark.parametrize(("status", "verdict"), [(301, "moved"), (308, "moved"), (302, "ok"), (303, "ok"), (307, "ok")])
def test_only_permanent_redirects_say_that_it_moved(server: Server, ask: Ask, status: int, verdict: str) -> None:
    chain(server, 1, status)

    found = ask(server.url("/0"))

    assert (found.verdict, found.final_url, found.status) == (verdict, server.url("/1"), 200)


def test_one_temporary_hop_makes_the_whole_way_temporary(server: Server, ask: Ask) -> None:
    chain(server, 3, 301)
    server.routes["/1"] = reply(302, Location="/2")

    assert ask(server.url("/0")).verdict == "ok"


def test_ten_hops_are_followed_and_no_more(server: Server, ask: Ask) -> None:
    chain(server, 10)
    assert ask(server.url("/0")).verdict == "ok"

    chain(server, 11)
    found = ask(server.url("/0"))
    assert (found.verdict, found.reason) == ("blocked", "redirects more than 10 times")


def test_a_circle_is_broken(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(302, Location="/b")
    server.routes["/b"] = reply(302, Location="/a")

    found = ask(server.url("/a"))

    assert (found.verdict, found.reason) == ("broken", "redirects in a circle")


def test_a_circle_that_a_cookie_ends_is_none(server: Server, ask: Ask) -> None:
    async def welcome(request: Request, writer: asyncio.StreamWriter) -> None:
        if "seen=1" in request.headers.get("cookie", ""):
            writer.write(reply(200))
        else:
            writer.write(reply(302, Location="/a", Set_Cookie="seen=1; Path=/; HttpOnly"))

    server.routes["/a"] = welcome

    assert ask(server.url("/a")).verdict == "ok"


def test_a_circle_for_head_only_is_none(server: Server, ask: Ask) -> None:
    server.routes["HEAD /a"] = reply(302, Location="/a")
    server.routes["GET /a"] = reply(200, PAGE)

    assert ask(server.url("/a")).verdict == "ok"


def test_cookies_go_to_the_host_that_set_them_only(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(302, Location=server.url("/b", host=OTHER), Set_Cookie="secret=1")
    server.routes["/b"] = reply(200)

    assert ask(server.url("/a")).verdict == "ok"
    assert [request.headers.get("cookie") for request in server.requests if request.path == "/b"] == [None]


@pytest.mark.parametrize(
    ("location", "verdict", "reason"),
    [
        ("mailto:someone@example.org", "skipped", "redirects to mailto:, which is not asked for"),
        ("file:///etc/passwd", "skipped", "redirects to file:, which is not asked for"),
        (
            "http://x:0/",
            "broken",
            "redirects to an impossible address: the port '0' is not between 1 and 65535",
        ),
        ("http:///nohost", "broken", "redirects to an impossible address: there is no host in it"),
    ],
)
def test_redirects_that_lead_nowhere(server: Server, ask: Ask, location: str, verdict: str, reason: str) -> None:
    server.routes["/a"] = reply(301, Location=location)

    found = ask(server.url("/a"))

    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_redirect_without_an_address(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(302)

    assert ask(server.url("/a")).verdict == "transient"


def test_a_redirect_may_hold_any_character(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(301, Location="/ü b?x=ä")
    server.routes["/%C3%BC%20b?x=%C3%A4"] = reply(200)

    found = ask(server.url("/a"))

    assert (found.verdict, found.final_url) == ("moved", server.url("/%C3%BC%20b?x=%C3%A4"))


@pytest.mark.parametrize("place", ["/login?next=/a", "/users/sign_in", "/idp/profile/SAML2/Redirect/SSO", "/authwall"])
def test_a_login_is_a_wall(server: Server, ask: Ask, place: str) -> None:
    server.routes["/a"] = reply(302, Location=place)
    server.routes[place] = reply(200, PAGE)

    found = ask(server.url("/a"))

    assert (found.verdict, found.reason) == ("blocked", "asks to log in")


def test_a_link_to_a_login_is_none(server: Server, ask: Ask) -> None:
    server.routes["/login"] = reply(301, Location="/login/")
    server.routes["/login/"] = reply(200, PAGE)

    assert ask(server.url("/login")).verdict == "moved"


def test_a_page_that_sends_its_visitors_on_is_followed(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(200, "<meta http-equiv=Refresh content='0; URL=/b'><p>Moved.")
    server.routes["/b"] = reply(200, PAGE)

    assert ask(server.url("/a#here")).verdict == "ok"
    assert ask(server.url("/a#there")).verdict == "broken"


def test_a_chain_that_ends_at_404_is_broken(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(301, Location="/gone")

    found = ask(server.url("/a"))

    assert (found.verdict, found.reason) == ("broken", "404 from the host that it redirects to")


def test_made_up_addresses_that_lead_to_the_same_page_say_that_the_link_is_gone(server: Server, ask: Ask) -> None:
    async def home_for_all(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(reply(302, Location="/"))

    server.routes["*"] = home_for_all
    server.routes["/"] = reply(200, PAGE)
    server.routes["/moved/home"] = reply(302, Location="/")

    found = ask(server.url("/papers/2009/x.pdf"))

    assert (found.verdict, found.traits) == ("ok", ("soft-404",))


def test_a_page_that_calls_itself_missing_is_compared_with_a_made_up_one(server: Server, ask: Ask) -> None:
    server.routes["*"] = reply(200, "<title>Page not found</title><p id=x>Sorry.")

    assert ask(server.url("/papers/x#y")).traits == ("soft-404",)


def test_a_page_about_missing_pages_is_no_missing_page(server: Server, ask: Ask) -> None:
    server.routes["/essay"] = reply(200, "<title>On 404 not found</title><p id=x>Sorry.")

    assert ask(server.url("/essay#x"))[1:3] == ("ok", "")
