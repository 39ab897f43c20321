"""Addresses that stand in prose as they are, and how they are taken out of it."""

from __future__ import annotations

import re

from sitecheck.page import Link, Reading
from sitecheck.text import PLACEHOLDER, Piece, Text

BARE_URL = re.compile(
    r"""(?<![\w@/.-])(?:https?://|ftp://|www\.(?=\w))[^\s<>"'\ufffc，。；：！？、（）【】《》「」]+""", re.IGNORECASE
)
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


def without_urls(text: Text, reading: Reading) -> Text:
    """`text` with a placeholder for each bare URL, which becomes a link."""
    if "://" not in text.value and "www." not in text.value.lower():
        return text
    pieces: list[Piece] = []
    done = 0
    for match in BARE_URL.finditer(text.value):
        start, end = match.start(), match.start() + url_end(match[0])
        pieces += (None, done, start), (PLACEHOLDER, start, end)
        reading.links.append(Link("autolink", text[start:end], text[start:end]))
        done = end
    pieces.append((None, done, len(text.value)))
    return text.derive(pieces)
