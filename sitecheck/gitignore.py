"""Patterns as in a `.gitignore`: whether a path is matched by one, and what the last one that matches says.

Git asks about every folder on the way down and never looks into one that is ignored, so a path must be asked about
together with whether it is a folder. Libraries that match whole paths cannot answer that: with `*`, `!*/` and `!*.md`
("Markdown only, at any depth") they ignore everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(
    r"""(?P<across>(?:^|(?<=/))\*\*+/)              # any number of folders
    |   (?P<below>(?<=/)\*\*+$)                     # everything in this folder
    |   (?P<star>\*+)
    |   \[(?P<negated>[!^]?)(?P<members>\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]
    |   (?P<one>\?)
    |   (?P<broken>\[|\\$)                          # matches nothing
    |   \\?(?P<literal>.)
    """,
    re.VERBOSE | re.DOTALL,
)
CLASS_MEMBER = re.compile(r"\[:(?P<named>\w+):\]|\\?(?P<literal>[^-])|-", re.DOTALL)
NAMED_CLASSES = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": r" \t", "cntrl": r"\x00-\x1f\x7f", "digit": "0-9", "graph": "!-~",
    "lower": "a-z", "print": " -~", "punct": r"!-/:-@\[-`{-~", "space": r"\s", "upper": "A-Z", "xdigit": "0-9a-fA-F",
}  # fmt: skip
FOLDERS = "(?:.*/)?"


class Pattern(NamedTuple):
    """One line of a `.gitignore`."""

    regex: re.Pattern[str]
    negated: bool
    """whether it started with `!`: what it matches is not ignored after all"""
    folders_only: bool


class Patterns:
    """The lines of one `.gitignore`. Paths are relative to its folder, with `/`, and have no slash at their end."""

    __slots__ = ("_patterns",)

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = [pattern for line in lines if (pattern := _parse(line)) is not None]
        self._patterns.reverse()  # the last one that matches decides, so it is asked first

    def match(self, path: str, *, folder: bool) -> bool | None:
        """Whether this very path is matched (True), matched by a pattern with `!` (False), or neither (None)."""
        for pattern in self._patterns:
            if (folder or not pattern.folders_only) and pattern.regex.fullmatch(path):
                return not pattern.negated
        return None

    def covers(self, file: str) -> bool:
        """Whether a file is matched, or a folder that it lies in. Of several answers the deepest counts."""
        covered, end = False, -1
        while (end := file.find("/", end + 1)) >= 0:
            answer = self.match(file[:end], folder=True)
            covered = covered if answer is None else answer
        answer = self.match(file, folder=False)
        return covered if answer is None else answer


@lru_cache
def compiled(lines: tuple[str, ...]) -> Patterns:
    """The patterns of a list in the configuration. The same list is compiled once."""
    return Patterns(lines)


def _parse(line: str) -> Pattern | None:
    """None for a blank line, a comment, and a pattern that Git cannot read either."""
    line = _without_trailing_spaces(line.rstrip("\r\n"))
    if line.startswith("#"):
        return None
    negated = line.startswith("!")
    body = line[negated:]
    folders_only = body.endswith("/")
    body = body[: len(body) - folders_only]
    anywhere = "" if "/" in body else FOLDERS
    body = body.removeprefix("/")
    try:
        return Pattern(re.compile(anywhere + _translate(body), re.DOTALL), negated, folders_only) if body else None
    except re.error:  # a range the wrong way round, as in `[z-a]`
        return None


def _without_trailing_spaces(line: str) -> str:
    stripped = line.rstrip(" ")
    return stripped + " " if stripped.endswith("\\") and stripped != line else stripped


def _translate(glob: str) -> str:
    """A pattern as a regular expression. `*`, `?` and `[...]` stay within one name; `**` between slashes does not.

    What stands between two stars is sought once, at its first place (`(?>...)`): a later one could do no better, and
    to try them all takes for ever on `*a*a*a*a*a*a*a*b`.
    """
    parts = [""]  # what stands between the stars
    for token in TOKEN.finditer(glob):
        if token["star"]:
            parts.append("")
        else:
            parts[-1] += _regex(token)
    if len(parts) == 1:
        return parts[0]
    first, *middle, last = parts
    once = "".join(f"(?{':' if FOLDERS in part else '>'}[^/]*?{part})" for part in middle)
    return f"{first}{once}[^/]*{last}"


def _regex(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "across":
            return FOLDERS
        case "below":
            return ".+"
        case "one":
            return "[^/]"
        case "members":
            return _class(token["negated"], token["members"])
        case "broken":
            return "(?!)"
        case _:
            return re.escape(token["literal"])


def _class(negated: str, members: str) -> str:
    """`[a-z]`, `[!a]`, `[[:digit:]]` as a regular expression."""
    inner = "".join(
        NAMED_CLASSES.get(member["named"], "") if member["named"] else re.escape(member["literal"] or "") or "-"
        for member in CLASS_MEMBER.finditer(members)
    )
    return f"(?!/)[{'^' if negated else ''}{inner}]"
