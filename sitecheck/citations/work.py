"""What of a citation tells which work it is: letters of its title, family names, year, venue, identifiers."""

from __future__ import annotations

import re
from unicodedata import normalize

from sitecheck.citations.citation import Citation
from sitecheck.citations.cited import Work
from sitecheck.citations.names import bibtex_people, folded, has_et_al, people
from sitecheck.citations.venues import kind_of, written
from sitecheck.late import late
from sitecheck.text import Text

LATEX_LETTER = late(r"\\(ss|oe|OE|ae|AE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])\s{0,9}")
LATEX_ACCENT = late(r"\\(?:[\"'`^~=.]|[cHkruvdbt](?![A-Za-z]))\s{0,9}")
LATEX_COMMAND = late(r"\\[A-Za-z]+\s{0,9}|\\")
WRITTEN_BREAK = late(r"\\n(?![a-z])")
"""A line break that an exporter wrote as two characters."""
TAG = late(r"</?[A-Za-z]{1,10}(?:\s[^<>]{0,100})?>")
WHOLE = late(r"(?<=\d)\.0\b")
"""what `Version 2.0` has more than `Version 2`"""
WORD = late(r"[^\W_]+")
ASIDE = late(
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
COUNTED = late(r"(\d+)(?:st|nd|rd|th|d)?$")
FORMAT = late(
    r"^\W*(?:tutorial|panel(?: session)?|invited (?:talk|paper)|keynote)\b\W+"
    r"|[\s,:(\[-]{1,9}\(?(?:tutorial(?: session)?|panel(?: session)?|"
    r"book review|experience paper|industrial paper|invited (?:talk|paper))\W*$",
    re.IGNORECASE,
)
"""What a title says of the session that it was in."""
KIND_OF_PAPER = late(
    r"\b(?:extended abstract|abstract|demo(?:nstration)?(?: description)?|poster|short paper"
    r"|supplement(?:ary material)?|supplemental|full version|extended version|"
    r"preprint|invited(?: talk| paper)?|student abstract|reply|response|comments? on|erratum|corrigendum"
    r"|correction|author correction)\b"
)
PLACEHOLDER = "admin"
"""What Hugo's academic theme has for the owner of the site, in place of a name."""
SESSION = late(
    r"\s{0,9}[(\[](?:(?:panel|tutorial|demo(?:nstration)?|poster)(?: session)?[)\]](?=\W)|panel abstract[)\]])", re.I
)
"""What a digital library puts between a title and its subtitle: `Objects and SQL (panel session): strange ...`."""
PREPRINT_DOI = late(r"10\.(?:1101|21203|2139|31234|26434|31219|36227|20944|48550|31223|5281)/")


def work_of(citation: Citation) -> Work:
    """What of a citation tells which work it is."""
    text = citation.title.value if citation.title else ""
    authors = citation.authors.value if citation.authors else ""
    venue = without_latex(citation.venue.value) if citation.venue else ""
    year = year_of(citation.year.value) if citation.year else None
    dois = tuple(each.value for each in citation.identifiers if each.scheme == "doi")
    arxiv = tuple(each.value for each in citation.identifiers if each.scheme == "arxiv")
    files = tuple(each.value for each in citation.identifiers if each.scheme == "pdf")
    kind = _kind(citation, venue, dois)
    pages = re.sub(r"[^\d]+", "-", citation.pages.value).strip("-") if citation.pages else ""
    found = work(
        text,
        families(authors, bibtex=citation.shape == "bibtex"),
        not has_et_al(authors),
        year,
        venue,
        kind,
        dois,
        arxiv,
        pages,
        files,
    )
    issue = (_digits(citation.volume), _digits(citation.issue))
    return found._replace(issue=issue, where=_where(citation, authors, text, year))


def work(
    title: str, names: tuple[str, ...], all_authors: bool, year: int | None, venue: str, kind: str = "",
    dois: tuple[str, ...] = (), arxiv: tuple[str, ...] = (), pages: str = "", files: tuple[str, ...] = (),
) -> Work:  # fmt: skip
    """A work from its parts as they are written."""
    shown = WHOLE.sub("", without_latex(title))
    if "(" in shown or "[" in shown:
        shown = SESSION.sub("", shown)
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
    numbers = tuple(re.findall(r"\d+", " ".join(words)))
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
        files,
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
    return tuple(name for person in found if (name := folded(person.family)) and name != PLACEHOLDER)


def year_of(text: str) -> int | None:
    """A year of two or four digits as a number."""
    digits = re.sub(r"\D", "", text)[:4]
    if len(digits) == 2:
        return 2000 + int(digits) if int(digits) < 50 else 1900 + int(digits)
    return int(digits) if len(digits) == 4 else None


def _digits(part: Text | None) -> str:
    return part.value.strip() if part and part.value.strip().isdigit() else ""


def _where(citation: Citation, authors: str, title: str, year: int | None) -> str:
    """In prose all that is no author and no title, else what fields say."""
    if citation.shape in ("bibtex", "data", "paper"):
        fields = (citation.venue, citation.volume, citation.issue)
        told = " ".join(field.value for field in fields if field)
    else:
        told = citation.text.value.replace(title, " ", 1).replace(authors, " ", 1)
    words = {word for word in title_words(without_latex(told)) if len(word) > 2 or word.isdigit()}
    data = {each.value for each in citation.identifiers if each.scheme == "data"}
    return " ".join(sorted(words - NOWHERE - {str(year)} | data))


NOWHERE = frozenset(
    """
        the and for with pdf doi org http https www arxiv code slides video link links bibtex bib project page website
        html data paper poster talk supplement supplementary material abstract demo oral spotlight best award accepted
        press appear forthcoming published available online preprint proceedings proc conference journal pages vol
        volume issue number january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()  # noqa: SIM905  # so many literals read worse
)
"""Words of an entry that tell no place."""
BESIDE = late(r"(?:^|[-_:.\s])(poster|talk|slides)s?(?=$|[-_:.,\s\d])", re.IGNORECASE)
"""What the key of an entry of BibTeX, or its venue, tells apart from the paper of the same title."""


def _kind(citation: Citation, venue: str, dois: tuple[str, ...]) -> str:
    if beside := BESIDE.search(citation.key.value if citation.key else "") or BESIDE.search(venue):
        return beside[1].casefold()
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
    if citation.kind in ("incollection", "inbook"):
        return "chapter"
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
