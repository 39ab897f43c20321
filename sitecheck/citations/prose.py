"""Citations in what a visitor reads: list items, paragraphs, lines, rows of tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sitecheck.citations import gate
from sitecheck.citations.citation import Citation, joined
from sitecheck.citations.cues import Found, parse
from sitecheck.citations.lines import split_lines
from sitecheck.citations.marks import WRITTEN, LinkIndex, Mark, marks_of
from sitecheck.citations.names import NO_SIGN, is_name, name_share
from sitecheck.citations.stretch import ANY_YEAR, Place, trimmed
from sitecheck.citations.venue_place import venue_within
from sitecheck.citations.venues import is_venue
from sitecheck.late import late
from sitecheck.page import Block, Page
from sitecheck.text import Span, Text

SHAPES = {
    "item": "item",
    "cell": "row",
    "paragraph": "paragraph",
    "value": "paragraph",
    "term": "item",
    "caption": "paragraph",
}
LAST_LEVEL = 7
"""of a paragraph that is a heading: below all others"""
TITLE_LEVEL = 3
"""From which level on a heading may be the title of a paper."""
MAX_VENUE = 160
"""characters of a line that is the venue"""
INDENTED_ITEM = late(r"\n([ \t]+)[-*+] ")
ITEM_START = late(r"(?:\A|\n)[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|</?li\b|</?d[td]\b", re.IGNORECASE)
ROW_START = late(r"</?tr\b", re.IGNORECASE)
MAX_GAP = 4_000
"""characters of source between two blocks of one citation: scripts and pictures may stand there"""
MIN_LENGTH = 20
MAX_LENGTH = 3_000
REFERRING = late(r"\[\d{1,3}\]|19\d\d[A-Za-z]?\s?[),.]|20\d\d[A-Za-z]?\s?[),.]")
"""What a page has on which references stand."""
DATED = late(
    r"\d(?:(?<=(?<!\d)1)9[5-9]\d(?!\d)|(?<=(?<!\d)2)0[0-4]\d(?!\d)|(?<=['’‘A-Za-z-]\d)\d(?!\d)|(?<=1)0\.\d{4})"
)
"""A year, or a number. Digits are found fast, so all that is asked of their neighbours is asked behind the first."""
DATED_WORDS = ("rxiv", "press", "submitted")
NAMED = late(r"arxiv|doi\.org|10\.\d{4}/|openreview|aclanthology|ieeexplore|pubmed|ssrn|\.pdf", re.IGNORECASE)
"""A text without a date, a quoted title or a link to a publication is no citation, or one that tells nothing."""


class Group:
    """Blocks that may be one citation, or several lines of them."""

    __slots__ = ("blocks", "section", "shape")

    def __init__(self, shape: str, block: Block, section: tuple[str, ...]) -> None:
        self.shape = shape
        self.blocks = [block]
        self.section = section


def citations(page: Page, taken: Sequence[Span]) -> Iterator[Citation]:
    """Those in running text, outside of the spans that are taken."""
    if gate.is_elsewhere(page.path) and not REFERRING.search(page.source.text):
        return
    links = LinkIndex(page.links, WRITTEN.get(page.path[-4:].lower(), ()))
    section: tuple[str, ...] | None = None
    held = gate.NOTHING
    for group in groups(_blocks(page, taken), page.source.text):
        if group.section is not section:
            section = group.section
            held = gate.held(section, page.path)
        if held == gate.NOTHING:
            continue
        text = joined(block.text for block in group.blocks)
        if len(text.value) < MIN_LENGTH:
            continue
        for part in split_lines(text, group.shape):
            shape = "line" if len(part) < len(text) else group.shape
            citation = citation_of(part, shape, section, links, only_references=held == gate.REFERENCES_ONLY)
            if citation is not None:
                yield citation


def citation_of(
    text: Text, shape: str, section: tuple[str, ...], links: LinkIndex, *, only_references: bool = False
) -> Citation | None:
    """The citation that a text is, if it is one."""
    value = text.value
    if not MIN_LENGTH <= len(value) <= MAX_LENGTH:
        return None
    span = text.span(0, len(value))
    own = links.of(span, text.root)
    if not (_is_dated(value) or any(NAMED.search(link.url.value) for link in own)):
        return None
    marks = marks_of(text, own, links.written)
    found = parse(value, marks)
    if "title" not in found.fields:
        if not gate.may_be_reference(value):
            return None
        found = _by_model(value, marks)
        if "title" not in found.fields:
            return None
    citation = Citation(shape, text, section)
    citation.places = found.fields
    citation.links = tuple(own)
    if not gate.is_citation(citation, found) or (only_references and not gate.is_reference(citation, found)):
        return None
    return citation


def _is_dated(value: str) -> bool:
    """Whether a text has a date, a word for what is not out yet, or a quotation."""
    if '"' in value or "“" in value or "”" in value or DATED.search(value):
        return True
    low = value.lower()
    return any(word in low for word in DATED_WORDS)


def _by_model(value: str, marks: Sequence[Mark]) -> Found:
    """What the statistical parser makes of a reference that has no cues."""
    from sitecheck.citations.model import parse as guess

    places = {name: trimmed(value, *place) for name, place in guess(value).items()}
    if "title" in places:
        places |= _without_own_name(value, places, marks)
    if "venue" not in places and "year" in places and is_venue(value[slice(*places["year"])]):
        places["venue"] = places["year"]  # `(ICML 2026)`
    if "venue" in places and (inner := venue_within(value, *places["venue"])):
        places["venue"] = inner
    if "year" in places and (year := ANY_YEAR.search(value, *places["year"])):
        places["year"] = year.span(1)
    return Found({name: place for name, place in places.items() if place[1] > place[0]}, "model")


def _without_own_name(value: str, places: dict[str, Place], marks: Sequence[Mark]) -> dict[str, Place]:
    """Title and authors, where the last author was taken for the title's beginning: one's own name is often bold."""
    start, stop = places["title"]
    for mark in marks:
        opens = mark.kind == "strong" and start <= mark.start <= start + 2 and mark.stop < stop
        if opens and is_name(value[mark.start : mark.stop]) and "authors" in places:
            return {"title": trimmed(value, mark.stop, stop), "authors": (places["authors"][0], mark.stop)}
    return {}


def _blocks(page: Page, taken: Sequence[Span]) -> list[Block]:
    """What may be a citation or a heading above it, in the order of the source."""
    taken = sorted(taken)
    starts = [span.start for span in taken]
    kept = []
    for block in page.blocks:
        if (block.kind == "heading" or block.kind in SHAPES) and not block.text.value.startswith(
            "Your browser does not"
        ):
            start = block.text.begin[0]
            k = bisect_right(starts, start) - 1
            if not (k >= 0 and start < taken[k].end) and not (block.kind == "value" and len(block.text) < 60):
                kept.append(block)
    kept.sort(key=lambda block: block.text.begin[0])
    return kept


def groups(blocks: Sequence[Block], source: str) -> Iterator[Group]:
    """Blocks that belong together: those of one item, of one row, a title and the names under it."""
    sections: list[tuple[int, str]] = []
    section: tuple[str, ...] = ()
    group: Group | None = None
    for k, block in enumerate(blocks):
        level = block.level if block.kind == "heading" else LAST_LEVEL if gate.is_heading(block.text.value) else 0
        if level >= TITLE_LEVEL and block.kind == "heading" and _is_title_of_entry(blocks[k : k + 3]):
            if group:
                yield group
            group = Group("paragraph", block, section)
            continue
        if level:
            while sections and sections[-1][0] >= level:
                sections.pop()
            sections.append((level, block.text.value.strip()))
            section = tuple(title for _, title in sections)
            if group:
                yield group
            group = None
            continue
        if group is not None and _belongs(group, block, source):
            group.blocks.append(block)
            continue
        if group:
            yield group
        group = Group(SHAPES[block.kind], block, section)
    if group:
        yield group


def _is_title_of_entry(blocks: Sequence[Block]) -> bool:
    """Whether the first of these blocks is a heading above names, a venue and a year: a card, the title of a paper."""
    title = blocks[0].text.value.strip()
    if len(blocks) < 2 or blocks[1].kind not in SHAPES or title.count(" ") < 2 or name_share(title) > 0.5:
        return False
    names, _, rest = blocks[1].text.value.partition("\n")
    if not ("," in names or " and " in names) or name_share(names) < 0.95:
        return False
    if not rest and len(blocks) > 2 and blocks[2].kind in SHAPES:
        rest = blocks[2].text.value
    first = rest.strip().split("\n", 1)[0]
    return len(first) < MAX_VENUE and bool(ANY_YEAR.search(first)) and any(map(str.isalpha, first))


def _belongs(group: Group, block: Block, source: str) -> bool:
    """Whether a block goes on with the citation that the group is."""
    last = group.blocks[-1]
    gap = source[last.text.end[-1] : block.text.begin[0]]
    if len(gap) > MAX_GAP:
        return False
    if block.kind == last.kind == "cell":
        return not (ROW_START.search(gap) if "<" in gap else "\n" in gap)
    if group.shape == "item" and not ITEM_START.search(gap):
        return "</ul" not in gap and "</ol" not in gap and (block.kind == "item" or "\n\n" not in gap)
    if "<p" in gap and "</p" in gap and group.shape == "paragraph" and not _is_title_alone(group):
        return False
    return _goes_on(group, block, gap)


def _goes_on(group: Group, block: Block, gap: str) -> bool:
    """A title that stands alone, then the names, then the venue, each in a block of its own."""
    first_line = block.text.value.split("\n", 1)[0]
    last = group.blocks[-1]
    if len(group.blocks) == 1:
        if NO_SIGN.search(first_line) or first_line.startswith("*"):
            return False  # a heading, in Org
        if not ("," in first_line or " and " in first_line or len(first_line) < 40) or not _is_title_alone(group):
            return False
        return len(first_line) > 6 and name_share(first_line) >= 0.95 and (" " in first_line.strip())
    if len(group.blocks) >= 2 and len(group.blocks) < 5 and _is_title_alone(group):
        if group.blocks[0].kind == "heading" and len(group.blocks) == 2 and "\n" not in last.text.value.strip():
            return len(first_line) < MAX_VENUE and bool(ANY_YEAR.search(first_line))
        return bool(INDENTED_ITEM.search(gap)) or (group.shape == "paragraph" and "<" in gap
                                  and len(first_line) < MAX_VENUE and gate.reads_like_venue(first_line))  # fmt: skip
    return False


def _is_title_alone(group: Group) -> bool:
    text = group.blocks[0].text.value.strip()
    head = text.split("|", 1)[0]
    return "\n" not in text and 12 < len(text) < 300 and text.count(" ") >= 2 and name_share(head) < 0.5
