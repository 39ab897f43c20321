"""Precision and recall of the rules on works and venues, on pages labelled by people who had not seen the rules.

python bench/citation_labels.py [--list]

A label names two lines, each the first of an entry or that of the venue in it. One that its maker was not sure of
counts for nothing. There are two sets of labels. The pages of the first were looked at when rules were mended, every
second one at first and then all; those of the second only when that was done. `--list` names each miss and each false
finding on the first, `--list-all` on both.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from measure import CORPUS, PYTHON, needs, share, table

LABELS = Path(__file__).parent / "labels" / "citations"
KINDS = ("duplicate-citation", "duplicate-version", "shared-identifier", "inconsistent-venue")
ALIKE = {
    "inconsistent-collection-venue": "inconsistent-venue",
    "shared-collection-identifier": "shared-identifier",
}
"""Rules that find what the labels have under another name."""
ABOVE, BELOW = 2, 24
"""lines by which a finding may lie before or behind the line of its label: an entry is as long"""

Place = tuple[str, int]
"""A file and a line of it"""


class Label(NamedTuple):
    kind: str
    place: Place
    other: Place
    sure: bool
    note: str
    lines: tuple[Place, ...]
    """all places of a venue's rarer form, where its maker named them"""


class Found(NamedTuple):
    """A finding: where it is, with all places that it folds, and what else it names."""

    kind: str
    places: tuple[Place, ...]
    others: tuple[Place, ...]
    message: str


class Score(NamedTuple):
    """Of one kind on some pages: labels that were found and that were missed, findings that are right and false."""

    found: list[str]
    missed: list[str]
    right: list[str]
    false: list[str]

    def __add__(self, other: tuple[Any, ...]) -> Score:
        return Score(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def lines(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def labels(name: str) -> Iterator[Label]:
    """Those of the set `first` or `second`."""
    for each in lines(LABELS / f"{name}.jsonl"):
        file = each["file"]
        own = (file, int(each["line"]))
        more = tuple(_place(file, line) for line in each.get("lines", ()))
        yield Label(each["kind"], own, _place(file, each["other"]), each["sure"], each["note"], more or (own,))


def _place(file: str, line: int | str) -> Place:
    """A line of a file, or of another one: `path:line`."""
    path, _, number = str(line).rpartition(":")
    return path or file, int(number)


def findings(site: str) -> Iterator[Found]:
    """What the program says of a site. Paths are relative to the corpus."""
    command = [PYTHON, "-m", "sitecheck", "--no-cache", "--select", ",".join((*KINDS, *ALIKE)), "--format", "json"]
    done = subprocess.run(
        [*command, "--inventory", f"{site}/.tree.txt", site],
        cwd=CORPUS, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    for each in json.loads(done.stdout)["findings"]:
        own = (each["path"], each["start"]["line"])
        related = [((other["path"], other["start"]["line"]), other["message"]) for other in each["related"]]
        kind = ALIKE.get(each["rule"], each["rule"])
        for places, others in _pairs(own, related) if kind == "duplicate-version" else [_folded(own, related)]:
            yield Found(kind, places, others, each["message"])


def _folded(own: Place, related: Sequence[tuple[Place, str]]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """All places of a finding, and all that it compares them with."""
    here = (own, *(place for place, message in related if message == "and here"))
    return here, tuple(place for place, message in related if message != "and here")


def _pairs(own: Place, related: Sequence[tuple[Place, str]]) -> Iterator[tuple[tuple[Place, ...], tuple[Place, ...]]]:
    """Each pair that a finding tells of: an entry, and behind it the other one."""
    for place, message in related:
        if message == "and here":
            own = place
        else:
            yield (own,), (place,)


def near(label: Place, found: Iterable[Place]) -> bool:
    return any(label[0] == path and -ABOVE <= line - label[1] <= BELOW for path, line in found)


def is_of(found: Found, label: Label) -> bool:
    """Whether a finding says what a label says. Of two forms of a venue, either may be named the other one."""
    if label.kind == "inconsistent-venue":
        return any(near(place, found.places) or near(place, found.others) for place in label.lines)
    return (near(label.place, found.places) and near(label.other, found.others)) or (
        near(label.other, found.places) and near(label.place, found.others)
    )


def score(kind: str, wanted: Sequence[Label], found: Sequence[Found]) -> Score:
    """A label is found, too, where its entry is told to be of one work with a third one that the labels join to it."""
    sure = [label for label in wanted if label.kind == kind and label.sure]
    unsure = [label for label in wanted if not label.sure and label.kind.partition("-")[0] == kind.partition("-")[0]]
    result = Score([], [], [], [])
    entries: set[Place] = set()
    for each in (each for each in found if each.kind == kind):
        hit = [label for label in sure if is_of(each, label)]
        entries |= {label.place for label in hit}
        if hit or not any(is_of(each, label._replace(kind=kind)) for label in unsure):
            (result.right if hit else result.false).append(
                f"{told(each.places[0])} {told(*each.others)} {each.message}"
            )
    for label in sure:
        chosen = result.found if label.place in entries else result.missed
        chosen.append(f"{told(label.place)} {told(label.other)} {label.note}")
    return result


def told(*places: Place) -> str:
    return " ".join(f"{path}:{line}" for path, line in places)


def on(page: str, place: Place) -> bool:
    return place[0] == page or place[0].startswith(page + "/")


def scores(name: str, pages: Sequence[str]) -> Iterator[dict[str, Score]]:
    """Of each page of a set, by kind."""
    wanted = list(labels(name))
    found = {site: list(findings(site)) for site in {page.partition("/")[0] for page in pages}}
    for page in pages:
        here = [each for each in found[page.partition("/")[0]] if on(page, each.places[0])]
        yield {kind: score(kind, [label for label in wanted if on(page, label.place)], here) for kind in KINDS}


def report(title: str, measured: Sequence[dict[str, Score]]) -> None:
    rows = []
    for kind in KINDS:
        result = Score([], [], [], [])
        for each in measured:
            result += each[kind]
        precision = share(len(result.right), len(result.right) + len(result.false))
        rows.append((kind, precision, share(len(result.found), len(result.found) + len(result.missed))))
    table(f"{len(measured)} pages: {title}", ("rule", "precision", "recall"), rows)


def main() -> None:
    needs(CORPUS)
    for name, flags in (("first", {"--list", "--list-all"}), ("second", {"--list-all"})):
        pages = sorted(page["file"] for page in lines(LABELS / f"{name}_pages.jsonl"))
        measured = list(scores(name, pages))
        report(f"the {name} set", measured)
        if flags & {*sys.argv}:
            tell(measured)


def tell(measured: Sequence[dict[str, Score]]) -> None:
    for kind in KINDS:
        for name in ("missed", "false"):
            for each in measured:
                print("".join(f"{kind}: {name}: {said}\n" for said in getattr(each[kind], name)), end="")
    print()


if __name__ == "__main__":
    main()
