"""What is told of works that a page lists twice, and of identifiers that stand with two works."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitecheck.cli import main

FAMILIES = ("Lin", "Roe", "Bohm", "Ortega", "Sato", "Weiss", "Novak", "Haddad", "Keller", "Duarte", "Mori", "Becker")


def told(folder: Path, capsys: pytest.CaptureFixture[str], rule: str, text: str, name: str = "page.md") -> list[str]:
    """The findings of a rule on a page."""
    (folder / name).write_text(text, encoding="utf-8")
    main(["--format", "concise", "--no-cache", "--select", rule, str(folder / name)])
    return [line for line in capsys.readouterr().out.splitlines() if rule in line]


def listed(authors: list[str]) -> str:
    """A list of papers by topic, the first one under both topics."""
    entries = [
        f'- {names}. "Growth of kelp number {k} in the sea." ECCV, 2020.' for k, names in enumerate(authors, start=100)
    ]
    return "\n".join(["# Papers", "", "## Kelp", "", *entries, "", "## The sea", "", entries[0], ""])


def test_a_list_of_what_others_wrote_names_a_paper_under_each_topic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = [f"A. {one} and B. {one}son" for one in FAMILIES]
    own = [f"A. {one} and M. Kowalska" for one in FAMILIES]

    [of_others] = told(tmp_path, capsys, "duplicate-citation", listed(others))
    [of_one] = told(tmp_path, capsys, "duplicate-citation", listed(own))

    assert "info" in of_others
    assert "warning" in of_one


@pytest.mark.parametrize(("year", "findings"), [("arXiv, 2020", 0), ("ECCV, 2020", 1)])
def test_a_preprint_may_have_got_another_title_where_nobody_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str, findings: int
) -> None:
    text = f"""# Awesome kelp

- **Growth of brown kelp in cold water**, {year}. [[Paper]](https://arxiv.org/abs/2001.01234)
- **Sand dunes and the wind on Mars**, ECCV, 2020. [[Paper]](https://arxiv.org/abs/2001.01234)
"""
    assert len(told(tmp_path, capsys, "shared-identifier", text)) == findings


@pytest.mark.parametrize(("field", "findings"), [("bdsk-url-1", 0), ("url", 1)])
def test_what_bibdesk_keeps_for_itself_names_no_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, findings: int
) -> None:
    text = f"""
@article{{a, title = {{Growth of brown kelp in cold water}}, author = {{Ann Lin}}, journal = {{Botany}}, year = 2020,
  {field} = {{https://kelp.example/a.pdf}}}}
@article{{b, title = {{Sand dunes and the wind on Mars}}, author = {{Ann Lin}}, journal = {{Botany}}, year = 2021,
  {field} = {{https://kelp.example/a.pdf}}}}
"""
    assert len(told(tmp_path, capsys, "shared-identifier", text, "a.bib")) == findings


def test_many_versions_on_one_page_are_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def listed_twice(number: int) -> str:
        papers = [f'A. Lin and C. Roe. "Growth of kelp number {k} in the sea."' for k in range(100, 100 + number)]
        entries = [f"- {paper} {venue}" for paper in papers for venue in ("arXiv, 2020.", "Journal of Kelp, 2021.")]
        return "\n".join(["# Papers", "", *entries, ""])

    assert len(told(tmp_path, capsys, "duplicate-version", listed_twice(4))) == 4
    [line] = told(tmp_path, capsys, "duplicate-version", listed_twice(7))
    assert "7 works are listed in two versions; this is the journal version" in line
