"""In which form an entry is written, one facet a function: what joins its authors, which dash its pages have, ...

Those of the venue are in `venue_facets`.
"""

from __future__ import annotations

import re

from sitecheck.citations.cues import ONLY_LABEL
from sitecheck.citations.entry import Entry, Form
from sitecheck.citations.names import ONLY_INITIALS, TRAILING_INITIALS, has_et_al
from sitecheck.citations.stretch import Place
from sitecheck.late import late
from sitecheck.text import PLACEHOLDER

JOINED = late(r"(,?)\s{1,9}(and|&)\s{1,9}$")
ENDS_IN_ET_AL = late(r"\bet\s{1,3}al\b\.?")
DASH = late(r"(?<=\d)\s?(-{1,3}|[–—‐−])\s?(?=[A-Z]?\d)")
DASHES = {"-": "a hyphen", "–": "an en dash", "--": "two hyphens", "—": "an em dash"}
PAGES_LABEL = late(r"\b(pp\.?|pages|p\.)\s{0,9}$", re.IGNORECASE)
VOLUME_LABEL = late(r"\b(vol\.?|volume)\s{0,9}$", re.IGNORECASE)
ISSUE_LABEL = late(r"(\(|\b(?:no|num|nr|iss)\.?|\bnumber|\bissue)\s{0,9}$", re.IGNORECASE)
NO_LABEL = late(r"[,:;.)\w]\s{0,3}$")
FULL_YEAR = late(r"(?<![\w@/.:-])(?:19[5-9]\d|20[0-4]\d)[a-z]?(?![\w/])")
QUOTES = {'"': "straight quotation marks", "“": "curly quotation marks", "”": "curly quotation marks"}
CLOSING = late(r"[)\]”\"'’]{0,2}")
ENDS_SENTENCE = late(r"[.!?][”\"’)]?$")


def joining_word(entry: Entry) -> Form | None:
    joined = _joined(entry)
    return Form(f"'{joined[0][2]}'", joined[1] + joined[0].start(2), joined[1] + joined[0].end(2)) if joined else None


def serial_comma(entry: Entry) -> Form | None:
    joined = _joined(entry)
    if joined is None or len(entry.people) < 3:
        return None
    match, start = joined
    return Form("a comma" if match[1] else "no comma", start + match.start(1), start + match.end(1))


def _joined(entry: Entry) -> tuple[re.Match[str], int] | None:
    """What joins the last author to those before, and where the authors begin."""
    place = entry.place("authors")
    if place is None or len(entry.people) < 2 or has_et_al(entry.authors):
        return None
    match = JOINED.search(entry.authors, 0, entry.people[-1].start)
    return (match, place[0]) if match else None


def all_authors(entry: Entry) -> Form | None:
    place = entry.place("authors")
    if place is None or len(entry.people) < 2:
        return None
    match = ENDS_IN_ET_AL.search(entry.value, place[0], place[1] + 8)
    return Form("'et al.'", *match.span()) if match else Form("all names", *place)


def et_al(entry: Entry) -> Form | None:
    place = entry.place("authors")
    match = ENDS_IN_ET_AL.search(entry.value, place[0], place[1] + 8) if place else None
    return Form("'et al.'" if match[0].endswith(".") else "'et al'", *match.span()) if match else None


def given_names(entry: Entry) -> Form | None:
    place = entry.place("authors")
    given = [person.given.strip() for person in entry.people]
    if place is None or len(given) < 2 or not all(given):
        return None
    initials = [bool(ONLY_INITIALS.match(each)) for each in given]
    if all(initials):
        return Form("initials for given names", *place)
    return None if any(initials) else Form("given names in full", *place)


def order_of_names(entry: Entry) -> Form | None:
    place = entry.place("authors")
    if place is None or len(entry.people) < 2 or not all(each.given for each in entry.people):
        return None
    shown = [entry.authors[person.start : person.stop] for person in entry.people]
    turned = ["," in each or bool(TRAILING_INITIALS.match(each)) for each in shown]
    if all(turned):
        return Form("family names first", *place)
    if any(turned[1:]):
        return None
    return Form("the first author's family name first" if turned[0] else "given names first", *place)


def place_of_year(entry: Entry) -> Form | None:
    """Where authors stand in front: a year in a tag, `[ECCV 2020] The title`, is none of the entry's order."""
    title, authors = entry.place("title"), entry.place("authors")
    if title is None or authors is None or authors[0] > title[0] or FULL_YEAR.search(entry.value, 0, authors[0]):
        return None
    match = FULL_YEAR.search(entry.value, authors[1], title[0])
    if match:
        return Form("the year before the title", *match.span())
    match = FULL_YEAR.search(entry.value, title[1])
    return Form("the year behind the title", *match.span()) if match and entry.place("year") else None


def quotation_marks(entry: Entry) -> Form | None:
    """Where authors stand in front: else it may be running text that cites something."""
    place, authors = entry.place("title"), entry.place("authors")
    if place is None or authors is None or authors[0] > place[0]:
        return None
    name = QUOTES.get(entry.value[: place[0]].rstrip()[-1:], "no quotation marks")
    return Form("quotation marks" if entry.smart and name in QUOTES.values() else name, *place)


def page_dash(entry: Entry) -> Form | None:
    place = entry.place("pages")
    found = list(DASH.finditer(entry.value, *place)) if place else []
    sign = found[0][1] if len(found) == 1 else ""
    name = DASHES.get("–" if entry.smart and sign == "--" else sign)
    return Form(name, *found[0].span(1)) if name else None


def pages_label(entry: Entry) -> Form | None:
    place = entry.place("pages")
    kind = entry.kind or ("journal" if entry.place("volume") else "")
    if place is None or not kind or not DASH.search(entry.value, *place):
        return None
    return _label(entry, PAGES_LABEL, place, kind)


def volume_label(entry: Entry) -> Form | None:
    place = entry.place("volume")
    return _label(entry, VOLUME_LABEL, place, "") if place and entry.kind == "journal" else None


def _label(entry: Entry, pattern: re.Pattern[str], place: Place, group: str) -> Form | None:
    match = pattern.search(entry.value, max(0, place[0] - 30), place[0])
    if match:
        return Form(f"'{match[1].lower()}'", *match.span(1), group)
    return Form("no label", *place, group) if NO_LABEL.search(entry.value, place[0] - 4, place[0]) else None


def issue_form(entry: Entry) -> Form | None:
    place = entry.place("issue")
    match = ISSUE_LABEL.search(entry.value, max(0, place[0] - 30), place[0]) if place else None
    if match is None or place is None or entry.kind != "journal":
        return None
    return Form("the issue in brackets" if match[1] == "(" else f"'{match[1].lower()}' before the issue", *place)


def final_period(entry: Entry) -> Form | None:
    """Only where nothing but labels of links follows the last part, and that is a part for sure: no address, whose end
    is its own, and no venue that nobody knows, which may be the heading of something else."""
    last, place = entry.last_part
    if entry.citation.shape == "row" or (last == "venue" and not entry.kind):
        return None
    closed = CLOSING.match(entry.value, place)
    place = closed.end() if closed else place
    rest = entry.value[place:].removeprefix(".").strip()
    if PLACEHOLDER in rest or (rest and not ONLY_LABEL.match(rest)):
        return None
    if entry.value[place : place + 1] == ".":
        return Form("a period", place, place + 1)
    return None if ENDS_SENTENCE.search(entry.value[:place]) else Form("no period", place, place)
