"""A file's bytes as text, and back again without loss."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from typing import NamedTuple

from sitecheck.finding import Position

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LEGACY_CHARSETS = frozenset(
    """ascii big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949
    euc_jp euc_kr gb18030 gb2312 gbk iso2022_jp iso8859-1 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16
    iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 koi8-r koi8-u mac-cyrillic mac-roman
    shift_jis""".split()  # noqa: SIM905  # one name a line would hide the code below
)
"""What a page may declare besides UTF-8, by Python's names (after the WHATWG's Encoding standard)."""
PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r"
LINE_END = re.compile(r"\r\n?|\n")
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
UNDECODED = re.compile("[\udc80-\udcff]+")
"""Bytes that are not of the file's encoding stand in the text as these lone surrogates (PEP 383)."""


class Undecodable(NamedTuple):
    """A stretch of bytes that is not what the file's encoding allows."""

    byte: int
    """offset in the file, from 0"""
    start: int
    end: int
    """code points of the text"""
    raw: bytes


class Source:
    """One file: `text` is what its bytes say, without a byte order mark; lines end at LF, CRLF or CR only.

    A byte that cannot be decoded is kept in the text as a lone surrogate, so that the rest can be read and that
    `encode` gives the very bytes back. UTF-16 and UTF-32 have no such escape: there `lossy` is true, and the file
    must not be written.
    """

    __slots__ = ("_lines", "_unusual", "bom", "damaged", "declared", "encoding", "lossy", "path", "raw", "text")

    def __init__(self, path: str, raw: bytes) -> None:
        self.path = path
        self.raw = raw
        self.bom = b""
        self.encoding = "utf-8"
        self.declared = ""
        """the charset that the page's own `<meta charset>` names, where it is not UTF-8"""
        self.damaged = False
        """whether some bytes are not of the file's encoding"""
        self.lossy = False
        self._lines: list[int] | None = None
        self._unusual: frozenset[str] | None = None
        for bom, encoding in BOMS:
            if raw.startswith(bom):
                self.bom, self.encoding = bom, encoding
                break
        else:
            if not raw.isascii() and path.lower().endswith((".html", ".htm")):
                self._read_declaration()
        self.text = self._decode(raw[len(self.bom) :])

    def _read_declaration(self) -> None:
        match = META_CHARSET.search(self.raw, 0, 1024)
        if match is None:
            return
        name = _charset(match[1])
        if not name:
            return
        self.declared = name
        if not is_utf8(self.raw):  # UTF-8 by accident is next to impossible, so there the declaration is wrong
            self.encoding = "cp1252" if name in ("iso8859-1", "ascii") else name

    def _decode(self, raw: bytes) -> str:
        if self.encoding == "utf-8":
            try:
                return raw.decode()
            except UnicodeDecodeError:
                self.damaged = True
                return raw.decode("utf-8", "surrogateescape")
        try:
            text = raw.decode(self.encoding, "strict" if self.encoding.startswith("utf") else "surrogateescape")
            if text.encode(self.encoding, "surrogateescape") == raw:  # not so in the stateful charsets of East Asia
                self.damaged = UNDECODED.search(text) is not None
                return text
        except (UnicodeError, LookupError, ValueError):
            pass
        self.lossy = True
        return raw.decode(self.encoding, "replace")

    def encode(self, text: str) -> bytes:
        """The bytes that `text` is written as in this file, byte order mark included.

        Raises UnicodeEncodeError where the file's encoding has no such character.
        """
        strict = self.encoding.startswith(("utf-16", "utf-32"))
        return self.bom + text.encode(self.encoding, "strict" if strict else "surrogateescape")

    @property
    def unusual(self) -> frozenset[str]:
        """The characters that occur and are not printable ASCII. What a rule looks for is most often not among them."""
        if self._unusual is None:
            raw = self.raw if self.encoding == "utf-8" else self.text.encode("utf-8", "replace")
            rest = raw.translate(None, PRINTABLE)
            self._unusual = frozenset(rest.decode("utf-8", "surrogateescape")) if rest else frozenset()
        return self._unusual

    def undecodable(self) -> list[Undecodable]:
        """The stretches of bytes that are not of the file's encoding, in order."""
        found: list[Undecodable] = []
        if not self.damaged:
            return found
        byte, place = len(self.bom), 0
        for match in UNDECODED.finditer(self.text):
            byte += len(self.text[place : match.start()].encode(self.encoding, "surrogateescape"))
            raw = match[0].encode("ascii", "surrogateescape")
            found.append(Undecodable(byte, match.start(), match.end(), raw))
            byte += len(raw)
            place = match.end()
        return found

    def position(self, offset: int) -> Position:
        """Line and column (code points, from 1) of an offset (code points, from 0)."""
        lines = self._line_starts()
        line = bisect_right(lines, offset)
        return Position(offset, line, offset - lines[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        lines = self._line_starts()
        stop = lines[number] if number < len(lines) else len(self.text)
        return self.text[lines[number - 1] : stop].rstrip("\r\n")

    def _line_starts(self) -> list[int]:
        if self._lines is None:
            self._lines = [0, *(match.end() for match in LINE_END.finditer(self.text))]
        return self._lines


def _charset(label: bytes) -> str:
    """Python's name of a charset that browsers know, or "". (Python also has codecs that are none, such as `rot13`.)"""
    try:
        name = codecs.lookup(label.decode("ascii")).name
    except (LookupError, UnicodeError):
        return ""
    return name if name in LEGACY_CHARSETS else ""


def is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
