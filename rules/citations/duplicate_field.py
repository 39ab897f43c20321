from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Related, Severity, Span

PRINTED = frozenset(
    """
        address author booktitle chapter date doi edition editor eprint howpublished institution journal month
        number organization pages publisher school series title type url volume year
    """.split()  # noqa: SIM905  # so many literals read worse
)


class DuplicateField(PageRule):
    """An entry of a BibTeX file has a field twice.

    Only one of the two counts, and which one depends on the program.

    Silent for fields that no bibliography style prints, such as those that reference managers keep for themselves.

    Wrong where both say the same, and nobody minds which one counts.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > @article{lin20, year = 2020, title = {Kelp}, year = 2021}
                                                           ^^^^ the field 'year' stands in this entry twice
            """,
            path="a.bib",
        ),
        Example("@article{lin20, title = {Kelp} # { in cold water}, keywords = {a}, keywords = {b}}", path="a.bib"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not page.is_bibtex:
            return
        for record in page.records:
            seen: dict[str, Span] = {}
            for name, _, label in record.fields:
                if label is None or name not in PRINTED:
                    continue
                span = label.span(0, len(label))
                first = seen.setdefault(name, span)
                if first != span:  # the parts of a value that `#` joins share their name's place
                    yield Finding(
                        span,
                        f"the field '{name}' stands in this entry twice",
                        related=(Related(first, "first here"),),
                        help="keep the right one",
                    )
