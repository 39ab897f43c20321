"""Identifiers that two different works have in common whose entries are in two files of one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.citations.cited import Cited
from sitecheck.citations.repeats import are_apart, is_part_of_list, lists_over_files
from sitecheck.citations.shared import is_of_many, works_may_be_one
from sitecheck.text import Span

if TYPE_CHECKING:
    from sitecheck.site import Site


class SharedInFiles(NamedTuple):
    """An identifier, and where it stands in the two files."""

    scheme: str
    """`doi`, `arxiv` or `pdf`"""
    value: str
    place: Span
    other: Span
    other_path: str
    """relative to the site's root"""


def shared_over_files(path: str, site: Site) -> Iterator[SharedInFiles]:
    """The identifiers of a file that stand with another work in an earlier file of the same list."""
    if is_part_of_list(path, site):
        yield from site.memo("citations.shared", _all_shared).get(path, ())


def _all_shared(site: Site) -> dict[str, list[SharedInFiles]]:
    """By the path of the later file."""
    found: dict[str, list[SharedInFiles]] = defaultdict(list)
    for members in lists_over_files(site):
        for path, shared in _shared_in(members, site):
            found[path].append(shared)
    return found


def _shared_in(members: Sequence[tuple[str, Cited]], site: Site) -> Iterator[tuple[str, SharedInFiles]]:
    """(path of the later file, identifier) of one list. What three entries have names what they belong to."""
    owners: dict[tuple[str, str], list[tuple[str, Cited]]] = defaultdict(list)
    for path, entry in members:
        for identifier in _identifiers(entry):
            owners[identifier].append((path, entry))
    for (scheme, value), owned in owners.items():
        if len(owned) != 2 or is_of_many(scheme, value):
            continue
        (first_path, first), (path, entry) = owned
        if are_apart(first_path, path) and not works_may_be_one(first.work, entry.work, scheme):
            other, place = (_place(name, each, scheme, value, site) for name, each in owned)
            yield path, SharedInFiles(scheme, value, place, other, first_path)


def _place(path: str, entry: Cited, scheme: str, value: str, site: Site) -> Span:
    """Where an entry has an identifier. Its page is read again for that."""
    for citation in site.page(path).citations:
        for each in citation.identifiers:
            if (each.scheme, each.value) == (scheme, value):
                return each.span
    return entry.place


def _identifiers(entry: Cited) -> Iterator[tuple[str, str]]:
    work = entry.work
    for scheme, values in (("doi", work.dois), ("arxiv", work.arxiv), ("pdf", work.files)):
        for value in values:
            if scheme != "pdf" or "://" in value:  # a relative address leads from each file to another place
                yield scheme, value
