"""The report for programs: JSON, version 1. Keys are never renamed or removed within a version.

Offsets count code points of the decoded text from 0, a byte order mark left out; lines and columns count from 1; ends
are exclusive. `fixable` counts the findings whose fix is safe: what `--fix` alone applies. The output is ASCII; a byte
that could not be decoded stands in a text as the escape of a lone surrogate, `\\udc80` to `\\udcff`. Where the web was
asked, `links` has what it said of each link, and every place that it was asked for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from sitecheck.finding import Diagnostic, Fix, Place, Position, Severity

if TYPE_CHECKING:
    from sitecheck.online import CheckedLink
    from sitecheck.reporters import Display, Results


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write one JSON object: a line for each finding, so that reports can be compared line by line."""
    out.write('{"version": 1,\n "findings": [')
    separator = "\n  "
    for diagnostic in results.diagnostics:
        out.write(separator + json.dumps(_finding(diagnostic)))
        separator = ",\n  "
    if results.links:
        out.write('],\n "links": [' + ",".join(f"\n  {json.dumps(_link(link))}" for link in results.links))
    out.write(f'],\n "summary": {json.dumps(_summary(results))}}}\n')


def _finding(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        **_place(diagnostic.place),
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
        "related": [{**_place(place), "message": place.message} for place in diagnostic.related],
    }


def _link(link: CheckedLink) -> dict[str, object]:
    verdict = link.verdict
    places = ((place.path, place.start) for place in link.places)
    return {
        "url": verdict.url,
        "verdict": verdict.verdict,
        "status": verdict.status or None,
        "reason": verdict.reason,
        "final_url": verdict.final_url or None,
        "seconds": verdict.seconds,
        "traits": list(verdict.traits),
        "places": [{"path": path, "line": start.line, "column": start.column} for path, start in places],
    }


def _place(place: Place) -> dict[str, object]:
    return {"path": place.path, "start": _position(place.start), "end": _position(place.end)}


def _position(position: Position) -> dict[str, int]:
    return {"offset": position.offset, "line": position.line, "column": position.column}


def _fix(fix: Fix) -> dict[str, object]:
    edits = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "title": fix.title, "edits": edits}


def _summary(results: Results) -> dict[str, object]:
    severities = [diagnostic.severity for diagnostic in results.diagnostics]
    return {
        "files": results.files,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "infos": severities.count(Severity.INFO),
        "fixable": sum(diagnostic.fix is not None and diagnostic.fix.safe for diagnostic in results.diagnostics),
        "seconds": round(results.seconds, 3),
    }
