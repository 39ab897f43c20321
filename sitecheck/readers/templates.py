"""Template tags, attribute lists and math: hidden from the parsers of mark-up, and from readers of prose.

A mask has the same length as what it hides, so no offset changes. Jekyll's Liquid, Jinja, Hugo's shortcodes, ERB,
kramdown's attribute lists, Pandoc's divs and attributes and MDX expressions are known; their meaning is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck.late import late
from sitecheck.text import PLACEHOLDER, Piece

MASK = "\ufdd0"
"""A noncharacter: no space, punctuation or letter to any parser, and never in a page by itself."""
MASKED = late(f"{MASK}+")

OPENER = late(
    r"\{\{|\{%|\{\#(?=\s)|<%|\{::?|\{[.\#](?=[\w-])|\\{1,2}[(\[]|\\begin\{(?P<environment>[a-z]{1,20}\*?)\}"
    r"|^[ \t]{0,9}:{3,}(?=[ \t]|$)",
    re.MULTILINE,
)
MDX_OPENER = late(r"\{|^(?:import|export)\b", re.MULTILINE)
CLOSERS = {
    "{{": "}}",
    "{%": "%}",
    "{#": "#}",
    "<%": "%>",
    "\\(": "\\)",
    "\\[": "\\]",
    "\\\\(": "\\\\)",
    "\\\\[": "\\\\]",
}
NOT_PROSE = late(r"\{%-?\s{0,9}(comment|highlight)\b|\{\{[<%]\s{0,9}(highlight|mermaid|math)\b")
"""Tags whose content is a comment, code or a formula. They run to their closing tag, over blank lines too."""
BLANK_LINE = late(r"\n[ \t\r]*\n")
FORMULA = late(r"\\[A-Za-z]|[=^_]|^\s*[A-Za-z]\s*$")
"""Backslash and bracket also escape a bracket in Markdown, as in `\\[[pdf](x.pdf)\\]`: only a formula is hidden."""


def mask(text: str, *, mdx: bool = False) -> str:
    """`text` with each tag replaced by as many `MASK` characters."""
    if not ("{" in text or "\\" in text or ":::" in text or "<%" in text):
        return text
    text = _replace(text, _tags(text))
    return _replace(text, _mdx(text)) if mdx else text


def unmasked(masked: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a stretch of text, with one placeholder for each run of masks."""
    for match in MASKED.finditer(masked, start, end):
        yield None, start, match.start()
        yield PLACEHOLDER, match.start(), match.end()
        start = match.end()
    yield None, start, end


def _replace(text: str, ranges: Iterator[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in ranges:
        parts += text[done:start], MASK * (end - start)
        done = end
    return "".join((*parts, text[done:])) if parts else text


class _Finder:
    """Finds a closing mark within the paragraph. It remembers what is missing, so all searches together are linear."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.block_end = -1
        self.missing: dict[str, int] = {}

    def paragraph_end(self, start: int) -> int:
        if start >= self.block_end:
            match = BLANK_LINE.search(self.text, start)
            self.block_end = match.start() + 1 if match else len(self.text)
        return self.block_end

    def closed_at(self, closer: str, start: int, *, anywhere: bool = False) -> int:
        """The end of the next `closer`, or -1. It must be in the same paragraph, unless it may be `anywhere`."""
        limit = len(self.text) if anywhere else self.paragraph_end(start)
        if start < self.missing.get(closer, -1):
            return -1
        place = self.text.find(closer, start, limit)
        if place < 0:
            self.missing[closer] = limit
            return -1
        return place + len(closer)


def _tags(text: str) -> Iterator[tuple[int, int]]:
    find = _Finder(text)
    start = 0
    while match := OPENER.search(text, start):
        end = _tag_end(text, match, find)
        if end < 0:
            start = match.end()
        else:
            yield match.start(), end
            start = end


def _tag_end(text: str, match: re.Match[str], find: _Finder) -> int:
    """Where the tag that `match` opens ends, or -1 if it is none."""
    opener = match[0]
    if opener.lstrip().startswith(":::"):
        end = text.find("\n", match.end())
        return len(text) if end < 0 else end
    if opener.startswith(("{:", "{.")) or (opener == "{#" and not text[match.end()].isspace()):
        return _attribute_list_end(text, match.end())
    if match["environment"]:
        return find.closed_at(f"\\end{{{match['environment']}}}", match.end())
    end = find.closed_at(CLOSERS[opener], match.end())
    if end < 0:
        return -1
    if opener in ("\\(", "\\["):
        inside = text[match.end() : end - 2]
        return end if FORMULA.search(inside) and "](" not in inside else -1
    if content := NOT_PROSE.match(text, match.start()):
        closer = f"end{content[1]}" if content[1] else f"/{content[2]}"
        closing = find.closed_at(closer, end, anywhere=True)
        return end if closing < 0 else max(end, text.find(CLOSERS[opener], closing) + 2)
    return end


def _attribute_list_end(text: str, start: int) -> int:
    """The end of `{: .class #id}`, which is on one line and holds no brace."""
    match = re.compile(r"[^{}\n]*\}").match(text, start)
    return match.end() if match else -1


def _mdx(text: str) -> Iterator[tuple[int, int]]:
    """Expressions in braces, and the statements of modules, each within its paragraph."""
    find = _Finder(text)
    start = 0
    while match := MDX_OPENER.search(text, start):
        end = find.paragraph_end(match.start())
        if match[0] == "{":
            end = _balanced_end(text, match.start(), end)
        if end < 0:
            start = find.paragraph_end(match.start())  # no brace is closed in what is left of this paragraph
        else:
            yield match.start(), end
            start = end


def _balanced_end(text: str, start: int, limit: int) -> int:
    depth = 0
    for brace in re.compile(r"[{}]").finditer(text, start, limit):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return -1
