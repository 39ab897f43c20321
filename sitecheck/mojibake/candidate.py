"""Repairs that are yet to be believed, and which of them stay where they meet."""

from collections.abc import Iterable
from typing import NamedTuple

from sitecheck.mojibake import Repair
from sitecheck.mojibake.judgement import STRONG


class Candidate(NamedTuple):
    """`stretch[start:end]` may be `replacement`. `tier` says how far to believe that.

    `kind` is that of a repair; `foreign` says that the replacement has letters of a script that needs company.
    """

    start: int
    end: int
    replacement: str
    tier: int
    kind: str
    codec: str
    foreign: bool = False

    def moved(self, by: int) -> "Candidate":
        return self._replace(start=self.start + by, end=self.end + by)

    def is_joined(self, other: "Candidate", distance: int) -> bool:
        """Whether `other`, so far away, is company for this one, of which that would make a word."""
        return other.tier == STRONG and other.foreign and distance in (1, 2) and other.codec == self.codec

    def proves(self) -> bool:
        """Whether its charset is proven by it."""
        return self.tier == STRONG and self.kind == "run"

    def as_repair(self, sure: bool) -> Repair:
        kind = "weak" if self.kind == "run" and not sure else self.kind
        return Repair(self.start, self.end, self.replacement, sure, kind, self.codec)


def disjoint(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Sorted. A candidate that starts inside another is an accident of its bytes, so the first stays."""
    left: list[Candidate] = []
    end = 0
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.tier, -c.end)):
        if candidate.start >= end:
            left.append(candidate)
            end = candidate.end
    return left
