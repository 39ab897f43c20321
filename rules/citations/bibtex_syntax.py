from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Severity, broken_entries


class BibtexSyntax(PageRule):
    """An entry of a BibTeX file cannot be parsed.

    Programs drop it, or the whole file. Most often a brace or a comma is missing at the end of one of its fields. The
    entries around it are read all the same, here and in the other rules.

    Silent where a string is used that the file does not define: it may be defined elsewhere.

    Wrong where the one program that reads the file mends what others reject.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > @article{lin20, title = {Growth of kelp} year = 2020}
              ^^^^^^^^^^^^^^ this entry cannot be parsed: '}' expected
            > @article{roe21, title = {On tides}, year = 2021}
            """,
            path="a.bib",
        ),
        Example(
            """
            > @article{lin20, title = {Growth of {kelp}, year = 2020}
              ^^^^^^^^^^^^^^ this entry cannot be parsed: it is never closed
            > @article{roe21, title = {On tides}, year = 2021}
            """,
            path="a.bib",
        ),
        Example("@article{lin20, title = {Growth of kelp}, month = may, year = 2020,}", path="a.bib"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.is_bibtex:
            for entry in broken_entries(page):
                yield Finding(
                    entry.span,
                    f"this entry cannot be parsed: {entry.reason}",
                    help="look for a comma or brace that is missing",
                )
