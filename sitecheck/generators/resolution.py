"""What became of an address."""

from __future__ import annotations

from typing import NamedTuple

FOUND, MISSING, UNKNOWN = "found", "missing", "unknown"


class Resolution(NamedTuple):
    """Where an address leads, or what it looks for in vain; `unknown` is what cannot be judged."""

    state: str
    path: str | None = None
    """found: the file that the visitor is shown, relative to the site's root, if it is known which"""
    wanted: str = ""
    """missing: what was looked for, as a path from the root of the published site"""
    fragment: str = ""
    """found: what is looked for on the page, if it is for a page to have it"""

    @property
    def is_missing(self) -> bool:
        return self.state == MISSING
