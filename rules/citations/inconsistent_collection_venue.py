from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import (
    Example,
    Finding,
    Related,
    Severity,
    Site,
    SiteRule,
    quoted_venue,
    venues_of_collection,
    ways_of_venue,
)

if TYPE_CHECKING:
    from sitecheck import MixedVenue, OwnVenues

SHOWN = 3
"""places that are shown of each of the other forms"""


class InconsistentCollectionVenue(SiteRule):
    """The papers of one collection, each on a page of its own, write one venue in more ways than one.

    A theme lists them under each other, and there visitors see both. What counts as the same is what it is for
    `inconsistent-venue`, which looks at lists on one page: the way that is more usual is the standard, if four papers
    or more name the venue and two thirds of them agree; else there is an info with the counts.

    Silent where `Full Name (ACRONYM)` stands beside either, and for the short form in a field of its own, such as
    Hugo's `publication_short`.

    Wrong where the theme does not show the venue.
    """

    needs = frozenset(("citations",))
    venues: OwnVenues = ()
    """those of the configuration: names, and what else each is called"""
    examples = (
        Example(
            """
            > ---
            > title: Growth of kelp in cold water
            > authors: [A. Lin]
            > date: 2021-05-01
            > publication: Transactions on marine biology
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this venue is written in two ways: as here once, 'Transactions on Marine Biology' once
            > ---
            """,  # noqa: E501  # the message is that long
            path="content/publication/weeds/index.md",
            others=(
                (
                    "content/publication/tides/index.md",
                    "---\ntitle: Tides of the Wadden Sea\nauthors: [C. Roe]\ndate: 2019-05-01\n"
                    "publication: Transactions on Marine Biology\n---\n",
                ),
            ),
        ),
        Example(
            "---\ntitle: Growth of kelp in cold water\nauthors: [A. Lin]\ndate: 2021-05-01\npublication: ECCV\n---\n",
            path="content/publication/kelp/index.md",
            others=(
                (
                    "content/publication/tides/index.md",
                    "---\ntitle: Tides of the Wadden Sea\nauthors: [C. Roe]\ndate: 2019-05-01\n"
                    "publication: ECCV\n---\n",
                ),
            ),
        ),
    )

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        if any(entry.shape == "paper" for entry in site.facts(path).citations[:1]):
            yield from map(_finding, venues_of_collection(path, site, self.venues))


def _finding(mixed: MixedVenue) -> Finding:
    place = mixed.rare[0]
    shown = [each for form in (mixed.usual, *mixed.others[1:]) for each in form[:SHOWN]]
    related = tuple(Related(other.span, "the other way", other.path) for other in shown)
    if mixed.standard:
        message = f"this venue is {quoted_venue(mixed.usual)} in {len(mixed.usual)} of {mixed.total} papers"
        return Finding(place.span, message, related=related)
    message = f"this venue is written in {ways_of_venue(mixed, 'as here')}"
    return Finding(place.span, message, severity=Severity.INFO, related=related, help="choose one")
