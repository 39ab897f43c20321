"""How often the title and the venue of a citation are cut out exactly, against spans that people marked.

python bench/citation_fields.py [--list]

They had not seen the parser. Compared is what is left without punctuation and mark-up outside. An item that is not
found at all counts as wrong in the shares "of all". What its labeller was not sure of is left out. As in
citation_labels.py there are two sets; `--list` names the faults in the first (`--list-all`: in both).
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from citation_labels import LABELS, lines
from measure import CORPUS, needs, share, table

from sitecheck.citations.citation import Citation
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.source import Source
from sitecheck.text import Text

OUTSIDE = " \t\n.,;:\"'“”‘’«»*_{}()[]<>`|"


class Item(NamedTuple):
    """A labelled item: what was wanted and what was found, None where there is none."""

    place: str
    wanted: dict[str, str | None]
    found: dict[str, str | None] | None
    """None where the item was not found"""


def items(file: str, labels: Sequence[dict[str, Any]]) -> Iterator[Item]:
    """Those of one file that their labeller was sure of."""
    page = Page(Source(file, (CORPUS / file).read_bytes()), read)
    source = page.source
    starts = [0, *(match.end() for match in re.finditer("\n", source.text))]
    for label in labels:
        if not label["sure"]:
            continue
        begin, end = starts[label["line"] - 1], (*starts, len(source.text))[label["end_line"]]
        wanted = {name: _wanted(source.text, starts, label, name) for name in ("title", "venue")}
        at = starts[label["title_line"] - 1] + label["title_col"] - 1
        own = _at(page.citations, begin, end, at)
        found = {name: _found(getattr(own, name)) for name in ("title", "venue")} if own else None
        yield Item(f"{file}:{label['line']} ({label['shape']})", wanted, found)


def _at(citations: Sequence[Citation], begin: int, end: int, title: int) -> Citation | None:
    """The citation that stands there, the one with that title before others."""
    here = [each for each in citations if begin <= each.place.start < end or each.span.start <= title < each.span.end]
    return min(here, key=lambda each: abs(each.place.start - title), default=None)


def _wanted(source: str, starts: Sequence[int], label: dict[str, Any], name: str) -> str | None:
    if label[f"{name}_line"] is None:
        return None
    start = starts[label[f"{name}_line"] - 1] + label[f"{name}_col"] - 1
    return bare(source[start : start + label[f"{name}_len"]])


def _found(part: Text | None) -> str | None:
    if part is None:
        return None
    span = part.span(0, len(part))
    return bare(part.root[span.start : span.end])


def bare(source: str) -> str:
    """A stretch of source without the punctuation and the tags outside."""
    source = re.sub(r"\A(?:<[^<>]*>\s*)+|(?:\s*</?[^<>]*>)+\Z", "", source.strip(OUTSIDE.replace("<>", "")))
    return " ".join(source.split()).strip(OUTSIDE)


def report(title: str, measured: Sequence[Item]) -> None:
    known = [each for each in measured if each.found is not None]
    rows = [("item found", share(len(known), len(measured)), "")]
    for name in ("title", "venue"):
        right = sum(each.found is not None and each.wanted[name] == each.found[name] for each in known)
        rows.append((f"exact {name}", share(right, len(measured)), share(right, len(known))))
    table(f"{len(measured)} items: {title}", ("", "of all", "of those found"), rows)


def main() -> None:
    needs(CORPUS)
    for name, flags in (("first", {"--list", "--list-all"}), ("second", {"--list-all"})):
        by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for label in lines(LABELS / f"{name}_fields.jsonl"):
            by_file[label["file"]].append(label)
        measured = [item for file, labels in sorted(by_file.items()) for item in items(file, labels)]
        report(f"the {name} set", measured)
        for item in measured if flags & {*sys.argv} else ():
            _tell(item)


def _tell(item: Item) -> None:
    if item.found is None:
        print(f"{item.place}: not found: {item.wanted['title']}")
        return
    for name in ("title", "venue"):
        if item.wanted[name] != item.found[name]:
            print(f"{item.place}: {name}:\n    wanted {item.wanted[name]}\n    found  {item.found[name]}")


if __name__ == "__main__":
    main()
