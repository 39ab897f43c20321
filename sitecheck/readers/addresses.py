"""The addresses that the mark-up of a page seems to hold, found in its source without parsing it.

They are a superset of the addresses that the readers find, as they are written: character references and escapes are
not undone, and where an address is hard to tell from what follows it, a longer string that holds it is given. So a
rule can see that a page has nothing for it, at a tenth of what parsing would cost. Addresses in running text are not
among them: what begins with `http` is as quickly found in the source itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck.late import late

BRACES = r"\{(?:[^{}\n]|\{[^{}\n]*+\})*+\}"
"""A template tag, an attribute list or an expression, within a line. It may hold white space and brackets."""

GAP = r"(?:\s|\\(?:[nrt]|(?=\s)))*+"
"""White space, also as a string of YAML or TOML writes it."""

OPENINGS = late(rf"\]\({GAP}")
DEFINITIONS = late(rf"\]:{GAP}")
ANGLES = rf"<((?:{BRACES}|[^<>{{]|\{{(?![{{%]))*+)>"
ROUND = rf"\((?:{BRACES}|[^\s(){{]|\([^\s(){{]*+\))*+\)"
DESTINATION = late(rf"{ANGLES}|((?:{BRACES}|[^\s(){{]|\{{(?![{{%])|{ROUND})*+)(?=[\s)]|\Z)")
TOKEN = late(rf"{ANGLES}|((?:{BRACES}|[^\s{{]|\{{(?![{{%]))*+)(?=\s|\Z)")
HIDES = late(r"\\{1,2}[(\[]|\\begin|<%")
"""Opens what `templates` hides, white space included."""
EMPTY = late(r"""\]\(\s*[)"'\\]|<\s*>|=\s*\\?(?:"\s*"|'\s*'|\\"|>)|(?:href|src)(?:[\s>/]|=\s*>)""", re.IGNORECASE)
"""What may be an address without a character."""
TAG_OPEN = late(r"<[A-Za-z][^>]*+\Z")
MAX_TAG = 2000
"""characters of a start tag in which an attribute without a value is looked for"""
BLANK_LINE = late(r"\n[ \t\r]*\n")

ATTRIBUTES = tuple(
    late(pattern)
    for pattern in (
        rf"href(?:{GAP}={GAP}|[\s>/])",
        rf"src(?:(?:set)?{GAP}={GAP}|[\s>/])",
        *(rf"{name}{GAP}={GAP}" for name in ("poster", "cite", "action", "data")),
    )
)
"""As in lower case. `href` and `src` are addresses without a value, too: empty ones."""
QUOTED = {
    mark: re.compile(rf"{mark}((?:{BRACES}|[^{mark}{{]|\{{(?![{{%]))*+){mark}") for mark in ('"', "'", '\\\\"', "''")
}
DESCRIPTOR = late(r"[0-9.]+[wxh],?")
REFRESH = late(r"""[0-9]\s*[;,]\s*(?:[uU][rR][lL]\s*=\s*)?["'\\]{0,3}([^"'\s>{]*+)""")
"""Behind a number of seconds"""
EMPTY_BEFORE = ("", " ", "\t", "\r", "\n", ">", "/")
"""What follows `''` where it is an empty value, and not a quote as a string of YAML in single quotes writes it."""
UNQUOTED = late(rf"(?:{BRACES}|[^\s>{{]|\{{(?![{{%]))*+")


def find_addresses(text: str) -> str:
    """The addresses, a line each without white space around it, and each line once. A line break within is `\\r`."""
    found = (address.strip().replace("\n", "\r") for find in FINDERS for address in find(text))
    return "".join(f"{address}\n" for address in dict.fromkeys(found))


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
        if found is None or found.endswith("\\") or HIDES.search(found):  # a string of YAML may go on in the next line
            done = _paragraph_end(text, start)
            yield text[start:done]
            if EMPTY.search(text, start, done):
                yield ""
        else:
            if openings is DEFINITIONS:
                done = start + len(found)
            yield found
            if openings is DEFINITIONS and text.startswith("<", start):
                yield text[start : start + MAX_TAG].split(maxsplit=1)[0]  # perhaps it was a tag behind an empty one


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
                if TAG_OPEN.search(text, max(0, match.start() - MAX_TAG), match.start()):
                    yield ""
                continue
            value, end = _attribute(text, start)
            if end:
                done = end
            yield from _candidates(value) if match[0].startswith("srcset") else (value,)
            if text.startswith("''", start) or (end and ("{" in value or EMPTY.search(value))):
                yield ""


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset`, without their widths and densities; all of it where a template takes part."""
    if "{" in srcset:
        yield srcset
    else:
        yield from (each.strip(",") for each in srcset.split() if not DESCRIPTOR.fullmatch(each))


def _of_refreshes(text: str) -> Iterator[str]:
    """The pages that a <meta http-equiv="refresh"> leads to."""
    if "refresh" in text or "Refresh" in text or "REFRESH" in text:
        done = 0
        for match in REFRESH.finditer(text):
            if match.start() < done:
                continue
            if text.startswith("{", match.end()):
                done = _paragraph_end(text, match.end())
                yield text[match.start(1) : done]
            else:
                yield match[1]


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


FINDERS = (_of_links, _of_attributes, _of_refreshes)
