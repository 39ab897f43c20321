"""How two entries of one work stand to each other: in one list, by two topics, in two files, or twice on purpose."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sitecheck.citations.cited import Cited
from sitecheck.late import late
from sitecheck.text import PLACEHOLDER

if TYPE_CHECKING:
    from sitecheck.page import Page

ONE_LIST, TWO_LISTS, TWO_FILES = "one list", "two lists", "two files"
ALIKE = "alike"
"""In one list, under titles that are not quite the same."""
ON_PURPOSE, FOLDER, GENERATED = "on purpose", "folder", "generated"
REFERENCES = "references"
"""Of two texts on one page: each needs its own."""

HIGHLIGHTS = late(
    r"\b(?:highlight(?:s|ed)?|selected|featured|recent|latest|representative|key|notable|best|award\w*|news"
    r"|spotlight|top|cited|"
    r"favou?rite|spotlights?|overview|new|what['’]s new|oral"
    r"|projects?|software|code|talks?|presentations?|posters?|media|press|tutorials?|resources?|videos?|demos?)\b",
    re.IGNORECASE,
)
"""Headings of what stands elsewhere, too."""
OF_A_TEXT = late(
    r"\W{0,9}(?:references?|bibliography|literature(?: cited)?|works cited|citations|(?:foot|end)?notes|sources"
    r"|further reading)\W{0,9}",
    re.IGNORECASE,
)
AWESOME = late(r"awesome|reading list|papers? list|list of papers|curated|\bsurvey\b", re.IGNORECASE)
MANY = 10
"""entries that name authors, and tell whose papers a list has"""
MOST_NAMED = 0.2
"""Where nobody is an author of more entries than this share, a list has the papers of others."""
YEAR = late(r"(?:19|20)\d\d")
DIGITS = late(r"\d+")
HEAD = 1_000
"""code points at the beginning of a file in which it says that a program made it"""
MADE = late(
    r"^[ \t]{0,9}(%|#|//|<!--)[^\n]{0,200}\b(?:auto(?:matically)?[- ]generated|generated (?:automatically|by|from|with)"
    r"|do not edit)\b",
    re.IGNORECASE | re.MULTILINE,
)

HEADINGS = (".md", ".markdown", ".qmd", ".rmd", ".mdx")
"""Files in which `#` makes a heading, and no comment."""


def on_page(first: Cited, later: Cited, *, is_of_others: bool = False) -> str:
    """How two entries of one page stand to each other."""
    if later.generated:
        return GENERATED
    titles = (*first.section[-1:], *later.section[-1:])
    if first.section != later.section and len(titles) == 2 and all(map(OF_A_TEXT.fullmatch, titles)):
        return REFERENCES
    one_list = ONE_LIST if first.work.title == later.work.title else ALIKE
    if first.section == later.section and not (first.teaser or later.teaser or is_of_others):
        return one_list
    listed_otherwise = first.teaser != later.teaser or any(map(HIGHLIGHTS.search, titles))
    if listed_otherwise or is_of_others or _for_two(first, later):
        return ON_PURPOSE
    if len(titles) == 2 and all(map(YEAR.search, titles)) and first.section[:-1] == later.section[:-1]:
        return one_list
    return TWO_LISTS


def _for_two(first: Cited, later: Cited) -> bool:
    """Whether a work is cited for two things: two parts of a program come from one paper. Code shows no name here."""
    return bool(first.subject and later.subject) and (first.subject != later.subject or PLACEHOLDER in later.subject)


def in_files(first: Cited, later: Cited, paths: tuple[str, str], sizes: tuple[int, int]) -> str:
    """How two entries stand to each other of which each is in a file of its own list.

    Files of one entry each are a list, and so are files that are named by year. Others may be lists of their own: each
    person's papers, and each project's.
    """
    if first.generated or later.generated:
        return GENERATED
    one, other = (DIGITS.sub("", posixpath.basename(path)) for path in paths)
    are_one_list = max(sizes) == 1 or one == other or first.shape == "paper"
    return TWO_FILES if are_one_list and first.teaser == later.teaser else FOLDER


def is_of_others(path: str, entries: Sequence[Cited]) -> bool:
    """Whether a page lists what others wrote, by topic: there a paper may stand under each of its topics."""
    if AWESOME.search(path) or any(AWESOME.search(each.section[0]) for each in entries if each.section):
        return True
    named = [set(each.work.families) for each in entries if each.work.families]
    if len(named) < MANY:
        return False
    counts = Counter(family for families in named for family in families)
    return max(counts.values()) < MOST_NAMED * len(named)


def is_generated(page: Page) -> bool:
    """Whether a file says of itself that a program made it: there nobody mends a thing by hand."""
    made = MADE.search(page.source.text, 0, HEAD)
    return made is not None and not (made[1] == "#" and page.source.path.endswith(HEADINGS))
