"""BibTeX: entries, their keys and fields, and where each value stands. Accents and braces are right there.

A scanner that survives what a parser rejects: an entry that is never closed ends where the next one starts a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck.page import Block, Field, Link, Reading, Record
from sitecheck.readers.front_matter import split
from sitecheck.readers.keys import is_address, is_link_key
from sitecheck.text import Layer, Piece, Text

ENTRY = re.compile(r"^[ \t]{0,20}@[ \t]{0,20}([A-Za-z]{1,40})[ \t\r\n]{0,20}[{(]", re.MULTILINE)
KEY = re.compile(r"\s*([^\s,{}()=\"#%~\\]{1,200})\s*(?=,|[})]|$)")
FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+-]{0,60})\s{0,20}=\s{0,20}")
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
QUOTED = re.compile(r'\\.|[{}"]', re.DOTALL)
SINGLE_WORD = re.compile(r"(?<![\w:.+-])([A-Za-z][\w:.+-]{0,60})\s{0,20}=\s{0,20}[{\"]{1,3}(\S+)")
COMMAND = re.compile(r"\\(?:url|href|path)\s{0,9}\{([^{}]*(?:\{\}[^{}]*)*)\}")
TEX = re.compile(
    r"\{?\\(?:(?P<escaped>[_%&\#~$])|(?P<tilde>textasciitilde|sim))(?:\{\}|\}|(?<=[a-z])\s|)|\$\\sim\$|[{}]"
)
"""How TeX writes what it would take for its own in an address; braces are not shown."""


def _encode(value: str) -> str:
    return "" if value.count("{") != value.count("}") else value


def _decode_address(source: str) -> str:
    return TEX.sub(_plain, source)


def _plain(match: re.Match[str]) -> str:
    if match["escaped"]:
        return match["escaped"]
    return "" if match[0] in "{}" else "~"


def _encode_address(value: str) -> str:
    return "" if re.search(r"[{}\\]", value) else value


BIBTEX = Layer("bibtex", str, _encode)
BIBTEX_ADDRESS = Layer("bibtex-address", _decode_address, _encode_address)


def read(text: Text, reading: Reading) -> None:
    for match in SINGLE_WORD.finditer(text.value):
        if is_link_key(match[1].lower()):
            reading.addresses.append(match[2])
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
        record = Record(f"@{kind}", key=text[place:place])
        reading.records.append(record)
        if key := KEY.match(value, place, limit):
            reading.structure.append(f"key {key[1]}")
            record.key = text[key.start(1) : key.end(1)]
            place = key.end()
        for label, start, end, enclosed in fields(value, place, limit):
            name = label[1].lower()
            field = text.derive([(None, start, end)], BIBTEX)
            if enclosed or field.value.isdigit():  # else the name of a string, which says nothing here
                record.fields.append(Field(name, field, text[label.start(1) : label.end(1)]))
            if enclosed:
                reading.structure.append(name)
                _read_field(name, text, start, end, reading)


def _read_field(name: str, text: Text, start: int, end: int, reading: Reading) -> None:
    if is_link_key(name) or text.value.find(":", start, end) >= 0:
        address = _address(text, start, end)
        if is_address(name, address.value):
            reading.links.append(Link("field", address, key=name))
            return
    field = text.derive([(None, start, end)], BIBTEX)
    if not field.value.strip():
        return
    reading.blocks.append(Block("field", field, name=name))
    for command in COMMAND.finditer(field.value) if "\\" in field.value else ():
        address = _address(text, start + command.start(1), start + command.end(1))
        if is_address(name, address.value):
            reading.links.append(Link("link", address))


def _address(text: Text, start: int, end: int) -> Text:
    """What stands there as an address: TeX's escapes undone, `\\url{}` and white space around it left out."""
    value = text.value
    command = COMMAND.fullmatch(value[start:end].strip())
    if command:
        start = value.index(command[0], start) + command.start(1)
        end = start + len(command[1])
    start += len(value[start:end]) - len(value[start:end].lstrip())
    end = start + len(value[start:end].rstrip())
    pieces: list[Piece] = []
    for match in TEX.finditer(value, start, end):
        pieces.append((None, start, match.start()))
        pieces.append((_plain(match), match.start(), match.end()))
        start = match.end()
    pieces.append((None, start, end))
    return text.derive(pieces, BIBTEX_ADDRESS)


def fields(value: str, place: int, limit: int) -> Iterator[tuple[re.Match[str], int, int, bool]]:
    """The match of each field's name and the parts of its value, and whether braces or quotes enclose them."""
    while field := FIELD.match(value, place, limit):
        place = field.end()
        while place < limit:
            opening = value[place]
            if opening in '{"':
                end = _value_end(value, place + 1, limit, BRACE if opening == "{" else QUOTED)
                yield field, place + 1, end, True
                place = end + 1
            else:  # a number, or the name of a string
                start, place = place, _bare_end(value, place, limit)
                yield field, start, place, False
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
