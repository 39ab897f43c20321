"""Patterns mean what they mean to Git."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitecheck.gitignore import Patterns


@pytest.mark.parametrize(
    ("lines", "matched", "unmatched"),
    [
        (["*.md"], ["a.md", "x/a.md"], ["a.mdx"]),
        (["/a.md"], ["a.md"], ["x/a.md"]),
        (["x/*.md"], ["x/a.md"], ["x/y/a.md", "y/x/a.md"]),
        (["x/**/a.md"], ["x/a.md", "x/y/z/a.md"], ["a.md"]),
        (["**/y/*"], ["y/a", "x/y/a"], ["y"]),
        (["a?[0-9].md"], ["ab1.md"], ["ab.md", "a/1.md"]),
        (["*.md", "!keep.md"], ["a.md"], ["keep.md"]),
        (["# comment", "", r"\#a", r"\!b"], ["#a", "!b"], ["# comment", "b"]),
        (["trailing  "], ["trailing"], ["trailing  "]),
        (["[!a].md", "[[:digit:]]"], ["b.md", "7"], ["a.md", "x"]),
        (["[z-a]", "a["], [], ["z", "a", "a["]),
    ],
)
def test_a_path_is_matched_as_git_matches_it(lines: list[str], matched: list[str], unmatched: list[str]) -> None:
    patterns = Patterns(lines)
    assert [path for path in matched + unmatched if patterns.match(path, folder=False)] == matched


def test_a_slash_at_the_end_matches_folders_only() -> None:
    patterns = Patterns(["drafts/"])
    assert patterns.match("drafts", folder=True)
    assert patterns.match("drafts", folder=False) is None


def test_a_file_is_covered_by_the_folder_it_lies_in_unless_a_deeper_answer_differs() -> None:
    patterns = Patterns(["content/", "!content/drafts/"])
    assert patterns.covers("content/a/b.md")
    assert not patterns.covers("content/drafts/b.md")
    assert not patterns.covers("static/b.md")


def test_a_hostile_pattern_takes_no_longer_than_others() -> None:
    """To try every way to place twelve stars would take longer than anybody lives."""
    patterns = Patterns(["*a" * 12 + "b"])
    assert patterns.match("a" * 250, folder=False) is None
    assert patterns.match("a" * 250 + "b", folder=False)


NAME = st.text("abx1 -!#[]", min_size=1, max_size=3).filter(lambda name: name.strip() == name)
PATH = st.lists(NAME, min_size=1, max_size=4).map("/".join)
ATOM = st.sampled_from([*"abx1?/[]!#-\\ ", "*", "**", "/", "**/", "/**", "[ab]", "[!a]", "[a-c]", "[]]", "[[:alpha:]]"])
LINE = st.lists(ATOM, min_size=1, max_size=5).map("".join)


@pytest.mark.skipif(shutil.which("git") is None or os.sep != "/", reason="needs git, and file names that Windows lacks")
@settings(deadline=None, max_examples=60)
@given(st.lists(LINE, min_size=1, max_size=4), st.lists(PATH, min_size=5, max_size=30))
def test_git_agrees_on_generated_patterns_and_paths(lines: list[str], paths: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "init", "--quiet", folder], check=True)
        with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        for path in paths:
            os.makedirs(os.path.join(folder, path), exist_ok=True)
        asked = subprocess.run(
            ["git", "check-ignore", "-z", "--stdin", "--no-index"],
            input="\0".join(paths) + "\0", cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
    patterns = Patterns(lines)
    assert {path for path in paths if _ignored(patterns, path)} == set(asked.stdout.split("\0")) - {""}


def _ignored(patterns: Patterns, path: str) -> bool:
    """As a search asks: on the way down, and not below what is ignored."""
    parts = path.split("/")
    return any(patterns.match("/".join(parts[: depth + 1]), folder=True) for depth in range(len(parts)))
