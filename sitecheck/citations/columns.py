"""Titles of columns, which many works have: `Editorial`, `Book reviews`, `Guest editors' introduction`."""

from __future__ import annotations

from sitecheck.citations.cited import Work
from sitecheck.late import late

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
COLUMN_START = late(
    r"(?:editor|editorial|foreword|preface|obituary|reminiscences|book ?reviews?|introduction to the special"
    r"|in memoriam|guest editor|(?:chair|president|treasurer|director|dean)s? (?:message|letter|report|corner))"
    r"|.*\bcolumn$"
)


def column_and_subject(a: Work, b: Work) -> bool:
    """Whether two people or more wrote a column, and one title has its subject only, or the column's name only.

    `E-services: Guest editorial` is listed as `Guest editorial`, or as `E-services`.
    """
    short, long = sorted((a, b), key=lambda each: len(each.title))
    if len(a.families) < 2 or len(short.title) < 10 or short.title == long.title:
        return False
    more = long.title.removeprefix(short.title)
    if more == long.title:
        more = long.title.removesuffix(short.title)
    return more != long.title and (is_column(short) or more in COLUMN or more.startswith(("guesteditor", "editor")))


def is_column(a: Work) -> bool:
    return a.title in COLUMN or bool(COLUMN_START.match(" ".join(a.words)) and len(a.words) <= 6)
