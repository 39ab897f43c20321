"""Sphinx: sources in reStructuredText or MyST; a link may name a document or a label instead of an address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sitecheck.generators import slugs
from sitecheck.generators.address import suffix
from sitecheck.generators.generator import PAGES, Generator
from sitecheck.generators.urls import joined

GENERATED = ("_static/", "_images/", "_modules/", "_sources/", "_downloads/", "genindex", "search", "py-modindex",
             "api/", "generated/", "autoapi/", "_autosummary/", "modules", "blog/", "_panels_static/")  # fmt: skip


class Sphinx(Generator):
    slug_rules = (slugs.docutils, slugs.github)

    @cached_property
    def config(self) -> str:
        """conf.py, which is a program and is not run."""
        return self.site.text(f"{self.folder}conf.py") or self.site.text(f"{self.folder}_config.yml")

    def published(self) -> Iterator[tuple[str, str]]:
        for path in self.inside():
            stem, _, ending = path.rpartition(".")
            yield (stem if f".{ending}".lower() in PAGES else path), path

    def from_source(self, path: str, address: str) -> str | None:
        folder = self.folder if address.startswith("/") else path.rpartition("/")[0]
        place = joined(folder, address.lstrip("/"))
        if place is None:
            return None
        stem = place.removesuffix(".html")
        return next((each for each in (place, *(stem + ending for ending in PAGES)) if each in self.site.paths), None)

    def is_shown(self, path: str) -> bool:
        """Whether Sphinx makes it: HTML is copied to places that only conf.py knows."""
        return not path.endswith((".html", ".htm"))

    def is_doubtful(self, url: str) -> bool:
        if not suffix(url) or url.startswith(GENERATED) or "_static/" in url:  # a label of any document
            return True
        name = "/" + url.rpartition("/")[2]
        return "html_extra_path" in self.config and any(path.endswith(name) for path in self.site.paths)
