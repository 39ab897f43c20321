"""What a person gets who asks only for what changed: real repositories, and git itself as the judge."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitecheck import Finding, Page, PageRule, Span
from sitecheck.changed import UNCHANGED, Change, Hunk, caused
from sitecheck.engine import ActiveRule, examine
from sitecheck.git import changed_since
from sitecheck.source import Source

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such name")

BAD = "MÃ¼ller"
CLEAN, FINDINGS, ERROR = 0, 1, 2
NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
}  # fmt: skip


class Repository:
    """A repository with a working tree, and sitecheck run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        return git(self.root, *arguments)

    def write(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: dict[str, str | bytes] | None = None) -> None:
        for path, content in (files or {}).items():
            self.write(path, content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")

    def run(self, *arguments: str, **environment: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "sitecheck", *arguments],
            cwd=self.root, env=os.environ | NOBODY | environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    def found(self, *arguments: str, **environment: str) -> list[str]:
        """`path:line` of each finding."""
        status, out, errors = self.run("--format", "json", *arguments, **environment)
        assert status in (CLEAN, FINDINGS), errors
        return [f"{finding['path']}:{finding['start']['line']}" for finding in json.loads(out)["findings"]]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | NOBODY, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


def test_only_lines_that_changed_are_reported(repository: Repository) -> None:
    repository.commit({"a.md": f"{BAD}\n\nfine\n\n{BAD}\n", "b.md": BAD})
    repository.write("a.md", f"new\n{BAD}\n\nfine {BAD}\n\n{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["a.md:4"]
    status, out, _ = repository.run("--changed-since", "HEAD")
    assert status == FINDINGS
    assert out.endswith("\n2 findings that were there before are not shown\n")


def test_committed_staged_and_unstaged_changes_all_count(repository: Repository) -> None:
    repository.commit({"a.md": "one\n", "b.md": "two\n", "c.md": "three\n"})
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit({"a.md": f"one\n{BAD}\n"})
    repository.write("b.md", f"two\n{BAD}\n")
    repository.git("add", "b.md")
    repository.write("c.md", f"{BAD}\n")
    assert repository.found("--changed-since", "main") == ["a.md:2", "b.md:2", "c.md:1"]
    assert repository.found("--changed-since", "HEAD") == ["b.md:2", "c.md:1"]
    assert repository.found("--staged") == ["b.md:2"]


def test_what_others_changed_since_the_branch_left_is_not_reported(repository: Repository) -> None:
    repository.commit({"a.md": f"{BAD}\n", "b.md": "x\n"})
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit({"b.md": f"{BAD}\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit({"a.md": "mended\n"})
    repository.git("switch", "--quiet", "topic")
    assert repository.found("--changed-since", "main") == ["b.md:1"]


def test_histories_without_a_common_commit_are_compared_as_they_are(repository: Repository) -> None:
    repository.commit({"a.md": f"{BAD}\n", "b.md": "x\n"})
    repository.git("switch", "--quiet", "--orphan", "topic")
    repository.commit({"a.md": f"{BAD}\n", "b.md": f"{BAD}\n"})
    assert repository.found("--changed-since", "main") == ["b.md:1"]


def test_nothing_changed(repository: Repository) -> None:
    repository.commit({"a.md": BAD})
    assert repository.run("--changed-since", "HEAD") == (CLEAN, "nothing to check has changed since HEAD\n", "")
    assert repository.run("--staged") == (CLEAN, "nothing to check is staged\n", "")
    status, out, errors = repository.run("--staged", "--format", "json")
    assert (status, json.loads(out)["findings"]) == (CLEAN, [])
    assert errors == "sitecheck: nothing to check is staged\n"


def test_all_of_a_new_file_is_new_tracked_or_not(repository: Repository) -> None:
    repository.commit({".gitignore": "draft.md\n"})
    repository.write("new.md", f"{BAD}\n{BAD}\n")
    repository.write("deep/er.md", f"{BAD}\n")
    repository.write("draft.md", f"{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["deep/er.md:1", "new.md:1", "new.md:2"]
    repository.git("add", "new.md")
    assert repository.found("--changed-since", "HEAD") == ["deep/er.md:1", "new.md:1", "new.md:2"]
    assert repository.found("--staged") == ["new.md:1", "new.md:2"]


def test_before_the_first_commit_everything_staged_is_new(repository: Repository) -> None:
    repository.write("a.md", BAD)
    repository.git("add", ".")
    assert repository.found("--staged") == ["a.md:1"]


def test_a_renamed_file_is_new_only_where_it_was_edited(repository: Repository) -> None:
    repository.commit({"old.md": f"{BAD}\n" + "words\n" * 10})
    repository.git("mv", "old.md", "new.md")
    assert repository.found("--staged") == []
    repository.write("new.md", f"{BAD}\n" + "words\n" * 10 + f"{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["new.md:12"]


def test_deleted_files_and_other_kinds_of_files_are_passed_over(repository: Repository) -> None:
    repository.commit({"a.md": BAD, "x.bin": b"\0" * 1000, "b.md": "x"})
    (repository.root / "a.md").unlink()
    repository.write("x.bin", b"\0\n" * 1000)
    repository.write("y.py", BAD)
    repository.git("add", "y.py")
    assert repository.found("--changed-since", "HEAD") == []


def test_a_page_that_git_takes_for_binary_is_compared_line_by_line(repository: Repository) -> None:
    repository.commit({"a.md": f"{BAD}\n\0\n", ".gitattributes": "*.html -diff\n", "b.html": f"{BAD}\n"})
    repository.write("a.md", f"{BAD}\n\0\n{BAD}\n")
    repository.write("b.html", f"{BAD}\n<p>{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["a.md:3", "b.html:2"]


def test_utf_16_pages_have_their_changed_lines_found(repository: Repository) -> None:
    letter_with_a_newline_in_it = "\u0a0a"
    lines = [f"{letter_with_a_newline_in_it} {BAD}\n", "x\n", "y\n"]
    repository.commit({"a.md": "".join(lines).encode("utf-16")})
    lines[1] = f"{BAD}\n"
    repository.write("a.md", "".join(lines).encode("utf-16"))
    assert repository.found("--changed-since", "HEAD") == ["a.md:2"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_newlines_of_both_kinds(repository: Repository, end: str) -> None:
    lines = [BAD, "x", f"y {BAD}", "z", ""]
    repository.commit({"a.md": end.join(lines)})
    lines[3] = BAD
    repository.write("a.md", end.join(lines))
    assert repository.found("--changed-since", "HEAD") == ["a.md:4"]


def test_a_file_of_lone_carriage_returns_is_one_line_to_git(repository: Repository) -> None:
    """So every line of it has changed when one has. What follows a newline is counted as git does."""
    repository.commit({"a.md": f"{BAD}\rx\r{BAD}\nfine\n{BAD}\n"})
    repository.write("a.md", f"{BAD}\rx\r{BAD}\n{BAD}\n{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["a.md:4"]
    repository.write("a.md", f"{BAD}\ry\r{BAD}\nfine\n{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["a.md:1", "a.md:3"]


NAMES = ["a b.md", "é.md", 'a"b\\c.md', "a\tb.md", "a\nb.md", "a\rb.md", " b/ .md", "-x.md", "a\n+++ b/b.md"]


@posix
@pytest.mark.parametrize("name", NAMES)
def test_any_name(repository: Repository, name: str) -> None:
    repository.commit({name: f"{BAD}\nx\n", "b.md": f"{BAD}\n"})
    repository.write(name, f"{BAD}\n{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == [f"{name}:2"]
    repository.git("add", "--all")
    assert repository.found("--staged") == [f"{name}:2"]
    repository.git("mv", "--", name, f"moved {name.replace('/', '-')}")
    assert repository.found("--staged", "--fail-on", "never")[-1].endswith(":2")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems refuse a name that is not UTF-8")
def test_a_name_that_is_not_utf_8(repository: Repository) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    repository.commit({name: f"{BAD}\n"})
    repository.write(name, f"{BAD}\n{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == [f"{name}:2"]


def test_lines_that_look_like_a_diff_confuse_nobody(repository: Repository) -> None:
    tricks = "++ b/b.md\n-- a/b.md\n@ -1 +1 @@\n\\ No newline at end of file\n:100644 100644 a b M\tb.md\n"
    repository.commit({"a.md": "x\n", "b.md": f"{BAD}\n"})
    repository.write("a.md", tricks + f"@@ -1 +1 @@\n{BAD}")
    repository.git("mv", "b.md", "c.md")
    assert repository.found("--changed-since", "HEAD") == ["a.md:7"]
    repository.commit()
    repository.write("a.md", "x\n")
    assert repository.found("--changed-since", "HEAD") == []


def test_links_and_submodules_are_no_files(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.commit({"sub.md": BAD})
    repository.commit({"a.md": f"{BAD}\n"})
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "lib.md")
    if sys.platform != "win32":
        (repository.root / "link.md").symlink_to("a.md")
    repository.git("add", "--all")
    assert repository.found("--staged") == []
    assert repository.found("--changed-since", "HEAD") == []


def test_a_link_that_becomes_a_file_is_new(repository: Repository) -> None:
    if sys.platform == "win32":
        pytest.skip("links need rights there")
    repository.commit({"a.md": f"{BAD}\n"})
    (repository.root / "b.md").symlink_to("a.md")
    repository.commit()
    (repository.root / "b.md").unlink()
    repository.write("b.md", f"{BAD}\n{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["b.md:1", "b.md:2"]


# --- what a change causes elsewhere


def test_a_deletion_answers_for_what_it_causes_on_other_lines(repository: Repository) -> None:
    repository.commit({"a.md": "---\ntitle: x\n---\nwords\n", "b.md": f"x\n<!-- sitecheck: off -->\n{BAD}\n"})
    repository.write("a.md", "---\ntitle: x\nwords\n")
    repository.write("b.md", f"x\n{BAD}\n")
    found = repository.found("--changed-since", "HEAD")
    assert "b.md:2" in found
    assert [each for each in found if each.startswith("a.md")]
    repository.git("add", "--all")
    assert repository.found("--staged") == found


def test_an_old_finding_is_not_caused_by_a_change_beside_it(repository: Repository) -> None:
    repository.commit({"a.md": f"x\n{BAD}\ny\n{BAD}\n"})
    repository.write("a.md", f"{BAD}\ny\n{BAD}\nz\n")
    assert repository.found("--changed-since", "HEAD") == []


def test_a_comment_whose_fault_was_deleted_is_reported(repository: Repository) -> None:
    repository.commit({"a.md": f"<!-- sitecheck: off[mojibake] quoted -->\nx\n{BAD}\n"})
    repository.write("a.md", "<!-- sitecheck: off[mojibake] quoted -->\nx\n")
    assert repository.found("--changed-since", "HEAD") == ["a.md:1"]


# --- what is examined


def test_staged_means_what_is_staged_and_not_what_is_in_the_working_tree(repository: Repository) -> None:
    repository.commit({"a.md": "x\n", "b.md": "x\n"})
    repository.commit({})
    repository.write("a.md", f"x\n{BAD}\n")
    repository.write("b.md", "x\ny\n")
    repository.git("add", "--all")
    repository.write("a.md", "mended\n")
    repository.write("b.md", f"{BAD}\n")
    assert repository.found("--staged") == ["a.md:2"]
    status, out, _ = repository.run("--staged")
    assert status == FINDINGS
    assert f"2 | {BAD}\n" in out


def test_many_staged_files_with_one_content(repository: Repository) -> None:
    repository.commit({})
    for number in range(230):
        repository.write(f"{number % 7}/{number}.md", f"{number % 5 * 'x'}\n{BAD}\n")
    repository.git("add", "--all")
    assert len(repository.found("--staged")) == 230


def test_a_staged_file_that_is_gone_cannot_be_checked(repository: Repository) -> None:
    repository.commit({"in/a.md": "x\n", "b.md": "x\n"})
    repository.write("in/a.md", f"{BAD}\n")
    repository.git("add", "--all")
    (repository.root / "in" / "a.md").unlink()
    status, _, errors = repository.run("--staged", "in")
    assert status == ERROR
    assert "in/a.md: staged, but gone from the working tree; unstage or restore it" in errors
    assert repository.run("--staged", "b.md")[0] == CLEAN


def test_paths_and_configuration_still_say_what_is_checked(repository: Repository) -> None:
    repository.commit({"sitecheck.toml": 'exclude = ["old/"]\n'})
    for path in ("a.md", "in/b.md", "old/c.md", "node_modules/d.md"):
        repository.write(path, f"{BAD}\n")
    assert repository.found("--changed-since", "HEAD") == ["a.md:1", "in/b.md:1"]
    assert repository.found("--changed-since", "HEAD", "in") == ["in/b.md:1"]
    assert repository.found("--changed-since", "HEAD", "a.md", "old/c.md") == ["a.md:1", "old/c.md:1"]
    status, _, errors = repository.run("--changed-since", "HEAD", "nowhere.md")
    assert status == ERROR
    assert "nowhere.md: no such file or folder" in errors


def test_it_works_from_a_folder_below_and_from_outside(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.md": "x\n", "in/b.md": "x\n"})
    repository.write("a.md", f"{BAD}\n")
    repository.write("in/b.md", f"{BAD}\n")
    repository.write("in/new.md", f"{BAD}\n")
    below, outside = Repository.__new__(Repository), Repository.__new__(Repository)
    below.root, outside.root = repository.root / "in", tmp_path
    assert below.found("--changed-since", "HEAD") == ["b.md:1", "new.md:1"]
    assert below.found("--changed-since", "HEAD", "..") == ["../a.md:1", "b.md:1", "new.md:1"]
    assert outside.found("--changed-since", "HEAD", "site/in") == ["site/in/b.md:1", "site/in/new.md:1"]


def test_inside_a_hook_the_index_of_the_commit_counts(repository: Repository) -> None:
    """`git commit FILE` makes an index of its own, and tells hooks of it by GIT_INDEX_FILE."""
    repository.commit({"a.md": "x\n", "b.md": "x\n"})
    repository.write("a.md", f"{BAD}\n")
    repository.write("b.md", f"{BAD}\n")
    repository.git("add", "b.md")
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    program = Path(sys.executable).as_posix()
    hook.write_text(f'#!/bin/sh\nexec "{program}" -m sitecheck --staged --format concise >hook.log\n')
    hook.chmod(0o755)
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("commit", "--message=x", "a.md")
    log = (repository.root / "hook.log").read_text(encoding="utf-8")
    assert "a.md:1:2: " in log
    assert "b.md" not in log


def test_a_users_settings_of_git_change_nothing(repository: Repository) -> None:
    repository.commit({"é a.md": f"{BAD}\nx\ny\nz\n", "b.md": "x\n" * 5})
    repository.write("é a.md", f"{BAD}\nx\ny\n{BAD}\n")
    repository.git("mv", "b.md", "c.md")
    expected = repository.found("--changed-since", "HEAD")
    assert expected == ["é a.md:4"]
    for name, value in {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always", "color.diff": "always",
        "core.quotePath": "false", "diff.external": "false", "diff.context": "7", "diff.interHunkContext": "9",
        "diff.renames": "false", "diff.relative": "true", "core.pager": "false", "diff.wordRegex": ".",
        "diff.orderFile": "order", "core.safecrlf": "warn",
    }.items():  # fmt: skip
        repository.git("config", name, value)
    repository.write("order", "*.md\n")
    variables = {"GIT_EXTERNAL_DIFF": "false", "GIT_DIFF_OPTS": "--unified=5", "GIT_LITERAL_PATHSPECS": "1"}
    assert repository.found("--changed-since", "HEAD", **variables) == expected


# --- what cannot be answered


NO_COMMITS = [
    *("nope", "^main", "main..main", "main:a.md", " ", "-h", "--upload-pack=touch pwned", "--output=x.md", "\x1b[31m")
]


@pytest.mark.parametrize("revision", NO_COMMITS)
def test_a_revision_that_is_none(repository: Repository, revision: str) -> None:
    repository.commit({"a.md": BAD})
    status, out, errors = repository.run(f"--changed-since={revision}")
    assert (status, out) == (ERROR, "")
    assert "git knows no commit" in errors
    assert errors.count("\n") == 1
    assert "\x1b" not in errors
    assert sorted(path.name for path in repository.root.iterdir()) == [".git", "a.md"]


def test_a_shallow_clone_says_how_to_deepen_it(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.md": "x\n"})
    repository.git("branch", "base")
    repository.commit({"a.md": "y\n"})
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit({"a.md": f"{BAD}\n"})
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=topic", repository.root.as_uri(), "clone")
    clone = Repository(tmp_path / "clone")
    status, out, errors = clone.run("--changed-since", "origin/main")
    assert (status, out) == (ERROR, "")
    for word in ("shallow", "git fetch --unshallow", "fetch-depth: 0", "origin/main"):
        assert word in errors
    clone.git("fetch", "--quiet", "--depth=1", "origin", "main:main")
    status, out, errors = clone.run("--changed-since", "main")
    assert (status, out) == (ERROR, "")
    assert "this clone is shallow, and lacks the commit where HEAD and 'main' parted; run git fetch" in errors
    clone.git("fetch", "--quiet", "--unshallow")
    assert clone.found("--changed-since", "main") == ["a.md:1"]


def test_no_repository(tmp_path: Path) -> None:
    alone = Repository.__new__(Repository)
    alone.root = tmp_path
    (tmp_path / "a.md").write_text(BAD, encoding="utf-8")
    for option in ("--changed-since=main", "--staged"):
        status, out, errors = alone.run(option, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
        assert (status, out) == (ERROR, "")
        assert "is in no git repository" in errors
        assert errors.count("\n") == 1


def test_a_bare_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    bare = Repository.__new__(Repository)
    bare.root = tmp_path / "bare.git"
    status, _, errors = bare.run("--changed-since=main")
    assert status == ERROR
    assert "is not in the working tree of its git repository" in errors


def test_no_git(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.md": BAD})
    (tmp_path / "empty").mkdir()
    for option in ("--changed-since=main", "--staged"):
        status, out, errors = repository.run(option, PATH=str(tmp_path / "empty"))
        assert (status, out) == (ERROR, "")
        assert errors == "sitecheck: git is not installed, or not in PATH, and only git can tell what changed\n"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--staged", "--fix"], "--staged cannot limit fixes"),
        (["--changed-since=main", "--unsafe-fixes"], "--changed-since cannot limit fixes"),
        (["--changed-since=main", "--diff"], "--changed-since cannot limit fixes"),
        (["--staged", "--write-baseline"], "--write-baseline needs all findings"),
        (["--staged", "--prune-baseline"], "--prune-baseline needs all findings"),
        (["--staged", "-"], "standard input is none"),
        (["--staged", "--changed-since=main"], "not allowed with"),
    ],
)
def test_options_that_do_not_go_together(repository: Repository, options: Sequence[str], sentence: str) -> None:
    repository.commit({"a.md": BAD})
    status, out, errors = repository.run(*options)
    assert (status, out) == (ERROR, "")
    assert sentence in errors
    assert (repository.root / "a.md").read_text(encoding="utf-8") == BAD


def test_git_is_not_run_unless_somebody_asks(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"a.md": "x <!-- sitecheck: ignore-file[mojibake] x -->"})
    script = "import sys; from sitecheck.cli import main; main(['a.md']); print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=repository.root, capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.split())
    assert "sitecheck.engine" in loaded
    assert loaded.isdisjoint({"sitecheck.git", "sitecheck.changed", "sitecheck.baseline", "sitecheck.reported"})
    assert loaded.isdisjoint({"subprocess", "hashlib", "tempfile"})


# --- lines, proved


class BadWord(PageRule):
    """Finds the bad word."""

    def check(self, page: Page) -> Iterator[Finding]:
        at = page.source.text.find("bad")
        while at >= 0:
            yield Finding(Span(at, at + 3), "bad")
            at = page.source.text.find("bad", at + 1)


RULES = [ActiveRule(BadWord())]
WORDS = st.lists(st.sampled_from(["bad", "fine", "\r", "é"]), max_size=3).map(" ".join)
LINES = st.lists(st.tuples(WORDS, st.sampled_from(["\n", "\r\n"])), max_size=7)
EDITS = st.lists(st.tuples(st.sampled_from(["delete", "insert", "replace"]), st.integers(0, 7), WORDS), max_size=4)


@settings(max_examples=60, deadline=None)
@given(LINES, EDITS)
def test_old_findings_on_unchanged_lines_are_silent_and_those_on_changed_lines_are_not(
    drawn: list[tuple[str, str]], edits: list[tuple[str, int, str]]
) -> None:
    """Every line has a number of its own, so that there is one way only to tell which lines are the old ones."""
    old = [f"{number} {words}{end}" for number, (words, end) in enumerate(drawn)]
    new = list(old)
    for number, (kind, at, words) in enumerate(edits, start=len(old)):
        at = min(at, len(new))
        new[at : at + (kind != "insert")] = [] if kind == "delete" else [f"{number} {words}\n"]
    expected = [line for line in new if line not in old for _ in range(line.count("bad"))]
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(Path(folder))
        repository.commit({"page.md": "".join(old)})
        repository.write("page.md", "".join(new))
        path = os.path.join(folder, "page.md")
        changes = changed_since("HEAD", folder)

        def before(_: str, change: Change) -> tuple[Source, Sequence[object]]:
            old_raw = raw if change is UNCHANGED else changes.before(change)
            return Source("page.md", old_raw), examine(old_raw, path, RULES).diagnostics

        raw = "".join(new).encode()
        found = caused(examine(raw, path, RULES).diagnostics, changes.of, lambda _: Source(path, raw), before)  # type: ignore[arg-type]
    text = "".join(new)
    reported = [_line_of(text, finding.place.start.offset) for finding in found]
    assert reported == expected


def _line_of(text: str, offset: int) -> str:
    start = text.rfind("\n", 0, offset) + 1
    return text[start : text.index("\n", offset) + 1]


def test_old_lines_are_found_in_the_new_file() -> None:
    old, new = "abcdefgh", "xabdyzfgh"
    change = Change("p", (Hunk(0, 0, 1, 1), Hunk(3, 1, 3, 0), Hunk(5, 1, 5, 2)), before="id")
    where = [change.now(line) for line in range(1, len(old) + 1)]
    assert where == [new.index(each) + 1 if each in new else None for each in old]
    assert [change.covers(line, line) for line in range(1, len(new) + 1)] == [each in "xyz" for each in new]
    assert [lines for lines in ((2, 3), (3, 4), (2, 4), (4, 5)) if change.covers(*lines)] == [(3, 4), (2, 4), (4, 5)]
    assert Change("new").covers(7, 7)
