"""Issues on Azure Pipelines: logging commands, then a log of all findings.

    ##vso[task.logissue type=error;sourcepath=content/_index.md;linenumber=23;columnnumber=270;code=mojibake;]'Ã¼' ...

The agent keeps 10 errors and 10 warnings of a task, and knows no lesser issues. So no more are written, the most severe
first, those on changed lines before others; infos are in the log alone. All findings are in a folded group, one a line.
Where errors or warnings were left out, the last issue says how many, and where they are.

A task that found something is marked as succeeded with issues; that the program ends with 1 fails it all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sitecheck.counting import tally
from sitecheck.finding import Diagnostic, Severity
from sitecheck.reporters._annotations import by_rank, fitting, from_root, log, whereabouts
from sitecheck.reporters._repository import Repository
from sitecheck.reporters._screen import Screen

if TYPE_CHECKING:
    from sitecheck.reporters import Display, Results

TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write the issues and the log."""
    screen = Screen(out, display._replace(links=False))
    plain = Screen(out, display._replace(links=False, color=False))
    found = from_root(by_rank(results), Repository(results))
    issues = [diagnostic for diagnostic in found if diagnostic.severity in TYPES]
    shown, left = fitting(issues, Severity.WARNING)
    out.writelines(f"{_issue(diagnostic, plain)}\n" for diagnostic in shown)
    out.writelines(log(found, results, screen, "##[group]", "##[endgroup]"))
    if issues:
        out.write(command("task.complete", {"result": "SucceededWithIssues"}, "") + "\n")
    if left:
        where = whereabouts(plain.text(diagnostic.place.path) for diagnostic in left)
        message = f"{tally(left)} more, in {where}; all findings are in the log of this task"
        out.write(command("task.logissue", {"type": "warning"}, message) + "\n")


def command(name: str, properties: dict[str, object], message: str) -> str:
    """A logging command. Whatever stands in its values, it is one line and means what it says."""
    written = "".join(f"{key}={_property(str(value))};" for key, value in properties.items())
    return f"##vso[{name} {written}]{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")


def _issue(diagnostic: Diagnostic, screen: Screen) -> str:
    place = diagnostic.place
    properties: dict[str, object] = {
        "type": TYPES[diagnostic.severity],
        "sourcepath": screen.text(place.path),
        "linenumber": place.start.line,
        "columnnumber": place.start.column,
        "code": diagnostic.rule,
    }
    message = screen.text(diagnostic.message) + (
        f" (help: {screen.text(diagnostic.advice)})" if diagnostic.advice else ""
    )
    return command("task.logissue", properties, message)
