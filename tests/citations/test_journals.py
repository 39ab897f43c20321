"""Journals that are known by the list of names and abbreviations."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitecheck.citations.journals import is_journal, journal
from sitecheck.citations.venue_table import table
from sitecheck.citations.venues import is_venue, written
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.source import Source


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Clin Exp Pharmacol Physiol", "Clinical and experimental pharmacology & physiology"),
        ("Pflugers Arch.", "Pflugers Archiv (European Journal of Physiology)"),
        ("Z. Angew. Math. Mech.", "Zeitschrift fur Angewandte Mathematik und Mechanik"),
        ("G. Gerontol.", "Giornale di Gerontologia"),
    ],
)
def test_a_name_and_its_abbreviation_are_one_journal(short: str, long: str) -> None:
    assert written(short).key == written(long).key
    assert is_venue(short)
    assert is_venue(long)


def test_an_abbreviation_leads_to_a_journal_of_the_table() -> None:
    assert (
        written("Nat Commun").venue == table().names["nature communications"] == written("Nature Communications").venue
    )


def test_an_abbreviation_of_two_journals_means_neither() -> None:
    assert journal("Ann. Phys.") == ""
    assert journal("Annalen der Physik") == "annalen der physik"


@pytest.mark.parametrize("name", ["Science", "Cell", "Heart", "Methods", "Sleep", "the", "", "A", "&", "|", "Lancet|"])
def test_a_word_is_no_journal(name: str) -> None:
    assert not is_journal(name)
    assert not is_venue(name) or name in ("Science", "Cell")  # which the table has


@pytest.mark.parametrize("name", ["Physical Review A", "Phys. Rev. A", "J. Phys. A: Math. Gen.", "J. Exp. Zool. [A]"])
def test_series_a_is_not_taken_for_the_journal(name: str) -> None:
    assert journal(name) == ""


def test_only_the_whole_text_and_a_capital_make_a_journal() -> None:
    assert is_journal("Soft Matter")
    assert not is_journal("soft matter")
    assert not is_journal("Soft Matter Physics of Kelp")


def test_it_is_the_venue_of_a_reference_without_mark_up() -> None:
    page = Page(Source("a.md", b"- M. Curie, L. Meitner. Kelp at rest in cold water. Soft Matter, 2021.\n"), read)
    (citation,) = page.citations
    assert citation.venue is not None
    assert citation.venue.value == "Soft Matter"


def test_a_page_without_citations_does_not_load_the_list(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Kelp grows in Paris, in 2020.\n", encoding="utf-8")
    code = (
        "import sys; from sitecheck.cli import main; main(['--select', 'inconsistent-venue', '--no-cache', 'a.md']);"
        "sys.exit('marisa_trie' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=dict(os.environ), check=False).returncode == 0
