"""In which form an entry names its venue, one facet a function: as an acronym or in full, with or without "In"."""

from __future__ import annotations

import re

from sitecheck.citations.entry import Entry, Form
from sitecheck.citations.venue_table import SMALL, SPONSOR
from sitecheck.citations.venues import written
from sitecheck.late import late

IN = late(r"(?:(?<=\s)|(?<=[\"”.,]))([Ii]n:?\s{1,9})(?:[Tt]he\s{1,9})?(?:(?:19|20)\d\d\s{1,9})?$")
PROCEEDINGS = late(r"(?:the\s{1,9})?(Proceedings|Proc\.)\s", re.IGNORECASE)
YEAR_SEPARATORS = {", ": "a comma", " ": "a space", " (": "brackets", "(": "brackets", "'": "an apostrophe",
                   "’": "an apostrophe", "": "nothing"}  # fmt: skip
WORKSHOP_OF = late(r"[A-Z][\w*/+-]{1,13} ([Ww]orkshops?)$")
ARXIV = late(r"(arxiv)(\s{1,3}preprint)?(?:[\s:]{1,3}(?:arxiv:\s?)?\d{4}\.\d{4,5})?", re.IGNORECASE)
ENGLISH = late(r"\b(?:of|on|for|conference|transactions|journal|symposium|workshop)\b", re.IGNORECASE)
LONG_WORD = late(r"[^\W\d_][\w'’]{2,40}")
CUT_SHORT = late(r"[^\W\d_]{2,12}\.(?=[\s,)]|$)")


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
