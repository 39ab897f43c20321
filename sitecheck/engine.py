"""From a file's bytes to findings. Examining is a pure function of the bytes, the path and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sitecheck.finding import Diagnostic, Finding, Place, Severity
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.rule import PageRule
from sitecheck.source import Source
from sitecheck.suppress import unsuppressed
from sitecheck.text import Span


class ActiveRule(NamedTuple):
    """A rule that runs, and the severity that the configuration gives it in place of its own."""

    rule: PageRule
    severity: Severity | None = None


class Examined(NamedTuple):
    """All that the rest of the program needs of a file. Small, and may be sent between processes."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    errors: tuple[str, ...] = ()
    """a sentence for each rule that failed on this file; the others went on"""


def examine(raw: bytes, path: str, rules: Sequence[ActiveRule]) -> Examined:
    """What the rules say of one file, in order of place. `path` tells the format, and stands in the findings."""
    page = Page(Source(path, raw), read)
    found: list[Diagnostic] = []
    errors = []
    for active in rules:
        try:
            found.extend(_complete(page.source, active, active.rule.check(page)))
        except Exception as error:  # a rule may be a user's own: its faults must not hide what others found
            errors.append(f"rule {active.rule.name} failed on {path}: {type(error).__name__}: {error}")
    kept = unsuppressed(page.source, found, {active.rule.name: active.rule.group for active in rules})
    return Examined(path, tuple(sorted(kept, key=lambda diagnostic: diagnostic.order)), tuple(errors))


def _complete(source: Source, active: ActiveRule, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    """Findings with all that a rule need not say: its name, its severity, lines and columns."""

    def place(span: Span, message: str = "", path: str = "") -> Place:
        return Place(path or source.path, source.position(span.start), source.position(span.end), message)

    name, default = active.rule.name, active.rule.severity
    for finding in findings:
        yield Diagnostic(
            rule=name,
            severity=_first(active.severity, finding.severity, default),
            message=finding.message,
            place=place(finding.span),
            fix=finding.fix,
            related=tuple(place(*related) for related in finding.related),
            help=finding.help,
        )


def _first(configured: Severity | None, found: Severity | None, default: Severity) -> Severity:
    """The configuration is asked first, then the finding, then the rule. (INFO is falsy, so `or` will not do.)"""
    if configured is not None:
        return configured
    return default if found is None else found
