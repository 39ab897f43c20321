"""Measure which citations are taken for one work: DBLP-ACM, Cora, and pairs from real sites, against what peers do.

python bench/same_work.py FOLDER    # of the benchmarks' files: dblp_acm/, cora/, duplicate_pairs.jsonl

bib-dedupe stands in the table where `pip install bib-dedupe` was run; it takes a minute for each.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from importlib.util import find_spec
from pathlib import Path

from measure import interval

from sitecheck.citations.cited import DISTINCT, SAME, Work
from sitecheck.citations.pairs import likely_pairs
from sitecheck.citations.same_work import compare
from sitecheck.citations.work import families, work

Pairs = set[tuple[int, int]]


def main(folder: Path) -> None:
    print("| benchmark | who | precision | recall | F1 | found | true | seconds |\n|---|---|---|---|---|---|---|---|")
    peers = (("bib-dedupe", by_bib_dedupe),) if find_spec("bib_dedupe") else ()
    for name, raw, truth, allowed in (dblp_acm(folder / "dblp_acm"), cora(folder / "cora")):
        works = [record(*each) for each in raw]
        finders: list[tuple[str, Callable[[], Pairs]]] = [
            ("title + first author", partial(by_title_and_author, works)),
            ("title + year", partial(by_title_and_year, works)),
            *((who, partial(finder, raw)) for who, finder in peers),
            ("sitecheck", partial(by_us, works)),
        ]
        for who, finder in finders:
            started = time.process_time()
            found = {pair for pair in finder() if allowed(*pair)}
            row(name, who, found, truth, time.process_time() - started)
    pairs(folder / "duplicate_pairs.jsonl")


def row(name: str, who: str, found: Pairs, truth: Pairs, seconds: float) -> None:
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    low, high = interval(right, len(found))
    shares = f"{precision:.3f} [{low:.3f}, {high:.3f}] | {recall:.3f} | {f1:.3f}"
    print(f"| {name} | {who} | {shares} | {len(found)} | {len(truth)} | {seconds:.1f} |")


def by_us(works: list[Work]) -> Pairs:
    return {(i, j) for i, j in likely_pairs(works) if compare(works[i], works[j]) == SAME}


def by_bib_dedupe(raw: list[Raw]) -> Pairs:
    import pandas  # type: ignore[import-untyped]  # of the peer; no part of the project
    from bib_dedupe.bib_dedupe import block, match, prep  # type: ignore[import-not-found]  # a peer, where installed

    columns = ("ID", "ENTRYTYPE", "title", "author", "year", "booktitle", "pages", "journal", "volume", "number", "doi",
               "abstract")  # fmt: skip
    told = [
        (str(k), "inproceedings", title, re.sub(r",\s", " and ", authors), year, venue, pages, *[""] * 5)
        for k, (title, authors, year, venue, pages) in enumerate(raw)
    ]
    matched = match(block(prep(pandas.DataFrame(told, columns=columns), cpu=1), cpu=1), cpu=1)
    sure = matched[matched["duplicate_label"] == "duplicate"]
    pairs = zip(sure["ID_1"].astype(int), sure["ID_2"].astype(int), strict=True)
    return {(min(pair), max(pair)) for pair in pairs}


def by_title_and_author(works: list[Work]) -> Pairs:
    return equal(works, lambda each: (each.title, each.families[:1]) if each.title and each.families else None)


def by_title_and_year(works: list[Work]) -> Pairs:
    return equal(works, lambda each: (each.title, each.year) if each.title and each.year else None)


def equal(works: list[Work], key: Callable[[Work], object]) -> Pairs:
    groups: dict[object, list[int]] = defaultdict(list)
    for k, each in enumerate(works):
        if (value := key(each)) is not None:
            groups[value].append(k)
    return {(i, j) for group in groups.values() for i in group for j in group if i < j}


Raw = tuple[str, str, str, str, str]
"""title, authors, year, venue and pages, as they are written"""
Benchmark = tuple[str, list[Raw], Pairs, Callable[[int, int], bool]]


def mended(row: dict[str, str]) -> dict[str, str]:
    """A row of acm.csv that names nobody has lost a field: the venue stands where the authors should, and so on."""
    if not row["authors"].startswith('"'):
        return row
    return row | {"authors": "", "venue": row["authors"].strip('"'), "year": row["venue"]}


def dblp_acm(folder: Path) -> Benchmark:
    sides = [[mended(row) for row in rows(folder / f"{side}.csv", "%")] for side in ("dblp", "acm")]
    works = [
        (each["title"] or "", each["authors"] or "", each["year"] or "", each["venue"] or "", "")
        for side in sides
        for each in side
    ]
    places = [{each["id"]: k + (0, len(sides[0]))[side] for k, each in enumerate(sides[side])} for side in (0, 1)]
    truth = {(places[0][each["D1"]], places[1][each["D2"]]) for each in rows(folder / "gt.csv", "%")}
    border = len(sides[0])
    return "DBLP-ACM", works, truth, lambda i, j: i < border <= j


def cora(folder: Path) -> Benchmark:
    works = [
        (
            each["title"] or "",
            each["author"] or "",
            each["year"] or each["month"] or "",
            each["venue"] or "",
            each["pages"] or "",
        )
        for each in rows(folder / "cora.csv", "|")
    ]
    truth = set()
    for line in (folder / "cora_gt.csv").read_text(encoding="utf-8").split():
        i, j = sorted(map(int, line.split("|")))
        truth.add((i, j))
    return "Cora", works, truth, lambda i, j: True


def record(title: str, authors: str, year: str, venue: str, pages: str) -> Work:
    found = re.search(r"(?:19|20)\d\d", year)
    title = title.strip(" '\"`,.")
    names = families(capitals(authors))
    digits = re.sub(r"\D+", "-", pages).strip("-")
    return work(
        title,
        names,
        "et al" not in authors,
        int(found[0]) if found else None,
        venue.strip(" ,."),
        pages=digits,
    )


def capitals(names: str) -> str:
    """Cora has its names in lower case."""
    return names.title().replace(" And ", " and ").replace("Et Al", "et al") if names.islower() else names


def rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    yield from csv.DictReader(unescape(text).splitlines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)


def pairs(path: Path) -> None:
    """{same, version} against distinct."""
    told: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        each = json.loads(line)
        a, b = (bib_work(each[side]) for side in "ab")
        told.append((compare(a, b), each["label"], each["a"], each["b"]))
    found = sum(verdict != DISTINCT for verdict, *_ in told)
    right = sum(verdict != DISTINCT and label != "distinct" for verdict, label, *_ in told)
    positive = sum(label != "distinct" for _, label, *_ in told)
    low, high = interval(right, found)
    precision = f"precision {right}/{found} = {right / found:.3f} [{low:.3f}, {high:.3f}]"
    print(f"\nreal pairs, same or another version: {precision}, recall {right}/{positive} = {right / positive:.3f}")
    if "-v" in sys.argv:
        for verdict, label, one, other in told:
            if (verdict != DISTINCT) != (label != "distinct"):
                titles = "\n   ".join(f"{each['title']} {each['year']}" for each in (one, other))
                print(f"{label} taken for {verdict}:\n   {titles}")


def bib_work(each: dict[str, str]) -> Work:
    venue = each.get("booktitle") or each.get("journal") or ""
    dois = (each["doi"].lower(),) if each.get("doi") else ()
    year = re.search(r"(?:19|20)\d\d", each.get("year") or "")
    names = families(each.get("author") or "", bibtex=True)
    return work(each["title"], names, True, int(year[0]) if year else None, venue, dois=dois)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
