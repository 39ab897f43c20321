"""Mojibake: find text that was decoded with the wrong charset, and say what it was.

UTF-8 read as another charset leaves a trail that text by chance does not: a *run* of characters which, encoded again
in that charset, are bytes of valid UTF-8 (`MontrÃ©al`, `donâ€™t`). Runs are found per codec, character for character,
so a valid `é` beside a broken `â€™` is no obstacle, and spans are exact. But people do write `CAFÉ®`, `«Mevlânâ…”` and
`2.5 Å²`, so a run must also look odd as text before it is believed (`_oddness`), or the same codec must have proven
itself elsewhere in the file.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple


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


# What stands for a byte C2..F0 in some codec (it may begin a character of UTF-8), and for 80..BF (it may go on with it)
_LEADS = "À-ðĀ-žΑ-ωА-я\u2500-\u259f\xa0\xad\uf8ff¤¦«¬¯´µ·»õ÷ýþÿƒ–—‘’‚“”„‡…‰‹›⁄€∆√∞∩≈≡◊ﬁﬂ"
_CONTINUATIONS = "\x80-ÿĀ-ž΄-ΏЁ-џ\u2500-\u259fƒˆˇ˘˛˜˝ΩπҐґ–—―‘’‚“”„†‡•…‰‹›₧€№™∂∏∑∞∫≠≤≥⌐"


@cache
def _suspect() -> re.Pattern[str]:
    return re.compile(rf'[{_LEADS}\x80-\x9f](?:[{_CONTINUATIONS}]|(?<=[\x80-\x9f])|(?<=[ÂÃ])[ a-z]|(?<=â)"¢)')


def suspicious(text: str) -> bool:
    """Whether `text` may hold mojibake: cheap, never false where `find_repairs` would find something."""
    return not text.isascii() and _suspect().search(text) is not None


# --- Codecs: which characters stand for which bytes -----------------------------------------------------------------

# cp1252 stands for latin-1 too: there a C1 control is taken for its own byte.
_NAMES = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "cp1251", "cp1253", "mac_roman", "cp437", "cp850")
_LATIN = frozenset(_NAMES[:5])
# In the others the leads of rarer scripts are everyday letters (`Ã` is CC in MacRoman)
_TWO_BYTE_LEADS = ((0xC2, 0xCB), (0xCE, 0xD2), (0xD7, 0xD9))


class _Codec:
    """A one-byte charset as a lens on UTF-8: `run` matches what may be UTF-8 seen through it."""

    __slots__ = ("latin", "name", "own", "run", "table")

    def __init__(self, name: str, base: dict[int, int]) -> None:
        self.name = name
        self.latin = name in _LATIN
        self.table = _byte_table(name)
        low = self._chars(0x80, 0xBF)
        two = self._chars(0xC2, 0xDF) if self.latin else "".join(self._chars(*r) for r in _TWO_BYTE_LEADS)
        three = self._chars(0xE1, 0xEC) + self._chars(0xEE, 0xEF)
        e0, ed, f0 = (self._chars(byte, byte) or "\0" for byte in (0xE0, 0xED, 0xF0))
        one = (
            f"[{two}{e0}{three}{ed}{f0}]"  # first, so that the search for it is fast
            f"(?:(?<=[{two}])[{low}]|(?<=[{three}])[{low}]{{2}}|(?<={e0})[{self._chars(0xA0, 0xBF)}][{low}]"
            f"|(?<={ed})[{self._chars(0x80, 0x9F)}][{low}]|(?<={f0})[{self._chars(0x90, 0xBF)}][{low}]{{2}}"
            # A surrogate pair, each half on its own three bytes: how Java and Oracle write emoji
            f"|(?<={ed})[{self._chars(0xA0, 0xAF)}][{low}]{ed}[{self._chars(0xB0, 0xBF)}][{low}])"
        )
        self.run = re.compile(f"{one}(?:{one})*")
        # Without characters of its own a text is as well read as cp1252
        own = "".join(re.escape(chr(char)) for char, byte in self.table.items() if base.get(char) != byte)
        self.own = re.compile(f"[{own}]")

    def _chars(self, first: int, last: int) -> str:
        return "".join(re.escape(chr(char)) for char, byte in self.table.items() if first <= byte <= last)

    def decode(self, run: str) -> str:
        """What `run` was before it was read in this codec. `UnicodeError` where its bytes are not UTF-8."""
        text = run.translate(self.table).encode("latin-1").decode("utf-8", "surrogatepass")
        return text.encode("utf-16", "surrogatepass").decode("utf-16") if "\ud800" <= max(text) <= "\udfff" else text

    def reads(self, run: str, text: str) -> bool:
        """Whether `run` is `text` seen through this codec too."""
        return self.run.fullmatch(run) is not None and self.decode(run).translate(_CP1252) == text


def _byte_table(name: str) -> dict[int, int]:
    """Code point to byte, for the upper half of the codec. Undefined bytes are C1 controls, as in browsers."""
    table = {byte: byte for byte in range(0x80, 0xA0)} if name == "cp1252" else {}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(name, "ignore") or chr(byte) * (byte < 0xA0)
        if char:
            table[ord(char)] = byte
    return table


@cache
def _codecs() -> list[_Codec]:
    base = _Codec("cp1252", {})
    return [base, *(_Codec(name, base.table) for name in _NAMES[1:])]


# --- Judgement: is a run believable as text, and is what it decodes to? ---------------------------------------------

# Nothing; a guess where the codec is proven; sure where it is proven; a guess, sure where it is proven; sure
_NOTHING, _DOUBTFUL, _PROVABLE, _WEAK, _STRONG = range(5)

# Characters a page may well hold. No control, private use, U+FFFD or bidirectional embedding.
_PLAUSIBLE = (
    "[\xa0-\u017e\u0192\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b\u0250-\u036f\u0384-\u03d6\u03f0-\u03f6"
    "\u0400-\u045f\u0490-\u04ff\u05b0-\u05ea\u060c-\u06d5\u0900-\u0e5b\u10d0-\u10ff\u1e00-\u1ffe\u200b-\u2027"
    "\u2030-\u205e\u2070-\u20bf\u2100-\u23ff\u2460-\u2473\u2500-\u27ef\u2900-\u2bff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3"
    "\ufb00-\ufb06\ufe0f\ufeff\uff01-\uffee\U0001d400-\U0001d7ff\U0001f000-\U0001faff\U00020000-\U0002a6df]*"
)
_COMMON = "[\xa0-\u017d\u0218-\u021b\u0391-\u03c9\u2010-\u2022\u2122]*"
_RARE = "[\u0180-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u0385\u0387-\u0390\u03cf-\u03ff]"
# One alternative per script that needs company: a lone letter of it among others is chance, two are a word
_CYRILLIC = 1
_FOREIGN = (
    "([\u0400-\u052f])|([\u0590-\u05ff])|([\u0600-\u06ff])|([\u0900-\u0dff])|([\u0e00-\u0e5b])|([\u10a0-\u10ff])"
    "|([\u3000-\u30ff\u3400-\u9fff\U00020000-\U0002a6df])|([\uac00-\ud7a3])|([\u1f00-\u1fff])"
)
_PICTURE = "[\u2300-\u27bf\u2b00-\u2bff]"
_ODD_AFTER_LETTER = frozenset("€‚ƒ„ˆ‰˜¡¢£¤¥¦¨¬¯±´µ¶¸¼½¾¿ˇ˘˛˝΅΄―⌐₧∞≠≤≥∂∑∏∫")
_ODD_PAIRS = frozenset(("‚Ä", "ÔÇ", "ΓÇ", "â†", "â‡", "âœ", "â•", "â™"))  # E2 80 and the like
_CLOSING = frozenset("’”…–—‘“»")
_CLOSING_OR_SPACE = _CLOSING | {"\xa0"}
_ENDS = frozenset(".,;:!?)>%")
_DRAWN = frozenset(map(chr, range(0x2500, 0x25A0)))
_MATH_LEADS = frozenset("√¬≈∆ƒ")
_OPERANDS = frozenset("πµ∞Ω∑∏∫∂")
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


def _is_lower(char: str) -> bool:
    return char.islower() and char not in "ªº"


def _odd_pair(a: str, b: str) -> int:
    """How odd it is to see `b` right after `a` in a text that is meant so."""
    if "\x80" <= b <= "\x9f" or a == "\uf8ff":
        return 2
    if a + b in _ODD_PAIRS or (a > "\x7f" and a.isalpha() and (b in _ODD_AFTER_LETTER or b in _DRAWN)):
        return 1
    if a.isalpha() and b.isalpha():
        scripts_differ = ("Ѐ" <= a <= "ӿ") != ("Ѐ" <= b <= "ӿ")
        camel = _is_lower(a) and b.isupper() and b > "\x7f"
        return int(scripts_differ or camel or (b in "ªº" and a > "\xff"))
    if a.isascii():
        return int((a.isdigit() and b in "ÂÃ¬") or (a.isalpha() and b in "¬√≈∆\uf8ff"))
    if a in _DRAWN:
        return int(b not in _DRAWN)
    if a in _MATH_LEADS:
        return int(b not in _OPERANDS)
    return int((b in _ODD_AFTER_LETTER and b not in "¿¡") or (b in "ªº" and not a.isalnum()))


def _oddness(before: str, run: str, after: str) -> int:
    """How odd `run` looks between its neighbours: 0 is text as people write it, 1 is rare, 2 is not text."""
    lead, last = run[0], run[-1]
    odd, previous = 0, before if before.isalnum() else " "
    for char in run:
        odd += _odd_pair(previous, char)
        if odd > 1:
            return odd
        previous = char
    if lead in _DRAWN:
        odd += before.isalpha()
    if lead == "Å" and last == "±" and not before.isalpha():
        return odd - 1  # ångströms, give or take
    return odd + _odd_around(before, lead, last, after)


def _odd_around(before: str, lead: str, last: str, after: str) -> bool:
    """Whether the first and last character of a run are odd company for what follows it."""
    symbol = not last.isalnum() or last in "ªº²³¹"
    if lead == "Ã" and last in "œžšŠŽŒŸ":
        return True  # no language has these together
    if lead == "Â" and ((last in "©®°º«§" and not before.isupper()) or (last == "\xa0" and before in _ENDS)):
        return True
    if "Ѐ" <= lead <= "ӿ" and "a" <= after <= "z":
        return True
    if before.isupper() or not _is_lower(after):
        return False
    if lead == "Ã" and last in "–—‘" and not before.isalnum():
        return True  # `Ã–sterreich`
    if lead in _DRAWN:
        return symbol or before.isalpha()
    if lead in _MATH_LEADS and last not in _OPERANDS:
        return True
    # `Å»eromski`
    return symbol and (lead.isupper() or lead in _MATH_LEADS) and last not in "’”…–—·\xa0\xad"


def _decoded(codec: _Codec, run: str) -> str:
    """What `run` was, plausible as text, or ""."""
    try:
        text = codec.decode(run)
        while not re.fullmatch(_PLAUSIBLE, text) and codec.run.fullmatch(text):
            text = codec.decode(text)  # broken twice, with controls in between
    except UnicodeError:
        return ""
    text = text.translate(_CP1252) if codec.latin else text
    return text if re.fullmatch(_PLAUSIBLE, text) else ""


def _judge(codec: _Codec, before: str, run: str, after: str) -> tuple[int, str, bool]:
    """How far to believe in `run`, what it decodes to, and whether letters of other scripts come with that.

    `before` is two code points, `after` is one.
    """
    text = _decoded(codec, run)
    if text == "\ufeff":
        return (_STRONG if codec.name == "cp1252" or not before else _NOTHING), "", False
    text = text.replace("\ufeff", "")
    scripts = [m.lastindex for m in re.finditer(_FOREIGN, text)]
    around = {m.lastindex for m in re.finditer(_FOREIGN, before[-1:] + after)}
    if not text or (around and not scripts and any(map(str.isalpha, text))):
        return _NOTHING, "", False
    odd = _oddness(before[-1:], run, after)
    if text[-1] > "\uffff" or (len(text) > 2 and min(text) > "\u036f"):
        odd = 2  # so many bytes in a row that fit
    elif len(text) > 1 and odd:
        odd += 1
    if not odd and _readable(codec, before[-1:], run, after, scripts):
        return _NOTHING, "", False
    if scripts:
        return _foreign_tier(odd, scripts, around), text, True
    return _tier(codec.latin, odd, before, run, after, text), text, False


def _readable(codec: _Codec, before: str, run: str, after: str, scripts: list[int | None]) -> bool:
    """Whether a run makes sense as it is: it is part of a Cyrillic or Greek word (`Вінниця`), or it is `29 × 29`."""
    if codec.latin or not run.isalpha():
        return run[0] == "×" and len(run) == 2
    spelt = any(char.isalpha() and char > "\u036f" for char in before + after)
    return spelt or scripts not in ([], [_CYRILLIC])


def _tier(latin: bool, odd: int, before: str, run: str, after: str, text: str) -> int:
    """How far to believe in a run that decodes to Latin or Greek letters, punctuation or symbols."""
    shouted, before = len(before) == 2 and before.isalpha() and before.isupper(), before[-1:]
    last, rare = run[-1], re.search(_RARE, text) is not None
    if before.isalpha() and after.isalpha() and re.fullmatch(_PICTURE, text):
        return _DOUBTFUL  # `Officiâš´le`
    if text.islower() and not (text[1:] or _is_lower(after)) and (shouted or (before.isupper() and after.isupper())):
        return _NOTHING if rare else _DOUBTFUL  # `NESTLÉ®`, `MÄ£ÄM`
    if odd > (not latin or rare) or (odd and "\u2010" <= text[0] <= "\u2122"):
        return _STRONG
    inside = before.isalpha() and _is_lower(after) and last not in "’–—"
    if not re.fullmatch(_COMMON, text):
        usual = not rare and last not in _CLOSING_OR_SPACE
        return _PROVABLE if odd or usual or (inside and not rare) else _NOTHING if rare else _DOUBTFUL
    if latin:
        return max(_plain_tier(before, run, after), _PROVABLE if inside else _NOTHING)
    touching = (before + after).strip() and not (run.isalpha() or _DRAWN.issuperset(run))
    if odd and before.isalpha() and last not in _OPERANDS:
        return _WEAK
    return _PROVABLE if odd or touching else _DOUBTFUL


def _foreign_tier(odd: int, scripts: list[int | None], around: set[int | None]) -> int:
    """One letter of another script is chance, unless its neighbours share it; several are a word."""
    if len({*scripts, *around}) > 1:
        return _NOTHING
    if len(scripts) + len(around) > 1 and odd:
        return _STRONG
    return _DOUBTFUL


def _plain_tier(before: str, run: str, after: str) -> int:
    """How far to believe in a run that looks like text as people write it, and decodes to a common character."""
    lead, last = run[0], run[-1]
    if last.isalpha() and last not in "ªº":
        return _PROVABLE
    if before.isupper():
        if after.isalpha():
            return _WEAK if last not in "’–—»\xa0" else _DOUBTFUL
        return _PROVABLE if last == "\xa0" and after == " " else _DOUBTFUL
    if last == "’" and after == "s":
        return _DOUBTFUL
    if lead in "ÂÃ" if last == "\xa0" else _is_lower(after):
        return _WEAK
    if lead in "ÂÃĂ" and not after.isalpha():
        return _PROVABLE
    return _DOUBTFUL if lead == "Å" or last in _CLOSING_OR_SPACE else _WEAK


_judge_short = lru_cache(maxsize=8192)(_judge)


# --- Search: runs of one text, evidence of the whole file -----------------------------------------------------------


class _Candidate(NamedTuple):
    start: int
    end: int
    replacement: str
    tier: int
    kind: str
    codec: str
    foreign: bool = False

    def as_repair(self, sure: bool) -> Repair:
        kind = "weak" if self.kind == "run" and not sure else self.kind
        return Repair(self.start, self.end, self.replacement, sure, kind, self.codec)


def _runs(codec: _Codec, text: str) -> Iterator[_Candidate]:
    for match in codec.run.finditer(text):
        start, end = match.span()
        judge = _judge_short if end - start < 64 else _judge
        before = text[start - 2 : start] if start > 1 else text[:start]
        tier, replacement, foreign = judge(codec, before, match[0], text[end : end + 1])
        if tier:
            kind = "run" if replacement else "bom"
            yield _Candidate(start, end, replacement, tier, kind, codec.name, foreign)


_CONTROL = "(?s)[\x80-\x9f](?<![\x80-\x9fÂÃâ].)(?![\x80-\x9f])"


def _controls(text: str) -> Iterator[_Candidate]:
    for match in re.finditer(_CONTROL, text):
        char = match[0].translate(_CP1252)
        if char != match[0]:
            sure = not char.isalpha() and text[match.start() - 1 : match.start()].isascii()
            yield _Candidate(match.start(), match.end(), char, _STRONG if sure else _WEAK, "control", "cp1252")


def _candidates(text: str) -> list[_Candidate]:
    """All readings of all codecs; they may overlap."""
    first, *others = _codecs()
    found = list(_runs(first, text))
    if found and sum(c.end - c.start for c in found) == len(text) - len(text.encode("ascii", "ignore")):
        return found  # all is explained, the same way as other codecs would
    found += _controls(text)
    for codec in others:
        if codec.own.search(text):
            found += _runs(codec, text)
    return found


def _chosen(found: list[_Candidate], votes: Counter[str]) -> list[_Candidate]:
    """Sorted and disjoint. A run that starts inside another is an accident of its bytes, so the first wins.

    Where two codecs read the same run, that one wins which has read more of the file.
    """
    if all(a.end <= b.start for a, b in pairwise(found)):
        return _in_company(found)
    found.sort(key=lambda c: (c.start, -c.tier, -c.end, -votes[c.codec]))
    chosen = found[:1]
    for candidate in found[1:]:
        last = chosen[-1]
        if candidate.start >= last.end:
            chosen.append(candidate)
        elif _tied(candidate, last, votes):
            chosen[-1] = last._replace(tier=min(last.tier, _WEAK))
    return _in_company(chosen)


def _tied(a: _Candidate, b: _Candidate, votes: Counter[str]) -> bool:
    """Whether two codecs read the same run differently, with equal right."""
    same = (a.start, a.end, a.tier, votes[a.codec]) == (b.start, b.end, b.tier, votes[b.codec])
    return same and a.replacement != b.replacement


def _in_company(found: list[_Candidate]) -> list[_Candidate]:
    """A lone foreign letter a space away from a strong run of the same codec is a short word, and as strong."""
    for i, candidate in enumerate(found):
        if candidate.tier == _DOUBTFUL and candidate.foreign:
            beside = [c for c in found[max(i - 1, 0) : i + 2] if c.tier == _STRONG and c[4:] == candidate[4:]]
            if any(c.start - candidate.end in (1, 2) or candidate.start - c.end in (1, 2) for c in beside):
                found[i] = candidate._replace(tier=_STRONG)
    return found


# What is left of a run that lost a byte: a no-break space became a space, 9D or AD vanished, `“` was straightened
_REMNANT = '[ÂÃâ](?:(?<=[ÂÃ])[ a-z]|(?<=â)["€])'
_LOSSY = (
    (r'(?<=\d)â€"(?=\d)', "–", _WEAK),
    (r'(?<=\w)â€"(?=\w)|(?<= )â€"(?= )', "—", _WEAK),
    (r"â€(?:[?\ufffd]|(?![^\x00-\x7f]))", "”", _WEAK),
    ('â"¢', "™", _WEAK),
    (r"(?<=[a-zß-ÿ])Ã(?=[a-z])", "í", _WEAK),
    (r"(?<![^\W\d_a-zß-ÿ])Ã (?= [a-z])|(?<=[a-zß-ÿ])Ã(?= [a-z])", "à", _WEAK),
    (r"(?<!\w)Ã (?=s )|(?<!\w)Ã(?= [a-zß-ÿ])", "à", _DOUBTFUL),
    (r"(?<=[a-zß-ÿ0-9.,;:!?)\]>%])Â(?= )", "", _WEAK),
)


def _guesses(text: str) -> Iterator[_Candidate]:
    if re.search(_REMNANT, text) is None:
        return
    for pattern, replacement, tier in _LOSSY:
        for match in re.finditer(pattern, text):
            yield _Candidate(match.start(), match.end(), replacement, tier, "lossy", "cp1252")


def find_repairs(texts: Sequence[str]) -> list[list[Repair]]:
    """The repairs of each text, sorted and disjoint. `texts` are the pieces of one file: proof in one serves all.

    Text that was broken more than once is repaired in one step, from what it is to what it was.
    """
    repairs: list[list[Repair]] = [[] for _ in texts]
    now = list(texts)
    suspects = {index: _candidates(text) for index, text in enumerate(texts) if suspicious(text)}
    changed = set(suspects)
    votes: Counter[str] = Counter()
    proofs: set[tuple[str, bool]] = set()
    for sure in (True, False):  # first all that is beyond doubt, then what can be guessed in the text that is left
        while True:
            votes.update(c.codec for i in changed if i in suspects for c in suspects[i] if c.tier == _STRONG)
            chosen = {
                i: _chosen(found + ([] if sure else list(_guesses(now[i]))), votes) for i, found in suspects.items()
            }
            proofs.update(
                (c.codec, c.foreign)
                for found in chosen.values()
                for c in found
                if c.tier == _STRONG and c.kind == "run"
            )
            changed = set()
            for index, found in chosen.items():
                step = [c.as_repair(sure) for c in found if c.tier == _STRONG or _accepted(c, now[index], proofs, sure)]
                if step:
                    repairs[index] = _composed(repairs[index], now[index], step)
                    now[index] = apply(now[index], step)
                    changed.add(index)
            if not changed:
                break
            for index in changed:
                del suspects[index]
                if suspicious(now[index]):
                    suspects[index] = _candidates(now[index])
    return repairs


def _accepted(candidate: _Candidate, text: str, proofs: set[tuple[str, bool]], sure: bool) -> bool:
    if candidate.tier == _WEAK and not sure:
        return True
    if candidate.kind == "control" or (sure and (candidate.tier == _DOUBTFUL or candidate.kind == "lossy")):
        return False
    codec, foreign = candidate.codec, candidate.foreign
    if (codec, True) in proofs or (not foreign and (codec, False) in proofs):
        return True
    run = text[candidate.start : candidate.end]
    proven = {name for name, with_foreign in proofs if with_foreign or not foreign}
    return any(other.name in proven and other.reads(run, candidate.replacement) for other in _codecs())


def apply(text: str, repairs: Sequence[Repair]) -> str:
    """`text` with the given repairs of it made."""
    pieces: list[str] = []
    done = 0
    for repair in repairs:
        pieces += text[done : repair.start], repair.replacement
        done = repair.end
    return "".join([*pieces, text[done:]])


def _composed(earlier: list[Repair], text: str, step: list[Repair]) -> list[Repair]:
    """Repairs of the original that do what `earlier` did to it, giving `text`, and then what `step` does to that.

    Where the two overlap (text that was broken twice) they become one repair, as sure as the less sure of them.
    """
    if not earlier:
        return step
    placed, shift = [_Placed(repair.start, repair.end, 0, [repair], [repair]) for repair in step], 0
    for old in earlier:  # they are done: in `text` they cover their replacement
        lost = old.end - old.start - len(old.replacement)
        placed.append(_Placed(old.start - shift, old.end - shift - lost, lost, [old], []))
        shift += lost
    composed, shift = [], 0
    for start, end, lost, repairs, new in _overlaps(placed):
        doubtful = min(repairs, key=lambda repair: repair.confirmed)
        inside = [repair._replace(start=repair.start - start, end=repair.end - start) for repair in new]
        replacement = apply(text[start:end], inside)
        composed.append(doubtful._replace(start=start + shift, end=end + shift + lost, replacement=replacement))
        shift += lost
    return composed


class _Placed(NamedTuple):
    """A place of the text in between, where `lost` code points of the original have gone; `new` is yet to be done."""

    start: int
    end: int
    lost: int
    repairs: list[Repair]
    new: list[Repair]


def _overlaps(placed: list[_Placed]) -> list[_Placed]:
    """The places in order, those that overlap joined."""
    joined: list[_Placed] = []
    for place in sorted(placed):
        if joined and place.start < joined[-1].end:
            last = joined.pop()
            lists = last.repairs + place.repairs, last.new + place.new
            place = _Placed(last.start, max(last.end, place.end), last.lost + place.lost, *lists)
        joined.append(place)
    return joined
