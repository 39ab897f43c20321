"""Misspellings on real pages, against codespell and typos on the same prose: `python bench/spelling.py`.

    --judge FILE     write down the hits that nobody has judged yet: place, word and line, and not who found it

The peers read each page with all but its prose blanked out, so that what they say of addresses and code, where
sitecheck does not look, is not held against them. A hit counts by file and word. What is right is told by the labels
beside the corpus and by `bench/labels/spelling.tsv`, whose verdicts are of people who had not seen the rules. Hits
without a verdict are counted apart.

The scores from which on a guess is told are tuned on all sites but those of a fold, and the fold is reported; the
intervals are percentiles of sites drawn at random.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple

from measure import CORPUS, DATA, SCRIPTS, needs, table

from sitecheck.cli import main as sitecheck
from sitecheck.page import PROSE, Page
from sitecheck.readers import SUFFIXES, read
from sitecheck.source import Source
from sitecheck.spelling import prose, speller
from sitecheck.spelling.language import WORD

VERDICTS = Path(__file__).parent / "labels" / "spelling.tsv"
GOLD = DATA / "typos" / "gold.jsonl"
SURE_SCORES = (1.6, 1.9, 2.2, 2.5)
SET = speller.SURE
RULES = "misspelling,uncountable-noun"
FOLDS = 5
DRAWS = 2000


class Hit(NamedTuple):
    """A word of a page that a program takes for misspelt."""

    file: str
    line: int
    word: str


class Found(NamedTuple):
    """What a program says of all sites."""

    warnings: frozenset[Hit]
    all: frozenset[Hit]


def main() -> None:
    needs(CORPUS)
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--judge", type=Path, metavar="FILE")
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        words = blank_out(Path(folder))
        found = {"codespell": by_codespell(Path(folder)), "typos": by_typos(Path(folder))}
    with TemporaryDirectory() as folder:
        copytree(CORPUS, folder, dirs_exist_ok=True, copy_function=copyfile)
        ours = {score: by_sitecheck(Path(folder), score) for score in SURE_SCORES}
    verdicts = known_verdicts()
    found["sitecheck, warnings"] = cross_validated(ours, verdicts, sorted(words))
    found["sitecheck, with info"] = ours[SET].all
    report(found, verdicts, words)
    if chosen.judge:
        hits = frozenset().union(*found.values(), *(each.all for each in ours.values()))
        write_unjudged(chosen.judge, hits, verdicts)


# --- what the programs say


def blank_out(folder: Path) -> dict[str, int]:
    """Write each page with blanks for all but its prose. Returns the number of words of each site."""
    words: dict[str, int] = defaultdict(int)
    for path in sorted(CORPUS.glob("*/**/*")):
        if path.suffix.lower() in SUFFIXES and path.name != ".tree.txt" and path.is_file():
            name = path.relative_to(CORPUS)
            page = Page(Source(str(name), path.read_bytes()), read)
            kept = bytearray(len(page.source.text))
            for block in page.blocks:
                if block.kind in PROSE:
                    words[name.parts[0]] += len(WORD.findall(block.text.value))
                    for start, end in block.text.spans(0, len(block.text)):
                        kept[start:end] = b"\1" * (end - start)
            text = "".join(
                char if keep or char == "\n" else " " for char, keep in zip(page.source.text, kept, strict=True)
            )
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", errors="replace")
    return words


def by_codespell(folder: Path) -> frozenset[Hit]:
    output = _output([SCRIPTS / "codespell", "--check-hidden", "."], folder)
    lines = (re.fullmatch(r"(?:\./)?(.+?):(\d+): (\S+) ==> .*", line) for line in output.splitlines())
    return frozenset(Hit(line[1], int(line[2]), line[3]) for line in lines if line)


def by_typos(folder: Path) -> frozenset[Hit]:
    output = _output([SCRIPTS / "typos", "--format", "json", "--hidden", "--no-ignore", "."], folder)
    said = [json.loads(line) for line in output.splitlines()]
    return frozenset(
        Hit(each["path"].removeprefix("./"), each["line_num"], each["typo"]) for each in said if "line_num" in each
    )


def _output(command: list[Path | str], folder: Path) -> str:
    return subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False
    ).stdout


def by_sitecheck(folder: Path, sure: float) -> Found:
    """What the rules of words say of the sites in a folder, if a guess needs another score to be a warning."""
    speller.SURE = sure
    speller.doubt.cache_clear()
    prose._seen.clear()
    prose._doubted.clear()
    rows = []
    for site in sorted(path for path in folder.iterdir() if path.is_dir()):
        site.chmod(0o755)
        (site / "sitecheck.toml").touch()
        output = site / "sitecheck-report.json"
        arguments = ["--no-cache", "--select", RULES, "--format", "json", "--output-file", str(output), str(site)]
        sitecheck(["--config", str(site / "sitecheck.toml"), *arguments])
        for finding in json.loads(output.read_text("utf-8"))["findings"]:
            path = Path(finding["path"])
            name = str(path.resolve().relative_to(folder.resolve()))
            word = finding["message"].split("'")[1]
            rows.append((finding["severity"], Hit(name, finding["start"]["line"], word)))
    return Found(frozenset(hit for severity, hit in rows if severity == "warning"), frozenset(hit for _, hit in rows))


# --- how good that is


def known_verdicts() -> dict[tuple[str, str], bool]:
    """Whether a word of a file is a misspelling, where somebody has told."""
    verdicts = {}
    for line in GOLD.read_text("utf-8").splitlines():
        label = json.loads(line)
        if label["source"] and label["kind"] != "grammar":
            verdicts[label["source"], label["word"].lower()] = label["is_typo"]
    if VERDICTS.exists():
        with VERDICTS.open(encoding="utf-8", newline="") as file:
            for file_name, word, verdict in csv.reader(file, delimiter="\t"):
                verdicts[file_name, word.lower()] = verdict == "misspelt"
    return verdicts


Verdicts = Mapping[tuple[str, str], bool]


def key_of(hit: Hit) -> tuple[str, str]:
    return hit.file, hit.word.lower()


def site_of(file: str) -> str:
    return file.split("/", 1)[0]


def cross_validated(ours: Mapping[float, Found], verdicts: Verdicts, sites: list[str]) -> frozenset[Hit]:
    """The warnings on each site with the score that is best on the sites of the other folds."""
    taken: set[Hit] = set()
    for fold in range(FOLDS):
        inside = set(sites[fold::FOLDS])
        outside = [site for site in sites if site not in inside]
        best = max(ours, key=partial(_score_on, ours, verdicts, outside))
        taken.update(hit for hit in ours[best].warnings if site_of(hit.file) in inside)
    return frozenset(taken)


def _score_on(ours: Mapping[float, Found], verdicts: Verdicts, sites: list[str], score: float) -> float:
    return f1(ours[score].warnings, verdicts, sites)


class Counts(NamedTuple):
    """Of the words of some files: what was found and is misspelt, found and is not, found and not judged, missed."""

    right: int
    wrong: int
    unjudged: int
    missed: int


def counted(hits: Iterable[Hit], verdicts: Verdicts, sites: Iterable[str]) -> Counts:
    wanted = set(sites)
    found = {key_of(hit) for hit in hits if site_of(hit.file) in wanted}
    misspelt = {key for key, verdict in verdicts.items() if verdict and site_of(key[0]) in wanted}
    wrong = sum(verdicts.get(key) is False for key in found)
    right = len(found & misspelt)
    return Counts(right, wrong, len(found) - right - wrong, len(misspelt - found))


def precision(counts: Counts) -> float:
    return counts.right / (counts.right + counts.wrong) if counts.right + counts.wrong else 1.0


def recall(counts: Counts) -> float:
    return counts.right / (counts.right + counts.missed) if counts.right + counts.missed else 1.0


def f1(hits: Iterable[Hit], verdicts: Verdicts, sites: Iterable[str]) -> float:
    counts = counted(hits, verdicts, sites)
    both = precision(counts) + recall(counts)
    return 2 * precision(counts) * recall(counts) / both if both else 0.0


def report(found: Mapping[str, frozenset[Hit]], verdicts: Verdicts, words: Mapping[str, int]) -> None:
    rows = []
    for name, hits in found.items():
        by_site = {site: counted(hits, verdicts, [site]) for site in words}
        total = _sum(by_site.values())
        cells = [_with_interval(measure, by_site) for measure in (precision, recall)]
        alarms = _with_interval(lambda counts: counts.wrong, by_site, words)
        rows.append((name, total.right, total.wrong, total.unjudged, *cells, alarms))
    head = ("program", "right", "wrong", "unjudged", "precision", "recall", "false alarms per 1,000 words")
    table(f"{len(words)} sites, {sum(words.values()):,} words of prose; 95% intervals over sites", head, rows)


def _sum(counts: Iterable[Counts]) -> Counts:
    return Counts(*map(sum, zip(*counts, strict=True)))


def _with_interval(
    measure: Callable[[Counts], float], by_site: Mapping[str, Counts], words: Mapping[str, int] | None = None
) -> str:
    """A measure of all sites, and between what it lies for 95% of as many sites drawn at random."""
    draw = random.Random(0)
    sites = list(by_site)

    def value(chosen: list[str]) -> float:
        size = sum(words[site] for site in chosen) / 1000 if words else 1
        return measure(_sum(by_site[site] for site in chosen)) / size

    drawn = sorted(value(draw.choices(sites, k=len(sites))) for _ in range(DRAWS))
    return f"{value(sites):.2f} [{drawn[DRAWS // 40]:.2f}, {drawn[-DRAWS // 40]:.2f}]"


def write_unjudged(target: Path, hits: Iterable[Hit], verdicts: Verdicts) -> None:
    """Each word of a file that nobody has judged, once, with its line."""
    unjudged = {key_of(hit): hit for hit in hits if key_of(hit) not in verdicts}
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        for hit in sorted(unjudged.values()):
            lines = (CORPUS / hit.file).read_text("utf-8", errors="replace").splitlines()
            writer.writerow((hit.file, hit.line, hit.word, _context(lines[hit.line - 1], hit.word)))


def _context(line: str, word: str) -> str:
    place = max(line.find(word), 0)
    return " ".join(line[max(0, place - 90) : place + 90].split())


if __name__ == "__main__":
    main()
