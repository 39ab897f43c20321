"""A code quality report for GitLab: a JSON array, shown in merge requests.

The fields are those that GitLab reads, and what Code Climate, whose format it is a part of, demands besides. What a
merge request adds or mends is told by the fingerprints alone.
"""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from sitecheck.finding import Diagnostic, Place, Severity
from sitecheck.reporters._fingerprint import Fingerprints
from sitecheck.reporters._repository import Repository
from sitecheck.reporters._screen import Screen

if TYPE_CHECKING:
    from sitecheck.reporters import Display, Results

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
CATEGORIES = {Severity.ERROR: "Bug Risk", Severity.WARNING: "Clarity", Severity.INFO: "Style"}


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write the array, a line for each finding. It is ASCII."""
    repository, fingerprints, screen = Repository(results), Fingerprints(), Screen(StringIO(), display)
    out.write("[")
    separator = "\n"
    for diagnostic in results.diagnostics:
        path = repository.path(diagnostic.place.path)
        fingerprint = fingerprints.next(diagnostic, path, repository.source(diagnostic.place.path))
        out.write(separator + json.dumps(_issue(diagnostic, path, fingerprint, screen)))
        separator = ",\n"
    out.write("\n]\n")


def _issue(diagnostic: Diagnostic, path: str, fingerprint: str, screen: Screen) -> dict[str, object]:
    content = {"content": {"body": screen.text(diagnostic.advice)}} if diagnostic.advice else {}
    return {
        "type": "issue",
        "check_name": diagnostic.rule,
        "description": screen.text(diagnostic.message),
        **content,
        "categories": [CATEGORIES[diagnostic.severity]],
        "severity": SEVERITIES[diagnostic.severity],
        "fingerprint": fingerprint,
        "location": {"path": path, "lines": _lines(diagnostic.place)},
    }


def _lines(place: Place) -> dict[str, int]:
    last = place.end.line if place.end.column > 1 else place.end.line - 1
    return {"begin": place.start.line, "end": max(last, place.start.line)}
