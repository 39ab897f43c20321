"""MkDocs: docs/ becomes the site, links to its sources are translated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sitecheck.generators import slugs
from sitecheck.generators.generator import PAGES, Generator
from sitecheck.generators.settings import settings, text_of
from sitecheck.generators.urls import joined

WRITING_PLUGINS = (
    "api-autonav", "autoapi", "autorefs", "blog", "ezlinks", "gallery", "gen-files", "i18n", "literate-nav", "macros",
    "mkdocstrings", "monorepo", "multirepo", "roamlinks", "same-dir", "wikilinks",
)  # fmt: skip
"""Those that write pages without a source, or take links for something else"""


class MkDocs(Generator):
    slug_rules = (slugs.python_markdown, slugs.python_markdown_unicode, slugs.github)

    @cached_property
    def config(self) -> dict[str, Any]:
        found = settings(self.site, f"{self.folder}mkdocs.yml")
        return found or settings(self.site, f"{self.folder}mkdocs.yaml")

    @cached_property
    def docs(self) -> str:
        named = (text_of(self.config.get("docs_dir")) or "docs").strip("./")
        return f"{named}/" if named else ""

    def published(self) -> Iterator[tuple[str, str]]:
        for path in self.inside():
            if path.startswith(self.docs):
                url = path.removeprefix(self.docs)
                stem, _, suffix = url.rpartition(".")
                is_page = f".{suffix}".lower() in PAGES
                yield (stem if is_page else url), path
                if is_page and stem.rpartition("/")[2] in ("README", "index"):
                    yield stem.rpartition("/")[0], path

    def bases(self, path: str) -> Iterator[str]:
        """As Markdown reads an address, beside the source, and as a browser reads one in HTML, from a folder deeper."""
        url = path[len(self.folder) :].removeprefix(self.docs)
        yield url.rpartition("/")[0]
        yield url.rpartition(".")[0]

    def from_source(self, path: str, address: str) -> str | None:
        folder = self.folder + self.docs if address.startswith("/") else path.rpartition("/")[0]
        place = joined(folder, address.lstrip("/"))
        return place if place is not None and place in self.site.paths else None

    def is_shown(self, path: str) -> bool:
        return path.startswith(self.folder + self.docs)

    def is_whole(self, path: str) -> bool:
        """Whether nothing but the page's own headings and the usual rule make its anchors."""
        toc = str(self.config.get("markdown_extensions", ""))
        return (
            not self._is_written_by_plugins and not ("slugify" in toc or "separator" in toc) and super().is_whole(path)
        )

    def base_path(self) -> str | None:
        url = text_of(self.config.get("site_url"))
        return url.partition("//")[2].partition("/")[2].strip("/") if url else super().base_path()

    @cached_property
    def _is_written_by_plugins(self) -> bool:
        plugins = str(self.config.get("plugins", ""))
        return "hooks" in self.config or any(plugin in plugins for plugin in WRITING_PLUGINS)

    def is_doubtful(self, url: str) -> bool:
        return self._is_written_by_plugins or url.startswith(("assets/", "overrides/", "tags"))
