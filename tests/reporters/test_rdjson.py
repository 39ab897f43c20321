"""reviewdog's format: columns are bytes, and suggestions make of a page what our fixes do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from sitecheck.finding import Fix, Severity
from sitecheck.source import Source
from sitecheck.text import Edit, Span

PAGE = "# T\u00eftle\n\nAnna \U0001d49c M\u00c3\u00bcller, 張 a fault\nhere\n"


def faulty(run: Any) -> Any:
    page = run(PAGE, "content/_index.md")
    start = PAGE.index("\u00c3\u00bc")
    related = (page.place("here", "the same", "data/a.yaml"),)
    page.add("\u00c3\u00bc", "'Ã¼' is 'ü'", "mojibake", fix=Fix((Edit(start, start + 2, "ü"),), False, "replace"))
    page.add("a fault\nhere", severity=Severity.WARNING, related=related)
    page.add("T", severity=Severity.INFO, help="mend it")
    return page


def diagnostics(printed: str) -> list[dict[str, Any]]:
    found = json.loads(printed)["diagnostics"]
    assert isinstance(found, list)
    return found


def test_a_report(run: Any) -> None:
    printed = faulty(run).report("rdjson", encoding="ascii", homepage="https://sitecheck.example/")
    assert json.loads(printed)["source"] == {"name": "sitecheck", "url": "https://sitecheck.example/"}
    place = {"start": {"line": 3, "column": 12}, "end": {"line": 3, "column": 16}}
    assert diagnostics(printed)[1] == {
        "message": "'Ã¼' is 'ü'\nhelp: replace (it may change the meaning; look at it)",
        "location": {"path": "content/_index.md", "range": place},
        "severity": "ERROR",
        "code": {"value": "mojibake", "url": "https://sitecheck.example/rules/mojibake.md"},
        "suggestions": [{"range": place, "text": "ü"}],
    }
    assert [found["severity"] for found in diagnostics(printed)] == ["INFO", "ERROR", "WARNING"]
    assert diagnostics(printed)[2]["message"] == "wrong\nsee data/a.yaml:4:1: the same"
    assert "suggestions" not in diagnostics(printed)[2]
    assert diagnostics(run("").report("rdjson")) == []


def test_a_validator_takes_it(npm_package: Callable[[str], Path], run: Any) -> None:
    program = npm_package("@umbrelladocs/rdformat-validator") / "bin" / "rdformat-validator.js"

    def said(report: str) -> tuple[int, str]:
        command = ["node", str(program), "--strict", "--no-extra-fields"]
        done = subprocess.run(command, input=report.encode(), capture_output=True, check=False)
        return done.returncode, (done.stdout + done.stderr).decode()

    printed = faulty(run).report("rdjson", homepage="https://sitecheck.example/")
    code, output = said(printed)
    assert code == 0, output
    assert said(run("").report("rdjson"))[0] == 0
    assert said(printed.replace('"ERROR"', '"GRAVE"'))[0] != 0  # it does look


def placed(raw: bytes, position: dict[str, int]) -> int:
    """The byte of a position, as a program finds it that knows bytes and line feeds only."""
    lines = raw.split(b"\n")
    return sum(len(line) + 1 for line in lines[: position["line"] - 1]) + position["column"] - 1


# Of the surrogates only one of those that stand for a byte: no other comes of reading a file
ANY = st.characters(exclude_categories=["Cs"])
CHARACTERS = st.sampled_from("ab \n") | st.sampled_from("ü張\U0001d49c\u0301\u200b\udc92\ufeff") | ANY
TEXT = st.text(CHARACTERS.filter(lambda char: char != "\r"), max_size=700)


@given(text=TEXT, marked=st.booleans(), data=st.data())
def test_columns_are_bytes_and_suggestions_do_what_the_fix_does(
    run: Any, text: str, marked: bool, data: st.DataObject
) -> None:
    raw = (b"\xef\xbb\xbf" if marked else b"") + text.encode("utf-8", "surrogateescape")
    source = Source("a.md", raw)
    page = run("")
    page.source = source
    size = len(source.text)
    at = sorted(data.draw(st.lists(st.integers(0, size), min_size=4, max_size=4)))
    edits = (Edit(at[0], at[1], data.draw(st.text(max_size=3))), Edit(at[2], at[3], "ü"))
    page.add(page.place_of(Span(at[0], at[3])), fix=Fix(edits, True, "mend"))
    (found,) = diagnostics(page.report("rdjson", encoding="ascii"))
    span = found["location"]["range"]
    start, end = placed(raw, span["start"]), placed(raw, span["end"])
    assert raw[start:end] == source.text[at[0] : at[3]].encode("utf-8", "surrogateescape")
    mended = source.text[: at[0]] + edits[0].text + source.text[at[1] : at[2]] + "ü" + source.text[at[3] :]
    for suggestion in found["suggestions"]:
        start, end = (placed(raw, suggestion["range"][which]) for which in ("start", "end"))
        assert raw[:start] + suggestion["text"].encode() + raw[end:] == source.encode(mended)
    assert len(found["suggestions"]) == ("\udc92" not in source.text[at[1] : at[2]])


def test_columns_far_along_a_line(run: Any) -> None:
    page = run("first\n" + "ü 張\U0001d49c" * 300 + "a fault")
    page.add("a fault")
    (found,) = diagnostics(page.report("rdjson"))
    column = len(("ü 張\U0001d49c" * 300).encode()) + 1
    assert found["location"]["range"]["start"] == {"line": 2, "column": column}
    assert found["location"]["range"]["end"] == {"line": 2, "column": column + 7}


def test_a_fix_at_both_ends_of_a_page_is_no_suggestion(run: Any) -> None:
    page = run("a" * 20_000)
    page.add(page.place_of(Span(0, 1)), fix=Fix((Edit(0, 1, "b"), Edit(19_999, 20_000, "b")), True, "mend"))
    (found,) = diagnostics(page.report("rdjson"))
    assert found["suggestions"] == []


def test_the_file_may_be_gone_when_the_report_is_made(run: Any) -> None:
    def gone(path: str) -> Source:
        raise FileNotFoundError(path)

    found = diagnostics(faulty(run).report("rdjson", sources=gone))
    assert found[1]["location"]["range"] == {"start": {"line": 3}, "end": {"line": 3}}
    assert "suggestions" not in found[1]


HOSTILE = st.text(st.characters(exclude_categories=()) | st.sampled_from('"\\\x00\x1b\udc80\ud800\n'), max_size=20)


@given(message=HOSTILE, path=HOSTILE, advice=HOSTILE, inserted=HOSTILE)
@example(message="\ud800", path="\ud800", advice="\udc80", inserted="\ud800")
def test_hostile_texts_and_names(run: Any, message: str, path: str, advice: str, inserted: str) -> None:
    page = run("text")
    place = page.place("text", message, path=f"p{path}")
    page.add(place, message, help=advice, related=(place,), fix=Fix((Edit(0, 1, inserted),), True, advice))
    printed = page.report("rdjson", encoding="ascii")
    (found,) = diagnostics(printed)
    json.dumps(found, ensure_ascii=False).encode()  # no lone surrogates
    assert found["message"].count("\n") == (2 if advice else 1)
    assert [suggestion["text"] for suggestion in found["suggestions"]] in ([], [inserted])
