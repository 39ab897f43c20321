"""HTML: a linear tokenizer with positions, and what it shows to a visitor.

The tokenizer follows the states of the WHATWG standard that matter here: tags, attributes, comments, raw text. It
never looks back, so hostile input costs no more than other input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitecheck.late import late
from sitecheck.page import Anchor, Block, Link, Reading
from sitecheck.readers.front_matter import read_front_matter
from sitecheck.readers.templates import MASK, mask
from sitecheck.readers.urls import without_urls
from sitecheck.text import PLACEHOLDER, Layer, Piece, Text

TAG_NAME = late(r"</?([A-Za-z][^\s/>]*)")
ATTRIBUTE = late(
    r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)?))?""",
)
MARKUP = late(r"<(?=[A-Za-z/!?])")
BREAK = late(r"\A(?:<(?:br|p|div|li)(?:[\s/][^>]*)?>|\r\n?)\Z", re.IGNORECASE)
ENTITY = late(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
WHITE_SPACE = " \t\r\n\f"
SPECIAL = late(rf"{ENTITY.pattern}|{MASK}+|(?:\r\n?|\n)[ \t]*")

RAW_TEXT = frozenset(("script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"))
NOT_PROSE = frozenset(("code", "pre", "kbd", "samp", "svg", "math", "template", "tt"))
SKIPPED = RAW_TEXT | NOT_PROSE
KINDS = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "item", "dd": "item", "dt": "term", "td": "cell", "th": "cell", "caption": "caption", "figcaption": "caption",
}  # fmt: skip
BLOCKS = frozenset(
    """address article aside audio blockquote body button caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frame h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li main menu nav
    object ol optgroup option p section select summary table tbody td tfoot th thead title tr ul video""".split()  # noqa: SIM905  # a list of 60 literals reads worse
)
SHOWN_ATTRIBUTES = frozenset(("alt", "title", "placeholder", "aria-label", "label"))
URL_ATTRIBUTES = frozenset(("href", "src", "srcset", "poster", "cite", "action", "data"))
OWNERS = {"action": ("form",), "cite": ("blockquote", "q", "del", "ins"), "data": ("object",), "poster": ("video",)}
"""The elements of which such an attribute is an address; components of JSX give it other meanings."""
CANDIDATE = late(r"[^\s,]\S*[^\s,]|[^\s,]")
DESCRIPTOR = late(r"\s+[^,\s]+(?:\s*,|\s*$)|,?\s*")
"""Behind the address of a candidate in a `srcset`: its width or density."""
REFRESH = late(r"\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?+[\"']?+([^\"'\s]+)", re.IGNORECASE)
META_PROSE = late(r"description|title|keywords|author|site_name|abstract", re.IGNORECASE)


def decode(source: str) -> str:
    """Character references resolved as a browser does, but for those without a semicolon; <br> is a line break."""
    if "<" in source or "\r" in source:
        source = BREAK.sub("\n", source)
    if "&" not in source:
        return source
    from html import unescape

    return ENTITY.sub(lambda match: unescape(match[0]), source)


def encode(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;")


def encode_attribute(value: str) -> str:
    return encode(value).replace('"', "&quot;").replace("'", "&#39;").replace(">", "&gt;")


HTML = Layer("html", decode, encode)
ATTRIBUTE_VALUE = Layer("attribute", decode, encode_attribute)


class Attribute(NamedTuple):
    """One attribute of a tag; `start` and `end` are the value's, without its quotes."""

    name: str
    start: int
    end: int


class Tag(NamedTuple):
    """A start or end tag. `end` is behind its `>`."""

    name: str
    closing: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...]


class Href(NamedTuple):
    """The address of an <a> whose label is yet to come."""

    url: Text
    attributes: frozenset[str]
    end: int
    """of its start tag, where its label begins"""

    def link(self, label: Text) -> Link:
        return Link("href", self.url, label, self.attributes)


def tag_at(text: str, start: int) -> Tag | None:
    """The tag that starts at `start`, or None if the text ends before the tag does."""
    name = TAG_NAME.match(text, start)
    if name is None:
        return None
    attributes = []
    place = name.end()
    while match := ATTRIBUTE.match(text, place):
        group = match.lastindex or 1
        begin, end = match.span(group) if group > 1 else (match.end(), match.end())
        attributes.append(Attribute(match[1].lower(), begin, end))
        place = match.end()
    close = text.find(">", place)
    if close < 0:
        return None
    return Tag(name[1].lower(), text.startswith("</", start), start, close + 1, tuple(attributes))


def decoded(masked: str, start: int, end: int) -> list[Piece]:
    """The pieces of a stretch of character data: references resolved, white space around a line break left out."""
    data = masked[start:end]
    if not ("&" in data or "\n" in data or "\r" in data or MASK in data):
        return [(None, start, end)]
    if data.isspace():  # most often it is what stands between two tags
        place = max(data.find("\n"), data.find("\r"))
        return [("\n" if place >= 0 else None, start + max(place, 0), start + place + 1 if place >= 0 else end)]
    pieces: list[Piece] = []
    for match in SPECIAL.finditer(masked, start, end):
        kept = match.start()
        if match[0][0] not in "&" + MASK:
            kept = start + len(masked[start:kept].rstrip(" \t"))
        pieces.append((None, start, kept))
        pieces.append((_special(match[0]), match.start(), match.start() + len(match[0].rstrip(" \t"))))
        start = match.end()
    pieces.append((None, start, end))
    return pieces


def _special(written: str) -> str:
    if written[0] == MASK:
        return PLACEHOLDER
    return decode(written) if written[0] == "&" else "\n"


def read(text: Text, reading: Reading) -> None:
    """Read a page, with front matter or without."""
    body = read_front_matter(text, reading)

    def read_body() -> None:
        read_html(body, reading)

    reading.defer(read_body)


def read_html(text: Text, reading: Reading, *, masked: str | None = None, open_raw: str = "") -> str:
    """Read a document or a fragment into `reading`.

    `masked` is `text.value` with templates hidden. `open_raw` names the raw-text element (or `!--`, a comment) that an
    earlier fragment left open; the one that this fragment leaves open is returned, or "".
    """
    return _HtmlReader(text, reading, mask(text.value) if masked is None else masked).read(open_raw)


class _HtmlReader:
    def __init__(self, text: Text, reading: Reading, masked: str) -> None:
        self.text = text
        self.reading = reading
        self.masked = masked
        self.pieces: list[Piece] = []
        self.kinds: list[str] = []
        """the open elements that say what kind of block their text is"""
        self.links: list[tuple[Href, int]] = []
        """open links, and where their label begins in `pieces`"""
        self.unclosed: set[str] = set()
        """elements that are known to have no end tag from here on"""

    def read(self, open_raw: str) -> str:
        """Read all of it; what is left open at its end."""
        masked, place = self.masked, 0
        if open_raw:
            place = self._skip_raw(open_raw, 0)
        while 0 <= place < len(masked):
            match = MARKUP.search(masked, place)
            end = match.start() if match else len(masked)
            if place < end:
                self.pieces.extend(decoded(masked, place, end))
            if match is None:
                break
            place, open_raw = self._markup(end)
        self.flush()
        return open_raw if place < 0 else ""

    def _markup(self, start: int) -> tuple[int, str]:
        """Read the mark-up at `start`; where the text goes on, or -1 and what is left open."""
        if self.masked.startswith("<!--", start):
            return self._skip_raw("!--", start + 4), "!--"  # `<!-->` is read as an open comment: too rare to matter
        if self.masked.startswith(("<!", "<?"), start):
            return self.masked.find(">", start) + 1 or -1, ""
        tag = tag_at(self.masked, start)
        if tag is None:
            if TAG_NAME.match(self.masked, start):
                return -1, ""
            self.pieces.append((self.masked[start], start, start + 1))
            return start + 1, ""
        self.tag(tag)
        if tag.closing or tag.name not in SKIPPED or self.masked[tag.end - 2] == "/" or tag.name in self.unclosed:
            return tag.end, ""
        end = self._skip_raw(tag.name, tag.end)
        if tag.name in RAW_TEXT:
            return end, tag.name
        if end < 0:
            self.unclosed.add(tag.name)  # rather read too much than nothing of the rest
            return tag.end, ""
        self.pieces.append((PLACEHOLDER, tag.end, end))
        return end, ""

    def _skip_raw(self, name: str, start: int) -> int:
        """Behind the end of a raw-text element or comment, or -1 if it is not closed."""
        if name == "!--":
            end = self.masked.find("-->", start)
            return end + 3 if end >= 0 else -1
        close = re.compile(rf"</{re.escape(name)}(?=[\s/>])[^>]*>?", re.IGNORECASE).search(self.masked, start)
        return close.end() if close else -1

    def tag(self, tag: Tag) -> None:
        self.reading.structure.append(f"{'/' if tag.closing else ''}{tag.name}")
        if tag.name in BLOCKS:
            self.flush()
        if tag.name in KINDS:
            self._nest(tag)
        if tag.closing:
            if tag.name == "a":
                self._close_link()
            return
        href = read_attributes(tag, self.text, self.masked, self.reading)
        if tag.name == "br":
            self.pieces.append(("\n", tag.start, tag.end))
        elif tag.name == "img":
            self.pieces.append((PLACEHOLDER, tag.start, tag.end))
        elif href is not None:
            self._close_link()
            self.links.append((href, len(self.pieces)))

    def _nest(self, tag: Tag) -> None:
        if not tag.closing:
            if self.kinds and self.kinds[-1] == tag.name:  # </li> and its like may be left out
                self.kinds.pop()
            self.kinds.append(tag.name)
        elif tag.name in self.kinds[-16:]:  # a stray end tag closes nothing; a far one is not worth the search
            while self.kinds.pop() != tag.name:
                pass

    def _close_link(self) -> None:
        if self.links:
            href, first = self.links.pop()
            label = self.pieces[first:] or [("", href.end, href.end)]
            self.reading.links.append(href.link(self.text.derive(label, HTML)))

    def flush(self) -> None:
        """End the block: what was gathered becomes one, if there is anything to read in it."""
        while self.links:
            self._close_link()
        pieces, self.pieces = self.pieces, []
        if all(value == "\n" for value, _, _ in pieces):
            return
        block = trimmed(self.text.derive(pieces, HTML))
        if block is None:
            return
        element = self.kinds[-1] if self.kinds else ""
        level = int(element[1]) if KINDS.get(element) == "heading" else 0
        self.reading.blocks.append(
            Block(KINDS.get(element, "paragraph"), without_urls(block, self.reading), level=level)
        )


def trimmed(text: Text) -> Text | None:
    """Without white space at either end; None where only placeholders are left."""
    value = text.value  # `str.strip` would take U+0085 away, which may be a broken ellipsis
    if not value or value.replace(PLACEHOLDER, " ").isspace():
        return None
    start = len(value) - len(value.lstrip(WHITE_SPACE))
    stop = len(value.rstrip(WHITE_SPACE))
    return text if (start, stop) == (0, len(value)) else text[start:stop]


def read_attributes(tag: Tag, text: Text, masked: str, reading: Reading) -> Href | None:
    """Put what the attributes hold into `reading`: links, anchors, texts that are shown.

    The address of an <a> is returned: its label is yet to come.
    """
    href = None
    names = frozenset(attribute.name for attribute in tag.attributes)
    for attribute in tag.attributes:
        name = attribute.name
        reading.structure.append(f"@{name}")
        if name in ("id", "name") and (name == "id" or tag.name == "a"):
            reading.anchors.append(Anchor(name, _value(attribute, text, masked)))
        elif name == "href" and tag.name == "a":
            href = Href(_value(attribute, text, masked), names, tag.end) if _is_known(attribute, text) else None
        elif name in URL_ATTRIBUTES or (name == "content" and _is_refresh(tag, text)):
            if _is_known(attribute, text) and tag.name in OWNERS.get(name, (tag.name,)):
                kind = "refresh" if name == "content" else name
                for url in _addresses(kind, _value(attribute, text, masked)):
                    reading.links.append(Link(kind, url, None, names))
        elif name in SHOWN_ATTRIBUTES or (name == "content" and _is_prose_meta(tag, text)):
            value = trimmed(_value(attribute, text, masked))
            if value is not None:
                reading.blocks.append(Block("attribute", value, name=name))
    return href


def _value(attribute: Attribute, text: Text, masked: str) -> Text:
    return text.derive(decoded(masked, attribute.start, attribute.end), ATTRIBUTE_VALUE)


def _addresses(kind: str, value: Text) -> Iterator[Text]:
    """What an attribute holds: one address, the candidates of a `srcset`, or one behind a number of seconds."""
    if kind == "srcset":
        yield from (value[start:end] for start, end in _candidates(value.value))
    elif kind != "refresh":
        yield value
    elif match := REFRESH.match(value.value):
        yield value[match.start(1) : match.end(1)]


def _candidates(srcset: str) -> Iterator[tuple[int, int]]:
    place = 0
    while match := CANDIDATE.search(srcset, place):
        yield match.span()
        behind = DESCRIPTOR.match(srcset, match.end())
        place = behind.end() if behind else match.end()


def _is_refresh(tag: Tag, text: Text) -> bool:
    """Whether the tag is a <meta> that leads to another page."""
    return tag.name == "meta" and any(
        attribute.name == "http-equiv" and text.value[attribute.start : attribute.end].lower() == "refresh"
        for attribute in tag.attributes
    )


def _is_known(attribute: Attribute, text: Text) -> bool:
    """Whether an address is there: only `href` and `src` are one without a value, and an expression of JSX is none."""
    if attribute.start == attribute.end and attribute.name not in ("href", "src"):
        return False
    quoted = text.value[attribute.start - 1 : attribute.start] in ("'", '"')
    return quoted or not re.compile(r"\{(?![{%])").match(text.value, attribute.start)


def _is_prose_meta(tag: Tag, text: Text) -> bool:
    if tag.name != "meta":
        return False
    return any(
        META_PROSE.search(text.value, attribute.start, attribute.end)
        for attribute in tag.attributes
        if attribute.name in ("name", "property", "itemprop")
    )
