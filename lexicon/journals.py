"""Build the list of journals and their abbreviations: rules/data/journals.marisa.

    apt-get download jabref
    dpkg -x jabref_*.deb FOLDER
    python lexicon/journals.py FOLDER/usr/share/jabref/JabRef-*.jar

The jar holds JabRef's list, of lines such as `Journal of Neuroscience = J. Neurosci.`. Its licence is told in
rules/data/LICENSES. The file holds `ABBREVIATION|NAME` for each abbreviation and `NAME|` for each name, all of them
plain as `sitecheck.citations.venue_table` compares them.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import marisa_trie

from sitecheck.citations.journals import FILE, SERIES_A, TOLD
from sitecheck.citations.venue_table import plain
from sitecheck.spelling.lexicon import NAME, entry

TARGET = Path(__file__).parent.parent / "rules" / "data" / FILE
LIST = "journals/journalList.txt"
PLACE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
"""`Cell Biol. (Paris)`, `Pflugers Archiv (European Journal of Physiology)`: few cite them with what is in brackets"""
SHORTEST_WORD = 6
"""letters of a journal's name that is one word"""

TRIES = 8
"""levels of the file: with marisa's own 3 it is a quarter larger"""


def main() -> None:
    with zipfile.ZipFile(sys.argv[1]) as jar:
        rows = list(read(jar.read(LIST).decode("utf-8")))
    names = {plain(name) for name, _ in rows}
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for name, abbreviation in rows:
        for form in {abbreviation, PLACE.sub("", abbreviation), PLACE.sub("", name)}:
            meant[plain(form)].add(plain(name))
    keys = [name + TOLD for name in names if is_telling(name)]
    for form, journals in meant.items():
        if len(journals) == 1 and form not in names and is_telling(form):  # else it may mean another one
            keys.append(form + TOLD + next(iter(journals)))
    marisa_trie.Trie(sorted(keys), num_tries=TRIES).save(str(TARGET))
    print(f"{len(rows)} rows; {len(keys)} names and abbreviations, {TARGET.stat().st_size} bytes")


def read(text: str) -> Iterator[tuple[str, str]]:
    """Name and abbreviation. A series A would not be told from its journal, as articles count for nothing."""
    for line in text.splitlines():
        name, equals, abbreviation = line.partition(" = ")
        abbreviation = abbreviation.partition(";")[0].strip()
        if equals and not re.search(SERIES_A, name) and not re.search(SERIES_A, abbreviation):
            yield name.strip(), abbreviation


def is_telling(name: str) -> bool:
    """Whether a plain name means the journal wherever it stands. `Nature`, `Heart` and `Methods` are words first."""
    if " " in name:
        return True
    return len(name) >= SHORTEST_WORD and name.isalpha() and not entry(name).kind & ~NAME


if __name__ == "__main__":
    main()
