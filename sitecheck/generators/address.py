"""Which addresses lead to a place in the same site, and what they say of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.facts import InwardLink
from sitecheck.late import late
from sitecheck.text import PLACEHOLDER

if TYPE_CHECKING:
    from sitecheck.page import Link, Page

ELSEWHERE = late(r"[ \t\r]*(?:['’]|[^/?#\n]*:|//|\\|www\.|[a-z]{0,2}https?(?:[^\w.-]|$))", re.IGNORECASE)
"""A scheme, or what is meant to be one, a host, a path of Windows"""
RELATIVE = late(rf"\n(?!{ELSEWHERE.pattern})([^\n]+)", re.IGNORECASE)
"""A line of `Page.addresses`"""
UNFINISHED = late(
    rf"[{PLACEHOLDER}{{}}<>$|\[\]\"`^*\\\n\t]|%(?![0-9A-F]{{2}})|%7B|%3C|&lt;|\s[0-9.]+[wx](?:,|\s*$)", re.IGNORECASE
)
"""What no path holds: a template is to fill it in, it is a set of pictures, or no address at all"""
BASE = late(r"<base\s[^<>]{0,99}href", re.IGNORECASE)
PLACEHOLDER_WORD = late(
    r"(?:to-?do|tb[ad]|xx+|none|null|nil|nan|undefined|n/?a|url|link|false|true|path|file"
    r"|coming[-_ ]?soon|\.{3,}|-+|_+)/?",
    re.IGNORECASE,
)
SUFFIX = late(r"\.([A-Za-z0-9]{1,11})$")
TEXT_FILES = frozenset(
    """bib c cff cfg cls cpp css csv go h hpp htm html ics ini ipynb java js json jsonl log lua m map markdown mat
    md mdx mjs php pot py qmd r rb rdf rmd rs rss rst sas scss sh shtml sql sty tex toml ts tsv txt vcf webmanifest
    xhtml xml xsl yaml yml""".split()  # noqa: SIM905  # a list of so many literals reads worse
)
BINARY_FILES = frozenset(
    """7z apng avi avif bmp bz2 dat doc docx dot epub eps exe flac gif gz ico jpeg jpg m4a m4v mkv mov mp3 mp4 mpeg
    mpg ods odp odt ogg ogv otf parquet pdf pkl png pps ppsx ppt pptx ps psd rar rds rtf svg svgz swf sxi tar tgz
    tif tiff ttf wasm wav webm webp wmv woff woff2 xls xlsx xz zip""".split()  # noqa: SIM905  # a list of so many literals reads worse
)
"""Pictures, documents and the like, though SVG and PostScript are texts too"""
FILES = TEXT_FILES | BINARY_FILES | {"asc", "asp", "aspx", "f90"}
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
    path = decoded(path.partition("?")[0]).strip()
    if PLACEHOLDER_WORD.fullmatch(path) or _is_host(path) or ELSEWHERE.match(path):
        return None
    return Address(path, decoded(fragment))


def relative_addresses(page: Page) -> tuple[str, ...]:
    """What a page may hold that leads into its own site, as it is written, each once."""
    return tuple(dict.fromkeys(RELATIVE.findall(page.addresses)))


def inward_links(page: Page) -> tuple[InwardLink, ...]:
    """The links of a page that lead into its own site. None where `<base>` moves them all."""
    if BASE.search(page.source.text):
        return ()
    return tuple(_inward(link) for link in page.links if link.url.value and not ELSEWHERE.match(link.url.value))


def _inward(link: Link) -> InwardLink:
    url = link.url
    length = len(url.value)
    start, end = url.span(0, length)
    hash_at = url.value.find("#")
    fragment = url.span(hash_at, length).start if hash_at >= 0 else end
    written = url.written(0, length) if PLACEHOLDER in url.value else url.value
    return InwardLink(link.kind, written, start, end, fragment, tuple(sorted(link.attributes)))


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
