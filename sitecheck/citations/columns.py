"""Titles of columns, which many works have: `Editorial`, `Book reviews`, `Guest editors' introduction`."""

from __future__ import annotations

import re

from sitecheck.citations.cited import Work

COLUMN = frozenset(
    """
        editorial introduction preface foreword conclusion conclusions summary bookreview bookreviews review
        discussion comment comments reply response letter obituary news index contents erratum correction
        corrigendum abstract abstracts acknowledgments guesteditorial guesteditorsintroduction editorsnotes
        chairsmessage reminiscencesoninfluentialpapers interview perspective commentary viewpoint inthisissue
        aboutthisissue messagefromthechairs panel keynote tutorial overview introductiontothespecialissue
        specialissue
    """.split()  # noqa: SIM905  # so many literals read worse
)  # fmt: skip
"""Titles of columns, which many works have."""
COLUMN_START = re.compile(
    r"(?:editor|editorial|foreword|preface|obituary|reminiscences|book ?reviews?|introduction to the special"
    r"|in memoriam|guest editor)|.*\bcolumn$"
)


def is_column(a: Work) -> bool:
    return a.title in COLUMN or bool(COLUMN_START.match(" ".join(a.words)) and len(a.words) <= 6)
