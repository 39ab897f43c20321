"""Where the authors stand in a reference: before the title, behind it, or in a line of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitecheck.citations.marks import Mark
from sitecheck.citations.names import ET_AL, INITIALS, SEPARATOR, UPPER, is_name, name_share
from sitecheck.citations.stretch import APA_YEAR, COLON_TAG, GONE, TAG, TRIM, YEAR, Place, lines_of
from sitecheck.citations.venues import is_venue
from sitecheck.late import late

AUTHOR = (
    rf"(?:(?:[{UPPER}][\w'’-]{{1,25}}(?:[ -][{UPPER}][\w'’-]{{1,25}}){{0,2}},\s?{INITIALS})"
    rf"|(?:{INITIALS}\s?(?:(?:van|von|de|der|den|da|di|le|la|el|al|du"
    rf"|dos)\s){{0,2}}[{UPPER}][\w'’-]{{1,25}}(?:[ -][{UPPER}][\w'’-]{{1,25}})?)"
    rf"|(?:(?:(?:van|von|de|der|den|da|di|la|del|dos)\s){{0,2}}"
    rf"[{UPPER}][\w'’-]{{1,25}}(?:[ -][{UPPER}][\w'’-]{{1,25}})?\s[{UPPER}]{{1,3}}(?=[,.;]|\s(?:and|&))))"
)
"""One author in a form that no title has: with initials."""
AUTHOR_RUN = late(
    rf"{AUTHOR}(?:\s?(?:,|;|&|\band\b|,\s?and\b|,\s?&|\.,)\s?(?:{AUTHOR}|et al\.?|\.\.\.|…)){{0,60}}"
    rf"(?:,?\s?(?:et al\.?|\(?[Ee]ds?\.?\)?))?"
)
"""Authors with initials, one behind the other."""
LAST_YEAR = late(rf"[\s,.:(]{{1,9}}{YEAR}[\s,.:)]{{0,9}}$")
BY = late(r"[\s.,;:|\x1f”\"\])—–-]*(?:(?:by|(?:joint(?: work)? )?with|w/)\s{1,9}|authors?:\s{0,9})?", re.IGNORECASE)
OPENING = "'‘"
"""What may open a title behind names, and stand in them."""
JOINED = late(r",| and | & ")
AROUND = TRIM + "/*_“\"‘'[("
NUMBER = late(r"\d{3}")
"""Longer than the number of an affiliation."""
FULL_STOP = late(r"(?<=[a-zà-ÿ)])\.(?=\s|$)")
IN_BRACKETS = late(
    rf"[\s\"”“»'’*_{re.escape(TRIM)}]{{0,60}}\(\s{{0,9}}"
    r"(?:(?:joint(?: work)?|jointly|co-?authored) with|with|by|authors?:|w/)\s{1,9}([^()\n\x1f]{3,400})\)",
    re.IGNORECASE,
)
"""Authors besides the page's own, behind a title: `(with Laura Stein)`"""


def find_authors(rest: str, title: Place, start: int, marks: Sequence[Mark]) -> Place | None:
    before = _authors_before(rest, start, title[0])
    if before:
        return before
    introduced = IN_BRACKETS.match(rest, title[1])
    if introduced and name_share(introduced[1]) >= 0.7:
        return introduced.span(1)
    behind = _authors_behind(rest, title[1])
    if behind:
        return behind
    for line in lines_of(rest, title[1]):
        text = rest[slice(*line)].strip(TRIM)
        if (
            text.count(" ") >= 3
            and ("," in text or " and " in text)
            and not NUMBER.search(text)
            and name_share(text) >= 0.9
        ):
            return line
    return None


def _authors_before(rest: str, start: int, stop: int) -> Place | None:
    """All that stands before the title, but for a tag such as [ECCV 2022] or a year."""
    while tag := TAG.match(rest, start, stop) or COLON_TAG.match(rest, start, stop):
        start = tag.end()
    if "(" in rest[start:stop] and (apa := APA_YEAR.search(rest, start, stop)):
        stop = apa.start()
    elif year := LAST_YEAR.search(rest, max(start, stop - 30), stop):
        stop = year.start()
    text = rest[start:stop].strip(AROUND)
    if "\n" in text:
        return _line_of_names(rest, start, stop)
    if len(text.strip(TRIM)) < 4 or name_share(text) < 0.7:
        return None
    return start, stop if rest[start:stop].rstrip()[-1] not in OPENING else start + len(
        rest[start:stop].rstrip(OPENING + TRIM)
    )


def _line_of_names(rest: str, start: int, stop: int) -> Place | None:
    """The lines before the title that are names: others, such as the cells of a table, are the venue or the year."""
    names = [
        line
        for line in lines_of(rest[:stop], start)
        if name_share(rest[slice(*line)]) >= 0.7
        and JOINED.search(rest[slice(*line)].strip(TRIM))
        and not is_venue(rest[slice(*line)].strip(TRIM))
    ]
    return (names[0][0], names[-1][1]) if names else None


def _authors_behind(rest: str, start: int) -> Place | None:
    """The names that follow the title, as far as they go."""
    lead = BY.match(rest, start)
    place = lead.end() if lead else start
    end = place
    words = 0
    line_end = _end_of_names(rest, place)
    while place < line_end:
        separator = SEPARATOR.search(rest, place, line_end)
        stop = separator.start() if separator else line_end
        sentence = FULL_STOP.search(rest, place, stop)
        part_end = sentence.start() if sentence else stop
        number = NUMBER.search(rest, place, part_end)
        part_end = number.start() if number else part_end
        part = ET_AL.sub("", rest[place:part_end])
        if part.strip(TRIM) and (not is_name(part.replace(GONE, "")) or is_venue(part)):
            break
        if number and " " not in part.strip(TRIM):
            break  # a month
        words = max(words, len(part.split()))
        end = part_end
        if number or sentence or separator is None:
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
