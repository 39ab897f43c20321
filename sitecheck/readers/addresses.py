"""The addresses that a page seems to hold, found in its source without parsing it.

They are a superset of the addresses that the readers find, as they are written: character references and escapes are
not undone, and where an address is hard to tell from what follows it, a longer string that holds it is given. So a
rule can see that a page has nothing for it, at a tenth of what parsing would cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

BRACES = r"\{(?:[^{}\n]|\{[^{}\n]*+\})*+\}"
"""A template tag, an attribute list or an expression, within a line. It may hold white space and brackets."""

GAP = r"(?:\s|\\(?:[nrt]|(?=\s)))*"
"""White space, also as a string of YAML or TOML writes it."""

OPENINGS = re.compile(rf"\]\({GAP}")
DEFINITIONS = re.compile(r"\]:[ \t\r\n]*")
ANGLES = rf"<((?:{BRACES}|[^<>\n{{]|\{{(?![{{%]))*+)>"
ROUND = rf"\((?:{BRACES}|[^\s(){{]|\([^\s(){{]*+\))*+\)"
DESTINATION = re.compile(rf"{ANGLES}|((?:{BRACES}|[^\s(){{]|\{{(?![{{%])|{ROUND})*+)(?=[\s)]|\Z)")
TOKEN = re.compile(rf"{ANGLES}|((?:{BRACES}|[^\s{{]|\{{(?![{{%]))*+)(?=\s|\Z)")
HIDES = re.compile(r"\\{1,2}[(\[]|\\begin|<%")
"""Opens what `templates` hides, white space included."""
BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

ATTRIBUTES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"href(?:\s*={GAP}|[\s>/])",
        rf"src(?:(?:set)?\s*={GAP}|[\s>/])",
        r"poster\s*=\s*",
        r"cite\s*=\s*",
        r"action\s*=\s*",
        r"data\s*=\s*",
    )
)
"""As in lower case. `href` and `src` are addresses without a value, too: empty ones."""
QUOTED = {
    mark: re.compile(rf"{mark}((?:{BRACES}|[^{mark}{{]|\{{(?![{{%]))*+){mark}") for mark in ('"', "'", '\\\\"', "''")
}
EMPTY_BEFORE = ("", " ", "\t", "\r", "\n", ">", "/")
"""What follows `''` where it is an empty value, and not a quote as a string of YAML in single quotes writes it."""
UNQUOTED = re.compile(rf"(?:{BRACES}|[^\s>{{]|\{{(?![{{%]))*+")

SCHEMES = tuple(re.compile(start) for start in (r"https?:", "ftp:", "mailto:", r"www\."))
BARE = re.compile(r'(?:[^\s<>"\\]|\\(?:\r?\n[ \t]*)?)*+')
BARE_IN_QUOTES = re.compile(r"""(?:[^\s<>"'\\]|''|\\(?:\r?\n[ \t]*)?)*+""")
AUTOLINKS = re.compile(r"<([^\s<>@:]*+[@:][^\s<>]*+)>")
TRAILING = ".,:;!?*_~|\\)]}"


def find_addresses(text: str) -> tuple[str, ...]:
    """Each address once, in no particular order, without white space around it."""
    return tuple(dict.fromkeys(address.strip() for find in FINDERS for address in find(text)))


def _of_links(text: str) -> Iterator[str]:
    """The destinations of Markdown's links and images, and of the definitions they refer to."""
    yield from _destinations(text, OPENINGS, DESTINATION)
    yield from _destinations(text, DEFINITIONS, TOKEN)


def _destinations(text: str, openings: re.Pattern[str], destination: re.Pattern[str]) -> Iterator[str]:
    done = 0
    for opening in openings.finditer(text):
        start = opening.end()
        if start < done:
            continue
        match = destination.match(text, start)
        found = match[match.lastindex or 0] if match else None
        if found is None or HIDES.search(found):
            done = _paragraph_end(text, start)
            yield from (text[start:done], "")  # there may be empty ones in it
        else:
            if openings is DEFINITIONS:
                done = start + len(found)
            yield found


def _paragraph_end(text: str, start: int) -> int:
    blank = BLANK_LINE.search(text, start)
    return blank.start() if blank else len(text)


def _of_attributes(text: str) -> Iterator[str]:
    """The values of the attributes that hold addresses, in HTML anywhere: in Markdown, in a string of YAML."""
    if "<" not in text:
        return
    lower = text.replace("\u0130", "i").lower()  # the one character whose lower case is longer
    for name in ATTRIBUTES:
        done = 0
        for match in name.finditer(lower):
            start = match.end()
            if start <= done:
                continue
            if "=" not in match[0]:
                yield ""
                continue
            value, end = _attribute(text, start)
            if end:
                done = end
            yield value
            if end or text.startswith("''", start):
                yield ""  # there may be empty ones in it


def _attribute(text: str, start: int) -> tuple[str, int]:
    """A value, and where to go on if what follows lies in it already; else 0."""
    opening = text[start : start + 2]
    for mark in ('\\"', "''", '"', "'"):
        if opening.startswith(mark):
            match = QUOTED[mark.replace("\\", "\\\\")].match(text, start)
            if match is not None:
                return match[1], 0
            if mark == "''" and text[start + 2 : start + 3] in EMPTY_BEFORE:
                continue
            end = text.find(mark, start + len(mark))
            if end >= 0:
                end = _paragraph_end(text, end)
                return text[start:end], end
            return "", 0
    match = UNQUOTED.match(text, start)
    end = match.end() if match else start
    if text.startswith("{", end) or HIDES.search(text, start, end):
        end = _paragraph_end(text, end)
    return text[start:end], end


def _of_prose(text: str) -> Iterator[str]:
    """Bare URLs, values that are one, and autolinks."""
    lower = text.lower() if "HTTP" in text or "WWW" in text or "MAILTO" in text or "FTP" in text else text
    for scheme in SCHEMES:
        done = 0
        for start in (match.start() for match in scheme.finditer(lower)):
            if start >= done:
                done = _bare_end(text, start)
                yield text[start:done]
    for autolink in AUTOLINKS.finditer(text):
        yield autolink[1]


def _bare_end(text: str, start: int) -> int:
    before = text[start - 1] if start else ""
    match = (BARE_IN_QUOTES if before == "'" else BARE).match(text, start)
    end = match.end() if match else start
    if before == "(":
        bracket = DESTINATION.match(text, start)
        if bracket is not None and not text[bracket.end() : end].strip(TRAILING):
            return bracket.end()
    return end


FINDERS = (_of_links, _of_attributes, _of_prose)
