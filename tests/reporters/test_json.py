"""JSON, version 1: other programs rely on it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from sitecheck.finding import Fix, Place, Position, Severity
from sitecheck.text import Edit, Span

COUNT = {"type": "integer", "minimum": 0}
POSITION = {
    "type": "object",
    "properties": {
        "offset": COUNT,
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
    },
    "required": ["offset", "line", "column"],
    "additionalProperties": False,
}
EDIT = {
    "type": "object",
    "properties": {"start": COUNT, "end": COUNT, "text": {"type": "string"}},
    "required": ["start", "end", "text"],
    "additionalProperties": False,
}
FIX = {
    "type": ["object", "null"],
    "properties": {
        "safe": {"type": "boolean"},
        "title": {"type": "string"},
        "edits": {"type": "array", "items": EDIT, "minItems": 1},
    },
    "required": ["safe", "title", "edits"],
    "additionalProperties": False,
}
PLACE = {"path": {"type": "string"}, "start": POSITION, "end": POSITION}
RELATED = {
    "type": "object",
    "properties": {**PLACE, "message": {"type": "string"}},
    "required": [*PLACE, "message"],
    "additionalProperties": False,
}
FINDING = {
    "type": "object",
    "properties": {
        "rule": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "severity": {"enum": ["error", "warning", "info"]},
        "message": {"type": "string"},
        **PLACE,
        "fix": FIX,
        "related": {"type": "array", "items": RELATED},
    },
    "required": ["rule", "severity", "message", *PLACE, "fix", "related"],
    "additionalProperties": False,
}
SUMMARY = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("files", "errors", "warnings", "infos", "fixable"), COUNT),
        "seconds": {"type": "number", "minimum": 0},
    },
    "required": ["files", "errors", "warnings", "infos", "fixable", "seconds"],
    "additionalProperties": False,
}
VERSION_1 = {
    "type": "object",
    "properties": {"version": {"const": 1}, "findings": {"type": "array", "items": FINDING}, "summary": SUMMARY},
    "required": ["version", "findings", "summary"],
    "additionalProperties": False,
}

DOCUMENTED = """
{"version": 1,
 "findings": [{"rule": "mojibake", "severity": "error", "message": "...", "path": "content/_index.md",
   "start": {"offset": 671, "line": 23, "column": 270}, "end": {"offset": 674, "line": 23, "column": 273},
   "fix": {"safe": true, "title": "...", "edits": [{"start": 671, "end": 674, "text": "\\u2019"}]},
   "related": [{"path": "...", "start": {"offset": 0, "line": 1, "column": 1},
     "end": {"offset": 0, "line": 1, "column": 1}, "message": "..."}]}],
 "summary": {"files": 1, "errors": 1, "warnings": 0, "infos": 0, "fixable": 1, "seconds": 0.05}}
"""


def test_it_is_what_the_documentation_shows_in_the_same_order(run: Any) -> None:
    page = run("\n" * 22 + "x" * 380 + "\n")
    nowhere = Place("...", Position(0, 1, 1), Position(0, 1, 1), "...")
    page.add(
        Place("content/_index.md", Position(671, 23, 270), Position(674, 23, 273)),
        "...",
        "mojibake",
        fix=Fix((Edit(671, 674, "\u2019"),), True, "..."),
        related=(nowhere,),
    )
    printed = page.report("json", seconds=0.0500001)
    assert json.dumps(json.loads(printed)) == json.dumps(json.loads(DOCUMENTED))
    assert "\\u2019" in printed


def test_every_kind_of_finding_is_of_the_schema(run: Any) -> None:
    page = run('Anna M\u00fcller\n\u5f35\u5049 "x" \udc92\n', "a \u00fc.md")
    page.add("Anna", fix=Fix((Edit(0, 4, "A"), Edit(5, 6, "")), False, "shorten"))
    page.add("\u5f35\u5049", 'a quote " and a line\nend', severity=Severity.WARNING)
    page.add("\udc92", "byte \udc92", severity=Severity.INFO, related=(page.place("Anna", "see"),))
    printed = page.report("json", encoding="ascii", files=3)
    data = json.loads(printed)
    jsonschema.validate(data, VERSION_1)
    assert [finding["fix"] is None for finding in data["findings"]] == [False, True, True]
    assert data["findings"][1]["start"] == {"offset": 12, "line": 2, "column": 1}
    assert data["findings"][2]["message"] == "byte \udc92"
    assert data["summary"] == {"files": 3, "errors": 1, "warnings": 1, "infos": 1, "fixable": 0, "seconds": 0.05}
    assert printed.count("\n") == len(data["findings"]) + 3


def test_a_clean_run(run: Any) -> None:
    data = json.loads(run("").report("json", files=7))
    jsonschema.validate(data, VERSION_1)
    assert data["findings"] == []
    assert data["summary"]["files"] == 7


def test_statistics_and_colours_are_not_for_programs(run: Any) -> None:
    page = run("text")
    page.add(page.place_of(Span(0, 4)))
    assert page.report("json", statistics=True, color=True, links=True) == page.report("json")
