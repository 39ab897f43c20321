"""Where a site begins, and which files it has: all of them, as a link may lead to any.

A site begins at the nearest folder upwards that holds the configuration of a generator, but not above that of sitecheck
or the root of the repository. A page for which there is none of these is a site by itself, with the files around it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from sitecheck.files import HUGO
from sitecheck.rule import UserError

HUGO_FOLDERS = ("content", "layouts", "static", "themes", "archetypes")
"""`config.toml` and its like configure many programs. Beside one of these it is Hugo's."""

GENERATORS: dict[str, tuple[str, ...]] = {
    **{name: () if name.startswith("hugo") else HUGO_FOLDERS for name in HUGO},
    "_config.yml": (), "_config.toml": (),  # Jekyll
    "_quarto.yml": (), "_quarto.yaml": (),
    "mkdocs.yml": (), "mkdocs.yaml": (),
    "conf.py": ("index.rst", "index.md", "index.ipynb", "_static", "_templates"),  # Sphinx
    "myst.yml": (),
    "pelicanconf.py": (),
    "astro.config.mjs": (), "astro.config.ts": (),
    "docusaurus.config.js": (), "docusaurus.config.ts": (),
    "eleventy.config.js": (), ".eleventy.js": (), "eleventy.config.mjs": (),
    "gatsby-config.js": (), "gatsby-config.ts": (),
    "next.config.js": (), "next.config.mjs": (), "next.config.ts": (),
}  # fmt: skip
"""The files that tell a generator, and the files or folders of which one must stand beside (none: always)."""

HUGO_CONFIG = "config/_default"

FOREIGN = frozenset((".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "site-packages"))
"""Folders that hold nothing of a site, and often a great deal."""

MOST_FILES = 200_000
MOST_FILES_ASTRAY = 20_000
"""Of a folder that nothing says is a site: it may be somebody's whole disk."""


def site_root(folder: str, top: str, is_site: Callable[[str], bool]) -> str:
    """The root of the site that a folder belongs to. `top` is the highest that is possible; empty: none is known.

    All are real paths. `is_site` is the function below, which may remember its answers.
    """
    step = folder
    while not is_site(step):
        parent = os.path.dirname(step)
        if step == top or is_repository(step):
            return step
        if parent == step:
            return folder
        step = parent
    return step


def is_repository(folder: str) -> bool:
    """Whether it is the root of a repository."""
    return os.path.lexists(os.path.join(folder, ".git"))


def is_site(folder: str) -> bool:
    """Whether a generator makes a site of the folder."""
    try:
        names = set(os.listdir(folder))
    except OSError:
        return False
    if "config" in names and os.path.isdir(os.path.join(folder, HUGO_CONFIG)):
        names.add(HUGO_CONFIG)
    return any(name in names and (not beside or not names.isdisjoint(beside)) for name, beside in GENERATORS.items())


def files_below(root: str) -> frozenset[str] | None:
    """Every file below a folder, relative to it, with `/`. None where there are too many for a site.

    A link to a folder is followed if it stays below the root, as a server would; and never in a circle.
    """
    marked = is_site(root) or is_repository(root)
    limit = MOST_FILES if marked else MOST_FILES_ASTRAY
    found: list[str] = []
    for path in _walk(root):
        found.append(path)
        if len(found) > limit:
            return None
    return frozenset(found)


def _walk(root: str) -> Iterator[str]:
    pending: list[tuple[str, str, tuple[str, ...]]] = [(root, "", (os.path.realpath(root),))]
    while pending:
        folder, inside, above = pending.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:  # a folder that may not be read holds nothing that is known
            continue
        for entry in entries:
            if not entry.is_dir():
                yield inside + entry.name
            elif entry.name not in FOREIGN:
                real = os.path.realpath(entry.path) if entry.is_symlink() else ""
                if real and not (real.startswith(os.path.join(above[0], "")) and real not in above):
                    continue
                pending.append((entry.path, f"{inside}{entry.name}/", (*above, real) if real else above))


def listed(file: str) -> frozenset[str]:
    """The files that a list names, one path a line, relative to the folder of the list.

    Raises UserError where it cannot be read.
    """
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as lines:
            paths = {line.rstrip("\r\n").replace("\\", "/").removeprefix("./") for line in lines}
    except OSError as error:
        raise UserError(f"{file}: the list of the site's files cannot be read: {error.strerror}") from error
    return frozenset(path for path in paths if path and not path.endswith("/"))
