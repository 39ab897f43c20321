"""Words that the other side of the Atlantic spells otherwise. codespell lists them, and its list is only read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from sitecheck.spelling.data import codespell_file
from sitecheck.spelling.language import WORD, is_foreign_around
from sitecheck.spelling.suspect import Suspect

if TYPE_CHECKING:
    from sitecheck.page import Page

DIALECTS = ("en-GB", "en-US")
LIST = "dictionary_en-GB_to_en-US.txt"


def of_other_dialect(page: Page, dialect: str) -> Iterator[Suspect]:
    """The words of a page's prose that are spelt as in the other dialect, each with the spelling of `dialect`."""
    others = other_spellings(dialect)
    if others.keys().isdisjoint(page.words):
        return
    for text in page.prose():
        for match in WORD.finditer(text.value):
            right = others.get(match[0].lower())
            if right and not match[0].isupper() and not is_foreign_around(text.value, *match.span()):
                guess = right.capitalize() if match[0][0].isupper() else right
                span = text.span(*match.span())
                yield Suspect(match[0], *span, (guess,), sure=False, listed=True, plain=text.verbatim(*match.span()))


@cache
def other_spellings(dialect: str) -> dict[str, str]:
    """By each spelling of the other dialect that of this one. Oxford's `-ize` is British, too."""
    with open(codespell_file(LIST), encoding="utf-8") as lines:
        pairs = [tuple(line.strip().split("->", 1)) for line in lines if "->" in line]
    if dialect == "en-US":
        return {british: american.split(",")[0] for british, american in pairs}
    return {
        american: british for british, american in pairs if "," not in american and not _is_oxford(american, british)
    }


def _is_oxford(american: str, british: str) -> bool:
    return "yz" not in american and american.replace("z", "s") == british
