"""What `--fix` promises: it mends what it says it does, breaks nothing else, and never leaves half a file."""

from __future__ import annotations

import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitecheck.atomic import write_atomically
from sitecheck.engine import ActiveRule
from sitecheck.finding import Finding, Fix
from sitecheck.fixer import FixOutcome, fix_file, fix_text
from sitecheck.page import Page
from sitecheck.rule import PageRule, UserError
from sitecheck.text import Edit, Span

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the system has no such thing")
root_only = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")


untimed = settings(deadline=None)
"""The machine may be busy."""


class Replace(PageRule):
    """Whatever matches a pattern is to be written differently."""

    def __init__(self, pattern: str, new: str, *, safe: bool = True) -> None:
        self.pattern = re.compile(pattern)
        self.new = new
        self.safe = safe

    def check(self, page: Page) -> Iterator[Finding]:
        for match in self.pattern.finditer(page.source.text):
            span = Span(*match.span())
            yield Finding(span, "to be replaced", Fix((Edit(*span, match.expand(self.new)),), self.safe, "replace"))


class Undo(Replace):
    """A second rule of the same kind."""


class Planned(PageRule):
    """Given fixes for one given text, each of them a few (start, end, new text); silent on any other text."""

    def __init__(self, text: str, *fixes: Sequence[tuple[int, int, str]], safe: bool = True) -> None:
        self.text = text
        self.fixes = fixes
        self.safe = safe

    def check(self, page: Page) -> Iterator[Finding]:
        for edits in self.fixes if page.source.text == self.text else ():
            fix = Fix(tuple(Edit(*edit) for edit in edits), self.safe, "as planned")
            yield Finding(Span(*edits[0][:2]), "planned", fix)


def fixed(raw: bytes, *rules: PageRule, path: str = "page.txt", unsafe: bool = False) -> FixOutcome:
    return fix_text(raw, path, [ActiveRule(rule) for rule in rules], unsafe=unsafe)


def edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The plainest way to make edits that are apart: from behind."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


# 1. Bytes outside the fixed spans stay identical.

NO_STRUCTURE = "empty.bib"
"""A name under which a text without any entry has no structure that a fix could change."""

pieces = st.lists(
    st.sampled_from(["a", "é", "’", "𝒳", "\n", "\r\n", "\r", "\t", " ", "  \n", "\x1f", "\u2028"]), max_size=20
)
words = st.sampled_from(["", "x", "’", "ü\r\n", "𝒳𝒳"])


@st.composite
def texts_and_edits(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = "".join(draw(pieces))
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, [(*pair, draw(words)) for pair in zip(places[::2], places[1::2], strict=False)]


@untimed
@given(texts_and_edits(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_only_the_fixed_spans_change_in_any_encoding(
    case: tuple[str, list[tuple[int, int, str]]], encoding: str
) -> None:
    text, edits = case
    outcome = fixed(text.encode(encoding), Planned(text, *([edit] for edit in edits)), path=NO_STRUCTURE)
    assert outcome.raw_after == edited(text, edits).encode(encoding)
    assert outcome.refused == ()


@untimed
@given(
    st.lists(st.one_of(st.just(b"teh"), st.sampled_from([b"\xe9", b"\xc3", b"\xff\xfe", b"\r", b"\n", b" ", b"ok"])))
)
def test_bytes_that_are_no_text_survive_beside_a_fix(parts: list[bytes]) -> None:
    raw = b">" + b"".join(parts)  # never a byte order mark
    assert fixed(raw, Replace("teh", "thé")).raw_after == raw.replace(b"teh", "thé".encode())


def test_a_page_in_another_charset_stays_in_it() -> None:
    raw = '<meta charset="iso-8859-1"><p>teh caf\xe9</p>\r\n'.encode("latin-1")
    assert fixed(raw, Replace("teh", "thé"), path="page.html").raw_after == raw.replace(b"teh", b"th\xe9")


def test_undecodable_bytes_are_replaced_where_a_fix_says_so() -> None:
    outcome = fixed(b"caf\xe9 na\xefve \xff\n", Replace("\udce9", "é", safe=False), unsafe=True)
    assert outcome.raw_after == "café na".encode() + b"\xefve \xff\n"


def test_a_character_that_the_charset_lacks_is_not_written() -> None:
    raw = '<meta charset="iso-8859-5"><p>caf\xe9 no ok</p>'.encode("latin-1")
    outcome = fixed(raw, Replace("no", "’"), Replace("ok", "OK"), path="page.html")
    assert outcome.raw_after == raw.replace(b"ok", b"OK")
    assert outcome.refused == (
        "page.html:1:36: fix of replace left out: the file's encoding, iso8859-5, has no '\\u2019'",
    )


def test_a_page_that_declares_another_charset_gets_no_character_that_it_would_misread() -> None:
    outcome = fixed(b'<meta charset="iso-8859-1"><p>e</p>', Replace("(?<=<p>)e", "é"), path="page.html")
    assert outcome.raw_after == outcome.raw_before
    assert "another charset, iso8859-1, as the page asks" in outcome.refused[0]


def test_half_characters_that_would_grow_together_are_kept_apart() -> None:
    outcome = fixed(b"\xc3-\xa9", Replace("-", ""))
    assert outcome.raw_after == b"\xc3-\xa9"
    assert "read as other characters" in outcome.refused[0]


def test_a_file_that_cannot_be_written_back_without_loss_is_left_alone() -> None:
    outcome = fixed("\ufeffteh".encode("utf-16-le") + b"\x00\xd8 ", Replace("teh", "the"))
    assert outcome.raw_after == outcome.raw_before
    assert "no valid utf-16-le" in outcome.refused[0]


# 2. Fixing twice changes nothing more.


@untimed
@given(
    st.text("abc", max_size=8),
    st.lists(st.tuples(st.text("abc", min_size=1, max_size=2), st.text("abc", max_size=2)), min_size=1, max_size=4),
)
@example("a", [("a", "b"), ("b", "a")])
@example("a", [("a", "aa")])
def test_a_second_run_changes_nothing_whatever_the_rules(text: str, replacements: list[tuple[str, str]]) -> None:
    rules = [Replace(old, new) for old, new in replacements]
    once = fixed(text.encode(), *rules)
    twice = fixed(once.raw_after, *rules)
    assert twice.raw_after == once.raw_after
    assert twice.refused == once.refused
    assert twice.examined == once.examined
    assert twice.fixed == 0


def test_rules_that_undo_each_other_leave_the_file_alone_and_are_named() -> None:
    outcome = fixed(b"a fair cop", Replace("fair", "foul"), Undo("foul", "fair"), Planned("a fair cop", [(0, 1, "A")]))
    assert outcome.raw_after == b"a fair cop"
    assert outcome.refused[0].startswith("page.txt: left as it was: the fixes of replace and undo still found")
    assert outcome.fixed == 0
    assert len(outcome.examined.diagnostics) == 2


def test_what_a_fix_brings_to_light_is_fixed_too() -> None:
    outcome = fixed(b"&amp;amp;amp; teh", Replace("&amp;amp;", "&amp;"), Replace("teh", "the"))
    assert outcome.raw_after == b"&amp; the"
    assert outcome.fixed == 3
    assert outcome.examined.diagnostics == ()


# 3. The page keeps its structure.

STRUCTURES = [
    pytest.param("page.yml", "title: no maps\nother: well\n", "no", "a: b", id="yaml-scalar-becomes-mapping"),
    pytest.param("page.yml", "title: 'no one'\nother: well\n", "no", "'", id="yaml-quote-ends-early"),
    pytest.param("page.yml", "title: no one\nother: well\n", "title", "other", id="yaml-key-renamed"),
    pytest.param("page.yml", "title: well\nother: no\n", "no", "no\n...\n%", id="yaml-error-behind-the-data"),
    pytest.param("page.md", "---\ntitle: no maps\n---\n\nwell\n", "no", "a: b", id="front-matter"),
    pytest.param("page.md", "+++\ntitle = 'no'\n+++\n\nwell\n", "no", "'", id="toml-front-matter"),
    pytest.param("page.toml", "title = 'no'\nother = 'well'\n", "no", "'", id="toml"),
    pytest.param("page.html", "<p>no one</p><p>well</p>", "no", "<b>", id="html-tag-appears"),
    pytest.param("page.html", '<p title="no one">well</p>', "no", '"', id="html-attribute-ends-early"),
    pytest.param("page.bib", "@book{no, title = {well}}\n", "no", "yes", id="bibtex-key"),
    pytest.param("page.bib", "@book{k, title = {no one}, key = {well}}\n", "no", "}", id="bibtex-brace"),
    pytest.param("page.md", "# no one\n\nwell\n", "# no", "no", id="markdown-heading-vanishes"),
    pytest.param("page.md", "a no b\n\nwell\n", "no", "<b>", id="markdown-html-tag"),
]


@pytest.mark.parametrize(("path", "text", "old", "new"), STRUCTURES)
def test_a_fix_that_would_change_the_structure_is_left_out_and_the_others_made(
    path: str, text: str, old: str, new: str
) -> None:
    outcome = fixed(text.encode(), Replace(re.escape(old), new), Undo("well", "fine"), path=path)
    assert outcome.raw_after.decode() == text.replace("well", "fine")
    assert outcome.fixed == 1
    assert [diagnostic.rule for diagnostic in outcome.examined.diagnostics] == ["replace"]
    (sentence,) = outcome.refused
    assert sentence.endswith("fix of replace left out: it would change the structure of the page")


def test_the_refusal_says_where() -> None:
    outcome = fixed(b"one: 1\ntwo: no maps\n", Replace("no", "a: b"), path="data/page.yml")
    assert outcome.refused[0].startswith("data/page.yml:2:6: fix of replace left out")


def test_a_hundred_good_fixes_survive_three_bad_ones() -> None:
    lines = [f"key{number}: teh text\n" for number in range(103)]
    for number in (0, 50, 102):
        lines[number] = f"key{number}: no text\n"
    raw = "".join(lines).encode()
    outcome = fixed(raw, Replace("no", "a: b"), Replace("teh", "the"), path="page.yml")
    assert outcome.raw_after == raw.replace(b"teh", b"the")
    assert outcome.fixed == 100
    assert len(outcome.refused) == 3


def test_a_page_with_hundreds_of_bad_fixes_comes_to_an_end_and_says_what_was_not_tried() -> None:
    raw = "".join(f"key{number}: no text\n" for number in range(400)).encode()
    outcome = fixed(raw, Replace("no", "a: b"), path="page.yml")
    assert outcome.raw_after == raw
    assert any("were not tried" in sentence for sentence in outcome.refused)
    assert len(outcome.refused) < 150


# 4. Nothing harmful comes in.


@pytest.mark.parametrize("code_point", [0, 0x1B, 0x0B, 0x7F, 0x85, 0x92, 0xFFFD, 0xD83D, 0xDCE9])
def test_no_fix_brings_in_a_control_or_lost_character(code_point: int) -> None:
    outcome = fixed(b"no, ok", Replace("no", f"n{chr(code_point)}o"), Replace("ok", "OK"))
    assert outcome.raw_after == b"no, OK"
    reason = f"it would put the character U+{code_point:04X} into the file"
    assert outcome.refused == (f"page.txt:1:1: fix of replace left out: {reason}",)


def test_a_fix_may_keep_a_control_character_that_is_there() -> None:
    assert fixed(b"a\x0cteh\x0cb", Replace("\x0cteh\x0c", "\x0cthe\x0c")).raw_after == b"a\x0cthe\x0cb"


# 5. Two fixes that overlap are both dropped in that pass; the next pass may apply one.


def overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    if one[:2] == other[:2]:
        return True
    return max(one[0], other[0]) < min(one[1], other[1]) or any(
        a[0] < b[0] == b[1] < a[1] for a, b in ((one, other), (other, one))
    )


@untimed
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 12), st.integers(0, 3), st.sampled_from(["", "X", "YY"])), min_size=1, max_size=2
        ),
        min_size=1,
        max_size=6,
    )
)
def test_of_fixes_that_overlap_none_is_made_while_others_are(drawn: list[list[tuple[int, int, str]]]) -> None:
    text = "abcdefghijklmnop"
    fixes = [[(start, start + length, new) for start, length, new in fix] for fix in drawn]
    fixes = [fix for fix in fixes if not any(overlap(*pair) for pair in itertools.combinations(fix, 2))]
    distinct = {tuple(sorted(edit for edit in fix if text[edit[0] : edit[1]] != edit[2])) for fix in fixes} - {()}
    alone = [
        fix for fix in distinct if not any(overlap(a, b) for other in distinct - {fix} for a in fix for b in other)
    ]
    outcome = fixed(text.encode(), Planned(text, *fixes))
    if alone or not distinct:
        assert outcome.raw_after.decode() == edited(text, [edit for fix in alone for edit in fix])
    else:
        subsets = itertools.chain.from_iterable(
            itertools.combinations(distinct, n) for n in range(1, len(distinct) + 1)
        )
        apart = (
            chosen
            for chosen in subsets
            if not any(overlap(a, b) for one, two in itertools.combinations(chosen, 2) for a in one for b in two)
        )
        assert outcome.raw_after.decode() in [
            edited(text, [edit for fix in chosen for edit in fix]) for chosen in apart
        ]


def test_the_next_pass_makes_one_of_two_that_overlap_and_a_safe_one_first() -> None:
    unsafe, safe = Planned("abc d", [(0, 2, "X")], safe=False), Planned("abc d", [(1, 3, "Y")])
    outcome = fixed(b"abc d", unsafe, safe, unsafe=True)
    assert outcome.raw_after == b"aY d"
    assert outcome.fixed == 1


def test_two_rules_that_want_the_same_agree() -> None:
    outcome = fixed(b"teh end", Replace("teh", "the"), Undo("teh", "the"))
    assert outcome.raw_after == b"the end"
    assert outcome.fixed == 2


def test_a_fix_of_several_edits_is_made_whole_or_not_at_all() -> None:
    text = "key: [ab cd]"
    pair, rival = Planned(text, [(6, 8, "AB"), (9, 11, "CD")]), Planned(text, [(10, 11, "x")], [(0, 3, "KEY")])
    assert fixed(text.encode(), pair, rival).raw_after == b"KEY: [ab cd]"


@pytest.mark.parametrize("edits", [[(0, 2, "x"), (1, 3, "y")], [(0, 99, "")], [(-1, 1, "x")], [(2, 1, "x")]])
def test_a_rule_with_impossible_edits_harms_nothing(edits: list[tuple[int, int, str]]) -> None:
    outcome = fixed(b"abc", Planned("abc", edits), Planned("abc", [(2, 3, "C")]), path=NO_STRUCTURE)
    assert outcome.raw_after == b"abC"


def test_unsafe_fixes_wait_to_be_asked_for() -> None:
    rule = Replace("teh", "the", safe=False)
    assert fixed(b"teh", rule).raw_after == b"teh"
    assert fixed(b"teh", rule).refused == ()
    assert fixed(b"teh", rule, unsafe=True).raw_after == b"the"


# 6. The write is atomic, and the new file is like the old one.


def fix_on_disk(path: Path, *rules: PageRule) -> FixOutcome:
    return fix_file(str(path), path.name, [ActiveRule(rule) for rule in rules or [Replace("teh", "the")]], unsafe=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(b"teh end\r\n")
    return path


def test_a_file_is_mended_and_nothing_lies_beside_it(page: Path) -> None:
    outcome = fix_on_disk(page)
    assert page.read_bytes() == outcome.raw_after == b"the end\r\n"
    assert os.listdir(page.parent) == ["page.txt"]


def test_a_file_with_nothing_to_mend_is_not_written(page: Path) -> None:
    page.write_bytes(b"the end\r\n")
    before = page.stat()
    fix_on_disk(page)
    assert page.stat() == before


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_stays(page: Path, mode: int) -> None:
    page.chmod(mode)
    fix_on_disk(page)
    assert page.read_bytes() == b"the end\r\n"
    assert page.stat().st_mode & 0o7777 == mode


@root_only
def test_the_owner_stays(page: Path) -> None:
    os.chown(page, 1234, 5678)
    page.chmod(0o640)
    fix_on_disk(page)
    assert page.read_bytes() == b"the end\r\n"
    assert (page.stat().st_uid, page.stat().st_gid, page.stat().st_mode & 0o7777) == (1234, 5678, 0o640)


@root_only
def test_a_file_that_would_change_hands_is_left_alone() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)  # noqa: S103  # somebody else has to be able to write there
        page = Path(folder, "page.txt")
        page.write_bytes(b"teh")
        page.chmod(0o666)
        os.seteuid(65534)
        try:
            outcome = fix_on_disk(page)
        finally:
            os.seteuid(0)
        assert "would no longer belong to user 0" in outcome.refused[0]
        assert page.read_bytes() == b"teh"
        assert os.listdir(folder) == ["page.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows extended attributes on Linux only")
def test_extended_attributes_stay(page: Path) -> None:
    try:
        os.setxattr(page, "user.origin", b"camera")  # type: ignore[attr-defined,unused-ignore]  # Linux only
    except OSError:
        pytest.skip("the file system has no extended attributes")
    fix_on_disk(page)
    assert os.getxattr(page, "user.origin") == b"camera"  # type: ignore[attr-defined,unused-ignore]  # Linux only


def test_a_symbolic_link_stays_and_its_target_is_mended(page: Path) -> None:
    folder = page.parent / "site"
    folder.mkdir()
    link = folder / "index.txt"
    try:
        link.symlink_to(Path("..", "page.txt"))
    except OSError:
        pytest.skip("symbolic links need a right that we do not have")
    fix_on_disk(link)
    assert link.is_symlink()
    assert not page.is_symlink()
    assert page.read_bytes() == b"the end\r\n"
    assert os.listdir(folder) == ["index.txt"]


def test_a_hard_linked_backup_keeps_the_old_bytes(page: Path) -> None:
    backup = page.parent / "backup"
    os.link(page, backup)
    fix_on_disk(page)
    assert (page.read_bytes(), backup.read_bytes()) == (b"the end\r\n", b"teh end\r\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write every file")
def test_a_read_only_file_is_left_alone(page: Path) -> None:
    page.chmod(0o444)
    outcome = fix_on_disk(page)
    assert page.read_bytes() == outcome.raw_after == b"teh end\r\n"
    assert outcome.fixed == 0
    assert len(outcome.examined.diagnostics) == 1
    assert outcome.refused == (f"{page}: not fixed: it is read-only; make it writable and run again",)


class Meddler(PageRule):
    """Stands for another program that changes the file while it is being examined."""

    def __init__(self, path: Path, change: bytes | None) -> None:
        self.path = path
        self.change = change

    def check(self, page: Page) -> Iterator[Finding]:
        if self.change is None:
            self.path.unlink(missing_ok=True)
        else:
            self.path.write_bytes(self.change)
        return iter(())


@pytest.mark.parametrize("change", [b"the other's work\r\n", b"teh emd\r\n", b""])
def test_a_file_that_changed_meanwhile_keeps_the_change(page: Path, change: bytes) -> None:
    outcome = fix_on_disk(page, Replace("teh", "the"), Meddler(page, change))
    assert page.read_bytes() == change
    assert outcome.raw_after == outcome.raw_before
    assert "changed by another program" in outcome.refused[0]
    assert os.listdir(page.parent) == ["page.txt"]


def test_a_file_that_was_deleted_meanwhile_stays_deleted(page: Path) -> None:
    outcome = fix_on_disk(page, Replace("teh", "the"), Meddler(page, None))
    assert "not fixed" in outcome.refused[0]
    assert os.listdir(page.parent) == []


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^gone.txt: cannot be read: "):
        fix_on_disk(tmp_path / "gone.txt")


def test_a_writer_that_holds_outdated_bytes_is_turned_away(page: Path) -> None:
    with pytest.raises(UserError, match="changed by another program"):
        write_atomically(str(page), b"new", b"outdated")
    assert page.read_bytes() == b"teh end\r\n"
    assert os.listdir(page.parent) == ["page.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file can be set")
def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(page: Path) -> None:
    import resource

    page.write_bytes(b"teh end\n" * 1000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        outcome = fix_on_disk(page)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert page.read_bytes() == outcome.raw_after == b"teh end\n" * 1000
    assert "cannot be written: File too large" in outcome.refused[0]
    assert os.listdir(page.parent) == ["page.txt"]


FIXES = """
import os, sys
from sitecheck.atomic import write_atomically
from sitecheck.engine import ActiveRule
from sitecheck.finding import Finding, Fix
from sitecheck.atomic import write_atomically
from sitecheck.fixer import fix_file
from sitecheck.rule import PageRule
from sitecheck.text import Edit, Span

class TurnRound(PageRule):
    def __init__(self, old, new):
        self.old, self.new = old, new
    def check(self, page):
        if page.source.text.startswith(self.old):
            size = len(page.source.text)
            yield Finding(Span(0, size), "", Fix((Edit(0, size, self.new * size),), True, ""))

def fix(path, before):
    old, new = ("a", "b") if before.startswith(b"a") else ("b", "a")
    fix_file(path, path, [ActiveRule(TurnRound(old, new))], unsafe=False)

def write(path, before):
    write_atomically(path, after[before], before)

folder, step, size = sys.argv[1], globals()[sys.argv[2]], int(sys.argv[3])
after = {b"a" * size: b"b" * size, b"b" * size: b"a" * size}
paths = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".txt"))
while True:
    print("next round", flush=True)
    for path in paths:
        with open(path, "rb") as file:
            before = file.read()
        step(path, before)
"""


@pytest.mark.parametrize("step", ["fix", "write"])
def test_kill_9_at_any_moment_leaves_every_file_whole(tmp_path: Path, step: str) -> None:
    """A program that turns forty files to and fro without end is killed fifteen times; each is then all a or all b."""
    size, chance = 200_000, random.Random(9)  # noqa: S311  # nothing secret hangs on it
    for number in range(40):
        (tmp_path / f"page{number:02}.txt").write_bytes(b"a" * size)
    command = [sys.executable, "-c", FIXES, str(tmp_path), step, str(size)]
    pace = 0.0
    for _ in range(15):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline(), "it ended by itself"
            started = time.monotonic()
            if not pace:
                process.stdout.readline()
                pace = time.monotonic() - started
            time.sleep(chance.random() * pace)
            process.kill()
        for path in tmp_path.glob("*.txt"):
            assert path.read_bytes() in (b"a" * size, b"b" * size), f"{path.name} is neither old nor new"
    assert {name.split("-")[0] for name in os.listdir(tmp_path) if not name.startswith("page")} <= {".sitecheck"}
