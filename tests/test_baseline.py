"""What a person gets who adopts the program on an old site: old findings are kept apart, and new ones are seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.baseline import Baseline, Entry, Scope, load
from sitecheck.finding import Diagnostic, Place, Severity
from sitecheck.rule import UserError
from sitecheck.source import Source

CLEAN, FINDINGS, ERROR = 0, 1, 2
FILE = "sitecheck-baseline.json"


class Site:
    """A folder, and sitecheck run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(self, *arguments: str, stdin: str = "") -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "sitecheck", *arguments],
            cwd=self.root, input=stdin, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    def new(self, *arguments: str) -> list[str]:
        """`path:line` of each finding that the baseline does not have."""
        status, out, errors = self.run("--baseline", FILE, "--format", "json", *arguments)
        assert status in (CLEAN, FINDINGS), errors
        return [f"{finding['path']}:{finding['start']['line']}" for finding in json.loads(out)["findings"]]

    def entries(self) -> list[list[object]]:
        content = json.loads((self.root / FILE).read_text(encoding="ascii"))
        assert content["version"] == 1
        return [list(finding.values()) for finding in content["findings"]]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.write("a.md", "MÃ¼ller\n\nMÃ¼ller and CafÃ©\n")
    site.write("in/b.md", "MÃ¼ller\n")
    return site


def test_what_is_written_is_not_reported_again(site: Site) -> None:
    assert site.run("--write-baseline") == (CLEAN, f"{FILE} lists 4 findings in 2 files now\n", "")
    status, out, errors = site.run("--baseline", FILE)
    assert (status, errors) == (CLEAN, "")
    assert out == f"Nothing new in 2 files.\n4 old findings in {FILE} are not shown\n"
    assert site.run()[0] == FINDINGS


def test_the_file_is_sorted_has_no_lines_and_is_written_the_same_again(site: Site) -> None:
    site.run("--write-baseline")
    assert site.entries() == [
        ["a.md", "mojibake", "Ã©", 1],
        ["a.md", "mojibake", "Ã¼", 2],
        ["in/b.md", "mojibake", "Ã¼", 1],
    ]
    text = (site.root / FILE).read_bytes()
    assert text.isascii()
    assert text.count(b"\n") == len(site.entries()) + 3
    site.write("a.md", "new line\n\nCafÃ©\nMÃ¼ller\nMÃ¼ller\n")
    site.run("--write-baseline")
    assert (site.root / FILE).read_bytes() == text


def test_moved_text_stays_known_and_one_more_is_new(site: Site) -> None:
    site.run("--write-baseline")
    site.write("a.md", "CafÃ©\n\nx\n\nMÃ¼ller\nMÃ¼ller\n")
    assert site.new() == []
    site.write("a.md", "CafÃ©\n\nMÃ¼ller\nMÃ¼ller\nMÃ¼ller\n")
    assert site.new() == ["a.md:5"]


def test_text_moved_to_another_file_stays_known(site: Site) -> None:
    site.run("--write-baseline")
    site.write("a.md", "CafÃ©\n\nMÃ¼ller\n")
    site.write("c.md", "MÃ¼ller\n")
    assert site.new() == []
    site.write("c.md", "MÃ¼ller\nMÃ¼ller\n")
    assert site.new() == ["c.md:2"]


def test_a_renamed_file_stays_known_even_if_it_alone_is_checked(site: Site) -> None:
    site.run("--write-baseline")
    (site.root / "a.md").rename(site.root / "in" / "z.md")
    assert site.new() == []
    assert site.new("in/z.md") == []
    site.write("in/z.md", "MÃ¼ller\nMÃ¼ller\nMÃ¼ller\n")
    assert site.new("in/z.md") == ["in/z.md:3"]


def test_a_file_that_was_not_checked_lends_nothing(site: Site) -> None:
    """b.md may well have its old finding still: nobody looked."""
    site.run("--write-baseline")
    site.write("c.md", "MÃ¼ller\n")
    assert site.new("c.md") == ["c.md:1"]


def test_entries_that_match_nothing_are_reported_and_pruned_on_request(site: Site) -> None:
    site.run("--write-baseline")
    site.write("a.md", "MÃ¼ller and CafÃ©\n")
    before = (site.root / FILE).read_bytes()
    status, out, _ = site.run("--baseline", FILE)
    assert status == CLEAN
    assert out.endswith(f"\n1 finding in {FILE} matches nothing any more; see --prune-baseline\n")
    assert (site.root / FILE).read_bytes() == before
    status, out, _ = site.run("--prune-baseline")
    assert status == CLEAN
    assert out.endswith(f"\n1 finding taken out of {FILE}\n")
    assert site.entries() == [
        ["a.md", "mojibake", "Ã©", 1],
        ["a.md", "mojibake", "Ã¼", 1],
        ["in/b.md", "mojibake", "Ã¼", 1],
    ]
    assert "match" not in site.run("--baseline", FILE)[1]
    (site.root / "in" / "b.md").unlink()
    assert "1 finding in" in site.run("--baseline", FILE)[1]


def test_pruning_moves_what_has_moved(site: Site) -> None:
    site.run("--write-baseline")
    (site.root / "a.md").rename(site.root / "z.md")
    site.run("--prune-baseline")
    assert {entry[0] for entry in site.entries()} == {"in/b.md", "z.md"}
    assert site.new() == []


def test_what_a_run_did_not_look_at_is_kept_and_not_called_gone(site: Site) -> None:
    site.write("c.md", "ﬁsh\n")
    site.run("--write-baseline")
    before = site.entries()
    for arguments in (["in"], ["--select", "ligature"], ["c.md", "--ignore", "ligature"], ["in/b.md"]):
        assert "match" not in site.run("--baseline", FILE, *arguments)[1]
        site.run("--prune-baseline", *arguments)
        assert site.entries() == before
        status, out, _ = site.run("--write-baseline", *arguments)
        assert status == CLEAN
        assert "more that this run did not look for" in out
        assert site.entries() == before
    site.write("sitecheck.toml", 'per-path-ignores = {"c.md" = ["encoding"]}')
    site.run("--prune-baseline")
    assert site.entries() == before


def test_a_run_that_failed_writes_nothing(site: Site) -> None:
    site.run("--write-baseline")
    before = (site.root / FILE).read_bytes()
    site.write("a.md", "mended\n")
    status, out, errors = site.run("--write-baseline", ".", "nowhere.md")
    assert (status, out) == (ERROR, "")
    assert "the baseline was not written" in errors
    assert site.run("--prune-baseline", ".", "nowhere.md")[0] == ERROR
    assert (site.root / FILE).read_bytes() == before


def test_the_configuration_names_the_baseline(site: Site) -> None:
    site.write("sitecheck.toml", 'baseline = "lint/old.json"\n')
    status, _, errors = site.run()
    assert status == ERROR
    assert errors == "sitecheck: lint/old.json: there is no such baseline; make it with --write-baseline\n"
    (site.root / "lint").mkdir()
    assert site.run("--write-baseline")[1] == "lint/old.json lists 4 findings in 2 files now\n"
    assert {finding["path"] for finding in json.loads((site.root / "lint/old.json").read_text())["findings"]} == {
        "../a.md", "../in/b.md"
    }  # fmt: skip
    assert site.run()[0] == CLEAN
    below = Site(site.root / "in")
    assert below.run()[0] == CLEAN
    assert below.run("..", "--format", "json")[0] == CLEAN
    assert site.run("--no-baseline")[0] == FINDINGS


def test_the_default_place_is_beside_the_configuration(site: Site) -> None:
    site.write("sitecheck.toml", "")
    assert Site(site.root / "in").run("--write-baseline")[1] == f"../{FILE} lists 1 finding in 1 file now\n"


def test_fixes_are_made_for_old_findings_too(site: Site) -> None:
    site.run("--write-baseline")
    site.write("c.md", "ﬁsh\n")
    status, out, _ = site.run("--fix", "--baseline", FILE, "--fail-on", "info")
    assert status == FINDINGS
    assert "4 fixed; left: 1 info" in out
    assert f"4 findings in {FILE} match nothing any more" in out
    site.run("--prune-baseline")
    assert site.entries() == []


def test_statistics_and_severities_count_what_is_new(site: Site) -> None:
    site.run("--write-baseline")
    site.write("c.md", "MÃ¼ller\n")
    status, out, _ = site.run("--baseline", FILE, "--statistics")
    assert status == FINDINGS
    assert "     1  mojibake" in out
    assert "1 error in 1 file (3 files read)" in out
    status, out, errors = site.run("--baseline", FILE, "--format", "json", "--exit-zero")
    assert status == CLEAN
    assert json.loads(out)["summary"]["errors"] == 1
    assert errors == f"sitecheck: 4 old findings in {FILE} are not shown\n"


def test_standard_input_has_the_findings_of_its_name(site: Site) -> None:
    site.run("--write-baseline")
    stdin = "MÃ¼ller\nMÃ¼ller\nMÃ¼ller\n"
    status, out, _ = site.run("-", "--stdin-filename", "a.md", "--baseline", FILE, "--format", "concise", stdin=stdin)
    assert status == FINDINGS
    assert out.startswith("a.md:3:2: ")
    assert "2 old findings" in out


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Expecting value"),
        (b"[]", "it has no list of findings"),
        (b"{}", "it has no list of findings"),
        (b"\xff\xfe", "decode"),
        (b'{"version": 2, "findings": []}', "its version is 2, and this sitecheck reads 1"),
        (b'{"version": 1, "findings": {}}', "it has no list of findings"),
        (b'{"version": 1, "findings": [1]}', "finding number 1 in it lacks"),
        (b'{"version": 1, "findings": [{"path": "a", "rule": "b", "text": "c"}]}', "finding number 1 in it lacks"),
        (b'{"version": 1, "findings": [{"path": "a", "rule": "b", "text": "c", "count": true}]}', "number 1"),
        (b'{"version": 1, "findings": [{"path": "a", "rule": "b", "text": "c", "count": 0}]}', "number 1"),
        (b'{"version": 1, "findings": [{"path": "a", "rule": ["b"], "text": "c", "count": 1}]}', "number 1"),
        (b'{"version": 1,\n<<<<<<< HEAD\n "findings": []}', "line 2 column 1"),
        (b"[" * 100_000, ""),
        (b"# A page\n", "Expecting value"),
    ],
)
def test_a_damaged_baseline_is_one_sentence_and_is_not_overwritten(site: Site, content: bytes, why: str) -> None:
    site.write(FILE, content)
    for arguments in (["--baseline", FILE], ["--write-baseline"], ["--prune-baseline"]):
        status, out, errors = site.run(*arguments)
        assert (status, out) == (ERROR, "")
        assert errors.startswith(f"sitecheck: {FILE}: no baseline, or a damaged one: ")
        assert why in errors
        assert errors.count("\n") == 1
        assert (site.root / FILE).read_bytes() == content


def test_a_baseline_that_cannot_be_written_or_read(site: Site) -> None:
    status, _, errors = site.run("--write-baseline", "--baseline", "nowhere/old.json")
    assert (status, errors) == (
        ERROR, "sitecheck: nowhere/old.json: the baseline cannot be written: No such file or directory\n"
    )  # fmt: skip
    assert site.run("--baseline", "in")[0] == ERROR
    status, _, errors = site.run("--prune-baseline")
    assert (status, errors) == (
        ERROR, f"sitecheck: {FILE}: there is no such baseline; make it with --write-baseline\n"
    )  # fmt: skip


def test_options_that_do_not_go_together(site: Site) -> None:
    for arguments in (["--write-baseline", "--prune-baseline"], ["--write-baseline", "--diff"]):
        status, out, _ = site.run(*arguments)
        assert (status, out) == (ERROR, "")


def test_a_path_after_write_baseline_is_a_path(site: Site) -> None:
    page = (site.root / "a.md").read_bytes()
    assert site.run("--write-baseline", "a.md")[1] == f"{FILE} lists 3 findings in 1 file now\n"
    assert (site.root / "a.md").read_bytes() == page
    assert site.run("--write-baseline", "--baseline", "a.md")[0] == ERROR
    assert (site.root / "a.md").read_bytes() == page


def test_hostile_text_and_bytes_that_are_no_text(site: Site) -> None:
    site.write("a.md", "x\u202ey \x1b]0;x\x07\n".encode() + b"caf\xe9 " + b"\xff" * 300 + b"\n")
    site.run("--write-baseline")
    text = (site.root / FILE).read_bytes()
    assert text.isascii()
    assert text.replace(b"\n", b"").decode().isprintable()
    assert max(map(len, text.splitlines())) < 1000
    assert site.new() == []


def test_a_baseline_of_two_branches_merged_by_hand(site: Site) -> None:
    line = '{"path": "in/b.md", "rule": "mojibake", "text": "\\u00c3\\u00bc", "count": 1}'
    site.write(FILE, f'{{"version": 1, "findings": [{line},\n{line}]}}')
    site.write("in/b.md", "MÃ¼ller\nMÃ¼ller\nMÃ¼ller\n")
    assert site.new("in") == ["in/b.md:3"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_baseline_that_is_a_link_stays_one(site: Site) -> None:
    (site.root / "real").mkdir()
    (site.root / FILE).symlink_to(os.path.join("real", "old.json"))
    site.write("real/old.json", '{"version": 1, "findings": []}')
    site.run("--write-baseline")
    assert (site.root / FILE).is_symlink()
    assert site.new() == []
    assert [path.name for path in (site.root / "real").iterdir()] == ["old.json"]


# --- the counting, proved

PATHS = st.sampled_from(["a.md", "b.md", "c.md"])
TEXTS = st.sampled_from(["x", "y"])
FOUND = st.lists(st.tuples(PATHS, TEXTS), max_size=12)


def diagnostics(found: list[tuple[str, str]]) -> tuple[list[Diagnostic], dict[str, Source]]:
    """Findings of one letter each, a line each."""
    pages = {path: "".join(f"{text}\n" for each, text in found if each == path) for path, _ in found}
    sources = {path: Source(path, page.encode()) for path, page in pages.items()}
    made = []
    for path, source in sorted(sources.items()):
        for start in range(0, len(source.text), 2):
            place = Place(path, source.position(start), source.position(start + 1))
            made.append(Diagnostic("rule", Severity.ERROR, "m", place, None, (), ""))
    return made, sources


@given(FOUND, FOUND)
def test_of_each_text_as_many_are_known_as_there_were(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    scope = Scope((".",), {path: frozenset({"rule"}) for path in ("a.md", "b.md", "c.md")})
    before, sources_before = diagnostics(old)
    baseline = Baseline(FILE, Baseline(FILE, Counter()).keys(before, sources_before.__getitem__))
    now, sources = diagnostics(new)
    compared = baseline.compare(now, sources.__getitem__, scope)
    for text in ("x", "y"):
        were, are = sum(each == text for _, each in old), sum(each == text for _, each in new)
        fresh = sum(sources[one.place.path].line(one.place.start.line) == text for one in compared.new)
        assert fresh == max(are - were, 0)
    assert len(compared.new) + compared.known.total() == len(now)
    assert compared.known.total() + compared.gone.total() == len(old)
    assert not compared.unread
    again = Baseline(FILE, compared.known).compare(now, sources.__getitem__, scope)
    assert (again.new, again.gone) == (compared.new, Counter())


@given(st.dictionaries(st.builds(Entry, st.text(), st.text(), st.text()), st.integers(1, 9)))
def test_what_is_written_is_what_is_read(entries: dict[Entry, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, FILE)
        Baseline(file, Counter()).write(Counter(entries))
        assert load(file).entries == entries
        assert os.listdir(folder) == [FILE]
        with pytest.raises(UserError, match="cannot be written"):
            Baseline(os.path.join(file, "x"), Counter()).write(Counter(entries))
