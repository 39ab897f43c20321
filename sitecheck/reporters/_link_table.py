"""What the web said of the links, in few lines: how many of each verdict, and the hosts that gave no clear answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sitecheck.counting import counted
from sitecheck.reporters._screen import DIM, Screen
from sitecheck.verdict import BLOCKED, SKIPPED, TRANSIENT, VERDICTS

if TYPE_CHECKING:
    from sitecheck.online import CheckedLink

BY_HOST = (BLOCKED, TRANSIENT, SKIPPED)
"""What rules say nothing of, so that it would go unseen"""
MOST_HOSTS = 10
"""hosts that are shown of a verdict"""


def link_table(links: Iterable[CheckedLink], screen: Screen) -> Iterator[str]:
    """A line for all verdicts, then one for each host of those that became no finding."""
    verdicts = [link.verdict for link in links]
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[name]} {name}" for name in VERDICTS if counts[name])
    yield f"{counted(len(verdicts), 'link')} on the web: {said}"
    for name in BY_HOST:
        hosts = Counter(_host(verdict.url) for verdict in verdicts if verdict.verdict == name)
        reasons = {_host(verdict.url): verdict.reason for verdict in verdicts if verdict.verdict == name}
        for host, count in hosts.most_common(MOST_HOSTS):
            line = f"{name:>11} {count:>4}  {host}: {reasons[host]}"
            yield screen.paint(screen.text(line), DIM)
        if len(hosts) > MOST_HOSTS:
            yield screen.paint(f"{name:>11}       and {counted(len(hosts) - MOST_HOSTS, 'more host')}", DIM)
    yield ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url[:60]
    except ValueError:
        return url[:60]
