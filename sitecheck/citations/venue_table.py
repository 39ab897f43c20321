"""The venues that are known by name, of `rules/data/venues.csv`, and how names of venues are compared."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple
from unicodedata import normalize

from sitecheck.citations.cited import Venue
from sitecheck.late import late

SPONSOR = late(
    r"^(?:the\s{1,9})?(?:(?:ieee(?:/(?:cvf|acm|rsj|ifip))?|acm(?:/(?:ieee|sigda|spec))?|aaai/acm|usenix|ifip|siam|eurographics"
    r"|(?:annual|international|intl?\.)(?!\s{1,9}(?:j\b|journal|reviews?\b))|joint)\s{1,9})+",
    re.IGNORECASE,
)
"""What is left out in front of a conference's name. The International Journal of Neuroscience is another journal."""
ORGANISATION = late(
    r"^(?:(?:the|annual|ieee(?:[/-](?:cvf|acm|rsj|ifip|ras|embs|aess))?(?:\s{1,9}computer society)?|usenix|ifip|siam"
    r"|aaai|acm(?:[/-](?:ieee|siam|sig[a-z]{2,8}|spec|ifip))?(?:\s{1,9}sig[a-z]{2,8})?|aaai/acm|springer|elsevier|eurographics"
    r"|iapr|iacr)\s{1,9})+(?=\S+\s)",
    re.IGNORECASE,
)
"""Who holds a conference, in front of its name."""
SMALL = frozenset(["the", "of", "on", "and", "for", "in", "a", "an", "to", "with", "de", "und", "der", "et", "la"])


class Old(NamedTuple):
    """An acronym that was given up."""

    venue: Venue
    until: int
    """the first year of the new name"""


class Table(NamedTuple):
    """The venues that are known by name."""

    acronyms: dict[str, Venue]
    """by acronym in lower case"""
    names: dict[str, Venue]
    """by plain name"""
    written_out: list[tuple[str, Venue]]
    """names of more than one word"""
    annual: dict[str, int]
    """for journals with one volume a year, by name: what to add to a volume to get its year"""


def _lines() -> list[str]:
    folder = next(iter(import_module("sitecheck.rules").__path__))
    with open(os.path.join(folder, "data", "venues.csv"), encoding="utf-8") as stream:
        return [line for line in stream.read().splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def table() -> Table:
    """The table, read once."""
    known = Table({}, {}, [], {})
    for line in _lines():
        venue, names, base = _split(line)
        if base:
            known.annual[venue.name] = int(base)
        for alias in names:
            _enter(known, venue, alias.partition("<")[0])
    return known


def _split(line: str) -> tuple[Venue, list[str], str]:
    """A venue, all its names (with `<` and a year behind one that was given up then), and the year before volume 1."""
    kind, acronym, name, aliases, *base = line.strip().split(";")
    names = [each for each in (acronym, name, *aliases.split("|")) if each]
    return Venue(kind, acronym or name, name), names, base[0] if base else ""


def _enter(known: Table, venue: Venue, alias: str) -> None:
    """Put one more name of a venue into the table."""
    if words := plain(alias):  # none are left of `A&A`
        known.names.setdefault(words, venue)
    if " " not in alias or alias == venue.acronym:
        known.acronyms.setdefault(alias.casefold(), venue)
    if " " in alias:
        known.written_out.append((alias, venue))
        bare = SPONSOR.sub("", alias)
        if bare != alias:
            known.names.setdefault(plain(bare), venue)


@lru_cache(maxsize=1)
def _by_initials() -> dict[str, list[tuple[str, Venue]]]:
    """Full names by the first letters of their words, to find what `IEEE Trans. Pattern Anal.` cuts short."""
    found: dict[str, list[tuple[str, Venue]]] = {}
    for alias, venue in table().written_out:
        for form in dict.fromkeys((alias, SPONSOR.sub("", alias), ORGANISATION.sub("", alias))):
            found.setdefault(initials(form), []).append((form, venue))
    return found


@lru_cache(maxsize=1)
def _official() -> dict[str, set[str]]:
    """By a venue's name all names that are written out, as they are spelt."""
    found: dict[str, set[str]] = {}
    for alias, venue in table().written_out:
        if _is_written_out(alias, venue):
            found.setdefault(venue.name, set()).add(spelling(alias.replace("&", "and")))
    return found


def _is_written_out(alias: str, venue: Venue) -> bool:
    """Whether a name of a venue is none that leaves out what kind of venue it is, or half of its words."""
    if venue.kind == "c":
        return bool(MEETING.search(alias)) or not MEETING.search(venue.name)
    return plain(alias) == plain(venue.name)


@lru_cache(maxsize=1)
def proceedings_starts() -> frozenset[str]:
    """The letters with which names go on behind `Proceedings of`."""
    head = "proceedings "
    return frozenset(name[len(head) :][:1] for name in table().names if name.startswith(head))


MEETING = re.compile(
    r"\b(?:Conference|Symposium|Workshops?|Meeting|Colloquium|Congress|Convention|Forum|Advances in|Proceedings)\b"
)


def initials(name: str) -> str:
    """The first letters of its words, without the small ones."""
    return "".join([word[0] for word in _words(name) if word not in SMALL])


def cut_short(name: str) -> Venue | None:
    """The venue whose name this is with its words abbreviated."""
    if "." not in name and name.count(" ") < 2:
        return None
    bare = SPONSOR.sub("", re.sub(r"(?i)^ann(?:u|ual)?\.?\s{1,9}", "", name))
    for form in (name, bare):
        for known, venue in _by_initials().get(initials(form), ()):
            if abbreviates(form, known):
                return venue
    return None


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name's words in lower case, without marks and punctuation, articles and "and"."""
    if not name.isascii():
        name = name.replace("&", " and ").casefold()
        name = "".join(sign for sign in normalize("NFKD", name) if not 0x300 <= ord(sign) < 0x370)
        words = re.sub(r"[^\w\s]|_", " ", name).split()
    else:
        words = _words(name)
    return " ".join([word for word in words if word not in UNTOLD])


def _words(name: str) -> list[str]:
    """A name's words in lower case, without punctuation."""
    if name.isascii():  # as the table's names are, and most others: bytes are translated ten times as fast
        return name.encode().translate(LETTERS).decode().split()
    return re.findall(r"[^\W_]+", name.casefold())


def head_first(words: str) -> str:
    """A plain name with the kind of meeting in front: `conference kelp physics` of `kelp physics conference`."""
    rest, _, last = words.rpartition(" ")
    return f"{last} {rest}" if " " in rest and last in HEADS and not HEADS.intersection(rest.split()) else words


HEADS = frozenset(("conference", "symposium", "workshop", "congress", "colloquium"))
LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
"""for each sign of ASCII the letter or digit that it is, or a space"""
UNTOLD = frozenset(("the", "and", "on", "of", "in", "for", "a"))


def spelling(name: str) -> str:
    """What of a name is compared: its words, in their case, without who holds it and articles."""
    bare = ORGANISATION.sub("", name.strip())
    return " ".join(word for word in WORDS.findall(bare) if word.casefold() not in NEUTRAL) or name


WORDS = late(r"[^\W_]+|&")
NEUTRAL = frozenset(("the", "annual", "in", "proceedings", "of"))


def is_official(name: str, venue: Venue) -> bool:
    """Whether a venue goes, or went, by this name, word for word, or by this acronym."""
    if " " not in name:
        return name == venue.acronym or name in old_venue_names()
    return spelling(name.replace("&", "and")) in _official().get(venue.name, ())


def is_nearly_official(name: str, venue: Venue) -> bool:
    """Whether it goes, or went, by this name but for capitals."""
    low = spelling(name.replace("&", "and")).casefold()
    return any(low == each.casefold() for each in _official().get(venue.name, ()))


@lru_cache(maxsize=20_000)
def abbreviates(one: str, two: str) -> bool:
    """Whether two names are one, with words cut short: `Signal Process. Lett.` and `Signal Processing Letters`."""
    own = [word for word in _words(one) if word not in SMALL]
    other = [word for word in _words(two) if word not in SMALL]
    if len(own) != len(other) or len(own) < 2:
        return False
    if [word.rstrip("s") for word in own] == [word.rstrip("s") for word in other]:
        return False
    return all(_one_word(word, twin) for word, twin in zip(own, other, strict=True))


ROMAN = re.compile("[ivx]{2,5}")


def _one_word(word: str, twin: str) -> bool:
    """Whether one is the other, cut short or drawn together: `int` and `international`, `intl`."""
    short, long = sorted((word, twin), key=len)
    if long.startswith(short):
        return short == long or not ROMAN.fullmatch(long)
    if short[:1] != long[:1] or short[-1] != long[-1] or not 3 <= len(short) <= 6:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


@lru_cache(maxsize=1)
def old_venue_names() -> dict[str, Old]:
    """Acronyms that were given up, as they are written. Read without all others: every page is searched for these."""
    found = {}
    for venue, names, _ in [_split(line) for line in _lines() if "<" in line]:
        for alias in names:
            written, _, until = alias.partition("<")
            if until:
                found[written] = Old(venue, int(until))
    return found


@lru_cache(maxsize=1)
def venue_acronyms() -> frozenset[str]:
    """The acronyms of all conferences and journals that are known, as they are written."""
    return frozenset(venue.acronym for venue in table().acronyms.values())


@lru_cache(maxsize=20_000)
def stands_for(short: str, name: str) -> bool:
    """Whether a word is made of the first letters of a name, three or more: `STOC` and `Symposium on Theory of ...`."""
    acronym = "".join(re.findall(r"[^\W\d_]+", short.casefold()))
    if not 3 <= len(acronym) <= 8 or " " in re.sub(r"[\W\d_]+$", "", short):
        return False
    words = re.findall(r"[^\W\d_]+", name.casefold())
    if len(words) < 3:
        return False
    if acronym in "".join(word[0] for word in words if word not in SMALL):
        return True
    letters = iter("".join(word[0] for word in words))
    return len(acronym) > 3 and all(letter in letters for letter in acronym)
