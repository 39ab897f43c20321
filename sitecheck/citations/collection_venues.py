"""Venues that the papers of one collection, each on a page of its own, write in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sitecheck.citations.cited import Cited, Written
from sitecheck.citations.repeats import list_of
from sitecheck.citations.venue_forms import MixedVenue, mixed_venues, one_key

if TYPE_CHECKING:
    from sitecheck.site import Site


def venues_of_collection(path: str, site: Site) -> Sequence[MixedVenue]:
    """The venues of which the form that is rarer in its collection stands on this page."""
    if not any(entry.shape == "paper" for entry in site.facts(path).citations[:1]):
        return ()
    return site.memo("citations.venues", _of_collections).get(path, ())


def _may_be_mixed(entries: Sequence[Cited]) -> bool:
    """Whether one venue has two forms among these: told from facts, so that most pages need not be read again."""
    forms = defaultdict(set)
    for key, form in _forms([each.work.venue for each in entries if each.work.venue]):
        forms[key].add(form)
    return any(len(each) > 1 for each in forms.values())


def _forms(venues: Sequence[Written]) -> Iterator[tuple[str, tuple[str, str]]]:
    key_of = one_key(venues)
    for each in venues:
        if key := key_of(each):
            yield key, (each.name, each.acronym)


def _of_collections(site: Site) -> dict[str, list[MixedVenue]]:
    collections: dict[str, list[tuple[str, Cited]]] = defaultdict(list)
    for path, facts in sorted(site.all_facts.items()):
        for entry in facts.citations[:1]:
            if entry.shape == "paper":
                collections[list_of(path, entry.shape)].append((path, entry))
    found: dict[str, list[MixedVenue]] = defaultdict(list)
    for members in collections.values():
        if _may_be_mixed([entry for _, entry in members]):
            for path, mixed in _of_collection([path for path, _ in members], site):
                found[path].append(mixed)
    return found


def _of_collection(paths: Sequence[str], site: Site) -> Iterator[tuple[str, MixedVenue]]:
    """(path of a page with the rarer form, the venue with that page's place first)."""
    cited = [(path, citation) for path in paths for citation in site.page(path).citations[:1]]
    for mixed in mixed_venues([citation for _, citation in cited], [path for path, _ in cited]):
        for each in mixed.rare:
            yield each.path, mixed._replace(rare=(each, *(other for other in mixed.rare if other is not each)))
