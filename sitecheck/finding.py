"""What a rule reports, and what the program makes of it."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from sitecheck.text import Edit, Span


class Severity(IntEnum):
    """How much it matters. Higher is worse, so severities compare."""

    INFO = 0
    """taste or a hint; fails nothing"""
    WARNING = 1
    """the owner would want to mend it"""
    ERROR = 2
    """a visitor sees something broken or false"""

    @property
    def label(self) -> str:
        return self.name.lower()


class Fix(NamedTuple):
    """Edits that mend a finding. All of them are applied, or none."""

    edits: tuple[Edit, ...]
    safe: bool
    """whether no meaning can change; `--fix` applies safe fixes only"""
    title: str
    """what the fix does, for a `help:` line or a menu: "replace by '’'" """

    @classmethod
    def by(cls, edit: Edit | None, *, safe: bool, title: str) -> Fix | None:
        """The fix that is one edit, or none where `Text.edit` refused it."""
        return cls((edit,), safe, title) if edit else None


class Related(NamedTuple):
    """Another place that belongs to a finding, in the same file unless `path` says otherwise."""

    span: Span
    message: str
    path: str = ""


class Finding(NamedTuple):
    """What a rule yields: a place in the page's source, and what is wrong there."""

    span: Span
    message: str
    """what is wrong here: lower case, no full stop"""
    fix: Fix | None = None
    severity: Severity | None = None
    """where it differs from the rule's own"""
    related: tuple[Related, ...] = ()
    help: str = ""
    """what to do about it, where the fix's title does not say so"""


class Position(NamedTuple):
    """A place in a decoded text: `offset` in code points from 0, `line` and `column` from 1."""

    offset: int
    line: int
    column: int


class Place(NamedTuple):
    """A range of one file, with the end exclusive, and a message where it is a related place."""

    path: str
    start: Position
    end: Position
    message: str = ""


class Diagnostic(NamedTuple):
    """A finding that is complete: it knows its rule, its severity and its lines and columns."""

    rule: str
    severity: Severity
    message: str
    place: Place
    fix: Fix | None
    related: tuple[Place, ...]
    help: str

    @property
    def advice(self) -> str:
        """What to do about it; empty where there is nothing to say."""
        return self.help or (self.fix.title if self.fix else "")

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Reports are sorted by path, then start."""
        return (self.place.path, self.place.start.offset, self.place.end.offset, self.rule, self.message)
