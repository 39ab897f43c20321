"""Names and addresses: what does not exist, what nobody can say today, and what must not be asked."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

import pytest

from sitecheck.links.lookup import Found
from sitecheck.links.reach import is_public
from tests.links.conftest import Ask
from tests.links.server import MANY_HOSTS, Server, reply


def at(*addresses: str) -> Callable[[str, int], Found]:
    """A resolver that gives one address after the other, and the last one again and again."""
    left = list(addresses)

    def lookup(host: str, port: int) -> Found:
        address = left.pop(0) if len(left) > 1 else left[0]
        return socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)

    return lookup


def failing(code: int, *, but: str = "") -> Callable[[str, int], Found]:
    """A resolver that fails for all names `but` one."""

    def lookup(host: str, port: int) -> Found:
        if host == but:
            return socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)
        raise socket.gaierror(code, "as told")

    return lookup


def test_a_name_that_does_not_exist_is_broken(ask: Ask) -> None:
    found = ask("http://gone.example/", lookup=failing(socket.EAI_NONAME, but="www.iana.org"))

    assert (found.verdict, found.reason) == ("broken", "the host does not exist")


def test_without_a_network_no_name_is_called_missing(ask: Ask) -> None:
    found = ask("http://gone.example/", lookup=failing(socket.EAI_NONAME))

    assert (found.verdict, found.reason) == ("transient", "the host's name cannot be looked up")


@pytest.mark.parametrize("code", [socket.EAI_AGAIN, socket.EAI_FAIL])
def test_a_name_server_that_fails_is_transient(ask: Ask, code: int) -> None:
    assert ask("http://somewhere.example/", lookup=failing(code, but="www.iana.org")).verdict == "transient"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - nothing is bound
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "no address",
        "fec0::1", "feff::1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::", "64:ff9b:1::7f00:1",
        "64:ff9b:1::", "64:ff9b:1:2:3:4:a00:1", "64:ff9b:1:7f00:0:100::", "64:ff9b:1:c0:a8:100:100:0",
        "64:ff9b:1:0:a:0:100:0", "::127.0.0.1", "::10.0.0.1", "::169.254.169.254", "::ffff:0:127.0.0.1",
        "::ffff:0:10.0.0.1", "2002:a00:1::1", "2002:c0a8:101::", "2002:a9fe:a9fe::1",
        "2001:0:808:808:0:0:f5ff:fffe", "2001:0:808:808:0:0:80ff:fffe", "2001:0:a00:1:0:0:f7f7:f7f7",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "1.1.1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::808:808",
        "64:ff9b:1:808:8:800::", "::8.8.8.8", "::ffff:0:8.8.8.8", "2002:808:808::1", "2001:0:808:808:0:0:f7f7:f7f7",
    ],
)  # fmt: skip
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_a_private_address_is_not_asked(server: Server, ask: Ask, host: str) -> None:
    found = ask(f"http://{host}:{server.port}/", allow_private=False)

    assert (found.verdict, found.reason) == ("skipped", "at a private address")
    assert not server.connections


def test_a_name_at_a_private_address_is_not_asked(server: Server, ask: Ask) -> None:
    found = ask(f"http://intranet.example:{server.port}/", lookup=at("127.0.0.1"), allow_private=False)

    assert found.verdict == "skipped"
    assert not server.connections


def test_a_name_that_is_public_first_and_private_next_is_not_asked(server: Server, ask: Ask) -> None:
    """The address that is connected to is the one that was looked at."""
    url = f"http://rebinding.example:{server.port}/"
    found = ask(url, lookup=at("8.8.8.8", "127.0.0.1"), allow_private=False, timeout=1.0)

    assert found.verdict in ("transient", "skipped")
    assert not server.connections


@pytest.mark.parametrize("address", ["fec0::1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "::7f00:1", "2002:7f00:1::"])
def test_a_private_address_in_another_is_not_connected_to(ask: Ask, address: str) -> None:
    found = ask("http://wrapped.example/", lookup=at(address), allow_private=False)

    assert (found.verdict, found.reason) == ("skipped", "at a private address")


@pytest.mark.skipif(not MANY_HOSTS, reason="this machine has one loopback address")
def test_a_redirect_to_a_private_address_is_not_followed(server: Server, ask: Ask) -> None:
    server.routes["/"] = reply(302, Location=f"http://127.0.0.1:{server.port}/secret")
    remap = ((re.compile(r"front\.example"), "127.0.0.2", server.port),)

    found = ask("http://front.example/", remap=remap, allow_private=False)

    assert (found.verdict, found.reason) == ("skipped", "at a private address")
    assert server.asked("/secret") == []


def test_remap_keeps_the_host(server: Server, ask: Ask) -> None:
    server.routes["/x"] = reply(200)
    remap = ((re.compile(r".*\.example"), "127.0.0.1", server.port),)

    assert ask("http://front.example/x", remap=remap, allow_private=False).verdict == "ok"
    assert server.requests[0].headers["host"] == "front.example"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://x.example:99999/", "the port '99999' is not between 1 and 65535"),
        ("http://x.example:0/", "the port '0' is not between 1 and 65535"),
        ("http://x.example:8a/", "the port '8a' is no number"),
        ("http://", "there is no host in it"),
        ("http:///path", "there is no host in it"),
        ("http://a b.example/", "the host name 'a b.example' is not possible"),
        ("http://x..example/", "the host name 'x..example' is not possible"),
        ("http://[::1/", "a bracket of the host is not closed"),
        (f"http://{'a' * 300}.example/", f"the host name '{'a' * 60}...' is not possible"),
        (f"http://{'a' * 64}.example/", f"the host name '{'a' * 60}...' is not possible"),
    ],
)  # fmt: skip
def test_an_impossible_address_is_told_without_asking(ask: Ask, url: str, reason: str) -> None:
    found = ask(url)

    assert (found.verdict, found.reason) == ("broken", reason)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/a b", "/a%20b"),
        ("/(x)", "/(x)"),
        ("/x)y(", "/x)y("),
        ("/ü", "/%C3%BC"),
        ("/%C3%BC", "/%C3%BC"),
        ("/a%2Fb", "/a%2Fb"),
        ("/100%", "/100%"),
        ("/a/../b/./c", "/b/c"),
        ("/q?x=a+b&y=%20|z", "/q?x=a+b&y=%20|z"),
        ("/'quoted'", "/'quoted'"),
        ('/"quoted"', "/%22quoted%22"),
        ("\\back", "/back"),
        ("/em\N{EM DASH}dash", "/em%E2%80%94dash"),
        ("?only", "/?only"),
        ("", "/"),
    ],
)
def test_odd_characters_are_sent_as_browsers_send_them(server: Server, ask: Ask, written: str, path: str) -> None:
    server.routes[path] = reply(200)

    assert ask(server.address + written).verdict == "ok"
    assert server.requests[0].path == path


def test_international_names_are_looked_up_in_their_ascii_form(server: Server, ask: Ask) -> None:
    asked = []

    def lookup(host: str, port: int) -> Found:
        asked.append(host)
        return socket.getaddrinfo("127.0.0.1", port, type=socket.SOCK_STREAM)

    server.routes["/"] = reply(200)

    assert ask(f"http://Bücher.example:{server.port}/", lookup=lookup).verdict == "ok"
    assert ask(f"//münchen.example:{server.port}/", lookup=lookup).verdict == "transient"  # https on a port of http
    assert asked[:2] == ["xn--bcher-kva.example", "xn--mnchen-3ya.example"]
