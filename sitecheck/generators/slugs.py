"""The anchors that headings get. Each generator has a rule of its own; a heading without letters differs most."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from unicodedata import category, normalize

from sitecheck.late import late

Rule = Callable[[str], str]
"""From the text of a heading, without mark-up, to its anchor."""

HEADING = late(
    r"^[ \t>]{0,20}(?:[*+-][ \t]{1,4})?(?:\#{1,6}[ \t]*(?P<atx>\S[^\r\n]*)|(?P<setext>\S[^\r\n]*)\r?\n"
    r"[ \t>]{0,20}(?:={1,200}|-{2,200}|~{3,200}|\^{3,200})[ \t]*(?=[\r\n]|\Z))"
    r"|<h[1-6](?:\s[^<>]{0,500})?>(?P<html>(?:[^<]|<(?!/h[1-6]))*)",
    re.MULTILINE | re.IGNORECASE,
)
ATTRIBUTES = late(r"[ \t]*\{:?[^{}]*\}[ \t]*$")
IMAGE = late(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?")
LINK = late(r"\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]|\{[^{}]*\})?")
TAG = late(r"</?[A-Za-z!][^<>]*>")
MARKS = late(r"[*`]|~~|(?<![\w])_+(?=\w)|(?<=\w)_+(?![\w])")
ESCAPE = late(r"\\([!-/:-@\[-`{-~])")
SHORTCODE = late(r":[a-z0-9_+-]{1,40}:")
MAX_TEXT = 200
"""characters of a heading that its anchor is made from: nobody links to a longer one"""


def of(text: str, rules: Iterable[Rule]) -> frozenset[str]:
    """The anchors of all headings of a page, by any of the rules."""
    texts = [[*readings(heading)] for heading in headings(text)]
    anchors: set[str] = set()
    for rule in rules:
        counts: dict[str, int] = {}
        for heading in texts:
            for slug in {rule(reading) for reading in heading}:
                number = counts.get(slug, 0)
                anchors.update((f"{slug}-{number}", f"{slug}_{number}") if number else (slug,))
                counts[slug] = number + 1
    return frozenset(anchors)


def headings(text: str) -> Iterator[str]:
    """Whatever a generator might take for a heading, as it is written."""
    for match in HEADING.finditer(text):
        yield (match["atx"] or match["setext"] or match["html"] or "")[:MAX_TEXT]


UNMARKED = late(r"[A-Za-z0-9][A-Za-z0-9 ,.;?!'/()]*")
"""No program reads it differently"""


def readings(written: str) -> Iterator[str]:
    """The text of a heading without its mark-up: more than one, where programs read it differently."""
    from html import unescape

    if UNMARKED.fullmatch(written):
        yield written.rstrip()
        return
    text = ATTRIBUTES.sub("", written.strip())
    yield text  # kramdown makes the anchor from the text as it is written
    text = ATTRIBUTES.sub("", text.rstrip("#").rstrip())
    plain = unescape(TAG.sub("", LINK.sub(r"\1", IMAGE.sub("", text))))
    plain = ESCAPE.sub(r"\1", MARKS.sub("", plain)).strip()
    yield plain
    for other in (SHORTCODE.sub("", plain), plain.replace("--", "\u2013"), LINK.sub(r"\1", text)):
        yield other
        yield other.strip()


def _is_word(character: str) -> bool:
    """As Ruby's `\\p{Word}` has it: letters, marks, decimal digits, connectors."""
    return character.isalnum() or category(character) in ("Mn", "Mc", "Me", "Pc")


def github(text: str) -> str:
    """GitHub, and kramdown reading GitHub's Markdown: punctuation goes, each space becomes a hyphen."""
    text = text.lower().replace("\t", " ")
    if text.isascii():
        return re.sub(r"[^\w -]", "", text).replace(" ", "-")
    return "".join(character for character in text if character in " -" or _is_word(character)).replace(" ", "-")


def gitlab(text: str) -> str:
    """As GitHub's, but several hyphens become one."""
    return re.sub(r"-+", "-", github(text))


def goldmark(text: str) -> str:
    """Hugo, as it comes: letters, digits, `_` and `-` stay, spaces become hyphens."""
    return re.sub(r"[^\w -]", "", text.strip().lower()).replace(" ", "-")


def goldmark_ascii(text: str) -> str:
    """Hugo with `autoHeadingIDType: github-ascii`."""
    return goldmark(_ascii(text))


def blackfriday(text: str) -> str:
    """Hugo before 0.60: everything between letters and digits becomes one hyphen."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def kramdown(text: str) -> str:
    """Jekyll with `input: kramdown`: ASCII only, from the first letter on."""
    slug = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", text)).replace(" ", "-").lower()
    return slug or "section"


def pandoc(text: str) -> str:
    """Pandoc, Quarto: `_`, `-` and `.` stay, from the first letter on."""
    kept = "".join(c for c in text.lower() if c in " -_." or c.isalnum() or category(c) in ("Mn", "Mc"))
    slug = "-".join(kept.split())
    while slug and not slug[0].isalpha():
        slug = slug[1:]
    return slug or "section"


def python_markdown(text: str) -> str:
    """MkDocs and Pelican, as they come: ASCII only, several hyphens become one."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", _ascii(text)).strip().lower())


def python_markdown_unicode(text: str) -> str:
    """MkDocs with `slugify: !!python/name:pymdownx.slugs.uslugify` and the like."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", normalize("NFC", text)).strip().lower())


def docutils(text: str) -> str:
    """Sphinx: ASCII letters and digits, hyphens between them, from the first letter on."""
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text).lower()).strip("-").lstrip("0123456789-")


def _ascii(text: str) -> str:
    return normalize("NFKD", text).encode("ascii", "ignore").decode()
