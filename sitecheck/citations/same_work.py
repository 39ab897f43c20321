"""Whether two citations are one work: listed twice, in another version, or not at all."""

from __future__ import annotations

from sitecheck.citations.cited import DISTINCT, SAME, VERSION, Work
from sitecheck.citations.columns import column_and_subject, is_column
from sitecheck.citations.content_words import content
from sitecheck.citations.same_authors import all_of, authors_agree, one_group, one_leads
from sitecheck.citations.same_place import (
    near_in_time,
    one_issue,
    pages_agree,
    same_pages,
    same_place,
    told_apart,
    two_issues,
    venues_agree,
)
from sitecheck.citations.same_title import alike, almost_one_title, compare_titles

APART = frozenset(("thesis", "poster", "talk", "slides"))
"""Kinds that stand beside a paper of the same title, and are no second entry of it."""


def compare(a: Work, b: Work) -> str:
    """SAME, VERSION or DISTINCT."""
    if not a.title or not b.title:
        return DISTINCT
    return _by_number(a, b) or _by_title(a, b, compare_titles(a, b))


def _by_number(a: Work, b: Work) -> str:
    """What a DOI or an arXiv number that both have tells; "" where it tells nothing."""
    if set(a.dois).isdisjoint(b.dois) and set(a.arxiv).isdisjoint(b.arxiv):
        return ""
    authors = authors_agree(a, b)
    if not set(a.dois).isdisjoint(b.dois) and authors is not False and alike(a, b) > 0.75:
        return VERSION if _otherwise_published(a, b) else SAME
    return VERSION if authors and not set(a.arxiv).isdisjoint(b.arxiv) and _retitled(a, b) else ""


def _by_title(a: Work, b: Work, titles: str) -> str:
    if titles == DISTINCT and not one_issue(a, b):
        return DISTINCT
    authors = authors_agree(a, b) or _one_misread(a, b)
    if authors is False and _printed_once(a, b):
        return SAME
    if titles != SAME and authors and _one_place(a, b) and _one_of_two_titles(a, b):
        return SAME
    if titles == VERSION and authors and one_issue(a, b) and same_pages(a, b):
        return SAME
    if titles == DISTINCT or authors is False or two_issues(a, b):
        return DISTINCT
    if titles == VERSION:
        return VERSION if authors and one_group(a, b) and near_in_time(a, b) else DISTINCT
    if (
        authors is None
        and (min(len(a.words), len(b.words)) < 4 or min(len(a.title), len(b.title)) < 20)
        and not same_place(a, b)
    ):
        return DISTINCT
    if is_column(a) or is_column(b):
        return SAME if same_place(a, b) or _one_team(a, b) else DISTINCT
    return _edition(a, b)


def _one_of_two_titles(a: Work, b: Work) -> bool:
    """Whether two titles from one place are those of one work, as nothing else tells the two apart."""
    return not told_apart(a, b) and (almost_one_title(a, b) or column_and_subject(a, b))


def _otherwise_published(a: Work, b: Work) -> bool:
    """Whether one DOI stands with the conference's and the journal's version: kinds, years and titles tell them apart.

    A meeting whose papers a journal prints (ISMB, SIGGRAPH) has one title for both.
    """
    if a.year and a.year == b.year and compare_titles(a, b) == SAME:
        return False
    apart = abs(a.year - b.year) if a.year and b.year else 0
    return apart > 1 or bool(a.kind and b.kind and a.kind != b.kind)


def _retitled(a: Work, b: Work) -> bool:
    """Whether a preprint got another title: one number, the same group, and some of the words. Else it was pasted."""
    own, other = content(a, b), content(b, a)
    return one_group(a, b) and compare_titles(a, b) != SAME and 3 * len(own & other) >= min(len(own), len(other)) > 2


def _edition(a: Work, b: Work) -> str:
    """Of two citations with one title and no other authors: whether they are the same publication of it."""
    if a.kind != b.kind and not APART.isdisjoint((a.kind, b.kind)):
        return VERSION
    if a.dois and b.dois and set(a.dois).isdisjoint(b.dois):
        return VERSION
    apart = abs(a.year - b.year) if a.year and b.year else 0
    place = venues_agree(a, b)
    if same_pages(a, b) and (apart <= 1 or place is True):
        return SAME
    if a.year == b.year and a.kind == b.kind and not set(a.files).isdisjoint(b.files):
        return SAME  # in one PDF it is one paper, however its venue is written
    if place is None and told_apart(a, b):
        return (
            DISTINCT if "patent" in a.where and "patent" in b.where else VERSION
        )  # patents of one family have one title
    if place is False or (a.kind and b.kind and a.kind != b.kind and place is None):
        return VERSION
    if place is True:
        if apart and (pages_agree(a, b) is False or not one_leads(a, b)):
            return VERSION
        return SAME if apart <= 1 or (a.kind == "preprint" and apart <= 2) else VERSION
    if a.year and b.year:
        return SAME if apart == 0 and pages_agree(a, b) is not False else VERSION
    return SAME if (a.year, a.venue) == (b.year, b.venue) else VERSION


def _one_place(a: Work, b: Work) -> bool:
    """Whether the same people stand with the same year and venue: two works of one title are not told apart there."""
    if not one_issue(a, b):
        return False
    if a.title == b.title and not is_column(a):
        return True  # `Panel: ...` is listed with whoever led it, or with all
    return all_of(a.families, b.families) and all_of(b.families, a.families)


def _printed_once(a: Work, b: Work) -> bool:
    """Whether one long title stands with one venue and year: then names that differ were misread or are wrong."""
    return a.title == b.title and _is_long(a) and a.label == b.label and not is_column(a) and one_issue(a, b)


def _one_misread(a: Work, b: Work) -> bool | None:
    """Whether one long title stands with the same first author: then the other name of two was misread."""
    return None if not a.families or not b.families else a.title == b.title and _is_long(a) and one_leads(a, b)


def _one_team(a: Work, b: Work) -> bool:
    """Whether so many people wrote both columns that they met once: as guest editors of an issue."""
    return len(a.families) > 3 - a.title.startswith("guest") - 1 and _one_place(a, b)


def _is_long(a: Work) -> bool:
    return len(a.title) >= 25 and len(a.words) > 4 and not is_column(a)
