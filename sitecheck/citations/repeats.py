"""Works that a site lists more than once, and where the two entries stand to each other."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.citations.cited import DISTINCT, SAME, Cited
from sitecheck.citations.pairs import likely_pairs
from sitecheck.citations.relation import ALIKE, ONE_LIST, REFERENCES, in_files, is_of_others, on_page
from sitecheck.citations.same_work import compare
from sitecheck.finding import Related
from sitecheck.late import late

if TYPE_CHECKING:
    from sitecheck.site import Site

COPIED = 0.2
"""Where two files share more of the shorter one than this, one is made from the other, and no entry is listed twice."""
LANGUAGE = late(r"[._-](?:en|de|fr|es|it|pt|nl|pl|ru|zh|cn|ja|jp|ko|kr)(?:[_-]\w{2,4})?(?=\.\w+$)", re.IGNORECASE)
"""What the name of a file has before its ending where the page is there in more than one language."""


class Repeat(NamedTuple):
    """An entry, and the one before it that is of the same work."""

    entry: Cited
    first: Cited
    first_path: str
    """relative to the site's root; "" for the same page"""
    relation: str
    """of `relation.py`: ONE_LIST, TWO_LISTS, ..."""

    @property
    def is_under_one_heading(self) -> bool:
        return not self.first_path and (self.relation in (ONE_LIST, ALIKE) or self.entry.section == self.first.section)


def places_of_repeats(repeats: Sequence[Repeat], first: str) -> tuple[Related, ...]:
    """The places of all that is told at the first of some repeats. `first` says what the entry before each is."""
    found = []
    for each in repeats:
        if each is not repeats[0]:
            found.append(Related(each.entry.place, "and here"))
        found.append(Related(each.first.place, first, each.first_path))
    return tuple(found)


def repeats_in(path: str, site: Site, verdict: str = SAME) -> Iterator[Repeat]:
    """The entries of one page that an earlier one repeats, each with the first of them."""
    entries = site.facts(path).citations
    firsts: dict[int, int] = {}
    for i, j, told in site.memo(("citations.compared", path), lambda site: _compared(site.facts(path).citations)):
        if told == verdict and j not in firsts:
            firsts[j] = i if verdict != SAME else firsts.get(i, i)
    others = bool(firsts) and is_of_others(path, entries)
    for j, i in sorted(firsts.items()):
        relation = on_page(entries[i], entries[j], is_of_others=others)
        if relation != REFERENCES:
            yield Repeat(entries[j], entries[i], "", relation)


def _compared(entries: Sequence[Cited]) -> list[tuple[int, int, str]]:
    """(earlier entry, later entry, SAME or VERSION) of one page."""
    works = [each.work for each in entries]
    pairs = ((i, j, compare(works[i], works[j])) for i, j in likely_pairs(works))
    return [each for each in pairs if each[2] != DISTINCT]


def repeats_over_files(path: str, site: Site, verdict: str = SAME) -> Iterator[Repeat]:
    """The entries of a file that another file of the same list has: data in one folder, papers of one collection."""
    if is_part_of_list(path, site):
        yield from site.memo("citations.repeats", _all_over_files).get((path, verdict), ())


def _all_over_files(site: Site) -> dict[tuple[str, str], list[Repeat]]:
    """By the path of the later file, and SAME or VERSION."""
    sizes = {path: len(facts.citations) for path, facts in site.all_facts.items()}
    found: dict[tuple[str, str], list[Repeat]] = defaultdict(list)
    for members in lists_over_files(site):
        for path, verdict, repeat in _between_files(members, sizes):
            found[path, verdict].append(repeat)
    return found


def is_part_of_list(path: str, site: Site) -> bool:
    """Whether other files may go on with the list that a file has. Else none of them need be read."""
    return any(list_of(path, entry.shape) for entry in site.facts(path).citations)


def lists_over_files(site: Site) -> Iterable[Sequence[tuple[str, Cited]]]:
    """The lists of a site that files share: of each its entries with the paths of their files, by path."""
    lists: dict[str, list[tuple[str, Cited]]] = defaultdict(list)
    for path, facts in sorted(site.all_facts.items()):
        for entry in facts.citations:
            if name := list_of(path, entry.shape):
                lists[name].append((path, entry))
    return lists.values()


def list_of(path: str, shape: str) -> str:
    """The list that a file is a part of; "" where it is one by itself."""
    folder, name = posixpath.split(path)
    if "/." in f"/{path}":
        return ""
    if name.startswith("cite."):  # the entry that a page of its own offers to visitors
        return f"{posixpath.dirname(folder)}/*/{name}"
    if shape == "paper":
        return f"{posixpath.dirname(folder)}/*/" if name.startswith(("index.", "_index.")) else f"{folder}/"
    return f"{folder}/*{posixpath.splitext(name)[1]}" if shape in ("data", "bibtex") else ""


def _between_files(members: Sequence[tuple[str, Cited]], sizes: Mapping[str, int]) -> Iterator[tuple[str, str, Repeat]]:
    """(path of the later file, SAME or VERSION, repeat)."""
    works = [entry.work for _, entry in members]
    found: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for i, j in likely_pairs(works):
        one, other = members[i][0], members[j][0]
        if are_apart(one, other) and (verdict := compare(works[i], works[j])) != DISTINCT:
            found[one, other, verdict].append((i, j))
    told: set[int] = set()
    for (one, other, verdict), pairs in found.items():
        smaller = min(sizes[one], sizes[other])
        if smaller > 3 and len(pairs) > COPIED * smaller:
            continue
        for i, j in pairs:
            if verdict == SAME and j in told:
                continue
            first, later = members[i][1], members[j][1]
            if verdict == SAME:
                told.add(j)
            relation = in_files(first, later, (one, other), (sizes[one], sizes[other]))
            yield other, verdict, Repeat(later, first, one, relation)


def are_apart(one: str, other: str) -> bool:
    """Whether two files are two pages, and not one page in two languages."""
    if posixpath.dirname(one) == posixpath.dirname(other) and posixpath.basename(one).startswith("index."):
        return False
    return one != other and LANGUAGE.sub("", one) != LANGUAGE.sub("", other)
