"""The citations of a page: each shape of list in turn, and of what it offers what is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitecheck.late import late

if TYPE_CHECKING:
    import re

    from sitecheck.citations.citation import Citation
    from sitecheck.page import Page

PROMISING = late(r"19\d\d|20\d\d|'\d\d|’\d\d")
"""A page without any of these, nor an archive, has no citation that could be judged. Each way begins with one sign, as
that is found fast, and every page is searched."""
PROMISING_TEXT = late(r"1(?<!\d1)9\d\d(?![-/]\d\d[-/]|\d)|2(?<!\d2)0\d\d(?![-/]\d\d[-/]|\d)|'\d\d|’\d\d")
"""The same where only what a visitor reads may have one: the date of a post and the folder of a picture are no year."""
ARCHIVES = ("arxiv", "ssrn", "doi.org")


def find(page: Page) -> list[Citation]:
    """All citations of a page, in order of place."""
    if not _is_promising(page.source.text, PROMISING):
        return []
    from sitecheck.citations import data

    has_data = data.may_have(page.path)
    if not has_data and not _is_promising(page.source.text, PROMISING_TEXT):
        return []
    from sitecheck.citations import prose

    found = list(data.citations(page)) if has_data else []
    found += prose.citations(page, [citation.span for citation in found])
    found.sort(key=lambda citation: citation.span)
    return found


def _is_promising(text: str, years: re.Pattern[str]) -> bool:
    if years.search(text):
        return True
    low = text.lower()
    return any(name in low for name in ARCHIVES)
