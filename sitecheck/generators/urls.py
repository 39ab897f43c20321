"""The addresses that a site publishes, and the file that each comes from."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

TAILS = (".html", ".htm", ".php")


def canonical(url: str) -> str:
    """One form for all addresses by which a server gives the same page: without slashes around, index.html, .html."""
    url = (url if url.isascii() else normalize("NFC", url)).strip("/")
    for tail in TAILS:
        if url.endswith(tail):
            url = url[: -len(tail)]
            return "" if url == "index" else url.removesuffix("/index")
    return url


class Urls:
    """A set of addresses. Each folder that holds something is one of them."""

    def __init__(self, published: Iterable[tuple[str, str]]) -> None:
        self.sources: dict[str, str] = {}
        """for each address in canonical form, the path of its source; "" where that is a folder or not known"""
        folders: set[str] = set()
        for url, source in published:
            key = canonical(url)
            self.sources.setdefault(key, source)
            folder = key.rpartition("/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        self.folders = folders
        """those that hold something"""

    def find(self, url: str) -> str | None:
        """The source of an address, "" where there is none to read, None where the address is not among them."""
        key = canonical(url)
        if not key:
            return self.sources.get(key, "")
        source = self.sources.get(key)
        return source if source is not None else "" if key in self.folders else None


def joined(base: str, address: str) -> str | None:
    """An address read from a folder; None where it leads out of the site."""
    segments = [segment for segment in base.split("/") if segment]
    for segment in address.split("/"):
        if segment == "..":
            if not segments:
                return None
            segments.pop()
        elif segment not in ("", "."):
            segments.append(segment)
    return "/".join(segments)
