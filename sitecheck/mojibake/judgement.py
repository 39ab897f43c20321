"""How far to believe that a run is mojibake: by how odd it looks as it is, and by what it decodes to."""

import re
from functools import lru_cache
from typing import Final

from sitecheck.mojibake.charsets import CONTROLS, Charset
from sitecheck.mojibake.oddness import DRAWN, OPERANDS, is_lower, oddness

# How far to believe: not at all; a guess where the charset is proven; sure where it is proven; a guess, and sure where
# it is proven; sure
NOTHING: Final = 0
DOUBTFUL: Final = 1
PROVABLE: Final = 2
WEAK: Final = 3
STRONG: Final = 4

# Characters a page may well hold. No control, private use, U+FFFD or bidirectional embedding.
_PLAUSIBLE = re.compile(
    "[\xa0-\u017e\u0192\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b\u0250-\u036f\u0384-\u03d6\u03f0-\u03f6"
    "\u0400-\u045f\u0490-\u04ff\u05b0-\u05ea\u060c-\u06d5\u0900-\u0e5b\u10d0-\u10ff\u1e00-\u1ffe\u200b-\u2027"
    "\u2030-\u205e\u2070-\u20bf\u2100-\u23ff\u2460-\u2473\u2500-\u27ef\u2900-\u2bff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3"
    "\ufb00-\ufb06\ufe0f\ufeff\uff01-\uffee\U0001d400-\U0001d7ff\U0001f000-\U0001faff\U00020000-\U0002a6df]*"
)
_COMMON = re.compile("[\xa0-\u017d\u0218-\u021b\u0391-\u03c9\u2010-\u2022\u2122]*")
_RARE = re.compile("[\u0180-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u0385\u0387-\u0390\u03cf-\u03ff]")
_PICTURE = re.compile("[\u2300-\u27bf\u2b00-\u2bff]")
# One group per script that needs company: a lone letter of it among others is chance, two are a word
_CYRILLIC = 1
_FOREIGN = re.compile(
    "([\u0400-\u052f])|([\u0590-\u05ff])|([\u0600-\u06ff])|([\u0900-\u0dff])|([\u0e00-\u0e5b])|([\u10a0-\u10ff])"
    "|([\u3000-\u30ff\u3400-\u9fff\U00020000-\U0002a6df])|([\uac00-\ud7a3])|([\u1f00-\u1fff])"
)
_CLOSING = frozenset("’”…–—‘“»")
_CLOSING_OR_SPACE = _CLOSING | {"\xa0"}


Judgement = tuple[int, str, bool]
"""How far to believe in a run, what it decodes to, and whether letters of other scripts come with that."""


def judge(charset: Charset, before: str, run: str, after: str) -> Judgement:
    """`before` is up to two code points, `after` up to one. The few short runs of a broken file are remembered."""
    return (_judge_short if len(run) <= _LONGEST_REMEMBERED else _judge)(charset, before, run, after)


def _judge(charset: Charset, before: str, run: str, after: str) -> Judgement:
    text, left = _decoded(charset, run), before[-1:]
    if "\ufeff" in text:
        if text == "\ufeff":
            return (STRONG if charset.name == "cp1252" or not before else NOTHING), "", False
        text = text.replace("\ufeff", "")
    scripts, around = _scripts(text), {*_scripts(left + after)}
    if not text or (around and not scripts and any(map(str.isalpha, text))):
        return NOTHING, "", False
    odd = 2 if _fits_by_far(text) else oddness(left, run, after)
    if len(text) > 1 and odd:
        odd += 1
    if not odd and _readable(charset, left, run, after, scripts):
        return NOTHING, "", False
    if scripts:
        return _foreign_tier(odd, scripts, around), text, True
    return _tier(charset.latin, odd, before, run, after, text), text, False


_LONGEST_REMEMBERED = 16
_judge_short = lru_cache(maxsize=1 << 12)(_judge)


def _fits_by_far(text: str) -> bool:
    """Whether so many bytes in a row are no chance."""
    return text[-1] > "\uffff" or (len(text) > 2 and min(text) > "\u036f")


def _decoded(charset: Charset, run: str) -> str:
    """What `run` was, plausible as text, or ""."""
    try:
        text = charset.decode(run)
        if _PLAUSIBLE.fullmatch(text):
            return text
        while charset.is_run(text) and not _PLAUSIBLE.fullmatch(text):
            text = charset.decode(text)  # broken twice, with controls in between
    except UnicodeError:
        return ""
    text = text.translate(CONTROLS) if charset.latin else text
    return text if _PLAUSIBLE.fullmatch(text) else ""


def _scripts(text: str) -> list[int | None]:
    """The script of each letter that needs company."""
    return [] if text.isascii() else [match.lastindex for match in _FOREIGN.finditer(text)]


def _readable(charset: Charset, before: str, run: str, after: str, scripts: list[int | None]) -> bool:
    """Whether a run makes sense as it is: it is part of a Cyrillic or Greek word (`Вінниця`), or it is `29 × 29`."""
    if charset.latin or not run.isalpha():
        return run[0] == "×" and len(run) == 2
    spelt = any(char.isalpha() and char > "\u036f" for char in before[-1:] + after)
    return spelt or scripts not in ([], [_CYRILLIC])


def _foreign_tier(odd: int, scripts: list[int | None], around: set[int | None]) -> int:
    """One letter of another script is chance, unless its neighbours share it; several are a word."""
    if len({*scripts, *around}) > 1:
        return NOTHING
    if len(scripts) + len(around) > 1 and odd:
        return STRONG
    return DOUBTFUL


def _tier(latin: bool, odd: int, before: str, run: str, after: str, text: str) -> int:
    """How far to believe in a run that decodes to Latin or Greek letters, punctuation or symbols."""
    shouted, before = len(before) == 2 and before.isalpha() and before.isupper(), before[-1:]
    last, rare = run[-1], _RARE.search(text) is not None
    if before.isalpha() and after.isalpha() and _PICTURE.fullmatch(text):
        return DOUBTFUL  # `Officiâš´le`
    if text.islower() and not (text[1:] or is_lower(after)) and (shouted or (before.isupper() and after.isupper())):
        return NOTHING if rare else DOUBTFUL  # `NESTLÉ®`, `MÄ£ÄM`
    if odd > (not latin or rare) or (odd and "\u2010" <= text[0] <= "\u2122"):
        return STRONG
    inside = before.isalpha() and is_lower(after) and last not in "’–—"
    if not _COMMON.fullmatch(text):
        usual = not rare and last not in _CLOSING_OR_SPACE
        return PROVABLE if odd or usual or (inside and not rare) else NOTHING if rare else DOUBTFUL
    if latin:
        return max(_plain_tier(before, run, after), PROVABLE if inside else NOTHING)
    touching = (before + after).strip() and not (run.isalpha() or DRAWN.issuperset(run))
    if odd and before.isalpha() and last not in OPERANDS:
        return WEAK
    return PROVABLE if odd or touching else DOUBTFUL


def _plain_tier(before: str, run: str, after: str) -> int:
    """How far to believe in a run that looks like text as people write it, and decodes to a common character."""
    lead, last = run[0], run[-1]
    if last.isalpha() and last not in "ªº":
        return PROVABLE
    if before.isupper():
        if after.isalpha():
            return WEAK if last not in "’–—»\xa0" else DOUBTFUL
        return PROVABLE if last == "\xa0" and after == " " else DOUBTFUL
    if last == "’" and after == "s":
        return DOUBTFUL
    if lead in "ÂÃ" if last == "\xa0" else is_lower(after):
        return WEAK
    if lead in "ÂÃĂ" and not after.isalpha():
        return PROVABLE
    return DOUBTFUL if lead == "Å" or last in _CLOSING_OR_SPACE else WEAK
