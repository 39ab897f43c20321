"""Rules that look at the whole site: what they are given, and that they see it from every way of running."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitecheck.inventory import files_below, is_site, listed, site_root
from sitecheck.rule import UserError

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

RULE = '''
from sitecheck import Example, Finding, Related, SiteRule, Span

class SharedWord(SiteRule):
    """A page begins with the word that an earlier page begins with.

    For tests.
    """

    examples = (
        Example("""
            > word
              ^^^^ 'word' also begins a.md
            """, others=(("a.md", "word"),)),
        Example("word"),
    )

    def check(self, path, site):
        firsts = site.memo("firsts", first_words)
        word = firsts.get(path, "")
        for other, theirs in sorted(firsts.items()):
            if other < path and theirs == word:
                yield Finding(
                    Span(0, len(word)), f"'{word}' also begins {other}",
                    related=(Related(Span(0, len(theirs)), "here", other),),
                )
                return


def first_words(site):
    return {path: site.text(path).split()[0] for path in site.all_facts if site.text(path).split()}
'''


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "sitecheck.toml").write_text('local-rules = "own"\n')
    (tmp_path / "own" / "words").mkdir(parents=True)
    (tmp_path / "own" / "words" / "shared_word.py").write_text(RULE)
    (tmp_path / "pages").mkdir()
    (tmp_path / "a.md").write_text("word one\n")
    (tmp_path / "pages" / "b.md").write_text("word two\n")
    (tmp_path / "pages" / "c.md").write_text("other\n")
    return tmp_path


def sitecheck(folder: Path, *arguments: str, stdin: str | None = None) -> tuple[int, list[str], str]:
    """Exit status, lines of the concise report without the last, standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", "--format", "concise", *arguments],
        cwd=folder, capture_output=True, text=True, input=stdin, check=False,
        env={**os.environ, "SITECHECK_CACHE_DIR": str(folder / ".cache")},
    )  # fmt: skip
    return done.returncode, [line for line in done.stdout.splitlines() if "]" in line], done.stderr


FOUND = "pages/b.md:1:1: warning[shared-word] 'word' also begins a.md"


@pytest.mark.parametrize("options", [(), ("--no-cache",), ("--jobs", "2")])
def test_a_rule_of_the_site_sees_pages_that_were_not_named(site: Path, options: tuple[str, ...]) -> None:
    for _ in range(2):  # the second time from the cache
        assert sitecheck(site, *options, "pages/b.md") == (1, [FOUND], "")
        assert sitecheck(site, *options) == (1, [FOUND], "")
        assert sitecheck(site, *options, "a.md", "pages/c.md")[0] == 0


def test_it_is_told_from_below_the_root(site: Path) -> None:
    _, lines, _ = sitecheck(site / "pages", "b.md")
    assert lines == ["b.md:1:1: warning[shared-word] 'word' also begins a.md"]


def test_what_changed_in_another_page_is_seen_at_once(site: Path) -> None:
    assert sitecheck(site, "pages/b.md")[0] == 1
    (site / "a.md").write_text("changed\n")
    assert sitecheck(site, "pages/b.md")[0] == 0


def test_a_comment_silences_it_and_is_not_called_unused(site: Path) -> None:
    (site / "pages" / "b.md").write_text("word two <!-- sitecheck: ignore -->\n")
    (site / "pages" / "c.md").write_text("other <!-- sitecheck: ignore -->\n")
    for _ in range(2):
        _, lines, _ = sitecheck(site)
        assert lines == ["pages/c.md:1:7: info[unused-suppression] this comment suppresses nothing"]


def test_standard_input_is_a_page_of_the_site(site: Path) -> None:
    assert sitecheck(site, "--stdin-filename", "pages/d.md", "-", stdin="word by pipe\n")[1] == [
        "pages/d.md:1:1: warning[shared-word] 'word' also begins a.md"
    ]


def test_the_related_place_is_in_the_other_file(site: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", "--format", "json", "pages/b.md"],
        cwd=site, capture_output=True, text=True, check=False,
    )  # fmt: skip
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["related"][0]["path"] == "a.md"


def test_examples_of_such_a_rule_are_run(site: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", "--explain", "shared-word"],
        cwd=site, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_rule_that_fails_is_named_and_the_others_go_on(site: Path) -> None:
    (site / "own" / "words" / "bad.py").write_text(
        "from sitecheck import SiteRule\nclass Bad(SiteRule):\n    def check(self, path, site):\n        1 / 0\n"
    )
    status, lines, complaint = sitecheck(site, "--select", "bad,shared-word", "pages/b.md")
    assert (status, lines) == (2, [FOUND])
    assert complaint == "sitecheck: rule bad failed on pages/b.md: ZeroDivisionError: division by zero\n"


FIXABLE = '''
from sitecheck import Edit, Finding, Fix, SiteRule, Span

class SecondTitle(SiteRule):
    """A page begins as another one does."""

    needs = frozenset()

    def check(self, path, site):
        text = site.text(path)
        if path != "a.md" and text.startswith(site.text("a.md").split()[0]):
            edit = Edit(0, 4, "2nd ")
            yield Finding(Span(0, 4), "as a.md", Fix((edit,), safe=True, title="change it"))
'''


@pytest.mark.parametrize("stale", [False, True])
def test_its_fixes_are_made(site: Path, stale: bool) -> None:
    (site / "own" / "words" / "second_title.py").write_text(FIXABLE)
    (site / "pages" / "b.md").write_text("word two JosÃ© PÃ©rez\n", "utf-8")
    options = ("--select", "second-title,mojibake")
    if stale:
        sitecheck(site, *options)
    status, lines, _ = sitecheck(site, *options, "--diff", "pages/b.md")
    assert (site / "pages" / "b.md").read_text("utf-8") == "word two JosÃ© PÃ©rez\n"
    status, lines, _ = sitecheck(site, *options, "--fix", "pages/b.md")
    assert (status, lines) == (0, [])
    assert (site / "pages" / "b.md").read_text("utf-8") == "2nd  two José Pérez\n"


# Only what changed

MISSING = '''
from sitecheck import Finding, SiteRule, Span

class MissingFile(SiteRule):
    """A page names a file that the site does not have."""

    needs = frozenset()

    def check(self, path, site):
        text = site.text(path)
        for word in text.split():
            if "." in word and word not in site.paths:
                start = text.index(word)
                yield Finding(Span(start, start + len(word)), f"no {word}")
'''


@pytest.fixture
def repository(site: Path) -> Path:
    (site / "own" / "words" / "missing_file.py").write_text(MISSING)
    (site / "files").mkdir()
    (site / "files" / "cv.pdf").write_text("x")
    (site / "pages" / "c.md").write_text("see files/cv.pdf and old.pdf\n")
    (site / ".gitignore").write_text(".cache\n")
    git(site, "init", "--quiet", "--initial-branch=main")
    commit(site)
    return site


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(
        ["git", *arguments], cwd=folder, check=True, env={**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
    )


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x")


@needs_git
@pytest.mark.parametrize("scope", [("--changed-since", "main"), ("--staged",)])
def test_a_file_that_is_gone_answers_for_the_pages_that_name_it(repository: Path, scope: tuple[str, ...]) -> None:
    (repository / "files" / "cv.pdf").unlink()
    git(repository, "add", "--all")
    assert sitecheck(repository, *scope)[1] == ["pages/c.md:1:5: warning[missing-file] no files/cv.pdf"]


@needs_git
def test_a_file_that_was_renamed_is_gone_from_where_it_was(repository: Path) -> None:
    git(repository, "mv", "files/cv.pdf", "files/new.pdf")
    (repository / "pages" / "c.md").write_text("see files/new.pdf and old.pdf\n")
    (repository / "pages" / "d.md").write_text("files/cv.pdf\n")
    commit(repository)
    git(repository, "mv", "files/new.pdf", "files/cv.pdf")
    assert sitecheck(repository, "--changed-since", "main")[1] == [
        "pages/c.md:1:5: warning[missing-file] no files/new.pdf"
    ]


@needs_git
def test_what_a_changed_page_does_to_another_is_reported(repository: Path) -> None:
    """The finding is on a page that did not change, and was not there before."""
    git(repository, "checkout", "--quiet", "-b", "work")
    (repository / "a.md").write_text("see\n===\n")  # other pages may have linked to a heading that is gone now
    commit(repository)
    assert sitecheck(repository, "--changed-since", "main")[1] == [
        "pages/c.md:1:1: warning[shared-word] 'see' also begins a.md"
    ]


@needs_git
def test_other_pages_are_looked_at_only_below_the_paths_given(repository: Path) -> None:
    (repository / "files" / "cv.pdf").unlink()
    assert sitecheck(repository, "--changed-since", "main", "a.md")[1] == []


# The root and its files


@pytest.mark.parametrize(
    ("marker", "root"),
    [
        ("site/_config.yml", "site"),
        ("site/hugo.toml", "site"),
        ("site/mkdocs.yml", "site"),
        ("site/config.toml", ""),  # of some other program
        (".git/HEAD", ""),
    ],
)
def test_the_root_is_where_the_generator_is_configured(tmp_path: Path, marker: str, root: str) -> None:
    real = Path(os.path.realpath(tmp_path))
    for path in ("site/content/post/a.md", ".git/HEAD", marker):
        (real / path).parent.mkdir(parents=True, exist_ok=True)
        (real / path).touch()
    if marker.endswith("config.toml"):
        (real / "site/content").rename(real / "site/pages")
        assert site_root(str(real / "site/pages/post"), "", is_site) == str(real)
    else:
        assert site_root(str(real / "site/content/post"), "", is_site) == str(real / root).rstrip("/")


def test_a_page_astray_has_its_folder_for_a_site(tmp_path: Path) -> None:
    real = os.path.realpath(tmp_path)
    assert site_root(real, "", is_site) == real


def test_all_files_count_but_those_of_version_control(tmp_path: Path) -> None:
    for path in ("a.md", "files/cv.pdf", ".well-known/x", ".git/HEAD", "node_modules/a/b.js"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    if hasattr(os, "symlink"):
        os.symlink(tmp_path / "files", tmp_path / "again", target_is_directory=True)
        os.symlink(tmp_path, tmp_path / "files" / "circle", target_is_directory=True)
    found = files_below(os.path.realpath(tmp_path))
    assert found is not None
    assert {"a.md", "files/cv.pdf", ".well-known/x"} <= found
    assert not any("HEAD" in path or "node_modules" in path for path in found)
    assert "again/cv.pdf" in found


def test_a_list_of_files(tmp_path: Path) -> None:
    (tmp_path / "files.txt").write_text("./a.md\nfiles/cv.pdf\r\nfolder/\n\n")
    assert listed(str(tmp_path / "files.txt")) == {"a.md", "files/cv.pdf"}


def test_a_list_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"files\.txt: the list of the site's files cannot be read: No such file"):
        listed(str(tmp_path / "files.txt"))
