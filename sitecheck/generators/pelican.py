"""Pelican: `{filename}` and `{static}` lead to sources; the rest depends on a configuration that is a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from sitecheck.generators import slugs
from sitecheck.generators.absent import may_be_absent
from sitecheck.generators.address import decoded, suffix
from sitecheck.generators.front import values
from sitecheck.generators.generator import PAGES, Generator
from sitecheck.generators.resolution import FOUND, MISSING, UNKNOWN, Resolution
from sitecheck.generators.urls import joined

INTERNAL = re.compile(r"\s*(?:\{(?P<braces>\w+)\}|\|(?P<bars>\w+)\|)(?P<path>[^?#]*)")
TO_SOURCES = ("filename", "static", "attach")
PATH = re.compile(r"""^PATH\s*=\s*["']([^"']+)["']""", re.MULTILINE)
LISTS = ("category", "categories", "tag", "tags", "author", "authors", "archives", "theme/", "drafts/", "feeds/")


class Pelican(Generator):
    slug_rules = (slugs.python_markdown, slugs.docutils)

    @cached_property
    def config(self) -> str:
        """pelicanconf.py, which is a program and is not run."""
        return self.site.text(f"{self.folder}pelicanconf.py")

    @cached_property
    def content(self) -> str:
        match = PATH.search(self.config)
        named = match[1].strip("./") if match else "content"
        return f"{named}/" if named else ""

    def published(self) -> Iterator[tuple[str, str]]:
        for path in self.inside():
            for folder in (self.content, "output/", self.content + "extra/", self.content + "static/"):
                if path.startswith(folder):
                    stem, _, ending = path.removeprefix(folder).rpartition(".")
                    is_page = f".{ending}".lower() in PAGES
                    yield (stem if is_page else path.removeprefix(folder)), path

    def published_by_front_matter(self) -> Iterator[tuple[str, str]]:
        for path, facts in self.site.all_facts.items():
            yield from ((url, path[len(self.folder) :]) for url in values(facts.front, "save_as", "url"))

    def resolve(self, path: str, written: str) -> Resolution:
        match = INTERNAL.match(written)
        if match is None:
            return super().resolve(path, written)
        if (match["braces"] or match["bars"]) not in TO_SOURCES or not path.startswith(self.folder + self.content):
            return Resolution(UNKNOWN)
        address = decoded(match["path"])
        from_root = address.startswith("/")
        wanted = joined(self.folder + self.content if from_root else path.rpartition("/")[0], address.lstrip("/"))
        if wanted is None or wanted in self.site.paths:
            return Resolution(FOUND, wanted)
        return Resolution(UNKNOWN) if may_be_absent(self.site, wanted) else Resolution(MISSING, wanted=wanted)

    def bases(self, path: str) -> Iterator[str]:
        """Only where it is written as a folder is it known where a page goes."""
        return iter(())

    def is_shown(self, path: str) -> bool:
        return path.startswith(self.folder + self.content) and not path.endswith((".html", ".htm"))

    def is_doubtful(self, url: str) -> bool:
        if url.startswith(LISTS) or suffix(url) in ("", "html", "htm", "php", "xml", "ipynb"):
            return True
        return any(path.endswith("/" + url) for path in self.site.paths)
