"""One run: configuration, rules and files are gathered, each file is examined or mended, and the result is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, TextIO

from sitecheck.cli import CLEAN, ERROR, FINDINGS, complain
from sitecheck.config import Config, check_known, check_names, find, load
from sitecheck.engine import ActiveRule, Examined, examine
from sitecheck.files import File, Found, collect, display_name, is_readable, nothing_to_read
from sitecheck.finding import Diagnostic
from sitecheck.rule import PageRule, UserError, built_in_rules
from sitecheck.source import Source

if TYPE_CHECKING:
    from sitecheck.cli import Options

STDIN = "-"
STDIN_NAME = "stdin.md"
PIPED_WIDTH = 100
"""columns of a report that no terminal shows, unless COLUMNS says otherwise"""

NARROWEST = 20
"""columns that every report is given, however few the terminal has"""


class Outcome(NamedTuple):
    """What a run learnt of one file."""

    before: bytes
    after: bytes
    """as it is now, or with --diff would be; the findings point into it"""
    examined: Examined
    fixed: int = 0
    refused: tuple[str, ...] = ()
    """a sentence for each fix that was left out"""


class Tally:
    """What a run has learnt so far."""

    def __init__(self) -> None:
        self.files = 0
        self.fixed = 0
        self.failed = False
        """whether something went wrong, which is no finding"""
        self.diagnostics: list[Diagnostic] = []
        self.changed: list[Outcome] = []
        self._raw: dict[str, bytes] = {}

    def add(self, outcome: Outcome) -> None:
        self.files += 1
        self.fixed += outcome.fixed
        if outcome.before != outcome.after:
            self.changed.append(outcome)
        if outcome.examined.diagnostics:
            self.diagnostics += outcome.examined.diagnostics
            self._raw[outcome.examined.path] = outcome.after
        for sentence in outcome.refused:
            complain(sentence)
        self.fail(outcome.examined.errors)

    def fail(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            complain(sentence)
            self.failed = True

    def source(self, path: str) -> Source:
        """A file as it was when its findings were found."""
        return Source(path, self._raw[path])


def run(options: Options) -> int:
    """Check the files, or mend them, or show what that would change. Returns the exit status.

    Raises UserError where nothing can be done at all.
    """
    started = perf_counter()
    config = configured(options)
    rules = _chosen(options, config)
    found = _inputs(options, config)
    tally = Tally()
    tally.fail(found.problems)
    for file in found.files:
        try:
            tally.add(_treated(file, config.active_at(file.display, rules), options))
        except UserError as error:  # this file cannot be read; the others can
            tally.fail([str(error)])
    if options.diff:
        _show_changes(tally, options)
    elif tally.files:
        _report(tally, perf_counter() - started, options)
    if tally.failed:
        return ERROR
    reached = bool(tally.changed) if options.diff else _reaches(config.fail_on, tally.diagnostics)
    return FINDINGS if reached and not options.exit_zero else CLEAN


def configured(options: Options) -> Config:
    """The configuration that holds for the run, with what the command line says."""
    first = options.stdin_filename if STDIN in options.paths else next(iter(options.paths), "")
    file = options.config or find(first or os.curdir)
    config = load(file) if file else Config()
    select = None if options.select is None else tuple(options.select)
    return config.overridden(select=select, ignore=tuple(options.ignore), fail_on=options.fail_on)


def available_rules(options: Options, config: Config) -> list[PageRule]:
    """Our rules, and those of the configuration's folder unless they are refused."""
    rules = built_in_rules()
    if config.local_rules and options.local_rules:
        from sitecheck.rule import local_rules

        taken = {rule.name for rule in rules}
        for rule in local_rules(config.local_rules):
            name = rule.name
            if name in taken:
                raise UserError(f"{config.local_rules}: {name} is the name of a built-in rule; rename yours")
            rules.append(rule)
    return rules


def _chosen(options: Options, config: Config) -> tuple[ActiveRule, ...]:
    """The rules that run. An unknown name is an error, and so is that nothing is left."""
    rules = available_rules(options, config)
    known = {name for rule in rules for name in (rule.name, rule.group)}
    refused = set() if options.local_rules else _names_in(config.local_rules)
    check_known(options.select or (), known, "--select", refused)
    check_known(options.ignore, known | refused, "--ignore")
    check_names(config, rules, refused)
    active = config.active(rules)
    if not active:
        raise UserError("no rule is left to run; see --list-rules, and select and ignore")
    return active


def _names_in(folder: str) -> set[str]:
    """The names of the rules and groups in a folder, told from its files alone: none of them is run."""
    names = set()
    for group in os.scandir(folder) if os.path.isdir(folder) else ():
        if group.is_dir():
            files = (os.path.splitext(file) for file in os.listdir(group))
            names |= {group.name, *(stem.replace("_", "-") for stem, suffix in files if suffix == ".py")}
    return names


def _inputs(options: Options, config: Config) -> Found:
    """What is to be read. Where that is nothing, a problem says so, and why."""
    if STDIN in options.paths or options.stdin_filename:
        return _standard_input(options)
    paths = options.paths or [os.curdir]
    found = collect(paths, base=config.folder, include=config.include, exclude=config.exclude)
    if options.output_file:  # a report is no page, though it may be called report.txt
        report = os.path.realpath(options.output_file)
        found = found._replace(files=tuple(file for file in found.files if os.path.realpath(file.path) != report))
    existing = [path for path in paths if os.path.exists(path)]
    if existing and not found.files:
        found = found._replace(problems=(*found.problems, nothing_to_read(existing, found.passed_over)))
    return found


def _standard_input(options: Options) -> Found:
    if options.paths != [STDIN]:
        raise UserError("- and --stdin-filename go together, without other paths")
    name = display_name(options.stdin_filename or STDIN_NAME)
    if not is_readable(name):
        raise UserError(f"nothing to read: standard input is called {name}, and sitecheck reads no such suffix")
    return Found((File(STDIN, name),), (), {})


def _treated(file: File, rules: tuple[ActiveRule, ...], options: Options) -> Outcome:
    """Examine or mend a file, or find out what mending would make of it.

    Raises UserError where it cannot be read.
    """
    if not (options.fix or options.unsafe_fixes or options.diff):
        raw = _read(file)
        return Outcome(raw, raw, examine(raw, file.display, rules))
    from sitecheck.fixer import fix_file, fix_text

    unsafe = options.unsafe_fixes
    if not options.diff and file.path != STDIN:
        return Outcome(*fix_file(file.path, file.display, rules, unsafe=unsafe))
    outcome = Outcome(*fix_text(_read(file), file.display, rules, unsafe=unsafe))
    if not options.diff:
        sys.stdout.buffer.write(outcome.after)
    return outcome


def _read(file: File) -> bytes:
    if file.path == STDIN:
        return sys.stdin.buffer.read()
    try:
        with open(file.path, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise UserError(f"{file.display}: cannot be read: {error.strerror}") from error


def _reaches(fail_on: str, diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether a finding is as severe as what fails a run, or more."""
    from sitecheck.finding import Severity

    return fail_on != "never" and any(diagnostic.severity >= Severity[fail_on.upper()] for diagnostic in diagnostics)


def _report(tally: Tally, seconds: float, options: Options) -> None:
    """Tell what was found. Where standard output is the mended page, standard error takes the report."""
    from sitecheck.reporters import Results, report

    def write(out: TextIO) -> None:
        color = _colored(options.color, out)
        report(options.format, results, out, color=color, width=width_of(out), links=color and out.isatty())

    results = Results(
        diagnostics=tuple(sorted(tally.diagnostics, key=lambda diagnostic: diagnostic.order)),
        files=tally.files,
        seconds=seconds,
        sources=tally.source,
        fixed=tally.fixed,
        statistics=options.statistics,
    )
    if options.output_file:
        try:
            with open(options.output_file, "w", encoding="utf-8", errors="backslashreplace") as file:
                write(file)
        except OSError as error:
            raise _unwritable(options.output_file, error) from error
    else:
        write(sys.stderr if STDIN in options.paths and (options.fix or options.unsafe_fixes) else sys.stdout)


def _show_changes(tally: Tally, options: Options) -> None:
    """Show what fixes would change: byte for byte, so that it can be applied, unless a terminal would obey it."""
    from sitecheck.diff import on_terminal, unified

    changes = ((change.examined.path, change.before, change.after) for change in tally.changed)
    if options.output_file:
        try:
            with open(options.output_file, "wb") as file:
                file.writelines(unified(*change) for change in changes)
        except OSError as error:
            raise _unwritable(options.output_file, error) from error
    elif sys.stdout.isatty() or options.color == "always":
        color = _colored(options.color, sys.stdout)
        for change in changes:
            on_terminal(unified(*change), sys.stdout, color=color)
    else:
        sys.stdout.buffer.writelines(unified(*change) for change in changes)
    option = "--unsafe-fixes" if options.unsafe_fixes else "--fix"
    findings, files = _counted(tally.fixed, "finding"), _counted(len(tally.changed), "file")
    print(f"{option} would mend {findings} in {files}", file=sys.stderr)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _unwritable(file: str, error: OSError) -> UserError:
    return UserError(f"{file}: the report cannot be written: {error.strerror}")


def _colored(wish: str, out: TextIO) -> bool:
    """Whether to use colours there. NO_COLOR and FORCE_COLOR count when they are set and not empty; NO_COLOR wins."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (out.isatty() and os.environ.get("TERM") != "dumb")


def width_of(out: TextIO) -> int:
    """In columns: of the terminal, or as COLUMNS says."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) <= len("9999"):
        return max(int(columns), NARROWEST)
    try:
        return max(os.get_terminal_size(out.fileno()).columns or PIPED_WIDTH, NARROWEST)
    except (OSError, ValueError):  # no terminal
        return PIPED_WIDTH
