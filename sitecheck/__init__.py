"""Linter and link checker for academic pages. What a rule's author needs is here; each name is loaded on first use,
and a function when it is first called."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sitecheck.citations.acronyms import LostCapitals as LostCapitals
    from sitecheck.citations.acronyms import lost_capitals as lost_capitals
    from sitecheck.citations.bibtex import BrokenEntry as BrokenEntry
    from sitecheck.citations.bibtex import broken_entries as broken_entries
    from sitecheck.citations.citation import Citation as Citation
    from sitecheck.citations.citation import Identifier as Identifier
    from sitecheck.citations.collection_venues import venues_of_collection as venues_of_collection
    from sitecheck.citations.old_names import given_up_name as given_up_name
    from sitecheck.citations.old_names import old_name_pattern as old_name_pattern
    from sitecheck.citations.punctuation import PunctuationSlip as PunctuationSlip
    from sitecheck.citations.punctuation import punctuation_slips as punctuation_slips
    from sitecheck.citations.repeats import Repeat as Repeat
    from sitecheck.citations.repeats import places_of_repeats as places_of_repeats
    from sitecheck.citations.repeats import repeats_in as repeats_in
    from sitecheck.citations.repeats import repeats_over_files as repeats_over_files
    from sitecheck.citations.shared import SharedIdentifier as SharedIdentifier
    from sitecheck.citations.shared import shared_identifiers as shared_identifiers
    from sitecheck.citations.shared_over_files import SharedInFiles as SharedInFiles
    from sitecheck.citations.shared_over_files import shared_over_files as shared_over_files
    from sitecheck.citations.spelt_names import TwoSpellings as TwoSpellings
    from sitecheck.citations.spelt_names import two_spellings as two_spellings
    from sitecheck.citations.style import OddEntry as OddEntry
    from sitecheck.citations.style import OddForms as OddForms
    from sitecheck.citations.style import odd_forms as odd_forms
    from sitecheck.citations.venue_forms import MixedVenue as MixedVenue
    from sitecheck.citations.venue_forms import mixed_venues as mixed_venues
    from sitecheck.citations.venue_forms import most_usual_venue as most_usual_venue
    from sitecheck.citations.venue_forms import quoted_venue as quoted_venue
    from sitecheck.citations.venue_forms import ways_of_venue as ways_of_venue
    from sitecheck.citations.venue_keys import OwnVenues as OwnVenues
    from sitecheck.citations.venue_table import old_venue_names as old_venue_names
    from sitecheck.citations.venue_table import venue_acronyms as venue_acronyms
    from sitecheck.citations.years import YearConflict as YearConflict
    from sitecheck.citations.years import year_conflicts as year_conflicts
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
    "Citation": "citations.citation", "Identifier": "citations.citation",
    "Repeat": "citations.repeats", "repeats_in": "citations.repeats", "repeats_over_files": "citations.repeats",
    "places_of_repeats": "citations.repeats",
    "SharedIdentifier": "citations.shared", "shared_identifiers": "citations.shared",
    "SharedInFiles": "citations.shared_over_files", "shared_over_files": "citations.shared_over_files",
    "quoted_venue": "citations.venue_forms",
    "MixedVenue": "citations.venue_forms", "mixed_venues": "citations.venue_forms",
    "most_usual_venue": "citations.venue_forms", "venues_of_collection": "citations.collection_venues",
    "ways_of_venue": "citations.venue_forms", "OwnVenues": "citations.venue_keys",
    "given_up_name": "citations.old_names", "old_name_pattern": "citations.old_names",
    "old_venue_names": "citations.venue_table", "venue_acronyms": "citations.venue_table",
    "YearConflict": "citations.years", "year_conflicts": "citations.years",
    "LostCapitals": "citations.acronyms",
    "lost_capitals": "citations.acronyms",
    "PunctuationSlip": "citations.punctuation",
    "punctuation_slips": "citations.punctuation",
    "OddEntry": "citations.style", "OddForms": "citations.style", "odd_forms": "citations.style",
    "TwoSpellings": "citations.spelt_names",
    "two_spellings": "citations.spelt_names",
    "BrokenEntry": "citations.bibtex", "broken_entries": "citations.bibtex",
    "Edit": "text", "Span": "text", "Text": "text",
    "Verdict": "verdict",
}  # fmt: skip

__all__ = ["__version__", *sorted(_HOMES)]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    """Import the module that holds a public name only when it is asked for: `--version` needs none of them."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'sitecheck' has no attribute {name!r}")
    value = _late(home, name) if name.islower() else _load(home, name)
    globals()[name] = value
    return value


def _load(home: str, name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(f"sitecheck.{home}"), name)


def _late(home: str, name: str) -> object:
    """A function that is loaded when it is first called: a rule that does not run should cost its own file only."""

    def call(*values: object, **named: object) -> object:
        return _load(home, name)(*values, **named)

    return call
