"""Issues on Azure Pipelines, read as its agent and its task library read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from sitecheck.finding import Fix, Place, Position, Severity
from sitecheck.reporters.azure import command
from sitecheck.text import Edit


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def obeyed(printed: str) -> list[Command]:
    """What the agent makes of an output, after its sources (Command.cs): `##vso[` anywhere in a line."""
    lines = re.split(r"\r\n|\r|\n", printed)
    found = (re.search(r"##vso\[([^ \]]*)(?: ([^\]]*))?\](.*)", line, re.DOTALL) for line in lines)
    return [_read(match) for match in found if match and match[1].count(".") == 1]


def _read(match: re.Match[str]) -> Command:
    pairs = (pair.split("=", 1) for pair in (match[2] or "").split(";") if pair)
    return Command(match[1], {pair[0]: _unescaped(pair[1]) for pair in pairs}, _unescaped(match[3]))


def _unescaped(text: str) -> str:
    for written, meant in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
        text = text.replace(written, meant)
    return text


def test_a_report(run: Any) -> None:
    page = run("Anna M\u00c3\u00bcller, a fault here\n", "content/_index.md")
    page.add("\u00c3\u00bc", "'Ã¼' is 'ü'", "mojibake", fix=Fix((Edit(0, 1, ""),), True, "replace; 100%"))
    page.add("a fault", severity=Severity.WARNING)
    page.add("here", severity=Severity.INFO)
    assert page.report("azure").splitlines() == [
        "##vso[task.logissue type=error;sourcepath=content/_index.md;linenumber=1;columnnumber=7;code=mojibake;]"
        "'Ã¼' is 'ü' (help: replace; 100%AZP25)",
        "##vso[task.logissue type=warning;sourcepath=content/_index.md;linenumber=1;columnnumber=15;code=some-rule;]"
        "wrong",
        "##[group]all findings: 1 error, 1 warning, 1 info",
        "content/_index.md:1:7: error[mojibake] [*] 'Ã¼' is 'ü'",
        "content/_index.md:1:15: warning[some-rule] wrong",
        "content/_index.md:1:23: info[some-rule] wrong",
        "##[endgroup]",
        "1 error, 1 warning, 1 info in 1 file",
        "1 fixable with --fix [*]",
        "##vso[task.complete result=SucceededWithIssues;]",
    ]


def test_infos_and_clean_runs_leave_the_task_green(run: Any) -> None:
    page = run("text")
    assert obeyed(page.report("azure")) == []
    page.add("text", severity=Severity.INFO)
    assert obeyed(page.report("azure")) == []


def test_the_most_severe_come_first_and_the_last_tells_of_the_others(run: Any) -> None:
    page = run("text")
    for severity, count, line in ((Severity.INFO, 12, 1), (Severity.WARNING, 11, 2), (Severity.ERROR, 13, 3)):
        for number in range(count):
            position = Position(0, line if number else 9, number + 1)
            page.add(Place(f"{line}.md", position, position), f"{severity.label} {number}", severity=severity)
    printed = page.report("azure", changed=lambda place: place.start.line == 9)
    found = [item.properties for item in obeyed(printed) if item.name == "task.logissue"]
    assert [item["type"] for item in found] == ["error"] * 10 + ["warning"] * 10
    assert [item["linenumber"] for item in found[:-1] if item["linenumber"] == "9"] == ["9", "9"]
    assert found[0]["linenumber"] == found[10]["linenumber"] == "9"
    assert printed.splitlines()[-1] == (
        "##vso[task.logissue type=warning;]3 errors, 2 warnings more, in 3.md (3), 2.md (2); "
        "all findings are in the log of this task"
    )


INJECTIONS = [
    "##vso[task.complete result=Failed]", "\n##vso[task.setvariable variable=PATH]x", "]##vso[a.b]", "%0A##vso[a.b]",
    "##[error]",
]  # fmt: skip
HOSTILE = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("\x1b\x85\u2028\r\n\t ;=%#[]\udc80"), max_size=15
) | st.sampled_from(INJECTIONS)


@given(path=HOSTILE, message=HOSTILE, advice=HOSTILE)
@example(path="\ud800", message="\ud800", advice="\udc80")
def test_nothing_of_a_page_or_a_name_is_a_command(run: Any, path: str, message: str, advice: str) -> None:
    page = run("text")
    page.add(page.place("text", path=f"p{path}"), message, help=advice)
    printed = page.report("azure")
    assert [item.name for item in obeyed(printed)] == ["task.logissue", "task.complete"]
    assert list(obeyed(printed)[0].properties) == ["type", "sourcepath", "linenumber", "columnnumber", "code"]
    assert obeyed(printed)[1].properties == {"result": "SucceededWithIssues"}
    assert printed.count("##") == 4
    assert printed.count("\n") == 6


EXAMPLES = [["a.md", "'Ã¼' is 'ü'"], ["a;b=]c%.md", "50%, 100%AZP25 and %0A: a\r\nb]c;d"], ["張 [x].md", "##vso[a.b]"]]


@given(file=st.text(min_size=1), message=st.text())
def test_values_come_through_the_agent_as_they_were(file: str, message: str) -> None:
    written = command("task.logissue", {"type": "error", "sourcepath": file}, message)
    assert obeyed(written) == [Command("task.logissue", {"type": "error", "sourcepath": file}, message)]


def test_commands_are_those_of_the_task_library(npm_package: Callable[[str], Path], javascript: Any) -> None:
    script = """
        const {TaskCommand, commandFromString} = require(input.package + "/taskcommand.js");
        return {
            written: input.examples.map(([file, message]) =>
                new TaskCommand("task.logissue", {type: "error", sourcepath: file}, message).toString()),
            read: input.commands.map(line => commandFromString(line)),
        };
    """
    ours = [command("task.logissue", {"type": "error", "sourcepath": file}, message) for file, message in EXAMPLES]
    package = str(npm_package("azure-pipelines-task-lib"))
    theirs = javascript(script, {"package": package, "examples": EXAMPLES, "commands": ours})
    assert theirs["written"] == ours
    assert [[read["properties"]["sourcepath"], read["message"]] for read in theirs["read"]] == EXAMPLES
    assert {read["command"] for read in theirs["read"]} == {"task.logissue"}
