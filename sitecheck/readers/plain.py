"""reStructuredText, Org and plain text: paragraphs and URLs, no knowledge of the mark-up.

What stands in backquotes is code in all of them by custom, and character references are read as such: nobody shows
`&eacute;` on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck.page import Block, Reading
from sitecheck.readers.html import HTML, decoded, trimmed
from sitecheck.readers.templates import MASK
from sitecheck.readers.urls import without_urls
from sitecheck.text import Text

BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*")
CODE = re.compile(r"(`{1,3})(?=[^`\s])[^`\n]{1,300}\1")


def read(text: Text, reading: Reading) -> None:
    reading.defer(lambda: _read_paragraphs(text, reading))


def _read_paragraphs(text: Text, reading: Reading) -> None:
    value = text.value
    masked = CODE.sub(lambda match: MASK * len(match[0]), value) if "`" in value else value
    for start, end in _paragraphs(value):
        block = trimmed(text.derive(decoded(masked, start, end), HTML))
        if block is not None:
            reading.structure.append("paragraph")
            reading.blocks.append(Block("paragraph", without_urls(block, reading)))


def _paragraphs(value: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in BLANK_LINE.finditer(value):
        yield start, match.start()
        start = match.end()
    yield start, len(value)
