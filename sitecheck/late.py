"""Patterns that are compiled when they are first used.

The program has four hundred, and compiling them all is what a short run would spend most of its time with.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Late:
    """A pattern that is not compiled yet. It has all that a compiled one has."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> Any:
        """Called for what is no attribute yet. It is one then: the next time costs what it does of a compiled one."""
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in place of `re.compile`'s."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
