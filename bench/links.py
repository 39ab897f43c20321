"""Precision and recall of the rules of the group `links` on sites that people labelled who did not see the rules.

python bench/links.py [--list] [RULE ...]

The labels are in bench/labels/links. One that its maker was not sure of counts for nothing: neither finding it nor
missing it is wrong. `--list` names each miss and each false finding.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from measure import CORPUS, needs, table

from sitecheck.engine import ActiveRule, examine
from sitecheck.finding import Diagnostic
from sitecheck.readers import SUFFIXES
from sitecheck.rule import PageRule, built_in_rules

LABELS = Path(__file__).parent / "labels" / "links"
NEAR = 3
"""columns by which a label may lie outside of what is found"""


class Score(NamedTuple):
    """Of one rule: what was found rightly, found wrongly, and missed."""

    hits: list[str]
    false: list[str]
    missed: list[str]


def labels(suffix: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in sorted(LABELS.glob(f"*{suffix}.jsonl"))
        if suffix or not file.stem.endswith("_sites")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def findings(site: str, rules: list[ActiveRule]) -> dict[tuple[str, str], list[Diagnostic]]:
    """By rule and file."""
    found: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for path in sorted((CORPUS / site).rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.name != ".tree.txt" and path.is_file():
            name = path.relative_to(CORPUS).as_posix()
            for diagnostic in examine(path.read_bytes(), name, rules).diagnostics:
                found[diagnostic.rule, name].append(diagnostic)
    return found


def is_at(label: dict[str, Any], diagnostic: Diagnostic) -> bool:
    place = diagnostic.place
    line: int = label["line"]
    if place.start.line != line:
        return place.start.line < line <= place.end.line
    stop = place.end.column if place.end.line == place.start.line else label["col"]
    column: int = label["col"]
    return place.start.column - NEAR <= column <= stop + NEAR


def score(rule: str, wanted: list[dict[str, Any]], found: dict[tuple[str, str], list[Diagnostic]]) -> Score:
    result = Score([], [], [])
    left = {(name, n): d for (kind, name), each in found.items() if kind == rule for n, d in enumerate(each)}
    for label in sorted(wanted, key=lambda label: not label["sure"]):
        place = f"{label['file']}:{label['line']}:{label['col']}"
        near = [key for key, found in left.items() if key[0] == label["file"] and is_at(label, found)]
        if near:
            del left[min(near, key=lambda key: abs(left[key].place.start.column - label["col"]))]
        if label["sure"]:
            (result.hits if near else result.missed).append(f"{place} {label['note']}")
    for diagnostic in left.values():
        place = f"{diagnostic.place.path}:{diagnostic.place.start.line}:{diagnostic.place.start.column}"
        result.false.append(f"{place} {diagnostic.message}")
    return result


def share(part: list[str], rest: list[str]) -> str:
    return f"{len(part) / (len(part) + len(rest)):.2f}" if part or rest else "–"


def main() -> None:
    needs(CORPUS)
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")]
    rules = [
        ActiveRule(rule)
        for rule in built_in_rules()
        if rule.group == "links" and isinstance(rule, PageRule) and (not chosen or rule.name in chosen)
    ]
    found: dict[tuple[str, str], list[Diagnostic]] = {}
    for site in labels("_sites"):
        found.update(findings(site["site"], rules))
    wanted = labels("")
    rows = []
    for active in rules:
        name = active.rule.name
        result = score(name, [label for label in wanted if label["kind"] == name], found)
        rows.append(
            (name, str(len(result.hits) + len(result.missed)), str(len(result.hits)), str(len(result.false)),
             share(result.hits, result.false), share(result.hits, result.missed))
        )  # fmt: skip
        if "--list" in sys.argv:
            for what, places in (("missed", result.missed), ("false", result.false)):
                print(*(f"{name}: {what}: {place}" for place in places), sep="\n", end="\n" if places else "")
    table(
        "Page rules of the group links on 12 labelled sites",
        ("rule", "sure labels", "found", "false", "precision", "recall"),
        rows,
    )


if __name__ == "__main__":
    main()
