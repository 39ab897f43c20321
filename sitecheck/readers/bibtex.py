"""BibTeX: entries, their keys and fields, and where each value stands. Accents and braces are right there.

A scanner that survives what a parser rejects: an entry that is never closed ends where the next one starts a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck.page import Block, Link, Reading
from sitecheck.readers.front_matter import split
from sitecheck.text import Layer, Text

ENTRY = re.compile(r"^[ \t]{0,20}@[ \t]{0,20}([A-Za-z]{1,40})[ \t\r\n]{0,20}[{(]", re.MULTILINE)
KEY = re.compile(r"\s*([^\s,{}()=\"#%~\\]{1,200})\s*(?=,|[})]|$)")
FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+-]{0,60})\s{0,20}=\s{0,20}")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
QUOTED = re.compile(r'\\.|[{}"]', re.DOTALL)
URL = re.compile(r'https?://[^\s<>"]+$')


def _encode(value: str) -> str:
    return "" if value.count("{") != value.count("}") else value


BIBTEX = Layer("bibtex", str, _encode)


def read(text: Text, reading: Reading) -> None:
    reading.defer(lambda: _read_entries(text, reading))


def _read_entries(text: Text, reading: Reading) -> None:
    value = text.value
    starts = list(ENTRY.finditer(value, split(value).body))
    for k, match in enumerate(starts):
        limit = starts[k + 1].start() if k + 1 < len(starts) else len(value)
        kind = match[1].lower()
        reading.structure.append(f"@{kind}")
        if kind in ("comment", "preamble", "string"):
            continue
        place = match.end()
        if key := KEY.match(value, place, limit):
            reading.structure.append(f"key {key[1]}")
            place = key.end()
        for name, start, end in _fields(value, place, limit):
            reading.structure.append(name)
            field = text.derive([(None, start, end)], BIBTEX)
            if URL.match(field.value):
                reading.links.append(Link(name, field))
            elif field.value.strip():
                reading.blocks.append(Block("field", field, name=name))


def _fields(value: str, place: int, limit: int) -> Iterator[tuple[str, int, int]]:
    """The parts of each field's value, without braces or quotes around it. `#` joins parts."""
    while field := FIELD.match(value, place, limit):
        place = field.end()
        while place < limit:
            opening = value[place]
            if opening in '{"':
                end = _value_end(value, place + 1, limit, BRACE if opening == "{" else QUOTED)
                yield field[1].lower(), place + 1, end
                place = end + 1
            else:  # a number, or the name of a string
                place = _bare_end(value, place, limit)
            joined = re.compile(r"\s*\#\s*").match(value, place, limit)
            if joined is None:
                break
            place = joined.end()


def _value_end(value: str, start: int, limit: int, special: re.Pattern[str]) -> int:
    """Where a braced or quoted value ends, before its closing mark."""
    depth = 0
    for match in special.finditer(value, start, limit):
        mark = match[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            if depth == 0 and special is BRACE:
                return match.start()
            depth = max(depth - 1, 0)
        elif mark == '"' and depth == 0:
            return match.start()
    return limit


def _bare_end(value: str, start: int, limit: int) -> int:
    match = re.compile(r"[^\s,#{}()\"]+").match(value, start, limit)
    return match.end() if match else min(start + 1, limit)
