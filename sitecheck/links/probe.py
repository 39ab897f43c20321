"""Asks whether one address of the web is there: HEAD or GET, redirects walked by hand, retries."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from random import uniform
from secrets import token_hex
from typing import NamedTuple

from yarl import URL

from sitecheck.links.address import SCHEMES, Address, AddressError, joined
from sitecheck.links.cookies import Cookies
from sitecheck.links.exchange import Budget, Exchange, Reply, RequestError
from sitecheck.links.hosts import HostClosedError
from sitecheck.links.page import PageFacts, has_anchor, read_page, target
from sitecheck.links.walls import MITIGATED, REFUSALS, is_challenge, is_login, keeper, lies
from sitecheck.verdict import BLOCKED, BROKEN, FRAGMENT, MOVED, OK, SKIPPED, SOFT, TRANSIENT, Answer, Verdict

REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
GONE = {404, 410}
BACK_OFF = 0.4
"""seconds before the first retry, which double for the next"""
LIES = 2
"""HEAD requests that GET denied, after which a host is asked with GET only"""
WALK_LIMIT = 3
"""pages that send their visitors on by a `meta refresh`, one after the other, which are followed"""


class Landing(NamedTuple):
    """Where a walk along redirects ended."""

    reply: Reply
    permanent: bool
    """whether every redirect on the way says that it holds for ever"""
    hops: int

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing more to be said: most links are there, and HEAD says so at once."""
        reply = self.reply
        return not self.hops and reply.status == 200 and not reply.body.content and MITIGATED not in reply.headers


PLAIN = Answer(OK, status=200)


class Probe:
    """Turns addresses into answers."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._settings = exchange.settings
        self._hosts = exchange.hosts
        self._reading = asyncio.Semaphore(1)  # one page at a time is parsed, and held in memory

    async def ask(self, address: Address, links: Mapping[str, str]) -> list[Verdict]:
        """The verdicts of links that differ in their fragments only: `links` gives each one's, by the link."""
        budget = Budget(self._settings.timeout)
        wanted = any(fragment and target(fragment) for fragment in links.values())
        answer, page = await self._with_retries(address, wanted, budget)
        seconds = round(budget.spent, 3)
        return [
            (_placed(answer, page, fragment) if page else answer).of(link, seconds) for link, fragment in links.items()
        ]

    async def _with_retries(self, address: Address, wanted: bool, budget: Budget) -> tuple[Answer, PageFacts | None]:
        answer, page = Answer(TRANSIENT, "no complete reply in time"), None
        unconnected: URL | None = None
        for attempt in range(self._settings.retries + 1):
            if attempt:
                await asyncio.sleep(BACK_OFF * 2 ** (attempt - 1) * uniform(0.75, 1.25))  # noqa: S311 - no secret
            try:
                answer, page = await self._once(address, wanted, budget)
                unconnected = None
            except RequestError as failed:
                answer, page, unconnected = failed.answer, None, failed.unconnected
            except HostClosedError as closed:
                return closed.answer, None
            if not answer.again or budget.left < 0.1:
                break
        if unconnected is not None:
            self._exchange.note_failure(unconnected, answer)
        return answer, page

    async def _once(self, address: Address, wanted: bool, budget: Budget) -> tuple[Answer, PageFacts | None]:
        """Walk to the end of the redirects, and see what is there."""
        landing = await self._walk(address.url, wanted, budget)
        if isinstance(landing, Landing) and landing.is_plain and not wanted:
            return PLAIN, None
        if isinstance(landing, Answer):
            return landing, None
        page = None
        if wanted and landing.reply.is_html and landing.reply.status < 300:
            page = await self._page(landing.reply)
            for _ in range(WALK_LIMIT):
                if not page.refresh:
                    break
                try:
                    further = await self._walk(joined(landing.reply.url, page.refresh).url, wanted, budget)
                except AddressError:
                    break
                if isinstance(further, Answer):
                    break
                landing = landing._replace(reply=further.reply, permanent=False, hops=landing.hops + 1)
                page = await self._page(landing.reply)
        answer = self._judged(address, landing)
        if answer.verdict in (OK, MOVED) and await self._is_made_up(address, landing, page, budget):
            there = "to the host's own page" if landing.hops else "to the same page"
            answer = answer._replace(reason=f"leads where made-up addresses lead, too: {there}", traits=(SOFT,))
        return answer, page

    async def _walk(self, url: URL, wanted: bool, budget: Budget) -> Landing | Answer:
        """Follow redirects, each in the turn of its host. What HEAD denies, GET is asked."""
        start, method, cookies = url, "", Cookies()
        permanent = True
        seen: set[tuple[str, str, str]] = set()
        for hops in range(self._settings.redirects + 1):
            method = "GET" if wanted or method == "GET" else self._method(url)
            reply = await self._send(method, url, cookies, wanted, budget)
            if reply is None or (method == "HEAD" and _may_lie(reply)):
                method = "GET"
                reply = await self._believed(url, cookies, wanted, budget, reply)
            location = reply.headers.get("Location")
            if reply.status not in REDIRECTS or not location:
                return Landing(reply, permanent, hops)
            permanent = permanent and reply.status in PERMANENT
            cookies.learn(url, reply.cookies)
            state = (str(url), location, cookies.header(url))
            if state in seen:
                if method == "GET":
                    return Answer(BROKEN, "redirects in a circle", reply.status)
                method, url, cookies, seen = "GET", start, Cookies(), set()
                continue
            seen.add(state)
            onward = _onward(url, location, reply.status)
            if isinstance(onward, Answer):
                return onward
            url = onward
        return Answer(BLOCKED, f"redirects more than {self._settings.redirects} times")

    def _method(self, url: URL) -> str:
        host = self._hosts[url.raw_host or ""]
        return "HEAD" if host.refuses_head < LIES and host.sized else "GET"

    async def _send(self, method: str, url: URL, cookies: Cookies, wanted: bool, budget: Budget) -> Reply | None:
        """None where HEAD fails in a way that GET may not."""
        cookie = cookies.header(url)
        headers = {"Cookie": cookie} if cookie else None
        try:
            reply = await self._exchange.send(
                method, url, budget, headers=headers, read=self._settings.body if wanted else 0
            )
        except RequestError as failed:
            if method == "HEAD" and failed.answer.verdict == TRANSIENT and failed.unconnected is None:
                return None
            raise
        if method == "HEAD" and reply.status == 200 and "Content-Length" not in reply.headers:
            self._hosts[url.raw_host or ""].sized = False
        return reply

    async def _believed(self, url: URL, cookies: Cookies, wanted: bool, budget: Budget, head: Reply | None) -> Reply:
        """The reply to GET, after HEAD got another one than it should, or none."""
        host = self._hosts[url.raw_host or ""]
        reply = await self._send("GET", url, cookies, wanted, budget)
        assert reply is not None  # noqa: S101 - only HEAD gets None
        if reply.status < 400 and (head is None or head.status != reply.status):
            host.refuses_head += 1
        return reply

    async def _page(self, reply: Reply) -> PageFacts:
        """Read a page in a thread, so that the others need not wait."""
        async with self._reading:
            return await asyncio.to_thread(read_page, reply.body.content, reply.charset, whole=reply.body.whole)

    def _judged(self, address: Address, landing: Landing) -> Answer:
        """What the last reply of a walk says of the link."""
        reply, status = landing.reply, landing.reply.status
        final = str(reply.url) if landing.hops else ""
        if status in self._settings.accept:
            return Answer(OK, f"{status} is accepted", status, final)
        if is_challenge(reply.headers, reply.body.content):
            return Answer(
                BLOCKED, f"refuses machines: {status}, {keeper(reply.headers) or 'a challenge'}", status, final
            )
        if status < 400:
            if is_login(address.url, reply.url):
                return Answer(BLOCKED, "asks to log in", status, final)
            if status in REDIRECTS:
                return Answer(TRANSIENT, f"redirects to nowhere: {status} without an address", status, final)
            moved = bool(landing.hops) and landing.permanent and reply.url != address.url
            return Answer(MOVED if moved else OK, f"has moved to {final}" if moved else "", status, final)
        return _refused(reply, final)

    async def _is_made_up(self, address: Address, landing: Landing, page: PageFacts | None, budget: Budget) -> bool:
        """Whether a link that looks dead though the host says 200 leads where a made-up address leads, too.

        It looks dead where it ends on a host's first page, or where the title says so.
        """
        deep = len(address.url.raw_path.strip("/")) > 0
        home = landing.hops > 0 and deep and landing.reply.url.raw_path_qs == "/"
        if not deep or not (home or (page is not None and page.looks_missing)) or budget.left < 1:
            return False
        folder = f"{address.url.origin()}{address.url.raw_path.rpartition('/')[0]}"
        sibling = URL(f"{folder}/sitecheck-{token_hex(6)}", encoded=True)
        try:
            other = await self._walk(sibling, page is not None, budget)
        except (RequestError, HostClosedError):
            return False
        if isinstance(other, Answer) or other.reply.status >= 300:
            return False
        if home:
            return other.reply.url == landing.reply.url
        return page is not None and (await self._page(other.reply)).title == page.title


def _may_lie(reply: Reply) -> bool:
    """Whether GET might get another answer: all that is no success, but a host's wish to be left alone."""
    return reply.status >= 400 and reply.status != 429


def _onward(url: URL, location: str, status: int) -> URL | Answer:
    scheme = location.strip().partition(":")[0].lower()
    if scheme not in SCHEMES and scheme.isalpha() and location.strip().startswith(f"{scheme}:"):
        return Answer(SKIPPED, f"redirects to {scheme}:, which is not asked for", status)
    try:
        # the header's bytes are Latin-1 to aiohttp; what is not ASCII in it is UTF-8 in practice
        return joined(url, location.encode("utf-8", "surrogateescape").decode("utf-8", "replace")).url
    except AddressError as error:
        return Answer(BROKEN, f"redirects to an impossible address: {error}", status)


def _refused(reply: Reply, final: str) -> Answer:
    """What a status of 400 and more means."""
    status = reply.status
    if status in GONE:
        if lies(reply.url.raw_host or ""):
            return Answer(BLOCKED, f"refuses machines: {status}, as it says to all of them", status, final)
        whose = "the host that it redirects to" if final else "the host itself"
        return Answer(BROKEN, f"{status} from {whose}", status, final)
    if 500 <= status < 600:
        return Answer(TRANSIENT, f"the host fails: {status}", status, final, again=True)
    protected = f", {name}" if (name := keeper(reply.headers)) else ""
    refusal = REFUSALS.get(status, "refuses the request")
    return Answer(BLOCKED, f"{refusal}: {status}{protected}", status, final, again=status == 429)


def _placed(answer: Answer, page: PageFacts | None, fragment: str) -> Answer:
    """With what is to be said of one link's fragment."""
    wanted = target(fragment)
    if not wanted or page is None or answer.verdict not in (OK, MOVED) or SOFT in answer.traits:
        return answer
    known = has_anchor(page, wanted)
    if known is None:
        reason = "the page is there; whether it has the place that is linked, only a browser can tell"
        return answer._replace(reason=answer.reason or reason)
    if known:
        return answer
    return answer._replace(verdict=BROKEN, reason=f"the page has no '{wanted}'", traits=(FRAGMENT,))
