"""Where entries of a page differ in form from the page's own majority."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitecheck.citations import forms, venue_facets
from sitecheck.citations.citation import Citation
from sitecheck.citations.entry import Entry, Form
from sitecheck.citations.punctuation import punctuation_slips
from sitecheck.citations.venue_forms import mixed_venues
from sitecheck.citations.venue_table import SMALL
from sitecheck.page import Page
from sitecheck.text import Edit, Span

ENOUGH = 4
"""entries that make a majority"""
MAJORITY = 2 / 3
ANOTHER = 3
"""facets in which an entry differs that is in another form as a whole"""
EN_DASH = forms.DASHES["–"]
LITERAL = (".html", ".htm", ".xhtml")
"""Ends of the names of pages that are shown as they are written: others are made by a generator that turns "--" and
straight quotation marks into typographic ones."""
ONE_STYLE = 4 / 5
"""majority in what every entry shows, such as the order of names: with fewer, a page has two styles and no standard"""
OWN_CUSTOM = 3
"""entries of one section that have a form by custom, and not by mistake"""


class Facet(NamedTuple):
    """One thing in which the entries of a page should agree."""

    read: Callable[[Entry], Form | None]
    where: str = ""
    """what messages say behind the form's name: "between page numbers" """
    written: Callable[[str, str], str | None] = lambda _shown, _usual: None
    """what to write in place of what stands there, given the usual form; None where that takes knowledge"""
    only: str = ""
    """the one form that may be reported, where the others may have a reason"""
    shown_by_all: bool = False
    """whether each entry has it: then it must be usual among all, also those of which it could not be read"""


def _one_of(signs: Mapping[str, str]) -> Callable[[str, str], str | None]:
    """A form that is a sign, or none: it is written by its name."""
    return lambda shown, usual: signs.get(usual) if shown in signs.values() else None


def _quoted(*words: str) -> Callable[[str, str], str | None]:
    """A form that is one of some words: it is written as it is called."""
    return _one_of({f"'{word}'": word for word in words})


def _capitalised(shown: str, usual: str) -> str | None:
    if usual != "capitals":
        return None
    return venue_facets.LONG_WORD.sub(
        lambda word: word[0] if word[0].casefold() in SMALL else word[0][0].upper() + word[0][1:], shown
    )


FACETS = (
    Facet(forms.joining_word, " before the last author", _quoted("and", "&")),
    Facet(forms.serial_comma, " before the word that joins the last author", _one_of({"a comma": ",", "no comma": ""})),
    Facet(forms.all_authors, " in place of authors", only="'et al.'"),
    Facet(forms.et_al, " behind the authors", _quoted("et al.", "et al")),
    Facet(forms.given_names, shown_by_all=True),
    Facet(forms.order_of_names, shown_by_all=True),
    Facet(forms.place_of_year, shown_by_all=True),
    Facet(forms.quotation_marks, " around the title"),
    Facet(forms.page_dash, " between page numbers", lambda _shown, usual: "–" if usual == EN_DASH else None),
    Facet(forms.pages_label, " before the pages", _quoted("pp.", "pp", "pages")),
    Facet(forms.volume_label, " before the volume", _quoted("vol.", "vol", "volume")),
    Facet(forms.issue_form),
    Facet(venue_facets.acronym_and_year, " between acronym and year", _one_of({"a comma": ", ", "a space": " "})),
    Facet(venue_facets.name_of_conference, " of a conference"),
    Facet(venue_facets.name_of_journal, " of a journal"),
    Facet(venue_facets.lead_in, " before the venue", lambda _shown, usual: "" if usual == "no 'In'" else None),
    Facet(venue_facets.proceedings),
    Facet(venue_facets.case_of_venue, " in the name of a venue", _capitalised),
    Facet(venue_facets.workshop_word, "", _quoted("Workshop", "Workshops", "workshop", "workshops")),
    Facet(venue_facets.name_of_arxiv, "", _quoted("arXiv", "ArXiv", "Arxiv")),
    Facet(venue_facets.form_of_arxiv),
    Facet(forms.final_period, " at the end", _one_of({"a period": ".", "no period": ""})),
)


class Place(NamedTuple):
    """An entry, and its form of a facet."""

    entry: Entry
    form: Form

    @property
    def span(self) -> Span:
        return self.entry.text.span(self.form.start, max(self.form.stop, self.form.start + 1))


class OddForms(NamedTuple):
    """Entries that differ from most of their page in one facet."""

    facet: Facet
    odd: tuple[Place, ...]
    usual: str
    agreeing: int
    """entries that have the usual form"""
    total: int

    @property
    def message(self) -> str:
        counts = Counter(each.form.name for each in self.odd)
        shown = [f"{name}{self.facet.where}" + (f" ({n} times)" if n > 1 else "") for name, n in counts.items()]
        group = self.odd[0].form.group.split(" ")[0]
        entries = f"{self.total} {group} entries" if group else f"{self.total} entries"
        return f"{', '.join(shown)}, where {self.agreeing} of {entries} have {self.usual}"

    @property
    def help(self) -> str:
        if self.facet.read is forms.page_dash and self.odd[0].form.name == EN_DASH:
            return "an en dash is the sign for a range: write it in all entries"
        return "write it as the other entries do"

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What makes all of them usual; nothing where one cannot be written without knowing more."""
        found = [self._edit(each) for each in self.odd]
        return tuple(each for each in found if each) if all(found) else ()

    def _edit(self, place: Place) -> Edit | None:
        text, form = place.entry.text, place.form
        new = self.facet.written(text.value[form.start : form.stop], self.usual)
        return None if new is None else text.edit(form.start, form.stop, new)


class OddEntry(NamedTuple):
    """An entry that is in another form than the others, in several facets."""

    found: tuple[tuple[OddForms, Place], ...]
    """each facet in which it differs, and how"""

    @property
    def span(self) -> Span:
        return min(place.span for _, place in self.found)

    @property
    def message(self) -> str:
        shown = ", ".join(f"{place.form.name}{odd.facet.where}" for odd, place in self.found)
        return f"this entry is in another form than the others: {shown}"

    @property
    def help(self) -> str:
        return "most have " + ", ".join(f"{odd.usual}{odd.facet.where}" for odd, _ in self.found)


def odd_forms(page: Page) -> Iterator[OddForms | OddEntry]:
    """Of each facet, the entries that differ; first those that differ in several. Silent on what a program writes, and
    on what other rules tell."""
    citations = page.citations
    prose = [each for each in citations if each.shape not in ("bibtex", "data", "paper")]
    if len(prose) < ENOUGH:
        return
    smart = not page.path.lower().endswith(LITERAL)
    entries = [each for each in (Entry(citation, smart=smart) for citation in prose) if each.is_sound]
    told = _Told(citations)
    found = [odd for facet in FACETS for odd in _odd_of(facet, entries, told)]
    differing: dict[Entry, list[tuple[OddForms, Place]]] = defaultdict(list)
    for odd in found:
        for place in odd.odd:
            differing[place.entry].append((odd, place))
    others = {entry: each for entry, each in differing.items() if len(each) >= ANOTHER}
    yield from (OddEntry(tuple(each)) for each in others.values())
    for odd in found:
        left = tuple(place for place in odd.odd if place.entry not in others)
        if left:
            yield odd._replace(odd=left)


def _odd_of(facet: Facet, entries: Sequence[Entry], told: _Told) -> Iterator[OddForms]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for entry in entries:
        form = facet.read(entry)
        if form:
            groups[form.group].append(Place(entry, form))
    for places in groups.values():
        odd = _odd(facet, places, told)
        if odd and not (facet.shown_by_all and _is_mixed(odd, len(entries))):
            yield odd


def _is_mixed(odd: OddForms, entries: int) -> bool:
    return odd.agreeing < ONE_STYLE * odd.total or odd.agreeing * 2 <= entries


class _Told:
    """What other rules tell. It is looked for only if a form is odd."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._citations = citations
        self._spans: list[Span] | None = None

    def __contains__(self, place: Span) -> bool:
        if self._spans is None:
            self._spans = [slip.span for slip in punctuation_slips(self._citations)]
            mixed = (each for each in mixed_venues(self._citations) if each.standard)
            self._spans += [each.span for venue in mixed for each in venue.rare]
        return any(span.start <= place.start < span.end for span in self._spans)


def _odd(facet: Facet, places: Sequence[Place], told: _Told) -> OddForms | None:
    counts = Counter(each.form.name for each in places)
    usual, count = counts.most_common(1)[0]
    if count < ENOUGH or count < MAJORITY * len(places) or len(counts) < 2:
        return None
    customs = _customs(places)
    odd = tuple(
        each
        for each in places
        if each.form.name != usual
        and facet.only in ("", each.form.name)
        and (each.entry.citation.section, each.form.name) not in customs
        and each.span not in told
    )
    return OddForms(facet, odd, usual, count, len(places)) if odd else None


def _customs(places: Sequence[Place]) -> set[tuple[tuple[str, ...], str]]:
    """(section, form) where a section has a form of its own: a list that was written so on purpose."""
    own: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for each in places:
        own[each.entry.citation.section][each.form.name] += 1
    return {
        (section, name)
        for section, counts in own.items()
        for name, count in counts.items()
        if count >= OWN_CUSTOM and count >= MAJORITY * counts.total()
    }
