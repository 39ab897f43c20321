"""Names by which a CI server knows a finding again after lines have moved."""

from __future__ import annotations

from hashlib import blake2b
from itertools import accumulate
from operator import mul
from struct import unpack
from typing import TYPE_CHECKING

from sitecheck.source import LINE_END

if TYPE_CHECKING:
    from sitecheck.finding import Diagnostic
    from sitecheck.source import Source

AROUND = 40
"""code points on both sides of a finding, on its line: a paragraph is often one line, and an edit at its other end must
not make all of its findings new ones"""
LONGEST = 400
"""code points of what is found"""

BLOCK = 100
"""UTF-16 code units that GitHub's hash of a line covers"""
BASE, MASK = 37, (1 << 64) - 1
POWERS = tuple(pow(BASE, BLOCK - 1 - place, 1 << 64) for place in range(BLOCK))
END_OF_FILE = b"\xff\xff"


class Fingerprints:
    """Hashes of rule, path, and the text found with a little around it; equal ones are told apart by counting."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def next(self, diagnostic: Diagnostic, path: str, source: Source | None) -> str:
        """The fingerprint of the next finding, in the order of the report; 32 hexadecimal digits."""
        surroundings = _surroundings(diagnostic, source.text) if source else diagnostic.message
        key = f"{diagnostic.rule}\0{path}\0{surroundings}"
        number = self._seen[key] = self._seen.get(key, 0) + 1
        return blake2b(f"{key}\0{number}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _surroundings(diagnostic: Diagnostic, text: str) -> str:
    """What is found and what stands beside it on its lines, without white space."""
    start, end = diagnostic.place.start.offset, diagnostic.place.end.offset
    line_start = start - diagnostic.place.start.column + 1
    line_end = LINE_END.search(text, end, end + AROUND)
    before = text[max(line_start, start - AROUND, 0) : start]
    after = text[end : line_end.start() if line_end else end + AROUND]
    return "\0".join("".join(part.split()) for part in (before, text[start:end][:LONGEST], after))


class LineHashes:
    """The hash by which GitHub knows the lines of a file, as its `upload-sarif` action works it out from the bytes.

    It covers the first 100 characters from the start of a line on, spaces and tabs left out, and may run on into the
    next lines; equal ones are numbered. A report with other values for `primaryLocationLineHash` is taken too, with a
    warning for each.
    """

    def __init__(self, raw: bytes) -> None:
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        lines = [line.encode("utf-16-le") for line in text.replace(" ", "").replace("\t", "").split("\n")]
        self._units = b"\n\0".join(lines) + END_OF_FILE
        self._starts = [0, *accumulate(len(line) + 2 for line in lines)]
        self._numbers: list[int] = []
        self._last = (0, "")
        seen: dict[bytes, int] = {}
        for line in range(1, len(lines) + 1):
            block = self._block(line)
            seen[block] = seen.get(block, 0) + 1
            self._numbers.append(seen[block])

    def of(self, line: int) -> str:
        """The hash of a line, counted from 1; empty where there is no such line."""
        if not 1 <= line <= len(self._numbers):
            return ""
        if self._last[0] != line:
            block = self._block(line)
            units = unpack(f"<{len(block) // 2}H", block)
            self._last = (line, f"{sum(map(mul, units, POWERS)) & MASK:x}:{self._numbers[line - 1]}")
        return self._last[1]

    def _block(self, line: int) -> bytes:
        start = self._starts[line - 1]
        return self._units[start : start + 2 * BLOCK]
