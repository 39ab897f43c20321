"""Asks the web for the links of a run's files, and lets the rules know what it said."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.files import File
from sitecheck.finding import Place
from sitecheck.link_options import settings_of, take_tokens
from sitecheck.rule import UserError, with_verdicts
from sitecheck.verdict import Verdict

if TYPE_CHECKING:
    from sitecheck.cli import Options
    from sitecheck.config import Config
    from sitecheck.engine import ActiveRule
    from sitecheck.facts import WebLink
    from sitecheck.fixer import FixOutcome
    from sitecheck.links.settings import Settings
    from sitecheck.links.store import LinkStore
    from sitecheck.reported import Narrowing
    from sitecheck.tally import Tally

HOUR = 3600.0

Rules = dict[str, tuple["ActiveRule", ...]]
"""those that run on each file, by the path that reports call it"""
Treat = Callable[[File, tuple["ActiveRule", ...]], "FixOutcome"]
"""examines a file anew, or mends it"""


class CheckedLink(NamedTuple):
    """A link, what the web said of it, and every place that it was asked for."""

    verdict: Verdict
    places: tuple[Place, ...]


class Web:
    """The web, as one run asks it. To be made before rules of the site's own are loaded: it takes the tokens away."""

    def __init__(self, config: Config, options: Options) -> None:
        self._settings = settings_of(options, config, take_tokens())
        self._max_age = config.max_age * HOUR
        self._store_path = _store_path(options)

    def look_up(self, tally: Tally, rules: Rules, narrowing: Narrowing | None, treat: Treat) -> None:
        """Ask for every link of the files, and have the files with something to tell of examined anew.

        With `--changed-since`, only links on lines that were changed are asked for. `rules` know the verdicts
        afterwards.
        """
        places = _places(tally, narrowing)
        verdicts = self._verdicts(list(places))
        tally.links = tuple(
            CheckedLink(verdicts[url], tuple(found)) for url, found in places.items() if url in verdicts
        )
        for display, active in rules.items():
            rules[display] = tuple(each._replace(rule=with_verdicts(each.rule, verdicts)) for each in active)
            examined = tally.known.get(display)
            if examined and any(_is_telling(verdicts.get(link.url)) for link in examined.facts.web_links):
                try:
                    tally.revise(treat(File(tally.path(display), display), rules[display]))
                except UserError as error:  # it was there a moment ago
                    tally.fail([str(error)])

    def _verdicts(self, urls: list[str]) -> dict[str, Verdict]:
        """The verdicts that are known from earlier and still good, and those of the web."""
        from sitecheck.cli import complain
        from sitecheck.links.store import LinkStore

        store = LinkStore(self._store_path, self._settings.digest(), self._max_age, complain)
        exclude = self._settings.exclude
        verdicts = store.known([url for url in urls if not any(pattern.search(url) for pattern in exclude)])
        left = [url for url in urls if url not in verdicts]
        if left:
            _ask(left, self._settings, store, verdicts)
        return verdicts


def _store_path(options: Options) -> str:
    if options.store:
        return options.store
    if options.no_cache:
        return ""
    from sitecheck.links.store import default_path

    return default_path()


def _places(tally: Tally, narrowing: Narrowing | None) -> dict[str, list[Place]]:
    """Where each link stands, of those that are to be asked for."""
    touches: Callable[[Place], bool] | None = None
    if narrowing is not None and narrowing.changes is not None:
        from sitecheck.changed import touching

        touches = touching(narrowing.changes.of, tally.source)
    places: dict[str, list[Place]] = {}
    for display, examined in tally.known.items():
        for link in examined.facts.web_links:
            place = _place(display, link)
            if touches is None or touches(place):
                places.setdefault(link.url, []).append(place)
    return places


def _place(display: str, link: WebLink) -> Place:
    return Place(display, link.start, link.end)


def _is_telling(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.is_telling


def _ask(urls: list[str], settings: Settings, store: LinkStore, verdicts: dict[str, Verdict]) -> None:
    """Ask the web, and note what it says as it comes, so that nothing is lost if the run is broken off."""
    check = _checker()
    from sitecheck.progress import Progress
    from sitecheck.terminal import width_of

    with Progress(len(urls), sys.stderr, width_of, of="links") as progress:

        def tell(verdict: Verdict, waiting_for: Callable[[], str]) -> None:
            verdicts[verdict.url] = store.judged(verdict)
            progress.step(waiting_for)

        try:
            check(urls, settings, tell)
        finally:
            store.flush()
    store.prune()


def _checker() -> Callable[[Iterable[str], Settings, Callable[[Verdict, Callable[[], str]], None]], None]:
    """The link checker, loaded.

    aiohttp reads the system's certificates when it is loaded, which takes as long as fifty links do. Ours are read when
    TLS is first spoken, so it is shown an empty file meanwhile.
    """
    name = "SSL_CERT_FILE"
    before = os.environ.get(name)
    os.environ[name] = os.devnull
    try:
        from sitecheck.links.checker import check
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
    return check


def failing(links: Iterable[CheckedLink], verdicts: Iterable[str]) -> bool:
    """Whether a link has a verdict that the user wants a run to fail on."""
    wanted = set(verdicts)
    return any(link.verdict.verdict in wanted for link in links)
