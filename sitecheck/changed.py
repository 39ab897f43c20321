"""Which findings a change answers for: those on lines that it touched, and those that it caused elsewhere.

A finding elsewhere is the change's doing if the file as it was before, examined by the same rules, did not have it on
the line that it now stands on: a closing `---` was deleted, a second broken word has confirmed a first. "It" is the
same rule and the same text, whatever the message says.

What a finding depends on may lie in other files: it is also reported if a related place is on a line that was touched,
or if it is in a file that did not change, and was not found there before, as the file that a link leads to is gone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.baseline import found_text

if TYPE_CHECKING:
    from sitecheck.finding import Diagnostic, Place
    from sitecheck.source import Source


class Hunk(NamedTuple):
    """A run of lines in place of another. Of an empty run, the start is the line before it, from 1, or else 0."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int

    def touches(self, first: int, last: int) -> bool:
        """Whether it changed some of these lines of the new file, or deleted others between two of them."""
        if not self.new_count:
            return first <= self.new_start < last
        return self.new_start <= last and first < self.new_start + self.new_count


class Change(NamedTuple):
    """What became of a file. Its lines are git's: they end at LF only, and count from 1."""

    path: str
    """as it is now, relative to the root of the repository, with `/`"""
    hunks: tuple[Hunk, ...] = ()
    """in order"""
    before: str = ""
    """the id of what it held, or empty where the file is new: then every line of it is"""
    path_before: str = ""
    staged: str = ""
    """the id of what is staged; empty where the file in the working tree is meant"""

    def covers(self, first: int, last: int) -> bool:
        """Whether one of these lines is new or was changed, or some between them were deleted."""
        return not self.before or any(hunk.touches(first, last) for hunk in self.hunks)

    def now(self, line: int) -> int | None:
        """Where a line of the old file is in the new one; None where it is gone or was changed."""
        shift = 0
        for hunk in self.hunks:
            if line < hunk.old_start + (not hunk.old_count):
                break
            if line < hunk.old_start + hunk.old_count:
                return None
            shift += hunk.new_count - hunk.old_count
        return line + shift


UNCHANGED = Change("", before="the same")
"""what became of a file that is as it was"""

Key = tuple[int, str, str]
"""A line, a rule, and what it found there."""
ChangeOf = Callable[[str], Change | None]
"""What became of the file of a path."""
SourceOf = Callable[[str], "Source"]
"""The file of a path as it is now. Asked only where something was found in it, or it changed."""
Before = Callable[[str, Change], tuple["Source", Iterable["Diagnostic"]]]
"""The file of a path as it was, and what the rules said of that. The change may be UNCHANGED."""


def touching(change_of: ChangeOf, source_of: SourceOf) -> Callable[[Place], bool]:
    """A function that tells whether a place touches a line that was changed."""
    lines: dict[str, _Lines] = {}

    def touches(place: Place) -> bool:
        change = change_of(place.path)
        if change is None:
            return False
        if place.path not in lines:
            lines[place.path] = _Lines(source_of(place.path))
        return change.covers(*lines[place.path].of(place))

    return touches


def caused(found: Iterable[Diagnostic], change_of: ChangeOf, source_of: SourceOf, before: Before) -> list[Diagnostic]:
    """The findings that changes answer for, in the order given."""
    touches = touching(change_of, source_of)
    answered: list[Diagnostic] = []
    others: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        if any(map(touches, (diagnostic.place, *diagnostic.related))):
            answered.append(diagnostic)
        else:
            others.setdefault(diagnostic.place.path, []).append(diagnostic)
    for path, elsewhere in others.items():
        change = change_of(path) or UNCHANGED
        old = Counter(_still_there(change, *before(path, change)))
        answered += _without(elsewhere, old, _Lines(source_of(path)))
    return sorted(answered, key=lambda diagnostic: diagnostic.order)


def _without(found: Iterable[Diagnostic], old: Counter[Key], lines: _Lines) -> Iterator[Diagnostic]:
    """The findings that are not among the old ones. Each of those stands for one only."""
    for diagnostic in found:
        key = _key(diagnostic, lines)
        if old[key]:
            old[key] -= 1
        else:
            yield diagnostic


def _still_there(change: Change, source: Source, found: Iterable[Diagnostic]) -> Iterator[Key]:
    """Findings of the old file, at the places that their lines have now."""
    lines = _Lines(source)
    for diagnostic in found:
        line, rule, text = _key(diagnostic, lines)
        now = change.now(line)
        if now is not None:
            yield now, rule, text


def _key(diagnostic: Diagnostic, lines: _Lines) -> Key:
    return lines.at(diagnostic.place.start.offset), diagnostic.rule, found_text(diagnostic, lines.text)


class _Lines:
    """The lines of a file as git counts them: each byte 0x0A ends one, and a lone CR does not."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        encoding = source.encoding
        if encoding.startswith(("utf-16", "utf-32")):  # such a byte may be half of another character
            sizes = (char.encode(encoding, "surrogatepass").count(b"\n") for char in source.text)
            self._ends = [offset for offset, size in enumerate(sizes) for _ in range(size)]
        else:
            self._ends = [offset for offset, char in enumerate(source.text) if char == "\n"]

    def at(self, offset: int) -> int:
        """The line of a character. The end of the text belongs to its last line, even after a newline."""
        return bisect_left(self._ends, min(offset, max(len(self.text) - 1, 0))) + 1

    def of(self, place: Place) -> tuple[int, int]:
        """The first and the last line of a place."""
        start, end = place.start.offset, place.end.offset
        return self.at(start), self.at(max(start, end - 1))
