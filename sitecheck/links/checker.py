"""The whole: links in, verdicts out as they come."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from sitecheck.links.address import Address, AddressError, parsed
from sitecheck.links.exchange import Exchange
from sitecheck.links.hosts import Hosts
from sitecheck.links.lookup import Lookup, system_lookup
from sitecheck.links.probe import Probe
from sitecheck.links.schedule import Job, Schedule
from sitecheck.links.service import Service
from sitecheck.links.services import services
from sitecheck.links.settings import Settings
from sitecheck.links.transport import Transport
from sitecheck.verdict import BROKEN, FRAGMENT, SKIPPED, TRANSIENT, Answer, Verdict

ENOUGH = 4096
"""open files"""

Tell = Callable[[Verdict, Callable[[], str]], None]
"""is told a verdict, and whom to ask for the host that most links still wait for"""


class Asked:
    """What one request answers: the links that differ in their fragments only."""

    __slots__ = ("address", "links", "service")

    def __init__(self, address: Address, service: Service | None) -> None:
        self.address = address
        self.links: dict[str, str] = {}
        """fragments by link"""
        self.service = service


class Checker:
    """One run over many links."""

    def __init__(self, settings: Settings, transport: Transport, tell: Tell) -> None:
        self._settings = settings
        self._told = tell
        self._hosts = Hosts(settings)
        self._exchange = Exchange(settings, transport, self._hosts)
        self._probe = Probe(self._exchange)
        self._services = services(self._exchange)
        self._open: dict[str, Asked] = {}
        """what has no answer yet, by what is requested"""
        self.schedule = Schedule(self._hosts)

    def _tell(self, verdict: Verdict) -> None:
        self._told(verdict, self.schedule.busiest)

    async def run(self, links: Iterable[str]) -> None:
        """Give every link its verdict, be it that there was no time for it."""
        for link in links:
            self._sort(link)
        named: dict[int, tuple[Service, dict[str, list[Asked]]]] = {}
        for asked in self._open.values():
            name = asked.service.name(asked.address.url) if asked.service else ""
            if asked.service is None or not name:
                self._ask_page(asked)
            else:
                _, names = named.setdefault(id(asked.service), (asked.service, {}))
                names.setdefault(name, []).append(asked)
        for service, names in named.values():
            for batch in _batches(list(names), service.batch):
                self._ask_service(service, {name: names[name] for name in batch})
        try:
            async with asyncio.timeout(self._settings.max_time or None):
                await self.schedule.run(min(self._settings.concurrency, len(self._open), _most_connections()))
        except TimeoutError:
            for asked in list(self._open.values()):
                self._settle(asked, Answer(SKIPPED, "no time was left for it"))

    def _sort(self, link: str) -> None:
        """Judge what needs no network, and put the others to those that ask for the same thing."""
        if any(pattern.search(link) for pattern in self._settings.exclude):
            self._tell(Verdict(link, SKIPPED, "excluded"))
            return
        try:
            address = parsed(link)
        except AddressError as error:
            self._tell(Verdict(link, BROKEN, str(error)))
            return
        asked = self._open.get(address.key)
        if asked is None:
            asked = self._open[address.key] = Asked(address, self._services.get(address.host))
        asked.links[link] = address.fragment

    def _ask_page(self, asked: Asked) -> None:
        self.schedule.add(Job(asked.address.host, lambda: self._page(asked)))

    async def _page(self, asked: Asked) -> None:
        try:
            verdicts = await self._probe.ask(asked.address, asked.links)
        except Exception as error:  # whatever a server sends, the other links are still to be asked for
            _debug()
            self._settle(asked, Answer(TRANSIENT, f"cannot be asked for: {type(error).__name__}"))
            return
        trait = asked.service.broken_trait if asked.service else ""
        del self._open[asked.address.key]
        for verdict in verdicts:
            if trait and verdict.verdict == BROKEN and FRAGMENT not in verdict.traits:
                verdict = verdict._replace(traits=(*verdict.traits, trait))
            self._tell(verdict)

    def _ask_service(self, service: Service, names: dict[str, list[Asked]]) -> None:
        self.schedule.add(Job(service.host, lambda: self._service(service, names)))

    async def _service(self, service: Service, names: dict[str, list[Asked]]) -> None:
        try:
            answers = await service.ask(list(names))
        except Exception as error:
            _debug()
            answers = dict.fromkeys(names, Answer(TRANSIENT, f"cannot be asked for: {type(error).__name__}"))
        for name, all_asked in names.items():
            answer = answers.get(name)
            for asked in all_asked:
                if answer is None:
                    self._ask_page(asked)
                else:
                    self._settle(asked, answer)

    def _settle(self, asked: Asked, answer: Answer) -> None:
        del self._open[asked.address.key]
        for link in asked.links:
            self._tell(answer.of(link))


def _most_connections() -> int:
    """How many the system lets this process have; its soft limit is raised, which is low on some."""
    try:
        import resource
    except ImportError:  # Windows, which knows no such limit
        return ENOUGH
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(ENOUGH, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return ENOUGH if soft == resource.RLIM_INFINITY else max(soft // 2, 16)  # idle connections take some, too


def _debug() -> None:
    """Let an error of our own through where somebody looks for it."""
    if os.environ.get("SITECHECK_DEBUG"):
        raise  # noqa: PLE0704 - it is called where an exception is handled


def _batches(names: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (names[start : start + size] for start in range(0, len(names), size))


def check(links: Iterable[str], settings: Settings, tell: Tell, lookup: Lookup = system_lookup) -> None:
    """Ask for all links, each once, and tell each verdict as soon as it is known."""

    async def work() -> None:
        async with Transport(settings, lookup) as transport:
            await Checker(settings, transport, tell).run(dict.fromkeys(links))

    with _seldom_collecting(), asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(work())


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage less often: a tenth of the time would go there, as many objects live as long as the run."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where it is installed (`sitecheck[fast]`)."""
    from importlib import import_module

    try:
        faster = import_module("uvloop")
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = faster.new_event_loop
    return factory
