"""One run: configuration, rules and files are gathered, each file is examined or mended, and the result is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

from sitecheck.cli import CLEAN, ERROR, FINDINGS, complain, printable
from sitecheck.config import Config, check_known, check_names, find, load
from sitecheck.counting import counted
from sitecheck.engine import ActiveRule, Task, examine, read_file
from sitecheck.examiner import Examiner
from sitecheck.files import File, Found, collect, display_name, is_readable, nothing_to_read
from sitecheck.finding import Diagnostic
from sitecheck.rule import LinkRule, Rule, SiteRule, UserError, built_in_rules
from sitecheck.settings import told
from sitecheck.source import Source
from sitecheck.suppress import CommentRule, Existing
from sitecheck.tally import Tally
from sitecheck.terminal import colored, width_of

if TYPE_CHECKING:
    from sitecheck.cli import Options
    from sitecheck.explain import RuleText
    from sitecheck.fixer import FixOutcome, Situate
    from sitecheck.online import Web
    from sitecheck.reported import Narrowing, Ran
    from sitecheck.sites import Sites

STDIN = "-"
STDIN_NAME = "stdin.md"
SHOWING_NOTES = ("text", "concise")
"""the formats that are for people; beside the others, standard error has what else is to be said"""


def run(options: Options) -> int:
    """Check the files, or mend them, or show what that would change. Returns the exit status.

    Raises UserError where nothing can be done at all.
    """
    started = perf_counter()
    config = configured(options)
    web = _web(config, options)
    rules = _chosen(options, config)
    narrowing = _narrowing(options, config)
    found = _inputs(options, config, narrowing)
    tally = Tally()
    tally.rules = rules
    tally.fail(found.problems)
    at = {file.display: config.active_at(file.display, rules) for file in found.files}
    with Examiner(options.jobs, cached=not options.no_cache) as examiner:
        if _on_disk(options, narrowing):
            _treat_files(found.files, at, tally, options, examiner)
        else:
            for file in found.files:
                _treat(file, at[file.display], tally, options, narrowing)
        if web is not None:
            web.look_up(tally, at, narrowing, lambda file, rules: _treated(file, rules, options, narrowing))
        earlier = _look_around(config, rules, at, tally, options, narrowing, examiner)
    tally.settle()
    if narrowing is not None and not options.diff:
        if options.write_baseline:
            return _accept(narrowing, tally, at)
        _narrow(narrowing, tally, at, earlier)
    if options.diff:
        _show_changes(tally, options)
    elif tally.files or tally.notes or tally.diagnostics:
        _report(tally, perf_counter() - started, options)
    if tally.failed:
        return ERROR
    reached = bool(tally.changed) if options.diff else _fails(config, tally)
    return FINDINGS if reached and not options.exit_zero else CLEAN


def _web(config: Config, options: Options) -> Web | None:
    """The web, if it is to be asked."""
    if not config.online:
        return None
    from sitecheck.online import Web

    return Web(config, options)


def _on_disk(options: Options, narrowing: Narrowing | None) -> bool:
    """Whether what is to be examined are files as they are, and neither standard input nor what git has staged."""
    return STDIN not in options.paths and (narrowing is None or narrowing.changes is None)


def _treat_files(
    files: Iterable[File],
    rules: Mapping[str, tuple[ActiveRule, ...]],
    tally: Tally,
    options: Options,
    examiner: Examiner,
) -> None:
    """Examine the files, as far as they are not known from an earlier run, and mend those with something to mend."""
    tasks = [Task(file.path, file.display, rules[file.display]) for file in files]
    done = examiner.examine(tasks)
    for task in tasks:
        examined, problem, _ = done[task.path]
        if examined is None:
            tally.fail([problem])
        elif _to_mend(examined.diagnostics, options):
            _treat(File(task.path, task.display), task.rules, tally, options, None)
        else:
            tally.know(examined, task.path)


def _look_around(
    config: Config,
    rules: tuple[ActiveRule, ...],
    at: dict[str, tuple[ActiveRule, ...]],
    tally: Tally,
    options: Options,
    narrowing: Narrowing | None,
    examiner: Examiner,
) -> Sites | None:
    """Have the rules of the site look at all files; with `--changed-since` also at those that did not change, if they
    may be concerned. Then the sites as they were before are returned, too."""
    of_site = tuple(active for active in rules if isinstance(active.rule, SiteRule))
    if not of_site:
        return None
    from sitecheck.sites import Run, Sites

    covered = tuple(map(os.path.realpath, filter(os.path.isdir, options.paths or [os.curdir])))
    run = Run(config, rules, examiner, tally.known, tally.contents, covered if narrowing is None else ())
    sites = Sites(run)
    tally.look_around(sites, at)
    if STDIN not in options.paths:  # what that is mended to is written already
        _mend_in_site(sites, of_site, at, tally, options)
    if narrowing is None or narrowing.changes is None:
        return None
    earlier = Sites(run, narrowing.changes)
    files = [file for file in _inputs(options, config).files if file.display not in at]
    for file in files:
        earlier.locate(file.path, file.display)
    if earlier.concern_others():
        done = examiner.examine([Task(*file, config.active_at(file.display, rules)) for file in files])
        tally.notice((file.path, done[file.path].examined) for file in files)
        elsewhere = {file.display: config.active_at(file.display, of_site) for file in files}
        tally.look_around(sites, elsewhere)
        at.update(elsewhere)
    return earlier


def _mend_in_site(
    sites: Sites,
    of_site: tuple[ActiveRule, ...],
    rules: Mapping[str, tuple[ActiveRule, ...]],
    tally: Tally,
    options: Options,
) -> None:
    """Mend what rules of the site found. Other fixes were made before, and are looked at again."""
    names = {active.rule.name for active in of_site}
    for display, active in rules.items():
        if not _to_mend([each for each in tally.found(display) if each.rule in names], options):
            continue
        file = File(tally.path(display), display)
        situate = partial(sites.changed, file.path, display, rules=active)
        try:
            tally.revise(_treated(file, active, options, None, situate))
        except UserError as error:  # it was there a moment ago
            tally.fail([str(error)])


def _to_mend(found: Iterable[Diagnostic], options: Options) -> bool:
    """Whether a fix that the user asked for, or asked to see, is among the findings."""
    if not (options.fix or options.unsafe_fixes or options.diff):
        return False
    fixes = (diagnostic.fix for diagnostic in found)
    return any(fix is not None and (fix.safe or options.unsafe_fixes) for fix in fixes)


def _treat(
    file: File, rules: tuple[ActiveRule, ...], tally: Tally, options: Options, narrowing: Narrowing | None
) -> None:
    """Mend a file, find out what that would change, or examine what is not on disk."""
    try:
        path = file.display if file.path == STDIN else file.path
        tally.add(_treated(file, rules, options, narrowing), path)
    except UserError as error:  # this file cannot be read; others can
        tally.fail([str(error)])


def _narrowing(options: Options, config: Config) -> Narrowing | None:
    """What of the findings is to be reported; None: all of them."""
    if not (
        config.baseline or options.changed_since or options.staged or options.write_baseline or options.prune_baseline
    ):
        return None
    from sitecheck.reported import Narrowing

    return Narrowing(options, config)


def _narrow(
    narrowing: Narrowing, tally: Tally, rules: Mapping[str, tuple[ActiveRule, ...]], earlier: Sites | None
) -> None:
    """Leave in the tally what is to be reported."""
    narrowed = narrowing.apply(_ran(tally, rules)._replace(earlier=earlier))
    tally.diagnostics = narrowed.diagnostics
    tally.hidden, tally.notes, tally.on_change = narrowed.hidden, narrowed.notes, narrowed.changed


def _accept(narrowing: Narrowing, tally: Tally, rules: Mapping[str, tuple[ActiveRule, ...]]) -> int:
    """Make what was found the baseline, unless something went wrong. Returns the exit status."""
    if tally.failed:
        complain("the baseline was not written, since not everything could be checked")
        return ERROR
    print(printable(narrowing.accept(_ran(tally, rules))))
    return CLEAN


def _ran(tally: Tally, rules: Mapping[str, tuple[ActiveRule, ...]]) -> Ran:
    from sitecheck.reported import Ran

    def source(path: str) -> Source:
        try:
            return tally.source(path)
        except OSError as error:
            raise UserError(f"{path}: cannot be read again: {error.strerror}; run again") from error

    found = sorted(tally.diagnostics, key=lambda diagnostic: diagnostic.order)
    return Ran(found, source, rules, complete=not tally.failed, files=tally.files)


def configured(options: Options) -> Config:
    """The configuration that holds for the run, with what the command line says."""
    first = options.stdin_filename if STDIN in options.paths else next(iter(options.paths), "")
    file = options.config or find(first or os.curdir)
    config = load(file) if file else Config()
    select = None if options.select is None else tuple(options.select)
    ignore = tuple(options.ignore)
    return config.overridden(
        select=select,
        ignore=ignore,
        fail_on=options.fail_on,
        baseline=options.baseline,
        inventory=options.inventory,
        online=False if STDIN in options.paths else options.online,
        max_age=options.max_age,
        fail_on_verdict=options.fail_on_verdict,
    )


def available_rules(options: Options, config: Config) -> list[Rule]:
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
    unloaded = [] if options.local_rules else _rules_in(config.local_rules)
    refused = {name for rule in unloaded for name in (rule.name, rule.group)}
    check_known(options.select or (), known, "--select", refused)
    check_known(options.ignore, known | refused, "--ignore")
    check_names(config, rules, refused)
    active = told(config, config.active(rules))
    if not active:
        raise UserError("no rule is left to run; see --list-rules, and select and ignore")
    existing = (*(Existing(rule.name, rule.group, _is_special(rule)) for rule in rules), *unloaded)
    return tuple(_told_of(active_rule, existing) for active_rule in active)


def _is_special(rule: Rule) -> bool:
    """Whether a rule runs only where somebody asked for it, so that a comment on all rules does not mean it."""
    return rule.preview or isinstance(rule, LinkRule)


def _told_of(active: ActiveRule, existing: tuple[Existing, ...]) -> ActiveRule:
    """The rule, knowing which others there are, if that matters to it."""
    return (
        active._replace(rule=active.rule.knowing(existing=existing)) if isinstance(active.rule, CommentRule) else active
    )


def _rules_in(folder: str) -> list[Existing]:
    """The rules in a folder, told from the names of its files alone: none of them is run."""
    found = []
    for group in os.scandir(folder) if os.path.isdir(folder) else ():
        files = (os.path.splitext(file) for file in (os.listdir(group) if group.is_dir() else ()))
        names = (stem.replace("_", "-") for stem, suffix in files if suffix == ".py")
        found += [Existing(name, group.name, preview=False) for name in names]
    return sorted(found)


def _inputs(options: Options, config: Config, narrowing: Narrowing | None = None) -> Found:
    """What is to be read. Where that is nothing, a problem says so, and why."""
    if STDIN in options.paths or options.stdin_filename:
        return _standard_input(options)
    paths = options.paths or [os.curdir]
    only = narrowing.wanted() if narrowing is not None else None
    found = collect(
        paths,
        base=config.folder,
        include=config.include,
        exclude=config.exclude,
        only=only,
        force_exclude=options.force_exclude,
    )
    if narrowing is not None:
        found = found._replace(problems=(*found.problems, *narrowing.unread()))
    own = {os.path.realpath(path) for path in (options.output_file, config.patterns) if path}
    if own:  # a report is no page, though it may be called report.txt; nor are wrong phrases
        found = found._replace(files=tuple(file for file in found.files if os.path.realpath(file.path) not in own))
    existing = [path for path in paths if os.path.exists(path)]
    silent = options.force_exclude and not any(os.path.isdir(path) for path in paths)  # a hook names what it has
    if existing and not found.files and only is None and not silent:
        found = found._replace(problems=(*found.problems, nothing_to_read(existing, found.passed_over)))
    return found


def _standard_input(options: Options) -> Found:
    if options.paths != [STDIN]:
        raise UserError("- and --stdin-filename go together, without other paths")
    name = display_name(options.stdin_filename or STDIN_NAME)
    if not is_readable(name):
        raise UserError(f"nothing to read: standard input is called {name}, and sitecheck reads no such suffix")
    return Found((File(STDIN, name),), (), {})


def _treated(
    file: File,
    rules: tuple[ActiveRule, ...],
    options: Options,
    narrowing: Narrowing | None,
    situate: Situate | None = None,
) -> FixOutcome:
    """Raises UserError where the file cannot be read."""
    from sitecheck.fixer import FixOutcome, fix_file, fix_text

    unsafe = options.unsafe_fixes
    if not (options.fix or unsafe or options.diff):
        staged = narrowing.content(file.path) if narrowing is not None else None
        raw = _read(file) if staged is None else staged
        return FixOutcome(raw, raw, examine(raw, file.display, rules), 0, ())
    if not options.diff and file.path != STDIN:
        return fix_file(file.path, file.display, rules, unsafe=unsafe, situate=situate)
    outcome = fix_text(_read(file), file.display, rules, unsafe=unsafe, situate=situate)
    if not options.diff:
        sys.stdout.buffer.write(outcome.raw_after)
    return outcome


def _read(file: File) -> bytes:
    return sys.stdin.buffer.read() if file.path == STDIN else read_file(file.path, file.display)


def _fails(config: Config, tally: Tally) -> bool:
    """Whether what was found makes the run fail."""
    if _reaches(config.fail_on, tally.diagnostics):
        return True
    if not config.fail_on_verdict or not tally.links:
        return False
    from sitecheck.online import failing

    return failing(tally.links, config.fail_on_verdict)


def _reaches(fail_on: str, diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether a finding is as severe as what fails a run, or more."""
    from sitecheck.finding import Severity

    return fail_on != "never" and any(diagnostic.severity >= Severity[fail_on.upper()] for diagnostic in diagnostics)


def _report(tally: Tally, seconds: float, options: Options) -> None:
    """Tell what was found. Where standard output is the mended page, standard error takes the report."""
    from sitecheck.reporters import Results, report

    def write(out: TextIO) -> None:
        color = colored(options.color, out)
        report(options.format, results, out, color=color, width=width_of(out), links=color and out.isatty())

    results = Results(
        diagnostics=tuple(sorted(tally.diagnostics, key=lambda diagnostic: diagnostic.order)),
        files=tally.files,
        seconds=seconds,
        sources=tally.source,
        fixed=tally.fixed,
        statistics=options.statistics,
        changed=tally.on_change,
        rules=lambda: _texts(tally.rules),
        hidden=tally.hidden,
        notes=tally.notes,
        links=tally.links,
    )
    if options.format not in SHOWING_NOTES:
        for note in tally.notes:
            complain(note)
    if options.output_file:
        try:
            with open(options.output_file, "w", encoding="utf-8", errors="backslashreplace") as file:
                write(file)
        except OSError as error:
            raise _unwritable(options.output_file, error) from error
    else:
        write(sys.stderr if STDIN in options.paths and (options.fix or options.unsafe_fixes) else sys.stdout)


def _texts(rules: Iterable[ActiveRule]) -> Iterator[RuleText]:
    """What rules say of themselves, for the formats that tell it."""
    from sitecheck.explain import RuleText

    return (RuleText.of(active.rule) for active in rules)


def _show_changes(tally: Tally, options: Options) -> None:
    """Show what fixes would change: byte for byte, so that it can be applied, unless a terminal would obey it."""
    from sitecheck.diff import on_terminal, unified

    changes = ((change.examined.path, change.raw_before, change.raw_after) for change in tally.changed)
    if options.output_file:
        try:
            with open(options.output_file, "wb") as file:
                file.writelines(unified(*change) for change in changes)
        except OSError as error:
            raise _unwritable(options.output_file, error) from error
    elif sys.stdout.isatty() or options.color == "always":
        color = colored(options.color, sys.stdout)
        for change in changes:
            on_terminal(unified(*change), sys.stdout, color=color)
    else:
        sys.stdout.buffer.writelines(unified(*change) for change in changes)
    option = "--unsafe-fixes" if options.unsafe_fixes else "--fix"
    findings, files = counted(tally.fixed, "finding"), counted(len(tally.changed), "file")
    print(f"{option} would mend {findings} in {files}", file=sys.stderr)


def _unwritable(file: str, error: OSError) -> UserError:
    return UserError(f"{file}: the report cannot be written: {error.strerror}")
