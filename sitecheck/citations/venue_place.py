"""Where the venue stands in a reference, and what reads like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitecheck.citations.marks import Mark
from sitecheck.citations.names import name_share
from sitecheck.citations.stretch import (
    COLON_TAG,
    CUT_SHORT,
    GONE,
    SHORT_NAME,
    TAG,
    YEAR,
    Place,
    lines_of,
    start_of,
    trimmed,
)
from sitecheck.citations.venues import is_abbreviated_journal, is_venue
from sitecheck.late import late

IN = late(
    r"[\s\x1f.,;:|)\[\]”“»'’\"(/*_–—-]*(?:(?:[Ii]n|In:|(?:Preprinted|(?:which was )?(?:recently )?[Pp]ublished|Appeared"
    r"|Presented|To appear) (?:in|at)|Accepted (?:for publication )?(?:at|by|to|in))\b:?\s{1,9})?"
    r"(?:(?:19|20)\d\d\s{1,9}(?=[A-Z]))?"
)
ANYWHERE = late(r"[(\[]([^()\[\]\n\x1f]{2,120})[)\]]|([^.\n\x1f]{4,150})")
ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in CUT_SHORT)
"""Not at the full stop of a word that it cuts short, as in `IEEE Rev. Biomed. Eng.`"""
COUNTRY = (
    r"U\.?S\.?A|U\.?K|United States|United Kingdom|Canada|Australia|New Zealand|Germany|France|Italy|Spain|Portugal"
    r"|Austria|Switzerland|Netherlands|Belgium|Sweden|Norway|Denmark|Finland|Ireland|Poland|Greece|Turkey|Israel|India"
    r"|China|Japan|Korea|South Korea|Singapore|Taiwan|Brazil|Mexico|Chile|Czech Republic|Hungary|Thailand|South Africa"
)
GOES_ON = late(r"(?<!\w)(?:of|on|the|and|for|[Ii]n:?) ?$")
"""what no name ends in, so that it goes on behind the line"""
WORKSHOP = r"\s(?:[A-Z][\w&-]{0,19}\s){0,5}Workshop\b"
"""what goes on behind a year: `NeurIPS 2023 Deep Learning Workshop`"""
VENUE_END = late(
    rf"\x1f{{2,}}|,?\s{{0,9}}(?:[\s(,.'’]|(?<=[A-Za-z])){YEAR}\b(?!\s?[-–]?\s?{YEAR}|{WORKSHOP})"
    r"|,?\s{0,9}\(?(?:[Vv]ol(?:ume)?|pp?|[Pp]ages?|[Nn]o"
    rf"|[Aa]rt(?:icle)?)\b\.?\s{{0,9}}\(?\d"
    r"|,?\s{1,9}\d{1,4}(?:\.\d{1,3})?\s?[,(:;]|,[eE]?\d"
    rf"|[.;](?=\s{{1,9}}[A-Z(\[]){ABBREVIATED}\s{{1,9}}|(?<=[xX]iv):|(?<=print)\s{{1,9}}arXiv:"
    rf"|,\s{{1,9}}[A-Z][\w.'’ -]{{1,25}}(?:,\s{{1,9}}[A-Z][\w. -]{{1,15}})?,\s{{1,9}}(?:{COUNTRY})\b"
    r"|,\s{1,9}(?:Report|Lecture Notes|LNCS|LNAI)\b|[.;,]\s{1,9}[Ee]ds?\.\s"
    r"|\s{0,9}\((?:accepted|to appear|in press|oral|spotlight|poster|[Pp]roc\b)"
    r"|[.;,]\s{0,9}$|\s{0,9}\[|,\s{1,9}\d|\s{0,9}['’]\d\d\b|(?<=[a-z])-\d\d\b|\s{1,9}https?:|\ufffc"
)


EDITORS = late(r"([^\n()]{3,200}?)(?:,\s|\s?\()[Ee]ds?\.\)?[,.:]?\s{1,9}(?=[A-Z])")
"""Who edited the proceedings, before their name: `In S. Calhoun & P. Warren (Eds.), Proceedings of ...`"""
INTRODUCED = late(r"[Ii]n\b:?\s{1,9}(?:\d{4}\s{1,9})?$")
LEADING_YEAR = late(rf"[\s(,.'’]*{YEAR}\b[\s),.:]*")
LEADING_TAG = late(r"\s{0,9}\[[\w&/ -]{2,16}(?:['’]?\d{2,4})?\]\s{1,9}(?=[A-Z][\w/-]{1,30} [A-Zo])")
"""The acronym before the name: `[ICML'23] The International Conference on ...`"""
VOLUME = late(
    rf"[\s,.]{{0,3}}(?:\(?{YEAR}[\w ]{{0,12}}\)?\s?;\s?\d|,?\s?(?:vol|Bd)\b\.?\s?\d"
    rf"|[\s*]{{1,3}}\d{{1,4}}(?:\s?\(\d{{1,3}}\)|\s\({YEAR}\)[,:]\s|,\s?\(|,\s\d))"
)
"""What follows the name of a journal and no name of a person."""
TAGGED = late(r"(?:^|[\n\x1f.])[ \t*]{0,9}[\[(]([A-Z][\w-]{0,8}[A-Z][A-Za-z]{0,5})(?:['’ -]{0,2}(?:20)?\d\d)[\])]")
"""An acronym that no table has, with a year, in brackets of its own."""
NUMBERS = late(r"[\s,.:;(]*(?:vol|no|pp|\d|\x1f|\(?(?:19|20)\d\d)")
MONTH = late(
    r",\s{1,9}(?:\d{1,2}(?:[-–—]\d{1,2})?(?:st|nd|rd|th)?\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b\.?"
)
MAX_STOPS = 8
"""abbreviated words of a journal's name"""
MAX_PLACES = 3
"""A city, a state and a country."""
PLACE = late(r",\s{1,9}[A-Z][\w.'’-]{1,20}(?:\s[A-Z][\w.'’-]{1,20}){0,2}$")


def names_venue(text: str) -> bool:
    """Whether a stretch reads like a venue: known, by its words, or words of journals that are cut short."""
    if is_venue(text) or ("." in text and SHORT_NAME.match(text)):
        return True
    return text[-1:] == ")" and is_venue(text[: text.rfind("(")])


def find_venue(value: str, rest: str, marks: Sequence[Mark], fields: dict[str, Place]) -> Place | None:
    """The name of the venue: set apart, introduced by "In", known, or where venues stand."""
    title = fields["title"]
    tail = max(title[1], fields["authors"][1] if "authors" in fields else 0)
    apart = [
        inner
        for mark in marks
        if mark.kind in ("em", "strong", "link") and (mark.start >= title[1] or mark.stop <= title[0])
        if rest[mark.start : mark.stop].strip(GONE)  # most links are labels that are hidden
        if (inner := venue_within(rest, mark.start, mark.stop))
    ]
    for inner in apart:
        if names_venue(rest[slice(*inner)]):
            return inner
    behind = _behind(rest, tail)
    for inner, introduced in behind:
        if introduced or names_venue(rest[slice(*inner)]):
            return inner
    found = _tagged(value, rest, title) or _any_venue(rest, title[1]) or _line_before(rest, title[0])
    if found:
        return found
    kinds = ("em", "strong") if any(_covers(mark, title) for mark in marks) else ("em",)
    em = [mark for mark in marks if mark.kind in kinds and mark.start >= tail]
    for inner in apart:
        if any(mark.start <= inner[0] < mark.stop for mark in em):
            return inner
    if behind and _may_be_venue(rest, behind[0][0]):
        return behind[0][0]
    return None


def _tagged(value: str, rest: str, title: Place) -> Place | None:
    """What stands in brackets of its own: a venue before the title, an acronym with its year behind it."""
    tag = TAG.match(value, start_of(value)) or COLON_TAG.match(value, start_of(value))
    if tag and tag.end() <= title[0] + 1 and names_venue(tag[1]):
        return venue_within(value, *tag.span(1))
    tagged = TAGGED.search(rest, title[1])
    return tagged.span(1) if tagged else None


def _covers(mark: Mark, title: Place) -> bool:
    """Whether a title is in italics: then what is bold behind it is the venue."""
    return mark.kind == "em" and mark.start <= title[0] and title[1] <= mark.stop


def _behind(rest: str, start: int) -> list[tuple[Place, bool]]:
    """What starts the lines behind title and authors, and whether "In" stands before it."""
    found = []
    for line_start, line_end in _lines(rest, start):
        lead = IN.match(rest, line_start, line_end)
        inner = venue_within(rest, line_start, line_end)
        if inner:
            found.append((inner, bool(lead and INTRODUCED.search(lead[0]))))
    return found


def _lines(rest: str, start: int) -> Iterator[Place]:
    """The lines from there on; one that is broken within a name is whole."""
    for _, end in lines_of(rest, start):
        if not GOES_ON.search(rest[max(start, end - 5) : end]):
            yield start, end
            start = end + 1
    if start < len(rest):
        yield start, len(rest)


def _may_be_venue(rest: str, place: Place) -> bool:
    """Whether numbers follow a short capitalised stretch, as they follow the name of a journal."""
    text = rest[slice(*place)]
    numbers = NUMBERS.match(rest, place[1])
    return (
        bool(numbers)
        and 2 <= len(text) <= 120
        and text[0].isupper()
        and (name_share(text) < 0.7 or bool(VOLUME.match(rest, place[1])))
        and "universit" not in text.lower()
    )


def venue_within(rest: str, start: int, stop: int) -> Place | None:
    """What is the venue's name in a stretch that holds it: without "In", the year and numbers."""
    if (tag := LEADING_TAG.match(rest, start, stop)) and names_venue(rest[tag.end() : stop]):
        start = tag.end()
    lead = IN.match(rest, start, stop)
    start = _behind_editors(rest, lead.end(), stop) if lead else start
    end = _name_end(rest, start, stop)
    if end == start and (moved := LEADING_YEAR.match(rest, start, stop)):
        start = moved.end()
        end = _name_end(rest, start, stop)
    limit, stop = stop, end
    if rest.count("(", start, stop) > rest.count(")", start, stop):  # (ICML'25)
        close = rest.find(")", stop, min(limit, stop + 16))
        stop = close + 1 if close >= 0 else rest.rfind("(", start, stop)
    start, stop = trimmed(rest, start, _without_date(rest, start, stop), keep=")")
    if rest[stop - 1 : stop] == "]" and "[" not in rest[start:stop]:
        start, stop = trimmed(rest, start, stop - 1, keep=")")
    return (start, stop) if stop - start >= 2 and any(map(str.isalpha, rest[start:stop])) else None


def _name_end(rest: str, start: int, stop: int) -> int:
    """Where a name ends. A full stop within a journal's abbreviated name is no end: `J. Acoust. Soc. Am. 153`."""
    match = VENUE_END.search(rest, start, stop)
    end = match.start() if match else stop
    for _ in range(MAX_STOPS):
        if match is None or rest[match.start()] != ".":
            break
        match = VENUE_END.search(rest, match.end(), stop)
        longer = match.start() if match else stop
        if is_abbreviated_journal(rest[start:longer]):
            end = longer
    return end


def _behind_editors(rest: str, start: int, stop: int) -> int:
    """Where a name starts, behind the names of editors if they stand before it."""
    if rest.find("ds.", start, stop) < 0 and rest.find("(Ed", start, stop) < 0:
        return start
    editors = EDITORS.match(rest, start, stop)
    return editors.end() if editors and name_share(editors[1]) >= 0.7 else start


def _without_date(rest: str, start: int, stop: int) -> int:
    """Where a name ends behind which a month stands, and perhaps the place before it: `, Cologne, Germany, July 3`."""
    month = MONTH.search(rest, start, stop)
    if month is None:
        return stop
    stop = month.start()
    for _ in range(MAX_PLACES):
        if place := PLACE.search(rest[:stop], start + 8):
            stop = place.start()
    return stop


def _line_before(rest: str, title: int) -> Place | None:
    """A line before the title that is a venue and nothing else: the cell of a table."""
    before = rest[:title]
    for line in lines_of(before, 0) if "\n" in before else ():
        found = venue_within(rest, *line)
        if found and names_venue(rest[slice(*found)]):
            return found
    return None


def _any_venue(rest: str, start: int) -> Place | None:
    """A known venue anywhere behind the title: in brackets, or between full stops."""
    for match in ANYWHERE.finditer(rest, start):
        found = venue_within(rest, *match.span(match.lastindex or 0))
        if found and names_venue(rest[slice(*found)]):
            return found
    return None
