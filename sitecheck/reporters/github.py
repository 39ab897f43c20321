"""Annotations on GitHub: workflow commands, then a log of all findings, and a summary of the step where one is wanted.

    ::error file=content/_index.md,line=23,endLine=23,col=270,endColumn=272,title=sitecheck%3A mojibake::'Ã¼' stands ...

The runner keeps 10 errors, 10 warnings and 10 notices of a step; of others it would show the text without the place. So
no more are written, the most severe first, those on changed lines before others. All are in a folded group of the log,
one a line. Where some have no annotation the last line is a notice that says how many, and where they are.

Lines and columns count from 1. GitHub does not say what its columns count, and marks whole lines; ours count code
points, and the end is exclusive, as everywhere in this program.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from sitecheck.counting import tally
from sitecheck.finding import Diagnostic, Severity
from sitecheck.reporters._annotations import LIMIT, by_rank, fitting, from_root, log, whereabouts
from sitecheck.reporters._repository import Repository
from sitecheck.reporters._screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitecheck.reporters import Display, Results

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

LONGEST = 2000
"""code points of a message; GitHub takes 64 KB and shows less"""


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write the annotations and the log, and append the summary to the file that GITHUB_STEP_SUMMARY names."""
    screen = Screen(out, display._replace(links=False))
    plain = Screen(out, display._replace(links=False, color=False))
    found = from_root(by_rank(results), Repository(results))
    shown, left = fitting(found, Severity.INFO)
    out.writelines(f"{_annotation(diagnostic, plain)}\n" for diagnostic in shown)
    out.writelines(log(found, results, screen, "::group::", "::endgroup::"))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if left:
        out.write(command("notice", {"title": "sitecheck"}, "\n".join(_notice(left, plain, bool(summary)))) + "\n")
    if summary:
        from sitecheck.reporters._step_summary import append

        append(summary, results, found)


def command(name: str, properties: dict[str, object], message: str) -> str:
    """A workflow command. Whatever stands in its values, it is one line and means what it says."""
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _annotation(diagnostic: Diagnostic, screen: Screen) -> str:
    start, end = diagnostic.place.start, diagnostic.place.end
    last = end.line - 1 if end.column == 1 and end.line > start.line else end.line
    properties: dict[str, object] = {
        "file": screen.text(diagnostic.place.path),
        "line": start.line,
        "endLine": last,
    }
    if last == start.line:  # the runner takes columns on one line only
        properties["col"] = start.column
        if end.line == start.line:
            properties["endColumn"] = end.column
    properties["title"] = f"sitecheck: {diagnostic.rule}"
    message = "\n".join(screen.text(line[:LONGEST]) for line in _message(diagnostic))
    return command(COMMANDS[diagnostic.severity], properties, message)


def _message(diagnostic: Diagnostic) -> Iterator[str]:
    """What is wrong, what to do, and what belongs to it, a line each."""
    yield diagnostic.message
    if diagnostic.advice:
        yield f"help: {diagnostic.advice}"
    for place in diagnostic.related:
        yield f"see {place.path}:{place.start.line}:{place.start.column}: {place.message}"


def _notice(left: list[Diagnostic], screen: Screen, summary: bool) -> Iterator[str]:
    """Why some findings have no annotation, how many of which file, and where they can be read."""
    where = whereabouts(screen.text(diagnostic.place.path) for diagnostic in left)
    yield f"{tally(left)} more, in {where}"
    room = f"GitHub has room for {LIMIT} annotations of a level"
    yield f"{room}; all findings are in the log of this step{' and in its summary' if summary else ''}"
