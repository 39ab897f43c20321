"""What CI servers call a file, wherever the program runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sitecheck.reporters._repository import Repository


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A repository with a folder, a submodule in it, another repository and a folder of none beside it."""
    for folder in ("site/.git", "site/content/posts", "site/theme", "other/.git", "none"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "site" / "theme" / ".git").write_text("gitdir: ../.git/modules/theme\n")
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [
        ("site", "index.md", "index.md"),
        ("site", "content/index.md", "content/index.md"),
        ("site/content", "index.md", "content/index.md"),
        ("site/content", "posts/a.md", "content/posts/a.md"),
        ("site/content", "../data/a.yaml", "data/a.yaml"),
        ("site", "theme/a.md", "theme/a.md"),  # the repository that CI checked out is the outer one
        ("site/theme", "a.md", "a.md"),
        ("site", "../other/a/b.md", "a/b.md"),
        ("", "site/content/index.md", "content/index.md"),
        ("none", "a.md", "a.md"),
        ("none", "b/a.md", "b/a.md"),
        ("none", "../c.md", "../c.md"),
    ],
)
def test_paths_are_from_the_repositorys_root(
    folders: Path, run: Any, monkeypatch: pytest.MonkeyPatch, folder: str, path: str, expected: str
) -> None:
    monkeypatch.chdir(folders / folder)
    assert Repository(run("").results()).path(path) == expected
    assert Repository(run("").results()).path(str(folders / folder / path)).endswith(expected.lstrip("./"))


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"])
def test_without_git_the_server_says_where_the_root_is(
    folders: Path, run: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (folders / "none" / "content").mkdir()
    monkeypatch.chdir(folders / "none" / "content")
    assert Repository(run("").results()).path("a.md") == "a.md"
    monkeypatch.setenv(name, str(folders / "none"))
    assert Repository(run("").results()).path("a.md") == "content/a.md"
    monkeypatch.chdir(folders / "site" / "content")  # it does not hold this folder
    assert Repository(run("").results()).path("a.md") == "content/a.md"


def test_the_caller_may_know_the_root(folders: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folders / "site" / "theme")
    assert Repository(run("").results(root=str(folders / "site"))).path("a.md") == "theme/a.md"


def test_uris_hold_the_very_bytes(folders: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folders / "site" / "content")
    repository = Repository(run("").results())
    assert repository.uri("a b:ü%#?.md") == "content/a%20b%3A%C3%BC%25%23%3F.md"
    assert repository.uri("caf\udce9.md") == "content/caf%E9.md"
    assert repository.path("caf\udce9.md") == "content/caf\ufffd.md"
    assert repository.uri("\ud83dü.md") == "content/%ED%A0%BD%C3%BC.md"  # on Windows
    assert repository.path("\ud83dü.md") == "content/\ufffd\ufffd\ufffdü.md"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_folder_that_is_a_link_is_in_the_repository_where_it_really_is(
    folders: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folders / "link").symlink_to(folders / "site")
    monkeypatch.chdir(folders / "link" / "content")
    assert Repository(run("").results()).path("a.md") == "content/a.md"
