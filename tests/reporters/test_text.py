"""The report that a person reads."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.finding import Diagnostic, Fix, Place, Position, Severity
from sitecheck.reporters import FORMATS, Results, report
from sitecheck.rule import UserError
from sitecheck.source import Source
from sitecheck.text import Edit, Span

SAFE = Fix((Edit(0, 1, ""),), True, "replace by 'ü'")
UNSAFE = Fix((Edit(0, 1, ""),), False, "remove it")

PAGE = (
    "---\ntitle: Anna\n--\n\n# Papers\n\n"
    "I work on the reading and the writing of papers at the chair of Anna M\u00c3\u00bcller, and I like it there.\n"
    "\u5f35\u5049 and Jose\u0301 wrote \u200btext\u202e,\twith a \udc92 byte and \x1b[31ma red word.\n"
)

REPORT = """\
index.md:1:1: error[invalid-front-matter] the front matter never ends
1 | ---
  | ^^^
  = note: goes on to line 3

index.md:7:71: error[mojibake] [*] 'Ã¼' stands where 'ü' was meant
7 | … papers at the chair of Anna MÃ¼ller, and I like it there.
  |                                ^^
  = help: replace by 'ü'
  = note: data/people.yaml:7:65: the same name

index.md:8:8: info[names] an accented name
8 | 張偉 and Jose\u0301 wrote <U+200B>text<U+202E>,    with a <0x92>…
  |          ^^^^

index.md:8:20: warning[invisible-character] [~] U+200B inside a word
8 | 張偉 and Jose\u0301 wrote <U+200B>text<U+202E>,    with a <0x92>…
  |                     ^^^^^^^^
  = help: remove it

index.md:8:27: info[spacing] a tab
8 | …wrote <U+200B>text<U+202E>,    with a <0x92> byte and …
  |                             ^^^^

index.md:8:35: error[invalid-encoding] byte 0x92 is not UTF-8
8 | …text<U+202E>,    with a <0x92> byte and <U+001B>[31ma red …
  |                          ^^^^^^
  = help: save the file as UTF-8

3 errors, 1 warning, 2 infos in 1 file (25 files read)
1 fixable with --fix [*], 1 more with --unsafe-fixes [~]
"""


@pytest.fixture
def faulty(run: Any) -> Any:
    faulty = run(PAGE)
    faulty.add("---\ntitle: Anna\n--\n", "the front matter never ends", "invalid-front-matter")
    same = faulty.place("Anna M", "the same name", "data/people.yaml")
    faulty.add("\u00c3\u00bc", "'Ã¼' stands where 'ü' was meant", "mojibake", fix=SAFE, related=(same,))
    faulty.add("Jose\u0301", "an accented name", "names", severity=Severity.INFO)
    faulty.add("\u200b", "U+200B inside a word", "invisible-character", severity=Severity.WARNING, fix=UNSAFE)
    faulty.add("\t", "a tab", "spacing", severity=Severity.INFO)
    faulty.add("\udc92", "byte 0x92 is not UTF-8", "invalid-encoding", help="save the file as UTF-8")
    return faulty


def test_a_report(faulty: Any) -> None:
    assert faulty.report(width=64, files=25) == REPORT


def test_concise_is_one_line_a_finding(faulty: Any) -> None:
    assert faulty.report("concise", files=25) == (
        "index.md:1:1: error[invalid-front-matter] the front matter never ends\n"
        "index.md:7:71: error[mojibake] [*] 'Ã¼' stands where 'ü' was meant\n"
        "index.md:8:8: info[names] an accented name\n"
        "index.md:8:20: warning[invisible-character] [~] U+200B inside a word\n"
        "index.md:8:27: info[spacing] a tab\n"
        "index.md:8:35: error[invalid-encoding] byte 0x92 is not UTF-8\n"
        "3 errors, 1 warning, 2 infos in 1 file (25 files read)\n"
        "1 fixable with --fix [*], 1 more with --unsafe-fixes [~]\n"
    )


def test_a_terminal_that_has_only_ascii(run: Any) -> None:
    page = run("Anna M\u00c3\u00bcller is at the chair of reading and writing, and likes it there very much\n")
    page.add("\u00c3\u00bc", "'Ã¼' is wrong", "mojibake", fix=SAFE)
    assert page.report(encoding="ascii", width=50) == (
        "index.md:1:7: error[mojibake] [*] '<U+00C3><U+00BC>' is wrong\n"
        "1 | Anna M<U+00C3><U+00BC>ller is at the cha...\n"
        "  |       ^^^^^^^^^^^^^^^^\n"
        "  = help: replace by '<U+00FC>'\n"
        "\n"
        "1 error in 1 file\n"
        "1 fixable with --fix [*]\n"
    )


def test_a_terminal_that_lacks_some_characters_shows_the_others(run: Any) -> None:
    page = run("M\u00fcller and \u5f35\u5049\n")
    page.add("\u5f35")
    assert page.report(encoding="cp1252").splitlines()[1:3] == [
        "1 | Müller and <U+5F35><U+5049>",
        "  |            ^^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("text", "span", "line", "carets"),
    [
        ("no end", Span(6, 6), "1 | no end", "  |       ^"),
        ("", Span(0, 0), "1 |", "  | ^"),
        ("a\r\nb", Span(1, 1), "1 | a", "  |  ^"),
        ("a\r\nb", Span(2, 3), "1 | a", "  |  ^"),
        ("a\rbc\nd", Span(3, 4), "2 | bc", "  |  ^"),
        ("a\u2028b", Span(2, 3), "1 | a<U+2028>b", "  |          ^"),
        ("e\u0301x", Span(1, 2), "1 | e\u0301x", "  | ^"),
        ("\u5f35\u0301x", Span(1, 3), "1 | \u5f35\u0301x", "  | ^^^"),
        ("\u0301x", Span(0, 1), "1 | \u0301x", "  | ^"),
        ("\U0001f468\u200d\U0001f469x", Span(3, 4), "1 | \U0001f468<U+200D>\U0001f469x", "  |             ^"),
        ("\u2764\ufe0fx", Span(2, 3), "1 | \u2764<U+FE0F>x", "  |          ^"),
        ("a\u00a0\u3000b", Span(3, 4), "1 | a\u00a0\u3000b", "  |     ^"),
    ],
)
def test_carets_stand_under_the_very_characters(run: Any, text: str, span: Span, line: str, carets: str) -> None:
    page = run(text)
    page.add(page.place_of(span))
    assert page.report().splitlines()[1:3] == [line, carets]


def test_a_long_finding_is_cut_too(run: Any) -> None:
    page = run("It begins so: " + "very " * 30 + "long\n")
    page.add(page.place_of(Span(14, 164)))
    assert page.report(width=40).splitlines()[1:3] == [
        "1 | …ins so: very very very very very v…",
        "  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ]


def test_the_file_may_be_gone_when_the_report_is_made(run: Any) -> None:
    def gone(path: str) -> Source:
        raise FileNotFoundError(path)

    page = run("some text")
    page.add("text", fix=UNSAFE)
    assert page.report(sources=gone).splitlines()[:2] == [
        "index.md:1:6: error[some-rule] [~] wrong",
        "  = help: remove it",
    ]


def test_the_file_may_be_shorter_when_the_report_is_made(run: Any) -> None:
    page = run("some text")
    page.add("text")
    assert (
        page.report(sources=lambda path: Source(path, b"so")).splitlines()[0] == "index.md:1:6: error[some-rule] wrong"
    )


@pytest.mark.parametrize(
    ("severities", "fixes", "fields", "summary"),
    [
        ("", "", {"files": 1}, ["All clean: no findings in 1 file."]),
        ("", "", {"files": 25}, ["All clean: no findings in 25 files."]),
        ("", "", {"files": 25, "fixed": 1}, ["All clean: 1 finding fixed, nothing left in 25 files."]),
        ("E", "-", {}, ["1 error in 1 file"]),
        ("EEWI", "----", {}, ["2 errors, 1 warning, 1 info in 1 file"]),
        ("WW", "*-", {"files": 2}, ["2 warnings in 1 file (2 files read)", "1 fixable with --fix [*]"]),
        ("I", "~", {"fixed": 3}, ["3 fixed; left: 1 info in 1 file", "1 fixable with --unsafe-fixes [~]"]),
        ("WW", "*~", {}, ["2 warnings in 1 file", "1 fixable with --fix [*], 1 more with --unsafe-fixes [~]"]),
    ],
)
def test_the_summary(run: Any, severities: str, fixes: str, fields: dict[str, Any], summary: list[str]) -> None:
    page = run("text")
    for letter, mark in zip(severities, fixes, strict=True):
        severity = next(severity for severity in Severity if severity.name.startswith(letter))
        page.add("text", severity=severity, fix={"*": SAFE, "~": UNSAFE}.get(mark))
    assert page.report("concise", **fields).splitlines()[len(severities) :] == summary
    assert page.report("text", **fields).splitlines()[-len(summary) :] == summary


def test_statistics_count_each_rule_and_come_after_the_findings(faulty: Any) -> None:
    faulty.add("Papers", rule="mojibake", fix=UNSAFE)
    for format in ("text", "concise"):
        plain = faulty.report(format)
        assert faulty.report(format, statistics=True) == plain.replace(
            "4 errors,",
            "     2  mojibake              1 [*], 1 [~]\n"
            "     1  invalid-encoding\n"
            "     1  invalid-front-matter\n"
            "     1  invisible-character   1 [~]\n"
            "     1  names\n"
            "     1  spacing\n"
            "\n4 errors,",
        )


def test_colours_and_links_change_nothing_else(faulty: Any) -> None:
    for format in ("text", "concise"):
        plain = faulty.report(format)
        colored = faulty.report(format, color=True, links=True)
        assert "\x1b" not in plain
        assert "\x1b[1;31merror[mojibake]\x1b[0m" in colored
        assert re.search(r"\x1b\]8;;file:///[^\x1b]*/index\.md\x1b\\", colored)
        assert re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", colored) == plain
        assert "\x1b]8" not in faulty.report(format, color=True)
        assert "\x1b[" not in faulty.report(format, links=True)


def test_ci_servers_are_given_no_commands(run: Any) -> None:
    page = run("A ##vso[task.setvariable variable=PATH]evil here\n", " ::error::index.md")
    page.add("evil", "##[error]no", help="##teamcity[x]")
    for format in ("text", "concise"):
        lines = page.report(format).splitlines()
        assert lines[0] == " <U+003A>:error::index.md:1:40: error[some-rule] <U+0023>#[error]no"
        assert not any(re.search(r"^\s*::|##\w*\[", line) for line in lines)


HOSTILE = st.text(st.characters() | st.sampled_from("\x1b\x9b\r\n\x07\u202e\u200b\udc80\t#:[]"), max_size=20)


@given(
    text=HOSTILE,
    path=HOSTILE.filter(bool),
    message=HOSTILE,
    advice=HOSTILE,
    encoding=st.sampled_from(["utf-8", "cp1252", "ascii"]),
)
def test_nothing_of_a_page_or_a_name_reaches_the_terminal_raw(
    text: str, path: str, message: str, advice: str, encoding: str
) -> None:
    source = Source("a.md", text.encode("utf-8", "replace"))
    place = Place(path, Position(0, 1, 1), source.position(len(source.text)), message)
    found = (Diagnostic("rule", Severity.INFO, message, place, None, (place,), advice),)
    for format in ("text", "concise"):
        raw = io.BytesIO()
        with io.TextIOWrapper(raw, encoding, newline="\n", write_through=True) as out:
            report(format, Results(found, 1, 0.0, lambda path: source), out)
            printed = raw.getvalue().decode(encoding)
        assert all(char.isprintable() or (char.isspace() and ord(char) > 0x9F) for char in printed.replace("\n", ""))
        lines = printed.count("\n")
        assert lines == 2 if format == "concise" else lines in range(6, 9)


CONCISE = re.compile(
    r"(?P<path>.+):(?P<line>\d+):(?P<column>\d+): (?P<severity>\w+)\[(?P<rule>[\w-]+)\](?P<mark> \[[*~]\])? "
)


def test_concise_can_be_read_by_a_program(run: Any) -> None:
    page = run("some text\n\x0cmore", "a b:1:2.md")
    page.add("text", "two\nlines [*]", fix=UNSAFE)
    page.add("more", "nothing", "other-rule", severity=Severity.WARNING)
    first, second, *summary = page.report("concise").splitlines()
    match = CONCISE.match(first)
    assert match
    assert match.groupdict() == {
        "path": "a b:1:2.md", "line": "1", "column": "6", "severity": "error", "rule": "some-rule", "mark": " [~]",
    }  # fmt: skip
    assert CONCISE.match(second)
    assert summary
    assert not any(CONCISE.match(line) for line in summary)


class Counting(str):
    """A text that knows how much of it was copied."""

    copied = 0

    def __getitem__(self, part: Any) -> str:
        value = super().__getitem__(part)
        type(self).copied += len(value)
        return value


def test_a_long_line_is_not_gone_through_for_each_finding(run: Any) -> None:
    page = run("It\u00e2\u20ac\u2122s a pen. " * 5000)
    for start in range(2, 65_000, 13):
        page.add(page.place_of(Span(start, start + 3)))
    asked = []
    counted = Source(page.source.path, b"")
    counted.text = Counting(page.source.text)

    def source(path: str) -> Source:
        asked.append(path)
        return counted

    lines = page.report(sources=source).splitlines()
    assert asked == ["index.md"]
    assert lines.count("  |" + " " * 37 + "^^^") > 4900
    assert Counting.copied < 5000 * 4 * 80


def test_wcwidth_is_imported_for_wide_characters_only() -> None:
    program = """
import io, sys
from sitecheck.finding import Diagnostic, Place, Severity
from sitecheck.reporters import Results, report
from sitecheck.source import Source
source = Source("a.md", sys.argv[1].encode())
found = Diagnostic("r", Severity.INFO, "m", Place("a.md", source.position(0), source.position(1)), None, (), "")
report(sys.argv[2], Results((found,), 1, 0.0, lambda path: source), io.StringIO())
print("wcwidth" in sys.modules, "sitecheck.reporters.text" in sys.modules)
"""

    def loaded(text: str, format: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", program, text, format], check=True, capture_output=True, text=True
        ).stdout.strip()

    assert loaded("plain", "text") == "False True"
    assert loaded("It\u00e2\u20ac\u2122s M\u00fcller\u2019s \u2013 \u0413\u2026", "text") == "False True"
    assert loaded("\u5f35", "text") == "True True"
    assert loaded("\u5f35", "json") == "False False"


def test_the_formats() -> None:
    assert FORMATS[0] == "text"
    assert {"text", "concise", "json"} <= set(FORMATS)
    with pytest.raises(UserError, match=r"^there is no format 'xml'; choose one of text, "):
        report("xml", Results((), 0, 0.0, lambda path: Source(path, b"")), io.StringIO())
