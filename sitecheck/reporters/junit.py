"""JUnit's XML, which every CI server reads: one suite, in which each finding is a test case of its file.

Errors and warnings are failed cases, infos are skipped ones: they fail nothing. Where nothing is found there is one
case that passed, since servers take a suite without any for a mistake. All is of the schema of Jenkins' xUnit plugin.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, TextIO

from sitecheck.finding import Diagnostic, Severity
from sitecheck.reporters._repository import Repository
from sitecheck.reporters._screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitecheck.reporters import Display, Results

ESCAPES = {ord(char): f"&#{ord(char)};" for char in "&<>\"'\n"}


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write the suite. It is ASCII, so it is UTF-8 too, whatever the encoding of `out`."""
    severities = [diagnostic.severity for diagnostic in results.diagnostics]
    infos = severities.count(Severity.INFO)
    counts = f'tests="{max(len(severities), 1)}" failures="{len(severities) - infos}" skipped="{infos}" errors="0"'
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<testsuites>\n<testsuite name="sitecheck" {counts} time="{results.seconds:.3f}">\n')
    repository, screen = Repository(results), Screen(StringIO(), display)
    for diagnostic in results.diagnostics:
        out.write(_case(diagnostic, repository.path(diagnostic.place.path), screen))
    if not results.diagnostics:
        out.write(f'<testcase name="no findings in files: {results.files}" classname="sitecheck"/>\n')
    out.write("</testsuite>\n</testsuites>\n")


def _case(diagnostic: Diagnostic, path: str, screen: Screen) -> str:
    place = f"{diagnostic.place.start.line}:{diagnostic.place.start.column}"
    shown, message = _escaped(screen.text(path)), _escaped(screen.text(diagnostic.message))
    head = f'<testcase name="{diagnostic.rule} at {place}" classname="{shown}">'
    if diagnostic.severity == Severity.INFO:
        return f'{head}<skipped message="{message}"/></testcase>\n'
    level = diagnostic.severity.label
    lines = (f"{shown}:{place}: {level}: {message}", *(_escaped(screen.text(line)) for line in _advice(diagnostic)))
    body = "\n".join(lines)
    return f'{head}<failure type="{level}" message="{message}">{body}</failure></testcase>\n'


def _advice(diagnostic: Diagnostic) -> Iterator[str]:
    if diagnostic.advice:
        yield f"help: {diagnostic.advice}"


def _escaped(text: str) -> str:
    """Printable text as it may stand in an attribute or an element, in ASCII."""
    return text.translate(ESCAPES).encode("ascii", "xmlcharrefreplace").decode("ascii")
