"""Whether two citations are one work: listed twice, in another version, or not at all."""

from __future__ import annotations

import re
from unicodedata import normalize

from sitecheck.citations.citation import Citation
from sitecheck.citations.cited import Work
from sitecheck.citations.names import ET_AL, bibtex_people, folded, people
from sitecheck.citations.venues import abbreviates, kind_of, plain, written

SAME, VERSION, DISTINCT = "same", "version", "distinct"

LATEX_LETTER = re.compile(r"\\(ss|oe|OE|ae|AE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s{0,9}")
LATEX_ACCENT = re.compile(r"\\(?:[\"'`^~=.]|[cHkruvdbt](?![A-Za-z]))\s{0,9}")
LATEX_COMMAND = re.compile(r"\\[A-Za-z]+\s{0,9}|\\")
WRITTEN_BREAK = re.compile(r"\\n(?![a-z])")
"""A line break that an exporter wrote as two characters."""
TAG = re.compile(r"</?[A-Za-z]{1,10}(?:\s[^<>]{0,100})?>")
WORD = re.compile(r"[^\W_]+")
ASIDE = re.compile(
    r"\s{0,9}[(\[][^()\[\]]{0,30}\b(?:accepted|oral|spotlight|tutorial|panel|experience|invited|best|award|highlight|"
    r"in press|to appear|"
    r"poster|paper|talk)\b[^()\[\]]{0,30}[)\]]\s{0,9}$",
    re.IGNORECASE,
)
"""What is said of a paper in brackets behind its title, and is no part of it."""
NUMBERS = dict(
    pair.split("=")
    for pair in (
        *("ii=2", "iii=3", "iv=4", "vi=6", "vii=7", "viii=8", "one=1", "two=2", "three=3", "four=4", "five=5"),
        *("first=1", "second=2", "third=3", "fourth=4", "fifth=5", "sixth=6", "seventh=7"),
    )
)
COUNTED = re.compile(r"(\d+)(?:st|nd|rd|th|d)?$")
STOP = frozenset(
    """
        a an the of for in on and with to from by via using at as is are its towards toward how does do
    """.split()  # noqa: SIM905  # so many literals read worse
)
FORMAT = re.compile(
    r"^\W*(?:tutorial|panel(?: session)?|invited (?:talk|paper)|keynote)\b\W+"
    r"|[\s,:(\[-]{1,9}\(?(?:tutorial(?: session)?|panel(?: session)?|"
    r"book review|experience paper|industrial paper|invited (?:talk|paper))\W*$",
    re.IGNORECASE,
)
"""What a title says of the session that it was in."""
KIND_OF_PAPER = re.compile(
    r"\b(?:extended abstract|abstract|demo(?:nstration)?|poster|short paper|supplement(?:ary material)?"
    r"|supplemental|full version|extended version|"
    r"preprint|invited(?: talk| paper)?|student abstract|reply|response|comments? on|erratum|corrigendum"
    r"|correction|author correction)\b"
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
COLUMN_START = re.compile(
    r"(?:editor|editorial|foreword|preface|obituary|reminiscences|book ?reviews?|introduction to the special"
    r"|in memoriam|guest editor)|.*\bcolumn$"
)
PREPRINT_DOI = re.compile(r"10\.(?:1101|21203|2139|31234|26434|31219|36227|20944|48550|31223|5281)/")
NEAR = 0.93
"""how like two titles are, letter by letter, that differ by typing errors only"""
NEAR_WORDS = 0.75
"""the share of their content words that the titles of two versions have in common"""


def work_of(citation: Citation) -> Work:
    """What of a citation tells which work it is."""
    text = citation.title.value if citation.title else ""
    authors = citation.authors.value if citation.authors else ""
    venue = without_latex(citation.venue.value) if citation.venue else ""
    year = year_of(citation.year.value) if citation.year else None
    dois = tuple(each.value for each in citation.identifiers if each.scheme == "doi")
    arxiv = tuple(each.value for each in citation.identifiers if each.scheme == "arxiv")
    kind = _kind(citation, venue, dois)
    pages = re.sub(r"[^\d]+", "-", citation.pages.value).strip("-") if citation.pages else ""
    return work(
        text,
        families(authors, bibtex=citation.shape == "bibtex"),
        not ET_AL.search(authors),
        year,
        venue,
        kind,
        dois,
        arxiv,
        pages,
    )


def work(
    title: str, names: tuple[str, ...], all_authors: bool, year: int | None, venue: str, kind: str = "",
    dois: tuple[str, ...] = (), arxiv: tuple[str, ...] = (), pages: str = "",
) -> Work:  # fmt: skip
    """A work from its parts as they are written."""
    shown = without_latex(title)
    shown = (
        ASIDE.sub("", shown)
        if shown.endswith((")", "]")) and not KIND_OF_PAPER.search(shown[-30:].casefold())
        else shown
    )
    label = "".join(re.sub(r"\W", "", match) for match in KIND_OF_PAPER.findall(shown.casefold()))
    head = re.split(r"[:?!]|\s[-–—]+\s|\.\s", shown, maxsplit=1)[0]
    while (format_word := FORMAT.search(shown)) and format_word.end() - format_word.start() < len(shown) - 8:
        shown = shown[: format_word.start()] + shown[format_word.end() :]
    words = tuple(_number(word) or word for word in title_words(KIND_OF_PAPER.sub(" ", shown.casefold())))
    numbers = tuple(sorted(re.findall(r"\d+", " ".join(words))))
    found = written(venue) if venue else None
    kind = kind or (kind_of(venue) if venue else "")
    return Work(
        "".join(words),
        words,
        "".join(title_words(head)),
        numbers,
        label,
        names,
        all_authors,
        year,
        found,
        kind,
        dois,
        arxiv,
        pages,
    )


def without_latex(text: str) -> str:
    """A text without LaTeX's commands and braces; accented letters lose their accents."""
    if "<" in text:
        text = TAG.sub("", text)
    if "\\" in text:
        text = WRITTEN_BREAK.sub(" ", text)
        text = LATEX_COMMAND.sub("", LATEX_ACCENT.sub("", LATEX_LETTER.sub(r"\1", text)))
    if "{" in text or "$" in text or "~" in text:
        text = text.replace("~", " ").replace("{", "").replace("}", "").replace("$", "")
    return text


def title_words(text: str) -> list[str]:
    """The words of a title without marks and case."""
    if not text.isascii():
        text = "".join(sign for sign in normalize("NFKD", text) if not 0x300 <= ord(sign) < 0x370)
    return WORD.findall(text.casefold().replace("'", "").replace("’", ""))


def families(authors: str, *, bibtex: bool = False) -> tuple[str, ...]:
    """The family names, folded, in order."""
    shown = without_latex(authors)
    found = bibtex_people(shown) if bibtex else people(shown)
    return tuple(filter(None, (folded(person.family) for person in found)))


def year_of(text: str) -> int | None:
    """A year of two or four digits as a number."""
    digits = re.sub(r"\D", "", text)[:4]
    if len(digits) == 2:
        return 2000 + int(digits) if int(digits) < 50 else 1900 + int(digits)
    return int(digits) if len(digits) == 4 else None


def _kind(citation: Citation, venue: str, dois: tuple[str, ...]) -> str:
    if citation.kind in ("phdthesis", "mastersthesis", "thesis"):
        return "thesis"
    if any(PREPRINT_DOI.match(each) for each in dois):
        return "preprint"
    found = kind_of(venue) if venue else ""
    if found:
        return found
    if citation.kind in ("inproceedings", "conference"):
        return "conference"
    if citation.kind == "article" and venue:
        return "journal"
    if citation.kind in ("techreport", "report"):
        return "report"
    if (
        not venue
        and any(each.scheme == "arxiv" for each in citation.identifiers)
        and citation.kind in ("misc", "article", "unpublished")
    ):
        return "preprint"
    return ""


def _number(word: str) -> str:
    match = COUNTED.match(word)
    return match[1] if match else NUMBERS.get(word, "")


# Comparing


def compare(a: Work, b: Work) -> str:
    """SAME, VERSION or DISTINCT."""
    if not a.title or not b.title:
        return DISTINCT
    authors = _authors_agree(a, b)
    if not set(a.dois).isdisjoint(b.dois) and authors is not False and _alike(a, b) > 0.75:
        return VERSION if _otherwise_published(a, b) else SAME
    titles = _titles(a, b)
    if titles != SAME and authors and _only_longer(a, b):
        return SAME
    if titles == DISTINCT or authors is False:
        return DISTINCT
    if titles == VERSION:
        return VERSION if authors and _one_group(a, b) and _near_in_time(a, b) else DISTINCT
    if authors is None and (len(a.words) < 4 or len(a.title) < 20) and not _same_place(a, b):
        return DISTINCT
    if _is_column(a) or _is_column(b):
        return SAME if _same_place(a, b) else DISTINCT
    return _edition(a, b)


def _otherwise_published(a: Work, b: Work) -> bool:
    """Whether one DOI stands with the conference's and the journal's version: year or kind tell them apart."""
    apart = abs(a.year - b.year) if a.year and b.year else 0
    return apart > 1 or bool(a.kind and b.kind and a.kind != b.kind)


def _only_longer(a: Work, b: Work) -> bool:
    """Whether one title has a word or a subtitle more, and all else is equal: nobody publishes twice so."""
    if a.year is None or a.year != b.year or set(a.families) != set(b.families) or venues_agree(a, b) is not True:
        return False
    if (a.pages and b.pages and a.pages != b.pages) or a.label != b.label or set(a.numbers) ^ set(b.numbers):
        return False
    short, long = sorted((a, b), key=lambda each: len(each.title))
    own, other = _content(a, b), _content(b, a)
    more = len(own ^ other) == 1 and (own < other or other < own) and len(a.families) > 1
    return more or (len(short.title) >= 25 and (long.title.startswith(short.title) or long.title.endswith(short.title)))


def _is_column(a: Work) -> bool:
    return a.title in COLUMN or bool(COLUMN_START.match(" ".join(a.words)) and len(a.words) <= 6)


def _same_place(a: Work, b: Work) -> bool:
    """Whether year, venue, authors and pages are all there and equal."""
    numbers_agree = a.year and a.year == b.year and a.pages and a.pages == b.pages
    return bool(numbers_agree and venues_agree(a, b) and a.families == b.families)


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
    if set(a.numbers) ^ set(b.numbers):
        return DISTINCT
    alike = _alike(a, b)
    if alike >= NEAR and _only_typing(a, b):
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
    return DISTINCT


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
    from rapidfuzz.distance import Levenshtein

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
        return Levenshtein.normalized_similarity(one, two) >= 0.9
    return all(_misspelt(word, twin) for word, twin in zip(own, other, strict=True))


def _misspelt(word: str, twin: str) -> bool:
    """One or two letters off, and long enough that this is no other word: `data` and `date` are."""
    from rapidfuzz.distance import DamerauLevenshtein

    away: int = DamerauLevenshtein.distance(word, twin)
    if word + "s" == twin or twin + "s" == word:
        return min(len(word), len(twin)) >= 3
    if away == 1 and sorted(word) == sorted(twin):
        return True
    return (away == 1 and min(len(word), len(twin)) >= 5) or (away == 2 and min(len(word), len(twin)) >= 9)


def _subtitle_dropped(a: Work, b: Work) -> bool:
    short, long = (a, b) if len(a.title) < len(b.title) else (b, a)
    return len(short.words) >= 3 and len(short.title) >= 15 and short.title == long.main


def _authors_agree(a: Work, b: Work) -> bool | None:
    """None where one of them names nobody."""
    if not a.families or not b.families:
        return None
    small, large = sorted((a.families, b.families), key=len)
    common = sum(any(_one_name(name, other) for other in large) for name in small)
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
    if a.dois and b.dois and set(a.dois).isdisjoint(b.dois):
        return VERSION
    apart = abs(a.year - b.year) if a.year and b.year else 0
    place = venues_agree(a, b)
    if place is False or (a.kind and b.kind and a.kind != b.kind and place is None):
        return VERSION
    if place is True:
        if a.pages and b.pages and a.pages != b.pages and apart:
            return VERSION
        return SAME if apart <= 1 or (a.kind == "preprint" and apart <= 2) else VERSION
    if a.year and b.year:
        return SAME if apart == 0 and not (a.pages and b.pages and a.pages != b.pages) else VERSION
    return SAME if (a.year, a.venue) == (b.year, b.venue) else VERSION


def venues_agree(a: Work, b: Work) -> bool | None:
    """Whether two works name one venue; None where that cannot be told."""
    if a.venue is None or b.venue is None:
        return None
    if a.venue.key == b.venue.key:
        return True
    if a.venue.workshop != b.venue.workshop or (a.venue.venue and b.venue.venue):
        return False
    if abbreviates(a.venue.name, b.venue.name):
        return True
    own, other = (
        set(plain(a.venue.name or a.venue.acronym).split()),
        set(plain(b.venue.name or b.venue.acronym).split()),
    )
    if own and other and (own <= other or other <= own):
        return None if len(own & other) < 2 else True
    return (
        None
        if own
        & other - {"international", "conference", "proceedings", "journal", "ieee", "acm", "workshop", "transactions"}
        else False
    )
