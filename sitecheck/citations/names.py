"""Names of people: where a list of authors begins and ends, and who is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from sitecheck.late import late

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΑ-ΩА-Я"
PARTICLES = frozenset(
    """
        van von der den de del della di da dos das do du la le el al bin ben ibn ter ten zu zum af av y e st ap
    """.split()  # noqa: SIM905  # so many literals read worse
)
NO_NAME = frozenset(
    """
        a an and are as at be by can do does for from has have how in into is it its let not of on or our so
        that the their there these this to towards toward under up via we what when where which who why will
        with without you your abstract accepted accuracy adaptive advances algorithm algorithms analysis applied
        application applications approach approaches architecture art article artificial attention automatic
        award based bayesian best book brief challenge challenges chapter classification clustering code college
        computational computer computing conference control data dataset deep department design detection
        digital distributed dynamic editorial efficient engineering environment estimation evaluation
        experiments exploring fast features framework fusion generation global graph guided hierarchical high
        human ieee image images improving inference information institute intelligence intelligent international
        introduction journal knowledge language large laboratory learning letters linear local low machine
        management mapping measuring medical method methods mining mobile model modeling modelling models
        molecular multi network networks neural new novel object online open optimal optimization paper part
        pattern performance planning poster prediction preprint press problem proceedings processing program
        project quantum random recognition reconstruction research review robot robotics robust scale school
        science sciences search segmentation self semantic sensor shape signal simulation social software space
        spatial special statistical study supervised supplementary survey symposium system systems talk
        technical technology temporal text theory thesis time tracking training transactions transfer
        transformer understanding university unsupervised video vision visual volume web workshop
    """.split()  # noqa: SIM905  # so many literals read worse
)  # fmt: skip
"""Words that stand in titles, venues and affiliations, and in no name."""

WORD = rf"[{UPPER}][\w'’‐‑`-]{{0,30}}"
INITIALS = rf"[{UPPER}]\.(?:[ ]?-?[{UPPER}]\.){{0,3}}"
SEPARATOR = late(
    r"(?:,|;|·|•|\||\n|&(?![a-z])"
    r"|a(?<!\wa)nd\b|A(?<!\wA)(?:nd|ND)\b|u(?<!\wu)nd\b|y(?<!\wy)(?!\.)\b|e(?<!\we)t(?! al)\b)\s{0,9}"
)
"""Each word begins with a letter, and what is before that is looked at afterwards: that takes half the time."""
AND = late(r"\s{1,9}(?:and|&|und)\s{1,9}|\s{0,9}&\s{0,9}")
ET_AL = late(r"\bet\.? ?al(?:ii|\b\.?)|\bothers\b|\band colleagues\b|\.\.\.|…", re.IGNORECASE)
ONLY_INITIALS = late(rf"(?:[{UPPER}](?:\.|(?=[\s{UPPER}-]|$))[ ]?-?){{1,4}}$")
TRAILING_INITIALS = late(rf"^(.*\S)\s{{1,9}}([{UPPER}]{{1,3}}|(?:[{UPPER}]\.[ -]?){{1,4}})$")
STRAY = late(r"[*†‡§¶#∗⁎✉⋆★¹²³⁴⁵⁶⁷⁸⁹⁰⁺⊕^\d\ufffc]+|\((?:equal|co-?first|corr)[^()]{0,40}\)", re.IGNORECASE)
INITIAL_LAST = late(r"\b[A-Z]\.$")
SENTENCE_DOT = late(r"[^\W\d_]{3}\.$")
JUNIOR = late(r"^(?:jr|sr|ii|iii|iv|ph\.?d|md|m\.d)\.?$", re.IGNORECASE)
TOKEN = late(r"[^\s]+")
ABSTRACT = tuple(
    f"{end}{plural}"
    for end in ("tion", "sion", "ity", "ness", "ics", "ology", "ment", "ization", "able", "ible", "graphy", "metry")
    for plural in ("", "s")
)
"""How words end that name a thing and nobody."""
ET_AL_WORDS = ("et al", "et. al", "etal", "et.al", "others", "...", "…", "and colleagues")
NO_SIGN = late(r"[:?!/@=\"“”<>{}]")
MAX_WORDS = 5


class Person(NamedTuple):
    """One author as he is written: the names, and where they stand."""

    family: str
    given: str
    start: int
    stop: int

    @property
    def key(self) -> tuple[str, str]:
        """The family name without marks and case, and the first letter of the given name."""
        return folded(self.family), folded(self.given)[:1]


def folded(text: str) -> str:
    """Letters only, without marks and case: `Müller-Lüdenscheidt` is `mullerludenscheidt`."""
    if text.isascii():  # as most names are, which need no table
        return text.lower() if text.isalpha() else "".join(filter(str.isalpha, text)).lower()
    text = normalize("NFKD", text.translate(SPECIAL))
    return "".join(filter(str.isalpha, text)).casefold()


SPECIAL = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "AE",
                         "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"})  # fmt: skip


class _Part(NamedTuple):
    text: str
    start: int
    stop: int


@lru_cache(maxsize=20_000)  # a site names the same people again and again
def is_name(part: str) -> bool:
    """Whether a stretch between two separators may be the name of a person, or a part of one."""
    if not _is_plain(part):
        part = STRAY.sub("", part).strip(" .:()[]'’\"“”„«»")
    words = part.split()
    if not 1 <= len(words) <= MAX_WORDS or len(part) > 50 or NO_SIGN.search(part):
        return False
    capitals = 0
    for word in words:
        lower = word.casefold().strip(".,")
        if word[0].isupper():
            if len(lower) > 1 and (lower in NO_NAME or lower.endswith(ABSTRACT)):
                return False
            capitals += 1
            if len(word) > 3 and word.isupper() and len(words) == 1 and "." not in word:
                return False  # an acronym
        elif not (lower in PARTICLES or word[0] in "'’" or not word[0].isalpha() or not word.isascii()):
            return False
    return capitals > 0 or not part.isascii()


def name_share(text: str) -> float:
    """The share of its parts that may be names; 0 where it has none."""
    parts = [part for part in SEPARATOR.split(_without_et_al(text)) if any(map(str.isalpha, part))]
    if not parts or len(parts[0].split()) > MAX_WORDS + 1:
        return 0.0
    return sum(is_name(part) or _is_junior(part) for part in parts) / len(parts)


def _is_junior(part: str) -> bool:
    return len(part) < 7 and JUNIOR.match(part) is not None


def has_et_al(text: str) -> bool:
    """Whether a list of authors names not everybody. Most do, which is told faster than by the pattern."""
    return any(map(text.casefold().__contains__, ET_AL_WORDS)) and ET_AL.search(text) is not None


def _without_et_al(text: str, blank: str | Callable[[re.Match[str]], str] = "") -> str:
    return ET_AL.sub(blank, text) if has_et_al(text) else text


@lru_cache(maxsize=4_096)  # several rules ask about the same lists
def people(text: str) -> tuple[Person, ...]:
    """Who is in a list of authors. Names may be inverted (`Li, Yonggang`), all or the first one."""
    if " and " in text and _is_bibtex(text):
        return tuple(_bibtex_people(text))
    return tuple(_people(list(_parts(text))))


def _is_bibtex(text: str) -> bool:
    parts = AND.split(text)
    return len(parts) > 1 and all(part.count(",") == 1 and part.strip()[-1:] != "," for part in parts)


def _bibtex_people(text: str) -> Iterator[Person]:
    place = 0
    for match in [*AND.finditer(text), None]:
        stop = match.start() if match else len(text)
        part = text[place:stop]
        if part.strip() and not ET_AL.fullmatch(part.strip()):
            family, comma, given = part.partition(",")
            if not comma:
                family, given = _split_name(part)
            lead = len(part) - len(part.lstrip())
            yield Person(family.strip(), given.strip(), place + lead, place + len(part.rstrip()))
        place = match.end() if match else stop


def bibtex_people(text: str) -> tuple[Person, ...]:
    """Who is in BibTeX's `author` field, where only ` and ` separates."""
    return tuple(_bibtex_people(text))


def _parts(text: str) -> Iterator[_Part]:
    place = 0
    for match in [*SEPARATOR.finditer(text), None]:
        stop = match.start() if match else len(text)
        part = text[place:stop]
        if _is_plain(part):
            lead = len(part) - len(part.lstrip())
            yield _Part(part.strip(), place + lead, place + len(part.rstrip()))
            place = match.end() if match else stop
            continue
        bare = STRAY.sub("", _without_et_al(part)).strip(" .:()[]") if part else ""
        if bare:
            lead = part.find(bare[0])
            bare = STRAY.sub(_blank, _without_et_al(part, _blank)).strip(" :()[]")
            bare = bare[:-1] if SENTENCE_DOT.search(bare) else bare
            tail = lead + len(bare.rstrip())
            yield _Part(bare, place + lead, place + tail)
        place = match.end() if match else stop


def _is_plain(part: str) -> bool:
    """Whether there are letters and spaces only, and no "et al", as in most names."""
    return part.replace(" ", "").isalpha() and " al" not in part and "others" not in part and "colleagues" not in part


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _people(parts: list[_Part]) -> Iterator[Person]:
    k = 0
    inverted = _first_is_inverted(parts)
    while k < len(parts):
        part = parts[k]
        following = parts[k + 1] if k + 1 < len(parts) else None
        if _is_junior(part.text):
            k += 1
            continue
        if following and (ONLY_INITIALS.match(following.text) or (k == 0 and inverted)):
            yield Person(part.text.strip(), following.text, part.start, following.stop)
            k += 2
            continue
        family, given = _split_name(part.text)
        yield Person(family, given, part.start, part.stop)
        k += 1


def _first_is_inverted(parts: list[_Part]) -> bool:
    """MLA: `Li, Yonggang, Guosheng Hu, and Yongtao Wang`."""
    if len(parts) < 2 or len(parts[0].text.split()) != 1 or "." in parts[0].text:
        return False
    return len(parts) == 2 or len(parts[2].text.split()) > 1


def _split_name(name: str) -> tuple[str, str]:
    """Family and given name of one that is written in natural order, or as `Smith AB`."""
    name = name.strip()
    if name.endswith(".") and not INITIAL_LAST.search(name):
        name = name.rstrip(".")
    inverted = None if name[-1:].islower() else TRAILING_INITIALS.match(name)  # as most names end
    if inverted and len(inverted[1].split()) <= 3:
        return inverted[1], inverted[2]
    words = name.split()
    if len(words) > 1 and _is_junior(words[-1]):
        words.pop()
    k = len(words) - 1
    while k > 1 and words[k - 1].casefold() in PARTICLES:
        k -= 1
    return " ".join(words[k:]), " ".join(words[:k])
