"""Markdown, by way of pyromark's events: CommonMark with tables, footnotes, math, strikethrough, definition lists.

kramdown and Goldmark differ from CommonMark in places. Where a site's generator would see mark-up and CommonMark sees
code (indented HTML), the mark-up is read; attribute lists, divs and shortcodes are hidden by `templates`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Any

from sitecheck.late import late
from sitecheck.page import Anchor, Block, Link, Reading
from sitecheck.readers import html
from sitecheck.readers.front_matter import read_front_matter
from sitecheck.readers.templates import MASK, mask, unmasked
from sitecheck.readers.urls import BARE_URL, without_urls
from sitecheck.text import PLACEHOLDER, Layer, Piece, Text

ESCAPE = late(r"\\([!-/:-@\[-`{-~])")
ESCAPED = late(f"{ESCAPE.pattern}|{html.ENTITY.pattern}")
HARD_BREAK = late(r"\A(?: {2,}|\\)?(?:\r\n?|\n)")
ATTRIBUTE_ID = late(r"\{:?[ \t]{0,9}(?:\.[\w-]{1,40}[ \t]{1,9}){0,5}#([\w:.-]+)")
MARKDOWN_INSIDE = late(r"""<[A-Za-z][^<>]*\smarkdown\s*=\s*["']?(?:1|block|span)\b[^<>]*>[ \t]*\n?""")
"""A tag whose content kramdown reads as Markdown, without a blank line before it."""
LONE_SURROGATE = late("[\ud800-\udfff]")
TABLE_ROW = late(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?$", re.MULTILINE)
DESTINATION = late(r"\[?\]\([ \t\r\n]*(?:<([^<>\n]*)>|([^\s]*))")
TITLE = late(r"""[ \t\r\n]+(?:"([^"]*)"|'([^']*)'|\(([^()]*)\))[ \t\r\n]*\)$""")
DEFINITION = late(r"^[ \t>]{0,12}\[((?:[^\[\]\\\n]|\\.){1,300})\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)

MAX_CELLS = 50_000
"""Of one text. CommonMark adds the cells that short rows lack, so a page of 17 KB can claim half a million."""

KINDS = {"Paragraph": "paragraph", "Heading": "heading", "Item": "item", "TableCell": "cell",
         "DefinitionListTitle": "term", "DefinitionListDefinition": "item"}  # fmt: skip
INLINE = frozenset(("Emphasis", "Strong", "Strikethrough", "Subscript", "Superscript", "Link", "Image"))


def decode(source: str) -> str:
    """Backslash escapes and character references of running text resolved, hard breaks made plain ones."""
    if "\n" in source or "\r" in source:
        source = HARD_BREAK.sub("\n", source)
    if "\\" not in source:
        return html.decode(source)
    parts = ESCAPE.split(source)
    return "".join(part if k % 2 else html.decode(part) for k, part in enumerate(parts))


def encode(value: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|$~&{}#])", r"\\\1", value)


MARKDOWN = Layer("markdown", decode, encode)


def read(text: Text, reading: Reading, *, mdx: bool = False) -> None:
    """Read a page, with front matter or without."""
    body = read_front_matter(text, reading)
    reading.defer(lambda: read_markdown(body, reading, mdx=mdx))


def read_markdown(text: Text, reading: Reading, *, mdx: bool = False) -> None:
    """Read Markdown from anywhere, such as the value of a key."""
    _MarkdownReader(text, reading, mask(text.value, mdx=mdx)).read()


def _parse(value: str) -> Any:
    """pyromark's events for `value`, whose offsets count bytes of UTF-8."""
    from pyromark import Options, events_with_range

    options = (
        Options.ENABLE_FOOTNOTES | Options.ENABLE_MATH | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
        | Options.ENABLE_DEFINITION_LIST
    )  # fmt: skip
    columns = max((row[0].count("|") for row in TABLE_ROW.finditer(value)), default=0)
    if columns * value.count("\n") <= MAX_CELLS:
        options |= Options.ENABLE_TABLES
    return events_with_range(value, options=options)


STARTS = bytes(0 if 0x80 <= byte < 0xC0 else 1 for byte in range(256))
"""For each byte of UTF-8, whether it starts a character."""


def _offsets(value: str) -> Sequence[int]:
    """For each byte offset of `value` in UTF-8, the offset in code points."""
    if value.isascii():
        return range(len(value) + 1)
    return [0, *accumulate(value.encode().translate(STARTS))]


class _MarkdownReader:
    def __init__(self, text: Text, reading: Reading, masked: str) -> None:
        self.text = text
        self.reading = reading
        self.masked = LONE_SURROGATE.sub("\ufdd1", masked)
        self.pieces: list[Piece] = []
        self.blocks: list[tuple[str, int]] = []
        """open blocks: kind, level"""
        self.links: list[tuple[dict[str, Any], int, int, str]] = []
        """open links: pyromark's data, start, where their label begins in `pieces`, `Link` or `Image`"""
        self.anchors: list[tuple[html.Href, int]] = []
        """open <a href>, and where its label begins in `pieces`"""
        self.hidden = ""
        """the raw-text element, comment or inline code element that is open; what it holds is not shown"""
        self.html: list[Piece] | None = None
        """the HTML block that is being gathered"""
        self.literal: list[tuple[int, int]] = []
        """code and formulas, in order"""
        self.code = ""
        """`Indented` or `Fenced`, in a code block"""

    def read(self) -> None:
        self._read_blocks()
        self._definitions()
        if "{" in self.text.value:
            self._attribute_lists()

    def _read_blocks(self) -> None:
        offsets = _offsets(self.masked)
        for event, place in _parse(self.masked):
            start, end = offsets[place["start"]], offsets[place["end"]]
            if isinstance(event, str):
                self._mark(event, start, end)
                continue
            ((name, data),) = event.items()
            if name == "Start":
                self._start(data, start, end)
            elif name == "End":
                self._end(data if isinstance(data, str) else next(iter(data)), start, end)
            else:
                getattr(self, f"_{name.lower()}", self._placeholder)(data, start, end)
        self._flush()

    def _attribute_lists(self) -> None:
        for match in ATTRIBUTE_ID.finditer(self.text.value):
            low, high = match.span(1)
            if not self._literal_around(low):
                self.reading.anchors.append(Anchor("attribute-list", self.text[low:high]))

    def _literal_around(self, place: int) -> str:
        """The source of the code or formula that holds a place; "" where none does."""
        k = bisect_right(self.literal, place, key=itemgetter(0))
        low, high = self.literal[k - 1] if k else (0, 0)
        return self.masked[low:high] if place < high else ""

    # Blocks

    def _start(self, data: Any, start: int, end: int) -> None:
        name = data if isinstance(data, str) else next(iter(data))
        if name in ("Link", "Image"):
            self.links.append((data[name], start, len(self.pieces), name))
            return
        if name in INLINE:
            return
        self._flush()
        self.reading.structure.append(name)
        level = int(data["Heading"]["level"][1:]) if name == "Heading" else 0
        kind = KINDS.get(name, "")
        if name == "Paragraph" and self.blocks and self.blocks[-1][0] == "item":
            kind = "item"
        self.blocks.append((kind, level))
        if name == "HtmlBlock":
            self.html = []
        elif name == "CodeBlock":
            self.code = "Indented" if data["CodeBlock"] == "Indented" else "Fenced"
            self.literal.append((start, end))
            if self.code == "Indented" and self.text.value[start:end].lstrip().startswith("<"):
                self.html = []

    def _end(self, name: str, start: int, end: int) -> None:
        if name in ("Link", "Image"):
            self._close_link(end)
        elif name not in INLINE:
            if name in ("HtmlBlock", "CodeBlock") and self.html is not None:
                self._html_block(self.html)
            if name in ("HtmlBlock", "CodeBlock"):
                self.html, self.code = None, ""
            self._flush()
            self.blocks.pop()

    def _flush(self) -> None:
        """End the block: what was gathered becomes one, if there is anything to read in it."""
        pieces, self.pieces = self.pieces, []
        self.links.clear()
        self._close_anchors(pieces)
        if self.hidden not in html.RAW_TEXT and self.hidden != "!--":
            self.hidden = ""  # <code> that is left open ends with its block
        kind, level = self.blocks[-1] if self.blocks else ("", 0)
        block = html.trimmed(self.text.derive(pieces, MARKDOWN)) if pieces else None
        if block is not None:
            self.reading.blocks.append(Block(kind or "paragraph", without_urls(block, self.reading), level=level))

    def _html_block(self, pieces: list[Piece]) -> None:
        fragment = self.text.derive(pieces)
        masked = Text.whole(self.masked).derive([(self.masked[low:high], low, high) for _, low, high in pieces]).value
        inner = MARKDOWN_INSIDE.search(masked) if "markdown" in masked and not self.hidden else None
        if inner is None:
            self.hidden = html.read_html(fragment, self.reading, masked=masked, open_raw=self.hidden)
            return
        html.read_html(fragment[: inner.end()], self.reading, masked=masked[: inner.end()])
        reader = _MarkdownReader(fragment[inner.end() :], self.reading, masked[inner.end() :])
        reader._read_blocks()
        self.hidden = reader.hidden

    # Runs of text

    def _text(self, data: str, start: int, end: int) -> None:
        if self.html is not None:
            self.html.append((None, start, end))
        elif self.code:
            return
        elif self.hidden:
            if self.hidden == "!--" and "-->" in data:
                self.hidden = ""
        elif len(data) == end - start:
            if MASK in data:
                self.pieces.extend(unmasked(self.masked, start, end))
            else:
                self.pieces.append((None, start, end))
        else:  # pyromark gives &#134; as a control character, where HTML says †
            self.pieces.append((html.decode(self.masked[start:end]), start, end))

    def _mark(self, event: str, start: int, end: int) -> None:
        if event in ("SoftBreak", "HardBreak") and not self.hidden:
            newline = max(self.masked.rfind("\n", start, end), self.masked.rfind("\r", start, end))
            if event == "SoftBreak" and newline >= 0:
                start = newline
            self.pieces.append(("\n", start, end))

    def _placeholder(self, _data: object, start: int, end: int) -> None:
        self.literal.append((start, end))
        if not self.hidden:
            self.pieces.append((PLACEHOLDER, start, end))

    # HTML

    def _html(self, _data: str, start: int, end: int) -> None:
        if self.html is not None:
            self.html.append((None, start, end))

    def _inlinehtml(self, _data: str, start: int, end: int) -> None:
        tag = html.tag_at(self.masked, start)
        if tag is None:
            if self.masked.startswith("<!--", start) and not self.masked.endswith("-->", start, end):
                self.hidden = self.hidden or "!--"
        elif self.hidden:
            if tag.closing and tag.name == self.hidden:
                self.hidden = ""
        else:
            self._tag(tag)

    def _tag(self, tag: html.Tag) -> None:
        self.reading.structure.append(f"{'/' if tag.closing else ''}{tag.name}")
        if tag.closing:
            if tag.name == "a":
                self._close_anchors(self.pieces)
            return
        href = html.read_attributes(tag, self.text, self.masked, self.reading)
        if href is not None:
            self._close_anchors(self.pieces)
            self.anchors.append((href, len(self.pieces)))
        if tag.name in ("br", "p", "div", "li"):
            self.pieces.append(("\n", tag.start, tag.end))
        elif tag.name == "img" or tag.name in html.SKIPPED:
            self.pieces.append((PLACEHOLDER, tag.start, tag.end))
        if tag.name in html.SKIPPED and self.masked[tag.end - 2] != "/":
            self.hidden = tag.name

    def _close_anchors(self, pieces: list[Piece]) -> None:
        for href, first in self.anchors:
            label = pieces[first:] or [("", href.end, href.end)]
            self.reading.links.append(href.link(self.text.derive(label, MARKDOWN)))
        self.anchors.clear()

    # Links

    def _close_link(self, end: int) -> None:
        if not self.links:
            return
        data, start, first, name = self.links.pop()
        behind = self.pieces[-1][2] if len(self.pieces) > first else start + (2 if name == "Image" else 1)
        label = self.text.derive(self.pieces[first:] or [("", behind, behind)], MARKDOWN)
        url = self._address(data, start, behind, end)
        kind = "image" if name == "Image" else "autolink" if data["link_type"] in ("Autolink", "Email") else "link"
        if url is not None:
            self.reading.links.append(Link(kind, url, label if name == "Link" else None))
        if name == "Image":
            alt = html.trimmed(label)
            if alt is not None:
                self.reading.blocks.append(Block("attribute", alt, name="alt"))
        if name == "Image" or BARE_URL.match(label.value):
            self.pieces[first:] = [(PLACEHOLDER, start, end)]

    def _address(self, data: dict[str, Any], start: int, behind: int, end: int) -> Text | None:
        """The address of a link as it is written, or None where a definition holds it."""
        if data["link_type"] in ("Autolink", "Email"):
            return self.text[start + 1 : end - 1]
        if data["link_type"] != "Inline":
            return None
        match = DESTINATION.search(self.masked, behind, end)
        if match is None:
            return None
        low, high = match.span(1) if match[1] is not None else match.span(2)
        if data["title"] and (title := TITLE.search(self.masked, low, end)):
            high = min(high, title.start()) if match[1] is None else high
            self._title(*title.span(title.lastindex or 1))
        elif match[1] is None:
            high = min(high, end - 1)
        return self._unescaped(low, high)

    def _unescaped(self, start: int, end: int) -> Text:
        """The text of an address or a title, whose escapes pyromark gives no ranges for."""
        pieces: list[Piece] = []
        for match in ESCAPED.finditer(self.masked, start, end):
            pieces.extend(unmasked(self.masked, start, match.start()))
            pieces.append((decode(match[0]), match.start(), match.end()))
            start = match.end()
        pieces.extend(unmasked(self.masked, start, end))
        return self.text.derive(pieces, MARKDOWN)

    def _title(self, start: int, end: int) -> None:
        title = html.trimmed(self._unescaped(start, end))
        if title is not None:
            self.reading.blocks.append(Block("attribute", title, name="title"))

    def _definitions(self) -> None:
        if "]:" not in self.masked:
            return
        for match in DEFINITION.finditer(self.masked):
            fenced = self._literal_around(match.start(1)).startswith(("`", "~"))  # what is indented may be a list's
            if not match[1].startswith("^") and not fenced:
                low, high = match.span(2) if match[2] is not None else match.span(3)
                self.reading.links.append(Link("definition", self._unescaped(low, high)))
