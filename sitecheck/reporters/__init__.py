"""How findings are shown. A file in this folder is a format of the same name; those with an underscore serve them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitecheck.explain import RuleText
    from sitecheck.finding import Diagnostic, Place
    from sitecheck.online import CheckedLink
    from sitecheck.source import Source


class Results(NamedTuple):
    """All that a run has to tell."""

    diagnostics: tuple[Diagnostic, ...]
    """sorted by `Diagnostic.order`"""
    files: int
    """how many were read"""
    seconds: float
    """how long the run took"""
    sources: Callable[[str], Source]
    """the file of a finding's path, to show its lines. Asked once in a row for each; may raise OSError."""
    fixed: int = 0
    """how many findings were mended, and are not among `diagnostics`"""
    statistics: bool = False
    """whether to count the findings of each rule"""
    changed: Callable[[Place], bool] | None = None
    """whether a place touches a line that was changed; None where nobody knows. Where there is room for some findings
    only, those that do come first."""
    rules: Callable[[], Iterable[RuleText]] = tuple
    """what is told of the rules that ran. Asked by the formats that tell it, and by no other."""
    root: str = ""
    """the folder of the repository, where the caller knows it: CI servers want paths from there"""
    hidden: int = 0
    """how many more there are that nobody wants to see: old ones, or on lines that did not change"""
    notes: tuple[str, ...] = ()
    """what else a person should know of the run: a sentence each, lower case and without full stop"""
    links: tuple[CheckedLink, ...] = ()
    """what the web said of the links, if it was asked"""
    homepage: str = ""
    """the address of the program's documents, with a `/` at its end; `rules/mojibake.md` is found from there"""


def reread(results: Results) -> Callable[[str], Source | None]:
    """The file of a path, or None where it cannot be read any more. Findings of one file come in a row."""
    last: tuple[str | None, Source | None] = (None, None)

    def source(path: str) -> Source | None:
        nonlocal last
        if path != last[0]:
            try:
                last = (path, results.sources(path))
            except OSError:
                last = (path, None)
        return last[1]

    return source


class Display(NamedTuple):
    """What the place that a report goes to can do."""

    color: bool = False
    """whether it understands the escape sequences for colours"""
    width: int = 80
    """in columns"""
    links: bool = False
    """whether it understands OSC 8 hyperlinks"""


def _formats() -> tuple[str, ...]:
    stems = (file.removesuffix(".py") for file in os.listdir(os.path.dirname(__file__)) if file.endswith(".py"))
    return tuple(sorted((stem for stem in stems if not stem.startswith("_")), key=lambda stem: (stem != "text", stem)))


FORMATS = _formats()
"""The names of all formats. The first is for people, and the default."""


def report(
    format: str, results: Results, out: TextIO, *, color: bool = False, width: int = 80, links: bool = False
) -> None:
    """Write the results to `out` in one of `FORMATS`. Only that format's module is imported.

    Raises UserError where there is no such format.
    """
    if format not in FORMATS:
        from sitecheck.rule import UserError

        raise UserError(f"there is no format {format!r}; choose one of {', '.join(FORMATS)}")
    from importlib import import_module

    import_module(f"sitecheck.reporters.{format}").report(results, out, Display(color, width, links))
