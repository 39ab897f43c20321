"""The links of a page that lead to the web, as they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from sitecheck.facts import WebLink
from sitecheck.readers.keys import UNSEEN
from sitecheck.text import PLACEHOLDER, Span

if TYPE_CHECKING:
    from sitecheck.page import Link, Page
    from sitecheck.text import Edit
    from sitecheck.verdict import Verdict

ADDRESS = re.compile(r"(?:https?:)?//[^/\s]", re.IGNORECASE)
TEMPLATES = ("{{", "{%", "{#", "<%", "${", PLACEHOLDER)
"""An address with one of these is completed by a program that builds the site."""

ESCAPED = re.compile(r"\\([_%&#$~{}])|\{\\([_%&#$~])\}")
"""characters of an address as BibTeX writes them"""

HINT = re.compile(r"rel\s*=\s*[\"']?\s*(?:preconnect|dns-prefetch)", re.IGNORECASE)
"""a tag that has a browser open a connection, and fetches nothing"""
PLAIN = re.compile(r"[A-Za-z0-9/:._~-]*")
LONGEST_TAG = 300
"""characters before an address in which its tag is looked for"""


def web_links(page: Page) -> tuple[WebLink, ...]:
    """Every place that links to the web, in order."""
    if "//" not in page.source.text:
        return ()
    position = page.source.position
    found = {
        (span.start, url): WebLink(url, position(span.start), position(span.end))
        for link in page.links
        if (url := asked_for(page, link)) and (span := _span(link))
    }
    return tuple(sorted(found.values(), key=lambda link: (link.start, link.url)))


def asked_for(page: Page, link: Link) -> str:
    """What a link asks the web for; empty where it does not, or the address is not complete."""
    url = link.url.value.strip()
    if not ADDRESS.match(url) or any(sign in url for sign in TEMPLATES) or UNSEEN.match(link.key):
        return ""
    if page.is_bibtex:
        url = ESCAPED.sub(r"\1\2", url)
    if "][" in url or "\n" in url or ("rel" in link.attributes and HINT.search(_tag(page, link))):
        return ""
    return url


def readdressed(link: Link, verdict: Verdict, target: str) -> Edit | None:
    """The edit that has a link lead to `target`, its fragment kept; None where that cannot be written there.

    What old and new address share at their ends is left alone, so that few characters have to fit into the format.
    """
    written = link.url.value
    if written.strip() != verdict.url:
        return None
    start = written.index(verdict.url)
    old = verdict.url if "#" in target else verdict.url.partition("#")[0]
    same = _shared(old, target)
    tail = min(_shared(old[::-1], target[::-1]), len(old) - same, len(target) - same)
    new = target[same : len(target) - tail]
    stop = start + len(old) - tail
    if start + same == stop:  # an edit replaces something
        same, new = same - 1, target[same - 1] + new
    edit = link.url.edit(start + same, stop, new)
    if edit is not None and edit.text != new and PLAIN.fullmatch(new):
        return edit._replace(text=new)  # in an address these need no escape, though they might in prose
    return edit


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def distinct(links: Iterable[Link], page: Page) -> Iterator[Link]:
    """The links, each place once: a label that is itself an address may be read twice."""
    seen = set()
    for link in links:
        key = (_span(link), asked_for(page, link))
        if key not in seen:
            seen.add(key)
            yield link


def _span(link: Link) -> Span:
    return link.url.span(0, len(link.url.value))


def _tag(page: Page, link: Link) -> str:
    """The source of the tag that an address stands in."""
    text, start = page.source.text, _span(link).start
    opening = text.rfind("<", max(0, start - LONGEST_TAG), start)
    closing = text.find(">", start, start + LONGEST_TAG)
    return text[opening:closing] if 0 <= opening < closing else ""
