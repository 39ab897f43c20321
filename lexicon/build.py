"""Build the lexicon that `misspelling` looks words up in: rules/data/english.marisa and neighbours.marisa.

    pip install -r lexicon/requirements.txt
    apt-get download scowl wordnet-base
    npm pack @cspell/dict-{data-science,software-terms,html,css,latex,python,fullstack}
    python lexicon/build.py FOLDER      # where the packages were put

Sources and their licences are told in rules/data/LICENSES. Nothing is looked up on the web: what is read are the
packages as their registries ship them, so two builds from the same releases give the same file.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from math import log10
from pathlib import Path
from tempfile import TemporaryDirectory

import marisa_trie
import wordfreq

from sitecheck.spelling.lexicon import (
    COMMON,
    LAYOUT,
    NAME,
    NEIGHBOURS_FILE,
    RARE,
    STEPS,
    WORDS_FILE,
    neighbour_keys,
)

TARGET = Path(__file__).parent.parent / "rules" / "data"
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
COMMON_SIZE, RARE_SIZE = 70, 80
"""SCOWL's sizes: what a large dictionary holds, and what only crossword solvers know"""
LEAST_ENGLISH, LEAST_FOREIGN = 2e-8, 1e-6
"""the relative frequencies below which wordfreq is noise, as the rank of a word there rests on a few texts"""
SHORTEST, SHORTEST_RARE, LEAST_TARGET, LEAST_CAPITAL = 4, 9, 1.4, 3.8
"""letters of a word that a misspelling may have been meant to be, if it is in large dictionaries or not; its Zipf
value, and that of `Monday` and its like"""
LISTED = "fr de es it pt nl sv da nb fi pl cs hu ro ca sk sl sh lt lv tr is id ms fil"
LANGUAGES = LISTED.split()
"""those written in Latin letters that wordfreq knows, but English"""


class Record:
    """What is known of a word."""

    __slots__ = ("capital", "english", "foreign", "kind")

    def __init__(self) -> None:
        self.kind = 0
        self.capital = False
        """whether it is no name and yet has a capital: `Monday`, `American`"""
        self.english = 0.0
        self.foreign = 0.0


def main() -> None:
    folder = Path(sys.argv[1])
    records: defaultdict[str, Record] = defaultdict(Record)
    with TemporaryDirectory() as unpacked:
        for package in folder.glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, unpacked], check=True)
        add_scowl(records, Path(unpacked) / "usr/share/dict/scowl")
        add_wordnet(records, Path(unpacked) / "usr/share/wordnet")
    for package in folder.glob("cspell-dict-*.tgz"):
        add_terms(records, package)
    add_frequencies(records)
    rows = [(word, (each.kind, scaled(each.english), scaled(each.foreign))) for word, each in sorted(records.items())]
    marisa_trie.RecordTrie(LAYOUT, rows).save(str(TARGET / WORDS_FILE))
    targets = [word for word, each in records.items() if is_target(word, each)]
    keys = sorted(key for word in targets for key in neighbour_keys(word))
    marisa_trie.Trie(keys).save(str(TARGET / NEIGHBOURS_FILE))
    print(f"{len(rows)} words, {len(targets)} of them what a misspelling may have been meant to be")


def is_target(word: str, record: Record) -> bool:
    """Whether it is common enough to be what somebody meant."""
    zipf = scaled(record.english) / STEPS
    if record.capital and not record.kind & COMMON:
        return len(word) >= SHORTEST and zipf >= LEAST_CAPITAL
    return (
        bool(record.kind)
        and len(word) >= (SHORTEST if record.kind & COMMON else SHORTEST_RARE)
        and zipf >= LEAST_TARGET
    )


def add_scowl(records: defaultdict[str, Record], folder: Path) -> None:
    """All spellings of English that some variety prefers; not what SCOWL calls a variant: `wierd` is one of those."""
    for path in sorted(folder.iterdir()):
        category, _, size = path.name.rpartition(".")
        if "variant" in category or "roman" in category or int(size) > RARE_SIZE:
            continue
        kind = COMMON if int(size) <= COMMON_SIZE else RARE
        if any(part in category for part in ("upper", "proper", "abbreviations")):
            kind = NAME
        for word in path.read_text("latin-1").split():
            add(records, word, kind)
            if category.endswith("-upper") and int(size) <= COMMON_SIZE:
                records[word.lower()].capital = True


def add_wordnet(records: defaultdict[str, Record], folder: Path) -> None:
    for path in sorted(folder.glob("index.*")):
        for line in path.read_text("utf-8").splitlines():
            if line[:1] != " ":
                add(records, line.split()[0], RARE)


def add_terms(records: defaultdict[str, Record], package: Path) -> None:
    """The words of a dictionary of cspell: names of software, and what is said about it."""
    with tarfile.open(package) as archive:
        for member in archive:
            if member.name.startswith("package/dict/") and member.name.endswith((".txt", ".txt.gz")):
                raw = archive.extractfile(member).read()  # type: ignore[union-attr]  # it is a file
                text = (gzip.decompress(raw) if member.name.endswith(".gz") else raw).decode("utf-8")
                for line in text.splitlines():
                    if line[:1].isalpha():
                        add(records, line, RARE)


def add(records: defaultdict[str, Record], word: str, kind: int) -> None:
    lower = word.lower().removesuffix("'s")
    if WORD.fullmatch(lower) and len(lower) > 1:
        records[lower].kind |= kind


def add_frequencies(records: defaultdict[str, Record]) -> None:
    for word, frequency in words_of("en", "large"):
        if frequency >= LEAST_ENGLISH:
            records[word].english = frequency
    for language in LANGUAGES:
        for word, frequency in words_of(language, "best"):
            if frequency >= LEAST_FOREIGN:
                records[word].foreign = max(records[word].foreign, frequency)


def words_of(language: str, size: str) -> Iterator[tuple[str, float]]:
    frequencies = wordfreq.get_frequency_dict(language, size)
    return ((word, frequency) for word, frequency in frequencies.items() if WORD.fullmatch(word))


def scaled(frequency: float) -> int:
    """The Zipf value, which is the logarithm of how often a word stands in a billion, in steps."""
    return max(0, round((log10(frequency) + 9) * STEPS)) if frequency else 0


if __name__ == "__main__":
    main()
