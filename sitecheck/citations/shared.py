"""Identifiers that two different works of a page have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation, Identifier
from sitecheck.citations.cited import DISTINCT
from sitecheck.citations.content import STOP
from sitecheck.citations.same_work import compare
from sitecheck.citations.work import title_words, without_latex, work_of

PAPERS = frozenset(("doi", "arxiv", "openreview", "eprint", "acl", "ieee", "pubmed", "ssrn", "pdf"))
MAX_SHARED = 2
"""An identifier that more works have names what they belong to: a volume, a session, a group's repository."""
ONE_PAPER = frozenset(("arxiv", "openreview", "eprint", "pubmed", "ssrn", "pdf"))
"""What names one paper and no volume. More works than two may have a wrong one, too."""
MAX_PASTED = 4
"""A paper that more works have is what they are about: rows of a table of data sets name their source."""
SAME_NAME = 6
"""How many letters in common at the beginning of two titles make their systems one and its successor."""
UNLIKE = 0.5
"""How like two titles may be, at most, for their works to be surely two."""


class SharedIdentifier(NamedTuple):
    """One identifier, and the two citations that have it."""

    first: Citation
    first_place: Identifier
    second: Citation
    second_place: Identifier

    @property
    def is_code(self) -> bool:
        return self.second_place.scheme == "code"


def shared_identifiers(citations: Sequence[Citation]) -> Iterator[SharedIdentifier]:
    """Each identifier that stands with two works which are surely not one."""
    owners: dict[tuple[str, str], list[tuple[Citation, Identifier]]] = defaultdict(list)
    for citation in citations:
        for each in citation.identifiers:
            if each.scheme in PAPERS or each.scheme == "code":
                owners[each.scheme, each.value].append((citation, each))
    for owned in owners.values():
        if len(owned) < 2:
            continue
        works = _works(owned)
        limit = MAX_PASTED if works[0][1].scheme in ONE_PAPER else MAX_SHARED
        if 1 < len(works) <= limit and not all(_names_its_code(*each) for each in works):
            (first, first_place), *others = works
            for second, second_place in others:
                yield SharedIdentifier(first, first_place, second, second_place)


def _works(owned: Sequence[tuple[Citation, Identifier]]) -> list[tuple[Citation, Identifier]]:
    """One citation for each work among the owners of an identifier."""
    found: list[tuple[Citation, Identifier]] = []
    for citation, place in owned:
        if not any(_may_be_one(citation, other, place.scheme) for other, _ in found):
            found.append((citation, place))
    return found


def _names_its_code(citation: Citation, code: Identifier) -> bool:
    """Whether a title has the name of a repository: where two have it, both are about what is in there."""
    name = "".join(title_words(code.value.rpartition("/")[2])) if code.scheme == "code" else ""
    return len(name) > 3 and citation.title is not None and name in "".join(title_words(citation.title.value))


def _may_be_one(a: Citation, b: Citation, scheme: str) -> bool:
    """Whether two citations may be of one work, or one a part of the other: then sharing is no fault."""
    if a.title is None or b.title is None:
        return True
    one, other = work_of(a), work_of(b)
    if not one.title or not other.title or one.label or other.label:
        return True
    if compare(one, other) != DISTINCT or one.title in _letters(b) or other.title in _letters(a):
        return True
    if one.words[0] == other.words[0]:
        return True
    if scheme not in ONE_PAPER and _stem(one.words[0], other.words[0]) >= SAME_NAME:
        return True  # CityGaussian and CityGaussianV2 may have one repository, and not one preprint
    if scheme == "arxiv" and "preprint" in (one.kind, other.kind) and not (one.families and other.families):
        return True  # it may have been published under another title, and no names tell
    own, others = set(one.words) - STOP, set(other.words) - STOP
    return len(own & others) > UNLIKE * min(len(own), len(others))


def _stem(word: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    return next(
        (k for k, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), min(len(word), len(other))
    )


def _letters(citation: Citation) -> str:
    """All of a citation as letters in a row, as titles are compared."""
    return "".join(title_words(without_latex(citation.text.value)))
