"""Numbers in sentences: how many there are of something."""

from __future__ import annotations

from collections.abc import Iterable

from sitecheck.finding import Diagnostic, Severity


def counted(number: int, noun: str) -> str:
    """`1 finding`, `2 findings`"""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tally(found: Iterable[Diagnostic]) -> str:
    """`12 errors, 1 info`"""
    severities = [diagnostic.severity for diagnostic in found]
    counts = ((severities.count(level), level.label) for level in reversed(Severity))
    return ", ".join(counted(count, label) for count, label in counts if count)
