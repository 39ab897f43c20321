"""What a run has learnt so far: of each file what was found in it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from errno import ESTALE
from typing import TYPE_CHECKING

from sitecheck.cli import complain
from sitecheck.engine import ActiveRule, Examined, examine_located
from sitecheck.finding import Diagnostic
from sitecheck.rule import UserError
from sitecheck.source import Source

if TYPE_CHECKING:
    from sitecheck.finding import Place
    from sitecheck.fixer import FixOutcome
    from sitecheck.online import CheckedLink
    from sitecheck.sites import Sites


class Tally:
    """The files of a run, what was found in them, and what of that is to be reported."""

    def __init__(self) -> None:
        self.files = 0
        self.fixed = 0
        self.failed = False
        """whether something went wrong, which is no finding"""
        self.diagnostics: list[Diagnostic] = []
        self.changed: list[FixOutcome] = []
        self.hidden = 0
        """how many findings are not among the diagnostics, as nobody wants to see them"""
        self.notes: tuple[str, ...] = ()
        self.rules: tuple[ActiveRule, ...] = ()
        """those that ran somewhere"""
        self.on_change: Callable[[Place], bool] | None = None
        self.known: dict[str, Examined] = {}
        """what examining each file by itself gave, by the path that reports call it"""
        self.links: tuple[CheckedLink, ...] = ()
        """what the web said, where it was asked"""
        self.contents: dict[str, bytes] = {}
        """of the files that are not, or not yet, what is on disk"""
        self._found: dict[str, Examined] = {}
        """what all rules say of the files that are reported"""
        self._paths: dict[str, str] = {}

    def add(self, outcome: FixOutcome, path: str) -> None:
        """Add what became of a file that may have been mended. `path` is where it lies, or would."""
        self.fixed += outcome.fixed
        if outcome.raw_before != outcome.raw_after:
            self.changed.append(outcome)
        self.contents[outcome.examined.path] = outcome.raw_after
        for sentence in outcome.refused:
            complain(sentence)
        self.know(outcome.examined, path)

    def know(self, examined: Examined, path: str) -> None:
        """Add what is known of a file. `path` is where it lies."""
        self.files += 1
        self._found[examined.path] = examined
        self.notice([(path, examined)])

    def notice(self, files: Iterable[tuple[str, Examined | None]]) -> None:
        """Add files that nobody asked for, and that something may have happened to all the same."""
        for path, examined in files:
            if examined is not None:
                self.known[examined.path] = examined
                self._paths[examined.path] = path

    def found(self, display: str) -> tuple[Diagnostic, ...]:
        """What is said of a file so far."""
        return self._found[display].diagnostics if display in self._found else ()

    def path(self, display: str) -> str:
        """Where a file lies."""
        return self._paths.get(display, display)

    def revise(self, outcome: FixOutcome) -> None:
        """Put what became of a file, now that more is known, in place of what was known of it, or after that."""
        display = outcome.examined.path
        before = next((each for each in self.changed if each.examined.path == display), None)
        if before is not None:
            self.changed.remove(before)
            if before.raw_before == outcome.raw_before:  # nothing was written, and all fixes were tried again
                self.fixed -= before.fixed
            else:
                outcome = outcome._replace(raw_before=before.raw_before)
        self.files -= 1
        self.add(outcome, self.path(display))

    def look_around(self, sites: Sites, rules: Mapping[str, tuple[ActiveRule, ...]]) -> None:
        """Have the rules of the site look at each of these files, now that all are examined.

        Of those that nobody asked for, only what they say is of interest.
        """
        known = [display for display in rules if display in self.known]
        located = {display: sites.locate(self._paths[display], display) for display in known}
        for display, place in located.items():
            try:
                alone = self._found.get(display) or self.known[display]._replace(diagnostics=(), errors=())
                self._found[display] = examine_located(alone, rules[display], place)
            except UserError as error:  # it was there a moment ago
                self.fail([str(error)])

    def settle(self) -> None:
        """Make of what is known of the files the findings of the run."""
        for examined in self._found.values():
            self.diagnostics += examined.diagnostics
            self.fail(examined.errors)

    def fail(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            complain(sentence)
            self.failed = True

    def source(self, path: str) -> Source:
        """A file as it was when its findings were found. Raises OSError where it cannot be read, or has changed."""
        if path in self.contents:
            return Source(path, self.contents[path])
        with open(self._paths.get(path, path), "rb") as file:  # a related place may be in a file that was not named
            source = Source(path, file.read())
        examined = self._found.get(path)
        if examined and not all(_is_in(source, diagnostic.place) for diagnostic in examined.diagnostics):
            raise OSError(ESTALE, "it has changed meanwhile", path)
        return source


def _is_in(source: Source, place: Place) -> bool:
    """Whether a file has such a place: after an edit its lines begin elsewhere."""
    return place.end.offset <= len(source.text) and all(
        source.position(position.offset) == position for position in (place.start, place.end)
    )
