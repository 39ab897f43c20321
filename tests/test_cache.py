"""What an earlier run found is found again without work, and never instead of what is true now."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.citations.cited import Cited, Work
from sitecheck.engine import Examined
from sitecheck.facts import NO_FACTS, Facts, InwardLink, Setting, WebLink
from sitecheck.finding import Diagnostic, Fix, Place, Position, Severity
from sitecheck.records import dump, load
from sitecheck.spelling.suspect import Spelling, Suspect, Use
from sitecheck.store import KEPT_DAYS, NAME, cache_folder
from sitecheck.text import Edit, Span

if TYPE_CHECKING:
    from tests.conftest import FaultySite

OPENED = """
import os, sys
def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith((".md", ".txt")) and "site-packages" not in str(arguments[0]):
        with os.fdopen(os.open(os.environ["OPENED_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), "a") as log:
            print(os.path.basename(arguments[0]), file=log)
sys.addaudithook(hook)
"""
"""Has any Python process tell which pages it opens."""


def opened(site: FaultySite, *arguments: str) -> list[str]:
    """The pages that a run reads."""
    hooks = site.root.parent / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "sitecustomize.py").write_text(OPENED, "utf-8")
    log = hooks / "log"
    log.unlink(missing_ok=True)
    path = os.pathsep.join([str(hooks), *filter(None, [os.environ.get("PYTHONPATH")])])
    site.run("--format=json", *arguments, PYTHONPATH=path, OPENED_LOG=str(log))
    return sorted(log.read_text("utf-8").split()) if log.exists() else []


def let_rest(site: FaultySite) -> None:
    """Wait until the time stamps of the files can be trusted, and run once."""
    time.sleep(2.1)
    site.run()
    site.examined()


def same_size(text: str) -> str:
    return text.replace("Some", "LOUD")


def warnings(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return [line for line in done.stderr.decode("utf-8").splitlines() if "cache" in line]


def test_a_file_that_has_not_changed_is_neither_read_nor_examined_again(faulty_site: FaultySite) -> None:
    time.sleep(2.1)
    assert opened(faulty_site) == faulty_site.pages
    assert faulty_site.examined() == faulty_site.pages
    assert opened(faulty_site) == []
    assert faulty_site.examined() == []


def test_the_report_is_the_same_as_without(faulty_site: FaultySite) -> None:
    fresh = faulty_site.run("--no-cache")
    first, second = faulty_site.run(), faulty_site.run()
    assert b"mojibake" in fresh.stdout
    assert fresh.stdout == first.stdout == second.stdout
    assert fresh.returncode == first.returncode == second.returncode == 1


def test_a_change_is_seen_though_size_and_time_stamp_are_the_same(faulty_site: FaultySite) -> None:
    page = faulty_site.root / "page10.md"
    let_rest(faulty_site)
    before = page.stat()
    page.write_text(same_size(page.read_text("utf-8")), "utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert page.stat().st_size == before.st_size
    assert "shout" in {finding["rule"] for finding in faulty_site.findings("page10.md")}


def test_a_file_that_was_changed_a_moment_ago_is_read_again(faulty_site: FaultySite) -> None:
    """Another edit in the same tick of the clock would show neither in its size nor in its time stamp."""
    let_rest(faulty_site)
    for name in ("page10.md", "page12.md"):
        page = faulty_site.root / name
        page.write_text(same_size(page.read_text("utf-8")), "utf-8")
    faulty_site.run()
    assert faulty_site.examined() == ["page10.md", "page12.md"]
    assert opened(faulty_site) == ["page10.md", "page12.md"]
    assert faulty_site.examined() == []


def test_a_new_time_stamp_alone_means_nothing_new(faulty_site: FaultySite) -> None:
    faulty_site.run()
    faulty_site.examined()
    for page in faulty_site.root.glob("*.md"):
        page.touch()
    faulty_site.run()
    assert faulty_site.examined() == []


def test_what_was_so_before_is_still_known(faulty_site: FaultySite) -> None:
    page = faulty_site.root / "page10.md"
    first = page.read_text("utf-8")
    faulty_site.run()
    page.write_text(same_size(first), "utf-8")
    faulty_site.run()
    faulty_site.examined()
    page.write_text(first, "utf-8")
    assert faulty_site.findings("page10.md") == []
    assert faulty_site.examined() == []


def test_a_rule_that_was_edited_runs_again(faulty_site: FaultySite) -> None:
    faulty_site.run()
    rule = faulty_site.root / "own/style/shout.py"
    rule.write_text(rule.read_text("utf-8").replace("loud", "shrill"), "utf-8")
    assert "shrill" in {finding["message"] for finding in faulty_site.findings()}


def test_so_it_does_when_a_list_beside_it_was_edited(faulty_site: FaultySite) -> None:
    words = faulty_site.write("own/style/words.lst", "LOUD")
    faulty_site.run()
    faulty_site.examined()
    words.write_text("QUIET", "utf-8")
    faulty_site.run()
    assert faulty_site.examined() == faulty_site.pages


def test_the_configuration_counts(faulty_site: FaultySite) -> None:
    faulty_site.run()
    assert {finding["rule"] for finding in faulty_site.findings("--select=shout")} == {"shout"}
    faulty_site.write("sitecheck.toml", 'local-rules = "own"\n[severity]\nshout = "info"\n')
    assert {finding["severity"] for finding in faulty_site.findings("--select=shout")} == {"info"}
    faulty_site.write("sitecheck.toml", 'local-rules = "own"\n[per-path-ignores]\n"page07.md" = ["shout"]\n')
    assert {finding["path"] for finding in faulty_site.findings("--select=shout")} == {"page09.md"}


def test_a_finding_has_the_name_that_its_file_has_now(faulty_site: FaultySite) -> None:
    faulty_site.run()
    (faulty_site.root / "page07.md").rename(faulty_site.root / "seven.md")
    assert {finding["path"] for finding in faulty_site.findings("--select=shout")} == {"page09.md", "seven.md"}
    moved = faulty_site.root.parent / "moved"
    shutil.move(faulty_site.root, moved)
    faulty_site.root = moved
    assert {finding["path"] for finding in faulty_site.findings("--select=shout")} == {"page09.md", "seven.md"}


def test_a_rule_that_failed_is_asked_again(faulty_site: FaultySite) -> None:
    rule = (faulty_site.root / "own/style/shout.py").read_text("utf-8")
    faulty_site.write("own/style/shout.py", rule.replace("time.sleep", "len(os.environ['GONE']); time.sleep"))
    failed = faulty_site.run("page10.md", "page11.md")
    assert failed.returncode == 2
    assert failed.stderr.count(b"shout failed") == 2
    assert faulty_site.run("page10.md", "page11.md", GONE="no more").returncode == 1


def test_no_cache_neither_reads_nor_writes_it(faulty_site: FaultySite) -> None:
    faulty_site.run("--no-cache")
    assert not faulty_site.cache.exists()
    faulty_site.run()
    faulty_site.examined()
    faulty_site.run("--no-cache")
    assert faulty_site.examined() == faulty_site.pages


@pytest.mark.parametrize("option", ["--fix", "--unsafe-fixes"])
def test_what_is_known_is_mended_all_the_same(faulty_site: FaultySite, option: str) -> None:
    faulty_site.run()
    wanted = faulty_site.run("--diff", option, "--no-cache").stdout
    assert wanted
    assert faulty_site.run("--diff", option).stdout == wanted
    faulty_site.run(option)
    assert faulty_site.run("--diff", option).stdout == b""
    assert faulty_site.findings() == faulty_site.findings("--no-cache")


# A file that is not as it should be.


def database(site: FaultySite) -> Path:
    return site.cache / NAME


def damage_header(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\xff" * 4000)


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def scramble(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[4096:] = bytes(byte ^ 0x55 for byte in raw[4096:])
    file.write_bytes(raw)


def change_tables(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "DROP TABLE examined; CREATE VIEW examined AS SELECT 1 AS key, 2 AS result, 3 AS used;"
        )


@pytest.mark.parametrize("damage", [damage_header, cut_off, scramble, change_tables])
def test_a_damaged_cache_is_named_once_and_made_anew(faulty_site: FaultySite, damage: object) -> None:
    fresh = faulty_site.run()
    assert callable(damage)
    damage(database(faulty_site))
    after = faulty_site.run()
    assert after.stdout == fresh.stdout
    assert after.returncode == fresh.returncode
    assert warnings(after) == [f"sitecheck: the cache {database(faulty_site)} was damaged, and is made anew"]
    faulty_site.examined()
    again = faulty_site.run()
    assert (again.stdout, again.stderr) == (fresh.stdout, b"")
    assert faulty_site.examined() == []


def foreign_text(file: Path) -> None:
    file.write_text("my diary", "utf-8")


def foreign_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("CREATE TABLE diary (day TEXT); INSERT INTO diary VALUES ('Monday');")


@pytest.mark.parametrize("make", [foreign_text, foreign_database])
def test_a_file_of_somebody_else_is_named_and_left_alone(faulty_site: FaultySite, make: object) -> None:
    faulty_site.cache.mkdir()
    assert callable(make)
    make(database(faulty_site))
    before = database(faulty_site).read_bytes()
    fresh, done = faulty_site.run("--no-cache"), faulty_site.run()
    assert (done.stdout, done.returncode) == (fresh.stdout, fresh.returncode)
    (warning,) = warnings(done)
    assert "is no cache of sitecheck" in warning
    assert database(faulty_site).read_bytes() == before


def row(severity: object, start: object, end: object, path: str = "page01.md") -> bytes:
    """A file with one finding."""
    return json.dumps(["", [["mojibake", severity, "a lie", [path, start, end, ""], None, [], ""]], []]).encode()


FIRST, SECOND = [0, 1, 1], [1, 1, 2]
LIES = {
    "no JSON": b"[",
    "not UTF-8": b"\xff\xfe",
    "nested": b"[" * 100_000,
    "another type": b"7",
    "an object": b'{"path": "", "diagnostics": []}',
    "too few fields": b"[]",
    "too many fields": b'["", [], [], 1]',
    "no severity": row(9, FIRST, SECOND),
    "text for a number": row("2", FIRST, SECOND),
    "a boolean for a number": row(True, FIRST, SECOND),
    "a number with a fraction": row(2, FIRST, [1.5, 1, 2]),
    "another file": row(2, FIRST, SECOND, "../../etc/passwd"),
    "before the start": row(2, [-1, 1, 1], SECOND),
    "backwards": row(2, SECOND, FIRST),
    "line 0": row(2, [0, 0, 1], SECOND),
    "more lines than characters": row(2, [0, 2, 1], [1, 2, 2]),
}
"""by what is wrong with them"""


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_row_that_cannot_be_true_is_not_believed(faulty_site: FaultySite, lie: bytes) -> None:
    fresh = faulty_site.run()
    with closing(sqlite3.connect(database(faulty_site))) as connection, connection:
        connection.execute("UPDATE examined SET result = ?", (lie,))
    done = faulty_site.run()
    assert (done.stdout, done.stderr) == (fresh.stdout, fresh.stderr)


@pytest.mark.parametrize("value", [None, 7, "text", b""])
@pytest.mark.parametrize("column", ["signature", "digest", "used"])
def test_nor_is_one_with_other_types(faulty_site: FaultySite, column: str, value: object) -> None:
    fresh = faulty_site.run()
    with closing(sqlite3.connect(database(faulty_site))) as connection, connection:
        connection.execute(f"UPDATE file SET {column} = ?", (value,))  # noqa: S608 - one of three names
        if column == "used":
            connection.execute("UPDATE examined SET used = ?", (value,))
    done = faulty_site.run()
    assert (done.stdout, done.stderr) == (fresh.stdout, fresh.stderr)


@pytest.mark.parametrize("format", ["text", "concise", "json", "sarif", "github"])
def test_a_place_that_the_file_does_not_have_harms_no_report(faulty_site: FaultySite, format: str) -> None:
    """As after an edit between examining the file and showing its lines."""
    faulty_site.run("page01.md", "page02.md")
    beyond = [5000, 90, 41]
    found = [["mojibake", 2, "far off", ["page01.md", beyond, beyond, ""], None, [], ""]]
    with closing(sqlite3.connect(database(faulty_site))) as connection, connection:
        connection.execute("UPDATE examined SET result = ? WHERE result <> x''", (dump(("", found, [], NO_FACTS)),))
    done = faulty_site.run("page01.md", "page02.md", f"--format={format}")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"far off" in done.stdout


# A place that cannot be had.


def test_where_nothing_can_be_kept_everything_is_examined(faulty_site: FaultySite) -> None:
    fresh = faulty_site.run("--no-cache")
    occupied = faulty_site.write("occupied", "a file where a folder should be")
    for _ in range(2):
        done = faulty_site.run(SITECHECK_CACHE_DIR=str(occupied / "cache"))
        assert (done.stdout, done.stderr, done.returncode) == (fresh.stdout, b"", fresh.returncode)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_is_read(faulty_site: FaultySite) -> None:
    fresh = faulty_site.run()
    faulty_site.examined()
    database(faulty_site).chmod(0o400)
    faulty_site.cache.chmod(0o500)
    try:
        faulty_site.write("page10.md", "LOUD\n")
        done = faulty_site.run()
    finally:
        faulty_site.cache.chmod(0o700)
    assert done.stderr == b""
    assert len(done.stdout) > len(fresh.stdout)
    assert faulty_site.examined() == ["page10.md"]


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def test_a_cache_that_somebody_else_holds_is_done_without(faulty_site: FaultySite) -> None:
    fresh = faulty_site.run()
    with locked(database(faulty_site)):
        done = faulty_site.run()
    assert (done.stdout, done.stderr) == (fresh.stdout, b"")


def test_runs_at_once_share_it(faulty_site: FaultySite) -> None:
    fresh = faulty_site.run("--no-cache")
    runs = [faulty_site.start() for _ in range(6)]
    for done in runs:
        assert done.communicate() == (fresh.stdout, b"")
    with closing(sqlite3.connect(database(faulty_site))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    faulty_site.examined()
    assert faulty_site.run().stdout == fresh.stdout
    assert faulty_site.examined() == []


def test_a_run_that_is_killed_leaves_nothing_wrong_behind(faulty_site: FaultySite) -> None:
    fresh = faulty_site.run("--no-cache")
    for delay in (0.05, 0.1, 0.15, 0.2, 0.3):
        run = faulty_site.start()
        time.sleep(delay)
        run.kill()
        run.communicate()
    done = faulty_site.run()
    assert (done.stdout, done.stderr) == (fresh.stdout, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a console")
def test_what_an_interrupted_run_knows_is_kept(faulty_site: FaultySite) -> None:
    faulty_site.environment["SHOUT_SECONDS"] = "0.2"
    run = faulty_site.start()
    while not faulty_site.log.exists() or faulty_site.log.read_text("utf-8").count("\n") < 5:
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    assert run.communicate()[1] == b""
    assert run.returncode == 130
    known = faulty_site.examined()[:-1]  # the last one may not have been done
    faulty_site.environment["SHOUT_SECONDS"] = "0"
    faulty_site.run()
    assert set(faulty_site.examined()).isdisjoint(known)


# Its size.


def test_what_nobody_uses_is_dropped(faulty_site: FaultySite) -> None:
    faulty_site.run()
    with closing(sqlite3.connect(database(faulty_site))) as connection, connection:
        rows = "SELECT count(*) FROM examined"
        (before,) = connection.execute(rows).fetchone()
        connection.execute("UPDATE examined SET used = used - ?", (KEPT_DAYS + 1,))
        connection.execute("UPDATE pruned SET day = day - 1")
    faulty_site.run("page01.md", "page02.md")
    with closing(sqlite3.connect(database(faulty_site))) as connection:
        (after,) = connection.execute(rows).fetchone()
    assert (before, after) == (60, 2)


# Where it lies.


def test_each_system_has_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SITECHECK_CACHE_DIR")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache_folder() == str(tmp_path / ".cache" / "sitecheck")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == str(tmp_path / "xdg" / "sitecheck")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # to be ignored, says the standard
    assert cache_folder() == str(tmp_path / ".cache" / "sitecheck")
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder() == str(tmp_path / "Library" / "Caches" / "sitecheck")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert cache_folder() == ""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache_folder() == str(tmp_path / "sitecheck")
    monkeypatch.setenv("SITECHECK_CACHE_DIR", str(tmp_path / "own"))
    assert cache_folder() == str(tmp_path / "own")


# Records as JSON.

texts = st.text(st.characters(codec=None, categories=None), max_size=8)
positions = st.builds(Position, *[st.integers(0, 10**9)] * 3)
places = st.builds(Place, texts, positions, positions, texts)
edits = st.builds(Edit, st.integers(0, 99), st.integers(0, 99), texts)
fixes = st.builds(Fix, st.lists(edits, max_size=2).map(tuple), st.booleans(), texts)
diagnostics = st.builds(
    Diagnostic, texts, st.sampled_from(Severity), texts, places, st.none() | fixes,
    st.lists(places, max_size=2).map(tuple), texts,
)  # fmt: skip
places_cited = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
works = st.builds(Work, year=st.none() | st.integers(0, 9999))
citations = st.builds(Cited, work=works, place=places_cited)
offsets = st.integers(0, 10**9)
inward = st.builds(InwardLink, texts, texts, offsets, offsets, offsets, st.lists(texts, max_size=2).map(tuple))
suspects = st.builds(
    Suspect, texts, offsets, offsets, st.lists(texts, min_size=1, max_size=2).map(tuple), *[st.booleans()] * 3
)
facts = st.builds(
    Facts,
    commented=st.booleans(),
    addresses=st.lists(texts, max_size=2).map(tuple),
    front=st.lists(st.builds(Setting, texts, texts), max_size=2).map(tuple),
    citations=st.lists(citations, max_size=1).map(tuple),
    links=st.none() | st.lists(inward, max_size=2).map(tuple),
    web_links=st.lists(st.builds(WebLink, texts, positions, positions), max_size=2).map(tuple),
    spelling=st.builds(
        Spelling,
        st.lists(suspects, max_size=2).map(tuple),
        st.lists(st.builds(Use, texts, offsets, offsets, st.booleans()), max_size=2).map(tuple),
        st.lists(texts, max_size=2).map(tuple),
    ),
)
results = st.builds(
    Examined, texts, st.lists(diagnostics, max_size=3).map(tuple), st.lists(texts, max_size=2).map(tuple), facts
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(texts, inner, max_size=3),
)


@given(results)
def test_a_record_comes_back_as_it_was(record: Examined) -> None:
    back = load(Examined, dump(record))
    assert back == record
    assert repr(back) == repr(record)  # equal tuples may be of other types


@given(json_values | st.lists(json_values, min_size=3, max_size=3))
def test_what_is_no_record_is_refused(value: object) -> None:
    try:
        record = load(Examined, json.dumps(value).encode())
    except ValueError:
        return
    assert json.loads(dump(record)) == value
