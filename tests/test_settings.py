"""Words, a dialect and patterns: what the user tells single rules, through the whole program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sitecheck.cli import main
from sitecheck.spelling.dialect import other_spellings

PAGE = "We study new techiques with Fasttrak, whose colour and labor matter.\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The messages of misspelling and its kin."""
    main(["--no-cache", "--format", "concise", "--select", "misspelling,wrong-preposition", *arguments, "page.md"])
    return [line.split("] ", 1)[1] for line in capsys.readouterr().out.splitlines() if line.startswith("page.md")]


TYPO = "[~] 'techiques' is misspelt: 'techniques'"


def test_words_of_the_configuration(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys) == [TYPO]
    (site / "sitecheck.toml").write_text('words = ["Techiques"]\n', encoding="utf-8")
    assert found(capsys) == []


def test_words_in_a_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "words.txt").write_text("# ours\n\nTechiques  # a brand\n", encoding="utf-8")
    assert found(capsys) == []
    (site / "words.txt").write_bytes(b"\xff\xfe\x00")
    assert main(["page.md"]) == 2
    assert "words.txt: the list of words cannot be read" in capsys.readouterr().err


def test_a_word_is_added(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "sitecheck.toml").touch()
    (site / "words.txt").write_text("one", encoding="utf-8")
    assert main(["--add-word", "techiques", "--add-word", "one"]) == 0
    assert capsys.readouterr().out == "words.txt: added 'techiques'\n"
    assert (site / "words.txt").read_text(encoding="utf-8") == "one\ntechiques\n"
    assert found(capsys) == []
    assert main(["--add-word", "Techiques"]) == 0
    assert capsys.readouterr().out == "words.txt: nothing to add\n"


@pytest.mark.parametrize(
    ("dialect", "said"),
    [
        ("en-GB", "[~] 'labor' is not the spelling of en-GB: 'labour'"),
        ("en-US", "[~] 'colour' is not the spelling of en-US: 'color'"),
    ],
)
def test_a_dialect_makes_the_other_one_info(
    site: Path, capsys: pytest.CaptureFixture[str], dialect: str, said: str
) -> None:
    (site / "sitecheck.toml").write_text(f'dialect = "{dialect}"\n', encoding="utf-8")
    assert found(capsys) == [TYPO, said]


def test_oxford_spelling_is_british() -> None:
    british = other_spellings("en-GB")
    assert "organize" not in british
    assert british["analyze"] == "analyse"
    assert other_spellings("en-US")["organise"] == "organize"


def test_patterns_of_the_users_own(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "sitecheck.toml").write_text('patterns = "ours.toml"\n', encoding="utf-8")
    assert main(["page.md"]) == 2
    assert "ours.toml: the patterns cannot be read" in capsys.readouterr().err
    (site / "ours.toml").write_text(
        '[[wrong-preposition]]\nmatch = "techiques with"\nmessage = "no"\nwrong = ["techiques with"]\n',
        encoding="utf-8",
    )
    assert "'techiques with': no" in found(capsys)


def test_a_dialect_that_does_not_exist(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "sitecheck.toml").write_text('dialect = "en-UK"\n', encoding="utf-8")
    assert main(["page.md"]) == 2
    assert "'dialect' must be one of en-GB, en-US, not 'en-UK'" in capsys.readouterr().err


def test_the_site_itself_tells_what_is_meant(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "page.md").write_text("We made a surfel representation.\n", encoding="utf-8")
    before = found(capsys)
    (site / "sitecheck.toml").touch()
    (site / "other.md").write_text("A surfel is small. Every surfel has a place.\n", encoding="utf-8")
    assert (len(before), found(capsys)) == (1, [])


def test_add_word_takes_one_word_and_says_so(tmp_path: Path) -> None:
    for arguments, told in (
        (["--add-word", "two words"], "'two words' is none"),
        (["--add-word", "one", "two", "three"], "give the option for each"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "sitecheck", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (2, f"sitecheck: --add-word takes one word at a time: {told}\n")
    assert list(tmp_path.iterdir()) == []


def test_the_users_own_patterns_are_no_page(tmp_path: Path) -> None:
    (tmp_path / "sitecheck.toml").write_text('patterns = "patterns.toml"\n', "utf-8")
    (tmp_path / "patterns.toml").write_text(
'[[wrong-preposition]]\nmatch = "enrolled to"\ninstead = "enrolled in"\nmessage = "one is enrolled in something"\n'
        'right = ["enrolled in it"]\nwrong = ["enrolled to it, interested into it"]\n', "utf-8",
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", "--format", "concise", "."],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "patterns.toml:" not in done.stdout + done.stderr
