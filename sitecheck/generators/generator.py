"""What all generators share: from a page and an address to the file that a visitor gets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from sitecheck.generators import anchors, slugs
from sitecheck.generators.absent import may_be_absent
from sitecheck.generators.address import suffix, within_site
from sitecheck.generators.redirects import Redirects
from sitecheck.generators.repository import is_forge_page, on_forge
from sitecheck.generators.resolution import FOUND, MISSING, UNKNOWN, Resolution
from sitecheck.generators.urls import Urls, canonical, joined
from sitecheck.late import late

if TYPE_CHECKING:
    from sitecheck.facts import Setting
    from sitecheck.generators.nearest import Names
    from sitecheck.site import Site

PAGES = frozenset((".md", ".markdown", ".mdx", ".qmd", ".rmd", ".rst", ".org", ".html", ".htm", ".ipynb", ".adoc"))
"""The suffixes of what becomes a page."""
DATA = frozenset(("yml", "yaml", "toml", "json", "bib", "cff", "csv"))
"""What is shown on other pages, at places that a template decides"""
GENERATED = late(
    r"(?:.*/)?(?:(?:feed|rss|atom|index|sitemap[\w-]*|search)\.(?:xml|json|js)|search\.html|robots\.txt|404(?:\.html)?|search"
    r"|favicon\.ico|manifest\.json|site\.webmanifest|page/?\d+|cdn-cgi/.*|wp-(?:content|json|includes)/.*|cgi-bin/.*|~.*)/?"
)
"""What generators, plugins and servers give without a source."""

HTML = frozenset(("html", "htm"))
MARKUP = frozenset(("html", "htm", "md", "markdown", "qmd", "rmd", "mdx"))
"""The pages whose anchors are known"""


class Generator:
    """How a site's sources become what is published. A subclass says it for one program; this one copies files."""

    slug_rules: tuple[slugs.Rule, ...] = ()
    """by which of them a heading gets an anchor"""
    root_is_known = False
    """whether `/x` is sure to be the site's own x, whatever folder of its host the site is published in"""

    def __init__(self, site: Site, folder: str = "") -> None:
        self.site = site
        self.folder = folder
        """where the sources lie: "" or a path that ends in `/`"""

    # What subclasses say

    def published(self) -> Iterator[tuple[str, str]]:
        """Addresses, and the source of each, as far as the names of files tell."""
        return ((path, path) for path in self.inside())

    def published_by_front_matter(self) -> Iterator[tuple[str, str]]:
        """More of them, for which every page has to be asked."""
        return iter(())

    def bases(self, path: str) -> Iterator[str]:
        """The folders of the published site from which the relative addresses of a page are read, the surest first."""
        yield path[len(self.folder) :].rpartition("/")[0]

    def from_source(self, path: str, address: str) -> str | None:
        """The source that a relative address leads to where the generator reads it so: then it is translated."""
        return None

    def expanded(self, written: str) -> str | None:
        """An address as the generator writes it out; None where it cannot be known."""
        return written

    def is_doubtful(self, url: str) -> bool:
        """Whether something that is not in the repository may publish it: a theme, a plugin, a template."""
        return False

    def is_shown(self, path: str) -> bool:
        """Whether a page is part of what visitors see."""
        return True

    def base_path(self) -> str | None:
        """The folder of its host that the site is published in, "" for its root; None where that is not known."""
        return "" if "CNAME" in self.site.paths or self.site.root.endswith((".github.io", ".gitlab.io")) else None

    # What follows from it

    def front(self, path: str) -> tuple[Setting, ...]:
        """What the front matter of a page says of where it is published; nothing where the page is not read."""
        try:
            return self.site.facts(path).front
        except KeyError:
            return ()

    def inside(self) -> Iterator[str]:
        """The files that the generator reads, relative to its folder."""
        cut = len(self.folder)
        return (path[cut:] for path in self.site.paths if path.startswith(self.folder))

    @cached_property
    def urls(self) -> Urls:
        """Those that the names of files tell."""
        return Urls((url, self.folder + source) for url, source in self.published())

    @cached_property
    def urls_by_front_matter(self) -> Urls:
        """Those that front matter tells."""
        return Urls((url, self.folder + source) for url, source in self.published_by_front_matter())

    def resolve(self, path: str, written: str) -> Resolution:
        """What a visitor of the page `path` gets who follows an address as it is written there."""
        if path not in self.site.paths:
            return Resolution(UNKNOWN)
        outside = not path.startswith(self.folder)
        for_forge = self._is_for_forge(path)
        expanded = written if for_forge else self.expanded(written)
        address = within_site(expanded) if expanded is not None else None
        if address is None or not (for_forge or (self.is_shown(path) and not outside)):
            return Resolution(UNKNOWN)
        if not address.path:
            return Resolution(FOUND, path, fragment=address.fragment)
        found = Resolution(UNKNOWN) if outside else self._on_site(path, address.path)
        part = outside or not self.folder  # a changelog in `docs/` is one of its pages, where a link may be a label
        if for_forge and (found.state == MISSING or (part and found.state == UNKNOWN)):
            found = on_forge(self.site, path, address.path)
        return found._replace(fragment=address.fragment) if found.state == FOUND else found

    def _on_site(self, path: str, address: str) -> Resolution:
        if suffix(path) in DATA and not address.startswith("/"):
            return Resolution(UNKNOWN)
        source = self.from_source(path, address)
        if source is not None:
            return Resolution(FOUND, source)
        wanted = [*self._wanted(path, address)]
        if not wanted:
            return Resolution(UNKNOWN)
        for url in wanted:
            found = self.find(url)
            if found is not None:
                return Resolution(FOUND, found or None)
        if any(self._may_exist(url, address) for url in wanted) or self._is_in_part(path, address):
            return Resolution(UNKNOWN)
        return Resolution(MISSING, wanted=wanted[0])

    def _wanted(self, path: str, address: str) -> Iterator[str]:
        """What an address may mean, as paths from the root of the published site. Nothing where it leads out of it."""
        if not address.startswith("/"):
            yield from filter(None, (joined(base, address) for base in self.bases(path)))
            return
        url = joined("", address.lstrip("/"))
        base = "" if self.root_is_known else self.base_path()
        if url is not None and base and (url + "/").startswith(base + "/"):
            yield url[len(base) :].lstrip("/")
        elif url is not None and (base == "" or self.find(url) is not None or self._is_own(url)):
            yield url

    def _is_own(self, url: str) -> bool:
        """Whether an address from the root is the site's, though its root is not known: its folder is."""
        return self.base_path() is None and url.rpartition("/")[0] in self.urls.folders

    def find(self, url: str) -> str | None:
        """The source of an address of the site: "" where it has none to read, None where nothing is published there."""
        found = self.urls.find(url)
        return found if found is not None else self.urls_by_front_matter.find(url)

    def _may_exist(self, url: str, address: str) -> bool:
        return (
            self.is_doubtful(url)
            or GENERATED.fullmatch(url) is not None
            or may_be_absent(self.site, self.folder + url)
            or self._may_be_another_site(url, address)
            or self.redirects.gives(url)
        )

    @cached_property
    def redirects(self) -> Redirects:
        return Redirects(self.site, self.folder)

    def _is_in_part(self, path: str, address: str) -> bool:
        """Whether an address from the root is right for a part of the site, such as one that is built by itself."""
        if not address.startswith("/"):
            return False
        folder = path.rpartition("/")[0]
        while folder:
            if f"{folder}/{address.lstrip('/')}" in self.site.paths:
                return True
            folder = folder.rpartition("/")[0]
        return False

    def _may_be_another_site(self, url: str, address: str) -> bool:
        """Whether it may be what another repository of the same owner publishes: `/project/` beside the home page."""
        first = url.partition("/")[0]
        if self.base_path() or first.isdigit() or (suffix(url) and (first == url or not address.startswith("/"))):
            return False
        return first.lower() not in self.first_segments

    @cached_property
    def first_segments(self) -> frozenset[str]:
        """What the addresses of this site start with, in lower case."""
        keys = (*self.urls.sources, *self.urls_by_front_matter.sources)
        return frozenset(key.partition("/")[0].lower() for key in keys)

    def slugs(self, path: str, text: str) -> frozenset[str]:
        """The anchors that the headings of a page get."""
        rules = () if suffix(path) in HTML and not self.slugs_in_html else self.slug_rules
        return slugs.of(text, (*rules, slugs.github, slugs.gitlab) if self._is_for_forge(path) else rules)

    slugs_in_html = False
    """whether headings that are written in HTML get anchors"""

    def is_whole(self, path: str) -> bool:
        """Whether a source is a page by itself, of which it is known what else is on it."""
        return f".{suffix(path)}" in PAGES and self.is_shown(path) and next(self.bases(path), None) is not None

    def lacks(self, path: str, fragment: str) -> bool:
        """Whether the page that comes from `path` is known not to have an anchor. What is cheap is asked first."""
        for_forge = self._is_for_forge(path)
        if path not in self.site.paths or suffix(path) not in MARKUP or not (for_forge or self.is_whole(path)):
            return False
        text = self.site.memo(("text", path), lambda site: site.text(path))
        if not text or f'"{fragment}"' in text or f"'{fragment}'" in text:
            return False
        headings = self.site.memo(("slugs", path), lambda site: self.slugs(path, text))
        if fragment in headings:
            return False
        known = headings | self.site.memo(("anchors", path), lambda site: anchors.of(text, site))
        if fragment in known or (for_forge and fragment.lower() in {each.lower() for each in known}):
            return False
        return not anchors.are_built(text, self.site)

    def _is_for_forge(self, path: str) -> bool:
        """Whether a forge shows a page, whose script finds anchors in any case."""
        return is_forge_page(path)

    def nearest(self, wanted: str) -> str:
        """The file that may be meant where one is missing; "" where none is like it."""
        return self._names.nearest(wanted)

    @cached_property
    def _names(self) -> Names:
        from sitecheck.generators.nearest import Names

        return Names({**{canonical(path): path for path in self.site.paths}, **self.urls.sources})
