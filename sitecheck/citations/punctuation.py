"""Punctuation in which an entry differs from its page's own custom, and what Google Scholar doubles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.citations.names import has_et_al, people
from sitecheck.citations.venues import acronym_of
from sitecheck.late import late
from sitecheck.text import Edit, Span, Text

ENOUGH = 4
MAJORITY = 2 / 3
DOUBLED = late(r"\b[A-Z][\w-]{1,14}\s{1,9}((?:19|20)\d\d)\s?[-–]\s?(?=\1\s)")
WRONG = (
    (late(r"(?<=[\w.]),\s{0,2}(,)(?=\s)"), "", "a comma is doubled"),
    (late(r"\bet(\.)\s{1,3}al\b"), "", "'et' is no abbreviation and has no period"),
    (late(r"\bpp\.\s{0,3}(pp\.\s{0,3})(?=\d)"), "", "'pp.' is doubled"),
    (late(r"\bvol\.\s{0,3}(vol\.\s{0,3})(?=\d)", re.IGNORECASE), "", "'vol.' is doubled"),
    (late(r"(?<=[a-z,.)] )(?:19|20)\d\d\.()(?=In\s[A-Z])"), " ", "a space is missing before 'In'"),
)
"""What no page means: (pattern, what to write for its group, what is wrong)."""
LAST_AND = late(r"(?:,?\s{1,9}(?:and|&|und|et|y|e|en|og|och)\s{1,9}|\s{0,9}&\s{0,9})[^,;]{3,60}$")
SEPARATOR = late(r"([.,])\s{1,9}")
BETWEEN = late(r"[.,]\s{0,9}$")
OPENING = late(r"[\[*_]$|<(?:a|i|b|em|strong|span|cite)\b[^<>]*>$", re.IGNORECASE)
QUOTES = "\"“„«'‘"


class PunctuationSlip(NamedTuple):
    """A place where punctuation is wrong, and what to write there."""

    span: Span
    message: str
    edits: tuple[Edit | None, ...]
    title: str


def punctuation_slips(citations: Sequence[Citation]) -> Iterator[PunctuationSlip]:
    """All slips of a page."""
    prose = [each for each in citations if each.shape not in ("bibtex", "data", "paper")]
    for citation in prose:
        yield from _doubled(citation)
        yield from _wrong(citation.text)
    yield from _separators(prose)
    yield from _ends_of_names(prose)


def _doubled(citation: Citation) -> Iterator[PunctuationSlip]:
    text = citation.text
    for match in DOUBLED.finditer(text.value):
        edit = text.edit(match.start(), match.end(), "")
        message = f"the year is doubled: '{match[0]}{match[1]}', as Google Scholar writes it"
        yield PunctuationSlip(
            text.span(match.start(), match.end() + 4), message, (edit,), f"remove '{match[0].strip()}'"
        )


def _wrong(text: Text) -> Iterator[PunctuationSlip]:
    for pattern, new, message in WRONG:
        for match in pattern.finditer(text.value):
            if match[0] not in text.root[slice(*text.span(*match.span()))]:
                continue  # tags stand in between: something is to be filled in
            edit = text.edit(*match.span(1), new)
            title = "write a space" if new else f"remove '{match[1].strip()}'"
            yield PunctuationSlip(text.span(*match.span()), message, (edit,), title)


def _separators(citations: Sequence[Citation]) -> Iterator[PunctuationSlip]:
    """`AAAI. 2021` where the page writes `AAAI, 2021`. Only between a venue's acronym and the year: no other place is
    as sure to be one and the same in all entries."""
    found = [each for each in map(_separator, citations) if each]
    counts = Counter(sign for _, _, sign in found)
    if counts[","] < ENOUGH or counts[","] < MAJORITY * len(found):
        return
    for text, place, sign in found:
        if sign == ".":
            edit = text.edit(place, place + 1, ",")
            message = f"a period before the year, where {counts[',']} of {len(found)} entries have a comma"
            yield PunctuationSlip(text.span(place, place + 1), message, (edit,), "write a comma")


def _separator(citation: Citation) -> tuple[Text, int, str] | None:
    """The text, the place and the sign between an acronym and the year behind it."""
    text, venue, year = citation.text, citation.venue, citation.year
    if venue is None or year is None or acronym_of(venue.value) is None:
        return None
    place = text.value.find(venue.value) + len(venue.value)
    match = SEPARATOR.match(text.value, place)
    return (text, place, match[1]) if match and text.value.startswith(year.value, match.end()) else None


class Names(NamedTuple):
    """The end of a list of authors in front of a quoted title."""

    text: Text
    last: int
    """where the last author begins"""
    end: int
    """behind the last author"""
    joined: bool
    """whether "and" stands before the last one"""
    sign: str
    """what stands between the last one and the title"""


def _ends_of_names(citations: Sequence[Citation]) -> Iterator[PunctuationSlip]:
    """A missing "and", and a comma before the title where the page has a period."""
    found = [each for each in map(_names, citations) if each]
    joined = sum(each.joined for each in found)
    periods = sum(each.sign == "." for each in found)
    total = len(found)
    for each in found:
        edits: list[Edit | None] = []
        faults = []
        if not each.joined and joined >= ENOUGH and joined >= MAJORITY * total:
            faults.append("'and' is missing before the last author")
            edits.append(each.text.edit(each.last, each.last, "and "))
        if each.sign == "," and periods >= ENOUGH and periods >= MAJORITY * total:
            faults.append(f"a comma before the title, where {periods} of {total} entries have a period")
            edits.append(each.text.edit(each.end, each.end + 1, "."))
        if faults:
            yield PunctuationSlip(
                each.text.span(each.end if len(edits) == 1 and each.joined else each.last, each.end + 1),
                ", and ".join(faults),
                tuple(edits),
                "write it as the other entries do",
            )


def _names(citation: Citation) -> Names | None:
    """Of at least two authors before a title that is in quotation marks, linked, bold or italic."""
    text, authors, title = citation.text, citation.authors, citation.title
    if authors is None or title is None or has_et_al(authors.value):
        return None
    start = text.value.find(authors.value)
    title_start = text.value.find(title.value)
    names = people(authors.value)
    if start < 0 or title_start < start or len(names) < 2:
        return None
    quoted = text.value[title_start - 1 : title_start] in QUOTES
    if not quoted and not _is_set_apart(text, title_start):
        return None
    between = text.value[start : title_start - quoted].rstrip()
    end = start + len(between) - 1
    if not BETWEEN.search(between) or end <= start + names[-1].start:
        return None
    whole = between[:-1]
    return Names(text, start + names[-1].start, end, bool(LAST_AND.search(whole)), between[-1])


def _is_set_apart(text: Text, start: int) -> bool:
    """Whether mark-up stands before a title, so that no name can have been taken for a part of it."""
    before = text.root[text.span(start - 1, start).end : text.span(start, start + 1).start]
    return bool(OPENING.search(before))
