"""Jekyll: pages with front matter are built, collections and posts get their permalinks, the rest is copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sitecheck.generators import slugs
from sitecheck.generators.front import values
from sitecheck.generators.generator import PAGES, Generator
from sitecheck.generators.settings import settings, strings, text_of
from sitecheck.generators.urls import joined

PREFIX = re.compile(
    r"""\A\s*(?:\{\{-?\s*(?:site\.url|site\.github\.url|site\.baseurl|site\.github\.baseurl|base_path|baseurl)"""
    r"""(?:\s*\|\s*\w+)?\s*-?\}\})+(?=/)"""
)
FILTER = re.compile(
    r"""\A\s*\{\{-?\s*(["'])(?P<path>[^"'{}]*)\1\s*\|\s*(?:(?:prepend|append)\s*:\s*site\.\w+|relative_url|absolute_url)"""
    r"""(?:\s*\|\s*(?:prepend\s*:\s*site\.\w+|\w+))*\s*-?\}\}(?P<rest>[^{}]*)\Z"""
)
LINK_TAG = re.compile(
    r"""\A\s*(?:\{\{\s*site\.baseurl\s*\}\})?\{%-?\s*link\s+(?P<path>[^\s{}%]+)\s*-?%\}(?P<rest>[^{}]*)\Z"""
)
POST = re.compile(r"(?P<folder>(?:.*/)?)_posts/(?:(?P<inner>.*)/)?(?P<date>\d{4}-\d\d?-\d\d?)-(?P<title>[^/]*)\.\w+")
BUILT = {".scss": ".css", ".sass": ".css", ".less": ".css", ".coffee": ".js", ".bib": ".html"}
LISTS = re.compile(
    r"(?:.*/)?(?:tags?|categor(?:y|ies)|archives?|year-archive|collection-archive|bibliography|page\d*|\d{4}(?:/\d\d)?)(?:/.*)?"
)
"""Lists that plugins make"""
THEME_FILE = re.compile(
    r"assets/(?:(?:css|js|fonts?|webfonts|libs?|main|plotly|video_?js?|json|icons?|favicons?)/.*|[^/]*\.(?:css|js|svg|ico|png|json))|[^/]*\.(?:css|js|ico)"
)


class Jekyll(Generator):
    slug_rules = (slugs.github, slugs.kramdown, slugs.gitlab)

    @cached_property
    def config(self) -> dict[str, Any]:
        found = settings(self.site, f"{self.folder}_config.yml")
        return found or settings(self.site, f"{self.folder}_config.yaml")

    @cached_property
    def collections(self) -> dict[str, str]:
        """The collections, and the permalink of each."""
        configured = self.config.get("collections")
        names = dict.fromkeys((each for each in strings(configured)), "") if isinstance(configured, list) else {}
        if isinstance(configured, dict):
            names = {
                name: text_of(each.get("permalink")) if isinstance(each, dict) else ""
                for name, each in configured.items()
            }
        return names

    @cached_property
    def included(self) -> tuple[str, ...]:
        return tuple(each.strip("/") for each in strings(self.config.get("include")))

    def published(self) -> Iterator[tuple[str, str]]:
        for path in self.inside():
            yield from ((url, path) for url in self._urls(path))
            name = path.rpartition("/")[2].lower()
            if name in ("readme.md", "readme.markdown"):  # where there is no index
                yield path.rpartition("/")[0], path

    def _urls(self, path: str) -> Iterator[str]:
        """Where a file goes, as far as its name tells."""
        if path.startswith("_site/"):
            yield path.removeprefix("_site/")
        post = POST.fullmatch(path)
        if post:
            yield from self._post_urls(post)
            return
        stem, _dot, suffix = path.rpartition(".")
        is_page = f".{suffix}".lower() in PAGES
        yield stem if is_page else path
        if f".{suffix}" in BUILT:
            yield f"{stem}{BUILT[f'.{suffix}']}"
        if is_page and stem.endswith("/index"):
            yield stem.removesuffix("/index")
        name, _, inner = path.lstrip("_").partition("/")
        if path.startswith("_") and inner:
            yield from self._collection_urls(name, inner, is_page=is_page)

    def _collection_urls(self, name: str, inner: str, *, is_page: bool) -> Iterator[str]:
        stem = inner.rpartition(".")[0] if is_page else inner
        yield f"{name}/{stem}"
        if name == "pages":
            yield stem
        template = self.collections.get(name, "")
        if template and is_page:
            last = stem.rpartition("/")[2]
            parts = {"collection": name, "path": stem, "name": last, "title": last, "slug": last, "output_ext": ""}
            yield _filled(template, parts)

    def _post_urls(self, post: re.Match[str]) -> Iterator[str]:
        year, month, day = post["date"].split("-")
        dated = "/:categories/:year/:month/:day/:title"
        known = {"": dated, "date": dated, "pretty": dated, "ordinal": "/:categories/:year/:y_day/:title",
                 "none": "/:categories/:title"}  # fmt: skip
        template = known.get(self.permalink, self.permalink)
        title = post["title"]
        categories = f"{post['folder']}{post['inner'] or ''}".strip("/")
        parts = {"year": year, "month": month.zfill(2), "day": day.zfill(2), "title": title, "slug": title,
                 "name": title, "output_ext": "", "i_month": month.lstrip("0"), "i_day": day.lstrip("0"),
                 "short_year": year[2:]}  # fmt: skip
        for each in dict.fromkeys((categories, "")):
            yield _filled(template, {**parts, "categories": each, "slugified_categories": each})

    @cached_property
    def permalink(self) -> str:
        return text_of(self.config.get("permalink"))

    def published_by_front_matter(self) -> Iterator[tuple[str, str]]:
        facts = self.site.all_facts
        for path in self.inside():
            if self.folder + path not in facts:
                continue
            front = facts[self.folder + path].front
            for address in values(front, "permalink", "redirect_from", "url"):
                yield _filled(address, self._parts(path)), path
            for name in values(front, "slug"):
                yield from ((joined(url, f"../{name}") or "", path) for url in self._urls(path))

    def _parts(self, path: str) -> dict[str, str]:
        stem = path.rpartition(".")[0]
        last = stem.rpartition("/")[2]
        collection, _, inner = stem.lstrip("_").partition("/")
        return {
            "collection": collection,
            "path": inner,
            "name": last,
            "title": last,
            "basename": last,
            "output_ext": "",
        }

    def bases(self, path: str) -> Iterator[str]:
        inner = path[len(self.folder) :]
        front = self.front(path)
        permalinks = values(front, "permalink")
        if permalinks:
            for each in permalinks:
                yield from _bases(_filled(each, self._parts(inner)))
        elif self._has_default_permalinks or (inner.startswith("_") and not self._is_published(inner)):
            return
        elif POST.fullmatch(inner) or inner.startswith("_"):
            yield from self._own_bases(inner)
        else:
            yield inner.rpartition("/")[0]
            pretty = self.permalink.endswith("/") or self.permalink in ("pretty",)
            if pretty and not inner.rpartition("/")[2].startswith("index."):
                yield inner.rpartition(".")[0]

    def _own_bases(self, inner: str) -> Iterator[str]:
        """Of a post or a document of a collection, where its permalink is known."""
        if POST.fullmatch(inner):
            template = self.permalink or "date"
            if values(self.front(self.folder + inner), "categories", "category", "slug", "date"):
                return
        else:
            template = self.collections.get(inner[1:].partition("/")[0], "")
        for url in self._urls(inner):
            yield url
            if not template.endswith("/") and template != "pretty":
                yield url.rpartition("/")[0]

    def _is_published(self, inner: str) -> bool:
        """Whether a file in a folder such as `_talks` becomes a page of its own."""
        first = inner.partition("/")[0]
        return first == "_posts" or first[1:] in self.collections or first in self.included

    @cached_property
    def _has_default_permalinks(self) -> bool:
        """Whether the configuration gives a permalink to some files, perhaps to any."""
        return any("permalink" in str(each) for each in self.config.get("defaults") or ())

    def from_source(self, path: str, address: str) -> str | None:
        """Links to sources are translated (jekyll-relative-links, which GitHub Pages has on)."""
        if not address.lower().endswith((".md", ".markdown")):
            return None
        folder = "" if address.startswith("/") else path.rpartition("/")[0]
        for place in (joined(folder, address.lstrip("/")), joined("", address.lstrip("/"))):
            if place is not None and place in self.site.paths:
                return place
        return None

    def expanded(self, written: str) -> str | None:
        if "{" not in written:
            return written
        if match := PREFIX.match(written):
            return self._from_root(written[match.end() :])
        if match := FILTER.match(written):
            return self._from_root("/" + (match["path"] + match["rest"]).lstrip("/"))
        if match := LINK_TAG.match(written):
            known = self.folder + match["path"].lstrip("/") in self.site.paths
            return f"#{match['rest'].partition('#')[2]}" if known and not match["rest"] else None
        return None

    def _from_root(self, address: str) -> str | None:
        """An address from the site's own root, wherever that is published."""
        base = self.base_path()
        return f"/{base}{address}" if base else address

    def is_doubtful(self, url: str) -> bool:
        if LISTS.fullmatch(url) or (self.has_theme and THEME_FILE.fullmatch(url)):
            return True
        return url.rpartition("/")[2].removesuffix(".html") in self._names_elsewhere

    @cached_property
    def has_theme(self) -> bool:
        """Whether it has a theme whose files are not in the repository."""
        own = any(path.startswith("_layouts/") for path in self.inside())
        return bool(self.config.get("theme") or self.config.get("remote_theme")) or not own

    @cached_property
    def _names_elsewhere(self) -> frozenset[str]:
        """The names of documents that may be published at a place that the configuration decides."""
        found = set()
        for path in self.inside():
            stem, _, suffix = path.rpartition(".")
            if (f".{suffix}".lower() in PAGES and stem.startswith("_")) or "/_posts/" in stem:
                post = POST.fullmatch(path)
                found.add(post["title"] if post else stem.rpartition("/")[2])
        return frozenset(found)

    def _is_excluded(self, inner: str) -> bool:
        excluded = tuple(strings(self.config.get("exclude")))
        if not excluded:
            return False
        from sitecheck.gitignore import compiled

        return compiled(excluded).covers(inner)

    def is_shown(self, path: str) -> bool:
        inner = path[len(self.folder) :]
        if inner.startswith(("_drafts/", "_site/")):
            return False
        if self._is_excluded(inner):
            return False
        return "false" not in values(self.front(path), "published")

    def base_path(self) -> str | None:
        if "baseurl" not in self.config:
            return super().base_path()
        return text_of(self.config["baseurl"]).strip("/")


def _filled(template: str, parts: dict[str, str]) -> str:
    """A permalink with its placeholders filled in; those that are not known stay."""
    filled = re.sub(r":([a-z_]+)", lambda match: parts.get(match[1], match[0]), template)
    return re.sub(r"/{2,}", "/", filled).strip("/") + ("/" if template.endswith("/") else "")


def _bases(url: str) -> Iterator[str]:
    """The folders from which the relative addresses of a page at `url` are read; none where it is not known."""
    if ":" in url:
        return
    last = url.rpartition("/")[2]
    if "." not in last:
        yield url
    if last:  # `/research` is a file research.html, and on some servers a folder
        yield url.rpartition("/")[0]
