"""MDX: Markdown with expressions, imports and components of JSX in it."""

from __future__ import annotations

from sitecheck.page import Reading
from sitecheck.readers import markdown
from sitecheck.text import Text


def read(text: Text, reading: Reading) -> None:
    """Read a page, with front matter or without."""
    markdown.read(text, reading, mdx=True)
