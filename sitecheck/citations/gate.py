"""Whether a text is a citation at all. A degree, an award, a talk, a job or a line of news is none."""

from __future__ import annotations

import re

from sitecheck.citations.author_place import IN_BRACKETS
from sitecheck.citations.citation import Citation
from sitecheck.citations.cues import BRACKETED_LABEL, Found
from sitecheck.citations.names import is_name, name_share, people
from sitecheck.citations.stretch import ANY_YEAR, start_of
from sitecheck.citations.venue_place import names_venue
from sitecheck.citations.venues import is_venue
from sitecheck.late import late

OTHER_SECTION = late(
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
PAPERS = late(
    r"\b(?:publications?|papers?|articles?|pre-?prints?|journals?|conferences?|proceedings|references"
    r"|bibliography|chapters?|"
    r"manuscripts?|works?|books?|thes[ie]s|workshops?|reports?|pubs|literature|reading|research|patents?|selected"
    r"|published|peer.review\w*)\b",
    re.IGNORECASE,
)
NO_PAPERS = late(r"\b(?:news|talks?|posters?|presentations?|awards?)\b", re.IGNORECASE)
PUBLISHED = late(r"\b(?:datasets?|benchmarks?|tools?|software|tutorials?)\b", re.IGNORECASE)
ELSEWHERE = late(
    r"(?:^|/)_?(?:news|events?|talks?|posts?|blogs?|teaching|courses?|jobs?|people|authors?|members?|team"
    r"|projects?|docs?|tests?|software|"
    r"tutorials?|slides?)(?:/|[\w-]*\.\w+$)",
    re.IGNORECASE,
)
TALKS = late(
    r"(?:^|/)_?(?:z_)?(?:talks?|slides?|people|authors?|members?|team|jobs?|openings?)(?:/|[\w-]*\.\w+$)", re.IGNORECASE
)
"""Elsewhere, where what looks like a reference is a talk, or is told of somebody."""
REFERENCES = late(
    r"\W{0,6}(?:references?|bibliography|literature|publications?|papers|readings?|works cited"
    r"|(?:related|selected|recent|preparatory|further|suggested|recommended|additional|background|key)"
    r" (?:publications?|papers?|reading|articles?|references|literature|work))\W{0,6}",
    re.IGNORECASE,
)
"""A paragraph that is a heading above references, whatever its mark-up says."""
FIRST_PERSON = late(
    r"\b(?:[Ww]e|[Oo]ur|[Mm]y|[Uu]s|I['’]m|[Yy]our?"
    r"|I (?=(?:a[mn]|w\w+|ha\w+|do|did|c\w+|g\w+|wr\w+|st\w+|pre\w+)\s))\b(?!\.)"
)
TOLD = late(
    r"\b(?:talks?|invited|seminar|keynote|colloquium|poster|presented|presentation|lecture|slides|accepted|award"
    r"|workshop organi[sz]er)\b",
    re.IGNORECASE,
)
"""What stands beside the title of a talk."""
DATED = late(
    r"\W{0,3}(?:\[?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?[ ,'’]{1,2}\d{2,4}\]?"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}[./]\d{2,4})\W{0,3}\s",
    re.IGNORECASE,
)
NEWS = late(
    r"\b(?:papers? (?:has been|have been|was|were|is|got|are)? ?accepted|are accepted|got accepted|"
    r"congratulations|happy to|excited to|thrilled|gave an? |giving an? |joined|will be presented|received the"
    r"|won the|was awarded)\b"
)
NEWS_WORDS = (
    *("accepted", "congrat", "happy", "excited", "thrilled", "gave a", "giving", "joined", "present", "received"),
    *("won the", "awarded"),
)
"""Of each way to tell news, what is quickly looked for."""
DEGREE = late(
    r"\b(?:b\.? ?sc|m\.? ?sc|ph\.? ?d|b\.a|m\.a|bachelor|master|diploma|doctor)\b.{0,40}\b(?:in|of|from|at"
    r"|,)\b.{0,80}\b(?:universit|institut|college|school)"
)
ACRONYM = late(r"[A-Z][\w-]{0,8}[A-Z][\w-]{0,3}")
"""What a venue is called that no table knows."""
PAPER_SCHEMES = frozenset(("doi", "arxiv", "openreview", "eprint", "acl", "ieee", "pubmed", "ssrn", "pdf"))
NOTHING, REFERENCES_ONLY, ANYTHING = range(3)
"""What may stand under a heading: no citation, one in the form of a reference, any one."""


def is_elsewhere(path: str) -> bool:
    """Whether a file is about something else: there, only sections of publications have citations in any form."""
    return bool(ELSEWHERE.search(path))


def held(section: tuple[str, ...], path: str) -> int:
    """Which citations may stand under these headings of a file."""
    for title in reversed(section):
        if PAPERS.search(title) and not NO_PAPERS.search(title):
            return ANYTHING
        if OTHER_SECTION.search(title) and not _is_published(title):
            return NOTHING
    if not is_elsewhere(path):
        return ANYTHING if not any(map(OTHER_SECTION.search, section)) else NOTHING
    return NOTHING if TALKS.search(path) else REFERENCES_ONLY


def is_heading(text: str) -> bool:
    """Whether a paragraph is the heading above references."""
    return len(text) < 40 and bool(REFERENCES.fullmatch(text))


def _is_published(title: str) -> bool:
    """Whether a heading names what papers are about, too: a list of papers may have a part on data sets."""
    return not OTHER_SECTION.search(PUBLISHED.sub("", title))


def is_plausible_title(title: str) -> bool:
    """Whether a guessed title has the length of one, and no list of names or venue in it."""
    head = SENTENCE.split(title, maxsplit=1)[0]
    if " " in head and name_share(head) > 0.9:
        return False  # the last author went with it
    return title.count(" ") >= 3 and len(title) < 250 and name_share(title) < 0.5 and not is_venue(title)


SENTENCE = late(r"[.,]\s?")


def reads_like_venue(text: str) -> bool:
    return is_venue(text) or is_venue(text.split(",", maxsplit=1)[0])


def may_be_reference(text: str) -> bool:
    """Whether a text without cues is worth the statistical parser: names, a year, and nobody who says "we"."""
    if not 60 <= len(text) <= 900 or text.count(",") < 2 or not ANY_YEAR.search(text):
        return False
    head = text[start_of(text) :].split(",")[:3]
    return not FIRST_PERSON.search(text) and not is_news(text) and sum(map(is_name, head)) >= 2


def is_news(text: str) -> bool:
    """Whether a text starts with a date, or congratulates, or tells who went where."""
    if DATED.match(text):
        return True
    low = text.lower()
    return any(word in low for word in NEWS_WORDS) and bool(NEWS.search(low))


def _is_degree(text: str) -> bool:
    low = text.lower()
    return ("universit" in low or "institut" in low or "college" in low or "school" in low) and bool(DEGREE.search(low))


def is_citation(citation: Citation, found: Found) -> bool:
    """Whether the parts that were found are those of a publication."""
    value = citation.text.value
    start, stop = found.fields["title"]
    outside = value[:start] + " " + value[stop:]
    told = {name: value[slice(*place)] for name, place in found.fields.items()}
    names = len(people(told["authors"])) if "authors" in told else 0
    if len(outside) > 1_500 + 30 * names:
        return False
    venue = "venue" in told and names_venue(told["venue"])
    said = outside
    if names > 1:
        said = value[:start]  # what follows the names may be an abstract
    elif names and venue:
        said = value[:start] + " " + value[stop : max(place[1] for place in found.fields.values())]
    if FIRST_PERSON.search(said) or is_news(said) or _is_degree(value):
        return False
    if names and venue and found.cue != "model":
        return True
    return _has_enough(citation, found, names, venue, outside)


def _has_enough(citation: Citation, found: Found, names: int, venue: bool, outside: str) -> bool:
    """Whether there is more to it than a title that somebody set apart."""
    year = "year" in found.fields
    named = any(each.scheme in PAPER_SCHEMES for each in citation.identifiers)
    if found.cue == "model":
        plausible = is_plausible_title(citation.title.value if citation.title else "")
        return names > 0 and year and (venue or named) and plausible
    if names:
        names += bool(IN_BRACKETS.match(citation.text.value, found.fields["title"][1]))  # and whose page it is
        return (year and (named or citation.venue is not None or found.cue in ("quote", "apa", "run"))) or (
            named and names > 1
        )
    if (
        found.cue in SET_APART
        and len(outside) < 400
        and (
            (venue and (year or named))
            or (year and found.fields.keys() >= {"venue", "pages"} and found.fields.keys() & BOUND)
        )
    ):
        return True
    return found.cue == "link" and _is_listed(citation, outside, year=year)


BOUND = {"volume", "publisher"}
"""What only what was printed has, beside pages."""
SET_APART = ("link", "quote", "strong", "title", "em")


def _is_listed(citation: Citation, outside: str, *, year: bool) -> bool:
    """Whether a linked title stands alone, as in lists of many: with a year and an acronym, or linked to a paper."""
    title = citation.title.value if citation.title else ""
    if title.count(" ") < 3 or len(outside) > 80 or OTHER_LIST.search(title):
        return False
    rest = BRACKETED_LABEL.sub("", outside)
    if citation.venue is not None and year and ACRONYM.fullmatch(citation.venue.value):
        return sum(map(str.isalpha, rest)) <= len(citation.venue)
    return not any(map(str.isalpha, rest)) and any(
        each.scheme in PAPER_SCHEMES and each.scheme != "pdf" for each in citation.identifiers
    )


OTHER_LIST = late(r"\b(?:course|lectures?|tutorials?|slides|workshop|dataset|challenge|book)s?\b", re.IGNORECASE)


def is_reference(citation: Citation, found: Found) -> bool:
    """Whether a citation has the form that references have, and nothing beside it tells of a talk."""
    title = found.fields["title"]
    value = citation.text.value
    if "authors" not in found.fields or found.fields["authors"][0] > title[0]:
        return False
    if citation.year is None and not citation.identifiers:
        return False
    outside = value[: title[0]] + " " + value[title[1] :]
    if TOLD.search(outside) or FIRST_PERSON.search(outside):
        return False
    return found.cue == "apa" or (citation.venue is not None and names_venue(citation.venue.value))
