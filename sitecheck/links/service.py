"""What a forge or registry is to the checker, and how one is called."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

from yarl import URL

from sitecheck.links.exchange import Budget, Exchange, Reply, RequestError
from sitecheck.links.hosts import HostClosedError
from sitecheck.verdict import ARCHIVED, BROKEN, EMPTY, MOVED, OK, RENAMED, REPOSITORY, TRANSIENT, Answer

FIRST_RETRY = 0.5
"""seconds"""
LARGEST = 2 * 1024 * 1024
"""bytes of a reply of an API"""


class Service(Protocol):
    """Knows the links of one forge or registry by name."""

    @property
    def batch(self) -> int:
        """Names that one call takes."""

    @property
    def host(self) -> str:
        """The host that is asked, whose turn is waited for; empty: none is."""

    @property
    def broken_trait(self) -> str:
        """What a link is called where the service does not know it, and its page says that it is gone."""

    def name(self, url: URL) -> str:
        """What the service calls the thing that a link leads to; empty where only its page can be asked."""

    async def ask(self, names: Sequence[str]) -> Mapping[str, Answer]:
        """What is known of names. For those that are missing in the answer, the page is asked."""


class Repository(NamedTuple):
    """What a forge says of a repository."""

    full_name: str
    page: str
    """its address"""
    archived: bool = False
    empty: bool = False
    private: bool = False

    def answer(self, asked: str, rest: str = "") -> Answer:
        """What that means for a link that calls it `asked`, and continues with `rest`."""
        if self.private:
            return NOT_PUBLIC
        traits = tuple(trait for trait, holds in ((EMPTY, self.empty), (ARCHIVED, self.archived)) if holds)
        said = " and ".join(traits)
        reason = f"the repository is {said}" if said else ""
        if self.full_name.casefold() == asked.casefold():
            return Answer(OK, reason, 200, traits=traits)
        renamed = f"the repository is now called {self.full_name}"
        return Answer(MOVED, renamed, 200, f"{self.page}{rest}", (*traits, RENAMED))


NOT_PUBLIC = Answer(BROKEN, "the repository does not exist, or is not public", 404, traits=(REPOSITORY,))


class Forge:
    """What the forges share that are asked for one repository at a time."""

    batch: ClassVar[int] = 1
    broken_trait: ClassVar[str] = REPOSITORY

    def __init__(self, exchange: Exchange, address: str) -> None:
        self.exchange = exchange
        self.address = address.rstrip("/")
        self.host = URL(address).raw_host or ""

    async def ask(self, names: Sequence[str]) -> Mapping[str, Answer]:
        answers = {name: await self.ask_one(name) for name in names}
        return {name: answer for name, answer in answers.items() if answer is not None}

    def name(self, url: URL) -> str:
        raise NotImplementedError

    async def ask_one(self, name: str) -> Answer | None:
        raise NotImplementedError


async def call(
    exchange: Exchange, method: str, address: str, *, headers: Mapping[str, str] | None = None, data: object = None
) -> Reply | Answer:
    """The reply of a service, or what it means that there is none. A redirect is a reply; a token goes no further."""
    url = URL(address, encoded=True)
    body = None if data is None else json.dumps(data).encode()
    answer = Answer(TRANSIENT, "the service does not answer")
    budget = Budget(exchange.settings.timeout)
    for attempt in range(exchange.settings.retries + 1):
        if attempt:
            await asyncio.sleep(FIRST_RETRY * 2 ** (attempt - 1))
        try:
            reply = await exchange.send(method, url, budget, headers=headers, data=body, read=LARGEST)
        except HostClosedError as closed:
            return closed.answer
        except RequestError as failed:
            answer = failed.answer
        else:
            if reply.status not in (429, 500, 502, 503, 504) or (reply.status == 500 and "api/handles" in address):
                return reply
            answer = Answer(TRANSIENT, f"{url.host} does not answer: {reply.status}", reply.status)
        if not answer.again and answer.status == 0:
            break
        if budget.left <= 0:
            break
    return answer._replace(again=False)


def as_json(reply: Reply) -> dict[str, Any]:
    """The object that a reply holds; empty where it holds none."""
    try:
        value = json.loads(reply.body.content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
