"""What the front matter of a page says of where it is published, read without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sitecheck.facts import Setting
from sitecheck.late import late
from sitecheck.readers.front_matter import split

if TYPE_CHECKING:
    from sitecheck.page import Page

KEYS = frozenset(
    """aliases category categories date draft headless layout permalink published redirect_from slug target
    title type url""".split()  # noqa: SIM905  # a list of so many literals reads worse
)
ENTRY = late(
    r"""^(?P<mark>:?)["']?(?P<key>[A-Za-z_]{1,20})["']?[ \t]{0,9}[:=](?:[ \t]+|(?=["'\[\r\n]))(?P<value>[^\r\n]{0,2000})
    |   ^[ \t]{0,9}(?:-[ \t]+(?P<item>[^\r\n]{1,500})|(?P<quoted>["'][^\r\n]{1,500}))""",
    re.MULTILINE | re.VERBOSE,
)
FIELD = late(
    r"^:?(?P<key>slug|save_as|url|title|date|status|category)[ \t]{0,9}:[ \t]{0,9}(?P<value>\S[^\r\n]*)", re.I | re.M
)
"""Pelican's: lines before the first blank one, in Markdown and in reStructuredText"""
MAX_HEADER = 3000
"""characters in which Pelican's fields are looked for"""


def publishing_keys(page: Page) -> tuple[Setting, ...]:
    """The keys of a page's front matter that decide where it is published; a list gives one pair for each item."""
    text = page.source.text
    found = split(text)
    if not found.language:
        header = text[:MAX_HEADER].lstrip("\ufeff\n\r ").replace("\r\n", "\n").partition("\n\n")[0]
        return tuple(Setting(match["key"].lower(), _scalar(match["value"])) for match in FIELD.finditer(header))
    pairs = []
    key = ""
    for match in ENTRY.finditer(text, found.start, found.end):
        if match["key"]:
            key = match["key"].lower()
        if key not in KEYS:
            continue
        written = match["value"] if match["key"] else match["item"] or match["quoted"]
        pairs += [Setting(key, value) for value in _values(written)]
    return tuple(pairs)


def _values(written: str) -> list[str]:
    written = written.strip()
    if not written.startswith("["):
        value = _scalar(written)
        return [value] if value else []
    return [value for item in written.strip("[], \t").split(",") if (value := _scalar(item))]


def _scalar(written: str) -> str:
    """A value without its quotes and the comment behind it."""
    written = written.strip().rstrip(",").strip()
    if written[:1] in ("'", '"'):
        end = written.find(written[0], 1)
        return written[1:end] if end > 0 else written[1:]
    return re.split(r"[ \t]#", written, maxsplit=1)[0].strip()


def values(front: Iterable[Setting], *keys: str) -> list[str]:
    """What a page's front matter says under some keys."""
    return [value for key, value in front if key in keys]
