"""The hooks, as pre-commit and prek install and run them: on a try, before each commit, and without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sitecheck
from tests.links.server import Server

ROOT = Path(__file__).parent.parent
SOURCES = [".pre-commit-hooks.yaml", "LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "rules", "sitecheck"]
"""What the hooks are installed from."""
TAG = f"v{sitecheck.__version__}"
"""what a user writes as `rev`"""

MENDABLE = "The groupâ€™s first paper.\n"
MENDED = "The group’s first paper.\n"
LOST = "Andr\ufffd joined in May.\n"
"""nothing can know what was lost"""

MOST = 250 * 1024 * 1024
"""bytes of an environment; that is what pre-commit.ci allows"""
NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9") | {
    "NO_PROXY": "",
    "PIP_NO_INDEX": "1",
    "UV_OFFLINE": "1",
}
"""Whoever asks for anything gets no answer: nothing listens there."""
AUTHOR = {f"GIT_{who}_{what}": "nobody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
"""of every commit here"""

pytestmark = pytest.mark.slow


class Runner:
    """A program that runs hooks, with a cache of environments of its own."""

    def __init__(self, name: str, cache: Path) -> None:
        self.name = name
        self.cache = cache
        self.program = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.defpath]))
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "PRE_COMMIT_HOME": str(cache),
            "PREK_HOME": str(cache),
            "PYTHONUTF8": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **AUTHOR,
        }

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        if self.program is None:
            pytest.skip(f"{self.name} is not installed")
        return call(folder, self.environment, self.program, *arguments)


def call(folder: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="module", params=["pre-commit", "prek"])
def runner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(request.param, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of this program as it is now, with the tag of its version."""
    folder = tmp_path_factory.mktemp("sitecheck")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    repository(folder)
    git(folder, "commit", "--quiet", "--message=Release")
    git(folder, "tag", TAG)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository with one page, in which a character is broken."""
    (tmp_path / "index.md").write_text(MENDABLE, encoding="utf-8")
    (tmp_path / "logo.svg").write_text("<!-- no page: â€™ -->", encoding="utf-8")
    repository(tmp_path)
    return tmp_path


def repository(folder: Path) -> None:
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")


def git(folder: Path, *arguments: str) -> str:
    done = call(folder, Runner("git", folder).environment, "git", *arguments)
    assert done.returncode == 0, done.stdout
    return done.stdout


def ended(done: subprocess.CompletedProcess[str], status: int = 0) -> None:
    """It must end with the status. Skips the test where the package index cannot be reached, except in CI."""
    if done.returncode != status and "connection" in done.stdout.lower() and not os.environ.get("CI"):
        pytest.skip("the package index cannot be reached")
    assert done.returncode == status, done.stdout


def page(site: Path) -> str:
    return (site / "index.md").read_text(encoding="utf-8")


def test_a_try_shows_the_findings_and_then_mends_them(runner: Runner, hooks: Path, site: Path) -> None:
    done = runner.run(site, "try-repo", str(hooks), "--all-files")
    first, _, second = done.stdout.partition("sitecheck --fix")

    ended(done, status=1)
    assert "index.md:1:10: error[mojibake]" in first
    assert "logo.svg" not in done.stdout
    assert "files were modified by this hook" in second
    assert "1 finding fixed, nothing left in 1 file" in second
    assert page(site) == MENDED


def test_commits_are_refused_until_the_pages_are_clean(runner: Runner, hooks: Path, site: Path) -> None:
    """As a user has it: the tag as `rev`, both hooks, installed once; and from then on there is no network."""
    (site / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks.as_posix()}\n  rev: {TAG}\n  hooks: [{{id: sitecheck-fix}}, {{id: sitecheck}}]\n"
    )
    (site / "index.md").write_text(MENDABLE + LOST, encoding="utf-8")
    git(site, "add", "--all")
    ended(runner.run(site, "install", "--install-hooks" if runner.name == "pre-commit" else "--prepare-hooks"))
    offline = runner.environment | NO_NETWORK

    refused = call(site, offline, "git", "commit", "--message=Old pages")
    assert refused.returncode == 1
    assert "files were modified by this hook" in refused.stdout
    assert "index.md:2:5: error[replacement-character]" in refused.stdout
    assert page(site) == MENDED + LOST

    (site / "index.md").write_text(MENDED + LOST.replace("\ufffd", "é"), encoding="utf-8")
    git(site, "add", "--all")
    taken = call(site, offline, "git", "commit", "--message=Old pages, mended")
    assert (taken.returncode, taken.stdout.count("Passed")) == (0, 2), taken.stdout
    assert git(site, "show", "HEAD:index.md") == page(site)


def test_links_are_asked_for_by_hand_and_before_a_push(runner: Runner, hooks: Path, site: Path) -> None:
    (site / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks.as_posix()}\n  rev: {TAG}\n"
        "  hooks: [{id: sitecheck-links, args: [--allow-private, --retries=0]}]\n"
    )
    with Server() as server:
        (site / "index.md").write_text(f"[a]({server.url('/gone')})\n", encoding="utf-8")
        git(site, "add", "--all")
        at_commit = runner.run(site, "run", "--all-files")
        by_hand = runner.run(site, "run", "--all-files", "--hook-stage", "manual")
        before_push = runner.run(site, "run", "--all-files", "--hook-stage", "pre-push")

    ended(at_commit)
    for done in (by_hand, before_push):
        ended(done, status=1)
        assert "index.md:1:5: error[broken-link] 404 from the host itself" in done.stdout


def test_an_environment_is_small(runner: Runner, hooks: Path, site: Path) -> None:
    (site / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks.as_posix()}\n  rev: {TAG}\n  hooks: [{{id: sitecheck}}]\n"
    )
    ended(runner.run(site, "install-hooks" if runner.name == "pre-commit" else "prepare-hooks"))
    sizes = [file.stat().st_size for file in runner.cache.rglob("*") if file.is_file() and not file.is_symlink()]

    assert any(runner.cache.rglob("pyromark*"))
    assert sum(sizes) < MOST
