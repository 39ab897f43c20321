"""A repository that is read at GitHub, GitLab and the like: a list, a program, a course."""

from __future__ import annotations

from sitecheck.generators import slugs
from sitecheck.generators.address import within_site
from sitecheck.generators.generator import Generator
from sitecheck.generators.repository import on_forge
from sitecheck.generators.resolution import FOUND, UNKNOWN, Resolution

BY_FORGE = (".md", ".markdown", ".rst", ".org", ".txt")
"""What a forge shows as a page; HTML it shows as source, and only its owner knows where that is published"""


class Forge(Generator):
    slug_rules = (slugs.github, slugs.gitlab)
    slugs_in_html = True

    def resolve(self, path: str, written: str) -> Resolution:
        address = within_site(written)
        if address is None or not path.lower().endswith(BY_FORGE):
            return Resolution(UNKNOWN)
        found = on_forge(self.site, path, address.path) if address.path else Resolution(FOUND, path)
        return found._replace(fragment=address.fragment) if found.state == FOUND else found

    def _is_for_forge(self, path: str) -> bool:
        return True

    def is_shown(self, path: str) -> bool:
        return path.lower().endswith(BY_FORGE)
