from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Fix, Page, PageRule, Related, Severity, odd_forms

if TYPE_CHECKING:
    from sitecheck import OddEntry, OddForms


class CitationStyle(PageRule):
    """Some entries of a list are written in another form than most: a hyphen between pages, "&" before the last author.

    Each facet of form is judged by itself: how authors are named, ordered and joined, "et al.", quotation marks, where
    the year stands and what is before it, label and dash of the pages, volume and issue, acronym or full name of the
    venue, its case, "In", the form of preprints, the period at the end. The form that is most usual on the page is its
    standard, if four entries have it and they are two thirds of those that show the facet. All entries that differ in a
    facet are one finding, and so is an entry that differs in three facets or more.

    Silent in data and BibTeX, where a program sets the form; for a section that has a form of its own; and about the
    city, the publisher and ordinals ("29th", "Twenty-ninth"), which proceedings have as they like. Outside of HTML,
    "--" counts as an en dash and straight quotation marks as curly ones, since most generators make them so. Never is a
    hyphen proposed for an en dash, which is right between pages.

    Wrong where an entry follows another style on purpose.
    """

    severity = Severity.INFO
    preview = True
    examples = (
        Example(
            """
            > - A. Lin and B. Roe. "Growth of kelp in cold water." Journal of Tides 7, 1–9, 2016.
            > - A. Lin and B. Roe. "Growth of kelp in warm water." Journal of Tides 8, 11–19, 2017.
            > - A. Lin and B. Roe. "Growth of eelgrass at night." Journal of Tides 9, 21–29, 2018.
            > - A. Lin and B. Roe. "Lights of the Wadden Sea." Journal of Tides 10, 31–39, 2019.
            > - A. Lin & B. Roe. "Tides of the Wadden Sea." Journal of Tides 11, 41-49, 2020.
                       ^ '&' before the last author, where 4 of 5 entries have 'and'
                                                                                   ^ a hyphen between page numbers, where 4 of 5 entries have an en dash
            """,  # noqa: E501  # the message is that long
            fixed="""
            > - A. Lin and B. Roe. "Growth of kelp in cold water." Journal of Tides 7, 1–9, 2016.
            > - A. Lin and B. Roe. "Growth of kelp in warm water." Journal of Tides 8, 11–19, 2017.
            > - A. Lin and B. Roe. "Growth of eelgrass at night." Journal of Tides 9, 21–29, 2018.
            > - A. Lin and B. Roe. "Lights of the Wadden Sea." Journal of Tides 10, 31–39, 2019.
            > - A. Lin and B. Roe. "Tides of the Wadden Sea." Journal of Tides 11, 41–49, 2020.
            """,
        ),
        Example(
            """
            - A. Lin & B. Roe. "Growth of kelp in cold water." Journal of Tides 7, 1–9, 2016.
            - A. Lin and B. Roe. "Growth of kelp in warm water." Journal of Tides 8, 11-19, 2017.
            """
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not page.citations:
            return
        from sitecheck import OddEntry

        for found in odd_forms(page):
            yield _of_entry(found) if isinstance(found, OddEntry) else _of_facet(found)


def _of_facet(found: OddForms) -> Finding:
    first, *others = found.odd
    related = tuple(Related(each.span, f"{each.form.name} here") for each in others)
    fix = Fix(found.edits, safe=False, title=f"write {found.usual}") if found.edits else None
    return Finding(first.span, found.message, fix, related=related, help="" if fix else found.help)


def _of_entry(found: OddEntry) -> Finding:
    related = tuple(Related(place.span, f"{place.form.name} here") for _, place in found.found)
    return Finding(found.span, found.message, related=related, help=found.help)
