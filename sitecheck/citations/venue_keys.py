"""Which of the venue names of a list mean one venue, where the table does not know them all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from sitecheck.citations.cited import Venue, Written
from sitecheck.citations.venue_table import ORGANISATION, SPONSOR, abbreviates, head_first, initials, plain, table

GENERIC = frozenset(
    ("preprint", "submitted", "thesis", "press", "review", "springer", "elsevier", "ieee", "acm", "technical report")
)
TYPO_LENGTH = 7
"""letters of a word in which one that is off is no other word"""
HOLDERS = frozenset(
    ("ieee", "acm", "cvf", "rsj", "ifip", "ras", "usenix", "siam", "aaai", "iapr", "iacr",
    "annual", "international", "intl", "int", "joint")
)  # fmt: skip
"""words in front of a name that not everybody writes"""
PRINTED = frozenset(("journal", "j", "review", "reviews", "rev"))
"""words of a journal's name, to which its first word belongs"""
SINGLE_LENGTH = 7
"""letters of a single word that is the name of a journal, and no remark"""
OwnVenues = tuple[tuple[str, tuple[str, ...]], ...]
"""What the configuration says of venues: names, and what else each is called."""


def by_own_names(own: OwnVenues) -> Callable[[Written], Written]:
    """A function that has the names of the configuration mean what the configuration says."""
    venues: dict[str, Venue] = {}
    for name, aliases in own:
        known = table().names.get(plain(name)) or Venue("c", name, name)
        venues.update({plain(each): known for each in (name, *aliases)})

    def meant(each: Written) -> Written:
        name = each.name or each.acronym
        venue = venues.get(plain(name)) or venues.get(plain(SPONSOR.sub("", name)))
        if venue is None:
            return each
        short = " " not in name and not each.acronym
        key = ("w " if each.workshop else "") + f"={venue.name}"
        return Written(key, venue, "" if short else each.name, name if short else each.acronym, each.workshop)

    return meant if own else lambda each: each


class Keys:
    """Gives all forms of one venue among those of a list the same key, and "" to what is none."""

    def __init__(self, venues: Sequence[Written]) -> None:
        self._defined = _defined(venues)
        self._swapped = _swapped(venues)
        self._known = _names_of_known(venues)
        """by the first letters of their words, names of the venues of the list that the table knows"""
        self._first: dict[str, list[str]] = defaultdict(list)
        """by the first letters of their words, the keys so far"""
        self._same: dict[str, str] = {}

    def __call__(self, each: Written) -> str:
        if each.venue is not None:
            return "" if each.venue.kind == "p" and not _is_server(each) else each.key
        name = each.name or each.acronym
        if not each.workshop and (known := self._of_known(name)):
            return known
        if swapped := self._swapped.get(name):
            return swapped
        if self.is_acronym(each):
            return self._merged(self._defined[_bare(name)])
        if each.acronym and (key := self._defined.get(each.acronym.casefold())) and _within(each.key, key):
            return self._merged(key)
        if len(each.key) < (4 if " " in name else SINGLE_LENGTH) or each.key in GENERIC:
            return ""
        return self._merged(each.key)

    def is_acronym(self, each: Written) -> bool:
        """Whether a name is no more than an acronym that the list defines."""
        name = each.name or each.acronym
        return each.venue is None and (_bare(name) in self._defined or name in self._swapped)

    def _of_known(self, name: str) -> str:
        """The key of a venue that the table knows and the list names, where this is its name cut short or misspelt."""
        low = _without_holders(plain(name))
        for other, key in self._known.get(initials(low), ()):
            if low == other or abbreviates(low, other) or _misspelt(low, other):
                return key
        return ""

    def _merged(self, key: str) -> str:
        if key not in self._same:
            workshop = "w " if key.startswith("w ") else ""
            bare = _without_holders(key.removeprefix(workshop))
            alike = self._first[workshop + initials(bare)]
            first = next((other for other in alike if _alike(other, bare)), bare)
            if first == bare:
                alike.append(bare)
            self._same[key] = workshop + first
        return self._same[key]


def _names_of_known(venues: Sequence[Written]) -> Mapping[str, set[tuple[str, str]]]:
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in venues:
        if each.venue is not None and each.venue.kind != "p" and not each.workshop:
            for name in filter(None, (each.name, each.venue.name)):
                low = _without_holders(plain(name))
                names[initials(low)].add((low, each.key))
    return names


def _is_server(each: Written) -> bool:
    """Whether a preprint server is named and nothing else, so that only its capitals can be wrong."""
    return each.venue is not None and each.acronym != each.acronym.lower() == each.venue.acronym.lower()


def _bare(acronym: str) -> str:
    return ORGANISATION.sub("", acronym).casefold()


def _without_holders(key: str) -> str:
    """A name's words without those in front that tell who holds it, and where: `ieee`, `annual`, `international`.

    What kind of meeting it is comes first.
    """
    words = key.split()
    if not PRINTED.isdisjoint(words):
        return key  # the International Journal of Neuroscience is another one, and so is `Int. Econ. Rev.`
    while len(words) > 2 and (words[0] in HOLDERS or re.fullmatch("sig[a-z]{2,8}", words[0])):
        del words[0]
    return head_first(" ".join(words))


def _defined(venues: Sequence[Written]) -> Mapping[str, str]:
    """By acronym the key of the longest name that it stands behind."""
    defined: dict[str, str] = {}
    for each in venues:
        if each.venue is None and each.acronym and each.name:
            acronym = each.acronym.casefold()
            if acronym not in defined or set(defined[acronym].split()) < set(each.key.split()):
                defined[acronym] = each.key
    return defined


def _swapped(venues: Sequence[Written]) -> Mapping[str, str]:
    """Known acronyms of the list with two neighbouring letters exchanged, which are none: the key of the venue."""
    known = {each.acronym: each.key for each in venues if each.venue and not each.workshop and not each.name}
    swapped = {
        short[:at] + short[at + 1] + short[at] + short[at + 2 :]: key
        for short, key in known.items()
        if len(short) >= 4 and short.isupper()
        for at in range(1, len(short) - 1)
    }
    return {short: key for short, key in swapped.items() if short.casefold() not in table().acronyms}


def _within(one: str, other: str) -> bool:
    return set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())


def _alike(one: str, other: str) -> bool:
    return one == other or abbreviates(one, other) or _misspelt(one, other)


def _misspelt(one: str, other: str) -> bool:
    """Whether two names differ in one word, by a plural or by a slip in a word that is none."""
    pairs = [pair for pair in zip(one.split(), other.split(), strict=False) if pair[0] != pair[1]]
    if len(pairs) != 1 or one.count(" ") != other.count(" "):
        return False
    short, long = sorted(pairs[0], key=len)
    if long == short + "s":
        return " " in one and len(short) > 3
    return len(short) >= TYPO_LENGTH and _one_slip(short, long) and not (_is_word(short) and _is_word(long))


def _one_slip(short: str, long: str) -> bool:
    """Whether two words differ by one letter, or by two neighbours that changed places."""
    if abs(len(long) - len(short)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) > len(short):
        return short[start:] == long[start + 1 :]
    swapped = short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
    return short[start + 1 :] == long[start + 1 :] or swapped == long[start:]


def _is_word(word: str) -> bool:
    from sitecheck.spelling.lexicon import entry

    return entry(word).kind > 0
