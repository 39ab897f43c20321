from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from sitecheck import Example, Finding, Page, PageRule, Severity

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]+")
ARXIV = re.compile(
    r"arxiv\s*:\s*(\d{4}\.\d{4,5})(?:v\d+)?\b|arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})", re.IGNORECASE
)
LINKED_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html|format|e-print)/(\d{4}\.\d{4,5})", re.IGNORECASE)
FORGE = re.compile(r"\W{0,9}(?P<name>github|gitlab|bitbucket|codeberg)\W{0,9}", re.IGNORECASE)
SHOWN = r"(?://|www\.|10\.\d{4}|[aA][rR][xX][iI][vV]\s{0,9}:|[gG]it[hHlL]|[bB]itbucket|[cC]odeberg)"
IN_MARKDOWN = re.compile(r"\]\((?P<url>[^\s)]+)")
IN_HTML = re.compile(
    r"""href\s{0,9}=\s{0,9}\\?(?:"(?P<a>[^"\n]*+)"|'(?P<b>[^'\n]*+)'|(?P<c>[^\s"'>]++))[^<>]{0,200}+>(?P<label>[^\n]{0,300}+)"""
)
"""A link as it is mostly written. The first 300 characters of its text are enough."""
HOST = re.compile(r"https?://(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
MAX_LABEL = 300
TRAILING = ".,;:!?)]}'\"…"
SHORTENERS = re.compile(
    r"//(?:www\.)?(?:bit\.ly|goo\.gl|tinyurl|t\.co|ow\.ly|rdcu\.be|youtu\.be|doi\.org|dx\.doi\.org|purl|hdl|lnkd\.in|rb\.gy|forms\.gle)",
    re.IGNORECASE,
)


class LinkTextMismatch(PageRule):
    """A visible DOI, arXiv number or URL is not the one that is linked.

    One of the two was copied from another entry, so either the reader or the visitor who clicks is led astray. The same
    is said of a link that is called GitHub, or as another forge, and leads elsewhere.

    Silent where the difference is one of form: `http` and `https`, `www.`, a slash at the end, upper case, the version
    of a preprint, percent-encoding, or an address that is shortened; and where the link goes through a shortener or
    proxy.

    Wrong where a site has moved and both addresses lead to it.
    """

    severity = Severity.WARNING
    preview = True
    examples = (
        Example(
            """
            > [arXiv:2401.00001](https://arxiv.org/abs/2401.00002)
               ^^^^^^^^^^^^^^^^ the text says 2401.00001, the link leads to 2401.00002
            """,
        ),
        Example(
            """
            > [doi:10.1000/182](https://doi.org/10.1000/183)
                   ^^^^^^^^^^^ the text says 10.1000/182, the link leads to 10.1000/183
            > <a href="https://a.org/x">https://a.org/y</a>
                                        ^^^^^^^^^^^^^^^ the text says a.org/y, the link leads to a.org/x
            """,
        ),
        Example(
            """
            > [[GitHub](https://project.example/)] [[GitHub](https://github.com/lab/peat)] [GitHub](/code)
                ^^^^^^ the text says GitHub, the link leads to project.example
            """,
        ),
        Example("[arXiv:2401.00001](https://arxiv.org/pdf/2401.00001v2.pdf) [www.a.org/b...](https://a.org/B/c/)"),
        Example("[doi:10.1000/182](https://publisher.example/182)"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not _may_differ(page.source.text):
            return
        for link in page.links:
            if link.label is None or link.kind == "autolink":
                continue
            found = _difference(link.label.value, link.url.value)
            if found:
                start, end, shown, linked = found
                yield Finding(link.label.span(start, end), f"the text says {shown}, the link leads to {linked}")


def _may_differ(source: str) -> bool:
    """Whether some link's text and address differ as they are written."""
    return any(_difference(label, url) for label, url in _written_links(source))


def _written_links(source: str) -> Iterator[tuple[str, str]]:
    for match in IN_MARKDOWN.finditer(source):
        end = match.start()
        start = source.rfind("[", max(0, end - MAX_LABEL), end)
        if start >= 0 and re.search(SHOWN, label := source[start + 1 : end]):
            yield re.sub(r"[*_`\\]", "", label) if "://" not in label else label, match["url"]
    for match in IN_HTML.finditer(source) if "<" in source else ():
        label = re.split("</a", match["label"], maxsplit=1, flags=re.IGNORECASE)[0]
        if re.search(SHOWN, label):
            yield re.sub(r"<[^>]*>", "", label).strip(), match["a"] or match["b"] or match["c"] or ""


Difference = tuple[int, int, str, str]
"""Where in the text, what stands there, and what is linked."""


def _difference(label: str, url: str) -> Difference | None:
    return _arxiv(label, url) or _doi(label, url) or _address(label, url) or _forge(label, url)


def _forge(label: str, url: str) -> Difference | None:
    shown, host = FORGE.fullmatch(label), HOST.match(url)
    if shown is None or host is None:
        return None
    labels = host[1].lower().split(".")
    if shown["name"].lower() in labels and labels[-1] != "io":  # `lab.github.io` is a page, and no code
        return None
    return (*shown.span("name"), shown["name"], host[1])


def _arxiv(label: str, url: str) -> Difference | None:
    shown, linked = list(ARXIV.finditer(label)), LINKED_ARXIV.search(url)
    if len(shown) != 1 or linked is None:
        return None
    number = shown[0][1] or shown[0][2]
    return (*shown[0].span(), number, linked[1]) if number != linked[1] else None


def _doi(label: str, url: str) -> Difference | None:
    shown, linked = list(DOI.finditer(label)), DOI.search(unquote(url))
    if len(shown) != 1 or linked is None:
        return None
    own, other = (unquote(doi).rstrip(TRAILING).lower() for doi in (shown[0][0], linked[0]))
    if own.startswith(other) or other.startswith(own):
        return None
    start = shown[0].start()
    length = len(shown[0][0].rstrip(TRAILING))
    return start, start + length, shown[0][0][:length], linked[0]


def _address(label: str, url: str) -> Difference | None:
    """Both are whole addresses, and no form of the same."""
    value = label.strip()
    if not URL.fullmatch(value) or not url.lower().startswith(("http:", "https:")):
        return None
    own, other = _bare(value), _bare(url)
    host = own.partition("/")[0]
    if not own or own.startswith(other) or other.startswith(own) or host in other.partition("/")[2]:
        return None
    if SHORTENERS.search(url) or SHORTENERS.search(value) or DOI.search(value) or own in other:
        return None
    start = label.index(value)
    return start, start + len(value), own, other


def _bare(url: str) -> str:
    """An address without what makes no difference."""
    bare = unquote(url).strip().lower().rstrip(TRAILING)
    bare = re.sub(r"^https?:/*", "", bare).removeprefix("www.")
    return bare.partition("#")[0].partition("?")[0].removesuffix("index.html").rstrip("/")
