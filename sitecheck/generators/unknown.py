"""A site made by a program whose ways are not known here (Next, Astro, Docusaurus, ...): most of it is not judged."""

from __future__ import annotations

from collections.abc import Iterator

from sitecheck.generators import slugs
from sitecheck.generators.address import suffix
from sitecheck.generators.generator import Generator

COPIED = ("public/", "static/", "source/", "src/", "src/static/", "src/assets/", "assets/", "docs/", "")
PICTURES = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "mp4"))


class Unknown(Generator):
    slug_rules = (slugs.github, slugs.gitlab, slugs.goldmark, slugs.python_markdown, slugs.kramdown, slugs.docutils)

    def published(self) -> Iterator[tuple[str, str]]:
        for path in self.inside():
            yield from ((path.removeprefix(folder), path) for folder in COPIED if path.startswith(folder))

    def bases(self, path: str) -> Iterator[str]:
        return iter(())

    def base_path(self) -> str | None:
        return None

    def is_doubtful(self, url: str) -> bool:
        """Only a picture or document that is missing among others of its folder is sure to be missing."""
        folder, _, _ = url.rpartition("/")
        among_others = folder and any(path.startswith(f"{self.folder}public/{folder}/") for path in self.site.paths)
        return suffix(url) not in PICTURES or not among_others
