"""What a fix would change in a file, as a unified diff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TextIO

from sitecheck.source import Source

CONTEXT = 3
"""lines shown before and after a change"""
LINE = re.compile(rb"[^\n]*\n|[^\n]+")
SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')

Lines = Sequence[bytes]
Change = tuple[int, int, int, int]
"""Lines `a` to `b` of the old file become lines `c` to `d` of the new one: half-open, from 0."""


def unified(path: str, before: bytes, after: bytes) -> bytes:
    """The diff of one file, such as `git apply` and `patch -p1` take; empty where no line differs.

    Lines are the file's own bytes, whatever its encoding; only UTF-16 and UTF-32 are shown as UTF-8.
    """
    old, new = _lines(path, before), _lines(path, after)
    changes = _changes(old, new)
    if not changes:
        return b""
    header = f"--- {_quoted('a/' + path)}\n+++ {_quoted('b/' + path)}\n".encode("utf-8", "surrogateescape")
    return header + b"".join(line for hunk in _hunks(changes) for line in _written(hunk, old, new))


def on_terminal(diff: bytes, out: TextIO, *, color: bool) -> None:
    """Write a diff for a person: what would control the terminal, or stay unseen, is shown as `<U+200B>`."""
    from sitecheck.reporters import Display
    from sitecheck.reporters._screen import BOLD, CYAN, GREEN, RED, Screen

    screen = Screen(out, Display(color=color))
    styles = {"-": (RED,), "+": (GREEN,), "@": (CYAN,)}
    for number, line in enumerate(diff.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")):
        style = (BOLD,) if number < len(("---", "+++")) else styles.get(line[:1], ())
        out.write(screen.paint(screen.text(line.removesuffix("\r")), *style) + "\n")


def _lines(path: str, raw: bytes) -> Lines:
    source = Source(path, raw)
    if source.encoding.startswith(("utf-16", "utf-32")):
        raw = source.text.encode("utf-8", "surrogatepass")
    return LINE.findall(raw)


def _changes(old: Lines, new: Lines) -> list[Change]:
    """Where two files differ. Fixes seldom make or remove a line, so lines are compared by number.

    Where their count differs, all between the first and the last difference is one change. That is always right and
    always fast; difflib is slow where many lines are alike.
    """
    if len(old) == len(new):
        return [(k, k + 1, k, k + 1) for k in range(len(old)) if old[k] != new[k]]
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    return [(head, len(old) - tail, head, len(new) - tail)]


def _common(one: Lines, other: Lines) -> int:
    """How many lines are equal before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _hunks(changes: list[Change]) -> Iterator[list[Change]]:
    """The changes, in groups between which there are more equal lines than are shown around each."""
    group = changes[:1]
    for change in changes[1:]:
        if change[0] - group[-1][1] > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    yield group


def _written(hunk: list[Change], old: Lines, new: Lines) -> Iterator[bytes]:
    (a, _, c, _), (_, b, _, d) = hunk[0], hunk[-1]
    before = min(CONTEXT, a)
    after = min(CONTEXT, len(old) - b)
    ranges = _range(a - before, b + after), _range(c - before, d + after)
    yield "@@ -{} +{} @@\n".format(*ranges).encode()
    at = a - before
    for start, stop, new_start, new_stop in hunk:
        yield from (_line(b" ", line) for line in old[at:start])
        yield from (_line(b"-", line) for line in old[start:stop])
        yield from (_line(b"+", line) for line in new[new_start:new_stop])
        at = stop
    yield from (_line(b" ", line) for line in old[at : b + after])


def _line(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n\\ No newline at end of file\n"


def _range(start: int, stop: int) -> str:
    """Lines as the format counts them: from 1, and of an empty range the line before it."""
    count = stop - start
    return f"{start + 1 if count else start},{count}"


def _quoted(path: str) -> str:
    """A path as Git writes it: in C quotes if it holds control characters, and ended by a tab if it has spaces."""
    if SPECIAL.search(path):
        escapes = {"\n": r"\n", "\t": r"\t", '"': r"\"", "\\": r"\\"}
        return '"' + SPECIAL.sub(lambda match: escapes.get(match[0], f"\\{ord(match[0]):03o}"), path) + '"'
    return path + "\t" if " " in path else path
