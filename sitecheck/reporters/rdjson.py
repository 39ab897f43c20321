"""Diagnostics for reviewdog: one JSON object, the message `DiagnosticResult` of its format.

Lines count from 1. So do columns, and they are bytes of UTF-8, a byte order mark among them, as reviewdog takes the
lines from the file. A fix is one suggestion: the range from its first edit to its last. What is no part of the format
is refused by some versions of reviewdog, so related places are told in the message.
"""

from __future__ import annotations

import codecs
import json
import re
from io import StringIO
from itertools import accumulate
from typing import TYPE_CHECKING, TextIO

from sitecheck.finding import Diagnostic, Fix, Place, Position
from sitecheck.reporters._repository import Repository
from sitecheck.reporters._screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitecheck.reporters import Display, Results
    from sitecheck.source import Source

SURROGATE = re.compile("[\ud800-\udfff]")
"""A byte that could not be decoded, among others: no JSON that other programs read can hold one."""

CHUNK = 256
"""code points between the places whose byte is remembered"""

LARGEST = 10_000
"""code points that a suggestion replaces at most: edits at both ends of a page are no suggestion for a line"""


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write the object, a line for each finding. It is ASCII."""
    repository, screen = Repository(results), Screen(StringIO(), display)
    source: dict[str, str] = {"name": "sitecheck"}
    if results.homepage:
        source["url"] = results.homepage
    out.write(f'{{"source": {json.dumps(source)},\n "diagnostics": [')
    separator = "\n  "
    file: tuple[str, _Columns | None] = ("", None)
    for diagnostic in results.diagnostics:
        path = diagnostic.place.path
        if file[0] != path:
            text = repository.source(path)
            file = (path, _Columns(text) if text else None)
        found = _finding(diagnostic, repository, file[1], screen)
        if results.homepage:
            found["code"] = {"value": diagnostic.rule, "url": f"{results.homepage}rules/{diagnostic.rule}.md"}
        out.write(separator + json.dumps(found))
        separator = ",\n  "
    out.write("]}\n")


def _finding(
    diagnostic: Diagnostic, repository: Repository, columns: _Columns | None, screen: Screen
) -> dict[str, object]:
    place = diagnostic.place
    lines = (screen.text(line) for line in _message(diagnostic, repository))
    found: dict[str, object] = {
        "message": "\n".join(lines),
        "location": {"path": repository.path(place.path), "range": _range(place, columns)},
        "severity": diagnostic.severity.name,
        "code": {"value": diagnostic.rule},
    }
    if columns and diagnostic.fix:
        found["suggestions"] = [*columns.suggestions(diagnostic.fix)]
    return found


def _message(diagnostic: Diagnostic, repository: Repository) -> Iterator[str]:
    yield diagnostic.message
    unsafe = " (it may change the meaning; look at it)" if diagnostic.fix and not diagnostic.fix.safe else ""
    if diagnostic.advice:
        yield f"help: {diagnostic.advice}{unsafe}"
    for place in diagnostic.related:
        yield f"see {repository.path(place.path)}:{place.start.line}:{place.start.column}: {place.message}"


def _range(place: Place, columns: _Columns | None) -> dict[str, object]:
    if columns is None:  # the file is gone: whole lines
        return {"start": {"line": place.start.line}, "end": {"line": place.end.line}}
    return {"start": columns.position(place.start), "end": columns.position(place.end)}


class _Columns:
    """Columns of one file in bytes of UTF-8. Costs the same for every finding on a line of any length."""

    def __init__(self, source: Source) -> None:
        self._source = source
        text = source.text
        chunks = (text[start : start + CHUNK] for start in range(0, len(text), CHUNK))
        self._bytes = [0, *accumulate(len(_encoded(chunk)) for chunk in chunks)]

    def position(self, position: Position) -> dict[str, int]:
        mark = len(codecs.BOM_UTF8) if position.line == 1 and self._source.bom == codecs.BOM_UTF8 else 0
        line_start = position.offset - position.column + 1
        return {"line": position.line, "column": self._byte(position.offset) - self._byte(line_start) + mark + 1}

    def suggestions(self, fix: Fix) -> Iterator[dict[str, object]]:
        """The fix as what it makes of the range that it touches; none where that is too long or cannot be written."""
        edits = sorted(fix.edits, key=lambda edit: (edit.start, edit.end))
        if not edits or edits[-1].end - edits[0].start > LARGEST:
            return
        text, place = self._source.text, edits[0].start
        parts: list[str] = []
        for edit in edits:
            parts += (text[place : edit.start], edit.text)
            place = edit.end
        replacement = "".join(parts)
        if not SURROGATE.search(replacement):
            start, end = (self.position(self._source.position(offset)) for offset in (edits[0].start, place))
            yield {"range": {"start": start, "end": end}, "text": replacement}

    def _byte(self, offset: int) -> int:
        """The byte at which a code point starts, the mark left out."""
        chunk = min(offset // CHUNK, len(self._bytes) - 1)
        return self._bytes[chunk] + len(_encoded(self._source.text[chunk * CHUNK : offset]))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
