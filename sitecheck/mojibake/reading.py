"""How a stretch of characters above ASCII reads: which runs in which charsets may be broken, and what they would be.

That depends on the stretch, its neighbours and the charsets alone, and in a broken file the same few stretches come
again and again, so readings are remembered.
"""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from sitecheck.mojibake import Repair, apply
from sitecheck.mojibake.candidate import Candidate
from sitecheck.mojibake.charsets import CONTROLS, Charset, may_be_bytes
from sitecheck.mojibake.judgement import DOUBTFUL, NOTHING, STRONG, WEAK, judge
from sitecheck.mojibake.oddness import SENTENCE_ENDS
from sitecheck.mojibake.prefilter import run_begin, suspicious

_CONTROL = re.compile("(?s)[\x80-\x9f](?<![\x80-\x9fÂÃâ].)(?![\x80-\x9f])")

Rivals = Mapping[int, Sequence[Candidate]]


class Reading(NamedTuple):
    """The candidates of a stretch, sorted and disjoint, and what follows from them alone.

    `rivals` are as good as the candidate of the same start, by other charsets. `proofs` are the charsets of candidates
    beyond doubt, and whether these give foreign letters. `lonely` says that one is foreign and doubtful by itself.
    Where all are beyond doubt and leave nothing to read again, `certain` are the repairs, `repaired` is their result.
    """

    candidates: Sequence[Candidate]
    rivals: Rivals
    proofs: Set[tuple[str, bool]] = frozenset()
    lonely: bool = False
    certain: Sequence[Repair] = ()
    repaired: str = ""


NOTHING_BROKEN = Reading((), {})


def read(before: str, stretch: str, after: str, charsets: tuple[Charset, ...]) -> Reading:
    """How a suspicious stretch reads after two and before one code point of its text (fewer where that ends)."""
    before, after = before.translate(_KINDS), after.translate(_KINDS)
    if not before.isupper():
        before = before[-1:]  # the one in front tells only whether a word is shouted
    work = _read_short if len(stretch) <= _LONGEST_REMEMBERED else _read
    return work(before, stretch, after, charsets)


def _kind(char: str) -> str:
    """An ASCII character that stands for `char` as a neighbour: the fewer there are, the more stretches are alike."""
    if char.isalpha():
        return "A" if char.isupper() else "s" if char == "s" else "a"
    if char.isspace():
        return " " if char == " " else "\n"
    return "0" if char.isdigit() else "." if char in SENTENCE_ENDS else "-"


_KINDS = {code: _kind(chr(code)) for code in range(0x80)}


def _read(before: str, stretch: str, after: str, charsets: tuple[Charset, ...]) -> Reading:
    """Ask the first charset, and the others about what that leaves, or where they read the same in the stretch."""
    candidates, rivals = _candidates(before, stretch, after, charsets[:1])
    if len(charsets) > 1:
        rest = _rest(stretch, candidates)
        contested = run_begin().search(rest) is not None
        others = [c for c in charsets[1:] if (contested and c.runs(rest)) or c.reads_like(charsets[0], stretch)]
        if others:
            candidates, rivals = _candidates(before, stretch, after, (charsets[0], *others))
    return _reading(stretch, candidates, rivals)


_LONGEST_REMEMBERED = 64
_read_short = lru_cache(maxsize=1 << 14)(_read)


def _rest(stretch: str, candidates: list[Candidate]) -> str:
    """What is left to explain. The first two characters of a run may also belong to another."""
    strong = [c for c in candidates if c.tier == STRONG and c.codec == "cp1252"]
    if sum([c.end - c.start for c in strong]) == len(stretch):
        return ""  # cp1252 is so much more common that it needs no other
    pieces, done = [], 0
    for candidate in candidates:
        if candidate.end > candidate.start + 2:
            pieces.append(stretch[done : candidate.start + 2])
            done = candidate.end
    return "-".join([*pieces, stretch[done:]])


def _candidates(before: str, stretch: str, after: str, charsets: tuple[Charset, ...]) -> tuple[list[Candidate], Rivals]:
    """The first run wins: one that starts inside another is an accident of its bytes."""
    chosen: list[Candidate] = []
    rivals: dict[int, list[Candidate]] = {}
    begin, end = -1, 0
    for place in _places(stretch, charsets):
        if place[0] < end and place[0] != begin:
            continue
        candidate = _candidate(before, stretch, after, *place)
        if not candidate.tier:
            continue
        if candidate.start != begin:
            chosen.append(candidate)
        elif (candidate.tier, candidate.end) == (chosen[-1].tier, end):
            rivals.setdefault(begin, []).append(candidate)
        elif (candidate.tier, candidate.end) > (chosen[-1].tier, end):
            chosen[-1] = candidate
            rivals.pop(begin, None)
        begin, end = chosen[-1].start, chosen[-1].end
    return chosen, rivals


def _reading(stretch: str, candidates: list[Candidate], rivals: Rivals) -> Reading:
    proofs: set[tuple[str, bool]] = set()
    lonely, strong = False, True
    for _, _, _, tier, kind, codec, foreign in candidates:
        if tier != STRONG:
            strong = False
            lonely = lonely or (foreign and tier == DOUBTFUL)
        elif kind == "run":
            proofs.add((codec, foreign))
    if strong and candidates and not rivals:
        repairs = [c.as_repair(True) for c in candidates]
        repaired = apply(stretch, repairs)
        if not any(may_be_bytes(c.replacement) for c in candidates) or not suspicious(repaired):
            return Reading(candidates, rivals, proofs, False, repairs, repaired)
    return Reading(candidates, rivals, proofs, lonely)


def _places(stretch: str, charsets: tuple[Charset, ...]) -> list[tuple[int, int, Charset | None]]:
    """Start, end and charset of all runs, and of controls, which have none, in order of their start."""
    found: list[tuple[int, int, Charset | None]] = []
    for charset in charsets:
        found += [(start, end, charset) for start, end in charset.runs(stretch)]
    found += [(*match.span(), None) for match in _CONTROL.finditer(stretch)]
    found.sort(key=itemgetter(0))
    return found


def _candidate(before: str, stretch: str, after: str, start: int, end: int, charset: Charset | None) -> Candidate:
    run = stretch[start:end]
    before = stretch[start - 2 : start] if start > 1 else (before + stretch[:start])[-2:]
    if charset is None:
        char = run.translate(CONTROLS)
        sure = not char.isalpha() and before[-1:].isascii()
        tier = NOTHING if char == run else STRONG if sure else WEAK
        return Candidate(start, end, char, tier, "control", "cp1252")
    tier, replacement, foreign = judge(charset, before, run, stretch[end : end + 1] or after)
    return Candidate(start, end, replacement, tier, "run" if replacement else "bom", charset.name, foreign)
