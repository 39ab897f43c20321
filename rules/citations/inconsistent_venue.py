from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import (
    Example,
    Finding,
    Fix,
    Page,
    PageRule,
    Related,
    Severity,
    mixed_venues,
    most_usual_venue,
    quoted_venue,
    ways_of_venue,
)

if TYPE_CHECKING:
    from sitecheck import MixedVenue, OwnVenues


class InconsistentVenue(PageRule):
    """A page writes one venue in more ways than one.

    `NeurIPS` and `Neurips`, `IEEE Transactions` and `IEEE transactions`, the acronym here and the full name there.
    The way that is more usual on the page is its standard, if the venue is named four times or more and two thirds of
    them agree; then the other ones are warnings. Else there is one info with the counts.

    Silent where `Full Name (ACRONYM)` stands beside either, since that defines the acronym, and for what changes from
    year to year: ordinals, years, the sponsor in front of the name, and names that a venue is known to have had.
    An acronym that was given up is told by `old-venue-name` alone. No form is a standard that leaves out words of
    another, such as `International`.

    Which names are of one venue is told by a table, by the words of the names and their abbreviations, and by
    `[venues]` in the configuration.

    Wrong where two venues have one acronym.
    """

    venues: OwnVenues = ()
    """those of the configuration: names, and what else each is called"""
    examples = (
        Example(
            """
            > - A. Lin. "Growth of kelp in cold water." ECCV, 2016.
            > - A. Lin. "Growth of kelp in warm water." ECCV, 2018.
            > - A. Lin. "Growth of eelgrass at night." ECCV, 2020.
            > - A. Lin. "Tides of the Wadden Sea." In European Conference on Computer Vision, 2022.
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this venue is 'ECCV' in 3 of 4 entries
            """,  # noqa: E501  # the message is that long
            fixed="""
            > - A. Lin. "Growth of kelp in cold water." ECCV, 2016.
            > - A. Lin. "Growth of kelp in warm water." ECCV, 2018.
            > - A. Lin. "Growth of eelgrass at night." ECCV, 2020.
            > - A. Lin. "Tides of the Wadden Sea." In ECCV, 2022.
            """,
        ),
        Example(
            """
            > - A. Lin. "Growth of kelp in cold water." IEEE Transactions on Multimedia, 2016.
            > - A. Lin. "Tides of the Wadden Sea." IEEE transactions on multimedia, 2022.
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this venue is written in two ways: this one once, 'IEEE Transactions on Multimedia' once
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            - A. Lin. "Growth of kelp in cold water." European Conference on Computer Vision (ECCV), 2016.
            - A. Lin. "Tides of the Wadden Sea." ECCV, 2022.
            """
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.citations:
            yield from map(_finding, mixed_venues(page.citations, own=self.venues))


def _finding(mixed: MixedVenue) -> Finding:
    first, *others = mixed.rare
    usual = most_usual_venue(mixed.usual)
    related = [Related(each.span, "and here") for each in others]
    related.append(Related(mixed.usual[0].span, "the other way"))
    if mixed.standard:
        message = f"this venue is {quoted_venue(mixed.usual)} in {len(mixed.usual)} of {mixed.total} entries"
        return Finding(first.span, message, _fix(mixed, usual), related=tuple(related))
    message = f"this venue is written in {ways_of_venue(mixed, 'this one')}"
    return Finding(first.span, message, severity=Severity.INFO, related=tuple(related), help="choose one")


def _fix(mixed: MixedVenue, usual: str) -> Fix | None:
    edits = [each.text.edit(each.start, each.stop, usual) for each in mixed.rare]
    if mixed.has_several_names or any(edit is None for edit in edits):
        return None
    return Fix(tuple(edit for edit in edits if edit), safe=False, title=f"write '{usual}'")
