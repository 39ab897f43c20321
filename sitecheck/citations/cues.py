"""The parts of a citation, from its mark-up and its punctuation: the title is linked, bold, quoted, ..."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sitecheck.citations.author_place import AUTHOR_RUN, IN_BRACKETS, find_authors
from sitecheck.citations.marks import Mark
from sitecheck.citations.names import SENTENCE_DOT, name_share
from sitecheck.citations.number_place import find_numbers
from sitecheck.citations.stretch import (
    APA_YEAR,
    BARE_YEAR,
    COLON_TAG,
    GONE,
    SHORT_NAME,
    TAG,
    TRIM,
    Place,
    hide,
    lines_of,
    start_of,
    trimmed,
)
from sitecheck.citations.venue_place import find_venue
from sitecheck.citations.venues import is_venue
from sitecheck.late import late

LINK_WORDS = (
    r"(?:pre-?print|pdf|paper|code|codes|data|datasets?|slides?|video|talk|poster|project(?: page)?|page|website"
    r"|web|bib(?:tex)?|doi|"
    r"arxiv|arXiv|abs(?:tract)?|demo|github|git|repo(?:sitory)?|supp(?:l(?:ement(?:ary|al)?)?)?(?: materials?)?"
    r"|appendix|link|html|url|"
    r"open ?access|full ?text|journal|publisher|springer|ieee(?: xplore)?|acm(?: dl)?|openreview|blog(?: post)?"
    r"|press|cite|download|"
    r"software|tool|media|news|poster|presentation|recording|youtube|thread|tweet|tl;?dr|review|materials?"
    r"|extended version|long version|"
    r"short version|full version|models?|weights|colab|hal|ssrn|ps|ps\.gz|eprint|online|here|more|oral|spotlight"
    r"|code coming soon|coming soon)"
)
ONLY_LABEL = late(rf"[\W_]*{LINK_WORDS}(?:[\W_]+{LINK_WORDS}){{0,3}}[\W_]*$", re.IGNORECASE)
BRACKETED_LABEL = late(rf"[\[(]{{1,2}}\s{{0,9}}{LINK_WORDS}\s{{0,9}}[\])]{{1,2}}", re.IGNORECASE)

SENTENCE_END = late(r"(?<![A-Z])(?<!vs)(?<!al)(?<!St)[.?!][”\"’']?(?=\s{1,9}[A-Z(\[“\"]|\s{0,9}$|\s{0,9}\x1f|\n)|\n")
MIN_TITLE = 10
GAP = late(r"\s{0,9}[.:,;]\s{1,9}|\s{0,9}\n\s{0,9}|\s{1,9}")
JOURNAL_BEHIND = late(r"[,.]\s{1,9}(?=[A-Z]|in:\s)(?:(?=([A-Z][^,;:().\d]{1,60}?)[\s,*(]{1,4}\d))?")
NEXT_LINE = late(r"[ \t.]{0,9}\n\s{0,9}([^\n\d]{3,80}(?:,| and | & )[^\n\d]{3,900})(?=\n|\Z)")
PLAIN_SENTENCE = late(r"[.\n]\s")
NO_LETTERS = late(r"[\W\d_]+")


class Found(NamedTuple):
    """Where the parts stand in the text: `fields[name]` is (start, stop)."""

    fields: dict[str, Place]
    cue: str
    """what told the title: `quote`, `link`, `strong`, `em`, `title`, `line`, `apa`, `run`, or "" where nothing did"""


def parse(value: str, marks: Sequence[Mark]) -> Found:
    """The parts of a reference that its mark-up and punctuation tell."""
    start = start_of(value)
    rest = _without_labels(value, marks)
    title, cue = _title(value, rest, marks, start)
    fields: dict[str, Place] = {}
    if title is None:
        return Found(fields, "")
    title = trimmed(value, *title)
    fields["title"] = title
    rest = hide(rest, *title)
    authors = find_authors(rest, title, start, marks)
    if authors:
        begin, end = trimmed(value, *authors, keep=".")
        dot = value[end - 1] == "." and SENTENCE_DOT.search(value, max(begin, end - 4), end)
        fields["authors"] = (begin, end - bool(dot))
        rest = hide(rest, *authors)
    rest = hide(rest, 0, start)
    find_numbers(rest, fields)
    venue = find_venue(value, rest, marks, fields)
    if venue:
        fields["venue"] = _without_publisher(value, venue, fields)
    return Found(fields, cue)


def _without_publisher(value: str, venue: Place, fields: dict[str, Place]) -> Place:
    """The venue's name without the publisher behind a comma."""
    start, stop = fields.get("publisher", venue)
    if venue[0] + MIN_TITLE < start < stop <= venue[1] and value[:start].rstrip().endswith(","):
        return trimmed(value, venue[0], start, keep=")")
    return venue


def _without_labels(value: str, marks: Sequence[Mark]) -> str:
    """The text without the labels of links such as [pdf] and remarks on authors: no parts of the reference."""
    rest = value
    for match in REMARK.finditer(value) if "(" in value else ():
        rest = hide(rest, *match.span())
    for mark in marks:
        if mark.kind == "link" and ONLY_LABEL.match(value[mark.start : mark.stop]):
            rest = hide(rest, mark.start, mark.stop)
    for match in BRACKETED_LABEL.finditer(rest):
        rest = hide(rest, *match.span())
    return rest


REMARK = late(
    r"\([^()\n]{0,60}(?:equal|alphabetical|contribut|correspond|co-?first|acceptance rate)[^()\n]{0,60}\)",
    re.IGNORECASE,
)
NO_TITLE = late(
    r"\W*(?:equal|these authors|both authors|corresponding|appears? soon|to appear|best |outstanding "
    r"|honou?rable|spotlight|oral\b|award|"
    r"selected |featured|highlight|invited|click |joint work|with |supplement|read more|full text|view |download"
    r"|cited|acceptance|published|program(?:me)? committee|area chair|review(?:er|ing) (?:for|:)|"
    r"project (?:page|site|web)|link to|see |[\w ]{0,30}(?:deadline|notification|camera.ready))",
    re.IGNORECASE,
)
"""How what is set apart begins and is no title."""
NUMBERED = late(r"\d\s{0,9}[:(]\s{0,9}\w{0,2}\d")
SAID = late(r"\bcc by\b|\bcontributed equally|best paper|paper award")
SAID_WORDS = ("cc by", "contributed", "best paper", "paper award")
"""Of each of these, what is quickly looked for."""


def _title(value: str, rest: str, marks: Sequence[Mark], start: int) -> tuple[Place | None, str]:
    """Where the title is, and what told so."""
    for kind in ("title", "quote", "link", "strong"):
        for mark in marks:
            if mark.kind != kind:
                continue
            sure = kind in ("title", "quote") or _names_follow(rest, mark.stop)
            if not _may_be_title(rest[mark.start : mark.stop], sure=sure):
                continue
            if kind == "strong" and _italic_title_before(rest, mark.start, marks, start):
                break
            return (mark.start, mark.stop), kind
    apa = _title_behind_year(rest, start)
    if apa and not _italic_title_before(rest, apa[0], marks, start):
        return apa, "apa"
    for mark in marks:
        if mark.kind == "em" and _may_be_title(rest[mark.start : mark.stop]) and _em_is_title(rest, mark, marks):
            return (mark.start, mark.stop), "em"
    lines = _title_line(value, rest, start)
    if lines:
        return lines, "line"
    run = _title_behind_authors(rest, marks, start)
    return (run, "run") if run else (None, "")


def _names_follow(rest: str, place: int) -> bool:
    """Whether authors follow in brackets, or are the next line: what stands before is a title, though two words."""
    behind = IN_BRACKETS.match(rest, place) or NEXT_LINE.match(rest, place)
    return behind is not None and name_share(behind[1]) >= 0.95


def _italic_title_before(rest: str, place: int, marks: Sequence[Mark], start: int) -> bool:
    """Whether names and a title in italics stand before what is bold, or behind the year: then that is the venue."""
    return any(
        mark.kind == "em"
        and mark.stop <= place
        and _may_be_title(rest[mark.start : mark.stop])
        and name_share(rest[start : mark.start]) >= 0.7
        for mark in marks
    )


def _may_be_title(text: str, *, sure: bool = False) -> bool:
    """Whether a stretch may be a title; `sure` where its mark-up is used for nothing else."""
    text = text.strip(TRIM)
    if len(text) < MIN_TITLE or GONE * 3 in text or text.count(" ") < 1 or len(text) > 400:
        return False
    if text[:1].islower() and text.count(" ") < 3:
        return False
    if NO_TITLE.match(text) or ONLY_LABEL.match(text) or _says_no_title(text):
        return False
    return sure or not (is_venue(text) or name_share(text) > 0.7)


def _says_no_title(text: str) -> bool:
    """Whether it is a volume and its pages, a licence or an award."""
    low = text.lower()
    if any(word in low for word in SAID_WORDS) and SAID.search(low):
        return True
    return (":" in low or "(" in low) and NUMBERED.search(text) is not None


def _em_is_title(rest: str, mark: Mark, marks: Sequence[Mark]) -> bool:
    """Italics are a title where a venue follows them, and most often the venue where nothing but numbers does."""
    behind = rest[mark.stop :]
    if any(
        other.kind == "em" and other.start >= mark.stop and is_venue(rest[other.start : other.stop]) for other in marks
    ):
        return True
    before = rest[: mark.start]
    plain = [part for part in PLAIN_SENTENCE.split(before) if len(part.strip(TRIM)) > MIN_TITLE]
    if plain and name_share(plain[-1]) < 0.5 and plain[-1].count(" ") >= 2:
        return False  # a sentence that is no list of names stands before it: that is the title
    return len(NO_LETTERS.sub("", behind)) >= 3


def _title_behind_year(rest: str, start: int) -> Place | None:
    """APA: `Roy, A., & Ntoutsi, E. (2022). The title. The venue`."""
    for match in APA_YEAR.finditer(rest, start, start + 1500):
        before = rest[start : match.start()]
        if match.start() - start < 4 or not _names_in_front(before):
            return None
        end = _sentence_end(rest, match.end())
        return (match.end(), end) if _may_be_title(rest[match.end() : end]) else None
    bare = BARE_YEAR.search(rest, start, start + 1500)
    if bare and bare.start() - start >= 4 and _names_in_front(rest[start : bare.start()]):
        end = _sentence_end(rest, bare.end())
        return (bare.end(), end) if _may_be_title(rest[bare.end() : end]) else None
    return None


def _names_in_front(before: str) -> bool:
    return bool(AUTHOR_RUN.match(before.lstrip())) or name_share(before) >= 0.7


def _sentence_end(rest: str, start: int) -> int:
    """Where a title ends that starts there: before the name of a journal, or with its sentence."""
    end = len(rest)
    for match in SENTENCE_END.finditer(rest, start):
        if match.start() - start >= MIN_TITLE:
            end = match.start() + (match[0][0] in "?!")
            break
    for match in JOURNAL_BEHIND.finditer(rest, start + MIN_TITLE):
        if match.start() >= end:
            break
        behind = match.end()
        if rest[behind] == "i" or SHORT_NAME.match(rest, behind) or (match[1] and is_venue(match[1])):
            return match.start()
    return end


def _title_line(value: str, rest: str, start: int) -> Place | None:
    """Of lines, the first that is no list of names and no venue, if a list of names stands in another one."""
    lines = [line for line in lines_of(rest, start) if rest[slice(*line)].strip(TRIM)]
    if len(lines) < 2:
        return None
    texts = [rest[slice(*line)].strip(TRIM) for line in lines]
    if not any(name_share(text) >= 0.7 for text in texts):
        return None
    for line, text in zip(lines, texts, strict=True):
        tag = TAG.match(rest, line[0]) or COLON_TAG.match(rest, line[0])
        head = tag.end() if tag else line[0]
        text = rest[head : line[1]].strip(TRIM)
        if name_share(text) < 0.7 and text.count(" ") >= 2 and _may_be_title(text):
            end = _sentence_end(rest, head)
            return head, min(end, line[1])
    return None


def _title_behind_authors(rest: str, marks: Sequence[Mark], start: int) -> Place | None:
    """Names with initials, then a title up to a full stop, or to a venue in italics."""
    match = AUTHOR_RUN.match(rest, start)
    if match is None:
        return None
    head = match.end()
    behind = APA_YEAR.match(rest, head) or BARE_YEAR.match(rest, head) or GAP.match(rest, head)
    if behind is None:
        return None
    head = behind.end()
    end = min(
        [
            _sentence_end(rest, head),
            *(mark.start for mark in marks if mark.kind == "em" and mark.start > head + MIN_TITLE),
        ]
    )
    return (head, end) if _may_be_title(rest[head:end]) and end < len(rest) else None
