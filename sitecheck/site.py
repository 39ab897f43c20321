"""One site as its rules see it: every file under its root, and what its pages say of themselves.

Nothing is read before a rule asks for it, and the facts of all pages only when one of them is not enough.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.rule import UserError
from sitecheck.source import Source

if TYPE_CHECKING:
    from sitecheck.facts import Facts, InwardLink
    from sitecheck.generators import Generator

T = TypeVar("T")

MOST_PAGES = 64
"""pages that are kept in memory, as the rules of a page ask for it one after the other"""


class Files(Protocol):
    """Where a site's files come from. Paths are relative to its root, with `/`."""

    def paths(self) -> frozenset[str]:
        """Every file, binary ones too."""

    def content(self, path: str) -> bytes:
        """Raises UserError where the file cannot be read."""

    def facts(self, path: str) -> Facts | None:
        """Of one page, if they are known already."""

    def all_facts(self) -> Mapping[str, Facts]:
        """Of every page of the site."""

    def learn(self, path: str, facts: Facts) -> None:
        """Keep the facts of a page to which some were added that nobody had asked for before."""


class Site:
    """A site. `root` is where it lies on disk, and `named` makes of a path in it what reports call the file."""

    def __init__(self, root: str, files: Files, named: Callable[[str], str] = str) -> None:
        self.root = root
        self.named = named
        self._files = files
        self._pages: dict[str, Page] = {}
        self._memo: dict[Hashable, object] = {}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file of the site, binary ones too, relative to its root with `/`."""
        return self._files.paths()

    @cached_property
    def all_facts(self) -> Mapping[str, Facts]:
        """The facts of every page, by path. Pages that are not known yet are examined for them."""
        return self._files.all_facts()

    def facts(self, path: str) -> Facts:
        """The facts of one page. Raises KeyError where it is no page of the site."""
        return self._files.facts(path) or self.all_facts[path]

    @cached_property
    def generator(self) -> Generator:
        """What makes the site of its sources: where a link leads to."""
        from sitecheck.generators import detect

        return detect(self)

    def links(self, path: str) -> tuple[InwardLink, ...]:
        """The links of a page that lead into the site. Each content of a page is parsed for them once."""
        facts = self.facts(path)
        if facts.links is not None:
            return facts.links
        from sitecheck.generators.address import inward_links

        found = inward_links(self.page(path))
        self._files.learn(path, facts._replace(links=found))
        return found

    def text(self, path: str) -> str:
        """What a text file holds; empty where it cannot be read."""
        try:
            return Source(path, self._files.content(path)).text
        except UserError:
            return ""

    def page(self, path: str) -> Page:
        """A page, to be parsed. Raises UserError where the file cannot be read."""
        page = self._pages.get(path)
        if page is None:
            if len(self._pages) >= MOST_PAGES:
                self._pages.clear()
            page = self._pages[path] = Page(Source(path, self._files.content(path)), read)
        return page

    def forget(self, path: str) -> None:
        """Let go of a page whose content has changed."""
        self._pages.pop(path, None)

    def memo(self, key: Hashable, build: Callable[[Site], T]) -> T:
        """What `build` makes of the site, made once: an index that a rule looks things up in."""
        if key not in self._memo:
            self._memo[key] = build(self)
        return cast(T, self._memo[key])


class Contents:
    """A site that is held in memory: files by path. Facts are gathered as they are asked for."""

    def __init__(self, contents: Mapping[str, bytes], needs: frozenset[str]) -> None:
        self._contents = contents
        self._needs = needs

    def paths(self) -> frozenset[str]:
        return frozenset(self._contents)

    def content(self, path: str) -> bytes:
        try:
            return self._contents[path]
        except KeyError:
            raise UserError(f"{path}: there is no such file") from None

    def facts(self, path: str) -> Facts | None:
        from sitecheck.facts import gather

        if path not in self._contents:
            return None
        return gather(Page(Source(path, self._contents[path]), read), self._needs, commented=False)

    def learn(self, path: str, facts: Facts) -> None:
        pass  # they are gathered anew

    def all_facts(self) -> Mapping[str, Facts]:
        from sitecheck.files import is_readable

        return {path: facts for path in self._contents if is_readable(path) and (facts := self.facts(path)) is not None}
