"""Where year, volume, issue, pages and publisher stand in a reference."""

from __future__ import annotations

import re

from sitecheck.citations.stretch import ANY_YEAR, YEAR, Place, hide
from sitecheck.late import late

YEARS = late(rf"(?<![\d/.:–—-])(?<!no\. )({YEAR})[a-z]?(?![\d/])(?!\.\d)(?!\s?[-–—]{{1,2}}\s?\d)")
YEAR_IN_RANGE = late(rf"(?<!\d)({YEAR})(?!\d)(?!\.\d{{4}})")
SHORT_YEAR = late(r"(?<=[A-Za-z])\s?['’‘`-](\d{2})(?!\d)|(?<=[A-Z]{3})(\d{2})(?!\d)")
PARENTHESISED_YEAR = late(rf"\(\s{{0,9}}({YEAR})[a-z]?(?:,[^()]{{1,20}})?\s{{0,9}}\)")

PAGES = late(
    r"(?:\bpp?\b\.?|\bpages?\b|\bPages?\b|\bS\.)\s{0,9}:?\s{0,9}([A-Z]?\d{1,6}\s?[-–—‐−]{1,3}\s?[A-Z]?\d{1,6}|[A-Z]?\d{1,6})"
    r"|:\s{0,9}([A-Z]?\d{1,6}\s?[-–—‐−]{1,3}\s?[A-Z]?\d{1,6}|[A-Z]?\d{2,8}(?=[.,;\s]|$)(?!\.\d))"
    r"|(?<=,\s)(\d{1,6}\s?[-–—‐−]{1,3}\s?\d{1,6})(?=[\s.,;(]|$)"
)
VOLUME_ISSUE = late(r"(?<![\w(])(\d{1,4})\s?\(\s?(\d{1,3}(?:[-–/]\d{1,3})?)\s?\)")
VOLUME_NO = late(
    r"\b[Vv]ol(?:ume|\.)?\s{0,9}(\d{1,4})|\b(\d{1,4}),?\s{0,9}(?=(?:no|num|issue)\b)"
    r"|(?<=[a-zA-Z.),:] )(\d{1,4})(?=\s{0,9}\((?:19|20)\d\d\)|\s{0,9}[:;,]\s{0,9}[A-Z]?\d)"
)
ISSUE = late(r"\b(?:[Nn]o|[Nn]um|[Ii]ss(?:ue)?|[Nn]r)\b\.?\s{0,9}(\d{1,3}(?:[-–/]\d{1,3})?)")
PUBLISHER = late(
    r"\b((?:Berlin,? )?Springer(?:[- ]Verlag| Nature(?: Switzerland)?"
    r"| International Publishing)?"
    r"|IEEE(?: Press| Computer Society)?|ACM(?: Press)?|Elsevier|Wiley(?:-Blackwell)?"
    r"|(?:[A-Z]\w+ )?University Press|MIT Press|PMLR|USENIX"
    r"(?: Association)?|AAAI Press|CRC Press|Association for Computing Machinery|Curran Associates(?:, Inc)?"
    r"|IOS Press|Taylor (?:&|and) Francis"
    r"|Now Publishers|World Scientific|Citeseer|ELRA|ISCA)\b\.?(?=[\s,.;)]|$)"
)

CITY = late(r"[A-Z][a-z]{1,40}:\s$")
"""before a publisher"""
PUBLISHER_WORDS = ("Springer", "IEEE", "ACM", "Elsevier", "Wiley", "Press", "PMLR", "USENIX", "Association", "Curran",
                   "Taylor", "Now P", "World S", "Citeseer", "ELRA", "ISCA")  # fmt: skip
"""What the name of each publisher has, which is quickly looked for."""
LAST = late(r"[.,;)\s]*(?:\(?(?:19|20)\d\d|$|\x1f)")
"""What may follow a publisher: the year, or nothing."""
NUMBER = late(r"\d+")
_PAGES = r"(?:S\.\s?|pp?\.\s?)?([A-Za-z]{0,4}\d{1,7}(?:\s?[-–—‐−]{1,3}\s?[A-Za-z]?\d{1,6})?)(?![\w(]|\.\d)"
_VOLUME = r"([A-Z]?\d{1,4})"
_ISSUE = r"(?:\s?(?:[(/]|,?\s?(?:no|nr|H)\.\s)\s?(\d{1,3}[A-Z]?(?:[-–/]\d{1,3})?)\s?\)?)?"
SEQUENCES = (
    late(rf"(?<!\d){YEAR}[\w ]{{0,12}}[;,]\s{{0,3}}{_VOLUME}{_ISSUE}\s?[:,]\s{{0,3}}{_PAGES}"),
    late(rf"(?<=[\w.,:*] ){_VOLUME}{_ISSUE}[,:]?\s{{1,3}}{_PAGES}\s{{0,3}}\({YEAR}\)(?![,:.]?\s?(?:pp?\.\s?)?\d)"),
    late(rf"(?<=[\w.,:*] ){_VOLUME}{_ISSUE.replace('[(/]', '[(/,]')}\s{{1,3}}\({YEAR}\)[,:]?\s{{1,3}}{_PAGES}"),
)
"""Volume, issue and pages around a year, as fields have it: `2022;380(2):109674` and `2021, 143, 1234` (medicine,
chemistry), `99, 045123 (2019)` (physics), `212 (2011): 33-67` (history)."""


def find_numbers(rest: str, fields: dict[str, Place]) -> None:
    numbers = NUMBER.findall(rest)
    if len(numbers) == 1 and ANY_YEAR.fullmatch(numbers[0]):
        start = rest.index(numbers[0])
        fields["year"] = start, start + len(numbers[0])
    elif numbers:
        rest = _find_pages_and_volume(rest, fields, len(numbers))
        if year := _year(rest):
            fields["year"] = year
    publishers = list(PUBLISHER.finditer(rest)) if any(word in rest for word in PUBLISHER_WORDS) else []
    if publishers and LAST.match(rest, publishers[-1].end()):
        before = CITY.sub("", rest[: publishers[-1].start()]).rstrip()
        if before.endswith((".", ",", ":", "(")):
            fields["publisher"] = publishers[-1].span(1)


def _find_pages_and_volume(rest: str, fields: dict[str, Place], numbers: int) -> str:
    """Looks for the numbers besides the year; gives the text without the pages, which may look like years."""
    if numbers > 2 and _find_sequence(rest, fields):
        return hide(rest, *fields["pages"])
    if pages := _last(PAGES, rest):
        fields["pages"] = pages
        rest = hide(rest, *pages)
    _find_volume(rest, fields)
    return rest


def _find_sequence(rest: str, fields: dict[str, Place]) -> bool:
    """Volume, issue and pages, where their order around the year tells which is which."""
    for pattern in SEQUENCES:
        if (match := pattern.search(rest)) and not (ANY_YEAR.fullmatch(match[1]) or ANY_YEAR.fullmatch(match[3])):
            fields["volume"], fields["pages"] = match.span(1), match.span(3)
            if match[2]:
                fields["issue"] = match.span(2)
            return True
    return False


def _find_volume(rest: str, fields: dict[str, Place]) -> None:
    """Volume and issue."""
    if match := VOLUME_ISSUE.search(rest):
        fields["volume"], fields["issue"] = match.span(1), match.span(2)
    elif (match := VOLUME_NO.search(rest)) and not ANY_YEAR.fullmatch(match[match.lastindex or 0]):
        fields["volume"] = match.span(match.lastindex or 0)
    if "issue" not in fields and (match := ISSUE.search(rest)):
        fields["issue"] = match.span(1)


def _last(pattern: re.Pattern[str], text: str) -> Place | None:
    found = None
    for match in pattern.finditer(text):
        group = match.lastindex or 0
        if not ANY_YEAR.fullmatch(match[group]):
            found = match.span(group)
    return found


def _year(rest: str) -> Place | None:
    """The year in parentheses, or else the last one that is no part of another number."""
    for pattern in (PARENTHESISED_YEAR, YEARS, YEAR_IN_RANGE):
        matches = list(pattern.finditer(rest))
        if matches:
            return matches[0 if pattern is PARENTHESISED_YEAR else -1].span(1)
    short = list(SHORT_YEAR.finditer(rest))
    return short[-1].span(short[-1].lastindex or 0) if short else None
