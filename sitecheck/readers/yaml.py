"""YAML, by way of libyaml's events: what is a key and what a value, and where each scalar's characters stand.

Scalars are decoded here from their source, since libyaml gives their value without a map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sitecheck.late import late
from sitecheck.page import Block, Field, Link, Problem, Reading, Record
from sitecheck.readers import escapes
from sitecheck.readers.escapes import CODE_POINT, quoted, unescaped
from sitecheck.readers.keys import is_address, is_link_key
from sitecheck.readers.markdown import read_markdown
from sitecheck.readers.templates import MASK
from sitecheck.text import Layer, Piece, Text

MAX_DEPTH = 200
"""libyaml itself has no bound: deep nesting costs it quadratic time."""

MAX_SHOWN = 40
"""characters of a key in a message"""

LINE_END = late(r"\r\n?|\n")
FOLD = late(r"(?:\r\n?|\n)[ \t\r\n]*")
DOUBLE_QUOTED = late(rf"\\(?:{CODE_POINT}|{FOLD.pattern}|[\s\S])|{FOLD.pattern}")
SINGLE_QUOTED = late(r"''|(?:\r\n?|\n)[ \t\r\n]*")
LETTERS = {**escapes.LETTERS, "0": "\0", "a": "\a", "v": "\v", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}
PROPERTIES = late(r"(?:[&!][^\s,\[\]{}]*[ \t\r\n]+)*")
HEADER = late(r"[|>]([0-9+-]{0,2})[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n|$)")

UNPRINTABLE = late("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What libyaml rejects (controls, surrogates, a BOM), and what only YAML takes for a line break (NEL, LS, PS)."""
FORBIDDEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SURROGATE_ESCAPE = late(r"\\u[dD][89a-fA-F]")
MARKUP = late(r"[\\`*_\[\]<>&$|~\n\r]|\{\{|\{%|://|^(?:[-+#>]|\d+[.)])\s")
PROSE_KEYS = frozenset(("summary", "abstract", "bio", "content", "text", "description"))


def _refused(value: str) -> str:
    """A form that does not decode to `value`, so that the edit is not made."""
    return "" if value else "\n"


def _encode_plain(value: str) -> str:
    if re.search(r":(?:\s|$)|\s#|[\r\n]", value) or value != value.strip():
        return _refused(value)
    return value


def _encode_line(value: str) -> str:
    return _refused(value) if LINE_END.search(value) else value


def _decode_fold(source: str) -> str:
    return FOLD.sub(lambda match: _folded(match[0]), source)


def _decode_double(source: str) -> str:
    return DOUBLE_QUOTED.sub(lambda match: _double(match[0]), source)


def _decode_single(source: str) -> str:
    return SINGLE_QUOTED.sub(lambda match: "'" if match[0] == "''" else _folded(match[0]), source)


def _decode_literal(source: str) -> str:
    return LINE_END.sub("\n", source)


LAYERS = {
    None: Layer("yaml-plain", _decode_fold, _encode_plain),
    "": Layer("yaml-plain", _decode_fold, _encode_plain),
    "'": Layer("yaml-single-quoted", _decode_single, lambda value: _encode_line(value.replace("'", "''"))),
    '"': Layer("yaml-double-quoted", _decode_double, quoted),
    "|": Layer("yaml-literal", _decode_literal, _encode_line),
    ">": Layer("yaml-folded", _decode_fold, _encode_line),
}


class Scalar:
    """One value: what stands in `text.value[start:end]`, written in the way that `style` says."""

    __slots__ = ("event", "indent", "key", "record")

    def __init__(self, event: Any, indent: int, key: str, record: Record | None) -> None:
        self.event = event
        self.indent = indent
        """columns of the collection around it; what a block scalar's indentation indicator counts from"""
        self.key = key
        self.record = record
        """the mapping that it is in, however many lists are in between"""

    @property
    def start(self) -> int:
        return int(self.event.start_mark.index)

    @property
    def end(self) -> int:
        return int(self.event.end_mark.index)

    @property
    def style(self) -> str | None:
        return self.event.style  # type: ignore[no-any-return]  # PyYAML's stubs leave events untyped

    @property
    def value(self) -> str:
        """As libyaml reads it."""
        return self.event.value  # type: ignore[no-any-return]  # see above


def read(text: Text, reading: Reading) -> None:
    """Read a YAML stream into `reading`: problems at once, values when blocks are asked for."""
    masked = masked_for_libyaml(text.value)
    scalars = list(_scalars(masked, text, reading))
    reading.addresses += (
        text.root[slice(*text.span(scalar.start, scalar.end))].strip("'\"")
        for scalar in scalars
        if is_link_key(scalar.key) and is_address(scalar.key, scalar.value)
    )
    for match in FORBIDDEN.finditer(text.value):
        message = f"control character U+{ord(match[0]):04X} is not allowed in YAML"
        reading.problems.append(Problem(text.span(match.start(), match.end()), message))
        break  # one is enough: they come in masses where a file is binary
    reading.defer(lambda: _read_scalars(scalars, masked, text, reading))


def masked_for_libyaml(value: str) -> str:
    """As long as `value`, with a stand-in for each character that makes libyaml reject the whole document."""
    if "\\u" in value:
        value = SURROGATE_ESCAPE.sub(r"\\u00", value)
    shown = value.replace("\n", "").replace("\t", "").replace("\r", "")
    if shown.isprintable():  # as nearly all is, and compiling the pattern takes 4 ms
        return value
    return UNPRINTABLE.sub(MASK, value)


class _Frame:
    """An open collection."""

    __slots__ = ("indent", "key", "keys", "mapping", "record", "wants_key")

    def __init__(self, mapping: bool, indent: int, record: Record | None) -> None:
        self.mapping = mapping
        self.indent = indent
        self.wants_key = mapping
        self.key = ""
        self.keys: set[str] = set()
        self.record = record


NO_FRAME = _Frame(False, -1, None)
"""What a document is in that is a single scalar."""


def _scalars(masked: str, text: Text, reading: Reading) -> Iterator[Scalar]:
    """The scalars that are values. What the parser rejects becomes a problem, and what stands before it is kept."""
    from yaml import YAMLError, events

    frames: list[_Frame] = []
    structure = reading.structure
    try:
        for event in _events(masked):
            kind = event.__class__
            if kind is events.ScalarEvent:  # most of them are, so here is no call that can be spared
                frame = frames[-1] if frames else NO_FRAME
                if frame.wants_key:
                    frame.wants_key = False
                    _open_key(event, frame, text, reading)
                else:
                    frame.wants_key = frame.mapping
                    structure.append(event.style or "plain")
                    yield Scalar(event, frame.indent, frame.key, frame.record)
            elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
                if len(frames) == MAX_DEPTH:
                    reading.problems.append(_too_deep(event, text))
                    return
                frames.append(_open(event, frames, reading))
            elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                frames.pop()
                structure.append("end")
            elif kind is events.AliasEvent:
                _step(frames)
                structure.append("alias")
    except (YAMLError, ValueError, RecursionError) as error:
        problem = _problem(error, masked, text)
        if problem is not None:
            reading.problems.append(problem)


def _events(masked: str) -> Iterator[Any]:
    """What `yaml.parse` gives, by half as many calls."""
    import yaml

    # A PyYAML built without libyaml has the slow loader only; both give the same events
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(masked)
    return iter(loader.get_event, None)


def _too_deep(event: Any, text: Text) -> Problem:
    place = event.start_mark.index
    return Problem(text.span(place, place + 1), f"nested deeper than {MAX_DEPTH} levels")


def _step(frames: list[_Frame]) -> bool:
    """Count a node in the collection that is open. Whether it is a key."""
    if not frames or not frames[-1].mapping:
        return False
    frames[-1].wants_key = not frames[-1].wants_key
    return not frames[-1].wants_key


def _open(event: Any, frames: list[_Frame], reading: Reading) -> _Frame:
    from yaml import events

    if _step(frames):
        frames[-1].key = ""
    mapping = isinstance(event, events.MappingStartEvent)
    reading.structure.append("mapping" if mapping else "sequence")
    around = frames[-1].indent if frames else -1
    record = frames[-1].record if frames else None
    if mapping:
        record = Record("mapping", frames[-1].key if frames else "", record)
        reading.records.append(record)
    frame = _Frame(mapping, around if event.flow_style else event.start_mark.column, record)
    if not mapping and frames:
        frame.key = frames[-1].key
    return frame


def _open_key(event: Any, frame: _Frame, text: Text, reading: Reading) -> None:
    """Remember the key whose value comes next, and report it where it stands twice."""
    key = frame.key = event.value
    reading.structure.append(key)
    if key in frame.keys and key != "<<":
        shown = key if len(key) <= MAX_SHOWN else key[: MAX_SHOWN - 1] + "…"
        span = text.span(event.start_mark.index, event.end_mark.index)
        reading.problems.append(Problem(span, f"the key '{shown}' stands twice in this mapping"))
    frame.keys.add(key)


def _problem(error: Exception, masked: str, text: Text) -> Problem | None:
    """What the parser said. Nothing where a template stands in the data: what it makes of it cannot be known."""
    if "{{" in masked or "{%" in masked or "<%" in masked:
        return None
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = min(mark.index if mark is not None else 0, max(len(masked) - 1, 0))
    reason = " ".join(str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    return Problem(text.span(place, min(place + 1, len(masked))), f"this is not valid YAML: {reason or error}")


def _read_scalars(scalars: list[Scalar], masked: str, text: Text, reading: Reading) -> None:
    for scalar in scalars:
        if scalar.value:
            value = text.derive(scalar_pieces(text.value, masked, scalar), LAYERS[scalar.style])
            if scalar.record is not None:
                scalar.record.fields.append(Field(scalar.key, value))
            read_value(value, scalar.key, reading)


def read_value(value: Text, key: str, reading: Reading) -> None:
    """Read the value of a key, of front matter or data in any format: Markdown where it looks like it."""
    if is_address(key, value.value):
        reading.links.append(Link("value", value, key=key))
    elif MARKUP.search(value.value) or key in PROSE_KEYS:
        read_markdown(value, reading)
    elif value.value.strip():
        reading.structure.append("Paragraph")  # as Markdown would, so that mending an entity in it changes nothing
        reading.blocks.append(Block("value", value, name=key))


def scalar_pieces(source: str, masked: str, scalar: Scalar) -> list[Piece]:
    """What each stretch of a scalar's source reads as. The values together are the scalar's."""
    properties = PROPERTIES.match(source, scalar.start, scalar.end)
    start = properties.end() if properties else scalar.start
    if scalar.style in ("|", ">"):
        pieces = _block_pieces(source, start, scalar)
    elif scalar.style == '"':
        pieces = _flow_pieces(source, start + 1, scalar.end - 1, DOUBLE_QUOTED, _double)
    elif scalar.style == "'":
        pieces = _flow_pieces(source, start + 1, scalar.end - 1, SINGLE_QUOTED, _single)
    else:
        pieces = _flow_pieces(source, start, scalar.end, FOLD, _folded)
    as_libyaml_read_it = source[start : scalar.end] == masked[start : scalar.end]
    if as_libyaml_read_it and "".join(value or "" for value, _, _ in pieces) != scalar.value:
        return [(scalar.value, start, scalar.end)]  # rather one coarse segment than a wrong map
    return pieces


def _folded(source: str) -> str:
    """A line break in a flow scalar is a space, more of them are one line break less."""
    breaks = len(LINE_END.findall(source))
    return " " if breaks == 1 else "\n" * (breaks - 1)


def _single(source: str) -> str:
    return "'" if source == "''" else _folded(source)


def _double(source: str) -> str:
    if source[0] != "\\":
        return _folded(source)
    if source[1] in "\r\n":  # an escaped line break is nothing, those behind it stay
        return "\n" * (len(LINE_END.findall(source)) - 1)
    return unescaped(source, LETTERS)


def _flow_pieces(source: str, start: int, end: int, special: re.Pattern[str], decode: Any) -> list[Piece]:
    pieces: list[Piece] = []
    for match in special.finditer(source, start, end):
        plain = source[start : match.start()]
        if match[0][0] in "\r\n":  # white space before a fold is no part of the value
            plain = plain.rstrip(" \t")
        if plain:
            pieces.append((plain, start, start + len(plain)))
        decoded = decode(match[0])
        if decoded:
            pieces.append((decoded, match.start(), match.end()))
        start = match.end()
    if start < end:
        pieces.append((source[start:end], start, end))
    return pieces


def _block_pieces(source: str, start: int, scalar: Scalar) -> list[Piece]:
    """A literal or folded scalar, line by line, in the steps of libyaml's scanner."""
    header = HEADER.match(source, start, scalar.end)
    if header is None:
        return []
    digits = header[1].strip("+-")
    lines = list(_lines(source, header.end(), scalar.end))
    indent = max(scalar.indent, 0) + int(digits) if digits else _indentation(source, lines, scalar.indent)
    pieces: list[Piece] = []
    leading: list[Piece] = []  # the break of the last line with text, and then those of the empty lines behind it
    trailing: list[Piece] = []
    after_blank = False
    for low, high, stop in lines:
        text = low + min(indent, len(source[low:high]) - len(source[low:high].lstrip(" ")))
        line_break: list[Piece] = [("\n", high, stop)] if stop > high else []
        if text == high and text - low <= indent:
            (trailing if leading or pieces else pieces).extend(line_break)
            continue
        blank = source[text] in " \t"
        if scalar.style == ">" and leading and not after_blank and not blank:
            folded = (" " if not trailing else "\n", leading[0][1], (trailing or leading)[0][2])
            leading, trailing = [folded], trailing[1:]
        pieces += leading + trailing
        pieces.append((source[text:high], text, high))
        leading, trailing, after_blank = line_break, [], blank
    if "-" not in header[1]:
        pieces += leading
    if "+" in header[1]:
        pieces += trailing
    return pieces


def _lines(source: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The lines of a range: start, end, and behind the line break."""
    while start < end:
        match = LINE_END.search(source, start, end)
        yield (start, match.start(), match.end()) if match else (start, end, end)
        start = match.end() if match else end


def _indentation(source: str, lines: list[tuple[int, int, int]], around: int) -> int:
    """Of a block scalar without an indicator: that of its first line with text."""
    longest = 0
    for low, high, _ in lines:
        spaces = len(source[low:high]) - len(source[low:high].lstrip(" "))
        longest = max(longest, spaces)
        if low + spaces < high:
            return max(spaces, around + 1, 1)
    return max(longest, around + 1, 1)
