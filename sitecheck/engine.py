"""From a file's bytes to findings and facts: a pure function of the bytes, the path and the rules.

What depends on other files comes second: the rules of the site look at a page in the light of all facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from sitecheck.facts import NO_FACTS, Facts, gather
from sitecheck.finding import Diagnostic, Finding, Place, Severity
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.rule import LinkRule, PageRule, Rule, SiteRule, UserError
from sitecheck.source import Source
from sitecheck.suppress import MARKER, CommentRule, unsuppressed, unused
from sitecheck.text import Span

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from sitecheck.site import Site

CHUNK = 32
"""files that go to a worker at once: a task costs a millisecond or so by itself"""


class ActiveRule(NamedTuple):
    """A rule that runs, and the severity that the configuration gives it in place of its own."""

    rule: Rule
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
    facts: Facts = NO_FACTS


class Located(NamedTuple):
    """A page as a part of its site."""

    path: str
    """relative to the site's root"""
    site: Site


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


def examine(raw: bytes, path: str, rules: Sequence[ActiveRule], located: Located | None = None) -> Examined:
    """What the rules say of one file, in order of place. `path` tells the format, and stands in the findings.

    The rules of the site run only where the page is `located`; else its comments are judged as if those found nothing.
    """
    page = Page(Source(path, raw), read)
    found: list[Diagnostic] = []
    errors = []
    needs: set[str] = set()
    for active in rules:
        if isinstance(active.rule, (SiteRule, LinkRule)):
            needs |= active.rule.needs
        try:
            found.extend(_found(active, page, located))
        except Exception as error:  # a rule may be a user's own: its faults must not hide what others found
            errors.append(_failed(active, path, error))
    kept = found
    commented = MARKER in page.source.text
    if commented:
        ran = [active for active in rules if not isinstance(active.rule, LinkRule) or active.rule.verdicts]
        kept = _heeding_comments(page.source, ran, found, judging=not errors)
    facts = NO_FACTS
    try:
        facts = gather(page, needs, commented=commented)
    except Exception as error:
        errors.append(f"the facts of {path} could not be gathered: {type(error).__name__}: {error}")
    return Examined(path, tuple(sorted(kept, key=lambda diagnostic: diagnostic.order)), tuple(errors), facts)


def examine_located(examined: Examined, rules: Sequence[ActiveRule], located: Located) -> Examined:
    """What all rules say of a file, once the page rules have run: `examined` and what the rules of the site add.

    Where that is something, and comments may silence it, the file is examined anew, since all findings are needed to
    judge a comment. Raises UserError where the file cannot be read any more.
    """
    path, site = located
    found: list[Diagnostic] = []
    errors = []
    for active in rules:
        if isinstance(active.rule, SiteRule):
            try:
                found.extend(_located(active, active.rule.check(path, site), located))
            except UserError:
                raise
            except Exception as error:
                errors.append(_failed(active, examined.path, error))
    if found and examined.facts.commented:
        return examine(site.page(path).source.raw, examined.path, rules, located)
    both = sorted((*examined.diagnostics, *found), key=lambda diagnostic: diagnostic.order)
    return examined._replace(diagnostics=tuple(both), errors=(*examined.errors, *errors))


def _found(active: ActiveRule, page: Page, located: Located | None) -> Iterator[Diagnostic]:
    rule = active.rule
    if isinstance(rule, PageRule):
        yield from _complete(active, rule.check(page), lambda _: page.source, str)
    elif isinstance(rule, SiteRule) and located is not None:
        yield from _located(active, rule.check(*located), located)


def _located(active: ActiveRule, findings: Iterable[Finding], located: Located) -> Iterator[Diagnostic]:
    path, site = located
    return _complete(active, findings, lambda other: site.page(other or path).source, lambda p: site.named(p or path))


def _failed(active: ActiveRule, path: str, error: Exception) -> str:
    return f"rule {active.rule.name} failed on {path}: {type(error).__name__}: {error}"


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
            said += _complete(active, active.rule.review(in_vain), lambda _: source, str)
    return list(unsuppressed(source, found + said, groups))


def _complete(
    active: ActiveRule, findings: Iterable[Finding], source_of: Callable[[str], Source], named: Callable[[str], str]
) -> Iterator[Diagnostic]:
    """Findings with all that a rule need not say: its name, its severity, lines and columns.

    `source_of` and `named` are asked with the path of a related place; with an empty one for the page itself.
    """

    def place(span: Span, message: str = "", path: str = "") -> Place:
        source = source_of(path)
        return Place(named(path) or source.path, source.position(span.start), source.position(span.end), message)

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
