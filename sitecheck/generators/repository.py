"""A repository as a forge (GitHub, GitLab and the like) shows it: links lead from file to file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitecheck.generators.absent import may_be_absent
from sitecheck.generators.address import suffix
from sitecheck.generators.resolution import FOUND, MISSING, UNKNOWN, Resolution
from sitecheck.generators.urls import Urls, joined
from sitecheck.late import late

if TYPE_CHECKING:
    from sitecheck.site import Site

FORGE_PAGES = late(
    r"(?:.*/)?(?:README|CONTRIBUTING|CHANGELOG|CHANGES|HISTORY|LICEN[CS]E|CODE_OF_CONDUCT|SECURITY|SUPPORT|INSTALL"
    r"|CUSTOMIZE|FAQ|AUTHORS|CLAUDE|AGENTS|TODO|NEWS)(?:[._-][\w-]+)*\.(?:md|markdown|rst|txt)|\.git(?:hub|lab)/.*",
    re.IGNORECASE,
)
"""What is written for the forge rather than for the site."""
FORM = late(r"(?:^|/)(?:ISSUE|PULL_REQUEST|MERGE_REQUEST|DISCUSSION)_TEMPLATE", re.IGNORECASE)
"""What a forge shows as a part of its own pages"""
FORGE_ROUTE = late(
    r"(?:.*/)?(?:issues|pulls?|wiki|releases|actions|blob|tree|raw|commits?|compare|discussions|projects|stargazers"
    r"|network|milestones|labels|graphs|tags|branches|edit|new|archive|-)(?:/|$)"
)
"""The pages of a forge that are no files"""


def is_forge_page(path: str) -> bool:
    return FORGE_PAGES.fullmatch(path) is not None


def on_forge(site: Site, path: str, address: str) -> Resolution:
    """What the forge shows for an address in a file of the repository."""
    if FORM.search(path):
        return Resolution(UNKNOWN)
    absolute = address.startswith("/")
    wanted = joined("" if absolute else path.rpartition("/")[0], address.lstrip("/"))
    if wanted is None:  # `../../issues` is a page of the forge
        return Resolution(UNKNOWN)
    if not wanted or wanted in site.memo("folders", _folders):
        return Resolution(FOUND)
    if wanted in site.paths or (not wanted.isascii() and site.memo("repository", _files).find(wanted) is not None):
        return Resolution(FOUND, wanted)
    if FORGE_ROUTE.match(wanted) or may_be_absent(site, wanted):
        return Resolution(UNKNOWN)
    if _may_be_of_a_site(site, wanted, absolute=absolute):
        return Resolution(UNKNOWN)
    return Resolution(MISSING, wanted=wanted)


def _may_be_of_a_site(site: Site, wanted: str, *, absolute: bool) -> bool:
    """Whether it is no file's path, but the address of a page of a site that is made of the repository."""
    if suffix(wanted) not in ("", "html", "htm"):
        return False
    stem = wanted.rpartition(".")[0] if suffix(wanted) else wanted
    return absolute or any(f"{stem}{ending}" in site.paths for ending in (".md", ".rst", ".html"))


def _folders(site: Site) -> set[str]:
    return site.memo("repository", _files).folders


def _files(site: Site) -> Urls:
    return Urls((path, path) for path in site.paths)
