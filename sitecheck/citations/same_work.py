"""Whether two citations are one work: listed twice, in another version, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitecheck.citations.cited import Work, Written
from sitecheck.citations.venue_table import abbreviates, plain, stands_for
from sitecheck.late import late

SAME, VERSION, DISTINCT = "same", "version", "distinct"

STOP = frozenset(
    """
        a an the of for in on and with to from by via using at as is are its towards toward how does do
    """.split()  # noqa: SIM905  # so many literals read worse
)
COLUMN = frozenset(
    """
        editorial introduction preface foreword conclusion conclusions summary bookreview bookreviews review
        discussion comment comments reply response letter obituary news index contents erratum correction
        corrigendum abstract abstracts acknowledgments guesteditorial guesteditorsintroduction editorsnotes
        chairsmessage reminiscencesoninfluentialpapers interview perspective commentary viewpoint inthisissue
        aboutthisissue messagefromthechairs panel keynote tutorial overview introductiontothespecialissue
        specialissue
    """.split()  # noqa: SIM905  # so many literals read worse
)  # fmt: skip
"""Titles of columns, which many works have."""
COLUMN_START = late(
    r"(?:editor|editorial|foreword|preface|obituary|reminiscences|book ?reviews?|introduction to the special"
    r"|in memoriam|guest editor)|.*\bcolumn$"
)
NEAR = 0.93
"""how like two titles are, letter by letter, that differ by typing errors only"""
NEAR_WORDS = 0.75
"""the share of their content words that the titles of two versions have in common"""
REWRITTEN = 0.5
"""the same, where all authors are the same"""


def compare(a: Work, b: Work) -> str:
    """SAME, VERSION or DISTINCT."""
    if not a.title or not b.title:
        return DISTINCT
    return _by_number(a, b) or _by_title(a, b, _titles(a, b))


def _by_number(a: Work, b: Work) -> str:
    """What a DOI or an arXiv number that both have tells; "" where it tells nothing."""
    if set(a.dois).isdisjoint(b.dois) and set(a.arxiv).isdisjoint(b.arxiv):
        return ""
    authors = _authors_agree(a, b)
    if not set(a.dois).isdisjoint(b.dois) and authors is not False and _alike(a, b) > 0.75:
        return VERSION if _otherwise_published(a, b) else SAME
    return VERSION if authors and not set(a.arxiv).isdisjoint(b.arxiv) and _retitled(a, b) else ""


def _by_title(a: Work, b: Work, titles: str) -> str:
    if titles == DISTINCT and not _one_issue(a, b):
        return DISTINCT
    authors = _authors_agree(a, b)
    if authors is False and _printed_once(a, b):
        return SAME
    if titles != SAME and authors and _one_place(a, b) and _almost_one_title(a, b):
        return SAME
    if titles == DISTINCT or authors is False:
        return DISTINCT
    if titles == VERSION:
        return VERSION if authors and _one_group(a, b) and _near_in_time(a, b) else DISTINCT
    if authors is None and (len(a.words) < 4 or len(a.title) < 20) and not _same_place(a, b):
        return DISTINCT
    if _is_column(a) or _is_column(b):
        return SAME if _same_place(a, b) or _one_team(a, b) else DISTINCT
    return _edition(a, b)


def _otherwise_published(a: Work, b: Work) -> bool:
    """Whether one DOI stands with the conference's and the journal's version: kinds and years tell them apart."""
    if a.year and a.year == b.year:
        return False
    apart = abs(a.year - b.year) if a.year and b.year else 0
    return apart > 1 or bool(a.kind and b.kind and a.kind != b.kind)


def _retitled(a: Work, b: Work) -> bool:
    """Whether a preprint got another title: one number, the same group, and some of the words. Else it was pasted."""
    own, other = _content(a, b), _content(b, a)
    return _one_group(a, b) and _titles(a, b) != SAME and 3 * len(own & other) >= min(len(own), len(other)) > 2


def _one_place(a: Work, b: Work) -> bool:
    """Whether the same people stand with the same year and venue: two works of one title are not told apart there."""
    if not _one_issue(a, b):
        return False
    if a.title == b.title and not _is_column(a):
        return True  # `Panel: ...` is listed with whoever led it, or with all
    return _all_of(a.families, b.families) and _all_of(b.families, a.families)


def _one_issue(a: Work, b: Work) -> bool:
    """Whether year and venue are there and equal, and no pages differ."""
    return a.year is not None and a.year == b.year and _pages_agree(a, b) is not False and bool(venues_agree(a, b))


def _printed_once(a: Work, b: Work) -> bool:
    """Whether one long title stands with one venue and year: then names that differ were misread or are wrong."""
    long = a.title == b.title and len(a.title) >= 25 and len(a.words) > 4
    return long and a.label == b.label and not _is_column(a) and _one_issue(a, b)


def _all_of(names: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(_one_name(name, other) for other in others) for name in names)


def _almost_one_title(a: Work, b: Work) -> bool:
    """Whether one title has a word or a subtitle more, or is misspelt: nobody publishes twice so in one place."""
    if a.label != b.label and not _told_in_passing(a, b):
        return False
    if _subtitle_added(a, b):
        return True
    if set(a.numbers) ^ set(b.numbers):
        return False
    if a.title == b.title or _carelessly_written(a, b):
        return True
    own, other = _content(a, b), _content(b, a)
    more = own ^ other
    return len(more) == 1 and (own < other or other < own) and len(a.families) > 1 and more.isdisjoint(TURNING)


TURNING = frozenset(
    ("non", "not", "without", "no", "un", "semi", "anti", "quasi", "pseudo", "weakly", "beyond", "revisit", "revisited")
)
"""Words that make another work of a title, though it is the only one more."""


def _subtitle_added(a: Work, b: Work) -> bool:
    """Whether one title has more in front or behind. Numbers are no more than that of a meeting: `(PAWS 2000)`."""
    short, long = sorted((a, b), key=lambda each: len(each.title))
    if len(short.title) < 25 or not (long.title.startswith(short.title) or long.title.endswith(short.title)):
        return False
    if long.title.replace(short.title, "", 1) in TURNING:
        return False
    numbers = list(long.numbers)
    for number in short.numbers:
        numbers.remove(number)
    return not numbers or any(YEAR.fullmatch(number) for number in numbers)


YEAR = late(r"(?:19|20)\d\d")


def _told_in_passing(a: Work, b: Work) -> bool:
    """Whether what one title says of itself is left out in the other, and makes no other version of it."""
    return (a.label or b.label) in PASSING or (bool(_pages_agree(a, b)) and {a.label, b.label}.isdisjoint(REPLIES))


PASSING = frozenset(("abstract", "demo", "demonstration", "poster", "invited", "invitedtalk", "invitedpaper"))


def _carelessly_written(a: Work, b: Work) -> bool:
    """Whether no more than two words differ, each by a letter or two: `of` and `on`, `process` and `processes`."""
    own, other = _left(a.words, b.words), _left(b.words, a.words)
    if not own or not other or max(len(own), len(other)) > 2 or len(a.words) < 5:
        return False
    if len(own) != len(other):
        return _misspelt("".join(own), "".join(other))
    return all(
        (word in STOP and twin in STOP) or (word[0] == twin[0] and _misspelt(word, twin, 3, 6))
        for word, twin in zip(own, other, strict=True)
    )


def _left(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """The words that the others lack, each as often as it does."""
    rest, left = list(others), []
    for word in words:
        if word in rest:
            rest.remove(word)
        else:
            left.append(word)
    return left


def _is_column(a: Work) -> bool:
    return a.title in COLUMN or bool(COLUMN_START.match(" ".join(a.words)) and len(a.words) <= 6)


def _one_team(a: Work, b: Work) -> bool:
    """Whether so many people wrote both columns that they met once: as guest editors of an issue."""
    return len(a.families) > 3 - a.title.startswith("guest") - 1 and _one_place(a, b)


def _same_place(a: Work, b: Work) -> bool:
    """Whether year, venue, authors and pages are all there and equal."""
    numbers_agree = a.year and a.year == b.year and _pages_agree(a, b)
    return bool(numbers_agree and venues_agree(a, b) and a.families == b.families)


def _pages_agree(a: Work, b: Work) -> bool | None:
    """Whether two works begin on the same page; None where that is not told."""
    return a.pages.split("-")[0] == b.pages.split("-")[0] if a.pages and b.pages else None


def _alike(a: Work, b: Work) -> float:
    """How like the titles are, from 0 to 1."""
    if a.title == b.title:
        return 1.0
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(a.title, b.title)


def _titles(a: Work, b: Work) -> str:
    """SAME where only typing, spelling or a dropped subtitle differs, VERSION where most words are the same."""
    if a.label != b.label and (a.label in REPLIES or b.label in REPLIES):
        return DISTINCT
    if a.title == b.title:
        return SAME if a.label == b.label else VERSION
    if _spilt(a, b) or _spilt(b, a):
        return SAME
    if set(a.numbers) ^ set(b.numbers):
        return DISTINCT
    if _only_typing(a, b) and _alike(a, b) >= NEAR:
        return SAME if a.label == b.label else VERSION
    if _subtitle_dropped(a, b):
        return SAME
    own, other = _content(a, b), _content(b, a)
    common = len(own & other)
    if min(len(own), len(other)) >= 5 and common >= NEAR_WORDS * len(own | other):
        return VERSION
    short, long = sorted((a, b), key=lambda each: len(each.title))
    if min(len(own), len(other)) >= 4 and len(short.title) >= 30 and long.title.endswith(short.title):
        return VERSION  # a system was given a name: `SINA: ... for question answering on interlinked data`
    if min(len(own), len(other)) >= 5 and len(short.title) >= 30 and long.title.startswith(short.title):
        return VERSION
    return VERSION if _rewritten(a, b, own, other) else DISTINCT


def _rewritten(a: Work, b: Work, own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all the same people, three or more, wrote most of a title again: the journal's version of a paper."""
    if len(a.families) < 3 or set(a.families) != set(b.families) or not (a.all_authors and b.all_authors):
        return False
    common = own & other
    return len(common) >= 5 and len(common) >= REWRITTEN * len(own | other) and _elsewhere(a, b)


def _elsewhere(a: Work, b: Work) -> bool:
    """Whether two works were printed in two places or years. What one meeting printed at once is two papers."""
    return venues_agree(a, b) is not True or a.year != b.year


def _spilt(long: Work, short: Work) -> bool:
    """Whether all that one title has more are a year or names in front, which were not told from it."""
    if len(short.title) < 20 or not long.title.endswith(short.title):
        return False
    front = long.title[: -len(short.title)]
    for name in (str(short.year), *sorted({*long.families, *short.families}, key=len, reverse=True)):
        front = front.replace(name, "") if len(name) > 2 else front
    return not front


REPLIES = frozenset(
    ("reply", "response", "commenton", "commentson", "erratum", "corrigendum", "correction", "authorcorrection")
)


def _content(a: Work, other: Work) -> frozenset[str]:
    """The stems of a title's words that say something. Two words that the other one joins are one: `multi view`."""
    found = []
    words = list(a.words)
    while words:
        word = words.pop(0)
        if words and word + words[0] in other.words:
            word += words.pop(0)
        if word not in STOP:
            found.append(_stem(word))
    return frozenset(found)


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ing|ed)$", "", word.replace("isation", "ization").replace("ise", "ize"))


def _only_typing(a: Work, b: Work) -> bool:
    """Whether the words that differ are misspellings of each other, and not other words."""
    own = [word for word in a.words if word not in b.words]
    other = [word for word in b.words if word not in a.words]
    if not own or not other:
        left = own or other
        return all(word in STOP or len(word) == 1 for word in left)
    if any(map(str.isdigit, own + other)):
        return False
    one, two = "".join(own), "".join(other)
    if one == two:
        return True
    if len(own) != len(other):
        if _letters_off(one, two) > 0.1 * max(len(one), len(two)):
            return False
        from rapidfuzz.distance import Levenshtein

        return Levenshtein.normalized_similarity(one, two) >= 0.9
    pairs = [*zip(own, other, strict=True)]
    few = all(_letters_off(*pair) <= 1 + (min(map(len, pair)) >= 9) for pair in pairs)
    return few and all(_misspelt(*pair) for pair in pairs)


def _letters_off(one: str, two: str) -> int:
    """How many letters two words differ by, at least: told at once, so rapidfuzz is loaded for few."""
    return max(abs(len(one) - len(two)), (len({*one} ^ {*two}) + 1) // 2)


def _misspelt(word: str, twin: str, one_off: int = 5, two_off: int = 9) -> bool:
    """One or two letters off, and long enough that this is no other word: `data` and `date` are."""
    from rapidfuzz.distance import DamerauLevenshtein

    away: int = DamerauLevenshtein.distance(word, twin)
    if word + "s" == twin or twin + "s" == word:
        return min(len(word), len(twin)) >= 3
    if away == 1 and sorted(word) == sorted(twin):
        return True
    size = min(len(word), len(twin))
    return ((away == 1 and size >= one_off) or (away == 2 and size >= two_off)) and not _opposite(word, twin)


def _opposite(word: str, twin: str) -> bool:
    """Whether two words differ in a beginning that turns their meaning: `micro` and `macro`, `hypo` and `hyper`."""
    return any(
        word.startswith(one) and twin.startswith(two) and word[len(one) :] == twin[len(two) :]
        for pair in OPPOSITES
        for one, two in (pair, pair[::-1])
    )


OPPOSITES = (
    ("micro", "macro"), ("hypo", "hyper"), ("intra", "inter"), ("intra", "infra"), ("endo", "exo"), ("endo", "ecto"),
    ("ab", "ad"), ("in", "ex"), ("im", "ex"), ("pre", "pro"), ("over", "under"), ("mono", "homo"), ("homo", "hetero"),
    ("", "a"), ("", "an"), ("", "in"), ("", "im"), ("", "un"), ("", "non"), ("", "de"), ("", "re"), ("", "co"),
)  # fmt: skip
"""Beginnings that make two works of two titles, though a letter or two is all that differs."""


def _subtitle_dropped(a: Work, b: Work) -> bool:
    short, long = (a, b) if len(a.title) < len(b.title) else (b, a)
    return len(short.words) >= 3 and len(short.title) >= 15 and short.title == long.main


def _authors_agree(a: Work, b: Work) -> bool | None:
    """None where one of them names nobody."""
    if not a.families or not b.families:
        return None
    small, large = sorted((a.families, b.families), key=len)
    unlike = [name for name in small if name not in large]
    common = len(small) - len(unlike) + sum(any(_one_name(name, other) for other in large) for name in unlike)
    if a.all_authors and b.all_authors:
        return common * 2 > len(small) or (
            common * 2 == len(small) and len(small) > 2 and _one_name(a.families[0], b.families[0])
        )
    return common * 2 >= len(small) or _one_name(a.families[0], b.families[0])


def _one_name(name: str, other: str) -> bool:
    if name == other:
        return True
    if len(name) > 2 and len(other) > 2 and (name.endswith(other) or other.endswith(name)):
        return True  # `van Iersel` and `Iersel`
    if _letters_lost(name, other):
        return True
    if min(len(name), len(other)) < 5 or name[0] != other[0] or abs(len(name) - len(other)) > 2:
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    return bool(DamerauLevenshtein.distance(name, other) <= 1 + (min(len(name), len(other)) > 8))


def _letters_lost(name: str, other: str) -> bool:
    """Whether one is the other without a letter or two: `bhm` is what a wrong charset leaves of `böhm`."""
    short, long = (name, other) if len(name) < len(other) else (other, name)
    if len(short) < 3 or not 1 <= len(long) - len(short) <= 2 or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _one_group(a: Work, b: Work) -> bool:
    """Whether the first author is the same, or three quarters of all."""
    own, other = set(a.families), set(b.families)
    return a.families[0] == b.families[0] or len(own & other) >= 0.75 * max(len(own), len(other))


def _near_in_time(a: Work, b: Work) -> bool:
    return a.year is None or b.year is None or abs(a.year - b.year) <= 4


def _edition(a: Work, b: Work) -> str:
    """Of two citations with one title and no other authors: whether they are the same publication of it."""
    if a.kind != b.kind and "thesis" in (a.kind, b.kind):
        return VERSION  # printed as a book, too
    if a.dois and b.dois and set(a.dois).isdisjoint(b.dois):
        return VERSION
    apart = abs(a.year - b.year) if a.year and b.year else 0
    place = venues_agree(a, b)
    if _same_pages(a, b) and (apart <= 1 or place is True):
        return SAME
    if place is False or (a.kind and b.kind and a.kind != b.kind and place is None):
        return VERSION
    if place is True:
        if _pages_agree(a, b) is False and apart:
            return VERSION
        return SAME if apart <= 1 or (a.kind == "preprint" and apart <= 2) else VERSION
    if a.year and b.year:
        return SAME if apart == 0 and _pages_agree(a, b) is not False else VERSION
    return SAME if (a.year, a.venue) == (b.year, b.venue) else VERSION


def _same_pages(a: Work, b: Work) -> bool:
    """Whether both stand on one page of a volume, which need not be named alike. Preprints begin at 1."""
    return bool(_pages_agree(a, b)) and "-" in a.pages and not a.pages.startswith("1-")


def venues_agree(a: Work, b: Work) -> bool | None:
    """Whether two works name one venue; None where that cannot be told."""
    if a.venue is None or b.venue is None:
        return None
    if a.venue.key == b.venue.key:
        return True
    if a.venue.workshop != b.venue.workshop or (a.venue.venue and b.venue.venue):
        return False
    one, two = _full_name(a.venue), _full_name(b.venue)
    if abbreviates(one, two) or stands_for(one, two) or stands_for(two, one):
        return True
    own, other = set(plain(one).split()), set(plain(two).split())
    if own and other and (own <= other or other <= own):
        return None if len(own & other) < 2 else True
    return None if own & other - FORMS else False


FORMS = frozenset(
    ("international", "conference", "proceedings", "journal", "ieee", "acm", "workshop", "transactions", "annual")
)
"""Words that the names of many venues have."""


def _full_name(venue: Written) -> str:
    return venue.venue.name if venue.venue else re.split(r":|\s[-–—]\s", venue.name, maxsplit=1)[0] or venue.acronym
