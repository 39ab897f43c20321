"""Plain HTML: a web server gives the files as they are."""

from __future__ import annotations

from sitecheck.generators.generator import Generator


class Plain(Generator):
    """What `Generator` does by itself."""
