"""Files that a site may have though they are not here: git ignores them, or another repository has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitecheck.files import is_readable
from sitecheck.generators.address import suffix

if TYPE_CHECKING:
    from sitecheck.site import Site

SUBMODULE = re.compile(r"^\s*path\s*=\s*(.+?)/?\s*$", re.MULTILINE)
SOURCES = ("", "static/", "assets/", "content/", "public/", "docs/", "source/")
"""Where a published file may lie in the repository"""


def may_be_absent(site: Site, path: str) -> bool:
    """Whether a file that is not among the site's may be there nevertheless."""
    if suffix(path) and not is_readable(path) and not site.memo("more than pages", _is_more_than_pages):
        return True
    return site.memo("absent", Absent).holds(path)


def _is_more_than_pages(site: Site) -> bool:
    """Whether the site has files that sitecheck does not read: else it is an export of those that it does."""
    return any(suffix(path) and not is_readable(path) for path in site.paths)


class Absent:
    """What git ignores, and what lies in submodules."""

    def __init__(self, site: Site) -> None:
        from sitecheck.gitignore import Patterns

        self.submodules = tuple(f"{path}/" for path in SUBMODULE.findall(site.text(".gitmodules")))
        ignoring = (path for path in site.paths if path == ".gitignore" or path.endswith("/.gitignore"))
        self.ignored = [(path[: -len(".gitignore")], Patterns(site.text(path).splitlines())) for path in ignoring]

    def holds(self, path: str) -> bool:
        """Whether a file of the published site may be among them."""
        return any(self._holds(folder + path) for folder in SOURCES)

    def _holds(self, path: str) -> bool:
        return path.startswith(self.submodules) or any(
            path.startswith(folder) and patterns.covers(path[len(folder) :]) for folder, patterns in self.ignored
        )
