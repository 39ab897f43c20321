"""The summary of a step on GitHub: a Markdown table of the findings, in which nothing of a page is Markdown."""

from __future__ import annotations

import os
import re
from io import StringIO
from typing import TYPE_CHECKING

from sitecheck.counting import counted, tally
from sitecheck.reporters import Display
from sitecheck.reporters._screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitecheck.finding import Diagnostic
    from sitecheck.reporters import Results

LIMIT = 1024 * 1024
"""bytes of a step's summary; GitHub drops a larger one as a whole. Others may write to it too: what is there counts."""
SPARE = 64 * 1024
"""bytes left for what the step may write afterwards"""

CELL = 300
"""code points of a message"""

MARKUP = re.compile(r"[^\w ]|_")
"""What may be mark-up to somebody; every letter and digit is not."""

ADDRESS = re.compile(r"https://[\w.-]+(?::\d+)?")
NAME = re.compile(r"[\w.-]+/[\w.-]+")
COMMIT = re.compile(r"[0-9a-f]{40,64}")


def append(file: str, results: Results, found: list[Diagnostic]) -> None:
    """Append the summary to a file, as much of it as there is room for. Where that fails, say so and go on."""
    try:
        with open(file, "ab") as stream:
            room = LIMIT - SPARE - stream.tell()
            stream.write("".join(_lines(results, found, room)).encode("utf-8", "replace"))
    except OSError as error:
        from sitecheck.cli import complain

        complain(f"{file}: the summary of the step cannot be written: {error.strerror}")


def _lines(results: Results, found: list[Diagnostic], room: int) -> Iterator[str]:
    read = counted(results.files, "file")
    yield f"### sitecheck: {tally(found) or 'no findings'} ({read} read)\n\n"
    if not found:
        return
    link, screen = _Links(), Screen(StringIO(), Display())
    yield "| Severity | Place | Rule | Finding |\n|---|---|---|---|\n"
    for number, diagnostic in enumerate(found):
        row = _row(diagnostic, link, screen)
        room -= len(row.encode("utf-8", "replace"))
        if room < 0:
            left = tally(found[number:])
            yield f"\nCut here: {left} more. The log of the step lists all findings.\n\n"
            return
        yield row
    yield "\n"


def _row(diagnostic: Diagnostic, link: _Links, screen: Screen) -> str:
    place = diagnostic.place
    shown = escape(screen.text(f"{place.path}:{place.start.line}:{place.start.column}"))
    message = screen.text(diagnostic.message)
    message = message if len(message) <= CELL else f"{message[:CELL]}…"
    address = link.to(place.path, place.start.line)
    where = f"[{shown}]({address})" if address else shown
    return f"| {diagnostic.severity.label} | {where} | `{diagnostic.rule}` | {escape(message)} |\n"


def escape(text: str) -> str:
    """The text as Markdown that shows it and does nothing: no mark-up, no HTML, no cell's end, no link, no mention.

    GitHub looks for addresses, mentions and issues in the text that was made of the references, too; the comment keeps
    those apart.
    """
    return MARKUP.sub(lambda match: f"&#{ord(match[0])};{'<!-- -->' if match[0] in '@#:.' else ''}", text)


class _Links:
    """Addresses of lines in the repository, where the environment says which it is and which commit."""

    def __init__(self) -> None:
        server, name, commit = (
            os.environ.get(variable, "") for variable in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
        )
        known = ADDRESS.fullmatch(server) and NAME.fullmatch(name) and COMMIT.fullmatch(commit)
        self._base = f"{server}/{name}/blob/{commit}/" if known else ""

    def to(self, path: str, line: int) -> str:
        """The address of a line, or nothing. `plain` has GitHub show the source of a page that it would render."""
        from urllib.parse import quote

        if not self._base or path.startswith(("../", "/")):
            return ""
        return f"{self._base}{quote(path)}?plain=1#L{line}"
