"""One line a finding, `path:line:column: severity[rule] [*] message`, then the summary: for grep, editors and CI logs.

No line of the summary starts with `path:line:column: `, so a program can tell it from the findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sitecheck.reporters._screen import Screen
from sitecheck.reporters.text import closing, headline

if TYPE_CHECKING:
    from sitecheck.reporters import Display, Results


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write the findings, one a line."""
    screen = Screen(out, display)
    out.writelines(f"{headline(diagnostic, screen)}\n" for diagnostic in results.diagnostics)
    out.writelines(f"{line}\n" for line in closing(results, screen))
