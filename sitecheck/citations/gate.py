"""Whether a text is a citation at all. A degree, an award, a talk, a job or a line of news is none."""

from __future__ import annotations

import re

from sitecheck.citations.citation import Citation
from sitecheck.citations.cues import Found
from sitecheck.citations.names import is_name, name_share, people
from sitecheck.citations.stretch import start_of
from sitecheck.citations.venues import is_venue

OTHER_SECTION = re.compile(
    r"\b(?:news|talks?|invited|presentations?|awards?|honou?rs?|teaching|courses?|education|experience|employment"
    r"|service|"
    r"professional|activities|activity|jobs?|positions?|openings?|events?|seminars?|grants?|funding"
    r"|bio(?:graphy)?|contact|students?|"
    r"supervision|supervisees?|supervising|supervised (?:students|theses)|mentor\w*|members?|team|people|alumni"
    r"|press|media|outreach|projects?|software|reviewer|committee|"
    r"schedule|syllabus|agenda|updates?|blog|tutorials?|announcements?|scholarships?|skills|tools?|datasets?"
    r"|internships?|"
    r"collaborat\w+|visit\w*|sponsors?|acknowledge?ments?|recent posts|program)\b",
    re.IGNORECASE,
)
PAPERS = re.compile(
    r"\b(?:publications?|papers?|articles?|pre-?prints?|journals?|conferences?|proceedings|references"
    r"|bibliography|chapters?|"
    r"manuscripts?|works?|books?|thes[ie]s|workshops?|reports?|pubs|literature|reading|research|patents?|selected"
    r"|published|peer.review\w*)\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(r"\b(?:datasets?|benchmarks?|tools?|software|tutorials?)\b", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"(?:^|/)_?(?:news|events?|talks?|posts?|blogs?|teaching|courses?|jobs?|people|authors?|members?|team"
    r"|projects?|docs?|tests?|software|"
    r"tutorials?|slides?)(?:/|[\w-]*\.\w+$)",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y|[Uu]s|I['’]m|[Yy]ou|[Yy]our)\b(?!\.)")
NEWS = re.compile(
    r"^\W{0,3}(?:\[?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?[ ,'’]{1,2}\d{2,4}\]?"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|"
    r"\d{1,2}[./]\d{2,4})\W{0,3}\s|\b(?:papers? (?:has been|have been|was|were|is|got|are)? ?accepted"
    r"|are accepted|got accepted|"
    r"congratulations|happy to|excited to|thrilled|gave an? |giving an? |joined|will be presented|received the"
    r"|won the|was awarded)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"\b(?:B\.? ?Sc|M\.? ?Sc|Ph\.? ?D|B\.A|M\.A|Bachelor|Master|Diploma|Doctor)\b.{0,40}\b(?:in|of|from|at"
    r"|,)\b.{0,80}\b(?:Universit|Institut|College|School)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
PAPER_SCHEMES = frozenset(("doi", "arxiv", "openreview", "eprint", "acl", "ieee", "pubmed", "ssrn", "pdf"))


def is_elsewhere(path: str) -> bool:
    """Whether a file is about something else: there, only sections of publications have citations."""
    return bool(ELSEWHERE.search(path))


def may_hold(section: tuple[str, ...], *, strict: bool) -> bool:
    """Whether publications may stand under these headings."""
    for title in reversed(section):
        if PAPERS.search(title) and not re.search(
            r"\b(?:news|talks?|posters?|presentations?|awards?)\b", title, re.IGNORECASE
        ):
            return True
        if OTHER_SECTION.search(title) and not _is_published(title):
            return False
    return not strict and not any(map(OTHER_SECTION.search, section))


def _is_published(title: str) -> bool:
    """Whether a heading names what papers are about, too: a list of papers may have a part on data sets."""
    return not OTHER_SECTION.search(PUBLISHED.sub("", title))


def is_plausible_title(title: str) -> bool:
    """Whether a guessed title has the length of one, and no list of names or venue in it."""
    head = re.split(r"[.,]\s?", title, maxsplit=1)[0]
    if " " in head and name_share(head) > 0.9:
        return False  # the last author went with it
    return title.count(" ") >= 3 and len(title) < 250 and name_share(title) < 0.5 and not is_venue(title)


def reads_like_venue(text: str) -> bool:
    return is_venue(text) or is_venue(text.split(",", maxsplit=1)[0])


def may_be_reference(text: str) -> bool:
    """Whether a text without cues is worth the statistical parser: names, a year, and nobody who says "we"."""
    if not 60 <= len(text) <= 900 or text.count(",") < 2 or not YEAR.search(text):
        return False
    head = text[start_of(text) :].split(",")[:3]
    return not FIRST_PERSON.search(text) and not NEWS.search(text) and sum(map(is_name, head)) >= 2


def is_citation(citation: Citation, found: Found) -> bool:
    """Whether the parts that were found are those of a publication."""
    value = citation.text.value
    title = found.fields["title"]
    outside = value[: title[0]] + " " + value[title[1] :]
    names = len(people(citation.authors.value)) if citation.authors else 0
    said = outside if names < 2 else value[: title[0]]  # what follows the names may be an abstract
    if FIRST_PERSON.search(said) or NEWS.search(said) or DEGREE.search(value):
        return False
    venue = citation.venue is not None and is_venue(citation.venue.value)
    year = citation.year is not None
    named = any(each.scheme in PAPER_SCHEMES for each in citation.identifiers)
    if len(outside) > 1_500 + 30 * names:
        return False
    if found.cue == "model":
        plausible = is_plausible_title(citation.title.value if citation.title else "")
        return names > 0 and year and (venue or named) and plausible
    if names:
        return (
            venue
            or (year and (named or citation.venue is not None or found.cue in ("quote", "apa", "run")))
            or (named and names > 1)
        )
    return venue and (year or named) and found.cue in ("link", "quote", "strong", "title", "em") and len(outside) < 400
