from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, OddForms, Page, PageRule, Related, Severity, odd_forms


class CitationStyle(PageRule):
    """Some entries of a list are written in another form than most: a hyphen between pages, "&" before the last author.

    Each facet of form is judged by itself: how authors are named, ordered and joined, "et al.", quotation marks, where
    the year stands and what is before it, label and dash of the pages, volume and issue, acronym or full name of the
    venue, its case, "In", the form of preprints, the period at the end. The form that is most usual on the page is its
    standard, if four entries have it and they are two thirds of those that show the facet. All entries that differ in a
    facet are one finding.

    Silent in data and BibTeX, where a program sets the form; for a section that has a form of its own; and about the
    city, the publisher and ordinals ("29th", "Twenty-ninth"), which proceedings have as they like.

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
        for found in odd_forms(page.citations):
            yield _finding(found)


def _finding(found: OddForms) -> Finding:
    first, *others = found.odd
    related = tuple(Related(each.span, f"{each.form.name} here") for each in others)
    fix = Fix(found.edits, safe=False, title=f"write {found.usual}") if found.edits else None
    help_ = "" if fix else "write it as the other entries do"
    return Finding(first.span, found.message, fix, related=related, help=help_)
