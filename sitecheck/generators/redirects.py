"""Addresses that the server is told to redirect or rewrite."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitecheck.generators.address import suffix

if TYPE_CHECKING:
    from sitecheck.site import Site

FILES = ("_redirects", "static/_redirects", "public/_redirects", ".htaccess", "static/.htaccess", "netlify.toml",
         "vercel.json", "firebase.json", "nginx.conf", "_quarto.yml", "mkdocs.yml")  # fmt: skip
REWRITES = re.compile(r"\bRewriteRule\b|\bRedirectMatch\b|\bMultiViews\b|\"rewrites\"|/\*")


class Redirects:
    """What the files say that tell a server of redirects."""

    def __init__(self, site: Site, folder: str) -> None:
        self.text = "\n".join(site.text(folder + file) for file in FILES if folder + file in site.paths)
        self.rewrites = REWRITES.search(self.text) is not None

    def gives(self, url: str) -> bool:
        """Whether the server may answer an address that no file has."""
        if not self.text:
            return False
        return url in self.text or (self.rewrites and suffix(url) in ("", "html", "htm", "php"))
