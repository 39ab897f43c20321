"""Names of journals and their abbreviations, of `rules/data/journals.marisa`, which lexicon/journals.py builds.

It is mapped into memory when a name is asked for that the table of venues lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from sitecheck.citations.venue_table import plain

FILE = "journals.marisa"
TOLD = "|"
"""in a key, what parts an abbreviation from the name it stands for; behind a name there is nothing"""
SERIES_A = r"[\w.,:)] [\[(]?A\b"
"""`Physical Review A`, whose letter is taken for an article in a plain name"""


def journal(name: str) -> str:
    """The plain full name of the journal that a name or an abbreviation means; "" where the list has none."""
    bare = plain(name)
    if not bare or ("A" in name and re.search(SERIES_A, name)):
        return ""
    found = _keys()(bare + TOLD)
    return found[0].partition(TOLD)[2] or bare if found else ""


def is_journal(text: str) -> bool:
    """Whether a text is, as a whole, the name of a journal on the list, and written as a name."""
    return text[:1].isupper() and bool(journal(text))


@cache
def _keys() -> Callable[[str], list[str]]:
    from marisa_trie import Trie

    from sitecheck.spelling.data import data_file

    keys: Callable[[str], list[str]] = Trie().mmap(data_file(FILE)).keys
    return keys
