"""Citations in what a visitor reads: list items, paragraphs, lines, rows of tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sitecheck.citations import gate
from sitecheck.citations.citation import Citation, joined
from sitecheck.citations.cues import Found, parse
from sitecheck.citations.identifiers import identifiers
from sitecheck.citations.lines import split_lines
from sitecheck.citations.marks import LinkIndex, Mark, marks_of
from sitecheck.citations.names import NO_SIGN, is_name, name_share
from sitecheck.citations.stretch import ANY_YEAR, Place, trimmed
from sitecheck.citations.venue_place import venue_within
from sitecheck.citations.venues import is_venue
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
ITEM_START = re.compile(r"(?:\A|\n)[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|</?li\b|</?d[td]\b", re.IGNORECASE)
ROW_START = re.compile(r"</?tr\b", re.IGNORECASE)
MAX_GAP = 4_000
"""characters of source between two blocks of one citation: scripts and pictures may stand there"""
MAX_LENGTH = 3_000
DATED = re.compile(
    r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)|['’‘-]\d\d(?!\d)|[A-Z]\d\d(?!\d)|10\.\d{4}|rxiv|press|submitted|[\"“”]",
    re.IGNORECASE,
)
NAMED = re.compile(r"arxiv|doi\.org|10\.\d{4}/|openreview|aclanthology|ieeexplore|pubmed|ssrn|\.pdf", re.IGNORECASE)
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
    strict = gate.is_elsewhere(page.path)
    blocks = _blocks(page, taken)
    if strict and not any(
        block.kind == "heading" and gate.may_hold((block.text.value,), strict=True) for block in blocks
    ):
        return
    links = LinkIndex(page.links)
    for group in groups(blocks, page.source.text):
        if not gate.may_hold(group.section, strict=strict):
            continue
        text = joined(block.text for block in group.blocks)
        if len(text) < 20:
            continue
        for part in split_lines(text, group.shape):
            shape = "line" if len(part) < len(text) else group.shape
            citation = citation_of(part, shape, group.section, links)
            if citation is not None:
                yield citation


def citation_of(text: Text, shape: str, section: tuple[str, ...], links: LinkIndex) -> Citation | None:
    """The citation that a text is, if it is one."""
    if not 20 <= len(text) <= MAX_LENGTH:
        return None
    span = text.span(0, len(text))
    own = links.within(span.start - 60, span.end)
    own = [link for link in own if link.label is not None and link.label.begin[0] >= span.start]
    own += links.behind(span.end, text.root)
    if not (DATED.search(text.value) or any(NAMED.search(link.url.value) for link in own)):
        return None
    marks = marks_of(text, own)
    found = parse(text.value, marks)
    if "title" not in found.fields:
        if not gate.may_be_reference(text.value):
            return None
        found = _by_model(text.value, marks)
    if "title" not in found.fields:
        return None
    citation = Citation(shape, text, section)
    for name, (start, stop) in found.fields.items():
        setattr(citation, name, text[start:stop])
    citation.links = tuple(own)
    citation.identifiers = identifiers(own, text)
    return citation if gate.is_citation(citation, found) else None


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
    group: Group | None = None
    for block in blocks:
        if block.kind == "heading":
            while sections and sections[-1][0] >= block.level:
                sections.pop()
            sections.append((block.level, block.text.value.strip()))
            if group:
                yield group
            group = None
            continue
        if group is not None and _belongs(group, block, source):
            group.blocks.append(block)
            continue
        if group:
            yield group
        group = Group(SHAPES[block.kind], block, tuple(title for _, title in sections))
    if group:
        yield group


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
    if len(group.blocks) == 1:
        if NO_SIGN.search(first_line):
            return False
        if not ("," in first_line or " and " in first_line or len(first_line) < 40) or not _is_title_alone(group):
            return False
        return len(first_line) > 6 and name_share(first_line) >= 0.95 and (" " in first_line.strip())
    if len(group.blocks) >= 2 and len(group.blocks) < 5 and _is_title_alone(group):
        indented = re.search(r"\n([ \t]+)[-*+] ", gap)
        return bool(indented) or (group.shape == "paragraph" and "<" in gap and len(first_line) < 160
                                  and gate.reads_like_venue(first_line))  # fmt: skip
    return False


def _is_title_alone(group: Group) -> bool:
    text = group.blocks[0].text.value.strip()
    head = text.split("|", 1)[0]
    return "\n" not in text and 12 < len(text) < 300 and text.count(" ") >= 2 and name_share(head) < 0.5
