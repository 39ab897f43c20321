"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitecheck.late import late


def test_it_does_what_a_compiled_one_does() -> None:
    pattern = late(r"(k)elp", re.IGNORECASE)
    match = pattern.search("cold Kelp", 2)
    assert match is not None
    assert match.span(1) == (5, 6)
    assert pattern.sub("", "Kelp, kelp") == ", "
    assert [*pattern.finditer("kelp kelp")][1].start() == 5
    assert pattern.pattern == "(k)elp"
    assert pattern.groups == 1


def test_what_no_pattern_has_it_has_not() -> None:
    with pytest.raises(AttributeError):
        getattr(late("kelp"), "nothing")  # noqa: B009  # mypy knows that there is no such thing


def test_a_page_without_citations_loads_nothing_that_finds_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Kelp\n\nWe grow it.\n")
    script = (
        "import sys; from sitecheck.cli import main; main(['--no-cache', sys.argv[1]]);"
        "print(*[name for name in sys.modules if name.startswith('sitecheck.citations.')])"
    )
    done = subprocess.run([sys.executable, "-c", script, page], capture_output=True, text=True, check=True)
    loaded = {name.rpartition(".")[2] for name in done.stdout.splitlines()[-1].split()}
    quick = {"acronyms", "old_names", "venue_table"}  # which have a quick test of their own
    assert loaded <= {"cited", "finding", "citation", *quick}
