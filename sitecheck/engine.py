"""From a file's bytes to findings. Examining is a pure function of the bytes, the path and the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from sitecheck.finding import Diagnostic, Finding, Place, Severity
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.rule import PageRule, UserError
from sitecheck.source import Source
from sitecheck.suppress import MARKER, CommentRule, unsuppressed, unused
from sitecheck.text import Span

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

CHUNK = 32
"""files that go to a worker at once: a task costs a millisecond or so by itself"""


class ActiveRule(NamedTuple):
    """A rule that runs, and the severity that the configuration gives it in place of its own."""

    rule: PageRule
    severity: Severity | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process goes where the rule is to be found, and not its class, which may be unknown there."""
        from sitecheck.parallel import told

        return told(self)


class Examined(NamedTuple):
    """All that the rest of the program needs of a file. Small, and may be sent between processes."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    errors: tuple[str, ...] = ()
    """a sentence for each rule that failed on this file; the others went on"""


class Task(NamedTuple):
    """A file to examine."""

    path: str
    display: str
    """the path as reports call it"""
    rules: tuple[ActiveRule, ...]


class Done(NamedTuple):
    """What became of a task."""

    examined: Examined | None
    """None where the file could not be read"""
    problem: str = ""
    """why it could not: a sentence"""
    digest: bytes = b""
    """of its content, where it was asked for"""


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
    kept = found
    if MARKER in page.source.text:
        kept = _heeding_comments(page.source, rules, found, judging=not errors)
    return Examined(path, tuple(sorted(kept, key=lambda diagnostic: diagnostic.order)), tuple(errors))


def examine_file(task: Task, *, digest: bool = False) -> Done:
    """Read a file and examine it. Runs in any process."""
    try:
        raw = read_file(task.path, task.display)
    except UserError as error:
        return Done(None, str(error))
    return Done(examine(raw, task.display, task.rules), digest=content_digest(raw) if digest else b"")


def read_file(path: str, display: str) -> bytes:
    """What a page holds. Raises UserError where it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise UserError(f"{display}: cannot be read: {error.strerror or error}") from error


def content_digest(raw: bytes) -> bytes:
    """What tells one content from another."""
    try:
        from _blake2 import blake2b  # as the library's own random does: hashlib would load OpenSSL, for 3 ms
    except ImportError:
        from hashlib import blake2b

    return blake2b(raw, digest_size=16).digest()


def examine_all(
    tasks: Sequence[Task], executor: Executor | None = None, *, digest: bool = False
) -> Iterator[tuple[Task, Done]]:
    """Examine many files, in order, here or on any executor.

    What the executor fails to do, for whatever reason, is done here: a worker that dies costs time and no finding.
    """
    if executor is None:
        yield from ((task, examine_file(task, digest=digest)) for task in tasks)
        return
    chunks = [tasks[start : start + CHUNK] for start in range(0, len(tasks), CHUNK)]
    futures = [_submitted(executor, chunk, digest) for chunk in chunks]
    for chunk, future in zip(chunks, futures, strict=True):
        yield from zip(chunk, _result(future, chunk, digest), strict=True)


def _examine_chunk(tasks: Sequence[Task], digest: bool) -> list[Done]:
    return [examine_file(task, digest=digest) for task in tasks]


def _submitted(executor: Executor, tasks: Sequence[Task], digest: bool) -> Future[list[Done]] | None:
    """None where the executor takes no work any more."""
    with suppress(Exception):  # it is broken, or shut down, or cannot start a process
        return executor.submit(_examine_chunk, tasks, digest)
    return None


def _result(future: Future[list[Done]] | None, tasks: Sequence[Task], digest: bool) -> list[Done]:
    with suppress(Exception):  # a fault of the executor, as examining raises nothing
        if future is not None:
            return future.result()
    return _examine_chunk(tasks, digest)


def _heeding_comments(
    source: Source, rules: Sequence[ActiveRule], found: list[Diagnostic], *, judging: bool
) -> list[Diagnostic]:
    """What the comments in a file leave of its findings, and, if `judging`, what there is to say of the comments."""
    groups = {active.rule.name: active.rule.group for active in rules}
    said: list[Diagnostic] = []
    for active in rules:
        if judging and isinstance(active.rule, CommentRule):
            in_vain = unused(source, found, groups, active.rule.existing)
            said += _complete(source, active, active.rule.review(in_vain))
    return list(unsuppressed(source, found + said, groups))


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
