"""Charsets as lenses on UTF-8: which character stands for which byte, and which runs of characters spell UTF-8."""

import re
from functools import cache

# cp1252 stands for latin-1 too: there a C1 control is taken for its own byte.
_NAMES = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "cp1251", "cp1253", "mac_roman", "cp437", "cp850")
_LATIN = frozenset(_NAMES[:5])
# In the others the leads of rarer scripts are everyday letters (`Ã` is CC in MacRoman)
_EVERYDAY = frozenset((*range(0xCC, 0xCE), *range(0xD3, 0xD7), *range(0xDA, 0xE0)))
_LEADS = frozenset(range(0xC2, 0xF1))

# UTF-8, a byte a character. No emoji and no script of living languages is beyond F0.
_UTF8 = re.compile(
    "(?:[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    # A surrogate pair, each half on its own three bytes: how Java and Oracle write emoji
    "|\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf])++"
)

CONTROLS = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
"""What cp1252 has where latin-1 has a C1 control."""


class Charset:
    """A one-byte charset. `table` maps code points of its upper half to bytes."""

    __slots__ = ("_alphabet", "_bytes", "_leads", "_own", "latin", "name", "table")

    def __init__(self, name: str, base: dict[int, int]) -> None:
        self.name = name
        self.latin = name in _LATIN
        self.table = _byte_table(name)
        if not self.latin:
            self.table = {char: byte for char, byte in self.table.items() if byte not in _EVERYDAY}
        # A character that the charset lacks must not pass for the byte of the same number
        self._bytes = dict.fromkeys(range(0x80, 0x100), 0) | self.table
        self._leads = frozenset(chr(char) for char, byte in self.table.items() if byte in _LEADS)
        self._alphabet = frozenset(map(chr, self.table))
        self._own = frozenset(chr(char) for char, byte in self.table.items() if base.get(char) != byte)

    def may_read(self, characters: set[str]) -> bool:
        """Whether a text of these characters may have runs in this charset that are not as well read as cp1252."""
        return not (self._leads.isdisjoint(characters) or self._own.isdisjoint(characters))

    def runs(self, text: str) -> list[tuple[int, int]]:
        """Where `text` spells UTF-8 seen through this charset."""
        if self._leads.isdisjoint(text):
            return []
        return [match.span() for match in _UTF8.finditer(text.translate(self._bytes))]

    def reads_like(self, other: "Charset", text: str) -> bool:
        """Whether `text`, all of which this charset has, is the same bytes in both."""
        return self._alphabet.issuperset(text) and text.translate(self.table) == text.translate(other.table)

    def is_run(self, text: str) -> bool:
        return _UTF8.fullmatch(text.translate(self._bytes)) is not None

    def decode(self, run: str) -> str:
        """What `run` was before it was read in this charset. `UnicodeError` where its bytes are not UTF-8."""
        data = run.translate(self._bytes).encode("latin-1")
        try:
            return data.decode()
        except UnicodeDecodeError:  # it may be surrogate pairs
            return data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")

    def reads(self, run: str, text: str) -> bool:
        """Whether `run` is `text` seen through this charset too."""
        return self.is_run(run) and self.decode(run).translate(CONTROLS) == text


def _byte_table(name: str) -> dict[int, int]:
    """Code point to byte, for the upper half of the charset. Undefined bytes are C1 controls, as in browsers."""
    table = {byte: byte for byte in range(0x80, 0xA0)} if name == "cp1252" else {}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(name, "ignore") or chr(byte) * (byte < 0xA0)
        if char:
            table[ord(char)] = byte
    return table


@cache
def charsets() -> tuple[Charset, ...]:
    """All of them, cp1252 first."""
    base = Charset("cp1252", {})
    return (base, *(Charset(name, base.table) for name in _NAMES[1:]))


@cache
def _alphabet() -> frozenset[str]:
    return frozenset(chr(char) for charset in charsets() for char in charset.table)


def may_be_bytes(text: str) -> bool:
    """Whether `text` has a character that stands for a byte of UTF-8 in some charset."""
    return not _alphabet().isdisjoint(text)
