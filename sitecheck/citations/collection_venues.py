"""Venues that the papers of one collection, each on a page of its own, write in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sitecheck.citations.cited import Cited, Written
from sitecheck.citations.repeats import list_of
from sitecheck.citations.venue_forms import MixedVenue, mixed_venues
from sitecheck.citations.venue_keys import Keys, OwnVenues, by_own_names

if TYPE_CHECKING:
    from sitecheck.site import Site


def venues_of_collection(path: str, site: Site, own: OwnVenues = ()) -> Sequence[MixedVenue]:
    """The venues of which a form that is rarer in its collection stands on this page; that place comes first.

    `own` are the venues of the configuration.
    """
    return site.memo("citations.venues", partial(_of_collections, own)).get(path, ())


def _may_be_mixed(entries: Sequence[Cited], own: OwnVenues) -> bool:
    """Whether one venue has two forms among these: told from facts, so that most pages need not be read again."""
    forms = defaultdict(set)
    meant = by_own_names(own)
    for key, form in _forms([meant(each.work.venue) for each in entries if each.work.venue]):
        forms[key].add(form)
    return any(len(each) > 1 for each in forms.values())


def _forms(venues: Sequence[Written]) -> Iterator[tuple[str, tuple[str, str]]]:
    key_of = Keys(venues)
    for each in venues:
        if key := key_of(each):
            yield key, (each.name, each.acronym)


def _of_collections(own: OwnVenues, site: Site) -> dict[str, list[MixedVenue]]:
    collections: dict[str, list[tuple[str, Cited]]] = defaultdict(list)
    for path, facts in sorted(site.all_facts.items()):
        for entry in facts.citations[:1]:
            if entry.shape == "paper":
                collections[list_of(path, entry.shape)].append((path, entry))
    found: dict[str, list[MixedVenue]] = defaultdict(list)
    for members in collections.values():
        if _may_be_mixed([entry for _, entry in members], own):
            for path, mixed in _of_collection([path for path, _ in members], site, own):
                found[path].append(mixed)
    return found


def _of_collection(paths: Sequence[str], site: Site, own: OwnVenues) -> Iterator[tuple[str, MixedVenue]]:
    """(path of a page with a rarer form, the venue with that page's place first)."""
    cited = [(path, citation) for path in paths for citation in site.page(path).citations[:1]]
    for mixed in mixed_venues([citation for _, citation in cited], [path for path, _ in cited], own):
        for form in mixed.others:
            rest = tuple(other for other in mixed.others if other is not form)
            for each in form:
                own_first = (each, *(other for other in form if other is not each))
                yield each.path, mixed._replace(others=(own_first, *rest))
