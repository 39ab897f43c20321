"""SARIF 2.1.0, the format of code scanning: `github/codeql-action/upload-sarif` makes alerts of the findings.

URIs are relative to the repository's root (`%SRCROOT%`); columns count code points, and ends are exclusive. A fix that
may change the meaning says so.

Each result has two fingerprints, and neither changes when lines move. `primaryLocationLineHash`, by which GitHub knows
an alert again, is what its own action makes of the line; where a rule found several things on a line a number follows,
for else they would be one alert. `sitecheck/v1` names the very finding.

GitHub refuses reports of more than 25,000 results or 10 MB, packed: the least severe are left out, and a notification
says how many. The run has no `automationDetails`: they would overrule the category that a workflow gives to an upload.
"""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from sitecheck import __version__
from sitecheck.counting import counted
from sitecheck.finding import Diagnostic, Fix, Place, Position, Severity
from sitecheck.reporters._annotations import by_rank
from sitecheck.reporters._fingerprint import Fingerprints, LineHashes
from sitecheck.reporters._repository import Repository
from sitecheck.reporters._screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sitecheck.explain import RuleText
    from sitecheck.reporters import Display, Results
    from sitecheck.source import Source

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
"""GitHub's words for the same, by which it sorts alerts"""

MOST_RESULTS = 25_000
MOST_BYTES = 10_000_000
"""of the report, packed with gzip"""

REST = 10_000
"""bytes of the report that are neither results nor rules, amply"""

SURROGATE = re.compile("[\ud800-\udfff]")
"""A byte that could not be decoded, among others: no JSON that other programs read can hold one."""

MOST_RELATED = 100
"""places of one result that GitHub keeps"""


def report(results: Results, out: TextIO, display: Display) -> None:
    """Write the log, a line for each result. It is ASCII."""
    rules = _rules(results)
    kept = _most_severe(results, MOST_RESULTS)
    lines = [json.dumps(result) for result in _Run(results, rules, display).results(kept)]
    head = f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n"tool": {json.dumps(_tool(results, rules))},\n'
    lines = _fitting(lines, kept, MOST_BYTES - len(head) - REST)
    out.write(f'{head}"columnKind": "unicodeCodePoints",\n')
    out.write(f'"originalUriBaseIds": {{"{ROOT}": {{"description": {{"text": "the root of the repository"}}}}}},\n')
    out.write('"results": [')
    separator = "\n"
    for line in lines:
        out.write(separator + line)
        separator = ",\n"
    invocation = _invocation(len(results.diagnostics), len(lines))
    out.write(f'\n],\n"invocations": [{json.dumps(invocation)}]\n}}]}}\n')


def _most_severe(results: Results, most: int) -> tuple[Diagnostic, ...]:
    """As many findings as are allowed, in the order of the report."""
    if len(results.diagnostics) <= most:
        return results.diagnostics
    chosen = by_rank(results)[:most]
    return tuple(sorted(chosen, key=lambda diagnostic: diagnostic.order))


def _fitting(lines: list[str], found: Sequence[Diagnostic], most: int) -> list[str]:
    """As many results as fit into so many packed bytes, the most severe first where not all do."""
    if sum(map(len, lines)) <= most:  # fits unpacked
        return lines
    from zlib import Z_SYNC_FLUSH, compressobj

    packer, size, waiting = compressobj(), 0, 0
    chosen = []
    for number in sorted(range(len(lines)), key=lambda number: -found[number].severity):
        waiting += len(lines[number])
        size += len(packer.compress(lines[number].encode("ascii")))
        if size + waiting > most:  # would not fit if what the packer holds could not be packed
            size += len(packer.flush(Z_SYNC_FLUSH))
            waiting = 0
        if size > most:
            break
        chosen.append(number)
    return [lines[number] for number in sorted(chosen)]


def _invocation(found: int, told: int) -> dict[str, object]:
    if told == found:
        return {"executionSuccessful": True}
    text = (
        f"{counted(found - told, 'finding')} left out, of {found}: GitHub takes {MOST_RESULTS} results and "
        f"{MOST_BYTES // 1_000_000} MB, packed. The most severe were kept. Mend some, or choose rules with --select."
    )
    notification = {"descriptor": {"id": "too-many-results"}, "level": "warning", "message": {"text": text}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notification]}


def _tool(results: Results, rules: dict[str, dict[str, object]]) -> dict[str, object]:
    driver: dict[str, object] = {"name": "sitecheck", "version": __version__, "semanticVersion": __version__}
    if results.homepage:
        driver["informationUri"] = results.homepage
    driver["rules"] = [*rules.values()]
    return {"driver": driver}


def _rules(results: Results) -> dict[str, dict[str, object]]:
    """What is told of each rule, by name. A rule that is known by its findings alone is told by its name."""
    rules = {text.name: _descriptor(text, results.homepage) for text in results.rules()}
    for diagnostic in results.diagnostics:
        if diagnostic.rule not in rules:
            rules[diagnostic.rule] = _bare_descriptor(diagnostic)
    return rules


def _descriptor(text: RuleText, homepage: str) -> dict[str, object]:
    level = LEVELS[Severity[text.severity.upper()]]
    plain = f"{text.summary}\n\n{text.details}".strip()
    described: dict[str, object] = {
        **_identity(text.name),
        "shortDescription": {"text": text.summary},
        "fullDescription": {"text": plain},
        "help": {"text": plain, "markdown": f"{plain}\n\n`sitecheck --explain {text.name}` shows examples."},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": [text.group],
            "problem.severity": PROBLEMS[level],
            "precision": "medium" if text.preview else "high",
        },
    }
    if homepage and not text.local:
        described["helpUri"] = f"{homepage}rules/{text.name}.md"
    return described


def _bare_descriptor(diagnostic: Diagnostic) -> dict[str, object]:
    text = f"A finding of the rule {diagnostic.rule}."
    help = f"sitecheck --explain {diagnostic.rule} says more."
    return {
        **_identity(diagnostic.rule),
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": help, "markdown": help},
        "defaultConfiguration": {"level": LEVELS[diagnostic.severity]},
    }


def _identity(name: str) -> dict[str, str]:
    """The id of a rule, and a name in the form that other programs want, unless it is the same word."""
    pascal = name.title().replace("-", "")
    return {"id": name} if pascal.lower() == name else {"id": name, "name": pascal}


class _Run:
    """The results of a run, made one after the other."""

    def __init__(self, results: Results, rules: Iterable[str], display: Display) -> None:
        self._repository = Repository(results)
        self._index = {name: number for number, name in enumerate(rules)}
        self._screen = Screen(StringIO(), display)
        self._fingerprints = Fingerprints()
        self._hashes: LineHashes | None = None
        self._shown: dict[str, str] = {}
        """what is made of a text: messages repeat themselves"""
        self._on_line: dict[tuple[str, int], int] = {}
        """how many findings of a rule stand on a line of the file at hand"""

    def results(self, found: Iterable[Diagnostic]) -> Iterator[dict[str, object]]:
        path, source = None, None
        for diagnostic in found:
            if diagnostic.place.path != path:
                path = diagnostic.place.path
                source = self._repository.source(path)
                self._hashes = LineHashes(source.raw) if source else None
                self._on_line = {}
            yield self._result(diagnostic, source)

    def _result(self, diagnostic: Diagnostic, source: Source | None) -> dict[str, object]:
        related = diagnostic.related[:MOST_RELATED]
        result: dict[str, object] = {
            "ruleId": diagnostic.rule,
            "ruleIndex": self._index[diagnostic.rule],
            "level": LEVELS[diagnostic.severity],
            "message": {"text": self._message(diagnostic)},
            "locations": [self._location(diagnostic.place)],
            "partialFingerprints": self._partial_fingerprints(diagnostic, source),
        }
        if related:
            result["relatedLocations"] = [
                {"id": number, **self._location(place), "message": {"text": self._text(place.message or "see here")}}
                for number, place in enumerate(related, 1)
            ]
        if diagnostic.fix and source:
            fix = self._fix(diagnostic.fix, self._artifact(diagnostic.place.path), source)
            if fix:
                result["fixes"] = [fix]
        return result

    def _message(self, diagnostic: Diagnostic) -> str:
        """What is wrong and what to do, with links to the related places, which GitHub shows only so."""
        message = self._text(diagnostic.message)
        if diagnostic.help:
            message += f"; {self._text(diagnostic.help)}"
        for number, place in enumerate(diagnostic.related[:MOST_RELATED], 1):
            message += f" [{_unlinked(self._screen.text(place.message or 'see here'))}]({number})"
        return message

    def _text(self, text: str) -> str:
        """Text that can be shown, in which nothing is a link: `[page](address)` would be one."""
        shown = self._shown.get(text)
        if shown is None:
            shown = self._screen.text(text)
            shown = self._shown[text] = _unlinked(shown) if "](" in shown else shown
        return shown

    def _artifact(self, path: str) -> dict[str, object]:
        return {"uri": self._repository.uri(path), "uriBaseId": ROOT}

    def _location(self, place: Place) -> dict[str, object]:
        region = _region(place.start, place.end)
        return {"physicalLocation": {"artifactLocation": self._artifact(place.path), "region": region}}

    def _partial_fingerprints(self, diagnostic: Diagnostic, source: Source | None) -> dict[str, str]:
        path = self._repository.path(diagnostic.place.path)
        prints = {"sitecheck/v1": self._fingerprints.next(diagnostic, path, source)}
        line_hash = self._hashes.of(diagnostic.place.start.line) if self._hashes else ""
        if line_hash:
            key = (diagnostic.rule, diagnostic.place.start.line)
            number = self._on_line[key] = self._on_line.get(key, 0) + 1
            prints["primaryLocationLineHash"] = line_hash if number == 1 else f"{line_hash}:{number}"
        return prints

    def _fix(self, fix: Fix, artifact: dict[str, object], source: Source) -> dict[str, object] | None:
        """The fix, or None where it would write bytes that are no text."""
        replacements = []
        for edit in fix.edits:
            if SURROGATE.search(edit.text):
                return None
            region = _region(source.position(edit.start), source.position(edit.end))
            replacements.append({"deletedRegion": region, "insertedContent": {"text": edit.text}})
        title = self._text(fix.title)
        description = title if fix.safe else f"{title} (unsafe: it may change the meaning; look at it)"
        return {
            "description": {"text": description},
            "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        }


def _unlinked(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
