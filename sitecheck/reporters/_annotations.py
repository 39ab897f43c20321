"""The few findings that a CI server shows beside the code, and what is said of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitecheck.counting import counted, tally
from sitecheck.finding import Severity
from sitecheck.reporters.text import closing, headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitecheck.finding import Diagnostic, Place
    from sitecheck.reporters import Results
    from sitecheck.reporters._repository import Repository
    from sitecheck.reporters._screen import Screen

LIMIT = 10
"""The runners of GitHub and Azure keep so many findings of a level and step; of the others they keep the text."""

FILES_NAMED = 5


def by_rank(results: Results) -> list[Diagnostic]:
    """Errors before warnings before infos; of each, what touches a changed line first; otherwise as reported."""
    changed = results.changed

    def rank(diagnostic: Diagnostic) -> tuple[int, bool]:
        untouched = changed is not None and not any(map(changed, (diagnostic.place, *diagnostic.related)))
        return -diagnostic.severity, untouched

    return sorted(results.diagnostics, key=rank)


def from_root(found: Iterable[Diagnostic], repository: Repository) -> list[Diagnostic]:
    """The findings with their paths from the repository's root."""

    def moved(place: Place) -> Place:
        return place._replace(path=repository.path(place.path))

    return [
        diagnostic._replace(place=moved(diagnostic.place), related=tuple(map(moved, diagnostic.related)))
        for diagnostic in found
    ]


def fitting(found: Sequence[Diagnostic], messenger: Severity) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings that a runner keeps, and the others. With any left over, one `messenger` less is kept to say so."""
    room = dict.fromkeys(Severity, LIMIT)
    shown, left = _split(found, room)
    if left:
        room[messenger] -= 1
        shown, left = _split(found, room)
    return shown, left


def log(
    found: Sequence[Diagnostic], results: Results, screen: Screen, opening: str, closing_mark: str
) -> Iterator[str]:
    """The lines of a log that has all findings in a group that folds, and then the summary."""
    if found:
        yield f"{opening}all findings: {tally(found)}\n"
        yield from (f"{headline(diagnostic, screen)}\n" for diagnostic in found)
        yield f"{closing_mark}\n"
    yield from (f"{line}\n" for line in closing(results, screen))


def _split(found: Iterable[Diagnostic], room: Mapping[Severity, int]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings that there is room for, and the others."""
    shown: list[Diagnostic] = []
    left: list[Diagnostic] = []
    taken = dict.fromkeys(Severity, 0)
    for diagnostic in found:
        fits = taken[diagnostic.severity] < room[diagnostic.severity]
        taken[diagnostic.severity] += fits
        (shown if fits else left).append(diagnostic)
    return shown, left


def whereabouts(paths: Iterable[str]) -> str:
    """In which files so many findings stand, the fullest first: `a.md (7), b.md (2) and 3 more files`"""
    counts: dict[str, int] = {}
    for path in paths:
        counts[path] = counts.get(path, 0) + 1
    files = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{path} ({count})" for path, count in files[:FILES_NAMED])
    more = len(files) - FILES_NAMED
    return f"{named} and {counted(more, 'more file')}" if more > 0 else named
