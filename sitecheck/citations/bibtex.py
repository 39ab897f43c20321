"""Entries of BibTeX that are broken: where ours stumbles, pybtex is asked, and has the last word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitecheck.late import late
from sitecheck.page import Page
from sitecheck.readers.bibtex import ENTRY, KEY, fields
from sitecheck.readers.front_matter import split
from sitecheck.text import Span, Text

END = late(r"[\s,]*[})]")
NO_ENTRY = frozenset(("comment", "preamble", "string"))
MAX_ENTRY = 200_000
"""characters of an entry that pybtex is asked about: it takes quadratic time for some"""


class BrokenEntry(NamedTuple):
    """An entry that cannot be read to its end."""

    span: Span
    """its type and key"""
    key: str
    reason: str


def broken_entries(page: Page) -> Iterator[BrokenEntry]:
    """Those that no parser accepts. What stands between entries is a comment in BibTeX, and no fault."""
    value = page.source.text
    text = Text.whole(value)
    starts = list(ENTRY.finditer(value, split(value).body))
    for k, match in enumerate(starts):
        limit = starts[k + 1].start() if k + 1 < len(starts) else len(value)
        if match[1].lower() in NO_ENTRY or limit - match.start() > MAX_ENTRY:
            continue
        key = KEY.match(value, match.end(), limit)
        if _is_whole(value, key.end() if key else match.end(), limit):
            continue
        reason = _why_rejected(value[match.start() : limit])
        if reason:
            end = key.end(1) if key else match.end()
            yield BrokenEntry(
                text.span(match.start() + len(match[0]) - len(match[0].lstrip()), end), key[1] if key else "", reason
            )


def _is_whole(value: str, place: int, limit: int) -> bool:
    """Whether the entry's fields follow each other to its closing brace."""
    last = None
    for label, _, end, enclosed in fields(value, place, limit):
        comma_lacks = label is not last and "," not in value[place : label.start(1)]
        if comma_lacks or (enclosed and end >= limit):
            return False
        last = label
        place = end + enclosed
    return END.match(value, place, limit) is not None


def _why_rejected(entry: str) -> str:
    """What pybtex says of an entry that it rejects, else ""."""
    from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro  # type: ignore[import-untyped]  # has none
    from pybtex.exceptions import PybtexError  # type: ignore[import-untyped]  # has none

    try:
        for _ in LowLevelParser(entry):
            pass
    except UndefinedMacro:
        return ""
    except PybtexError as error:
        message = str(error)
        if "entry key expected" in message:
            return ""  # others accept an entry without a key
        if "premature end of file" in message:
            return "it is never closed"
        return re.sub(r"^syntax error in line \d+: ", "", message)
    return ""
