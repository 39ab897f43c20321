"""Quarto: each source becomes a page beside the others, and links to sources are translated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sitecheck.generators import slugs
from sitecheck.generators.front import values
from sitecheck.generators.generator import PAGES, Generator
from sitecheck.generators.settings import settings, text_of
from sitecheck.generators.urls import joined


class Quarto(Generator):
    slug_rules = (slugs.pandoc, slugs.github)
    root_is_known = True  # `/x` is read from the project's folder

    @cached_property
    def project(self) -> dict[str, Any]:
        found = settings(self.site, f"{self.folder}_quarto.yml") or settings(self.site, f"{self.folder}_quarto.yaml")
        project = found.get("project")
        return project if isinstance(project, dict) else {}

    @cached_property
    def output(self) -> str:
        return (text_of(self.project.get("output-dir")).strip("./") or "_site") + "/"

    def published(self) -> Iterator[tuple[str, str]]:
        for path in self.inside():
            stem, _, suffix = path.rpartition(".")
            is_page = f".{suffix}".lower() in PAGES
            yield (stem if is_page else path), path
            if path.startswith(self.output):
                yield path.removeprefix(self.output), path
            if suffix in ("scss", "sass"):
                yield f"{stem}.css", path

    def published_by_front_matter(self) -> Iterator[tuple[str, str]]:
        for path, facts in self.site.all_facts.items():
            folder = path[len(self.folder) :].rpartition("/")[0]
            for alias in values(facts.front, "aliases"):
                yield joined("" if alias.startswith("/") else folder, alias) or "", path[len(self.folder) :]

    def from_source(self, path: str, address: str) -> str | None:
        folder = self.folder if address.startswith("/") else path.rpartition("/")[0]
        place = joined(folder, address.lstrip("/"))
        return place if place is not None and place in self.site.paths else None

    def is_doubtful(self, url: str) -> bool:
        return url.startswith(("site_libs/", "listings")) or "_files/" in url or url.endswith("_cache")

    def is_shown(self, path: str) -> bool:
        inner = path[len(self.folder) :]
        return not inner.startswith((self.output, "_extensions/")) and not inner.rpartition("/")[2].startswith("_")
