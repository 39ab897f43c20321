"""Annotations on GitHub, read as GitHub's runner reads them."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.finding import Diagnostic, Fix, Place, Position, Severity
from sitecheck.reporters import Results, report
from sitecheck.reporters.github import command
from sitecheck.source import Source
from sitecheck.text import Edit, Span

COMMANDS = {"error", "warning", "notice", "group", "endgroup", "add-mask", "set-env", "stop-commands", "debug", "echo"}


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def obeyed(printed: str) -> list[Command]:
    """What the runner makes of an output, after its sources (ActionCommand.cs): `::` first, `##[` anywhere."""
    return [found for line in re.split(r"\r\n|\r|\n", printed) for found in _parsed(line)]


def _parsed(line: str) -> list[Command]:
    line = line.lstrip()
    if line.startswith("::") and "::" in line[2:]:
        info, _, data = line[2:].partition("::")
        name, _, written = info.partition(" ")
        if name.lower() in COMMANDS:
            pairs = (pair.split("=", 1) for pair in written.strip().split(",") if pair)
            values = {pair[0]: _unescaped(pair[1], ("%0D\r", "%0A\n", "%3A:", "%2C,", "%25%")) for pair in pairs}
            return [Command(name.lower(), values, _unescaped(data, ("%0D\r", "%0A\n", "%25%")))]
    match = re.search(r"##\[([^\] ]*)[^\]]*\](.*)", line)
    return [Command(match[1].lower(), {}, match[2])] if match and match[1].lower() in COMMANDS else []


def _unescaped(text: str, mapping: tuple[str, ...]) -> str:
    for entry in mapping:
        text = text.replace(entry[:3], entry[3:])
    return text


def annotations_in(printed: str) -> list[Command]:
    return [found for found in obeyed(printed) if found.name in ("error", "warning", "notice")]


PAGE = "---\ntitle: Anna\n--\n\n# Papers\n\nAnna M\u00c3\u00bcller and \U0001d49c\u5f35.\nA last line.\n"


def test_an_annotation(run: Any) -> None:
    page = run(PAGE, "content/_index.md")
    related = page.place("Papers", "the same, at 100%", "data/a,b: c.yaml")
    fix = Fix((Edit(0, 1, ""),), True, "replace by 'ü'")
    page.add("\u00c3\u00bc", "'Ã¼' stands where 'ü' was meant", "mojibake", fix=fix, related=(related,))
    printed = page.report("github")
    assert printed.splitlines()[0] == (
        "::error file=content/_index.md,line=7,endLine=7,col=7,endColumn=9,title=sitecheck%3A mojibake"
        "::'Ã¼' stands where 'ü' was meant%0Ahelp: replace by 'ü'%0Asee data/a,b: c.yaml:5:3: the same, at 100%25"
    )
    assert printed.splitlines()[1:] == [
        "::group::all findings: 1 error",
        "content/_index.md:7:7: error[mojibake] [*] 'Ã¼' stands where 'ü' was meant",
        "::endgroup::",
        "1 error in 1 file",
        "1 fixable with --fix [*]",
    ]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 18), {"line": "1", "endLine": "3"}),
        (Span(0, 19), {"line": "1", "endLine": "3"}),  # up to the end of line 3
        (Span(0, 4), {"line": "1", "endLine": "1", "col": "1"}),  # to the end of line 1: GitHub knows no column for it
        (Span(5, 5), {"line": "2", "endLine": "2", "col": "2", "endColumn": "2"}),
    ],
)
def test_columns_stand_on_one_line_only(run: Any, span: Span, expected: dict[str, str]) -> None:
    page = run(PAGE)
    page.add(page.place_of(span))
    (found,) = annotations_in(page.report("github"))
    assert {key: value for key, value in found.properties.items() if key not in ("file", "title")} == expected


def severe(page: Any, severity: Severity, count: int, path: str = "index.md", line: int = 1) -> None:
    for number in range(count):
        position = Position(0, line, number + 1)
        page.add(Place(path, position, position), f"{severity.label} {number}", severity=severity)


def test_the_most_severe_come_first_and_a_notice_tells_of_the_others(run: Any) -> None:
    page = run(PAGE)
    severe(page, Severity.INFO, 12, "a.md")
    severe(page, Severity.WARNING, 3, "b.md")
    severe(page, Severity.ERROR, 8, "c.md")
    severe(page, Severity.ERROR, 7, "d.md")
    printed = page.report("github")
    found = annotations_in(printed)
    assert [item.name for item in found] == ["error"] * 10 + ["warning"] * 3 + ["notice"] * 10
    assert [item.properties["file"] for item in found[:10]] == ["c.md"] * 8 + ["d.md"] * 2
    assert printed.splitlines()[-1] == (
        "::notice title=sitecheck::5 errors, 3 infos more, in d.md (5), a.md (3)"
        "%0AGitHub has room for 10 annotations of a level; all findings are in the log of this step"
    )
    log = printed.split("::group::all findings: 15 errors, 3 warnings, 12 infos\n")[1].split("::endgroup::")[0]
    assert len(log.splitlines()) == 30


def test_no_notice_where_all_findings_fit(run: Any) -> None:
    page = run(PAGE)
    for severity in Severity:
        severe(page, severity, 10)
    found = annotations_in(page.report("github"))
    assert [item.name for item in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert {item.properties["title"] for item in found} == {"sitecheck: some-rule"}


def test_what_touches_a_changed_line_comes_first_of_its_severity(run: Any) -> None:
    page = run(PAGE)
    severe(page, Severity.ERROR, 10, line=1)
    severe(page, Severity.ERROR, 2, line=5)
    severe(page, Severity.WARNING, 1, line=5)
    by_deletion = page.place("A last", path="z.md")
    page.add(by_deletion, "related to it", related=(page.place("Papers", "deleted"),))
    found = annotations_in(page.report("github", changed=lambda place: place.start.line == 5))
    lines = [item.properties["line"] for item in found if item.name == "error"]
    assert lines == ["5", "5", "8"] + ["1"] * 7
    assert found[10].name == "warning"


INJECTIONS = [
    "::error::x", "\n::add-mask::x", "\r\n::set-env name=PATH::x", "##[error]x", " ::stop-commands::x", "%0A::error::",
    "\u2028::error::x", "::endgroup::", "a::error::b", "x\x85::debug::x", "\u00a0::error::x", "title=x,file=y",
]  # fmt: skip
HOSTILE = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\x1b\x85\u2028\r\n\t :,%#[]=\udc80"), max_size=15
) | st.sampled_from(INJECTIONS)


@given(path=HOSTILE, message=HOSTILE, advice=HOSTILE, other=HOSTILE, severity=st.sampled_from(Severity))
def test_nothing_of_a_page_or_a_name_is_a_command(
    path: str, message: str, advice: str, other: str, severity: Severity
) -> None:
    source = Source("a.md", b"text")
    place = Place(path or "a.md", Position(0, 1, 1), Position(1, 1, 2))
    related = place._replace(path=other or "b.md", message=other)
    found = (Diagnostic("some-rule", severity, message, place, None, (related,), advice),)
    printed = printed_by(Results(found, 1, 0.0, lambda path: source))
    level = {"info": "notice"}.get(severity.label, severity.label)
    assert [item.name for item in obeyed(printed)] == [level, "group", "endgroup"]
    properties = obeyed(printed)[0].properties
    assert list(properties) == ["file", "line", "endLine", "col", "endColumn", "title"]
    assert properties["title"] == "sitecheck: some-rule"
    assert all(char.isprintable() or (char.isspace() and ord(char) > 0x9F) for char in printed.replace("\n", ""))
    assert printed.count("\n") == 5


def printed_by(results: Results) -> str:
    out = io.StringIO()
    report("github", results, out)
    return out.getvalue()


VALUES = st.lists(st.text(max_size=20) | st.sampled_from(["%", "%25%0A", ":,%\r\n", "=", "::"]), min_size=3, max_size=3)


@given(VALUES)
def test_values_come_through_the_runner_as_they_were(values: list[str]) -> None:
    file, title, message = values
    written = command("error", {"file": f"f{file}", "title": f"t{title}."}, message)
    assert "\n" not in written
    assert "\r" not in written
    assert obeyed(written) == [Command("error", {"file": f"f{file}", "title": f"t{title}."}, message)]


EXAMPLES = [
    ("a.md", "sitecheck: mojibake", "'Ã¼' stands where 'ü' was meant"),
    ("a,b:c%d.md", "t:i,t%le", "50%, or 100%25: a\r\nb\nc\rd"),
    ("%0A", "%25", "%0D%0A"),
    ("\u5f35 \U0001d49c.md", "x=y", "::error::"),
]


def test_commands_are_those_of_the_toolkit(npm_package: Callable[[str], Path], javascript: Any) -> None:
    script = """
        const {issueCommand} = require(input.package + "/lib/command.js");
        const written = [], write = process.stdout.write;
        process.stdout.write = text => written.push(text);
        for (const [file, title, message] of input.examples) issueCommand("error", {file, line: 1, title}, message);
        process.stdout.write = write;
        return written.map(text => text.replace(/\\r?\\n$/, ""));
    """
    theirs = javascript(script, {"package": str(npm_package("@actions/core")), "examples": EXAMPLES})
    assert theirs == [command("error", {"file": f, "line": 1, "title": t}, message) for f, t, message in EXAMPLES]


def test_commands_are_those_of_another_library(capsys: pytest.CaptureFixture[str]) -> None:
    theirs = pytest.importorskip("github_action_utils")
    for file, title, message in EXAMPLES:
        theirs.error(message, title=title, file=file, line=1)
        assert capsys.readouterr().out == command("error", {"title": title, "file": file, "line": 1}, message) + "\n"


@pytest.fixture
def summary_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs the report on a page and gives the summary of the step."""
    file = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))

    def summary(page: Any, **fields: Any) -> str:
        page.report("github", **fields)
        return file.read_text("utf-8")

    return summary


def test_the_summary_of_a_step(run: Any, summary_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = run(PAGE, "content/index.md")
    page.add("M\u00c3\u00bc", "a fault", "mojibake")
    assert summary_of(page, files=7) == (
        "### sitecheck: 1 error (7 files read)\n\n"
        "| Severity | Place | Rule | Finding |\n|---|---|---|---|\n"
        "| error | content&#47;index&#46;<!-- -->md&#58;<!-- -->7&#58;<!-- -->6 | `mojibake` | a fault |\n\n"
    )
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    monkeypatch.setenv("GITHUB_REPOSITORY", "anna/site")
    monkeypatch.setenv("GITHUB_SHA", "0123456789" * 4)
    address = f"https://github.com/anna/site/blob/{'0123456789' * 4}/content/index.md?plain=1#L7"
    assert f"6]({address}) |" in summary_of(page)  # appended
    assert summary_of(page).count("###") == 3


def test_the_summary_of_a_clean_run(run: Any, summary_of: Any) -> None:
    assert summary_of(run(PAGE), files=25) == "### sitecheck: no findings (25 files read)\n\n"


@pytest.mark.parametrize(
    "hostile",
    [
        "a | b || c \\| d", "`code` ``", "<img src=x onerror=y><!-- ", "@octocat and a@b.example, #1, gh/x#2",
        "https://evil.example/x www.evil.example", "[a](https://evil.example) ![b](c)", "**b** _i_ ~~s~~ # - 1.", "\\",
        "&lt;b&gt; &amp;", "$x$ $$y$$", "javascript:alert(1)", "xmpp:a@b.example mailto:a@b.example", "\u202eabc\u200b",
    ],
)  # fmt: skip
def test_nothing_of_a_page_is_markup_in_the_summary(run: Any, summary_of: Any, hostile: str) -> None:
    cmarkgfm = pytest.importorskip("cmarkgfm")  # the parser that GitHub uses
    page = run(PAGE, hostile.replace("/", "-") + ".md")
    page.add("Papers", hostile)
    page.add("Anna", "harmless")
    html = cmarkgfm.github_flavored_markdown_to_html(summary_of(page), cmarkgfm.Options.CMARK_OPT_UNSAFE)
    assert html.count("<!--") == html.count("<!-- -->")
    html = html.replace("<!-- -->", "")
    rows = re.findall(r"<td>(.*?)</td>", html)
    assert len(rows) == 8
    assert set(re.findall(r"<(/?\w+)", html)) <= {
        name + tag for name in ("", "/") for tag in ("h3", "table", "thead", "tbody", "tr", "th", "td", "code")
    }
    assert unescape(rows[7]) == hostile.strip().replace("\u202e", "<U+202E>").replace("\u200b", "<U+200B>")


def test_a_long_summary_is_cut_below_what_github_takes(run: Any, summary_of: Any, tmp_path: Path) -> None:
    (tmp_path / "summary.md").write_text("x" * 100_000)
    page = run(PAGE)
    for number in range(3000):
        severity = Severity.ERROR if number % 2 else Severity.INFO
        page.add("Papers", "a finding: " + "\U0001d49c@" * 200, severity=severity)
    text = summary_of(page)
    assert 900_000 < len(text.encode()) < 1024 * 1024
    left = re.search(r"\nCut here: (\d+) errors, 1500 infos more\.", text)
    assert left
    assert text.count("| error |") == 1500 - int(left[1])
    assert "| info |" not in text


def test_a_summary_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    page = tmp_path / "index.md"
    page.write_text("It\u00e2\u20ac\u2122s M\u00c3\u00bcller\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", "--format", "github", "index.md"],
        cwd=tmp_path,
        env={**os.environ, "GITHUB_STEP_SUMMARY": str(tmp_path / "none" / "summary.md"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "the summary of the step cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert annotations_in(done.stdout)
