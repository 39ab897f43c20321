"""Comments in a page that tell the program to keep quiet, for a line, a block or the whole file.

    <!-- sitecheck: ignore[mojibake] quoted as an example -->      this line, or the next if it has one to itself
    <!-- sitecheck: off[text, repeated-word] draft -->             from here ...
    <!-- sitecheck: on[text, repeated-word] -->                    ... to here, or else to the end of the file
    <!-- sitecheck: ignore-file[encoding] a corpus of faults -->   anywhere in the file

The brackets name rules and groups of rules; without brackets every rule is meant. What follows is the reason. An `on`
ends what an `off` of the same names began; without brackets it ends everything. What counts is where a finding starts.
"The next line" is the next one that holds more than comments.

The comment is written as the file's format has it, and must hold nothing else before `sitecheck:`. A mention in prose,
in a code span or in a fenced code block suppresses nothing; nor does what cannot be read, such as a bracket that is not
closed.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.readers import SUFFIXES
from sitecheck.rule import PageRule
from sitecheck.source import LINE_END
from sitecheck.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sitecheck.finding import Diagnostic, Finding
    from sitecheck.page import Page
    from sitecheck.source import Source

MARKER = "sitecheck:"
EVERY_RULE = ""
ABOUT_COMMENTS = "suppressions"
"""The group of rules that judge the comments. Only a comment that names them silences them."""


class Suppression(NamedTuple):
    """One rule or group that a comment silences. A comment that names two of them makes two of these."""

    kind: str
    """`ignore`, `off` or `ignore-file`"""
    rule: str
    """the name of a rule or a group, or EVERY_RULE"""
    reason: str
    """may be empty"""
    span: Span
    """the comment"""
    covers: Span
    """findings that start here are suppressed; may reach one past the text, where a finding can stand as well"""


class Existing(NamedTuple):
    """A rule that there is, whether it runs or not."""

    name: str
    group: str
    preview: bool
    """whether it runs only where it is named"""


class Unused(NamedTuple):
    """A name in a comment, or a comment without names, that silences nothing."""

    name: str
    """EVERY_RULE where the comment has none"""
    known: bool
    """whether there is a rule or a group of that name"""
    span: Span
    """the name, or the comment"""


class CommentRule(PageRule):
    """A rule that judges the comments themselves, once the page rules have run."""

    def __init__(self, existing: tuple[Existing, ...] = ()) -> None:
        self.existing = existing
        """all rules that a comment may name; those that run need not be among them"""

    def check(self, page: Page) -> Iterator[Finding]:
        return iter(())  # nothing is known yet of what the comments silence

    def review(self, unused: Iterable[Unused]) -> Iterator[Finding]:
        raise NotImplementedError


def unsuppressed(source: Source, found: Iterable[Diagnostic], groups: Mapping[str, str] = {}) -> Iterable[Diagnostic]:
    """The findings that no comment of their file suppresses. `groups` tells the group of a rule."""
    if MARKER not in source.text:
        return found
    covered = _Covered(suppressions(source))
    return [
        diagnostic
        for diagnostic in found
        if not any(covered.by(name, diagnostic.place.start.offset) for name in _silencing(diagnostic.rule, groups))
    ]


def unused(
    source: Source, found: Iterable[Diagnostic], groups: Mapping[str, str], existing: Iterable[Existing]
) -> Iterator[Unused]:
    """What is in vain among the comments of a file. `found` is all that was found, suppressed or not.

    `groups` has the rules that ran. Where a comment means one that exists and did not, nothing is known of it.
    """
    starts: dict[str, list[int]] = {}
    for diagnostic in found:
        for name in _silencing(diagnostic.rule, groups):
            starts.setdefault(name, []).append(diagnostic.place.start.offset)
    for offsets in starts.values():
        offsets.sort()
    known = {EVERY_RULE, *groups, *groups.values()}
    unjudged = {ABOUT_COMMENTS, *(rule for rule, group in groups.items() if group == ABOUT_COMMENTS)}
    for rule, group, preview in existing:
        known |= {rule, group}
        if rule not in groups:
            unjudged |= {rule} if preview else {rule, group, EVERY_RULE}
    for suppression in suppressions(source):
        name, (start, end) = suppression.rule, suppression.covers
        offsets = starts.get(name, [])
        at = bisect_left(offsets, start)
        if name not in unjudged and (at == len(offsets) or offsets[at] >= end):
            yield Unused(name, name in known, _named(source.text, name, suppression.span))


def _silencing(rule: str, groups: Mapping[str, str]) -> tuple[str, ...]:
    """The names in comments that mean a rule."""
    group = groups.get(rule, EVERY_RULE)
    return (rule, group) if group == ABOUT_COMMENTS else (EVERY_RULE, rule, group)


def _named(text: str, name: str, comment: Span) -> Span:
    """Where a comment says a name; the comment itself where it has no names."""
    if name == EVERY_RULE:
        return comment
    names = text.index("[", text.index(MARKER, *comment))
    match = re.compile(rf"(?<=[\[\s,]){re.escape(name)}(?=[\s,\]])").search(text, names, comment.end)
    return Span(*match.span()) if match else comment


def suppressions(source: Source) -> list[Suppression]:
    """What the comments of a file suppress, in the order of the comments."""
    if MARKER not in source.text:
        return []
    comments = list(_comments(source.text, _format(source.path)))
    lines = _Lines(source.text, comments, _format(source.path))
    beyond = len(source.text) + 1
    found = list(_blocks(comments, beyond))
    for comment in comments:
        if comment.kind == "ignore":
            found += _each_name(comment, lines.meant_by(comment.span))
        elif comment.kind == "ignore-file":
            found += _each_name(comment, Span(0, beyond))
    return sorted(found, key=lambda suppression: suppression.span)


class _Covered:
    """Where each name is suppressed. Looking up costs the same however many comments there are."""

    def __init__(self, found: Iterable[Suppression]) -> None:
        self._starts: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}  # how far the spans that start so far reach
        for suppression in sorted(found, key=lambda suppression: suppression.covers):
            ends = self._ends.setdefault(suppression.rule, [])
            ends.append(max([suppression.covers.end, *ends[-1:]]))
            self._starts.setdefault(suppression.rule, []).append(suppression.covers.start)

    def by(self, name: str, offset: int) -> bool:
        index = bisect_right(self._starts.get(name, ()), offset) - 1
        return index >= 0 and offset < self._ends[name][index]


# The comments. Patterns are compiled when a file has the marker, which few have: at start-up that would cost 3 ms.


class _Comment(NamedTuple):
    """A comment that says something to this program."""

    kind: str
    names: tuple[str, ...]
    reason: str
    span: Span


class _Form(NamedTuple):
    """One way to write a comment: patterns of its beginning and its end."""

    begin: str
    end: str
    front_matter_only: bool = False


LINE_START = r"(?<![^\r\n])"
WORD_START = r"(?<!\S)"
REST_OF_LINE = r"(?=[\r\n])|\Z"

HTML = _Form(r"<!--+\s*", r"-?-->")
JINJA = _Form(r"\{#-?\s*", r"-?#\}")
LIQUID = _Form(r"\{%-?\s*comment\s*-?%\}\s*", r"\{%-?\s*endcomment\s*-?%\}")
GO = _Form(r"\{\{-?\s*/\*\s*", r"\*/\s*-?\}\}")
BRACED = _Form(r"\{\s*/\*\s*", r"\*/\s*\}")
STARRED = _Form(r"/\*\s*", r"\*/")
SLASHES = _Form(WORD_START + r"//+[ \t]*", REST_OF_LINE)
HASH = _Form(WORD_START + r"#+[ \t]*", REST_OF_LINE)
LINE_OF_HASH = _Form(LINE_START + r"[ \t]*#+[ \t]+", REST_OF_LINE)
PERCENT = _Form(WORD_START + r"%+[ \t]*", REST_OF_LINE)
ENTRY = _Form(r"@[Cc][Oo][Mm][Mm][Ee][Nn][Tt]\s*\{\s*", r"\}")
DOTS = _Form(LINE_START + r"[ \t]*\.\.[ \t]+(?![\[_|]|[\w.:+-]+::)", REST_OF_LINE)
LABEL = _Form(LINE_START + r"[ ]{0,3}\[(?://|comment)\]:[ \t]*(?:#|<>)[ \t]+[(\"']\s*", r"[)\"'][ \t]*(?![^\r\n])")

ANY_PAGE = (HTML, JINJA, LIQUID, GO)
YAML_FRONT_MATTER = HASH._replace(front_matter_only=True)

FORMS = {
    "markdown": (*ANY_PAGE, LABEL, YAML_FRONT_MATTER),
    "mdx": (*ANY_PAGE, LABEL, YAML_FRONT_MATTER, BRACED, STARRED, SLASHES),
    "html": (*ANY_PAGE, YAML_FRONT_MATTER, STARRED, SLASHES),
    "yaml": (HASH, *ANY_PAGE),
    "toml": (HASH, *ANY_PAGE),
    "bibtex": (PERCENT, ENTRY),
    ".rst": (DOTS,),
    "plain": (LINE_OF_HASH,),
}
"""The comments that a format has, by the name of its reader, or by suffix where that is not enough."""

DIRECTIVE = r"\s*(ignore-file|ignore|off|on)(?:\s*\[([^\[\]]*)\]|(?![\w-]|\s*\[))(.*)"


def _format(path: str) -> str:
    suffix = os.path.splitext(path)[1].lower()
    return suffix if suffix in FORMS else SUFFIXES.get(suffix, "plain")


def _comments(text: str, format: str) -> Iterator[_Comment]:
    """The comments that can be read, in order. Linear: a form whose end is not found once is not looked for again."""
    forms = FORMS[format]
    begin = re.compile(f"(?:{'|'.join(f'({form.begin})' for form in forms)}){MARKER}")
    directive = re.compile(DIRECTIVE, re.DOTALL)
    front_matter = _front_matter_end(text)
    code = list(_code(text)) if format in ("markdown", "mdx") else []
    unclosed: set[_Form] = set()
    place = 0
    while match := begin.search(text, place):
        form = forms[(match.lastindex or 1) - 1]
        place = match.end()
        if form in unclosed or (form.front_matter_only and place > front_matter) or _within(code, match.start()):
            continue
        close = re.compile(form.end).search(text, place)
        if close is None:
            unclosed.add(form)
            continue
        said = directive.fullmatch(text, place, close.start())
        place = close.end()
        if said:
            names = (EVERY_RULE,) if said[2] is None else tuple(said[2].replace(",", " ").split())
            reason = " ".join(said[3].split()).lstrip(":,-\u2013\u2014 ")
            yield _Comment(said[1], names, reason, Span(match.start(), close.end()))


def _front_matter_end(text: str) -> int:
    """Where the front matter ends, or 0. Only there are YAML's and TOML's comments those of the page."""
    first = re.match(r"(---|\+\+\+)[ \t]*[\r\n]", text)
    if first is None:
        return 0
    last = re.compile(rf"{LINE_START}{re.escape(first[1])}[ \t]*(?![^\r\n])").search(text, first.end())
    return last.start() if last else 0


def _code(text: str) -> Iterator[Span]:
    """The fenced code blocks and the code spans of Markdown, in order. Code spans that cross lines are missed."""
    fence_line = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
    fence, opened, start = "", 0, 0
    for line in re.findall(r"[^\r\n]*(?:\r\n?|\n)?", text):
        match = fence_line.match(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2].strip():
                yield Span(opened, start + len(line))
                fence = ""
        elif match and not ("`" in match[1] and "`" in match[2]):
            fence, opened = match[1], start
        elif "`" in line:
            yield from _code_spans(line, start)
        start += len(line)
    if fence:
        yield Span(opened, len(text))


def _code_spans(line: str, offset: int) -> Iterator[Span]:
    """A run of backticks opens a code span where a later run is of the same length."""
    runs = [match.span() for match in re.finditer("`+", line)]
    last = {end - start: index for index, (start, end) in enumerate(runs)}
    index = 0
    while index < len(runs):
        start, end = runs[index]
        size, opener = end - start, index
        index += 1
        if last[size] > opener:
            while runs[index][1] - runs[index][0] != size:
                index += 1
            yield Span(offset + start, offset + runs[index][1])
            index += 1


def _within(spans: list[Span], offset: int) -> bool:
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset < spans[index].end


# What they cover.


def _each_name(comment: _Comment, covers: Span) -> list[Suppression]:
    return [Suppression(comment.kind, name, comment.reason, comment.span, covers) for name in comment.names]


def _blocks(comments: Iterable[_Comment], beyond: int) -> Iterator[Suppression]:
    """From each `off` to the `on` that ends it."""
    opened: dict[str, list[_Comment]] = {}
    for comment in comments:
        if comment.kind == "off":
            for name in comment.names:
                opened.setdefault(name, []).append(comment)
        elif comment.kind == "on":
            for name in list(opened) if EVERY_RULE in comment.names else comment.names:
                yield from _ended(name, opened.pop(name, []), comment.span.end)
    for name, begun in opened.items():
        yield from _ended(name, begun, beyond)


def _ended(name: str, begun: Iterable[_Comment], end: int) -> Iterator[Suppression]:
    return (Suppression("off", name, start.reason, start.span, Span(start.span.start, end)) for start in begun)


class _Lines:
    """The lines of a text, and which of them hold more than comments."""

    def __init__(self, text: str, comments: Iterable[_Comment], format: str) -> None:
        self._starts = [0, *(match.end() for match in LINE_END.finditer(text)), len(text) + 1]
        blank = re.compile(rf"[ \t>]*(?:{'|'.join(_whole(form) for form in FORMS[format])})?[ \t]*")
        lines = LINE_END.split(_without(text, comments))
        self._filled = [blank.fullmatch(line) is None for line in lines]
        self._next = list(range(len(lines) + 1))  # the first filled line from each line on
        for number in range(len(lines) - 1, -1, -1):
            if not self._filled[number]:
                self._next[number] = self._next[number + 1]

    def meant_by(self, comment: Span) -> Span:
        """The lines that the comment stands in, or where it has them to itself, the next that is filled."""
        first = bisect_right(self._starts, comment.start) - 1
        last = bisect_right(self._starts, comment.end - 1) - 1
        if not any(self._filled[first : last + 1]):
            first = last = self._next[last]
        return Span(*(self._starts[min(number, len(self._starts) - 1)] for number in (first, last + 1)))


def _whole(form: _Form) -> str:
    """The pattern of a line, or its rest, that is one such comment and nothing else."""
    if form.front_matter_only:
        return r"(?!)"
    return form.begin + (".*" if form.end == REST_OF_LINE else f"(?:(?!{form.end}).)*(?:{form.end})")


def _without(text: str, comments: Iterable[_Comment]) -> str:
    """The text with spaces in place of the comments."""
    parts: list[str] = []
    place = 0
    for comment in comments:
        start, end = comment.span
        parts += (text[place:start], re.sub(r"[^\r\n]", " ", text[start:end]))
        place = end
    return "".join((*parts, text[place:]))
