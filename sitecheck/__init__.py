"""Linter and link checker for academic pages. What a rule's author needs is here; each name is loaded on first use."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sitecheck.facts import Facts as Facts
    from sitecheck.finding import Finding as Finding
    from sitecheck.finding import Fix as Fix
    from sitecheck.finding import Related as Related
    from sitecheck.finding import Severity as Severity
    from sitecheck.page import Anchor as Anchor
    from sitecheck.page import Block as Block
    from sitecheck.page import Link as Link
    from sitecheck.page import Page as Page
    from sitecheck.patterns import PatternRule as PatternRule
    from sitecheck.rule import Example as Example
    from sitecheck.rule import LinkRule as LinkRule
    from sitecheck.rule import PageRule as PageRule
    from sitecheck.rule import SiteRule as SiteRule
    from sitecheck.site import Site as Site
    from sitecheck.source import Source as Source
    from sitecheck.spelling.dialect import of_other_dialect as of_other_dialect
    from sitecheck.spelling.suspect import Suspect as Suspect
    from sitecheck.spelling.vocabulary import Vocabulary as Vocabulary
    from sitecheck.text import Edit as Edit
    from sitecheck.text import Span as Span
    from sitecheck.text import Text as Text
    from sitecheck.verdict import Verdict as Verdict

__version__ = "0.1.0"

_HOMES = {
    "Facts": "facts",
    "Finding": "finding", "Fix": "finding", "Related": "finding", "Severity": "finding",
    "Anchor": "page", "Block": "page", "Link": "page", "Page": "page",
    "Example": "rule", "LinkRule": "rule", "PageRule": "rule", "SiteRule": "rule",
    "PatternRule": "patterns",
    "Site": "site",
    "Source": "source",
    "Suspect": "spelling.suspect", "Vocabulary": "spelling.vocabulary",
    "of_other_dialect": "spelling.dialect",
    "Edit": "text", "Span": "text", "Text": "text",
    "Verdict": "verdict",
}  # fmt: skip

__all__ = ["__version__", *sorted(_HOMES)]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    """Import the module that holds a public name only when it is asked for: `--version` needs none of them."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'sitecheck' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"sitecheck.{home}"), name)
    globals()[name] = value
    return value
