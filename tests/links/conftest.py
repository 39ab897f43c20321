"""What the tests of the link checker share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from sitecheck.links.checker import check
from sitecheck.links.lookup import Lookup, system_lookup
from sitecheck.links.settings import Settings
from sitecheck.verdict import Verdict
from tests.links.server import Server

os.environ["SITECHECK_DEBUG"] = "1"  # no error of our own is to pass for a verdict

QUICK = Settings(allow_private=True, timeout=3.0, retries=1)
"""for servers of our own, which are near"""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


Ask = Callable[..., Verdict]


@pytest.fixture
def ask() -> Ask:
    """The verdict on one link, with what is to be set otherwise."""

    def ask(url: str, lookup: Lookup = system_lookup, **changes: object) -> Verdict:
        (verdict,) = ask_all([url], lookup, **changes)
        return verdict

    return ask


def ask_all(urls: list[str], lookup: Lookup = system_lookup, **changes: object) -> list[Verdict]:
    """The verdicts on links, in the order in which they come."""
    verdicts: list[Verdict] = []
    check(urls, QUICK._replace(**changes), lambda verdict, _: verdicts.append(verdict), lookup)  # type: ignore[arg-type]
    return verdicts
