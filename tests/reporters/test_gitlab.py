"""GitLab's code quality report, held against the types that Code Climate gives for it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from sitecheck.finding import Fix, Severity
from sitecheck.text import Edit, Span

PAGE = "Anna M\u00c3\u00bcller\nand M\u00c3\u00bcller, a fault here\n"
FIX = Fix((Edit(0, 1, ""),), True, "replace by 'ü'")


def faulty(run: Any, page: str = PAGE) -> Any:
    faulty = run(page, "content/_index.md")
    start = page.index("\u00c3\u00bc")
    for at in (start, page.index("\u00c3\u00bc", start + 1)):
        faulty.add(faulty.place_of(Span(at, at + 2)), "'Ã¼' stands\nwhere 'ü' was meant", "mojibake", fix=FIX)
    faulty.add("a fault", severity=Severity.WARNING)
    faulty.add("here", severity=Severity.INFO, help="mend it")
    return faulty


def test_a_report(run: Any) -> None:
    printed = faulty(run).report("gitlab", encoding="ascii")
    issues = json.loads(printed)
    assert issues[0] == {
        "type": "issue",
        "check_name": "mojibake",
        "description": "'Ã¼' stands<U+000A>where 'ü' was meant",
        "content": {"body": "replace by 'ü'"},
        "categories": ["Bug Risk"],
        "severity": "major",
        "fingerprint": issues[0]["fingerprint"],
        "location": {"path": "content/_index.md", "lines": {"begin": 1, "end": 1}},
    }
    assert [issue["severity"] for issue in issues] == ["major", "major", "minor", "info"]
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [1, 2, 2, 2]
    assert len({issue["fingerprint"] for issue in issues}) == 4
    assert printed.count("\n") == 4 + 2
    assert json.loads(run("").report("gitlab")) == []


def test_an_end_at_the_start_of_a_line_is_in_the_line_before(run: Any) -> None:
    page = run("one\ntwo\nthree\n")
    page.add(page.place_of(Span(0, 8)))
    page.add(page.place_of(Span(8, 8)), rule="empty")
    assert [issue["location"]["lines"] for issue in json.loads(page.report("gitlab"))] == [
        {"begin": 1, "end": 2},
        {"begin": 3, "end": 3},
    ]


def test_fingerprints_survive_that_lines_move(run: Any) -> None:
    def fingerprints(page: str) -> list[str]:
        return [issue["fingerprint"] for issue in json.loads(faulty(run, page).report("gitlab"))]

    assert fingerprints("---\ntitle: new\n---\n\n" + PAGE) == fingerprints(PAGE)
    assert fingerprints(PAGE.replace("here", "here and more")) != fingerprints(PAGE)


def test_it_is_of_the_types_of_code_climate(npm_package: Callable[[str], Path], run: Any, tmp_path: Path) -> None:
    types, compiler = npm_package("codeclimate-types"), npm_package("typescript")
    file = tmp_path / "report.ts"
    options = {"strict": True, "noEmit": True, "types": []}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": [file.name]}))
    source = f"import type {{ Issue }} from {json.dumps(str(types))};\nexport const report: Issue[] = REPORT;\n"

    def compiled(report: str) -> str:
        file.write_text(source.replace("REPORT", report))
        command = ["node", str(compiler / "bin" / "tsc"), "--project", str(tmp_path)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout

    printed = faulty(run).report("gitlab")
    assert compiled(printed) == ""
    assert "TS2322" in compiled(printed.replace('"major"', '"grave"'))  # it does look


HOSTILE = st.text(st.characters(exclude_categories=()) | st.sampled_from('"\\\x00\x1b\udc80\ud800'), max_size=20)


@given(message=HOSTILE, path=HOSTILE, advice=HOSTILE)
@example(message="\ud800", path="\ud800", advice="\udc80")
def test_hostile_texts_and_names(run: Any, message: str, path: str, advice: str) -> None:
    page = run("text")
    page.add(page.place("text", path=f"p{path}"), message, help=advice)
    printed = page.report("gitlab", encoding="ascii")
    (issue,) = json.loads(printed)
    json.dumps(issue, ensure_ascii=False).encode()  # no lone surrogates
    assert "\n" not in issue["description"]
    assert len(issue["fingerprint"]) == 32
    assert printed.count("\n") == 3
