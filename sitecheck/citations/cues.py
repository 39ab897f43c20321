"""The parts of a citation, from its mark-up and its punctuation: the title is linked, bold, quoted, ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.marks import Mark
from sitecheck.citations.names import ET_AL, INITIALS, SENTENCE_DOT, SEPARATOR, UPPER, is_name, name_share
from sitecheck.citations.venues import is_venue
from sitecheck.text import PLACEHOLDER

GONE = "\x1f"
"""Stands for what was recognised already."""

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
LABEL = re.compile(rf"(?:[\[(|,/·]\s{{0,9}}){{0,3}}\b{LINK_WORDS}\b(?:\s{{0,9}}[\])|,/·]){{0,3}}", re.IGNORECASE)
ONLY_LABEL = re.compile(rf"[\W_]*{LINK_WORDS}(?:[\W_]+{LINK_WORDS}){{0,3}}[\W_]*$", re.IGNORECASE)
BRACKETED_LABEL = re.compile(rf"[\[(]{{1,2}}\s{{0,9}}{LINK_WORDS}\s{{0,9}}[\])]{{1,2}}", re.IGNORECASE)

NUMBER = re.compile(r"\s{0,9}(?:\[[A-Z]{0,2}\d{1,3}[a-z]?\]|\(?\d{1,3}[.)]|[•▪◦*–-]|\d{1,3}(?=\n))\s{1,9}")
TAG = re.compile(r"\s{0,9}[\[(【]([^\[\]()【】\n]{2,40})[\])】][:.,\s]*")
COLON_TAG = re.compile(rf"\s{{0,9}}([{UPPER}][\w&/ -]{{1,20}}[ ]?(?:['’]?\d{{2,4}}))\s{{0,9}}[:.|]\s{{0,9}}")

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
YEARS = re.compile(rf"(?<![\d/.:–—-])(?<!no\. )({YEAR})[a-z]?(?![\d/])(?!\.\d)(?!\s?[-–—]{{1,2}}\s?\d)")
ANY_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
SHORT_YEAR = re.compile(r"(?<=[A-Za-z])\s?['’‘`-](\d{2})(?!\d)|(?<=[A-Z]{3})(\d{2})(?!\d)")
PARENTHESISED_YEAR = re.compile(rf"\(\s{{0,9}}({YEAR})[a-z]?(?:,[^()]{{1,20}})?\s{{0,9}}\)")

PAGES = re.compile(
    r"(?:\bpp?\b\.?|\bpages?\b|\bPages?\b|\bS\.)\s{0,9}:?\s{0,9}([A-Z]?\d{1,6}\s?[-–—‐−]{1,3}\s?[A-Z]?\d{1,6}|[A-Z]?\d{1,6})"
    r"|:\s{0,9}([A-Z]?\d{1,6}\s?[-–—‐−]{1,3}\s?[A-Z]?\d{1,6}|[A-Z]?\d{2,8}(?=[.,;\s]|$)(?!\.\d))"
    r"|(?<=,\s)(\d{1,6}\s?[-–—‐−]{1,3}\s?\d{1,6})(?=[\s.,;(]|$)"
)
VOLUME_ISSUE = re.compile(r"(?<![\w(])(\d{1,4})\s?\(\s?(\d{1,3}(?:[-–/]\d{1,3})?)\s?\)")
VOLUME_NO = re.compile(
    r"\b[Vv]ol(?:ume|\.)?\s{0,9}(\d{1,4})|\b(\d{1,4}),?\s{0,9}(?=(?:no|num|issue)\b)"
    r"|(?<=[a-zA-Z.),:] )(\d{1,4})(?=\s{0,9}\((?:19|20)\d\d\)|\s{0,9}[:;,]\s{0,9}[A-Z]?\d)"
)
ISSUE = re.compile(r"\b(?:[Nn]o|[Nn]um|[Ii]ss(?:ue)?|[Nn]r)\b\.?\s{0,9}(\d{1,3}(?:[-–/]\d{1,3})?)")
PUBLISHER = re.compile(
    r"(?:[A-Z][a-z]+:\s)?\b((?:Cham: |Berlin,? )?Springer(?:[- ]Verlag| Nature(?: Switzerland)?"
    r"| International Publishing)?"
    r"|IEEE(?: Press| Computer Society)?|ACM(?: Press)?|Elsevier|Wiley(?:-Blackwell)?"
    r"|(?:[A-Z]\w+ )?University Press|MIT Press|PMLR|USENIX"
    r"(?: Association)?|AAAI Press|CRC Press|Association for Computing Machinery|Curran Associates(?:, Inc)?"
    r"|IOS Press|Taylor (?:&|and) Francis"
    r"|Now Publishers|World Scientific|Citeseer|ELRA|ISCA)\b\.?(?=[\s,.;)]|$)"
)
AUTHOR = re.compile(
    rf"(?:(?:[{UPPER}][\w'’-]{{1,25}}(?:[ -][{UPPER}][\w'’-]{{1,25}}){{0,2}},\s?{INITIALS})"
    rf"|(?:{INITIALS}\s?(?:(?:van|von|de|der|den|da|di|le|la|el|al|du"
    rf"|dos)\s){{0,2}}[{UPPER}][\w'’-]{{1,25}}(?:[ -][{UPPER}][\w'’-]{{1,25}})?)"
    rf"|(?:[{UPPER}][\w'’-]{{1,25}}(?:[ -][{UPPER}][\w'’-]{{1,25}})?\s[{UPPER}]{{1,3}}(?=[,.;]|\s(?:and|&))))"
)
"""One author in a form that no title has: with initials."""
AUTHOR_RUN = re.compile(
    rf"{AUTHOR.pattern}(?:\s?(?:,|;|&|\band\b|,\s?and\b|,\s?&|\.,)\s?(?:{AUTHOR.pattern}|et al\.?|\.\.\.|…)){{0,60}}"
    rf"(?:,?\s?(?:et al\.?|\(?[Ee]ds?\.?\)?))?"
)
SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!vs)(?<!al)(?<!St)[.?!][”\"’']?(?=\s{1,9}[A-Z(\[“\"]|\s{0,9}$|\s{0,9}\x1f|\n)|\n"
)
APA_YEAR = re.compile(
    rf"\s{{0,9}}[,.]?\s{{0,9}}\(\s{{0,9}}({YEAR}|in press|to appear|forthcoming)[a-z]?(?:,[^()]{{1,20}})?\)"
    r"\s{0,9}[:.,]?\s{0,9}"
)
TRIM = " \t\n.,;:|-–—·•/" + PLACEHOLDER + GONE
MIN_TITLE = 10


Place = tuple[int, int]
"""Start and stop of a part in the text."""


class Found(NamedTuple):
    """Where the parts stand in the text: `fields[name]` is (start, stop)."""

    fields: dict[str, Place]
    cue: str
    """what told the title: `quote`, `link`, `strong`, `em`, `title`, `line`, `apa`, `run`, or "" where nothing did"""


def parse(value: str, marks: Sequence[Mark]) -> Found:
    """The parts of a reference that its mark-up and punctuation tell."""
    start = _start(value)
    rest = _without_labels(value, marks)
    title, cue = _title(value, rest, marks, start)
    fields: dict[str, Place] = {}
    if title is None:
        return Found(fields, "")
    title = trimmed(value, *title)
    fields["title"] = title
    rest = hide(rest, *title)
    authors = _authors(rest, title, start, marks)
    if authors:
        begin, end = trimmed(value, *authors, keep=".")
        fields["authors"] = (begin, end - bool(SENTENCE_DOT.search(value, begin, end)))
        rest = hide(rest, *authors)
    rest = hide(rest, 0, start)
    _numbers(rest, title, fields)
    venue = _venue(value, rest, marks, fields)
    if venue:
        fields["venue"] = venue
    return Found(fields, cue)


def hide(text: str, start: int, stop: int) -> str:
    """`text` with a stretch of it gone, as long as before."""
    return text[:start] + GONE * (stop - start) + text[stop:] if stop > start else text


def trimmed(value: str, start: int, stop: int, keep: str = "") -> Place:
    """A stretch without punctuation and white space around it; `keep` may stay at its end."""
    while start < stop and (value[start] in TRIM or value[start] in '”"“’)]'):
        start += 1
    while stop > start and value[stop - 1] in TRIM + "([“" and value[stop - 1] not in keep:
        stop -= 1
    if value[stop - 1 : stop] in ('"', "”") and not any(sign in value[start : stop - 1] for sign in '"“'):
        stop = trimmed(value, start, stop - 1)[1]
    return start, stop


def _start(value: str) -> int:
    match = NUMBER.match(value)
    return match.end() if match else 0


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


# The title

REMARK = re.compile(
    r"\([^()\n]{0,60}(?:equal|alphabetical|contribut|correspond|co-?first|acceptance rate)[^()\n]{0,60}\)",
    re.IGNORECASE,
)
NO_TITLE = re.compile(
    r"^(?:\W*(?:equal|these authors|both authors|corresponding|appears? soon|to appear|best |outstanding "
    r"|honou?rable|spotlight|oral\b|award|"
    r"selected |featured|highlight|invited|click |joint work|with |supplement|read more|full text|view |download"
    r"|cited|acceptance|published|"
    r"project (?:page|site|web)|link to|see ))|\d\s{0,9}[:(]\s{0,9}\w{0,2}\d|"
    r"\bcontributed equally|best paper|paper award",
    re.IGNORECASE,
)


def _title(value: str, rest: str, marks: Sequence[Mark], start: int) -> tuple[Place | None, str]:
    """Where the title is, and what told so."""
    for kind in ("title", "quote", "link", "strong"):
        for mark in sorted(marks, key=lambda mark: mark.start):
            if mark.kind == kind and _may_be_title(rest[mark.start : mark.stop], sure=kind in ("title", "quote")):
                return (mark.start, mark.stop), kind
    apa = _title_behind_year(rest, start)
    if apa:
        return apa, "apa"
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.kind == "em" and _may_be_title(rest[mark.start : mark.stop]) and _em_is_title(rest, mark, marks):
            return (mark.start, mark.stop), "em"
    lines = _title_line(value, rest, start)
    if lines:
        return lines, "line"
    run = _title_behind_authors(rest, marks, start)
    return (run, "run") if run else (None, "")


def _may_be_title(text: str, *, sure: bool = False) -> bool:
    """Whether a stretch may be a title; `sure` where its mark-up is used for nothing else."""
    text = text.strip(TRIM)
    if len(text) < MIN_TITLE or GONE * 3 in text or text.count(" ") < 1 or len(text) > 400:
        return False
    if text[:1].islower() and text.count(" ") < 3:
        return False
    if NO_TITLE.search(text) or ONLY_LABEL.match(text) or ANY_YEAR.fullmatch(text):
        return False
    return sure or not (is_venue(text) or name_share(text) > 0.7)


def _em_is_title(rest: str, mark: Mark, marks: Sequence[Mark]) -> bool:
    """Italics are a title where a venue follows them, and most often the venue where nothing but numbers does."""
    behind = rest[mark.stop :]
    if any(
        other.kind == "em" and other.start >= mark.stop and is_venue(rest[other.start : other.stop]) for other in marks
    ):
        return True
    before = rest[: mark.start]
    plain = [part for part in re.split(r"[.\n]\s", before) if len(part.strip(TRIM)) > MIN_TITLE]
    if plain and name_share(plain[-1]) < 0.5 and plain[-1].count(" ") >= 2:
        return False  # a sentence that is no list of names stands before it: that is the title
    return len(re.sub(r"[\W\d_]+", "", behind)) >= 3


def _title_behind_year(rest: str, start: int) -> Place | None:
    """APA: `Roy, A., & Ntoutsi, E. (2022). The title. The venue`."""
    for match in APA_YEAR.finditer(rest, start, start + 1500):
        before = rest[start : match.start()]
        if match.start() - start < 4 or not _names_in_front(before):
            return None
        end = _sentence_end(rest, match.end())
        return (match.end(), end) if _may_be_title(rest[match.end() : end]) else None
    return None


def _names_in_front(before: str) -> bool:
    return bool(AUTHOR_RUN.match(before.lstrip())) or name_share(before) >= 0.7


def _sentence_end(rest: str, start: int) -> int:
    for match in SENTENCE_END.finditer(rest, start):
        if match.start() - start >= MIN_TITLE:
            return match.start() + (match[0][0] in "?!")
    return len(rest)


def _title_line(value: str, rest: str, start: int) -> Place | None:
    """Of lines, the first that is no list of names and no venue, if a list of names stands in another one."""
    lines = [line for line in _lines(rest, start) if rest[slice(*line)].strip(TRIM)]
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


def _lines(rest: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(rest):
        end = rest.find("\n", start)
        end = len(rest) if end < 0 else end
        yield start, end
        start = end + 1


def _title_behind_authors(rest: str, marks: Sequence[Mark], start: int) -> Place | None:
    """Names with initials, then a title up to a full stop, or to a venue in italics."""
    match = AUTHOR_RUN.match(rest, start)
    if match is None:
        return None
    head = match.end()
    behind = APA_YEAR.match(rest, head) or re.compile(r"\s{0,9}[.:,;]\s{1,9}|\s{0,9}\n\s{0,9}|\s{1,9}").match(
        rest, head
    )
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


# Authors

INTRODUCED = re.compile(
    r"\(?\s{0,9}(?:joint(?: work)? with|with|by|authors?:|w/)\s{1,9}([^()\n\x1f]{3,400})\)?", re.IGNORECASE
)


def _authors(rest: str, title: Place, start: int, marks: Sequence[Mark]) -> Place | None:
    before = _authors_before(rest, start, title[0])
    if before:
        return before
    introduced = INTRODUCED.match(rest, title[1] + len(rest[title[1] :]) - len(rest[title[1] :].lstrip(TRIM)))
    if introduced and name_share(introduced[1]) >= 0.7:
        return introduced.span(1)
    behind = _authors_behind(rest, title[1])
    if behind:
        return behind
    for line in _lines(rest, title[1]):
        text = rest[slice(*line)].strip(TRIM)
        if text.count(" ") >= 3 and ("," in text or " and " in text) and name_share(text) >= 0.9:
            return line
    return None


def _authors_before(rest: str, start: int, stop: int) -> Place | None:
    """All that stands before the title, but for a tag such as [ECCV 2022] or a year."""
    while tag := TAG.match(rest, start, stop) or COLON_TAG.match(rest, start, stop):
        start = tag.end()
    if apa := APA_YEAR.search(rest, start, stop):
        stop = apa.start()
    elif year := re.compile(rf"[\s,.:(]{{1,9}}{YEAR}[\s,.:)]{{0,9}}$").search(rest, start, stop):
        stop = year.start()
    text = rest[start:stop]
    if len(text.strip(TRIM)) < 4 or name_share(text) < 0.7:
        return None
    return start, stop


def _authors_behind(rest: str, start: int) -> Place | None:
    """The names that follow the title, as far as they go."""
    lead = re.compile(r"[\s.,;:|\x1f”\"\])—–-]*(?:by\s{1,9}|authors?:\s{0,9})?", re.IGNORECASE).match(rest, start)
    place = lead.end() if lead else start
    end = place
    words = 0
    line_end = _end_of_names(rest, place)
    while place < line_end:
        separator = SEPARATOR.search(rest, place, line_end)
        stop = separator.start() if separator else line_end
        sentence = re.compile(r"(?<=[a-zà-ÿ)])\.(?=\s|$)").search(rest, place, stop)
        part_end = sentence.start() if sentence else stop
        part = ET_AL.sub("", rest[place:part_end])
        if part.strip(TRIM) and not (is_name(part.replace(GONE, "")) and not is_venue(part)):
            break
        words = max(words, len(part.split()))
        end = part_end
        if sentence or separator is None:
            break
        place = separator.end()
    start = lead.end() if lead else start
    return (start, end) if words >= 2 and end > start + 4 else None


def _end_of_names(rest: str, start: int) -> int:
    """The end of the line, or of the last of those that a comma or "and" joins."""
    end = rest.find("\n", start)
    while end >= 0:
        following = rest[end:].lstrip()[:5]
        if not (rest[start:end].rstrip()[-1:] in (",", "&", ";") or rest[start:end].rstrip().endswith(" and")
                or following.startswith((",", "& ", "and "))):  # fmt: skip
            return end
        end = rest.find("\n", end + len(rest[end:]) - len(rest[end:].lstrip()))
    return len(rest)


# Numbers


def _numbers(rest: str, title: Place, fields: dict[str, Place]) -> None:
    pages = _last(PAGES, rest)
    if pages:
        fields["pages"] = pages
        rest = hide(rest, *pages)
    year = _year(rest, title)
    if year:
        fields["year"] = year
    if match := VOLUME_ISSUE.search(rest):
        fields["volume"], fields["issue"] = match.span(1), match.span(2)
    elif (match := VOLUME_NO.search(rest)) and not ANY_YEAR.fullmatch(match[match.lastindex or 0]):
        fields["volume"] = match.span(match.lastindex or 0)
    if "issue" not in fields and (match := ISSUE.search(rest)):
        fields["issue"] = match.span(1)
    publishers = list(PUBLISHER.finditer(rest))
    if publishers and re.match(r"[.,;)\s]*(?:\(?(?:19|20)\d\d|$|\x1f)", rest[publishers[-1].end() :]):
        before = rest[: publishers[-1].start()].rstrip()
        if before.endswith((".", ",", ":", "(")):
            fields["publisher"] = publishers[-1].span(1)


def _last(pattern: re.Pattern[str], text: str) -> Place | None:
    found = None
    for match in pattern.finditer(text):
        group = match.lastindex or 0
        if not ANY_YEAR.fullmatch(match[group]):
            found = match.span(group)
    return found


def _year(rest: str, title: Place) -> Place | None:
    """The year in parentheses, or else the last one that is no part of another number."""
    for pattern in (PARENTHESISED_YEAR, YEARS, ANY_YEAR):
        matches = list(pattern.finditer(rest))
        if matches:
            return matches[0 if pattern is PARENTHESISED_YEAR else -1].span(1)
    short = list(SHORT_YEAR.finditer(rest))
    return short[-1].span(short[-1].lastindex or 0) if short else None


# The venue

IN = re.compile(
    r"[\s\x1f.,;:|)\[\]”\"(–—-]*(?:(?:[Ii]n|In:|Published in|Appeared in|To appear in|Accepted (?:at|by|to"
    r"|in))\b:?\s{1,9})?"
)
ANYWHERE = re.compile(r"[(\[]([^()\[\]\n\x1f]{2,120})[)\]]|([^.\n\x1f]{4,150})")
VENUE_END = re.compile(
    rf"\n|\x1f{{2,}}|,?\s{{0,9}}[\s(,.'’]{YEAR}\b(?!\s?[-–]?\s?{YEAR})|,?\s{{0,9}}\(?(?:vol(?:ume)?|pp?|pages?|no"
    rf"|art(?:icle)?)\b\.?\s{{0,9}}\(?\d"
    r"|,?\s{1,9}\d{1,4}\s?[,(:;]"
    r"|[.;]\s{1,9}(?=[A-Z(\[])|[.;,]\s{0,9}$|\s{0,9}\[|,\s{1,9}\d|\s{0,9}['’]\d\d\b|(?<=[a-z])-\d\d\b|\s{1,9}https?:|\ufffc"
)


def _venue(value: str, rest: str, marks: Sequence[Mark], fields: dict[str, Place]) -> Place | None:
    """The name of the venue: set apart, introduced by "In", known, or where venues stand."""
    title = fields["title"]
    tail = max(title[1], fields["authors"][1] if "authors" in fields else 0)
    apart = [
        inner
        for mark in sorted(marks, key=lambda mark: mark.start)
        if mark.kind in ("em", "strong", "link") and (mark.start >= title[1] or mark.stop <= title[0])
        if (inner := venue_within(rest, mark.start, mark.stop))
    ]
    for inner in apart:
        if is_venue(rest[slice(*inner)]):
            return inner
    behind = _behind(rest, tail)
    for inner, introduced in behind:
        if introduced or is_venue(rest[slice(*inner)]):
            return inner
    tag = TAG.match(value, _start(value)) or COLON_TAG.match(value, _start(value))
    if tag and tag.end() <= title[0] + 1 and is_venue(tag[1]):
        return venue_within(value, *tag.span(1))
    found = _any_venue(rest, title[1])
    if found:
        return found
    em = [mark for mark in marks if mark.kind == "em" and mark.start >= tail]
    for inner in apart:
        if any(mark.start <= inner[0] < mark.stop for mark in em):
            return inner
    if behind and _may_be_venue(rest, behind[0][0]):
        return behind[0][0]
    return None


def _behind(rest: str, start: int) -> list[tuple[Place, bool]]:
    """What starts the lines behind title and authors, and whether "In" stands before it."""
    found = []
    for line_start, line_end in _lines(rest, start):
        lead = IN.match(rest, line_start, line_end)
        inner = venue_within(rest, line_start, line_end)
        if inner:
            found.append((inner, bool(lead and re.search(r"[Ii]n\b:?\s{1,9}$", lead[0]))))
    return found


def _may_be_venue(rest: str, place: Place) -> bool:
    """Whether numbers follow a short capitalised stretch, as they follow the name of a journal."""
    text = rest[slice(*place)]
    numbers = re.match(r"[\s,.:;(]*(?:vol|no|pp|\d|\x1f|\(?(?:19|20)\d\d)", rest[place[1] :])
    return (
        bool(numbers)
        and 2 <= len(text) <= 120
        and text[0].isupper()
        and name_share(text) < 0.7
        and "universit" not in text.lower()
    )


def venue_within(rest: str, start: int, stop: int) -> Place | None:
    """What is the venue's name in a stretch that holds it: without "In", the year and numbers."""
    lead = IN.match(rest, start, stop)
    start = lead.end() if lead else start
    end = VENUE_END.search(rest, start, stop)
    if end and end.start() == start:
        moved = re.compile(rf"[\s(,.'’]*{YEAR}\b[\s),.:]*").match(rest, start, stop)
        if moved:
            start = moved.end()
            end = VENUE_END.search(rest, start, stop)
    limit, stop = stop, end.start() if end else stop
    if rest.count("(", start, stop) > rest.count(")", start, stop):  # (ICML'25)
        close = rest.find(")", stop, min(limit, stop + 16))
        stop = close + 1 if close >= 0 else rest.rfind("(", start, stop)
    start, stop = trimmed(rest, start, stop, keep=")")
    if rest[stop - 1 : stop] == "]" and "[" not in rest[start:stop]:
        start, stop = trimmed(rest, start, stop - 1, keep=")")
    return (start, stop) if stop - start >= 2 and any(map(str.isalpha, rest[start:stop])) else None


def _venue_behind(rest: str, start: int) -> Place | None:
    """The stretch right behind title and authors, if it reads like a venue or "In" stands before it."""
    for line_start, line_end in _lines(rest, start):
        lead = IN.match(rest, line_start, line_end)
        found = venue_within(rest, line_start, line_end)
        if found is None:
            continue
        text = rest[slice(*found)]
        said = bool(lead and re.search(r"[Ii]n\b:?\s{1,9}$", lead[0]))
        if said or is_venue(text):
            return found
        numbers = re.match(r"[\s,.:;(]*(?:vol|no|pp|\d|\x1f|\(?(?:19|20)\d\d)", rest[found[1] :])
        if (numbers and 2 <= len(text) <= 120 and text[0].isupper() and name_share(text) < 0.7) or text.isupper():
            return found
        return None
    return None


def _any_venue(rest: str, start: int) -> Place | None:
    """A known venue anywhere behind the title: in brackets, or between full stops."""
    for match in ANYWHERE.finditer(rest, start):
        found = venue_within(rest, *match.span(match.lastindex or 0))
        if found and is_venue(rest[slice(*found)]):
            return found
    return None
