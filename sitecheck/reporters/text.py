"""The report for people: each finding with its line and carets, what to do about it, and a summary.

    content/_index.md:23:270: error[mojibake] [*] 'Ã¼' stands where 'ü' was meant
    23 | …where I work with Martin MÃ¼ller on vision…
       |                            ^^
       = help: replace by 'ü'
       = note: data/people.yaml:3:5: the same text

`[*]` marks what `--fix` mends, `[~]` what `--unsafe-fixes` mends too; the summary says so. Characters that would
control the terminal, stay unseen, or that the output's encoding lacks, are shown as `<U+200B>`; bytes that could not be
decoded as `<0x92>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sitecheck.counting import counted, tally
from sitecheck.finding import Diagnostic, Place, Severity
from sitecheck.reporters import reread
from sitecheck.reporters._frame import frame
from sitecheck.reporters._screen import BOLD, CYAN, DIM, GREEN, RED, YELLOW, Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitecheck.reporters import Display, Results
    from sitecheck.source import Source

SAFE, UNSAFE = "[*]", "[~]"
COLORS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write every finding with its surroundings, then the summary."""
    screen = Screen(out, display)
    source_of = reread(results)
    for diagnostic in results.diagnostics:
        source = source_of(diagnostic.place.path)
        lines = (headline(diagnostic, screen), *_surroundings(diagnostic, source, screen), "")
        out.write("\n".join(lines) + "\n")
    out.writelines(f"{line}\n" for line in closing(results, screen))


def headline(diagnostic: Diagnostic, screen: Screen) -> str:
    """`path:line:column: severity[rule] [*] message`"""
    where, message = _where(diagnostic.place, screen), screen.text(diagnostic.message)
    rule = screen.paint(f"{diagnostic.severity.label}[{diagnostic.rule}]", BOLD, COLORS[diagnostic.severity])
    mark = _mark(diagnostic)
    return f"{where}: {rule} {screen.paint(mark, CYAN)} {message}" if mark else f"{where}: {rule} {message}"


def closing(results: Results, screen: Screen) -> Iterator[str]:
    """What comes after the findings: how often each rule found something, if wanted, and the summary."""
    if results.statistics and results.diagnostics:
        yield from _statistics(results.diagnostics, screen)
        yield ""
    if results.links:
        from sitecheck.reporters._link_table import link_table

        yield from link_table(results.links, screen)
    yield from _summary(results, screen)
    yield from (screen.text(note) for note in results.notes)


def _where(place: Place, screen: Screen) -> str:
    return f"{screen.path(place.path)}:{place.start.line}:{place.start.column}"


def _mark(diagnostic: Diagnostic) -> str:
    if diagnostic.fix is None:
        return ""
    return SAFE if diagnostic.fix.safe else UNSAFE


def _surroundings(diagnostic: Diagnostic, source: Source | None, screen: Screen) -> Iterator[str]:
    """The line with its carets, then what to do, then the places that belong to it."""
    place = diagnostic.place
    number = str(place.start.line)
    indent = " " * len(number)
    if source is not None and place.start.offset <= len(source.text):
        line, column, carets = frame(source.text, place, screen.width - len(number) - 3, screen)
        underline = screen.paint("^" * carets, BOLD, COLORS[diagnostic.severity])
        yield f"{screen.paint(f'{number} |', DIM)} {line}".rstrip(" ")
        yield f"{screen.paint(f'{indent} |', DIM)} {' ' * column}{underline}"
    bullet = screen.paint(f"{indent} =", DIM)
    note, help = (f"{bullet} {screen.paint(label, BOLD)}" for label in ("note:", "help:"))
    last = place.end.line if place.end.column > 1 else place.end.line - 1
    if last > place.start.line:
        yield f"{note} goes on to line {last}"
    if diagnostic.advice:
        yield f"{help} {screen.text(diagnostic.advice)}"
    for related in diagnostic.related:
        yield f"{note} {_where(related, screen)}: {screen.text(related.message)}"


def _statistics(diagnostics: tuple[Diagnostic, ...], screen: Screen) -> Iterator[str]:
    """Findings of each rule, the most frequent first, and how many of them can be fixed."""
    rules: dict[str, list[str]] = {}
    for diagnostic in diagnostics:
        rules.setdefault(diagnostic.rule, []).append(_mark(diagnostic))
    longest = max(map(len, rules))
    for rule, marks in sorted(rules.items(), key=lambda item: (-len(item[1]), item[0])):
        fixable = ", ".join(f"{marks.count(mark)} {mark}" for mark in (SAFE, UNSAFE) if mark in marks)
        yield f"{len(marks):>6}  {rule:<{longest}}  {screen.paint(fixable, CYAN)}".rstrip()


def _summary(results: Results, screen: Screen) -> Iterator[str]:
    found = results.diagnostics
    read = counted(results.files, "file")
    if not results.files:
        return
    if not found:
        nothing = "nothing new" if results.hidden else "nothing left" if results.fixed else "no findings"
        fixed = f"{counted(results.fixed, 'finding')} fixed, {nothing}" if results.fixed else nothing
        clean = fixed.capitalize() if results.hidden else f"All clean: {fixed}"
        yield screen.paint(f"{clean} in {read}.", GREEN)
        return
    paths = len({diagnostic.place.path for diagnostic in found})
    fixed = f"{results.fixed} fixed; left: " if results.fixed else ""
    where = f"in {counted(paths, 'file')}" + (f" ({read} read)" if results.files != paths else "")
    yield screen.paint(f"{fixed}{tally(found)} {where}", BOLD)
    marks = [_mark(diagnostic) for diagnostic in found]
    safe, unsafe = marks.count(SAFE), marks.count(UNSAFE)
    offers = [f"{safe} fixable with --fix {SAFE}"] if safe else []
    if unsafe:
        offers.append(f"{unsafe} {'more' if safe else 'fixable'} with --unsafe-fixes {UNSAFE}")
    if offers:
        yield ", ".join(offers)
