"""Phrases that are wrong wherever they stand, kept as data: `rules/data/<rule>.toml`, and a file of the user's own.

    [[wrong-preposition]]
    match = "interested into"
    instead = "interested in"
    message = "one is interested in something"
    wrong = ["She is interested into speech."]
    right = ["She is interested in speech."]

`match` is a regular expression of whole words without `*`, `+` and `{`, so that it takes time in proportion to the
page; a space in it stands for any white space, and capitals do not matter. `instead` may be left out where there is no
one answer; `\\1` in it is what the first parentheses matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from sitecheck.finding import Finding, Fix
from sitecheck.rule import PageRule, UserError
from sitecheck.spelling.data import data_file
from sitecheck.spelling.lexicon import entry

if TYPE_CHECKING:
    from sitecheck.page import Page
    from sitecheck.text import Text

UNBOUNDED = re.compile(r"(?<!\\)[*+{]|\(\?")
"""What a pattern may not hold: with it a page could be made that takes for ever, or its groups could be renumbered."""
LITERALS = re.compile(r"[a-z]+|\([a-z|]+\)")


class Pattern(NamedTuple):
    """A phrase that is wrong."""

    match: str
    message: str
    instead: str = ""
    wrong: tuple[str, ...] = ()
    """sentences in which it is found"""
    right: tuple[str, ...] = ()
    """sentences in which it is not"""

    def fault(self) -> str:
        """What is wrong with the pattern itself; empty where nothing is."""
        if UNBOUNDED.search(self.match):
            return "must not hold '*', '+', '{' or '(?'"
        try:
            re.compile(self.match)
        except re.error as error:
            return f"is no regular expression: {error}"
        if not self.wrong:
            return "lacks 'wrong', a sentence in which it is found"
        if lost := [sentence for sentence in self.wrong if not compiled(self).search(sentence)]:
            return f"is not found in '{lost[0]}'"
        if found := [sentence for sentence in self.right if compiled(self).search(sentence)]:
            return f"is found in '{found[0]}'"
        return "" if keywords(self.match) else "needs a word that is written out"


@cache
def compiled(pattern: Pattern) -> re.Pattern[str]:
    spaced = pattern.match.replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])", re.IGNORECASE)


@cache
def hinted(pattern: Pattern) -> re.Pattern[str]:
    """What a page in lower case has if it has the phrase; faster to look for."""
    return re.compile(pattern.match.lower().replace(" ", r"\s+"))


def keywords(match: str) -> tuple[str, ...]:
    """Words of which a page has one if it has the phrase: of those written out the rarest, with its alternatives."""
    parts = [part for part in match.lower().split(" ") if LITERALS.fullmatch(part)]
    words = [tuple(part.strip("()").split("|")) for part in parts]
    return min(words, key=lambda alternatives: max(entry(word).english for word in alternatives), default=())


class PatternRule(PageRule):
    """A rule whose faults are phrases: those of the file `rules/data/<its name>.toml`, and the user's."""

    own: ClassVar[tuple[Pattern, ...]] = ()
    """patterns of the user's for this rule; the configuration sets them"""

    def check(self, page: Page) -> Iterator[Finding]:
        words, index = _indexed(f"{self.name}.toml", self.name, self.own)
        candidates = {pattern for word in words & page.words for pattern in index[word]}
        if not candidates:
            return
        source = page.source.text.lower()
        wanted = sorted(pattern for pattern in candidates if hinted(pattern).search(source))
        for text in _sentences(page) if wanted else ():
            for pattern in wanted:
                for match in compiled(pattern).finditer(text.value):
                    if not (text.is_quoted(*match.span()) or text.is_foreign(*match.span())):
                        yield _finding(text, match, pattern)


def _sentences(page: Page) -> Iterator[Text]:
    """Prose, but for the fields of BibTeX: the title of a paper is as it was printed."""
    from sitecheck.page import PROSE

    return (block.text for block in page.blocks if block.kind in PROSE and block.kind != "field")


def _finding(text: Text, match: re.Match[str], pattern: Pattern) -> Finding:
    found = " ".join(match[0].split())
    if not pattern.instead:
        return Finding(text.span(*match.span()), f"'{found}': {pattern.message}")
    instead = match.expand(pattern.instead)
    if found[0].isupper():
        instead = instead[0].upper() + instead[1:]
    fix = Fix.by(text.edit(*match.span(), instead), safe=False, title=f"replace by '{instead}'")
    return Finding(
        text.span(*match.span()), f"'{found}': {pattern.message}", fix, help="" if fix else f"write '{instead}'"
    )


@cache
def _indexed(file: str, rule: str, own: tuple[Pattern, ...]) -> tuple[frozenset[str], dict[str, list[Pattern]]]:
    """The keywords of a rule's patterns, and the patterns by each of them."""
    index: dict[str, list[Pattern]] = {}
    for pattern in (*read_patterns(data_file(file)).get(rule, ()), *own):
        for word in keywords(pattern.match):
            for form in (word, word.capitalize()):
                index.setdefault(form, []).append(pattern)
    return frozenset(index), index


def read_patterns(path: str, known: Iterable[str] | None = None) -> dict[str, tuple[Pattern, ...]]:
    """The patterns of a file, by rule. Of a user's file, whose rules must be `known`, each pattern is tried, too.

    Raises UserError where the file cannot be read, or something is wrong with a pattern.
    """
    from tomllib import TOMLDecodeError, load

    try:
        with open(path, "rb") as file:
            tables = load(file)
    except (OSError, UnicodeDecodeError, TOMLDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise UserError(f"{path}: the patterns cannot be read: {reason}") from error
    patterns = {}
    for rule, entries in tables.items():
        if known is not None and rule not in known:
            raise UserError(f"{path}: '{rule}' is no rule of patterns; those are {', '.join(sorted(known))}")
        patterns[rule] = tuple(_pattern(path, rule, entry) for entry in entries)
        faults = ((each.match, each.fault()) for each in patterns[rule] if known is not None)
        for match, fault in faults:
            if fault:
                raise UserError(f"{path}: the pattern '{match}' of {rule} {fault}")
    return patterns


def _pattern(path: str, rule: str, entry: dict[str, Any]) -> Pattern:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    unknown = values.keys() - Pattern._fields
    if unknown or not {"match", "message"} <= values.keys():
        what = f"has the unknown key '{min(unknown)}'" if unknown else "lacks 'match' or 'message'"
        raise UserError(f"{path}: a pattern of {rule} {what}")
    return Pattern(**values)
