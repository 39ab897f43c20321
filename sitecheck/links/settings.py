"""What a run of the link checker may do, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from sitecheck import __version__

if TYPE_CHECKING:
    import re

USER_AGENT = f"Mozilla/5.0 (compatible; sitecheck/{__version__}; link checker)"
"""Some servers refuse whoever does not begin with the name of a browser."""

MIB = 1024 * 1024

SERVICES = {
    "github": "https://github.com",
    "github-api": "https://api.github.com",
    "gitlab": "https://gitlab.com",
    "bitbucket-api": "https://api.bitbucket.org",
    "codeberg": "https://codeberg.org",
    "huggingface": "https://huggingface.co",
    "doi": "https://doi.org",
    "arxiv-api": "https://export.arxiv.org",
}
"""Where forges and registries are asked, unless the user names another address."""


class Settings(NamedTuple):
    """The limits and wishes of one run. The README publishes the defaults."""

    concurrency: int = 512
    """requests at once, over all hosts"""
    per_host: int = 8
    """requests at once to one host; browsers open six connections, and other checkers ten"""
    host_interval: float = 0.05
    """seconds between two requests to one host, once its `host_burst` is used up"""
    host_burst: int = 30
    """requests that a host gets without a pause: fewer than a browser makes for one page"""
    timeout: float = 20.0
    """seconds for a link with all its redirects and retries, the time spent in queues left out"""
    retries: int = 2
    """times that a link is asked for again, after a reset, a timeout, a 429 or a 5xx"""
    patience: float = 60.0
    """seconds: the longest Retry-After that is obeyed"""
    redirects: int = 10
    """hops that are followed"""
    body: int = 2 * MIB
    """bytes of a page that are read, after decompression"""
    peek: int = 64 * 1024
    """bytes that are read of a reply whose content hardly matters"""
    max_time: float = 0.0
    """seconds for the whole run; 0: no limit"""
    accept: frozenset[int] = frozenset()
    """statuses that count as ok, whatever they say"""
    exclude: tuple[re.Pattern[str], ...] = ()
    """links that are not asked for: the patterns are searched in the address"""
    allow_private: bool = False
    """whether loopback, private and link-local addresses may be asked"""
    remap: tuple[tuple[re.Pattern[str], str, int], ...] = ()
    """hosts (the pattern matches the whole name) that are found at another address and, unless it is 0, port"""
    headers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """what each host is told beside the usual"""
    services: Mapping[str, str] = {}
    """addresses that take the place of those in `SERVICES`"""
    tokens: Mapping[str, str] = {}
    """secrets by service. They are sent to that service's own address, and nowhere else."""
    max_age: float = 24 * 3600.0
    """seconds for which a link that was ok is not asked for again"""
    user_agent: str = USER_AGENT

    def headers_of(self, host: str) -> tuple[tuple[str, str], ...]:
        return next((headers for name, headers in self.headers if name == host), ())

    def digest(self) -> str:
        """Of all that may change an answer: with another digest, what was answered is no answer."""
        from sitecheck.engine import content_digest

        said = (
            sorted(self.accept),
            self.allow_private,
            [(pattern.pattern, pattern.flags, address, port) for pattern, address, port in self.remap],
            sorted(self.headers),
            sorted({**SERVICES, **self.services}.items()),
        )
        return content_digest(repr(said).encode()).hex()

    def __repr__(self) -> str:
        """Without the tokens, which must not get into a log."""
        return f"Settings(concurrency={self.concurrency}, per_host={self.per_host}, timeout={self.timeout})"
