"""Whether two titles are one: SAME, VERSION or DISTINCT, and how like they are."""

from __future__ import annotations

from sitecheck.citations.cited import DISTINCT, SAME, VERSION, Work
from sitecheck.citations.content_words import content, in_order
from sitecheck.citations.misspelt import carelessly_written, only_typing
from sitecheck.citations.same_place import elsewhere, pages_agree
from sitecheck.late import late

NEAR = 0.93
"""how like two titles are, letter by letter, that differ by typing errors only"""
NEAR_WORDS = 0.75
"""the share of their content words that the titles of two versions have in common"""
REWRITTEN = 0.5
"""the same, where all authors are the same"""
REPLIES = frozenset(
    ("reply", "response", "commenton", "commentson", "erratum", "corrigendum", "correction", "authorcorrection")
)
"""What makes another work of a title."""
PASSING = frozenset(
    """
        abstract demo demonstration demodescription demonstrationdescription poster invited invitedtalk invitedpaper
    """.split()  # noqa: SIM905  # so many literals read worse
)
"""What a title says of itself and another list may leave out."""
TURNING = frozenset(
    ("non", "not", "without", "no", "un", "semi", "anti", "quasi", "pseudo", "weakly", "beyond", "revisit", "revisited")
)
"""Words that make another work of a title, though it is the only one more."""
GOES_ON = frozenset(
    """
        of on with from by via using at under without within during after before among over through when where
    """.split()  # noqa: SIM905  # so many literals read worse
)
"""Words with which a title's sentence goes on, and no subtitle begins. `In` may be that of the venue."""
TURNED = frozenset(("to", "from", "into", "2", "versus", "vs", "than"))
"""Words that make another work of a title when its parts change places: `from text to image`."""
YEAR = late(r"(?:19|20)\d\d")
ABSTRACT_NUMBER = late(r"[a-z]{1,2}\d{1,3}")
"""what the programme of a meeting has before a title: `P3`, `OC17`"""


def compare_titles(a: Work, b: Work) -> str:
    """SAME where only typing, spelling or a dropped subtitle differs, VERSION where most words are the same."""
    if a.label != b.label and (a.label in REPLIES or b.label in REPLIES):
        return DISTINCT
    if a.title == b.title:
        return SAME if a.label == b.label else VERSION
    if _spilt(a, b) or _spilt(b, a):
        return SAME
    if a.numbers != b.numbers:
        return DISTINCT
    if only_typing(a, b) and alike(a, b) >= NEAR:
        return SAME if a.label == b.label else VERSION
    if _subtitle_dropped(a, b):
        return SAME
    own, other = content(a, b), content(b, a)
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
    return len(common) >= 5 and len(common) >= REWRITTEN * len(own | other) and elsewhere(a, b)


def _spilt(long: Work, short: Work) -> bool:
    """Whether all that one title has more stands in front and was not told from it: a year, names, a number (`P3`)."""
    if len(short.title) < 20 or not long.title.endswith(short.title):
        return False
    front = long.title[: -len(short.title)]
    if (ABSTRACT_NUMBER.fullmatch(front) and len(short.words) > 4) or (long.year is None and YEAR.fullmatch(front)):
        return True
    for name in (str(short.year), *sorted({*long.families, *short.families}, key=len, reverse=True)):
        front = front.replace(name, "") if len(name) > 2 else front
    return not front


def _subtitle_dropped(a: Work, b: Work) -> bool:
    short, long = (a, b) if len(a.title) < len(b.title) else (b, a)
    return len(short.words) >= 3 and len(short.title) >= 15 and short.title == long.main


def alike(a: Work, b: Work) -> float:
    """How like the titles are, from 0 to 1."""
    if a.title == b.title:
        return 1.0
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(a.title, b.title)


def almost_one_title(a: Work, b: Work) -> bool:
    """Whether one title has a word or a subtitle more, or is misspelt: nobody publishes twice so in one place."""
    if a.label != b.label and not _told_in_passing(a, b):
        return False
    if _subtitle_added(a, b):
        return True
    if set(a.numbers) ^ set(b.numbers):
        return False
    if a.title == b.title or carelessly_written(a, b):
        return True
    own, other = content(a, b), content(b, a)
    if own == other:
        turned = len(own) > 3 and TURNED.isdisjoint(a.words + b.words)
        return a.numbers == b.numbers and (turned or in_order(a) == in_order(b))
    added, size = own ^ other, min(len(own), len(other))
    most = min(2 if size >= 5 else 1, len(a.families) - 1)
    return (own < other or other < own) and len(added) <= most and added.isdisjoint(TURNING)


def _subtitle_added(a: Work, b: Work) -> bool:
    """Whether one title has more in front or behind. Numbers are no more than that of a meeting: `(PAWS 2000)`."""
    short, long = sorted((a, b), key=lambda each: len(each.title))
    if len(short.title) < 25 or not (long.title.startswith(short.title) or long.title.endswith(short.title)):
        return False
    if long.title.replace(short.title, "", 1) in TURNING or _goes_on(short, long):
        return False
    numbers = list(long.numbers)
    for number in short.numbers:
        if number not in numbers:
            return False  # `part 1` is the beginning of `part 12`
        numbers.remove(number)
    return not numbers or any(YEAR.fullmatch(number) for number in numbers)


def _goes_on(short: Work, long: Work) -> bool:
    """Whether one title is the beginning of the other's sentence: `Structure of kelp under load`."""
    size = len(short.words)
    return long.words[:size] == short.words and not GOES_ON.isdisjoint(long.words[size : size + 1])


def _told_in_passing(a: Work, b: Work) -> bool:
    """Whether what one title says of itself is left out in the other, and makes no other version of it."""
    return {a.label, b.label} - {""} <= PASSING or (bool(pages_agree(a, b)) and {a.label, b.label}.isdisjoint(REPLIES))
