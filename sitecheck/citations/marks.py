"""What is bold, italic, quoted or linked in a text: read from what is hidden between its segments."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.late import late
from sitecheck.page import Link
from sitecheck.text import Span, Text

MARK = late(r"<(/?)(b|strong|em|i|cite|q|h[1-6]|u|span|papertitle)(?=[\s>/])[^<>]*>|(\*{1,3}|_{1,3})", re.IGNORECASE)
KINDS = {"b": "strong", "strong": "strong", "papertitle": "strong", "em": "em", "i": "em", "cite": "em", "q": "quote",
         **{f"h{level}": "strong" for level in range(1, 7)}}  # fmt: skip
TITLE_CLASS = late(r"""class\s{0,3}=\s{0,3}["']?[\w -]{0,40}title""", re.IGNORECASE)
BEFORE = 400
"""characters before a text in which the marks that open it are looked for"""
OPENING = late(r"(?:<[^<>]{0,200}>|[*_\[\s])+$")
GOES_ON = late(
    r"(?:<(?!/?(?:li|p|tr|td|ul|ol|div|h\d|br|hr|dd|dt|table)\b)[^<>\n]{0,400}>|[ \t.,;|\[\]()\n](?!\n)){0,40}", re.I
)
"""What may stand between a text and a link that belongs to it: no tag of a block, no blank line."""
QUOTE = late(
    r'["“„«‘\'](?:(?<=["“„«])([^"“”„«»\n\ufffc]{8,400})["”“»]'
    r"|(?<=“)([^\"“”„«»\n\ufffc]{8,200}\n(?!\n)[^\"“”„«»\n\ufffc]{2,200})”"
    r"|(?<=‘)([^‘’\n\ufffc]{15,400})’(?!\w)"
    r"|(?<!\w')(?<=')'?([^'\n\ufffc]{15,400})''(?!\w)"
    r"|(?<![\w']')(?<=')([A-Z\d][^'\n\ufffc]{14,300}(?:(?<=\w)'(?=\w)[^'\n\ufffc]{1,300}){0,3})(?<=[\w,.?!)])'(?![\w']))"
)
"""The signs that open a quotation come first, as these are found fast: the rest is read where one stands."""

_ORG = (
    ("em", late(r"(?<![^\s(\[])/(?=[^\s/])([^\ufffc]{3,300}?)(?<=[^\s/])/(?=[\s.,;:)\]]|\Z)")),
    ("strong", late(r"(?<![^\s(\[])\*(?=[^\s*])([^*\ufffc]{3,300}?)(?<=\S)\*(?=[\s.,;:)\]]|\Z)")),
    ("link", late(r"\[\[[^\[\]\n]{0,400}\]\[([^\[\]]{3,300})\]\]")),
)
_RST = (
    ("strong", late(r"(?<!\S)\*\*(?=[^\s*])([^*]{3,300})\*\*(?=[\s.,;:)]|\Z)")),
    ("em", late(r"(?<![^\s(])\*(?=[^\s*])([^*]{3,300})\*(?=[\s.,;:)]|\Z)")),
    ("link", late(r"(?<![`\w])`([^`<>]{3,300}?)\s{1,9}<[^`<>]{0,400}>`_")),
)
WRITTEN = {".org": _ORG, ".rst": _RST}
"""Mark-up that the texts of some formats still have in them, by the ends of their names."""


class Mark(NamedTuple):
    """A stretch of a text that is set apart: `strong`, `em`, `quote` or `link`."""

    kind: str
    start: int
    stop: int


def place_of(text: Text, offset: int) -> int:
    """Where in the value the source's character `offset` stands, or would stand."""
    k = bisect_right(text.begin, offset) - 1
    if k < 0:
        return 0
    tail = text.at[k + 1] if k + 1 < len(text.at) else len(text.value)
    if text.end[k] - text.begin[k] == tail - text.at[k]:
        return min(text.at[k] + offset - text.begin[k], tail)
    return text.at[k] if offset < text.end[k] else tail


def marks_of(text: Text, links: Sequence[Link], written: Sequence[tuple[str, re.Pattern[str]]] = ()) -> list[Mark]:
    """All marks of a text by their places. `links` are those whose labels stand in it; `written` as in WRITTEN."""
    found = list(_hidden_marks(text))
    for kind, pattern in written:
        found.extend(Mark(kind, *match.span(1)) for match in pattern.finditer(text.value))
    for link in links:
        if link.label is not None and link.label.value:
            start = place_of(text, link.label.begin[0])
            found.append(Mark("link", start, place_of(text, link.label.end[-1])))
    found.extend([Mark("quote", *match.span(match.lastindex or 0)) for match in QUOTE.finditer(text.value)])
    found.sort(key=_start)
    return found


def _start(mark: Mark) -> int:
    return mark.start


def _hidden_marks(text: Text) -> Iterator[Mark]:
    """What is hidden before, between and behind the segments opens and closes marks."""
    opened: dict[str, int] = {}
    for place, hidden in _hidden(text):
        for kind, closing in _toggles(hidden, opened):
            if kind in opened and closing is not False:
                start = opened.pop(kind)
                if start < place:
                    yield Mark(kind, start, place)
            elif closing is not True:
                opened[kind] = place
    for kind, start in opened.items():  # closed behind the last character
        if start < len(text):
            yield Mark(kind, start, len(text))


def _hidden(text: Text) -> Iterator[tuple[int, str]]:
    """(place in the value, what the source has there that is not shown)."""
    before = text.root[max(0, text.begin[0] - BEFORE) : text.begin[0]]
    if opening := OPENING.search(before[before.rfind("\n") + 1 :]):
        yield 0, opening[0]
    for k in range(len(text.at) - 1):
        low, high = text.begin[k], text.end[k]
        if high - low > 3 and high - low != text.at[k + 1] - text.at[k]:  # a break between blocks stands for their tags
            yield text.at[k], text.root[low:high]
        if text.begin[k + 1] > high:
            yield text.at[k + 1], text.root[high : text.begin[k + 1]]


def _toggles(hidden: str, opened: dict[str, int]) -> Iterator[tuple[str, bool | None]]:
    """(kind of mark, whether it closes; None where the sign alone does not tell)."""
    for match in MARK.finditer(hidden) if "<" in hidden or "*" in hidden or "_" in hidden else ():
        if match[3]:
            for kind, wanted in (("em", 1), ("strong", 2)):
                if len(match[3]) & wanted:
                    yield f"{kind}", None
            continue
        name = match[2].lower()
        if name == "span":
            if match[1]:
                if "title" in opened:
                    yield "title", True
            elif TITLE_CLASS.search(match[0]):
                yield "title", False
        elif name in KINDS:
            yield KINDS[name], bool(match[1])


class LinkIndex:
    """The links of a page by the place of their labels."""

    def __init__(self, links: Sequence[Link], written: Sequence[tuple[str, re.Pattern[str]]] = ()) -> None:
        self.written = written
        """how the page's texts write mark-up themselves"""
        placed = [(link.label.begin[0], k, link) for k, link in enumerate(links) if link.label is not None]
        placed.sort()
        self.links = [link for _, _, link in placed]
        self.starts = [start for start, _, _ in placed]

    def of(self, span: Span, source: str) -> list[Link]:
        """Those of a text that stands at `span`: in it, and behind it without words of their own."""
        low, high = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        own = self.links[low:high]
        if high < len(self.starts):
            own.extend(self.behind(span.end, source))
        return own

    def within(self, start: int, end: int) -> list[Link]:
        """Those whose labels begin between two places of the source."""
        return self.links[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def behind(self, end: int, source: str) -> Iterator[Link]:
        """Those that go on where a text ends, and show an icon or a picture in place of words."""
        for k in range(bisect_left(self.starts, end), len(self.links)):
            link = self.links[k]
            if link.label is None or link.label.value.strip() or not GOES_ON.fullmatch(source, end, self.starts[k]):
                return
            yield link
            end = link.label.end[-1]
