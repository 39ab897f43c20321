"""The examples of a rule: read, held against what the rule does, and drawn again.

    > We present the the dataset.
                 ^^^^^^^ 'the' twice in a row

Each line of the page starts with `> `; carets stand under the code points found, each row with its message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from sitecheck.engine import ActiveRule, Examined, Located, examine
from sitecheck.finding import Diagnostic
from sitecheck.rule import Example, Rule, SiteRule, with_verdicts
from sitecheck.site import Contents, Site

MARK = re.compile(r" {2,}\^+( .*)?")
PREFIX = "> "


class Sample(NamedTuple):
    """An example as the page that it stands for, and the form with carets that the rule must give back."""

    page: str
    drawn: str

    @property
    def bad(self) -> bool:
        """Whether something is found in it."""
        return any(MARK.fullmatch(line) for line in self.drawn.split("\n"))


def sample(text: str) -> Sample:
    """Read the text of an example. Indentation that all lines share does not count."""
    from textwrap import dedent

    lines = dedent(text).strip("\n").split("\n")
    if not any(line.startswith(PREFIX) for line in lines):
        lines = [PREFIX + line for line in lines]
    page = "".join(line.removeprefix(">").removeprefix(" ") + "\n" for line in lines if line.startswith(">"))
    return Sample(page, "\n".join(line.rstrip() for line in lines))


def draw(page: str, diagnostics: Iterable[Diagnostic]) -> str:
    """A page and what was found in it, with carets. What was found at its very end stands below the last line."""
    rows: dict[int, list[str]] = {}
    lines = page.split("\n")
    for diagnostic in diagnostics:
        start, end = diagnostic.place.start, diagnostic.place.end
        stop = end.column if end.line == start.line else len(lines[start.line - 1]) + 1
        carets = "^" * max(stop - start.column, 1)
        rows.setdefault(start.line, []).append(f"{' ' * (len(PREFIX) + start.column - 1)}{carets} {diagnostic.message}")
    drawn = []
    for number, line in enumerate(lines, start=1):
        if line or number < len(lines):  # after the last line end there is no line
            drawn.append((PREFIX + line).rstrip())
        drawn += rows.get(number, [])
    return "\n".join(drawn)


def fix_kinds(rule: Rule) -> set[str]:
    """`safe`, `unsafe` or both: what kinds of fixes the rule's findings have in its examples."""
    return {
        "safe" if diagnostic.fix.safe else "unsafe"
        for example in rule.examples
        for diagnostic in _examined(rule, example, sample(example.text).page).diagnostics
        if diagnostic.fix
    }


def faults(rule: Rule) -> Iterator[str]:
    """What the rule lacks, or says of itself and does not do: a sentence for each."""
    if not is_sentence(summary(rule)):
        yield "its docstring must start with one sentence that ends in a full stop, and then a blank line"
    samples = [sample(example.text) for example in rule.examples]
    if not any(each.bad for each in samples):
        yield "it lacks an example with carets, of what it finds"
    if all(each.bad for each in samples):
        yield "it lacks an example without carets, of what it must not find"
    for number, (example, each) in enumerate(zip(rule.examples, samples, strict=True), start=1):
        yield from (f"example {number}: {fault}" for fault in _broken_promises(rule, example, each))
    if fix_kinds(rule) and all(example.fixed is None for example in rule.examples):
        yield "its findings have fixes, and no example says with `fixed` what becomes of a page"


def summary(rule: Rule) -> str:
    """The first paragraph of the rule's docstring."""
    return documentation(rule).partition("\n\n")[0].replace("\n", " ")


def documentation(rule: Rule) -> str:
    """The rule's own docstring, without its indentation; empty where it has none."""
    from inspect import cleandoc

    return cleandoc(vars(type(rule)).get("__doc__") or "")


def is_sentence(text: str) -> bool:
    return text.endswith(".") and ". " not in text.replace("e.g. ", "").replace("i.e. ", "")


def _broken_promises(rule: Rule, example: Example, sample_: Sample) -> Iterator[str]:
    examined = _examined(rule, example, sample_.page)
    yield from examined.errors
    drawn = draw(sample_.page, examined.diagnostics)
    if drawn != sample_.drawn:
        yield f"it says\n{sample_.drawn}\nbut what the rule finds is\n{drawn}"
    if example.fixed is not None:
        yield from _broken_fix(rule, example, sample_)


def _broken_fix(rule: Rule, example: Example, sample_: Sample) -> Iterator[str]:
    from sitecheck.fixer import fix_text

    situate = None
    if isinstance(rule, SiteRule):
        situate = partial(_situated, rule, example)
    outcome = fix_text(
        _raw(sample_.page), example.path, [ActiveRule(_told(rule, example))], unsafe=True, situate=situate
    )
    wanted, made = sample(example.fixed or "").page, outcome.raw_after.decode("utf-8", "surrogateescape")
    if made != wanted:
        yield f"its `fixed` is\n{wanted}\nbut the fixes make of it\n{made}"
    if outcome.examined.diagnostics:
        yield f"its page is not clean once it is fixed:\n{draw(made, outcome.examined.diagnostics)}"


def _examined(rule: Rule, example: Example, page: str) -> Examined:
    """What the rule says of the page of an example, in a site of the example's files."""
    raw = _raw(page)
    located = _situated(rule, example, raw) if isinstance(rule, SiteRule) else None
    return examine(raw, example.path, [ActiveRule(_told(rule, example))], located)


def _told(rule: Rule, example: Example) -> Rule:
    """The rule, knowing what the web says in the example."""
    return with_verdicts(rule, {verdict.url: verdict for verdict in example.web}) if example.web else rule


def _situated(rule: SiteRule, example: Example, raw: bytes) -> Located:
    """The page of an example in a site of the example's files."""
    contents = {**{path: _raw(text) for path, text in example.others}, example.path: raw}
    return Located(example.path, Site("", Contents(contents, rule.needs)))


def _raw(page: str) -> bytes:
    """The bytes of an example's page; a lone surrogate stands for a byte that is not UTF-8."""
    return page.encode("utf-8", "surrogateescape")
