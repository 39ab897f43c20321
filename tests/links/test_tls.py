"""Certificates: what browsers refuse is broken, and what they mend is not."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from sitecheck.links.lookup import Found, system_lookup
from tests.links.conftest import Ask, ask_all
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
