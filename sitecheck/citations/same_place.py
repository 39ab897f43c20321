"""Whether two works were printed in one place: venue, year and pages."""

from __future__ import annotations

import re

from sitecheck.citations.cited import Work, Written
from sitecheck.citations.venue_table import abbreviates, plain, stands_for

FORMS = frozenset(
    ("international", "conference", "proceedings", "journal", "ieee", "acm", "workshop", "transactions", "annual")
)
"""Words that the names of many venues have."""


def venues_agree(a: Work, b: Work) -> bool | None:
    """Whether two works name one venue; None where that cannot be told."""
    if a.venue is None or b.venue is None:
        return None
    if a.venue.key == b.venue.key:
        return True
    if a.venue.workshop != b.venue.workshop or (a.venue.venue and b.venue.venue):
        return False
    one, two = _full_name(a.venue), _full_name(b.venue)
    if abbreviates(one, two) or stands_for(one, two) or stands_for(two, one):
        return True
    own, other = set(plain(one).split()), set(plain(two).split())
    if own and other and (own <= other or other <= own):
        return None if len(own & other) < 2 else True
    own, other = own - FORMS, other - FORMS
    return None if own & other and 2 * len(own & other) >= min(len(own), len(other)) else False


def _full_name(venue: Written) -> str:
    return venue.venue.name if venue.venue else re.split(r":|\s[-–—]\s", venue.name, maxsplit=1)[0] or venue.acronym


def pages_agree(a: Work, b: Work) -> bool | None:
    """Whether two works begin on the same page; None where that is not told."""
    return a.pages.split("-")[0] == b.pages.split("-")[0] if a.pages and b.pages else None


def same_pages(a: Work, b: Work) -> bool:
    """Whether both stand on one page of a volume, which need not be named alike. Preprints begin at 1."""
    return bool(pages_agree(a, b)) and "-" in a.pages and not a.pages.startswith("1-")


def one_issue(a: Work, b: Work) -> bool:
    """Whether year and venue are there and equal, and neither pages nor numbers differ."""
    if a.year is None or a.year != b.year or pages_agree(a, b) is False:
        return False
    return bool(venues_agree(a, b)) and not two_issues(a, b)


def two_issues(a: Work, b: Work) -> bool:
    """Whether one journal printed them under two numbers, as far as is known. None prints a work twice."""
    apart = any(own and other and own != other for own, other in zip(a.issue, b.issue, strict=True))
    slip = a.year == b.year and a.pages == b.pages and len(set(a.pages.split("-"))) > 1  # a column has its page
    return apart and not slip and a.kind == b.kind and venues_agree(a, b) is not False


def same_place(a: Work, b: Work) -> bool:
    """Whether year, venue, authors and pages are all there and equal."""
    return a.families == b.families and bool(pages_agree(a, b)) and one_issue(a, b)


def told_apart(a: Work, b: Work) -> bool:
    """Whether each of two entries says something of where it was published that the other one does not."""
    own, other = set(a.where.split()), set(b.where.split())
    return bool(own - other and other - own)


def elsewhere(a: Work, b: Work) -> bool:
    """Whether two works were printed in two places or years. What one meeting printed at once is two papers."""
    return venues_agree(a, b) is not True or a.year != b.year


def near_in_time(a: Work, b: Work) -> bool:
    return a.year is None or b.year is None or abs(a.year - b.year) <= 4
