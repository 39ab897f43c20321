"""Venues: which one a name means, however it is written.

Names and acronyms come from `rules/data/venues.csv`; what it does not know is known by its words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sitecheck.citations.bare_venue import (
    ACRONYM_IN_BRACKETS,
    ORDINAL,
    PART,
    PROCEEDINGS,
    WORKSHOP,
    bare_acronym,
    name_alone,
)
from sitecheck.citations.cited import Venue, Written
from sitecheck.citations.journals import is_journal, journal
from sitecheck.citations.stretch import ANY_YEAR
from sitecheck.citations.venue_table import SPONSOR, cut_short, head_first, plain, proceedings_starts, table
from sitecheck.late import late

WORDS = late(
    r"\b(?:Proceedings|Proc\b\.?|Conference|Conf\.|Journal|J\.|Transactions|Trans\.|Symposium|Symp\.|Workshops?"
    r"|Letters|Lett\.|"
    r"Magazine|Annals|Advances in|Annual Meeting|Bulletin|Quarterly|Colloquium|Congress|Archives? of"
    r"|Reviews?\b(?= of)|Forum|"
    r"Lecture Notes|LNCS|Springer|IEEE|ACM|Elsevier|University Press|MIT Press|CRC Press|Wiley|"
    r"ar[Xx]iv|bio[Rr]xiv|med[Rr]xiv|ePrint|SSRN|CoRR|[Pp]reprint|[Tt]hesis|[Tt]ech(?:nical|\.) [Rr]eport|"
    r"[Ss]ubmitted|[Uu]nder [Rr]eview|[Ii]n [Pp]ress|[Tt]o [Aa]ppear|[Ff]orthcoming|Working Paper|"
    r"Encyclopedia|Handbook|Communications of|Trends in|Frontiers in|Nature|PLOS|PLoS|BMC|Zeitschrift|Revue|Acta"
    r"|Transactions on|[Ii]nternational (?:conference|symposium|workshop|journal)|(?:conference|symposium) on)\b"
)
HELD_AS = late(r",\s{1,9}([A-Z][\w*&/+-]{1,15})\s{1,9}(?:19|20)\d\d(?=,\s|\s{0,9}$)")
"""the acronym in what DBLP writes behind a name"""
LED = late(r"((?:ACM |IEEE )?[A-Z][\w&*/+-]{1,13})(?:\s?['’]?(?:\d{4}|\d{2}))?\s?[:–—-]{1,3}\s(?=\S+\s\S)")
"""The acronym before a name, as the ACM writes it: `CHI '20: CHI Conference on Human Factors in Computing Systems`"""
INVERTED = late(r"([^,(]{4,120}?)\s?[,(].{0,60}?\b((?:IEEE|ACM|International|Annual|Joint)\b[^,.]{0,60}\s(?:on|of))$")
"""`Computer Vision (ICCV), 2015 IEEE International Conference on`, as IEEE Xplore wrote it once"""
FINDINGS = late(
    r"(?:Findings of (?:the )?(?:Association for Computational Linguistics:? ?\(?)?([A-Z][\w-]{1,12})\b\)?"
    r"|([A-Z]{2,8})[ ,]{1,2}\(?Findings\)?)"
)
"""What the ACL prints beside its conferences: `Findings of EMNLP`, `EMNLP (Findings)`"""
IS_FINDINGS = late(r"^Findings of (?:the )?|[\s,]{1,3}\(?Findings\)?$")
OF_HOST = late(r"(?<=\S)\s{1,9}workshops?$", re.IGNORECASE)
"""The workshops of a conference, all of them: `European Conference on Computer Vision Workshops`"""
MAX_ABBREVIATED = 120
"""letters of a journal's name with its words cut short"""
LONGEST_SHORT = 60
"""letters of an acronym with all that may stand around it"""
ADDED = late(r"(\s{0,9}[-–—:,]{1,3})?\s{1,9}([A-Z][\w&/+-]{1,13})(?:\s{0,9}['’]?\s?\d{2,4})?$")
"""An acronym behind a name, without brackets: `Public Key Cryptography - PKC 2011`"""


@lru_cache(maxsize=20_000)  # a list names the same venues again and again
def is_venue(text: str) -> bool:
    """Whether a stretch of a citation reads like the name of a venue."""
    whole, text = text, text.strip(" \t\n.,;:()[]|")
    if not text or len(text) > 250:
        return False
    words = text.count(" ") + 1
    if words <= 3 and acronym_of(text):
        return True
    if match := WORDS.search(text):
        return match.start() < 80 and not re.search(r"[?!]", text)
    known = table()
    if plain(text) in known.names or plain(name_alone(whole)) in known.names or leading_acronym(text):
        return True
    return is_journal(text)


@lru_cache(maxsize=20_000)
def is_abbreviated_journal(text: str) -> bool:
    """Whether a text is, as a whole, the name of a known journal with its words cut short: `Phys. Rev. Lett.`"""
    return len(text) <= MAX_ABBREVIATED and "." in text[:-1] and bool(journal(text) or cut_short(text))


@lru_cache(maxsize=20_000)
def acronym_of(text: str) -> Venue | None:
    """The venue of an acronym, with a year or without: `CVPR'21`, `NeurIPs2023`, `AAAI`, `CRYPTO 2015, Part II`."""
    if len(text) > LONGEST_SHORT:
        return None
    text = PART.sub("", text)
    bare = re.sub(
        r"[\s,.'’‘`-]{0,9}(?:(?:19|20)?\d{2})?(?:\s{0,9}\((?:oral|spotlight|poster|highlight)\))?\s{0,9}$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    bare = re.sub(r"(?i)\s{1,9}(?:conference|symposium)$", "", bare)
    bare = re.sub(r"(?i)^proc(?:eedings|\.)?\s{1,9}(?:of\s{1,9})?(?:the\s{1,9})?", "", bare.strip())
    bare = re.sub(r"(?i:(?<=[a-z])[ -]?workshops?)$|(?<=[A-Z]{3})W$", "", bare)
    if not 2 <= len(bare) <= 16 or (bare.islower() and bare != "arxiv") or (" " in bare and bare[:1].islower()):
        return None
    acronyms = table().acronyms
    venue = acronyms.get(bare.casefold())
    if venue is not None and len(bare) <= 3 and not bare.isupper() and bare != venue.acronym:
        return None
    holder, _, rest = bare.partition(" ")
    if venue is None and holder in ("ACM", "IEEE", "USENIX", "SIAM") and rest.isupper():
        return acronyms.get(rest.casefold())
    return venue


def leading_acronym(text: str) -> Venue | None:
    """The venue of the acronym that a name starts with: `CVPR Workshop Prompting in Vision`."""
    match = re.match(r"(?:\d{4}\s{1,9})?((?:IEEE |ACM |USENIX )?[A-Z][\w&*/+-]{1,13})(?=[\s,.'’:(]|$)", text)
    if match is None or not (match[1].isupper() or sum(map(str.isupper, match[1])) >= 2):
        return None
    return table().acronyms.get(match[1].casefold()) or table().acronyms.get(match[1].split()[-1].casefold())


Named = tuple[Venue | None, str, str]
"""A venue, if one is known, its name and its acronym as they are written."""


@lru_cache(maxsize=20_000)
def written(text: str) -> Written:
    """Which venue a citation's `venue` means, and how it is written."""
    workshop = bool(WORKSHOP.search(text))
    if text.endswith((" on", " of")) and (found := _inverted(text)):
        return found
    if "Findings" in text and (found := _findings(text)):
        return found
    return _acronym_alone(text, workshop) or _led_by_acronym(text, workshop) or _with_name(text, workshop)


def _acronym_alone(text: str, workshop: bool) -> Written | None:
    """`CVPR`, with a year or a place behind it."""
    venue = acronym_of(text)
    head, comma, tail = text.partition(",")
    if venue is None and comma and not workshop and PLACE.fullmatch(tail):
        text, venue = head, acronym_of(head)
    return Written(_key(venue, workshop), venue, "", bare_acronym(text), workshop) if venue else None


def _findings(text: str) -> Written | None:
    found = FINDINGS.search(ANY_YEAR.sub("", text)) or FINDINGS.search(text)
    host = table().acronyms.get((found[1] or found[2]).casefold()) if found else None
    shown = found[0].strip() if found and host else name_alone(text)
    host = host or _known(name_alone(IS_FINDINGS.sub("", text)))
    return Written(f"w findings {host.name}", None, shown, "", True) if host else None


def _inverted(text: str) -> Written | None:
    found = INVERTED.match(PROCEEDINGS.sub("", text))
    venue = _known(f"{ORDINAL.sub(' ', found[2])} {found[1]}") if found else None
    return Written(_key(venue, False), venue, found[1], "", False) if found and venue else None


def _led_by_acronym(text: str, workshop: bool) -> Written | None:
    """`CHI '20: CHI Conference on Human Factors in Computing Systems`"""
    led = LED.match(text)
    venue = table().acronyms.get(led[1].casefold()) if led else None
    if led is None or venue is None:
        return None
    found = _with_name(text[led.end() :], workshop)
    return found._replace(acronym=led[1]) if found.venue == venue else None


def _with_name(text: str, workshop: bool) -> Written:
    brackets = ACRONYM_IN_BRACKETS.search(text)
    acronym = _acronym_in(brackets, workshop)
    name = name_alone(text)
    if acronym and WORKSHOP.fullmatch(acronym):  # `EMNLP (Findings)`
        return Written(f"w {plain(f'{acronym} {name}')}", None, name, "", True)
    venue, name = _named(name) if plain(name) else (None, name)
    if brackets and acronym and not brackets[1].isupper() and QUALIFIED.search(text):
        name, acronym = f"{name} {brackets[0].strip()}", ""
    if venue is not None and not acronym and (held := HELD_AS.search(text)):
        acronym = held[1] if table().acronyms.get(held[1].casefold()) == venue else ""
    if venue is None and workshop and (host := _named(OF_HOST.sub("", name))[0]):
        return Written(_key(host, workshop), host, name, bare_acronym(brackets[1]) if brackets else "", workshop)
    if venue is None:
        venue, name, acronym = _by_acronym(name, acronym) if acronym else _by_added_acronym(name)
    if venue is not None:
        return Written(_key(venue, workshop), venue, name, acronym, workshop)
    bare = EXPLAINED.sub("", name)
    listed = journal(bare)
    if listed and (venue := table().names.get(listed)):  # an abbreviation of one that the table knows by its name alone
        return Written(_key(venue, workshop), venue, name, acronym, workshop)
    return Written(("w " if workshop else "") + (listed or plain(bare)), None, name, acronym, workshop)


def _by_acronym(name: str, acronym: str) -> Named:
    """The venue of the acronym in brackets behind a name, if the name is like its own."""
    venue = table().acronyms.get(acronym.casefold())
    return venue if venue is not None and _agree(venue, name) else None, name, acronym


def _by_added_acronym(name: str) -> Named:
    """The venue of the acronym that a name ends in: `Advances in Cryptology - CRYPTO`, `Computer Vision ECCV`."""
    added = ADDED.search(name)
    venue = table().acronyms.get(added[2].casefold()) if added else None
    if added is None or venue is None:
        return None, name, ""
    lead = name[: added.start()]
    if not (_agree(venue, lead) or _named(lead)[0] == venue or lead == LEAD_OF_CRYPTOLOGY):
        return None, name, ""
    return (venue, name, "") if added[1] else (venue, lead, added[2])


def _acronym_in(brackets: re.Match[str] | None, workshop: bool) -> str:
    """The acronym in brackets behind a name, and "" where it is a year, or that of a workshop's host."""
    acronym = bare_acronym(brackets[1]) if brackets else ""
    return "" if acronym.isdigit() or (workshop and acronym.casefold() in table().acronyms) else acronym


QUALIFIED = late(r"\w \([A-Z][a-z.]+(?: [A-Z][a-z.]+)?, [A-Z][\w. ]{1,20}\)$")
"""`Methods (San Diego, Calif)`: how PubMed tells journals of one name apart"""
EXPLAINED = late(r" : .*|\s\([^()]{1,40}\)$")
"""`Current biology : CB`, in PubMed's form"""
PLACE = late(r"(?:\s{1,9}[A-Z][\w.'-]{1,20},?){1,5}\s{0,9}(?:(?:19|20)\d\d)?")
LEAD_OF_CRYPTOLOGY = "Advances in Cryptology"
"""what the proceedings of three conferences are called, with their acronyms behind it"""


def _known(name: str) -> Venue | None:
    """The venue of a name, whole or cut short, with `Proceedings of` that was left out or `Conference` at its end."""
    names = table().names
    name = name.replace("'l ", "l ").replace("’l ", "l ")  # Int'l
    words, bare = plain(name), plain(SPONSOR.sub("", name))
    if found := names.get(words) or names.get(bare) or names.get(head_first(bare)) or cut_short(name):
        return found
    if words[:1] not in proceedings_starts() or " " not in words:
        return None
    return names.get(f"proceedings {words}") or cut_short(f"Proceedings of the {name}")


def _named(name: str) -> tuple[Venue | None, str]:
    """The venue of a name as the table knows it, and the name without the place behind it."""
    names = table().names
    found = _known(name)
    if found is None and "," in name:
        lead = ""
        for piece in name.split(",")[:4]:
            lead += ("," if lead else "") + piece
            if (
                (found := names.get(plain(lead)) or names.get(plain(SPONSOR.sub("", lead))))
                and " " in lead
                and PLACE.fullmatch(name, len(lead) + 1)
            ):
                return found, lead
        found = None
    return found, name


def _agree(venue: Venue, name: str) -> bool:
    """Whether a name has most of the words of the venue that its acronym means: `MM` may mean something else."""
    own = set(plain(venue.name).split())
    return not name or len(own & set(plain(name).split())) * 2 > len(own)


def _key(venue: Venue, workshop: bool) -> str:
    return f"{'w ' if workshop else ''}={venue.name}"


def kind_of(text: str) -> str:
    """`preprint`, `journal`, `workshop`, `conference`, `thesis`, or "" where the name does not tell."""
    found = written(text)
    if found.venue is not None and not found.workshop:
        return {"c": "conference", "j": "journal", "p": "preprint"}[found.venue.kind]
    low = text.casefold()
    for kind, words in KINDS:
        if any(word in low for word in words):
            return kind
    return ""


KINDS = (
    ("preprint", ("arxiv", "biorxiv", "medrxiv", "preprint", "ssrn", "eprint archive", "techrxiv", "research square",
    "submitted", "under review", "in preparation", "working paper", "chemrxiv", "psyarxiv", "corr abs", "openreview")),
    ("thesis", ("thesis", "dissertation")),
    ("report", ("technical report", "tech. report", "tech report")),
    ("workshop", ("workshop",)),
    ("journal", ("journal", "transactions", "trans.", "letters", "magazine", "annals", "review", "quarterly", "j. ")),
    ("conference", ("conference", "proceedings", "symposium", "conf.", "proc.", "meeting", "colloquium", "congress")),
)  # fmt: skip
