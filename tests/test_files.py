"""Which files a run reads."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sitecheck.files import EXCLUDED, NOT_PAGES, SKIPPED_FOLDERS, Found, collect, display_name, nothing_to_read
from sitecheck.readers import SUFFIXES

links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test runs."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(*paths: str, text: str = "") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")


def names(found: Found) -> list[str]:
    return [file.display for file in found.files]


def test_a_folder_is_searched_for_every_known_suffix_in_whatever_case() -> None:
    write("a.MD", "sub/deep/b.Rmd", *(f"c{suffix}" for suffix in SUFFIXES), "d.png", "e")
    assert names(collect(["."])) == sorted(["a.MD", "sub/deep/b.Rmd", *(f"c{suffix}" for suffix in SUFFIXES)])


def test_files_come_in_order_whatever_the_order_of_the_arguments() -> None:
    write("b.md", "a/z.md", "a.md")
    assert names(collect(["b.md", "a", "a.md"])) == ["a.md", "a/z.md", "b.md"]


def test_a_file_is_read_once_however_often_it_is_named(site: Path) -> None:
    write("a.md", "sub/b.md")
    assert names(collect([".", "a.md", "./sub/../a.md", str(site / "a.md"), "sub"])) == ["a.md", "sub/b.md"]


def test_paths_are_shown_relative_to_the_working_directory(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.md", "sub/b.md")
    monkeypatch.chdir(site / "sub")
    assert names(collect([str(site)])) == ["../a.md", "b.md"]
    assert all(Path(file.path).is_file() for file in collect([str(site)]).files)


@links
def test_links_to_folders_are_not_followed_and_those_to_files_are_read_at_their_own_place(tmp_path: Path) -> None:
    write("real/a.md", "../outside/b.md", "../outside/c.md")
    Path("loop").symlink_to(".")
    Path("out").symlink_to("../outside")
    Path("aa.md").symlink_to("real/a.md")
    Path("c.md").symlink_to("../outside/c.md")
    Path("broken.md").symlink_to("nowhere.md")
    assert names(collect(["."])) == ["c.md", "real/a.md"]
    assert names(collect(["out"])) == ["out/b.md", "out/c.md"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="file names are Unicode there")
def test_a_name_that_is_not_utf8_is_read_like_any_other() -> None:
    Path(os.fsdecode(b"caf\xe9.md")).write_text("")
    (file,) = collect(["."]).files
    assert os.fsencode(file.display) == b"caf\xe9.md"
    assert Path(file.path).read_text() == ""


# --- what is passed over


@pytest.mark.parametrize(("folder", "markers"), SKIPPED_FOLDERS.items())
def test_built_output_and_packages_are_passed_over_unless_named_outright(folder: str, markers: tuple[str, ...]) -> None:
    write(f"sub/{folder}/a.md", "sub/b.md", f"{folder}.md")
    if markers:
        assert f"sub/{folder}/a.md" in names(collect(["."]))
        write(f"sub/{markers[0]}")
    read = names(collect(["."]))
    assert f"sub/{folder}/a.md" not in read
    assert "sub/b.md" in read
    assert f"{folder}.md" in read
    assert names(collect([f"sub/{folder}"])) == [f"sub/{folder}/a.md"]
    assert names(collect([f"sub/{folder}/a.md"])) == [f"sub/{folder}/a.md"]


@pytest.mark.parametrize("marker", ["pyvenv.cfg", "CACHEDIR.TAG"])
def test_virtual_environments_and_caches_are_passed_over_under_any_name(marker: str) -> None:
    write("x/y/a.md", "b.md")
    assert names(collect(["."])) == ["b.md", "x/y/a.md"]
    write(f"x/{marker}")
    assert names(collect(["."])) == ["b.md"]


def test_hidden_folders_and_files_are_passed_over_but_not_the_profile_of_an_organisation() -> None:
    write(".git/a.md", ".quarto/a.md", ".pre-commit-config.yaml", ".github/profile/README.md")
    assert names(collect(["."])) == [".github/profile/README.md"]


@pytest.mark.parametrize(
    "name",
    ["jquery.min.html", "requirements.txt", "requirements-dev.txt", "CMakeLists.txt", "robots.txt", "pyproject.toml",
     "Cargo.toml", "pnpm-lock.yaml", "docker-compose.prod.yml", "LICENSE.md", "LICENCE-MIT.txt", "netlify.toml",
     "sitecheck.toml", "environment.yml", "google0123456789abcdef.html"],
)  # fmt: skip
def test_files_for_machines_are_passed_over_unless_named_outright(name: str) -> None:
    write(name, "a.md")
    assert names(collect(["."])) == ["a.md"]
    assert names(collect([name])) == [name]


@pytest.mark.parametrize(
    "name",
    ["_config.yml", "hugo.toml", "config.toml", "mkdocs.yml", "CITATION.cff", "README.md", "license-guide.md", "cv.txt",
     "requirements.md", "admin.html", "composer-of-music.yml", "references.bib", "robots.md", "minutes.md"],
)  # fmt: skip
def test_files_that_say_something_to_readers_are_read(name: str) -> None:
    write(name)
    assert names(collect(["."])) == [name]


def test_no_name_takes_long_to_judge() -> None:
    assert not re.fullmatch(NOT_PAGES, "requirements" * 5000)
    assert not re.fullmatch(NOT_PAGES, "a.min." * 5000 + "-")


# --- .gitignore


def test_gitignore_is_respected_at_every_level_and_a_deeper_one_overrules() -> None:
    write(".gitignore", text="*.txt\n/drafts/\n")
    write("sub/.gitignore", text="!keep.txt\nb.md\n")
    write("a.md", "a.txt", "drafts/x.md", "sub/keep.txt", "sub/b.md", "sub/drafts/y.md", "sub/other.txt")
    assert names(collect(["."])) == ["a.md", "sub/drafts/y.md", "sub/keep.txt"]


def test_gitignore_is_respected_above_the_folder_up_to_the_repository() -> None:
    write("../.gitignore", text="*.html\n")
    write(".gitignore", text="/sub/deep/x.md\nb.md\n")
    write("sub/.gitignore", text="!b.md\n")
    write("sub/deep/x.md", "sub/deep/b.md", "sub/deep/c.md", "sub/deep/d.html")
    assert names(collect(["sub/deep"])) == [f"sub/deep/{name}" for name in ("b.md", "c.md", "d.html", "x.md")]
    os.mkdir(".git")
    assert names(collect(["sub/deep"])) == ["sub/deep/b.md", "sub/deep/c.md", "sub/deep/d.html"]


def test_the_repositorys_own_exclude_list_counts() -> None:
    write(".git/info/exclude", text="private.md\n")
    write("private.md", "sub/private.md", "a.md")
    assert names(collect(["."])) == ["a.md"]
    assert names(collect(["sub", "a.md"])) == ["a.md"]


def test_what_is_ignored_is_read_when_it_is_named_outright() -> None:
    os.mkdir(".git")
    write(".gitignore", text="secret/\n*.txt\n")
    write("secret/a.md", "b.txt")
    assert names(collect(["."])) == []
    assert names(collect(["secret", "b.txt"])) == ["b.txt", "secret/a.md"]


def test_only_markdown_at_any_depth() -> None:
    """The idiom that libraries which match whole paths get wrong."""
    write(".gitignore", text="*\n!*/\n!*.md\n")
    write("a.md", "x/y/b.md", "x/c.html")
    assert names(collect(["."])) == ["a.md", "x/y/b.md"]


# --- the configuration


def test_include_and_exclude_are_relative_to_their_base_wherever_the_search_starts(site: Path) -> None:
    write("content/a.md", "content/drafts/b.md", "c.md", "refs.bib", "sub/content/d.md")
    include, exclude = ("/content/", "*.bib"), ("content/drafts",)
    for start, expected in ((".", ["content/a.md", "refs.bib"]), ("content", ["content/a.md"])):
        assert names(collect([start], base=str(site), include=include, exclude=exclude)) == expected


def test_a_pattern_with_an_exclamation_mark_brings_back_what_is_passed_over() -> None:
    write(".gitignore", text="built/\n")
    write("vendor/a.md", "vendor/node_modules/b.md", "built/c.md", "LICENSE.md")
    assert names(collect(["."])) == []
    wanted = ["LICENSE.md", "built/c.md", "vendor/a.md"]
    assert names(collect(["."], exclude=("!vendor", "!built", "!LICENSE.md"))) == wanted


# --- nothing to read


@pytest.mark.parametrize(
    ("paths", "ignored", "exclude", "expected"),
    [
        ([], "", (), "there are no files"),
        (["a.png", "b.png"], "", (), "2 are of a suffix that is none of .md"),
        (["a.md"], "*.md", (), "1 is ignored by .gitignore"),
        (["sub/a.md"], "sub/", (), "1 is ignored by .gitignore"),
        (["a.md", "b.md"], "", ("*.md",), "2 are left out by include or exclude in the configuration"),
        (["node_modules/a.md"], "", (), "1 is hidden, minified, built output"),
    ],
)
def test_when_nothing_is_found_the_reason_is_said(
    paths: list[str], ignored: str, exclude: tuple[str, ...], expected: str
) -> None:
    write(*(f"x/{path}" for path in paths))
    if ignored:
        write("x/.gitignore", text=ignored)
    os.makedirs("x", exist_ok=True)
    found = collect(["x"], exclude=exclude)
    assert not found.files
    sentence = nothing_to_read(["x"], found.passed_over)
    assert sentence.startswith("nothing to read in x: ")
    assert expected in sentence


def test_a_path_that_does_not_exist_is_a_problem_and_the_others_are_read() -> None:
    write("a.md")
    found = collect(["nowhere.md", "a.md"])
    assert names(found) == ["a.md"]
    assert found.problems == ("nowhere.md: no such file or folder",)


def test_display_names_use_slashes() -> None:
    assert display_name(os.path.join("a", "b.md")) == "a/b.md"


# --- --force-exclude, as hooks name files outright


def test_a_file_that_is_named_is_left_out_only_where_that_is_asked_for(site: Path) -> None:
    write("drafts/a.md", "drafts/keep.md", "b.md", "node_modules/c.md")
    named = ["drafts/a.md", "drafts/keep.md", "b.md", "node_modules/c.md"]
    exclude = ("drafts/*", "!keep.md")
    assert names(collect(named, base=str(site), exclude=exclude)) == sorted(named)
    found = collect(named, base=str(site), exclude=exclude, force_exclude=True)
    assert names(found) == ["b.md", "drafts/keep.md", "node_modules/c.md"]
    assert found.passed_over == {EXCLUDED: 1}
    assert names(collect(named, base=str(site), include=("/b.md",), force_exclude=True)) == ["b.md"]


def test_patterns_count_from_the_configuration_when_a_named_file_is_left_out(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sub/deep/a.md", "sub/b.md")
    monkeypatch.chdir(site / "sub")
    named = ["deep/a.md", str(site / "sub" / "b.md")]
    assert names(collect(named, base="..", exclude=("/sub/deep/",), force_exclude=True)) == ["b.md"]


@pytest.mark.parametrize("option", ["", "--fix", "--diff"])
def test_a_hook_whose_files_are_all_left_out_is_silent(option: str) -> None:
    write("sitecheck.toml", text='exclude = ["old/"]\n')
    write("old/a.md", "b.md", text="caf\xc3\xa9\n")
    command = [sys.executable, "-m", "sitecheck", "--no-cache", *filter(None, [option])]
    ran = subprocess.run([*command, "--force-exclude", "old/a.md"], capture_output=True, check=False)
    assert ran.returncode == 0
    assert ran.stdout == b""
    assert Path("old/a.md").read_text(encoding="utf-8") == "caf\xc3\xa9\n"
    assert subprocess.run([*command, "--force-exclude", "b.md"], capture_output=True, check=False).stdout != b""


def test_a_hook_is_silent_about_a_file_that_it_cannot_read() -> None:
    """pre-commit takes `poetry.lock` for TOML."""
    write("poetry.lock")
    command = [sys.executable, "-m", "sitecheck", "--no-cache", "poetry.lock"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2
    ran = subprocess.run([*command, "--force-exclude"], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


def test_a_folder_without_pages_is_no_less_an_error_when_named_files_may_be_left_out() -> None:
    write("old/a.png")
    command = [sys.executable, "-m", "sitecheck", "--no-cache", "--force-exclude", "old"]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 2
    assert "nothing to read in old" in ran.stderr
