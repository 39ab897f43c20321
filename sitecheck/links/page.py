"""What a fetched page says: its anchors, its title, and where it sends its visitors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

MOST_TAGS = 30_000
"""A page is read up to so many tags, as each takes half a kilobyte of memory."""

REFRESH = re.compile(r"\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
SOONEST = 10
"""seconds: a page that sends its visitors on later is meant to be read"""

APPLICATIONS = re.compile(
    rb"<app-root|ng-version=|data-reactroot|data-server-rendered|__next_data__|id=[\"']?(?:root|app|__next|__nuxt|svelte"
    rb"|___gatsby)[\"'\s>]|react-app|data-turbo|enable javascript|javascript is (?:required|disabled)"
    rb"|requires? javascript|window\.__initial_state__|type=[\"']?module[\"'\s>]|ytinitialdata|data-n-head",
    re.IGNORECASE,
)
"""What pages hold that a script builds, or changes a good deal"""

BARE = 400
"""characters: a page with scripts that shows less than that without them is built by them"""

NOT_FOUND = re.compile(
    r"\b404\b|\b(?:page|file|not|nicht|non|no) (?:not )?(?:found|gefunden|trouvée?|encontrada)\b", re.I
)


class PageFacts(NamedTuple):
    """All that is kept of a page."""

    anchors: frozenset[str] = frozenset()
    title: str = ""
    refresh: str = ""
    """where the page sends its visitors at once; empty if it does not"""
    complete: bool = True
    """whether all anchors are known: the page was read to its end, and no script adds any"""

    @property
    def looks_missing(self) -> bool:
        """Whether the title says that there is nothing."""
        return NOT_FOUND.search(self.title) is not None


def read_page(body: bytes, charset: str | None = None, *, whole: bool = True) -> PageFacts:
    """Read a page of HTML, in whatever state. `whole` says whether `body` is all of it."""
    from bs4 import BeautifulSoup

    start, whole = _bounded(body, whole)
    soup = BeautifulSoup(start, "lxml", from_encoding=charset)
    anchors: set[str] = set()
    for element in soup.find_all(True):
        anchors.update(str(element[name]) for name in ("id", "name") if element.get(name))
    title = soup.title.get_text(" ", strip=True)[:200] if soup.title else ""
    shown = sum(
        len(text.strip()) for text in soup.find_all(string=True) if text.parent and text.parent.name != "script"
    )
    built = APPLICATIONS.search(start) is not None or (shown < BARE and b"<script" in start.lower())
    refresh = next((found for meta in soup.find_all("meta") if (found := _refresh(meta.attrs))), "")
    return PageFacts(frozenset(anchors), title, refresh, whole and not built)


def _bounded(body: bytes, whole: bool) -> tuple[bytes, bool]:
    tags = body.count(b"<")
    if tags <= MOST_TAGS:
        return body, whole
    end = -1
    for _ in range(MOST_TAGS):
        end = body.find(b"<", end + 1)
    return body[:end], False


def _refresh(attributes: Mapping[str, object]) -> str:
    if str(attributes.get("http-equiv", "")).lower() != "refresh":
        return ""
    match = REFRESH.match(str(attributes.get("content", ""))[:4000])
    return match[2].strip() if match and int(match[1]) <= SOONEST else ""


def has_anchor(page: PageFacts, fragment: str) -> bool | None:
    """Whether a fragment leads somewhere on the page; None where that cannot be known."""
    from urllib.parse import unquote

    for wanted in (fragment, unquote(fragment)):
        if wanted in page.anchors or f"user-content-{wanted}" in page.anchors:
            return True
    return False if page.complete else None


TEXT_DIRECTIVE = ":~:"
FREE = re.compile(r"top|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines-\d+.*|page=.*|[!/].*|.*[=&].*", re.IGNORECASE)
"""Fragments without a target on the page: the top, lines of code, pages of a PDF, routes of an application"""


def target(fragment: str) -> str:
    """The anchor that a fragment needs on its page; empty where it needs none."""
    name = fragment.partition(TEXT_DIRECTIVE)[0]
    return "" if FREE.fullmatch(name) else name
