"""Identifiers that two different works of a page have in common."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation, Identifier
from sitecheck.citations.cited import DISTINCT, Work
from sitecheck.citations.content_words import STOP
from sitecheck.citations.same_work import compare
from sitecheck.citations.work import title_words, without_latex, work_of
from sitecheck.late import late

PAPERS = frozenset(("doi", "arxiv", "openreview", "eprint", "acl", "ieee", "pubmed", "ssrn", "pdf"))
MAX_SHARED = 2
"""An identifier that more works have names what they belong to: a volume, a session, a group's repository."""
ONE_PAPER = frozenset(("arxiv", "openreview", "eprint", "pubmed", "ssrn", "pdf"))
"""What names one paper and no volume. More works than two may have a wrong one, too."""
ONE_NUMBER = frozenset(("doi", "arxiv", "openreview"))
"""Of which an entry has one, unless it names more papers than its own."""
MAX_PASTED = 4
"""A paper that more works have is what they are about: rows of a table of data sets name their source."""
BOOK = late(r"/(?:b|c|isbn[-.:]?)?97[89][\d-]{10,14}$")
OF_MANY = late(
    r"proceedings|programm?e?\b|abstracts|volume|newsletter|book|slides|poster|tutorial|presentation|(?:^|[^a-z])(?:cv|vita|resume|issue)(?:[^a-z]|$)",
    re.IGNORECASE,
)
ANOTHER = late(
    r"(?:extended|journal|conference|workshop|earlier|previous|short|long|full|preliminary) version|companion"
    r"|follow-?up|supersede|see also|based on|builds on|erratum|corrigendum|comment(?:ary|s)? on|repl(?:y|ies) to"
    r"|response to|with discussion",
    re.IGNORECASE,
)
"""What an entry says of another paper that it leads to, too."""
SAME_NAME = 6
"""How many letters in common at the beginning of two titles make their systems one and its successor."""
FOR_OTHERS = frozenset(
    """
        toolbox toolkit tool tools library framework package software platform benchmark benchmarks benchmarking dataset
        datasets data corpus database survey review simulator suite environment
    """.split()  # noqa: SIM905  # so many literals read worse
)
"""Words of titles whose repository other papers use."""
NEXT = 2
"""how far apart entries are, at most, of which one was copied for the other"""
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
        many = Counter(each.scheme for each in citation.identifiers)
        for each in citation.identifiers:
            if each.scheme in ONE_NUMBER and many[each.scheme] > 1:
                continue  # it names another paper, too, and which is whose is not known
            if each.scheme == "code" or (each.scheme in PAPERS and not is_of_many(each.scheme, each.value)):
                owners[each.scheme, each.value].append((citation, each))
    order = {id(citation): k for k, citation in enumerate(citations)}
    for owned in owners.values():
        if len(owned) < 2:
            continue
        works = _works(owned)
        limit = MAX_PASTED if works[0][1].scheme in ONE_PAPER else MAX_SHARED
        if 1 < len(works) <= limit:
            (first, first_place), *others = works
            for second, second_place in others:
                if first_place.scheme != "code" or _is_surely_wrong(works, order):
                    yield SharedIdentifier(first, first_place, second, second_place)


def is_of_many(scheme: str, value: str) -> bool:
    """Whether a PDF is, by its name, a volume with many papers in it, or no paper; or a DOI is a whole book's."""
    if scheme == "doi":
        return BOOK.search(value) is not None
    return scheme == "pdf" and OF_MANY.search(value.rpartition("/")[2]) is not None


def _works(owned: Sequence[tuple[Citation, Identifier]]) -> list[tuple[Citation, Identifier]]:
    """One citation for each work among the owners of an identifier."""
    found: list[tuple[Citation, Identifier]] = []
    for citation, place in owned:
        if not any(_may_be_one(citation, other, place.scheme) for other, _ in found):
            found.append((citation, place))
    return found


def _is_surely_wrong(works: Sequence[tuple[Citation, Identifier]], order: Mapping[int, int]) -> bool:
    """Whether two works have one repository by mistake, and not because their authors keep both papers' code there.

    It is named after one of them only; or each of two entries that follow each other has a name of its own, and the
    repository has neither. A tool, a data set and a survey are there for other papers, too.
    """
    named = [citation for citation, code in works if _names_its_code(citation, code)]
    if len(named) == 1:
        return named[0].title is not None and FOR_OTHERS.isdisjoint(title_words(named[0].title.value))
    first, second = (citation for citation, _ in works)
    return not named and abs(order[id(first)] - order[id(second)]) <= NEXT and _has_name(first) and _has_name(second)


def _has_name(citation: Citation) -> bool:
    """Whether a title begins with the name of what it is about: `TDViT: ...`."""
    title = citation.title.value if citation.title else ""
    name, colon, _ = title.partition(":")
    return bool(colon) and len(name) > 2 and not re.search(r"\s", name.strip())


def _names_its_code(citation: Citation, code: Identifier) -> bool:
    """Whether a title has the name of a repository."""
    name = "".join(title_words(code.value.rpartition("/")[2])) if code.scheme == "code" else ""
    return len(name) > 3 and citation.title is not None and name in "".join(title_words(citation.title.value))


def _may_be_one(a: Citation, b: Citation, scheme: str) -> bool:
    """Whether two citations may be of one work, or one a part of the other: then sharing is no fault."""
    if a.title is None or b.title is None:
        return True
    if any(ANOTHER.search(each.text.value.replace(each.title.value, " ", 1)) for each in (a, b) if each.title):
        return True
    one, other = work_of(a), work_of(b)
    if works_may_be_one(one, other, scheme):
        return True
    return one.title in _letters(b) or other.title in _letters(a)


def works_may_be_one(one: Work, other: Work, scheme: str) -> bool:
    """The same by what is kept of citations."""
    if not one.title or not other.title or one.label or other.label or compare(one, other) != DISTINCT:
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
