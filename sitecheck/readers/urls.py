"""Addresses that stand in prose as they are, and how they are taken out of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from sitecheck.late import late
from sitecheck.page import Link, Reading
from sitecheck.text import PLACEHOLDER, Piece, Text

BARE_URL = late(
    r"""(?<![\w@/.-])(?:(?:https?|HTTPS?|ftp)://|(?:www|WWW)\.(?=\w))[^\s<>"'\ufffc，。；：！？、（）【】《》「」]+"""
)
CUTS = late(r"[<\[\]]")
TRAILING = ".,:;!?*_~|\\"
CLOSING = {")": "(", "]": "[", "}": "{"}


def url_end(url: str) -> int:
    """How much of `url` belongs to it: punctuation behind it does not, nor does a bracket that was not opened in it."""
    counts = {bracket: url.count(bracket) for bracket in "()[]{}"}
    end = len(url)
    while end:
        last = url[end - 1]
        if last in CLOSING and counts[last] > counts[CLOSING[last]]:
            counts[last] -= 1
        elif last not in TRAILING:
            break
        end -= 1
    return end


def _uncut(text: Text, start: int, url: str) -> str:
    """As much of `url`, which starts at `start`, as neither a tag nor a link cuts: they end an address."""
    for place in text.at[bisect_right(text.at, start) : bisect_left(text.at, start + len(url))]:
        if CUTS.search(text.hidden_before(place)):
            return url[: place - start]
    return url


def without_urls(text: Text, reading: Reading) -> Text:
    """`text` with a placeholder for each bare URL, which becomes a link."""
    if "://" not in text.value and "www." not in text.value.lower():
        return text
    pieces: list[Piece] = []
    done = 0
    for match in BARE_URL.finditer(text.value):
        start = match.start()
        end = start + url_end(_uncut(text, start, match[0]))
        pieces += (None, done, start), (PLACEHOLDER, start, end)
        reading.links.append(Link("autolink", text[start:end], text[start:end]))
        done = end
    pieces.append((None, done, len(text.value)))
    return text.derive(pieces)
