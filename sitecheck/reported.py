"""Which of its findings a run reports: those that the baseline does not have, and that what changed answers for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.counting import counted
from sitecheck.files import display_name
from sitecheck.finding import Diagnostic
from sitecheck.rule import UserError
from sitecheck.source import Source

if TYPE_CHECKING:
    from sitecheck.baseline import Baseline, Scope
    from sitecheck.changed import Change
    from sitecheck.cli import Options
    from sitecheck.config import Config
    from sitecheck.engine import ActiveRule
    from sitecheck.finding import Place
    from sitecheck.git import Changes
    from sitecheck.sites import Sites


class Ran(NamedTuple):
    """What a run did, as far as it matters here."""

    found: Sequence[Diagnostic]
    sources: Callable[[str], Source]
    """the file of a path as it was when its findings were found; KeyError where it had none"""
    rules: Mapping[str, Sequence[ActiveRule]]
    """those that ran on each file that was to be read"""
    complete: bool
    """whether all of that went well"""
    files: int = 0
    """how many files were to be read that the user asked for"""
    earlier: Sites | None = None
    """the sites as they were before the changes that were asked for, where rules of the site ran"""


class Narrowed(NamedTuple):
    """What is left to report, and what became of the rest."""

    diagnostics: list[Diagnostic]
    hidden: int = 0
    notes: tuple[str, ...] = ()
    """a sentence each, lower case and without full stop"""
    changed: Callable[[Place], bool] | None = None
    """whether a place touches a line that changed, where that is known"""


class Narrowing:
    """What the user asked for: `--changed-since` or `--staged`, and a baseline."""

    def __init__(self, options: Options, config: Config) -> None:
        """Raises UserError where two options do not go together, git cannot say, or the baseline cannot be read."""
        _check_combination(options)
        self._paths = tuple(options.paths or [os.curdir])
        self._prune = options.prune_baseline
        self.changes = _changes(options, self._paths[0])
        self._baseline = _baseline(options, config)

    def wanted(self) -> frozenset[str] | None:
        """The only files to read, and the folders that they lie in; None: all."""
        return None if self.changes is None else self.changes.places()

    def unread(self) -> list[str]:
        """A sentence for each file that cannot be looked at."""
        missing = map(display_name, self.changes.missing(self._paths) if self.changes else ())
        return [f"{name}: staged, but gone from the working tree; unstage or restore it" for name in missing]

    def content(self, path: str) -> bytes | None:
        """What is to be examined of a file that is staged; None: what is in the working tree."""
        return self.changes.staged(path) if self.changes else None

    def apply(self, ran: Ran) -> Narrowed:
        """What is left to report of a run's findings."""
        narrowed = Narrowed(list(ran.found))
        if self._baseline is not None:
            prune = self._prune and ran.complete
            narrowed = _without_known(self._baseline, ran, self._scope(ran), prune=prune)
        if self.changes is not None:
            caused = _only_caused(self.changes, ran._replace(found=narrowed.diagnostics))
            hidden, notes = narrowed.hidden + caused.hidden, (*narrowed.notes, *caused.notes)
            narrowed = caused._replace(hidden=hidden, notes=notes)
            if not ran.files and not narrowed.diagnostics:
                narrowed = narrowed._replace(notes=(f"nothing to check {self.changes.what}",))
        return narrowed

    def accept(self, ran: Ran) -> str:
        """Make the findings of a run the baseline, and say so. Entries that the run can say nothing of are kept."""
        baseline = self._baseline
        if baseline is None:
            raise ValueError("there is no baseline to write")
        unread = baseline.compare(ran.found, ran.sources, self._scope(ran)).unread
        baseline.write(baseline.keys(ran.found, ran.sources) + unread)
        files = len({diagnostic.place.path for diagnostic in ran.found})
        kept = f", and {unread.total()} more that this run did not look for" if unread else ""
        found = f"{counted(len(ran.found), 'finding')} in {counted(files, 'file')}"
        return f"{display_name(baseline.file)} lists {found} now{kept}"

    def _scope(self, ran: Ran) -> Scope:
        from sitecheck.baseline import Scope

        paths = tuple(display_name(path) for path in self._paths)
        read = ran.rules if ran.complete else {}  # what could not be checked is not taken for mended
        return Scope(paths, {path: _names(rules) for path, rules in read.items()})


def _check_combination(options: Options) -> None:
    scope = "--staged" if options.staged else "--changed-since" if options.changed_since else ""
    writing = "--write-baseline" if options.write_baseline else "--prune-baseline" if options.prune_baseline else ""
    if scope and (options.fix or options.unsafe_fixes or options.diff):
        raise UserError(f"{scope} cannot limit fixes to what changed; leave it out, and name the files to mend")
    if scope and writing:
        raise UserError(f"{writing} needs all findings of a file; leave out {scope}")
    if scope and "-" in options.paths:
        raise UserError(f"{scope} asks git about files, and standard input is none; leave one of them out")
    if writing and options.diff:
        raise UserError(f"--diff changes nothing; leave out {writing}, or use --fix in its place")


def _changes(options: Options, path: str) -> Changes | None:
    if not (options.staged or options.changed_since):
        return None
    from sitecheck.git import changed_since, staged

    return staged(path) if options.staged else changed_since(options.changed_since, path)


def _baseline(options: Options, config: Config) -> Baseline | None:
    file = config.baseline
    if not file and not (options.write_baseline or options.prune_baseline):
        return None
    from sitecheck.baseline import NAME, load, load_or_new

    file = file or os.path.join(config.folder, NAME)
    return load_or_new(file) if options.write_baseline else load(file)


def _only_caused(changes: Changes, ran: Ran) -> Narrowed:
    from sitecheck.atomic import bytes_of
    from sitecheck.changed import UNCHANGED, caused, touching
    from sitecheck.engine import examine

    def before(path: str, change: Change) -> tuple[Source, tuple[Diagnostic, ...]]:
        if change is UNCHANGED:
            raw, name, place = source_of(path).raw, path, path
        else:
            raw, place = changes.before(change), os.path.join(changes.root, change.path_before)
            name = display_name(place)
        located = ran.earlier.locate(place, name) if ran.earlier else None
        return Source(name, raw), examine(raw, name, ran.rules[path], located).diagnostics

    def source_of(path: str) -> Source:
        try:
            return ran.sources(path)
        except KeyError:  # a related place is in a file without findings of its own
            staged = changes.staged(path)
            return Source(path, bytes_of(path) if staged is None else staged)

    left = caused(ran.found, changes.of, source_of, before)
    hidden = len(ran.found) - len(left)
    were, are = ("was", "is") if hidden == 1 else ("were", "are")
    notes = (f"{counted(hidden, 'finding')} that {were} there before {are} not shown",) if hidden else ()
    return Narrowed(left, hidden, notes, touching(changes.of, source_of))


def _without_known(baseline: Baseline, ran: Ran, scope: Scope, *, prune: bool) -> Narrowed:
    """With `prune`, what matches nothing any more is taken out of the baseline, and what has moved is moved there."""
    compared = baseline.compare(ran.found, ran.sources, scope)
    hidden, gone = compared.known.total(), compared.gone.total()
    name = display_name(baseline.file)
    notes = []
    if hidden:
        notes.append(f"{counted(hidden, 'old finding')} in {name} {'is' if hidden == 1 else 'are'} not shown")
    if prune:
        kept = compared.unread + compared.known
        if kept != baseline.entries:
            baseline.write(kept)
        notes.append(f"{counted(gone, 'finding')} taken out of {name}")
    elif gone:
        matches = "matches" if gone == 1 else "match"
        notes.append(f"{counted(gone, 'finding')} in {name} {matches} nothing any more; see --prune-baseline")
    return Narrowed(compared.new, hidden, tuple(notes))


def _names(rules: Iterable[ActiveRule]) -> frozenset[str]:
    return frozenset(active.rule.name for active in rules)
