"""Comments that silence findings, in every format that has comments."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.finding import Diagnostic, Place, Severity
from sitecheck.readers import SUFFIXES
from sitecheck.source import Source
from sitecheck.suppress import EVERY_RULE, Existing, Suppression, suppressions, unsuppressed, unused
from sitecheck.text import Span

GROUPS = {"mojibake": "encoding", "ligature": "encoding", "spacing": "text"}


def left(text: str, path: str = "page.md", rules: tuple[str, ...] = ("mojibake",)) -> str:
    """What is still reported where each rule finds every `bad` (or `bad1`, `bad2`, ...) of a page."""
    source = Source(path, text.encode())
    found = []
    for rule in rules:
        start = source.text.find("bad")
        while start >= 0:
            place = Place(path, source.position(start), source.position(start + 4))
            found.append(Diagnostic(rule, Severity.ERROR, source.text[start : start + 4].strip(), place, None, (), ""))
            start = source.text.find("bad", start + 1)
    kept = unsuppressed(source, found, GROUPS)
    return " ".join(finding.message if len(rules) == 1 else finding.rule for finding in kept)


ON_A_LINE_OF_ITS_OWN = [
    ("page.md", "<!-- sitecheck: ignore -->"),
    ("page.md", "<!--sitecheck:ignore-->"),
    ("page.md", "<!--\nsitecheck: ignore\nfor a reason\n-->"),
    ("page.md", "  <!-- sitecheck: ignore -->  "),
    ("page.md", "> <!-- sitecheck: ignore -->"),
    ("page.md", "[//]: # (sitecheck: ignore)"),
    ("page.md", "[comment]: <> (sitecheck: ignore, see (here))"),
    ("page.md", '[//]: # "sitecheck: ignore"'),
    ("page.md", "{% comment %} sitecheck: ignore {% endcomment %}"),
    ("page.md", "{%- comment -%} sitecheck: ignore {%- endcomment -%}"),
    ("page.md", "{# sitecheck: ignore #}"),
    ("page.md", "{{/* sitecheck: ignore */}}"),
    ("page.md", "{{- /* sitecheck: ignore */ -}}"),
    ("page.markdown", "<!--- sitecheck: ignore--->"),
    ("page.qmd", "<!-- sitecheck: ignore -->"),
    ("PAGE.RMD", "<!-- sitecheck: ignore -->"),
    ("page.mdx", "{/* sitecheck: ignore */}"),
    ("page.mdx", "<!-- sitecheck: ignore -->"),
    ("page.mdx", "// sitecheck: ignore"),
    ("page.html", "<!-- sitecheck: ignore -->"),
    ("page.html", "/* sitecheck: ignore */"),
    ("page.html", "// sitecheck: ignore"),
    ("page.htm", "{# sitecheck: ignore #}"),
    ("data.yaml", "# sitecheck: ignore"),
    ("data.yml", "  # sitecheck: ignore"),
    ("data.yml", "  <!-- sitecheck: ignore -->"),
    ("CITATION.cff", "# sitecheck: ignore"),
    ("site.toml", "# sitecheck: ignore"),
    ("refs.bib", "% sitecheck: ignore"),
    ("refs.bib", "@comment{sitecheck: ignore}"),
    ("page.rst", ".. sitecheck: ignore"),
    ("page.org", "# sitecheck: ignore"),
    ("notes.txt", "# sitecheck: ignore"),
]


@pytest.mark.parametrize(("path", "comment"), ON_A_LINE_OF_ITS_OWN)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_comment_alone_on_its_line_is_for_the_next_one(path: str, comment: str, end: str) -> None:
    lines = f"bad1\n{comment}\nbad2 bad3\nbad4\n"
    assert left(lines.replace("\n", end), path) == "bad1 bad4"


AT_THE_END_OF_A_LINE = [
    ("page.md", "bad2 <!-- sitecheck: ignore --> bad3"),
    ("page.md", "bad2 {# sitecheck: ignore #}"),
    ("page.mdx", "bad2 {/* sitecheck: ignore */} bad3"),
    ("page.html", "<p>bad2</p><!-- sitecheck: ignore -->"),
    ("page.html", "<script> bad2 // sitecheck: ignore"),
    ("data.yaml", "key: bad2  # sitecheck: ignore"),
    ("site.toml", 'key = "bad2" # sitecheck: ignore'),
    ("refs.bib", "title = {bad2}, % sitecheck: ignore"),
]


@pytest.mark.parametrize(("path", "line"), AT_THE_END_OF_A_LINE)
def test_a_comment_on_a_line_with_something_else_is_for_that_line(path: str, line: str) -> None:
    assert left(f"bad1\n{line}\nbad4\n", path) == "bad1 bad4"


NOT_A_COMMENT = [
    ("page.md", "Write sitecheck: ignore in a comment. bad"),
    ("page.md", "Write `<!-- sitecheck: ignore -->` in the line. bad"),
    ("page.md", "Write ``a ` <!-- sitecheck: ignore -->`` in the line. bad"),
    ("page.md", "```html\n<!-- sitecheck: ignore -->\nbad\n```"),
    ("page.md", "- ~~~\n  <!-- sitecheck: off -->\n  ~~~\n\nbad"),
    ("page.md", "````\n```\n<!-- sitecheck: off -->\n```\n````\nbad"),
    ("page.md", "# sitecheck: ignore\nbad"),
    ("page.md", "% sitecheck: ignore\nbad"),
    ("page.md", "// sitecheck: ignore\nbad"),
    ("page.md", "<!-- see sitecheck: ignore -->\nbad"),
    ("page.md", "<!-- sitecheck: ignore\nbad"),
    ("page.md", "<!-- sitecheck: ignored -->\nbad"),
    ("page.md", "<!-- sitecheck: ignore-fil -->\nbad"),
    ("page.md", "<!-- sitecheck: ignore[mojibake -->\nbad"),
    ("page.md", "<!-- sitecheck: ignore [mojibake -->\nbad"),
    ("page.md", "<!-- sitecheck: ignore[] -->\nbad"),
    ("page.md", "<!-- sitecheck: ignore[no-such-rule] -->\nbad"),
    ("page.md", "<!-- sitecheck: -->\nbad"),
    ("page.html", "http://sitecheck: ignore bad"),
    ("page.html", "# sitecheck: ignore\nbad"),
    ("data.yaml", "key: a#sitecheck: ignore bad"),
    ("page.rst", ".. sitecheck:: ignore\nbad"),
    ("page.rst", "# sitecheck: ignore\nbad"),
    ("page.org", "see # sitecheck: ignore\nbad"),
    ("refs.bib", "# sitecheck: ignore\nbad"),
]


@pytest.mark.parametrize(("path", "text"), NOT_A_COMMENT)
def test_what_is_no_comment_suppresses_nothing(path: str, text: str) -> None:
    assert left(text + "\n", path) == "bad"


@pytest.mark.parametrize(
    "text",
    [
        "a ` b <!-- sitecheck: ignore --> bad",
        "`a` <!-- sitecheck: ignore --> bad `b`",
        "<!-- sitecheck: ignore `code` in the reason --> bad",
        "```\ncode\n```\n<!-- sitecheck: ignore -->\nbad",
        "```a``` b\n<!-- sitecheck: ignore -->\nbad",
        "~~~\n```\n~~~\n<!-- sitecheck: ignore -->\nbad",
    ],
)
def test_code_elsewhere_does_not_hide_a_comment(text: str) -> None:
    assert left(text) == ""


def test_lines_that_are_comments_or_blank_are_passed_over() -> None:
    text = "<!-- sitecheck: ignore[spacing] -->\n<!-- sitecheck: ignore[mojibake] -->\n\n<!-- a -->\n \nbad1\nbad2\n"
    assert left(text, rules=("spacing",)) == "bad2"
    assert left(text, rules=("mojibake",)) == "bad2"
    assert left("# sitecheck: ignore\n# words\n\nkey: bad1\nkey: bad2\n", "data.yaml") == "bad2"
    assert left(".. sitecheck: ignore\n.. a comment\n\n.. image:: bad1\nbad2", "page.rst") == "bad2"
    assert left("<!-- sitecheck: ignore -->\n<!-- a --> bad1 <!-- b -->\nbad2") == "bad2"
    assert left("bad1\n<!-- sitecheck: ignore -->\n\n") == "bad1"
    assert left("bad1\n<!-- sitecheck: ignore --> <!-- sitecheck: ignore -->\nbad2\n") == "bad1"


def test_a_block_ends_with_on_or_with_the_file() -> None:
    text = "bad1\n<!-- sitecheck: off -->\nbad2\n\nbad3\n<!-- sitecheck: on -->\nbad4\n"
    assert left(text) == "bad1 bad4"
    assert left(text.replace("on", "no")) == "bad1"
    assert left("bad1 <!-- sitecheck: off -->bad2<!-- sitecheck: on --> bad3") == "bad1 bad3"
    assert left("<!-- sitecheck: off -->bad1") == ""


def test_on_ends_what_names_the_same() -> None:
    text = "<!-- sitecheck: off[mojibake, spacing] -->\n<!-- sitecheck: on[mojibake] -->\nbad"
    assert left(text, rules=("mojibake", "spacing")) == "mojibake"
    assert left(text.replace("on[mojibake]", "on"), rules=("mojibake", "spacing")) == "mojibake spacing"
    assert left(text.replace("on[mojibake]", "on[ligature]"), rules=("mojibake", "spacing")) == ""


def test_a_file_is_suppressed_from_anywhere_in_it() -> None:
    assert left("bad1\n\nbad2\n<!-- sitecheck: ignore-file[mojibake] a list of faults -->\nbad3") == ""
    assert left("bad\n<!-- sitecheck: ignore-file[spacing] -->") == "bad"
    assert left("<!-- sitecheck: ignore-file -->\nx <!-- sitecheck: ignore -->\nbad") == ""


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        ("", ""),
        ("[mojibake]", "ligature spacing"),
        ("[encoding]", "spacing"),
        ("[text,mojibake]", "ligature"),
        ("[ text , mojibake ]", "ligature"),
        ("[text mojibake]", "ligature"),
        (" [mojibake]", "ligature spacing"),
        ("[other, mojibake]", "ligature spacing"),
        ("[Mojibake]", "mojibake ligature spacing"),
    ],
)
def test_rules_and_groups_are_named_in_brackets(names: str, kept: str) -> None:
    assert left(f"bad <!-- sitecheck: ignore{names} why -->", rules=("mojibake", "ligature", "spacing")) == kept


def test_front_matter_has_the_comments_of_its_language() -> None:
    for fence in ("---", "+++"):
        text = f"{fence}\n# sitecheck: ignore\ntitle: bad1\nname: bad2\n{fence}\n# sitecheck: ignore\nbad3\n"
        assert left(text) == "bad2 bad3"
        assert left(text, "page.html") == "bad2 bad3"


def test_a_finding_of_several_lines_counts_where_it_starts() -> None:
    source = Source("page.md", b"one <!-- sitecheck: ignore -->\ntwo\nthree")

    def kept(start: int, end: int) -> bool:
        place = Place("page.md", source.position(start), source.position(end))
        return bool(list(unsuppressed(source, [Diagnostic("rule", Severity.ERROR, "", place, None, (), "")])))

    assert not kept(0, 40)
    assert kept(31, 40)


def test_a_finding_at_the_very_end_can_be_suppressed() -> None:
    for text in ("<!-- sitecheck: off -->", "x <!-- sitecheck: ignore -->", "<!-- sitecheck: ignore-file -->"):
        source = Source("page.md", text.encode())
        place = Place("page.md", source.position(len(text)), source.position(len(text)))
        assert not list(unsuppressed(source, [Diagnostic("rule", Severity.ERROR, "", place, None, (), "")]))


def test_reasons_and_places_are_known() -> None:
    text = "<!-- sitecheck: off[a, b]: a long\n reason -->\nx <!-- sitecheck: ignore - so --> <!-- sitecheck: on[b] -->"
    comment, ignore, on = text.index("\nx"), text.index("<!-- sitecheck: ig"), text.index(" <!-- sitecheck: on")
    assert suppressions(Source("page.md", text.encode())) == [
        Suppression("off", "b", "a long reason", Span(0, comment), Span(0, len(text))),
        Suppression("off", "a", "a long reason", Span(0, comment), Span(0, len(text) + 1)),
        Suppression("ignore", "", "so", Span(ignore, on), Span(comment + 1, len(text) + 1)),
    ]


# --- comments in vain

RULES = (
    Existing("mojibake", "encoding", preview=False),
    Existing("ligature", "encoding", preview=False),
    Existing("spacing", "text", preview=False),
    Existing("daring", "text", preview=True),
    Existing("bold", "bravery", preview=True),
    Existing("unused-suppression", "suppressions", preview=False),
)


def in_vain(text: str, *ran: str) -> list[str]:
    """The names, or the whole comments, that silence nothing where `mojibake` finds every `bad`; `?` if unknown."""
    groups = {rule.name: rule.group for rule in RULES if rule.name in (*ran, "mojibake", "unused-suppression")}
    source = Source("page.md", text.encode())
    places = [
        Place("page.md", source.position(match.start()), source.position(match.end()))
        for match in re.finditer("bad", text)
    ]
    found = [Diagnostic("mojibake", Severity.ERROR, "", place, None, (), "") for place in places]
    return [source.text[slice(*each.span)] + "?" * (not each.known) for each in unused(source, found, groups, RULES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bad <!-- sitecheck: ignore[mojibake] -->", []),
        ("fine <!-- sitecheck: ignore[mojibake] -->", ["mojibake"]),
        ("<!-- sitecheck: ignore[mojibake] -->\n\nfine\nbad", ["mojibake"]),
        ("<!-- sitecheck: off[mojibake] -->\nbad", []),
        ("bad\n<!-- sitecheck: off[mojibake] -->\n<!-- sitecheck: on -->\nbad", ["mojibake"]),
        ("<!-- sitecheck: ignore-file[mojibake] -->\nfine", ["mojibake"]),
        ("bad <!-- sitecheck: ignore[mojibake, mojibak] -->", ["mojibak?"]),
        ("bad <!-- sitecheck: ignore[mojibak, mojibake, mojibake] -->", ["mojibak?"]),
        ("bad\n<!-- sitecheck: ignore[mojibak] mojibak -->\n", ["mojibak?"]),
        ("[//]: # (sitecheck: ignore[nope])\nbad", ["nope?"]),
        ("[mojibake]: <> (sitecheck: ignore[mojibake] x)\nfine\n", []),
        ("[comment]: <> (sitecheck: ignore[mojibake] x)\nfine\n", ["mojibake"]),
        ("fine <!-- sitecheck: ignore[a.*b, (] -->", ["a.*b?", "(?"]),
        ("fine `<!-- sitecheck: ignore[nope] -->`", []),
        ("<!-- sitecheck: off[mojibake] -->\n<!-- sitecheck: ignore[mojibake] -->\nbad", []),
    ],
)
def test_a_name_that_silences_nothing_is_told_with_its_place(text: str, expected: list[str]) -> None:
    assert in_vain(text) == expected


def test_a_name_is_judged_only_where_all_that_it_means_has_run() -> None:
    fine = "fine <!-- sitecheck: ignore[{}] -->"
    assert in_vain(fine.format("ligature")) == []
    assert in_vain(fine.format("ligature"), "ligature") == ["ligature"]
    assert in_vain(fine.format("encoding")) == []
    assert in_vain(fine.format("encoding"), "ligature") == ["encoding"]
    assert in_vain("bad " + fine.format("encoding"), "ligature") == []
    assert in_vain(fine.format("daring")) == []
    assert in_vain(fine.format("daring"), "daring") == ["daring"]
    assert in_vain(fine.format("text"), "spacing") == ["text"]


def test_a_comment_without_names_is_judged_where_every_rule_has_run_but_previews() -> None:
    comment = "<!-- sitecheck: ignore -->"
    assert in_vain(f"fine {comment}") == []
    assert in_vain(f"fine {comment}", "ligature") == []
    assert in_vain(f"fine {comment}", "ligature", "spacing") == [comment]
    assert in_vain(f"bad {comment}", "ligature", "spacing") == []


def test_what_is_said_of_the_rule_itself_is_not_judged_and_only_that_silences_it() -> None:
    for name in ("unused-suppression", "suppressions"):
        assert in_vain(f"fine <!-- sitecheck: ignore[{name}] -->") == []
    groups = {"unused-suppression": "suppressions"}
    for names, kept in {"": 1, "[mojibake]": 1, "[unused-suppression]": 0, "[suppressions]": 0}.items():
        source = Source("page.md", f"x <!-- sitecheck: ignore{names} -->".encode())
        place = Place("page.md", source.position(2), source.position(3))
        found = [Diagnostic("unused-suppression", Severity.INFO, "", place, None, (), "")]
        assert len(list(unsuppressed(source, found, groups))) == kept


def check(folder: Path, *arguments: str) -> list[str]:
    """`rule severity: message` of each finding of a real run."""
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", "--format", "json", *arguments],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)["findings"]
    return [f"{finding['rule']} {finding['severity']}: {finding['message']}" for finding in found]


def test_comments_in_vain_are_findings_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("fine <!-- sitecheck: ignore[mojibake] --> <!-- sitecheck: ignore[nope] -->\n")
    vain = "unused-suppression info: this suppresses no finding of 'mojibake'"
    unknown = "unused-suppression warning: no rule or group is called 'nope'"
    assert check(tmp_path) == [vain, unknown]
    assert check(tmp_path, "--ignore", "unused-suppression") == []
    assert check(tmp_path, "--ignore", "suppressions") == []
    assert check(tmp_path, "--select", "suppressions") == [unknown]
    assert check(tmp_path, "--select", "suppressions,mojibake") == [vain, unknown]
    assert check(tmp_path, "--ignore", "mojibake") == [unknown]
    (tmp_path / "sitecheck.toml").write_text("[severity]\nunused-suppression = 'error'\n")
    assert check(tmp_path) == [vain.replace("info", "error"), unknown.replace("warning", "error")]
    (tmp_path / "sitecheck.toml").write_text("[per-path-ignores]\n'a.md' = ['encoding']\n")
    assert check(tmp_path) == [unknown]


def test_comments_for_local_rules_are_known_though_these_are_refused(tmp_path: Path) -> None:
    (tmp_path / "sitecheck.toml").write_text("local-rules = 'own'\n")
    (tmp_path / "own" / "pets").mkdir(parents=True)
    rule = (
        "from sitecheck import PageRule\nclass BigCat(PageRule):\n    def check(self, page):\n        return iter(())\n"
    )
    (tmp_path / "own" / "pets" / "big_cat.py").write_text(rule)
    (tmp_path / "a.md").write_text("fine <!-- sitecheck: ignore[big-cat] -->\n\nfine <!-- sitecheck: ignore -->\n")
    assert check(tmp_path) == [
        "unused-suppression info: this suppresses no finding of 'big-cat'",
        "unused-suppression info: this comment suppresses nothing",
    ]
    assert check(tmp_path, "--no-local-rules") == []


def test_comments_are_not_judged_where_a_rule_failed(tmp_path: Path) -> None:
    (tmp_path / "sitecheck.toml").write_text("local-rules = 'own'\n")
    (tmp_path / "own" / "pets").mkdir(parents=True)
    rule = "from sitecheck import PageRule\nclass BigCat(PageRule):\n    def check(self, page):\n        1 / 0\n"
    (tmp_path / "own" / "pets" / "big_cat.py").write_text(rule)
    (tmp_path / "a.md").write_text("fine <!-- sitecheck: ignore[big-cat] -->\n")
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert "rule big-cat failed on a.md" in done.stderr
    assert "unused" not in done.stdout


PIECES = [
    *("sitecheck:", "<!--", "-->", "ignore", "off", "on", "ignore-file", "[a]", "[", "`", "```"),
    *("{%", "comment", "endcomment", "%}", "{#", "#}", "#", "%", "//", "..", "@comment{", "}"),
    *(" ", "\n", "\r", "---\n"),
]


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from(sorted(SUFFIXES)))
def test_any_text_is_read(text: str, suffix: str) -> None:
    source = Source(f"page{suffix}", text.encode())
    for suppression in suppressions(source):
        assert suppression.kind in ("ignore", "off", "ignore-file")
        start, end = suppression.span
        assert "sitecheck:" in source.text[start:end]
        assert 0 <= suppression.covers.start <= suppression.covers.end <= len(source.text) + 1
    for each in unused(source, [], {}, RULES):
        shown = source.text[slice(*each.span)]
        assert shown == each.name or (each.name == EVERY_RULE and "sitecheck:" in shown)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize(
    "piece",
    [
        "sitecheck: ",
        "<!-- sitecheck: off ",
        "<!-- sitecheck: ignore -->",
        "<!-- sitecheck: ignore -->\n",
        "<!--",
        "{% comment %} sitecheck: off",
        "[//]: # (sitecheck: off\n",
        "`` ` ``` ",
        "#",
        "# ",
        "{",
        "> - ",
        "\n",
        "--- x\n",
    ],
)
def test_work_grows_with_the_size_only(piece: str, suffix: str) -> None:
    """Twenty times the text takes nowhere near four hundred times as long."""

    def seconds(count: int) -> float:
        source = Source(f"page{suffix}", ("---\n" + piece * count + " <!-- sitecheck: off -->").encode())
        place = Place("p", source.position(1), source.position(2))
        found = [Diagnostic("rule", Severity.ERROR, "", place, None, (), "")] * count
        start = process_time()
        list(unsuppressed(source, found))
        list(unused(source, found, {"rule": "group"}, RULES))
        return process_time() - start

    short = min(seconds(400) for _ in range(5))
    long = min(seconds(8000) for _ in range(2))
    assert long < 120 * max(short, 0.0002)  # what a clock cannot measure is no measure of growth
