from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sitecheck import Example, Finding, Fix, Link, Page, PageRule, Severity, Text

SCHEME = re.compile(r"(?P<name>[hH]?[hHtTpPsS]{3,7})(?P<mark>:/{0,4}|;/{1,2}|//|:\\\\|\.//|:;//)(?P<rest>[^\s/]\S*)")
SCHEME_NAME = re.compile(r"https?")
DOUBLED = re.compile(r"(?P<extra>(?:https?(?::/{0,2}|//))+)(?P<rest>https?:/{0,2}\S+)", re.IGNORECASE)
BEFORE = re.compile(
    r"(?P<extra>(?:%20|%09|%0A|%C2%A0|%E2%80%8B|[\u00a0\u200b\ufeff])+|\#)(?P<rest>https?://\S+)", re.IGNORECASE
)
PORT = re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^/?\#\s]*?:(?P<port>\d{1,9})(?:[/?\#]|$)", re.IGNORECASE)
NESTED = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\(?(?P<rest>[^()\s]*)\)?")
INSIDE = re.compile(r"https?://[^\s]*\]\(https?:", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MAILTO = re.compile(r"mailto:(?P<to>[^?]*)", re.IGNORECASE)
DISGUISED = re.compile(r"\bat\b|\bdot\b|\[|\(|\{|#|nospam|\ufffc|&", re.IGNORECASE)
HOST = re.compile(
    r"(?P<host>(?:www\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.(?P<tld>[a-z]{2,6}))(?P<path>[/?\#]\S*)?",
    re.IGNORECASE,
)
TLDS = frozenset(
    """com org net edu gov io ai info dev app de fr uk ch at it nl eu us jp cn kr in au ca br es se no dk fi be cz ie pt
    gr il ru hk sg tw nz za mx tr hu co me tech xyz science""".split()  # noqa: SIM905  # a list of 50 literals reads worse
)
FILE_TLDS = frozenset(("ai", "org", "com", "at", "app", "info", "me", "in"))
"""Endings that files have, too: without `www.` or more labels, such a name may be a file."""
ORG_FILE = re.compile(
    r"(?:read-?me|notes?|index|to-?do|setup|init|config(?:uration)?|main|paper|cv|resume|journal|agenda|inbox|tasks?|work"
    r"|log|plan|draft|slides|talk|lecture|chapter|part|thesis|report|emacs)[\w-]*\.org",
    re.IGNORECASE,
)
"""A file of Org mode, going by its name: the host `notes.org` would be spelt out."""
DIRECT = frozenset(("link", "href", "definition"))
SUSPECT = (
    r"(?!https?://[^:/?#\n]+(?::\d{1,4})?(?:[/?\#]|$)|https?:/{0,2}$)(?:[hHtTpPsS]{3,8}(?::|;|//|\.//)|%|\#h|!?\["
    r"|[\u00a0\u200b\ufeff]|mailto:(?!\s*(?:$|\{|\?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?![^?\s]))))"
)
"""How an address begins that may be at fault."""
LIKELY_HOST = HOST.pattern.replace("[a-z]{2,6}", "|".join(sorted(TLDS)))
IN_MARKUP = (
    re.compile(rf"\n(?:{SUSPECT}|(?:{MAIL.pattern}|{LIKELY_HOST})\n)", re.MULTILINE),
    re.compile(rf"[ \t\r\"'(<>]{SUSPECT}", re.MULTILINE),
    INSIDE,
)
"""In `Page.addresses`"""
IN_SOURCE = (
    re.compile(r"http(?:s?:/{0,2}https?[:/]|s?//https?[:/]|s?://[^\s/:]{1,100}:\d{5})"),
    re.compile(r"mailto:[^\s@?\"'<>){]{1,100}+[\s\"'<>)]"),
)
"""In running text"""
WRITTEN = re.compile(
    r"\[[^\[\]\n]{1,200}\][ \t]+\(\ufffc\)|\([^()\n]{1,100}\)\[\ufffc\]|\[[^\[\]\n]{1,200}\]\(\ufffc(?![^\s]*\))"
)
SEEMS_WRITTEN = (
    re.compile(r"\][ \t]+\((?:https?:|www\.)"),
    re.compile(r"\)\[https?:"),
    re.compile(r"\]\((?:https?:|www\.)[^()\s]*(?:\s+[^\s\"'(]|\Z)"),
)


WITHOUT_COLON = re.compile(r"(?<![\w/.:-])https?(?P<mark>//)(?=[\w-]+(?:\.[\w-]+)+)")
"""In prose"""


WELL_FORMED = re.compile(
    r"(?:https?://[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?\#][^\s\\]*)?|mailto:\S+@\S+)", re.IGNORECASE
)
"""What a fix may write. Anything else would be another broken address."""


class Fault(NamedTuple):
    """What is wrong with an address, and how it was meant where that can be told."""

    message: str
    meant: str = ""
    safe: bool = False


class MalformedLink(PageRule):
    """An address is written in a way that no browser can follow.

    A scheme is doubled, misspelt or missing, something stands before it, a link was pasted into an address, or the
    mark-up of a link is not closed.

    Silent where a template makes a part of the address, and where a name without a scheme may be a file.

    Wrong where a file of the site has the name of a host.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > [a](https://https://a.org/) and <a href="hhttps://b.org">b</a>
                  ^^^^^^^^^^^^^^^^^^^^^^ the scheme stands twice
                                                       ^^^^^^^^^^^^^^ the scheme 'hhttps://' is misspelt
            """,
            fixed="""
            > [a](https://a.org/) and <a href="https://b.org">b</a>
            """,
        ),
        Example(
            """
            > [Join](us-rse.org) or [write](me@uni.edu)
                     ^^^^^^^^^^ without 'https://' this is the name of a file
                                            ^^^^^^^^^^ without 'mailto:' this is the name of a file
            > See [them] (https://a.org)
                  ^^^^^^^^^^^^^^^^^^^^^^ this is shown as it is written, not as a link
            """,
            fixed="""
            > [Join](https://us-rse.org) or [write](mailto:me@uni.edu)
            > See [them](https://a.org)
            """,
        ),
        Example(
            """
            > [a](http://a.org:99999/)
                  ^^^^^^^^^^^^^^^^^^^ there is no port 99999
            """,
        ),
        Example(
            "[a](https://web.archive.org/web/2020/https://a.org), [b](notes.org), [c](mailto:?subject=Hi), [1] (x)"
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        source = page.source.text
        if _any(IN_MARKUP, page.addresses) or _any(IN_SOURCE, source):
            for link in page.links:
                fault = fault_of(link)
                if fault is not None:
                    yield _finding(link.url, fault)
        if "http//" in source or "https//" in source:
            for text in page.prose():
                yield from _without_colon(text)
        if _any(SEEMS_WRITTEN, source):
            for block in page.blocks:
                if "\ufffc" in block.text.value and block.text.layers and block.text.layers[-1].name == "markdown":
                    yield from _unlinked(block.text)


def _any(patterns: Iterable[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def fault_of(link: Link) -> Fault | None:
    """What is wrong with a link's address."""
    url = link.url.value.strip(" \t\r\n\f")
    if not url or url.startswith("\ufffc") or link.key in ("doi", "eprint", "arxiv"):
        return None
    fault = _scheme_fault(url)
    if fault is None and link.kind != "autolink":
        fault = _nested(url) or _mail(url, link.kind)
    if fault is None and link.kind in DIRECT:
        fault = _host(url)
    return fault


def _scheme_fault(url: str) -> Fault | None:
    if match := DOUBLED.match(url):
        meant = _with_scheme(match["rest"])
        return Fault(
            "the scheme stands twice", meant, set(SCHEME_NAME.findall(match["extra"])) == {meant.partition(":")[0]}
        )
    if match := BEFORE.match(url):
        return Fault(f"'{match['extra']}' stands before the scheme", match["rest"], True)
    if match := PORT.match(url):
        return Fault(f"there is no port {match['port']}") if int(match["port"]) > 65535 else None
    match = SCHEME.match(url)
    if match is None or (match["name"].lower() in ("http", "https") and match["mark"] == "://"):
        return None
    name, mark = match["name"].lower(), match["mark"]
    if not name.startswith(("h", "tt", "tp")) or (mark == ":" and "." not in match["rest"]):
        return None
    meant = f"{'https' if 's' in name else 'http'}://{match['rest']}"
    return Fault(f"the scheme '{match['name']}{mark}' is misspelt", meant, HOST.match(match["rest"]) is not None)


def _with_scheme(rest: str) -> str:
    return re.sub(r"^(https?)(?::/?(?!/)|//)", r"\1://", rest)


def _nested(url: str) -> Fault | None:
    """A link of Markdown, or a part of one, where an address belongs."""
    message = "a link of Markdown stands in place of an address"
    match = NESTED.match(url)
    if match and ("http" in match["text"] or "http" in match["rest"]):
        same = match["text"] == match["rest"]
        return Fault(
            message, match["rest"] if match["rest"].startswith("http") and match.end() == len(url) else "", same
        )
    return Fault(message) if INSIDE.match(url) else None


def _mail(url: str, kind: str) -> Fault | None:
    if MAIL.fullmatch(url):
        return Fault("without 'mailto:' this is the name of a file", f"mailto:{url}", True) if kind in DIRECT else None
    match = MAILTO.match(url)
    if match is None or not match["to"].strip() or DISGUISED.search(match["to"]):
        return None
    from urllib.parse import unquote

    addresses = [unquote(each).strip() for each in re.split(r"[,;]", match["to"])]
    if all("@" in each.strip("@") and not re.search(r"\s|^//", each) for each in addresses if each):
        return None
    if all(MAIL.fullmatch(each.removeprefix("//")) for each in addresses):
        return Fault("'//' is no part of an e-mail address", url.replace("//", "", 1), True)
    return Fault("this is no e-mail address")


def _host(url: str) -> Fault | None:
    """The name of a host without a scheme, which a browser takes for a file."""
    match = HOST.fullmatch(url)
    if match is None or match["tld"].lower() not in TLDS:
        return None
    if ORG_FILE.fullmatch(url):
        return None
    sure = match["host"].lower().startswith("www.") or match["host"].count(".") > 1
    if match["tld"].lower() in FILE_TLDS and not sure and match["tld"].lower() not in ("org", "com"):
        return None
    return Fault("without 'https://' this is the name of a file", f"https://{url}", not url.lower().startswith("wwww"))


def _finding(url: Text, fault: Fault) -> Finding:
    start = len(url.value) - len(url.value.lstrip(" \t\r\n\f"))
    stop = len(url.value.rstrip(" \t\r\n\f"))
    edit = url.edit(start, stop, fault.meant) if WELL_FORMED.fullmatch(fault.meant) else None
    fix = Fix.by(edit, safe=fault.safe, title=f"replace by '{fault.meant}'")
    return Finding(url.span(start, stop), fault.message, fix)


def _unlinked(text: Text) -> Iterator[Finding]:
    """What was meant as a link, and is shown with its brackets."""
    for match in WRITTEN.finditer(text.value):
        written = text.written(*match.span())
        if match[0][1:-4].strip("[] \t").isdigit() or "\n" in written:
            continue
        yield Finding(text.span(*match.span()), "this is shown as it is written, not as a link", _linking(text, match))


def _without_colon(text: Text) -> Iterator[Finding]:
    for match in WITHOUT_COLON.finditer(text.value):
        edit = text.edit(*match.span("mark"), "://")
        fix = Fix.by(edit, safe=True, title="put the colon in")
        yield Finding(text.span(*match.span()), f"the scheme '{match[0]}' is misspelt", fix)


def _linking(text: Text, match: re.Match[str]) -> Fix | None:
    gap = re.compile(r"\][ \t]+\(").search(match[0])
    if gap is None:
        return None
    start = match.start() + gap.start()
    edit = text.edit(start + 1, match.start() + gap.end() - 1, "")
    return Fix.by(edit, safe=False, title="take the space away")
