"""The citations of a page: each shape of list in turn, and of what it offers what is one."""

from __future__ import annotations

import re

from sitecheck.citations import data, prose
from sitecheck.citations.citation import Citation
from sitecheck.page import Page

PROMISING = re.compile(r"(?:19|20)\d\d|['’]\d\d|arxiv|doi\.org", re.IGNORECASE)
"""A page without any of these has no citation that could be judged."""


def find(page: Page) -> list[Citation]:
    """All citations of a page, in order of place."""
    if not PROMISING.search(page.source.text):
        return []
    found = list(data.citations(page))
    found += prose.citations(page, [citation.span for citation in found])
    found.sort(key=lambda citation: citation.span)
    return found
