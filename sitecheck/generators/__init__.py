"""How the generators of static sites map sources to what they publish: one module for each."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sitecheck.generators.generator import Generator as Generator
    from sitecheck.site import Site


class Mark(NamedTuple):
    """A file that tells which generator makes a site."""

    file: re.Pattern[str]
    module: str
    class_name: str
    beside: str = ""
    """what the folder of the file must hold as well: the start of a path"""


def _mark(pattern: str, module: str, class_name: str, beside: str = "") -> Mark:
    return Mark(re.compile(rf"(?P<folder>(?:[^/]+/)?){pattern}"), module, class_name, beside)


MARKS = (
    _mark(r"pelicanconf\.py", "pelican", "Pelican"),
    _mark(r"mkdocs\.ya?ml", "mkdocs", "MkDocs"),
    _mark(r"_quarto\.ya?ml", "quarto", "Quarto"),
    _mark(r"hugo\.(?:toml|ya?ml|json)", "hugo", "Hugo"),
    _mark(r"config/_default/(?:hugo|config)\.(?:toml|ya?ml|json)", "hugo", "Hugo"),
    _mark(
        r"(?:next|astro|nuxt|gatsby|docusaurus|svelte|eleventy|\.eleventy|vite|vue|gridsome)[.-]?(?:config)?\.(?:m?[jt]s|cjs)",
        "unknown",
        "Unknown",
    ),
    _mark(r"(?:quartz|vitepress|\.vitepress/config)\.(?:config\.)?(?:m?[jt]s|json|ya?ml)", "unknown", "Unknown"),
    _mark(r"config\.(?:toml|ya?ml|json)", "hugo", "Hugo", "content/"),
    _mark(
        r"(?:_bookdown\.yml|myst\.yml|book\.toml|[\w.-]+\.lektorproject|site\.hs|Gruntfile\.js|gulpfile\.js)",
        "unknown",
        "Unknown",
    ),
    _mark(r"_site\.yml", "quarto", "Quarto"),
    _mark(r"_toc\.yml", "sphinx", "Sphinx"),
    _mark(r"_config\.ya?ml", "unknown", "Unknown", "scaffolds/"),
    _mark(r"_config\.ya?ml", "jekyll", "Jekyll"),
    _mark(r"conf\.py", "unknown", "Unknown", "posts/index"),
    _mark(r"conf\.py", "sphinx", "Sphinx", "index."),
)
"""The surest first."""
MARKING = (".py", ".yml", ".yaml", ".toml", ".json", ".js", ".ts", ".mjs", ".mts", ".cjs", ".hs", ".lektorproject")
"""How the files end that may be marks: cheap to ask of every path."""


def detect(site: Site) -> Generator:
    """The generator of a site, told from the names of its files."""
    best: tuple[int, int, Mark, str] | None = None
    for path in site.paths:
        if not path.endswith(MARKING) or path.count("/") > MAX_DEPTH:
            continue
        for rank, mark in enumerate(MARKS):
            match = mark.file.fullmatch(path)
            if match is None or not _is_beside(site, match["folder"] + mark.beside):
                continue
            depth = match["folder"].count("/")
            if best is None or (depth, rank) < best[:2]:
                best = (depth, rank, mark, match["folder"])
            break
    if best is None:
        return _without_generator(site)
    _, _, mark, folder = best
    return _load(mark.module, mark.class_name, site, folder)


MAX_DEPTH = 3
"""slashes in the path of a file that tells a generator"""
SERVED = ("", "docs/", "public/", "www/", "site/", "htdocs/", "html/")
"""Folders that are published as they are"""
INDEXES = ("index.html", "index.htm", "index.php", "index.shtml")


def _without_generator(site: Site) -> Generator:
    if "package.json" in site.paths and any(path.startswith(("src/", "public/", "app/")) for path in site.paths):
        return _load("unknown", "Unknown", site, "")
    for folder in SERVED:
        if any(f"{folder}{index}" in site.paths for index in INDEXES):
            return _load("plain", "Plain", site, folder)
    return _load("forge", "Forge", site, "")


def _is_beside(site: Site, start: str) -> bool:
    return not start or start in site.paths or any(path.startswith(start) for path in site.paths)


def _load(module: str, class_name: str, site: Site, folder: str) -> Generator:
    folder = "" if module == "unknown" else folder
    generator: type[Generator] = getattr(import_module(f"sitecheck.generators.{module}"), class_name)
    return generator(site, folder)
