"""The name of a venue without what stands around it: "In Proceedings of the 29th", years, an acronym, dates, places."""

from __future__ import annotations

import re

from sitecheck.citations.stretch import ANY_YEAR
from sitecheck.late import late

PROCEEDINGS = late(
    r"^(?:in:?\s{1,9})?(?:the\s{1,9})?(?:companion\s{1,9})?proc(?:eedings|s)?\b\.?(?:\s{1,9}of)?(?:\s{1,9}the)?\s{1,9}",
    re.IGNORECASE,
)
REMARK = late(r"^(?:invited\s{1,9})?(?:keynote|talk|lecture)(?:\s{1,9}talk)?\s{1,9}(?:at|in)\s{1,9}", re.IGNORECASE)
"""what somebody did there"""
HELD_WITH = late(
    r"\s{0,9}[\[(](?:co-?located|collocated|jointly|in conjunction|held|hosted|as part of)\b[^()\[\]]{0,80}[\])]",
    re.IGNORECASE,
)
HELD = late(
    r"(?:,\s{1,9}[A-Z][\w*&/+-]{1,15}\s(?:19|20)\d\d,\s|[,;]\s{1,9}(?:\d{1,2}(?:st|nd|rd|th)?(?:\s?[-–]+\s?\d{1,2})?\.?\s)?"
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\b\.?\s{1,9}\d).*$"
)
"""when and where it was held, as in DBLP: `Kelp Conference, KC 2013, Oslo, Norway, May 3-5, 2013`"""
NUMBERED = late(r"^the\s{1,9}(?=\d|[\w-]{2,14}(?:st|nd|rd|th|first|second|third)\b)", re.IGNORECASE)
IN = late(r"^in:?\s{1,9}(?=\S)", re.IGNORECASE)
ORDINAL = late(
    r"\b(?:\d{1,3}\s?(?:st|nd|rd|th)\b|(?:twenty|thirty|forty|fifty|sixty)[- ]?(?:first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth)|"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth?|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|"
    r"seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth))\b(?:\s{1,9}edition\s{1,9}of(?:\s{1,9}the)?\b)?",
    re.IGNORECASE,
)
YEAR_TAG = late(r"[\s,]{0,9}['’‘`]\s?\d{2}(?!\d)|(?<=[A-Z]{2})-?\d{2}(?!\d)")
ACRONYM_IN_BRACKETS = late(
    r"\s{0,9}[\[(]\s{0,9}((?:[\w*&/+-]{2,14}\s?){1,2})(?:[\s,:'’-]{0,9}\d{2,4})?(?:,[^()\[\]]{1,30})?\s{0,9}[\])]"
)
FOLLOWED = late(r"(?:\s{1,9}(?:19|20)\d\d)?,")
"""what stands behind an acronym in brackets if its place is next"""
TWICE = late(r"^[A-Z][\w-]{1,14}\s{1,9}(?:19|20)\d\d\s?[-–]\s?(?=(?:19|20)\d\d\s)")
"""`ICASSP 2022-2022 IEEE International Conference`: what Google Scholar makes of a title."""
WORKSHOP = late(
    r"\bworkshops?\b|(?-i:(?<=[A-Z]{3})W$)|@|\bat\b(?! \w+$)|\b(?:findings|companion|demos?|demonstrations?|posters?"
    r"|doctoral|tutorials?|student|track|"
    r"extended abstracts|late[- ]breaking|adjunct|satellite|challenges?|co-?located|symposium series"
    r"|short papers?|industry|special issue)\b",
    re.IGNORECASE,
)
"""What is held with a conference and is another venue: its workshops, demonstrations, "Findings of"."""
PART = late(r"(?:-[A-Z])?,?\s{1,9}(?:part|pt\.?|volume|vol\.?)\s{1,9}[IVX1-9]{1,4}$|(?<=\d{4})-[A-Z]$", re.IGNORECASE)
"""`CRYPTO 2015, Part II`, `TCC 2016-B`"""


def name_alone(text: str) -> str:
    """A venue's name without "In", "Proceedings of the 29th", years and an acronym in brackets."""
    text = re.sub(r";\d[\w,;:().–-]{0,40}$", "", text)
    text = TWICE.sub("", " ".join(text.replace("&amp;", "&").split()))
    text = _before_place(ACRONYM_IN_BRACKETS, HELD_WITH.sub("", text))
    text = IN.sub("", text.strip())
    text = REMARK.sub("", PROCEEDINGS.sub("", text))
    text = HELD.sub("", NUMBERED.sub("", text))
    text = YEAR_TAG.sub(" ", ANY_YEAR.sub(" ", text))
    text = ORDINAL.sub(" ", text)
    text = re.sub(r"(?i)[\s,(]{1,9}(?:volume|vol\.?|series|no\.?|number)?\s{0,9}\d{1,4}\s{0,9}\)?$", " ", text)
    return re.sub(r"\s{1,9}", " ", text).strip(" \t\n.,;:'’-–")


def _before_place(brackets: re.Pattern[str], text: str) -> str:
    """The name without its acronym in brackets, and without the place that a comma behind these announces."""
    match = brackets.search(text)
    if match and FOLLOWED.match(text, match.end()) and not WORKSHOP.search(text, match.end()):
        return text[: match.start()]
    return brackets.sub(" ", text)


def bare_acronym(text: str) -> str:
    text = PART.sub("", PROCEEDINGS.sub("", text))
    return re.sub(r"[\s,.'’‘`-]{0,9}(?:(?:19|20)?\d{2})?\s{0,9}$", "", text).strip()
