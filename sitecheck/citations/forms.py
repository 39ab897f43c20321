"""In which form an entry is written, one facet a function: what joins its authors, which dash its pages have, ..."""

from __future__ import annotations

import re

from sitecheck.citations.cues import ONLY_LABEL
from sitecheck.citations.entry import Entry, Form
from sitecheck.citations.names import ET_AL, ONLY_INITIALS, TRAILING_INITIALS
from sitecheck.citations.stretch import Place
from sitecheck.citations.venue_table import SMALL, SPONSOR
from sitecheck.citations.venues import written
from sitecheck.text import PLACEHOLDER

JOINED = re.compile(r"(,?)\s{1,9}(and|&)\s{1,9}$")
ENDS_IN_ET_AL = re.compile(r"\bet\s{1,3}al\b\.?")
DASH = re.compile(r"(?<=\d)\s?(-{1,3}|[–—‐−])\s?(?=[A-Z]?\d)")
DASHES = {"-": "a hyphen", "–": "an en dash", "--": "two hyphens", "—": "an em dash"}
PAGES_LABEL = re.compile(r"\b(pp\.?|pages|p\.)\s{0,9}$", re.IGNORECASE)
VOLUME_LABEL = re.compile(r"\b(vol\.?|volume)\s{0,9}$", re.IGNORECASE)
ISSUE_LABEL = re.compile(r"(\(|\b(?:no|num|nr|iss)\.?|\bnumber|\bissue)\s{0,9}$", re.IGNORECASE)
NO_LABEL = re.compile(r"[,:;.)\w]\s{0,3}$")
IN = re.compile(r"(?:(?<=\s)|(?<=[\"”.,]))([Ii]n:?\s{1,9})(?:[Tt]he\s{1,9})?(?:(?:19|20)\d\d\s{1,9})?$")
PROCEEDINGS = re.compile(r"(?:the\s{1,9})?(Proceedings|Proc\.)\s", re.IGNORECASE)
YEAR_SEPARATORS = {", ": "a comma", " ": "a space", " (": "brackets", "(": "brackets", "'": "an apostrophe",
                   "’": "an apostrophe", "": "nothing"}  # fmt: skip
WORKSHOP_OF = re.compile(r"[A-Z][\w*/+-]{1,13} ([Ww]orkshops?)$")
ARXIV = re.compile(r"(arxiv)(\s{1,3}preprint)?(?:[\s:]{1,3}(?:arxiv:\s?)?\d{4}\.\d{4,5})?", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:of|on|for|conference|transactions|journal|symposium|workshop)\b", re.IGNORECASE)
LONG_WORD = re.compile(r"[^\W\d_][\w'’]{2,40}")
CUT_SHORT = re.compile(r"[^\W\d_]{2,12}\.(?=[\s,)]|$)")
QUOTES = {'"': "straight quotation marks", "“": "curly quotation marks", "”": "curly quotation marks"}
CLOSING = re.compile(r"[)\]”\"'’]{0,2}")
ENDS_SENTENCE = re.compile(r"[.!?][”\"’)]?$")


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
    place, authors = entry.place("authors"), entry.citation.authors
    if place is None or authors is None or len(entry.people) < 2 or ET_AL.search(authors.value):
        return None
    match = JOINED.search(authors.value, 0, entry.people[-1].start)
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
    place, authors = entry.place("authors"), entry.citation.authors
    if place is None or authors is None or len(entry.people) < 2 or not all(each.given for each in entry.people):
        return None
    shown = [authors.value[person.start : person.stop] for person in entry.people]
    turned = ["," in each or bool(TRAILING_INITIALS.match(each)) for each in shown]
    if all(turned):
        return Form("family names first", *place)
    if any(turned[1:]):
        return None
    return Form("the first author's family name first" if turned[0] else "given names first", *place)


def place_of_year(entry: Entry) -> Form | None:
    """Where authors stand in front: a year in a tag, `[ECCV 2020] The title`, is none of the entry's order."""
    year, title, authors = entry.place("year"), entry.place("title"), entry.place("authors")
    if year is None or title is None or authors is None or authors[0] > title[0]:
        return None
    return Form("the year before the title" if year[0] < title[0] else "the year behind the title", *year)


def quotation_marks(entry: Entry) -> Form | None:
    place = entry.place("title")
    if place is None:
        return None
    before = entry.value[: place[0]].rstrip()[-1:]
    return Form(QUOTES.get(before, "no quotation marks"), *place)


def page_dash(entry: Entry) -> Form | None:
    place = entry.place("pages")
    found = list(DASH.finditer(entry.value, *place)) if place else []
    name = DASHES.get(found[0][1]) if len(found) == 1 else None
    return Form(name, *found[0].span(1)) if name else None


def pages_label(entry: Entry) -> Form | None:
    place = entry.place("pages")
    if place is None or not entry.kind or not DASH.search(entry.value, *place):
        return None
    return _label(entry, PAGES_LABEL, place, entry.kind)


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


def acronym_and_year(entry: Entry) -> Form | None:
    """A period there is a slip, and no form: `citation-punctuation` tells of it."""
    venue, year = entry.place("venue"), entry.place("year")
    if venue is None or year is None or not entry.short or entry.kind not in ("conference", "workshop"):
        return None
    name = YEAR_SEPARATORS.get(entry.value[venue[1] : year[0]]) if venue[1] <= year[0] else None
    return Form(name, venue[1], year[0], entry.kind) if name else None


def name_of_conference(entry: Entry) -> Form | None:
    """A full name without a known acronym could not be written otherwise."""
    place, venue = entry.place("venue"), entry.citation.venue
    if place is None or venue is None or entry.kind != "conference":
        return None
    if entry.short:
        return Form("the acronym", *place)
    known = written(venue.value).venue and len(LONG_WORD.findall(venue.value)) > 2
    return Form("the full name", *place) if known else None


def name_of_journal(entry: Entry) -> Form | None:
    place = entry.place("venue")
    if place is None or entry.kind != "journal":
        return None
    name = entry.value[slice(*place)].partition("(")[0]
    if CUT_SHORT.search(name):
        return Form("an abbreviated name", *place)
    return Form("the full name", *place) if len(LONG_WORD.findall(name)) > 2 else None


def lead_in(entry: Entry) -> Form | None:
    venue, title = entry.place("venue"), entry.place("title")
    if venue is None or title is None or venue[0] < title[1] or entry.kind not in ("conference", "workshop"):
        return None
    match = IN.search(entry.value, title[1], venue[0])
    group = f"{entry.kind} {'acronym' if entry.short else 'name'}"
    return Form("'In'", *match.span(1), group) if match else Form("no 'In'", *venue, group)


def proceedings(entry: Entry) -> Form | None:
    place = entry.place("venue")
    match = PROCEEDINGS.match(entry.value, *place) if place else None
    return Form(f"'{match[1].capitalize()}'", *match.span(1)) if match else None


def case_of_venue(entry: Entry) -> Form | None:
    """Only of names that are English: others are written with few capitals."""
    place = entry.place("venue")
    if place is None or entry.kind not in ("conference", "journal") or entry.short:
        return None
    name = entry.value[slice(*place)]
    words = [word for word in LONG_WORD.findall(SPONSOR.sub("", name)) if word.casefold() not in SMALL]
    lower = sum(map(str.islower, words))
    if len(words) < 3 or not ENGLISH.search(name):
        return None
    if not lower:
        return Form("capitals", *place, entry.kind)
    return Form("lower case", *place, entry.kind) if lower >= len(words) - 1 else None


def workshop_word(entry: Entry) -> Form | None:
    place = entry.place("venue")
    match = WORKSHOP_OF.match(entry.value, *place) if place else None
    return Form(f"'{match[1]}'", *match.span(1)) if match else None


def name_of_arxiv(entry: Entry) -> Form | None:
    place = entry.place("venue")
    match = ARXIV.match(entry.value, *place) if place else None
    return Form(f"'{match[1]}'", *match.span(1)) if match else None


def form_of_arxiv(entry: Entry) -> Form | None:
    """Judged with the number behind it, which the venue's name ends before."""
    place = entry.place("venue")
    match = ARXIV.match(entry.value, place[0]) if place else None
    if match is None:
        return None
    numbered = any(map(str.isdigit, match[0]))
    if match[2]:
        return Form("'arXiv preprint' and a number" if numbered else "'arXiv preprint'", *match.span())
    return Form("'arXiv' and a number" if numbered else "'arXiv' alone", *match.span())


def final_period(entry: Entry) -> Form | None:
    """Only where nothing but labels of links follows the last part."""
    if entry.citation.shape == "row":
        return None
    place = entry.last_place
    closed = CLOSING.match(entry.value, place)
    place = closed.end() if closed else place
    if entry.value[place : place + 1] == ".":
        return Form("a period", place, place + 1)
    rest = entry.value[place:].replace(PLACEHOLDER, " ").strip()
    if ENDS_SENTENCE.search(entry.value[:place]) or (rest and not ONLY_LABEL.match(rest)):
        return None
    return Form("no period", place, place)
