"""The citations of a page: each shape of list in turn, and of what it offers what is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitecheck.citations.late import late

if TYPE_CHECKING:
    from sitecheck.citations.citation import Citation
    from sitecheck.page import Page

PROMISING = late(r"(?:19|20)\d\d|['’]\d\d|arxiv|ssrn|doi\.org", re.IGNORECASE)
"""A page without any of these has no citation that could be judged."""
PROMISING_TEXT = late(r"(?<!\d)(?:19|20)\d\d(?![-/]\d\d[-/]|\d)|['’]\d\d|arxiv|ssrn|doi\.org", re.IGNORECASE)
"""The same where only what a visitor reads may have one: the date of a post and the folder of a picture are no year."""


def find(page: Page) -> list[Citation]:
    """All citations of a page, in order of place."""
    if not PROMISING.search(page.source.text):
        return []
    from sitecheck.citations import data

    has_data = data.may_have(page.path)
    if not has_data and not PROMISING_TEXT.search(page.source.text):
        return []
    from sitecheck.citations import prose

    found = list(data.citations(page)) if has_data else []
    found += prose.citations(page, [citation.span for citation in found])
    found.sort(key=lambda citation: citation.span)
    return found
