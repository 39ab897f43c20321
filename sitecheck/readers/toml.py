"""TOML and JSON: their strings, by a scanner of our own, since the standard parsers give no positions.

Those parsers still have the last word on whether a file is valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck.page import Field, Problem, Reading, Record
from sitecheck.readers.escapes import CODE_POINT, quoted, unescaped
from sitecheck.readers.keys import is_address, is_link_key
from sitecheck.readers.yaml import read_value
from sitecheck.text import Layer, Piece, Text

TOKEN = re.compile(r'"""|\'\'\'|["\'#]')
BARE_KEY = re.compile(r"([A-Za-z0-9_-]{1,100})[ \t]*=[ \t]*(?:\[\s*)?$")
IS_KEY = re.compile(r"[ \t]*(?:[=:.]|\])")
BASIC_ESCAPE = re.compile(rf"\\(?:{CODE_POINT}|[ \t]{{0,99}}(?:\r\n?|\n)[ \t\r\n]*|[\s\S])")
TABLE = re.compile(
    r"#[^\n]*|^[ \t]*\[\[?[ \t]*([\w.\"'-]{1,100})[ \t]*\]|[{}]"
    r"|^[ \t]*([\w-]{1,100})[ \t]*=[ \t]*(\d[\w:.+-]{0,40})",
    re.MULTILINE,
)
"""What stands between strings: a comment, the beginning of a table, a number or a date with its key."""
MANY_DOTS = re.compile(r"(?:[\w \t-]{0,60}\.){200}")
AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


def _decode_basic(source: str) -> str:
    return BASIC_ESCAPE.sub(lambda match: _unescaped(match[0]), source)


def _unescaped(escape: str) -> str:
    """An escaped line break takes all white space behind it away."""
    if "\n" in escape or "\r" in escape:
        return ""
    return unescaped(escape)


def _encode_literal(value: str) -> str:
    return value.replace("'", "").replace("\n", "")


BASIC = Layer("string", _decode_basic, quoted)
LITERAL = Layer("literal-string", str, _encode_literal)


def read(text: Text, reading: Reading) -> None:
    """Read a TOML document into `reading`: problems at once, values when blocks are asked for."""
    if not MANY_DOTS.search(text.value):  # they cost tomllib quadratic time
        reading.problems.extend(_problems(text))
    _defer_strings(text, reading)


def _problems(text: Text) -> Iterator[Problem]:
    import tomllib

    try:
        tomllib.loads(text.value.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        yield _toml_problem(error, text)


def _toml_problem(error: Exception, text: Text) -> Problem:
    """tomllib says where in words. Its lines end at LF only."""
    reason = str(error) if not isinstance(error, RecursionError) else "nested too deeply"
    match = AT_LINE.search(reason)
    place = 0
    if match:
        lines = text.value.split("\n")
        line = min(int(match[1]), len(lines))
        place = sum(len(line) + 1 for line in lines[: line - 1]) + min(int(match[2]) - 1, len(lines[line - 1]))
    place = max(min(place, len(text.value) - 1), 0)
    span = text.span(place, min(place + 1, len(text.value)))
    return Problem(span, f"this is not valid TOML: {AT_LINE.sub('', reason).strip()}")


def read_json(text: Text, reading: Reading) -> None:
    """Read a JSON object, which is known to be valid, into `reading`."""
    _defer_strings(text, reading)


def _defer_strings(text: Text, reading: Reading) -> None:
    strings = list(_keyed_strings(text.value, reading))
    for key, quote, start, end in strings:
        if is_link_key(key) and is_address(key, _value(text, quote, start, end).value):
            reading.addresses.append(text.written(start, end))

    def read_strings() -> None:
        record, done = Record("table"), 0
        reading.records.append(record)
        for key, quote, start, end in strings:
            for between in TABLE.finditer(text.value, done, start):
                if between[2]:
                    record.fields.append(Field(between[2], text[between.start(3) : between.end(3)]))
                elif not between[0].startswith("#"):
                    record = Record("table", between[1] or key)
                    reading.records.append(record)
            done = end
            value = _value(text, quote, start, end)
            record.fields.append(Field(key, value))
            read_value(value, key, reading)

    reading.defer(read_strings)


def _value(text: Text, quote: str, start: int, end: int) -> Text:
    basic = quote[0] == '"'
    pieces = _basic_pieces(text.value, start, end) if basic else [(None, start, end)]
    return text.derive(pieces, BASIC if basic else LITERAL)


def _keyed_strings(source: str, reading: Reading) -> Iterator[tuple[str, str, int, int]]:
    """Each string that is a value: its key, its quote, and the range between its quotes."""
    key = ""
    for quote, start, end in _strings(source):
        after = IS_KEY.match(source, end + len(quote))
        if after and source[after.end() - 1] != "]" and len(quote) == 1:
            key = source[start:end]
            reading.structure.append(f"key {key}")
            continue
        reading.structure.append("string")
        bare = BARE_KEY.search(source, max(0, start - 120), start - len(quote))
        if bare:
            key = bare[1]
        yield key, quote, start, end


def _strings(value: str) -> Iterator[tuple[str, int, int]]:
    """Each string: its quote, and the range between its quotes. Comments are stepped over."""
    place = 0
    while token := TOKEN.search(value, place):
        quote, start = token[0], token.end()
        if quote == "#":
            newline = value.find("\n", start)
            place = len(value) if newline < 0 else newline
            continue
        end = _closing(value, quote, start)
        if end < 0:
            newline = value.find("\n", start)  # never closed: the line is given up, not the file
            place = len(value) if newline < 0 else newline
            continue
        yield quote, start, end
        place = end + len(quote)


def _closing(value: str, quote: str, start: int) -> int:
    """Where a string ends, before its closing quote; -1 if nowhere."""
    limit = len(value)
    if len(quote) == 1:
        newline = value.find("\n", start)
        limit = len(value) if newline < 0 else newline
    while (end := value.find(quote, start, limit)) >= 0:
        if quote[0] == "'":
            return end
        backslashes = end - len(value[start:end].rstrip("\\")) - start
        if backslashes % 2 == 0:
            return end
        start = end + 1
    return -1


def _basic_pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    for match in BASIC_ESCAPE.finditer(source, start, end):
        yield None, start, match.start()
        yield _unescaped(match[0]), match.start(), match.end()
        start = match.end()
    yield None, start, end
