"""What a page has to say to the rules that look at the whole site. Small, as it is kept for every file.

A fact is a field of `Facts`. It is gathered where an active rule needs it, by the function that GATHERED_BY names.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.citations.cited import Cited
from sitecheck.finding import Position
from sitecheck.spelling.suspect import Spelling

if TYPE_CHECKING:
    from sitecheck.page import Page


class Setting(NamedTuple):
    """A key of a page's front matter and a value that it has there."""

    key: str
    value: str


class InwardLink(NamedTuple):
    """A link of a page that leads into its own site."""

    kind: str
    """as in `Link`"""
    address: str
    """as it reads, but with template tags as they are written"""
    start: int
    """where the address stands, in code points of the source's text"""
    end: int
    fragment: int
    """where its `#` stands; its end if it has none"""
    attributes: tuple[str, ...]
    """of its tag"""


class WebLink(NamedTuple):
    """A link that leads to the web, and where it stands."""

    url: str
    """what is asked for, with its fragment"""
    start: Position
    end: Position


class Facts(NamedTuple):
    """What is known of a page without reading it again."""

    commented: bool = False
    """whether a comment in it may silence findings"""
    citations: tuple[Cited, ...] = ()
    addresses: tuple[str, ...] = ()
    """what leads into the site itself, as it is written: all relative addresses, and perhaps what is none"""
    front: tuple[Setting, ...] = ()
    """what its front matter says of where it is published"""
    links: tuple[InwardLink, ...] | None = None
    """the links that lead into the site; None where no rule has parsed the page: `Site.links` does"""
    web_links: tuple[WebLink, ...] = ()
    """the links that lead to the web"""
    spelling: Spelling = Spelling()
    """words that may be misspelt, and how the page uses them"""


GATHERED_BY: dict[str, tuple[str, str]] = {
    "citations": ("sitecheck.citations.cited", "cited"),
    "addresses": ("sitecheck.generators.address", "relative_addresses"),
    "front": ("sitecheck.generators.front", "publishing_keys"),
    "web_links": ("sitecheck.web", "web_links"),
    "spelling": ("sitecheck.spelling.prose", "spelling"),
}
"""By the name of a fact: the module and its function that makes it of a page."""

NO_FACTS = Facts()


def gather(page: Page, needs: Iterable[str], *, commented: bool) -> Facts:
    """The facts of a page that are needed."""
    values = {}
    for name in needs:
        module, function = GATHERED_BY[name]
        values[name] = getattr(import_module(module), function)(page)
    if values.get("addresses") and page.is_parsed:
        from sitecheck.generators.address import inward_links

        values["links"] = inward_links(page)
    return Facts(commented=commented, **values)
