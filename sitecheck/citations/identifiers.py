"""What names a work: DOI, arXiv number and their like, from addresses and from text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from sitecheck.citations.citation import Identifier
from sitecheck.late import late
from sitecheck.page import Link
from sitecheck.text import Text

DOI = late(r"\b(10\.\d{4,9}/[^\s\"'<>{}|\\^`\ufffc]{1,200})", re.IGNORECASE)
ARXIV = late(r"\b(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]{2,16}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?!\d)")
ARXIV_TEXT = late(
    rf"\barxiv[:\s./-]{{1,20}}(?:abs/|pdf/|preprint[\s:]{{1,3}}arxiv[:\s]{{1,3}})?{ARXIV.pattern}", re.IGNORECASE
)
PATHS = {
    "arxiv": rf"(?:arxiv\.org|alphaxiv\.org|huggingface\.co/papers|ar5iv\.[a-z.]+)/(?:abs/|pdf/|html/)?{ARXIV.pattern}",
    "openreview": r"openreview\.net/(?:forum|pdf)\?id=([\w-]{6,20})",
    "eprint": r"eprint\.iacr\.org/(\d{4}/\d{1,5})",
    "acl": r"(?:aclanthology\.org|aclweb\.org/anthology)/([\w.-]{5,40}?)(?:\.pdf|/|$)",
    "ieee": r"ieeexplore\.ieee\.org/(?:abstract/)?document/(\d{4,9})",
    "pubmed": r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{5,9})",
    "ssrn": r"ssrn\.com/(?:abstract=|sol3/papers\.cfm\?abstract_id=)(\d{5,9})",
    "code": r"(?:github|gitlab|bitbucket)\.(?:com|org)/"
    r"([\w.-]{1,60}/[\w.-]{1,100}(?:/(?:tree|blob|-/tree)/[^?#]{1,200})?)(?:\.git)?(?=[/?#]|$)",
}
HOSTS = tuple((scheme, late(path, re.IGNORECASE)) for scheme, path in PATHS.items())
PDF = late(r"\.pdf(?:[?#]|$)", re.IGNORECASE)
DATASET_DOI = late(
    r"10\.(?:5281/zenodo|17605|13026|5061|6084|7910|25346|25345|4121|24433|24432|34740|7717/peerj.*supp)", re.IGNORECASE
)
"""Registrants of data and code: Zenodo, OSF, PhysioNet, Dryad, figshare, Dataverse, ..."""


def identifiers(links: Iterable[Link], text: Text) -> tuple[Identifier, ...]:
    """Of one citation: those of its links, and those that its text names."""
    found: dict[tuple[str, str], Identifier] = {}
    for link in links:
        if link.kind == "image" or link.kind in ("src", "srcset", "poster"):
            continue
        span = link.url.span(0, len(link.url))
        for scheme, value in of_url(link.url.value):
            found.setdefault((scheme, value), Identifier(scheme, value, span))
    for scheme, value, start, stop in of_text(text.value):
        found.setdefault((scheme, value), Identifier(scheme, value, text.span(start, stop)))
    return tuple(found.values())


def of_url(url: str) -> Iterator[tuple[str, str]]:
    """(scheme, value) of what an address names, in canonical form."""
    url = url.strip()
    if match := DOI.search(unquote(url)):
        yield doi(match[1], in_url=True)
        return
    for scheme, pattern in HOSTS:
        if match := pattern.search(url):
            yield (
                scheme,
                match[1].removesuffix(".git") if scheme != "code" else match[1].removesuffix(".git").casefold(),
            )
            return
    if PDF.search(url):
        yield "pdf", url if "#page=" in url else url.split("#")[0]


def of_text(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(scheme, value, start, stop) of what is named in words."""
    if "10." in text:
        for match in DOI.finditer(text):
            scheme, value = doi(match[1])
            yield scheme, value, match.start(1), match.start(1) + len(value)
    if "rXiv" in text or "rxiv" in text or "RXIV" in text:
        for match in ARXIV_TEXT.finditer(text):
            yield "arxiv", match[1], *match.span(1)


def doi(value: str, *, in_url: bool = False) -> tuple[str, str]:
    """A DOI in lower case, without what ends a sentence or an address behind it. One of arXiv is an arXiv number."""
    if in_url:
        value = re.sub(r"(?:\.pdf|/(?:full|abstract|pdf|epdf|meta|html|pdfft))?(?:[?#].*)?$", "", value, count=1)
    value = value.rstrip(".,;:]’'\"*_").removesuffix(".pdf")
    while value.endswith(")") and value.count(")") > value.count("("):
        value = value[:-1].rstrip(".,;")
    value = value.casefold()
    if match := re.match(r"10\.48550/arxiv\.(.+)", value):
        return "arxiv", re.sub(r"v\d+$", "", match[1])
    return ("data" if DATASET_DOI.match(value) else "doi"), value
