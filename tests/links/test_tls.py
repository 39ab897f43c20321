"""Certificates: what browsers refuse is broken, and what they mend is not."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from yarl import URL

from sitecheck.links.exchange import Budget, Exchange, RequestError
from sitecheck.links.hosts import Hosts
from sitecheck.links.lookup import Found, system_lookup
from sitecheck.links.transport import Transport
from tests.links.conftest import QUICK, Ask, ask_all
from tests.links.server import Server, reply


def lookup(host: str, port: int) -> Found:
    return system_lookup("127.0.0.1", port)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """The only authority that is trusted."""
    authority = trustme.CA()
    file = tmp_path / "root.pem"
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return authority


@contextmanager
def serving(certificate: trustme.LeafCert, *, leaf_only: bool = False) -> Iterator[Server]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if leaf_only:
        with certificate.private_key_pem.tempfile() as key, certificate.cert_chain_pems[0].tempfile() as chain:
            context.load_cert_chain(chain, key)
    else:
        certificate.configure_cert(context)
    with Server(context=context) as server:
        server.routes["/"] = reply(200, "<p id=x>")
        server.routes["/down"] = reply(301, Location="http://127.0.0.1:1/")
        yield server


def url(server: Server, path: str = "/") -> str:
    return f"https://right.example:{server.port}{path}"


def test_a_good_certificate_is_good(authority: trustme.CA, ask: Ask) -> None:
    with serving(authority.issue_cert("right.example")) as server:
        assert ask(url(server), lookup=lookup).verdict == "ok"


def test_an_expired_certificate_is_broken(authority: trustme.CA, ask: Ask) -> None:
    now = datetime.now(UTC)
    certificate = authority.issue_cert(
        "right.example", not_before=now - timedelta(days=9), not_after=now - timedelta(days=2)
    )
    with serving(certificate) as server:
        found = ask(url(server), lookup=lookup)

    assert (found.verdict, found.reason) == ("broken", "the certificate has expired")


def test_a_host_with_a_bad_certificate_may_serve_http(authority: trustme.CA) -> None:
    now = datetime.now(UTC)
    past = authority.issue_cert("right.example", not_before=now - timedelta(days=9), not_after=now - timedelta(days=2))
    with serving(past) as server, Server() as plain:
        plain.routes["*"] = reply(200)
        secure = [url(server, f"/{number}") for number in range(4)]
        open_ = [f"http://right.example:{plain.port}/{number}" for number in range(4)]
        found = ask_all([*secure, *open_], lookup, per_host=1)

    assert {each.url: each.verdict for each in found} == dict.fromkeys(secure, "broken") | dict.fromkeys(open_, "ok")


def test_a_certificate_for_another_name_is_broken(authority: trustme.CA, ask: Ask) -> None:
    with serving(authority.issue_cert("wrong.example")) as server:
        found = ask(url(server), lookup=lookup)

    assert (found.verdict, found.reason) == ("broken", "the certificate is for another name")


def test_a_certificate_of_an_unknown_authority_that_sends_its_root_is_broken(authority: trustme.CA, ask: Ask) -> None:
    stranger = trustme.CA()
    certificate = stranger.issue_cert("right.example")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    chain = certificate.cert_chain_pems[0].bytes() + stranger.cert_pem.bytes()
    with trustme.Blob(chain).tempfile() as file, certificate.private_key_pem.tempfile() as key:
        context.load_cert_chain(file, key)
    with Server(context=context) as server:
        found = ask(url(server), lookup=lookup)

    assert (found.verdict, found.reason) == ("broken", "the certificate is signed by an unknown authority")


def test_a_chain_that_lacks_a_part_is_mended_as_browsers_do(authority: trustme.CA, ask: Ask) -> None:
    between = authority.create_child_ca()
    with serving(between.issue_cert("right.example"), leaf_only=True) as server:
        found = ask(url(server), lookup=lookup)

    assert found.verdict == "ok"


def test_no_tls_at_all_is_transient(authority: trustme.CA, ask: Ask) -> None:
    with Server() as server:
        found = ask(url(server), lookup=lookup)

    assert (found.verdict, found.reason) == ("transient", "does not speak TLS there")


def test_from_https_down_to_http(authority: trustme.CA, ask: Ask) -> None:
    with serving(authority.issue_cert("right.example")) as server, Server() as plain:
        plain.routes["/"] = reply(200)
        server.routes["/down"] = reply(301, Location=plain.url("/"))
        found = ask(url(server, "/down"), lookup=lookup)

    assert (found.verdict, found.final_url) == ("moved", plain.url("/"))


def test_remap_keeps_the_name_that_a_certificate_is_for(authority: trustme.CA, ask: Ask) -> None:
    with serving(authority.issue_cert("right.example")) as server:
        remap = ((re.compile(r"right\.example"), "127.0.0.1", server.port),)
        found = ask("https://right.example/", remap=remap, allow_private=False)

    assert found.verdict == "ok"
    assert server.requests[0].headers["host"] == "right.example"


def incomplete(authority: trustme.CA) -> trustme.LeafCert:
    """Of an authority in between, which `leaf_only` keeps from the client."""
    return authority.create_child_ca().issue_cert("right.example")


GRAPHQL = reply(200, json.dumps({"data": {"r0": {"nameWithOwner": "lab/paper"}}}), Content_Type="application/json")


@pytest.mark.parametrize("page_first", [True, False])
def test_a_token_is_never_sent_where_the_certificate_is_not_verified(authority: trustme.CA, page_first: bool) -> None:
    with serving(incomplete(authority), leaf_only=True) as server:
        server.routes |= {"*": reply(200), "/graphql": GRAPHQL}
        links = [url(server, "/page"), "https://github.com/lab/paper"]
        api = {"github": url(server, ""), "github-api": url(server, "")}
        ask_all(links if page_first else links[::-1], lookup, per_host=1, services=api, tokens={"github": "ghp_SECRET"})

    assert "/page" in [request.path for request in server.requests]
    assert not [request for request in server.requests if "SECRET" in str(request.headers)]


@pytest.mark.parametrize("name", ["X-Api-Key", "authorization", "AUTHORIZATION", "Cookie"])
def test_a_configured_header_is_never_sent_where_the_certificate_is_not_verified(
    authority: trustme.CA, ask: Ask, name: str
) -> None:
    with serving(incomplete(authority), leaf_only=True) as server:
        found = ask(url(server), lookup, headers=(("right.example", ((name, "SECRET"),)),))

    assert found.verdict == "blocked"
    assert found.reason == "the certificate's chain is incomplete, so no token or header of yours is sent there"
    assert server.requests == []


@pytest.mark.parametrize("header", ["authorization", "AUTHORIZATION", "Private-Token"])
def test_a_host_known_to_send_no_full_chain_gets_no_secret(authority: trustme.CA, header: str) -> None:
    async def send(exchange: Exchange, address: URL) -> None:
        assert (await exchange.send("GET", address, Budget(5.0))).status == 200
        with pytest.raises(RequestError, match="chain is incomplete"):
            await exchange.send("GET", address, Budget(5.0), headers={header: "SECRET"})
        assert (await exchange.send("GET", address, Budget(5.0), headers={"Cookie": "own=1"})).status == 200

    async def run(address: URL) -> None:
        async with Transport(QUICK, lookup) as transport:
            await send(Exchange(QUICK, transport, Hosts(QUICK)), address)

    with serving(incomplete(authority), leaf_only=True) as server:
        asyncio.run(run(URL(url(server))))

    assert len(server.requests) == 2


def test_a_configured_header_is_sent_where_the_certificate_is_good(authority: trustme.CA, ask: Ask) -> None:
    with serving(authority.issue_cert("right.example")) as server:
        found = ask(url(server), lookup, headers=(("right.example", (("X-Api-Key", "mine"),)),))

    assert found.verdict == "ok"
    assert server.requests[0].headers["x-api-key"] == "mine"
