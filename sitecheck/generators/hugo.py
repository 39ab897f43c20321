"""Hugo: content/ becomes pages whose addresses are in lower case, static/ and assets/ are copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sitecheck.generators import slugs
from sitecheck.generators.address import BINARY_FILES, suffix
from sitecheck.generators.front import values
from sitecheck.generators.generator import PAGES, Generator
from sitecheck.generators.resolution import FOUND, MISSING, UNKNOWN, Resolution
from sitecheck.generators.settings import settings, strings, text_of
from sitecheck.generators.urls import joined

if TYPE_CHECKING:
    from sitecheck.facts import Setting

CONFIGS = ("hugo", "config", "config/_default/hugo", "config/_default/config")
FORMATS = (".toml", ".yaml", ".yml", ".json")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
LANGUAGE_SUFFIX = re.compile(r"\.[a-z]{2,3}(?:-[a-z]{2,4})?\.md$")
DATE = re.compile(r"\d{4}-\d\d-\d\d[-_]")
TAXONOMIES = re.compile(
    r"(?:[a-z-]{2,6}/)?(?:tags?|categor(?:y|ies)|authors?|series|keywords?|publication[_-]types?|topics?|archives?"
    r"|types?|years?|venues?)(?:/[^/]*){0,2}"
)
"""Lists that Hugo makes from front matter"""
THEME_FILE = re.compile(
    r"(?:css|s[ac]ss|js|fonts?|webfonts|media|libs?|vendor|plugins|assets|svg|icons)/.*|[^/]*\.(?:css|js|ico|svg|png|webmanifest|xml|json)"
)
"""What a theme usually brings along"""
THEME_PICTURE = re.compile(r"(?:img|images?)/.*")
"""What it may bring along, where the site has no such folder of its own"""
KNITTED = re.compile(r".*_files/(?:figure-|[\w-]+-\d).*|rmarkdown-libs/.*")
"""What R makes, and is often not kept"""
STATIC_FOLDERS = ("static/", "assets/", "assets/media/", "public/", "docs/", "static/uploads/")


REF = re.compile(
    r"""\{\{[<%]\s*(?:rel)?ref\s+(?P<mark>["'`])(?P<path>[^"'`\s#<%>]*)(?:\#(?P<fragment>[^"'`\s]*))?(?P=mark)\s*[>%]\}\}"""
)
"""A shortcode that names a page by its source"""


class Hugo(Generator):
    slug_rules = (slugs.goldmark, slugs.goldmark_ascii, slugs.github, slugs.blackfriday, slugs.pandoc)

    @cached_property
    def config(self) -> dict[str, Any]:
        for stem in CONFIGS:
            for ending in FORMATS:
                path = f"{self.folder}{stem}{ending}"
                if path in self.site.paths and (found := settings(self.site, path)):
                    return found
        return {}

    @cached_property
    def content(self) -> str:
        return (text_of(self.config.get("contentdir")) or "content").strip("./") + "/"

    @cached_property
    def has_its_theme(self) -> bool:
        """Whether all files that the theme brings along are in the repository."""
        names = [*strings(self.config.get("theme"))]
        prefixes = tuple(f"{self.folder}themes/{name.rpartition('/')[2]}/" for name in names)
        imports = any(path.startswith(self.folder) and path.endswith("go.mod") for path in self.site.paths)
        imports = imports or "imports" in str(self.config.get("module", ""))
        found = all(any(path.startswith(prefix) for path in self.site.paths) for prefix in prefixes)
        return found and not imports

    @cached_property
    def languages(self) -> frozenset[str]:
        configured = self.config.get("languages")
        return frozenset(configured) if isinstance(configured, dict) else frozenset()

    @cached_property
    def static_folders(self) -> tuple[str, ...]:
        """Those that the configuration names, and `static-en/` and the like."""
        return ("static", *(f"{folder.strip('/')}/" for folder in strings(self.config.get("staticdir"))))

    def published(self) -> Iterator[tuple[str, str]]:
        for path in self.inside():
            if path.startswith(self.content):
                yield from ((url, path) for url in self._urls(path))
            elif path.startswith("themes/"):
                _, _, rest = path.partition("/")[2].partition("/")
                yield from ((rest[len(f) :], path) for f in STATIC_FOLDERS if rest.startswith(f))
            else:
                yield from ((path[len(f) :], path) for f in STATIC_FOLDERS if path.startswith(f))
                if path.startswith(self.static_folders):
                    yield path.partition("/")[2], path

    def published_by_front_matter(self) -> Iterator[tuple[str, str]]:
        facts = self.site.all_facts
        for path in self.inside():
            if not path.startswith(self.content) or self.folder + path not in facts:
                continue
            front = facts[self.folder + path].front
            for address in values(front, "url", "aliases", "permalink"):
                folder = "" if address.startswith("/") else self._urls(path)[0].rpartition("/")[0]
                url = joined(folder, address) or ""
                yield from ((form, path) for form in (url, lowered(url)))
            for name in values(front, "slug", "title"):
                yield from ((joined(url, f"../{lowered(name)}") or "", path) for url in self._urls(path))

    def _urls(self, path: str) -> list[str]:
        """The addresses of a file of the content, as far as its name tells."""
        stem, _, ending = path[len(self.content) :].rpartition(".")
        if f".{ending}".lower() not in PAGES:
            plain = path[len(self.content) :]
            folder, _, name = plain.rpartition("/")
            return [plain, f"{lowered(folder)}/{name}", *self._without_language(plain)]
        name, _, language = stem.rpartition(".")
        stem = name if name and LANGUAGE.fullmatch(language) else stem
        stem = stem.removesuffix("/index").removesuffix("/_index")
        stem = "" if stem in ("index", "_index") else stem
        folder, _, last = stem.rpartition("/")
        dateless = [f"{folder}/{last[match.end() :]}" for match in [DATE.match(last)] if match]
        forms = [lowered(stem), *map(lowered, dateless)]
        return [
            *forms,
            *(url for form in forms for url in self._without_language(form)),
            *self._with_language(forms, language),
        ]

    def _without_language(self, url: str) -> list[str]:
        first, slash, rest = url.partition("/")
        return [rest] if slash and (first in self.languages or len(first) == 2) else []

    def _with_language(self, urls: list[str], language: str) -> list[str]:
        return [f"{language}/{url}" for url in urls] if LANGUAGE.fullmatch(language) else []

    def bases(self, path: str) -> Iterator[str]:
        inner = path[len(self.folder) :]
        if inner.startswith("static/"):
            yield inner.removeprefix("static/").rpartition("/")[0]
        if not inner.startswith(self.content):
            return
        front = self.front(path)
        explicit = [joined("", url) or "" for url in values(front, "url")]
        urls = explicit or self._urls(inner)
        if self._is_part(inner, front):
            yield ""
        for url in urls:
            yield url
            yield from (joined(url, f"../{lowered(slug)}") or "" for slug in values(front, "slug"))
            if self.config.get("uglyurls"):
                yield url.rpartition("/")[0]

    def _is_part(self, inner: str, front: tuple[Setting, ...]) -> bool:
        """Whether a page may be shown as a part of others, such as a section of the landing page."""
        section = inner[len(self.content) :].partition("/")[0]
        return section in ("home", "authors", "author", "sections", "homepage") or bool(values(front, "headless"))

    def is_whole(self, path: str) -> bool:
        """Landing pages are composed of parts, and a theme adds to lists."""
        inner = path[len(self.folder) :]
        if inner.startswith("static/"):
            return True
        if not super().is_whole(path) or inner.rpartition("/")[2].startswith("_index."):
            return False
        return inner.rpartition("/")[0] != self.content.rstrip("/") and not self._is_part(inner, self.front(path))

    def resolve(self, path: str, written: str) -> Resolution:
        ref = REF.fullmatch(written.strip())
        if ref is None or path not in self.site.paths or not path.startswith(self.folder + self.content):
            return super().resolve(path, written)
        target, fragment = ref["path"], ref["fragment"] or ""
        if not target:
            return Resolution(FOUND, path, fragment=fragment)
        found = self._referred(path, target)
        if found:
            return Resolution(FOUND, found, fragment=fragment)
        section = f"/{self.folder}{self.content}{target.strip('/')}/".replace("//", "/").lstrip("/")
        if self._has_mounts or any(each.startswith(section) for each in self.site.paths):
            return Resolution(UNKNOWN)
        return Resolution(MISSING, wanted=target)

    def _referred(self, path: str, target: str) -> str:
        """The page that `ref` and `relref` mean: from the root of the content, beside the page, or by its name."""
        content = self.folder + self.content
        forms = {f"{target.strip('/')}{tail}".lower() for tail in ("", ".md", "/index.md", "/_index.md")}
        beside = {joined(path.rpartition("/")[0][len(content) :], form) for form in forms}
        for page in sorted(page for page in self.site.paths if page.startswith(content)):
            inner = LANGUAGE_SUFFIX.sub(".md", page[len(content) :].lower())
            by_name = not target.startswith("/") and inner.endswith(tuple(f"/{form}" for form in forms))
            if inner in forms or inner in beside or by_name:
                return page
        return ""

    def from_source(self, path: str, address: str) -> str | None:
        """Hugo's hooks for links and images look beside the source, in the content and in the media library."""
        inner = path[len(self.folder) :]
        folders = ["assets", "assets/media", "static", self.content]
        if address.startswith("/"):
            places = [joined(folder, address.lstrip("/")) for folder in folders]
        else:
            beside = joined(inner.rpartition("/")[0], address)
            is_bundle = inner.rpartition("/")[2].startswith(("index.", "_index."))
            is_page = beside is not None and f".{beside.rpartition('.')[2]}".lower() in PAGES
            places = [beside] if is_bundle or is_page else []
            places += [joined(folder, address) for folder in ("assets/media", "assets", self.content)]
        found = (self.folder + place for place in places if place is not None)
        return next((place for place in found if place in self.site.paths), None)

    def find(self, url: str) -> str | None:
        """Pages are found in any case, as their addresses are made lower; files are not."""
        found = super().find(url)
        return found if found is not None or suffix(url) in BINARY_FILES else super().find(lowered(url))

    def is_doubtful(self, url: str) -> bool:
        folded = lowered(url)
        if TAXONOMIES.fullmatch(folded) or url.endswith(("index.xml", "index.json", ".ics", "/embed")):
            return True
        if self._has_mounts or folded.rpartition("/")[2] in self._dated_names or url.startswith(("admin", "uploads/")):
            return True
        if KNITTED.fullmatch(url) or self._has_adapters:
            return True
        if self.has_its_theme:
            return False
        own = url.rpartition("/")[0] in self.urls.folders
        return THEME_FILE.fullmatch(folded) is not None or (not own and THEME_PICTURE.fullmatch(folded) is not None)

    @cached_property
    def _has_adapters(self) -> bool:
        """Whether pages are made from data."""
        return any(path.endswith("/_content.gotmpl") for path in self.site.paths)

    @cached_property
    def _has_mounts(self) -> bool:
        return "mounts" in str(self.config.get("module", "")) or any(
            path.startswith(self.folder + "config/") and "module" in path and "mounts" in self.site.text(path)
            for path in self.site.paths
        )

    @cached_property
    def _dated_names(self) -> frozenset[str]:
        """The last segments of pages whose addresses follow a pattern of the configuration."""
        if not self.config.get("permalinks"):
            return frozenset()
        keys = (*self.urls.sources, *self.urls_by_front_matter.sources)
        return frozenset(name for name in (key.rpartition("/")[2] for key in keys) if not suffix(name))

    def base_path(self) -> str | None:
        base = text_of(self.config.get("baseurl"))
        if base.strip("/") and not base.startswith(("http", "//")):
            return base.strip("/")
        return base.partition("//")[2].partition("/")[2].strip("/")


def lowered(url: str) -> str:
    """An address as Hugo writes it: lower case, hyphens for spaces, without most punctuation."""
    url = re.sub(r"[ -]+", "-", normalize("NFC", url).lower().strip())
    return re.sub(r"[^\w./+~#%@-]", "", url)
