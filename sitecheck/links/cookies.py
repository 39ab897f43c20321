"""The cookies of one walk along redirects. Some hosts set one and send the visitor on to see whether it comes back."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from yarl import URL

MOST = 50
"""cookies of one walk"""


class Cookies:
    """Names and values by the domain that they go to; forgotten with the walk."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def learn(self, url: URL, lines: Iterable[str]) -> None:
        """Keep what a host sets for itself, or for the domain that it belongs to."""
        for line in lines:
            try:
                morsels = SimpleCookie(line[:4096]).values()
            except CookieError:
                continue
            for morsel in morsels:
                host = url.raw_host or ""
                domain = morsel["domain"].lstrip(".").lower()
                shared = "." in domain and host.endswith(f".{domain}")
                if domain and not shared and domain != host:
                    continue
                if len(self._kept) < MOST:
                    key = (domain or host, morsel.key)
                    self._kept[key] = (morsel.coded_value, bool(domain), bool(morsel["secure"]))

    def header(self, url: URL) -> str:
        """What the `Cookie` header of a request says; empty where there is nothing to say."""
        if not self._kept:
            return ""
        host = url.raw_host or ""
        return "; ".join(
            f"{name}={value}"
            for (domain, name), (value, shared, secure) in self._kept.items()
            if (host == domain or (shared and host.endswith(f".{domain}"))) and (url.scheme == "https" or not secure)
        )
