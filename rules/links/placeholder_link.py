from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Link, Page, PageRule, Severity

from ._scripts import is_control, is_item

WRITTEN = frozenset(("link", "image", "href", "src", "definition"))
"""Kinds of links that a visitor can follow; of the others the key tells."""
BY_KEY = re.compile(
    r"(?:.*_)?(?:url|link|href|pdf|code|video|slides|poster|website|homepage|paper|dataset)|url_.*", re.I
)
WORD = re.compile(
    r"(?:https?://)?(?:todo|tbd|tba|xx+|none|null|undefined|nan|fixme|placeholder|insert[-_ ]?(?:link|url)?"
    r"(?:[-_ ]here)?|your[-_ ]?(?:link|url)(?:[-_ ]here)?|(?:link|url)[-_ ]here"
    r"|coming[-_ ]?soon|to[-_ ]be[-_ ]\w+|\.\.\.|…|\?+)/?",
    re.IGNORECASE,
)
EXAMPLE_HOST = re.compile(
    r"(?:https?://|mailto:[^@/?]+@|//)(?:[\w-]+\.)*?(?:example\d?\.(?:com|org|net|edu)|example-?(?:url|site|domain)\.\w+"
    r"|your-?(?:user-?name|name|site|web-?site|domain|url|lab|company)\.[\w.]+)(?:[/?#:].*)?",
    re.IGNORECASE,
)
TEMPLATE_USER = re.compile(
    r"https?://[^/]+/(?:[^?]*/)?(?:<[\w -]+>|your-?_?(?:user-?_?name|name|repo|id))(?:[/?#].*)?", re.I
)
FORGE = re.compile(r"https?://(?:www\.)?(github|gitlab|bitbucket)\.(?:com|org)/?", re.IGNORECASE)
SUSPECT = re.compile(rf"\n(?:\#|{WORD.pattern}|{FORGE.pattern})[.,;:!)\]}}'\"\\]*(?=\n)", re.IGNORECASE)
"""In `Page.addresses`, where punctuation may follow an address."""
EXAMPLES = tuple(map(re.compile, ("example", "your", "/<")))
"""What is in the address of an example, or of a template"""
BEFORE = re.compile(r"(?:https?://|mailto:|//)[^\s\"'()]*\Z", re.IGNORECASE)
"""What stands before that word, from the start of the address"""
LONGEST = 200
"""characters of an address in which such a word is looked for"""
OBJECT = "\ufffc"
MENU_FILE = re.compile(r"menu|navigation|navbar|config|sidebar|theme|toc", re.IGNORECASE)
UPWARDS = re.compile(
    r"\btop\b|^[\W_]*$|^(?:home|menu|close|back|more|show|hide|expand|toggle|prev|next)", re.IGNORECASE
)


class PlaceholderLink(PageRule):
    """A link holds a stand-in where its address should be.

    `TODO`, `xxx`, `#`, `example.org` or the front page of GitHub were meant to be replaced. A visitor who follows the
    link ends nowhere.

    Silent where `#` is likely to be a button that a script answers, where the text names the example or the forge, and
    in addresses that are shown as they are.

    Wrong in a page that explains how links are written.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > [slides](TODO), [code](https://github.com/)
                       ^^^^ 'TODO' stands here in place of an address
                                     ^^^^^^^^^^^^^^^^^^^ this is the front page of the forge, and no repository
            > [John Doe](#) and <a href="https://example.org/">poster</a>
                         ^ '#' leads nowhere
                                         ^^^^^^^^^^^^^^^^^^^^ the host is one that only examples use
            """,
        ),
        Example(
            """
            > ---
            > url_code: '#'
                         ^ '#' leads nowhere
            > ---
            """,
        ),
        Example(
            '[GitHub](https://github.com/), [back to top](#), <a href="#" role="button">x</a>, https://example.org'
        ),
        Example("An example is [http://example.org](http://example.org)."),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not SUSPECT.search(page.addresses) and not _has_example(page.source.text):
            return
        for link in page.links:
            message = _fault(link, page.path)
            if message:
                yield Finding(link.url.span(0, len(link.url)), message)


def _has_example(source: str) -> bool:
    """Whether an address seems to be that of an example."""
    for word in EXAMPLES:
        for match in word.finditer(source):
            start = BEFORE.search(source, max(0, match.start() - LONGEST), match.start())
            if start and (EXAMPLE_HOST.match(source, start.start()) or TEMPLATE_USER.match(source, start.start())):
                return True
    return False


def _fault(link: Link, path: str) -> str:
    url = link.url.value.strip()
    written = link.kind in WRITTEN
    label = link.label.value.strip() if link.label is not None else ""
    if not written and not BY_KEY.fullmatch(link.key):
        return ""
    if WORD.fullmatch(url):
        return f"'{url}' stands here in place of an address"
    if url == "#":
        return "'#' leads nowhere" if _leads_nowhere(link, label, written, path) else ""
    if EXAMPLE_HOST.fullmatch(url) and "example" not in label.lower():
        return "the host is one that only examples use"
    if TEMPLATE_USER.fullmatch(url):
        return "a part of this address was to be replaced"
    forge = FORGE.fullmatch(url)
    if forge and written and forge[1].lower() not in label.lower():
        return "this is the front page of the forge, and no repository"
    return ""


def _leads_nowhere(link: Link, label: str, written: bool, path: str) -> bool:
    """Whether `#` is no menu's, no button's, and not the way back to the top."""
    if not written:
        return not MENU_FILE.search(path)
    shown = label.replace(OBJECT, "").strip()
    return bool(shown) and not UPWARDS.search(shown) and not is_control(link) and not is_item(link)
