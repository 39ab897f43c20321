"""Which addresses lead to a place in the same site, and what they say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.text import PLACEHOLDER

if TYPE_CHECKING:
    from sitecheck.page import Page

ELSEWHERE = re.compile(r"\s*(?:['’]|[^/?#]*:|//|\\|www\.)", re.IGNORECASE)
"""A scheme (or what is meant to be one), a host, a path of Windows"""
UNFINISHED = re.compile(rf"[{PLACEHOLDER}{{}}<>$|\[\]\"`^*\n\t]|%7B|%3C|&lt;", re.IGNORECASE)
"""What no path holds: a template is to fill it in, or it is no address at all"""
PLACEHOLDER_WORD = re.compile(
    r"(?:to-?do|tb[ad]|xx+|none|null|nil|nan|undefined|n/?a|url|link|false|true|path|file|\.{3,}|-+|_+)/?", re.IGNORECASE
)
SUFFIX = re.compile(r"\.([A-Za-z0-9]{1,11})$")
FILES = frozenset(
    """7z apng asc asp aspx avi avif bib bmp bz2 c cff cfg cls cpp css csv dat doc docx dot epub eps exe f90 flac gif
    go gz h hpp htm html ico ics ini ipynb java jpeg jpg js json jsonl log lua m m4a m4v map markdown mat md mdx mjs
    mkv mov mp3 mp4 mpeg mpg ods odp odt ogg ogv otf parquet pdf php pkl png pot pps ppsx ppt pptx ps psd py
    qmd r rar rb rdf rds rmd rs rss rst rtf sas scss sh shtml sql sty svg svgz swf sxi tar tex tgz tif tiff toml ts tsv
    ttf txt vcf wasm wav webm webmanifest webp wmv woff woff2 xhtml xls xlsx xml xsl xz yaml yml zip""".split()  # noqa: SIM905  # a list of 120 literals reads worse
)
"""What comes after the last dot of a file's name on the web, and of no host's"""


class Address(NamedTuple):
    """A place in the same site, percent-encoding undone."""

    path: str
    """"" where it is a place on the page itself; from the root where it starts with `/`"""
    fragment: str
    """behind the `#`"""


def within_site(written: str) -> Address | None:
    """What a relative address says, or None where it leads elsewhere, or is a placeholder or malformed."""
    written = written.strip()
    if not written or ELSEWHERE.match(written) or UNFINISHED.search(written):
        return None
    path, _, fragment = written.partition("#")
    path = decoded(path.partition("?")[0])
    if PLACEHOLDER_WORD.fullmatch(path) or _is_host(path):
        return None
    return Address(path, decoded(fragment))


def relative_addresses(page: Page) -> tuple[str, ...]:
    """What a page may hold that leads into its own site, as it is written, each once."""
    return tuple(dict.fromkeys(each for each in _addresses(page) if not ELSEWHERE.match(each)))


def _addresses(page: Page) -> list[str]:
    return [link.url.written(0, len(link.url.value)) for link in page.links if link.url.value]


def decoded(part: str) -> str:
    """A part of an address without percent-encoding."""
    if "%" not in part:
        return part
    from urllib.parse import unquote

    return unquote(part)


def suffix(path: str) -> str:
    """What tells the kind of a file, in lower case, without its dot; "" where the last segment is no file's name."""
    match = SUFFIX.search(path)
    found = match[1].lower() if match else ""
    return found if found in FILES else ""


def _is_host(path: str) -> bool:
    """Whether it starts as hosts and mail addresses do: `us-rse.org`, `me@example.org`."""
    first = path.partition("/")[0]
    if "@" in first or "," in first:
        return True
    return SUFFIX.search(first) is not None and not suffix(first) and first[0] != "."
