"""One reader for each format, in the module that `SUFFIXES` names. Each has a function `read(text, reading)`."""

from __future__ import annotations

import os
from importlib import import_module

from sitecheck.page import Reading
from sitecheck.source import Source
from sitecheck.text import Text

SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".qmd": "markdown", ".rmd": "markdown", ".mdx": "mdx",
    ".html": "html", ".htm": "html",
    ".yml": "yaml", ".yaml": "yaml", ".cff": "yaml",
    ".toml": "toml",
    ".bib": "bibtex",
    ".rst": "plain", ".org": "plain", ".txt": "plain",
}  # fmt: skip
"""The files that can be read, in lower case, and by which reader."""


def read(source: Source) -> Reading:
    """Start reading a file: what is wrong with its data is known at once, mark-up is parsed when it is asked for."""
    reading = Reading()
    suffix = os.path.splitext(source.path)[1].lower()
    reader = import_module(f"sitecheck.readers.{SUFFIXES.get(suffix, 'plain')}")
    reader.read(Text.whole(source.text), reading)
    return reading
