"""What a rule says of itself: `--explain`, `--list-rules`, and the text that the documentation is made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.examples import Sample, documentation, faults, fix_kinds, sample, summary
from sitecheck.rule import Rule, UserError

if TYPE_CHECKING:
    from sitecheck.cli import Options
    from sitecheck.reporters._screen import Screen

WIDTH = 100
"""columns that prose is filled to at most"""
LOCAL_PACKAGE = "sitecheck_local_rules"


class RuleText(NamedTuple):
    """All that is told of a rule."""

    name: str
    group: str
    severity: str
    preview: bool
    local: bool
    summary: str
    details: str
    """the rest of the docstring: paragraphs, with blank lines between them"""

    @classmethod
    def of(cls, rule: Rule) -> RuleText:
        details = documentation(rule).partition("\n\n")[2]
        local = type(rule).__module__.partition(".")[0] == LOCAL_PACKAGE
        severity = rule.severity.label
        return cls(rule.name, rule.group, severity, rule.preview, local, summary(rule), details)


def answer(options: Options) -> int:
    """Print what `--explain` or `--list-rules` asks for, and return the exit status.

    Raises UserError where there is no such rule.
    """
    from sitecheck.run import available_rules, configured

    rules = available_rules(options, configured(options))
    named = [rule for rule in rules if not options.explain or options.explain in (rule.name, rule.group)]
    if not named:
        from sitecheck.config import suggestion

        hint = suggestion(options.explain, [rule.name for rule in rules]) or "; see --list-rules"
        raise UserError(f"--explain: there is no rule '{options.explain}'{hint}")
    if options.list_rules or options.explain != named[0].name:
        print(listing_json(rules) if options.format == "json" else "\n".join(listing(named, _width())))
        return 0
    return _explain(named[0])


def listing(rules: Sequence[Rule], width: int) -> Iterator[str]:
    """A table of rules, its last column filled to `width` columns."""
    from textwrap import wrap

    texts = [RuleText.of(rule) for rule in rules]
    rows = [("rule", "group", "severity", "finds"), *((t.name, t.group, t.severity, _marked(t)) for t in texts)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    indent = sum(widths) + len("  ") * 3
    for row in rows:
        first, *others = wrap(row[3], max(width - indent, 20)) or [""]
        yield "  ".join((*(cell.ljust(size) for cell, size in zip(row, widths, strict=False)), first)).rstrip()
        yield from (" " * indent + other for other in others)


def listing_json(rules: Sequence[Rule]) -> str:
    """The same as JSON, with what kinds of fixes a rule has."""
    import json

    found = [RuleText.of(rule)._asdict() | {"fixes": sorted(fix_kinds(rule))} for rule in rules]
    return json.dumps({"version": 1, "rules": found}, indent=2)


def explanation(rule: Rule, screen: Screen) -> Iterator[str]:
    """The lines of what `--explain` prints."""
    from textwrap import fill

    text = RuleText.of(rule)
    kinds = " and ".join(kind for kind in ("safe", "unsafe") if kind in fix_kinds(rule))
    yield f"{text.name} (group {text.group}, {text.severity}, {f'has {kinds} fixes' if kinds else 'has no fix'})"
    if text.preview:
        yield f"A preview: it runs only where it is named outright, as in --select {text.name}."
    for paragraph in (text.summary, *text.details.split("\n\n")):
        if paragraph.strip():
            yield ""
            laid_out = paragraph.startswith((" ", "- ", "* ", "> "))
            yield from (paragraph if laid_out else fill(paragraph, min(screen.width, WIDTH))).split("\n")
    for example in rule.examples:
        shown = sample(example.text)
        yield ""
        yield "It finds:" if shown.bad else "It finds nothing in:"
        yield from _drawn(shown, screen)
        if example.fixed is not None:
            yield "Fixed:"
            yield from _drawn(sample(example.fixed), screen)


def _explain(rule: Rule) -> int:
    from sitecheck.cli import CLEAN, ERROR, complain, printable
    from sitecheck.reporters import Display
    from sitecheck.reporters._screen import Screen

    print("\n".join(explanation(rule, Screen(sys.stdout, Display(width=_width())))))
    found = list(faults(rule))
    for fault in found:
        first, *pages = fault.split("\n")
        complain(f"rule {rule.name}: {first}")
        for line in pages:
            print(f"    {printable(line)}", file=sys.stderr)
    return ERROR if found else CLEAN


def _drawn(shown: Sample, screen: Screen) -> Iterator[str]:
    """An example as it can be shown: the carets stay under what they mean though characters may take more columns."""
    cells = screen.cells("")
    for line in shown.drawn.split("\n"):
        if line.startswith(">"):
            cells = screen.cells(line)
            yield "    " + "".join(text for text, _ in cells)
        else:
            carets, _, message = line.lstrip(" ").partition(" ")
            start = len(line) - len(line.lstrip(" "))
            columns = [width for _, width in cells] + [1] * len(line)
            left, under = sum(columns[:start]), sum(columns[start : start + len(carets)])
            yield f"    {' ' * left}{'^' * max(under, 1)} {screen.text(message)}"


def _marked(text: RuleText) -> str:
    marks = ("(preview) " if text.preview else "") + ("(local) " if text.local else "")
    return marks + text.summary


def _width() -> int:
    from sitecheck.terminal import width_of

    return width_of(sys.stdout)
