"""Stretches of a reference: what is hidden once it is recognised, and what is cut off their ends."""

from __future__ import annotations

from collections.abc import Iterator

from sitecheck.citations.names import UPPER
from sitecheck.late import late
from sitecheck.text import PLACEHOLDER

GONE = "\x1f"
"""Stands for what was recognised already."""

NUMBER = late(r"\s{0,9}(?:\[[A-Z]{0,2}\d{1,3}[a-z]?\]|\(?\d{1,3}[.)]|[•▪◦*–-]|\d{1,3}(?=\n))\s{1,9}")
TAG = late(r"\s{0,9}[\[(【]([^\[\]()【】\n]{2,40})[\])】][:.,\s]*")
COLON_TAG = late(rf"\s{{0,9}}([{UPPER}][\w&/ -]{{1,20}}[ ]?(?:['’]?\d{{2,4}}))\s{{0,9}}[:.|]\s{{0,9}}")

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
ANY_YEAR = late(rf"(?<!\d)({YEAR})(?!\d)")
APA_YEAR = late(
    rf"\s{{0,9}}[,.]?\s{{0,9}}\(\s{{0,9}}({YEAR}|in press|to appear|forthcoming)[a-z+]?(?:,[^()]{{1,20}})?\)"
    r"\s{0,9}[:.,]?\s{0,9}"
)
BARE_YEAR = late(rf"\s{{0,9}}[,.]?\s{{1,9}}({YEAR})[a-z]?\s{{0,9}}[.:]\s{{1,9}}")
"""As some journals have it, between names and title: `Roy, A. 2022. The title`."""
CUT_SHORT = """
    Proc Conf Int Intl Trans Lett Symp Mag Ann Adv Front Sci Eng Phys Chem Biol Med Comput Mach Process Anal Intell Syst
    Netw Commun Inf Rev Am Nat Eur Br Can Acad Soc Res Appl Math Mech Mater Mol Cell Clin Psychol Neurosci Biomed Secur
    Priv Digit Heal Electron Opt Environ Technol Rob Autom Genet Biophys Biochem Pharmacol Physiol J U S R
    Amer Econ Polit Hist Stud Angew Ed Org Inorg Catal Stat Statist Ser Theor Exp Assoc Univ Ecol Evol Geophys Astrophys
    Astron Atmos Mon Not Cosmol Condens Nucl Instrum Meth Probab Financ Manag Sociol Philos Educ Ling Interact Quart
    Bull Biotechnol Bioeng Nanotechnol Chim Pure Microbiol Immunol Pathol Surg Epidemiol Plasma Fluid Struct
""".split()  # noqa: SIM905  # so many literals read worse
"""Words that a full stop cuts short, not ends, in the names of journals."""
SHORT_NAME = late(rf"(?:[A-Z]\.\s?)?(?:{'|'.join(word for word in CUT_SHORT if len(word) > 1)})\.(?=[\s:]?[A-Z]|$)")
"""How such a name begins: `Phys. Rev. Lett.`, `J. Phys.: Condens. Matter`"""
TRIM = " \t\n.,;:|-–—·•/" + PLACEHOLDER + GONE
Place = tuple[int, int]
"""Start and stop of a part in the text."""


def hide(text: str, start: int, stop: int) -> str:
    """`text` with a stretch of it gone, as long as before."""
    return text[:start] + GONE * (stop - start) + text[stop:] if stop > start else text


def trimmed(value: str, start: int, stop: int, keep: str = "") -> Place:
    """A stretch without punctuation and white space around it; `keep` may stay at its end."""
    while start < stop and (value[start] in TRIM or value[start] in '”"“’)]'):
        start += 1
    while stop > start and value[stop - 1] in TRIM + "([“„«" and value[stop - 1] not in keep:
        stop -= 1
    if value[stop - 1 : stop] in ('"', "”") and not any(sign in value[start : stop - 1] for sign in '"“'):
        stop = trimmed(value, start, stop - 1)[1]
    return start, stop


def start_of(value: str) -> int:
    match = NUMBER.match(value)
    return match.end() if match else 0


def lines_of(rest: str, start: int) -> Iterator[tuple[int, int]]:
    while start < len(rest):
        end = rest.find("\n", start)
        end = len(rest) if end < 0 else end
        yield start, end
        start = end + 1
