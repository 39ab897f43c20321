from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Related, Severity, shared_identifiers

NAMES = {
    "doi": "DOI",
    "arxiv": "arXiv number",
    "openreview": "OpenReview number",
    "eprint": "ePrint number",
    "acl": "ACL Anthology number",
    "ieee": "IEEE Xplore number",
    "pubmed": "PubMed number",
    "ssrn": "SSRN number",
    "pdf": "PDF",
    "code": "code",
}


class SharedIdentifier(PageRule):
    """One DOI, arXiv number, PDF or code repository stands with two different papers.

    Usually it was pasted with the entry that was copied, and the reader of one paper gets the other one.

    Two papers of one group may share their code. So there is a warning only where the repository has the name of one of
    them, or where two entries that follow each other have names of their own and the repository has neither.

    Silent where three or more papers share a DOI or code (it is their volume's, or their group's), or five a preprint
    or PDF; where the titles are alike; for DOIs of data sets, the code of a tool, a data set or a survey, and a PDF
    that is called proceedings; and where an entry names another version, or is a part of the other.

    Wrong where two papers were published in one file.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > - A. Lin. "Growth of kelp." 2020. [arXiv](https://arxiv.org/abs/2001.01234)
            > - C. Roe. "Tides of the Wadden Sea." 2021. [arXiv](https://arxiv.org/abs/2001.01234)
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this arXiv number stands with 'Growth of kelp' too
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            > - A. Lin. "KelpDreamer: Growth in cold water." 2020. [arXiv](https://arxiv.org/abs/2001.01234)
            > - A. Lin. "KelpDreamerPro: Tides of the Wadden Sea." 2021. [arXiv](https://arxiv.org/abs/2001.01234)
                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this arXiv number stands with 'KelpDreamer: Growth in cold water' too
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            - A. Lin. "Growth of kelp." 2020. [arXiv](https://arxiv.org/abs/2001.01234)
            - C. Roe. "Tides of the Wadden Sea." 2021. [arXiv](https://arxiv.org/abs/2101.04321)
            """
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        for shared in shared_identifiers(page.citations) if page.citations else ():
            title = shared.first.title
            other = f"'{shown(title.value)}'" if title else "another paper"
            yield Finding(
                shared.second_place.span,
                f"this {NAMES[shared.second_place.scheme]} stands with {other} too",
                severity=Severity.WARNING if shared.is_code else None,
                related=(Related(shared.first_place.span, "here"),),
                help="find out which of the two it belongs to",
            )


def shown(title: str) -> str:
    """A title as it fits into a message."""
    title = " ".join(title.split())
    return title if len(title) <= 60 else f"{title[:59]}…"
