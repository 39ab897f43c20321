"""Mojibake: find text that was decoded with the wrong charset, and say what it was.

UTF-8 read as another charset leaves a trail that text by chance does not: a *run* of characters which, encoded again
in that charset, are bytes of valid UTF-8 (`MontrÃ©al`, `donâ€™t`). Runs are found per charset, character for character,
so a valid `é` beside a broken `â€™` is no obstacle, and spans are exact. But people do write `CAFÉ®`, `«Mevlânâ…”` and
`2.5 Å²`, so a run must also look odd as text before it is believed, or the same charset must have proven itself
elsewhere in the file.

From the bottom up: `prefilter` passes over what is clean; `charsets` finds runs; `oddness` and `judgement` say how far
to believe in one; `reading` reads a stretch of characters in all charsets; `lossy` guesses where a byte is gone;
`stretch` is the unit that is repaired, and `composition` joins repairs of repairs; `file` weighs the evidence of a
whole file. All but the first are imported when a text is suspicious, which is rare.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sitecheck.mojibake.prefilter import suspicious

__all__ = ["Repair", "apply", "find_repairs", "suspicious"]


class Repair(NamedTuple):
    """`text[start:end]` (code points) should read `replacement`.

    `confirmed` says that no doubt is left. `kind` is one of "run" (bytes of UTF-8 seen through `codec`), "weak" (the
    same, but it may be meant), "bom" (a byte order mark as text), "control" (a C1 control where cp1252 has a
    character), "lossy" (a byte is missing, so the character is a guess).
    """

    start: int
    end: int
    replacement: str
    confirmed: bool
    kind: str
    codec: str


def find_repairs(texts: Sequence[str]) -> list[list[Repair]]:
    """The repairs of each text, sorted and disjoint. `texts` are the pieces of one file: proof in one serves all.

    Text that was broken more than once is repaired in one step, from what it is to what it was.
    """
    if not any(map(suspicious, texts)):
        return [[] for _ in texts]
    from sitecheck.mojibake.file import repairs_of

    return repairs_of(texts)


def apply(text: str, repairs: Sequence[Repair]) -> str:
    """`text` with the given repairs of it made."""
    pieces: list[str] = []
    done = 0
    for repair in repairs:
        pieces += text[done : repair.start], repair.replacement
        done = repair.end
    return "".join([*pieces, text[done:]])
