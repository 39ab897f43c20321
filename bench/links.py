"""Precision and recall of the rules of the group `links` on sites that people labelled who did not see the rules.

python bench/links.py [--list]

The labels are in bench/labels/links. One that its maker was not sure of counts for nothing: neither finding it nor
missing it is wrong. The second table holds the rules against the labels that come with the corpus, by line, and against
the pages of which these are all. `--list` names each miss and each false finding.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from measure import CORPUS, PYTHON, needs, table

LABELS = Path(__file__).parent / "labels" / "links"
RULES = (
    "broken-fragment", "broken-relative-link", "duplicate-id", "empty-link", "legacy-doi", "link-text-mismatch",
    "malformed-link", "missing-element", "placeholder-link",
)  # fmt: skip
NEAR = 3
"""columns by which a label may lie outside of what is found"""

KINDS = {
    "empty-link": ("empty-link", "placeholder-link"),
    "malformed-link": ("malformed-link",),
    "link-no-scheme": ("malformed-link",),
    "scheme-typo": ("malformed-link",),
    "scheme-doubled": ("malformed-link",),
    "md-space-between": ("malformed-link",),
    "md-wrong-brackets": ("malformed-link",),
    "md-unclosed-paren": ("malformed-link",),
    "placeholder-link": ("placeholder-link",),
    "broken-rel-link": ("broken-relative-link",),
    "missing-anchor": ("broken-fragment",),
    "dup-id": ("duplicate-id",),
    "legacy-doi": ("legacy-doi",),
}
"""What the labels of the corpus call a fault, and the rules that may find it."""

Found = dict[str, Any]
"""A finding as the JSON report has it"""


class Score(NamedTuple):
    """Of one rule: what was found rightly, found wrongly, and missed."""

    hits: list[str]
    false: list[str]
    missed: list[str]


def lines(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def findings(sites: Iterable[str]) -> list[Found]:
    """What the program says of whole sites. Paths are relative to the corpus."""
    found: list[Found] = []
    for site in sites:
        command = ["-m", "sitecheck", "--no-cache", "--select", ",".join(RULES), "--format", "json"]
        inventory = ["--inventory", f"{site}/.tree.txt"]
        done = subprocess.run(
            [PYTHON, *command, *inventory, site], cwd=CORPUS, capture_output=True, encoding="utf-8", check=False
        )
        found += json.loads(done.stdout)["findings"]
    return [*found, *(repeat for each in found for repeat in repeats(each))]


def repeats(found: Found) -> Iterator[Found]:
    """An id that stands in three places or more is one finding; the labels have one for each repeat."""
    if found["rule"] == "duplicate-id":
        yield from ({**found, "start": each["start"], "end": each["end"]} for each in found["related"][1:])


def is_at(label: dict[str, Any], found: Found) -> bool:
    start, end, line = found["start"], found["end"], label["line"]
    if start["line"] != line or "sure" not in label:  # the corpus' own labels stand at the tag
        return bool(start["line"] <= line <= end["line"])
    stop = end["column"] if end["line"] == line else label["col"]
    return bool(start["column"] - NEAR <= label["col"] <= stop + NEAR)


def place(path: str, line: int, column: object = "") -> str:
    return f"{path}:{line}:{column}"


def score(rule: str, wanted: list[dict[str, Any]], found: list[Found]) -> Score:
    result = Score([], [], [])
    left = [each for each in found if each["rule"] == rule]
    for label in sorted(wanted, key=lambda label: not label["sure"]):
        near = [each for each in left if each["path"] == label["file"] and is_at(label, each)]
        if near:
            left.remove(min(near, key=lambda each: abs(each["start"]["column"] - label["col"])))
        if label["sure"]:
            said = f"{place(label['file'], label['line'], label['col'])} {label['note']}"
            (result.hits if near else result.missed).append(said)
    for each in left:
        result.false.append(f"{place(each['path'], each['start']['line'], each['start']['column'])} {each['message']}")
    return result


def share(part: list[str], rest: list[str]) -> str:
    return f"{len(part) / (len(part) + len(rest)):.2f}" if part or rest else "–"


def labelled_sites(told: list[str]) -> None:
    sites = [site["site"] for file in sorted(LABELS.glob("*_sites.jsonl")) for site in lines(file)]
    wanted = [
        label for file in sorted(LABELS.glob("*.jsonl")) if not file.stem.endswith("_sites") for label in lines(file)
    ]
    found = findings(sites)
    rows = []
    for rule in RULES:
        result = score(rule, [label for label in wanted if label["kind"] == rule], found)
        rows.append(
            (rule, len(result.hits) + len(result.missed), len(result.hits), len(result.false),
             share(result.hits, result.false), share(result.hits, result.missed))
        )  # fmt: skip
        told += (f"{rule}: {what}: {each}" for what in ("missed", "false") for each in getattr(result, what))
    table(
        f"{len(sites)} sites, labelled exhaustively by people who had not seen the rules",
        ("rule", "sure labels", "found", "false", "precision", "recall"),
        rows,
    )


def corpus_labels(told: list[str]) -> None:
    wanted = [
        label
        for name in ("gold", "verified_extra")
        for label in lines(CORPUS / f"{name}.jsonl")
        if label["kind"] in KINDS
    ]
    pages = {page["file"] for page in json.loads((CORPUS / "gold_pages.json").read_text(encoding="utf-8"))}
    files = {label["file"] for label in wanted} | pages
    found = [each for each in findings(sorted({file.partition("/")[0] for file in files})) if each["path"] in files]
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    explained: set[int] = set()
    for label in wanted:
        rules = KINDS[label["kind"]]
        near = [
            each for each in found if each["rule"] in rules and each["path"] == label["file"] and is_at(label, each)
        ]
        explained |= {id(each) for each in near}
        counts[label["kind"]][0] += 1
        counts[label["kind"]][1] += bool(near)
        if not near:
            told.append(f"{label['kind']}: missed: {place(label['file'], label['line'])} {label['text'][:60]}")
    rows = [(kind, *numbers) for kind, numbers in sorted(counts.items())]
    table("The labels of the corpus", ("kind", "labels", "found"), rows)
    judged = {
        rule for kind in ("broken-rel-link", "malformed-link", "empty-link", "missing-anchor") for rule in KINDS[kind]
    }
    others = [
        each for each in found if each["path"] in pages and each["rule"] in judged and id(each) not in explained
    ]  # fmt: skip
    print(f"\nFound on the {len(pages)} pages that are labelled exhaustively, and not a label there: {len(others)}")
    told += (
        f"no label: {place(each['path'], each['start']['line'])} {each['rule']} {each['message']}" for each in others
    )


def main() -> None:
    needs(CORPUS)
    told: list[str] = []
    labelled_sites(told)
    corpus_labels(told)
    if "--list" in sys.argv:
        print("", *told, sep="\n")


if __name__ == "__main__":
    main()
