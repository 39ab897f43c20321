"""What of a page may be shown to a person: no character of it controls the terminal, none stays unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sitecheck.late import late

if TYPE_CHECKING:
    from sitecheck.reporters import Display

TAB = 4
"""columns of a tab, wherever it stands: a line may be cut, and then its tab stops are gone"""

NO_SURE_WIDTH = late(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
"""What counts as printable and yet shows nothing, or makes one picture with its neighbours in some terminals and not
in others: fillers, variation selectors, the letters of flags, skin tones. Carets would miss."""

NARROW = late("[\u00a1-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2100-\u214f]")
"""One column each: what most pages have besides ASCII, known without the 25 ms that importing wcwidth costs."""

SPACE = late("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Python calls no space but U+0020 printable. These do no harm, and have columns."""

UNDECODED = late("[\udc80-\udcff]")
"""Stands for the byte of its last two digits, which is not of the file's encoding."""

CI_COMMAND = late(r"#(?=#\w{0,20}\[)")
"""`##vso[`, `##[`, `##teamcity[`: CI servers obey these anywhere in a line of output."""

RED, YELLOW, CYAN, GREEN, BOLD, DIM = "31", "33", "36", "32", "1", "2"

Cell = tuple[str, int]
"""A character as it is shown, and how many columns that takes."""


class _Cells(dict[str, Cell]):
    """The cell of each character, made when it is first met."""

    def __init__(self, encoding: str) -> None:
        super().__init__({"\t": (" " * TAB, TAB)})
        self._encoding = encoding

    def __missing__(self, char: str) -> Cell:
        width = self._width(char)
        shown = char
        if width < 0:
            shown = _stand_in(char)
            width = len(shown)
        self[char] = cell = (shown, width)
        return cell

    def _width(self, char: str) -> int:
        """In columns; -1 where the character cannot be shown as it is."""
        if char.isascii():
            return 1 if char.isprintable() else -1
        if not (char.isprintable() or SPACE.match(char)) or NO_SURE_WIDTH.match(char):
            return -1
        if not _can_encode(char, self._encoding):
            return -1
        if NARROW.match(char):
            return 1
        from wcwidth import wcwidth

        return wcwidth(char)


def _stand_in(char: str) -> str:
    """`<U+200B>`, or `<0x92>` for a byte that could not be decoded and is kept as a lone surrogate."""
    number = ord(char)
    return f"<0x{number % 0x100:02X}>" if UNDECODED.match(char) else f"<U+{number:04X}>"


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


class Screen:
    """Where a report goes: what it can show, and in which colours."""

    def __init__(self, out: TextIO, display: Display) -> None:
        encoding = getattr(out, "encoding", None) or "utf-8"
        self.width = display.width
        self.ellipsis = "…" if _can_encode("…", encoding) else "..."
        self._color = display.color
        self._links = display.links
        self._cells = _Cells(encoding)

    def cells(self, text: str) -> list[Cell]:
        """How each character is shown."""
        cells = [self._cells[char] for char in text]
        if "##" in text:
            for match in CI_COMMAND.finditer(text):
                shown = _stand_in("#")
                cells[match.start()] = (shown, len(shown))
        return cells

    def text(self, text: str) -> str:
        """The text, made harmless; on one line."""
        if text.isascii() and text.isprintable() and "##" not in text:
            return text
        return "".join(shown for shown, _ in self.cells(text))

    def path(self, path: str) -> str:
        """A file's name, made harmless where it starts a line, and as a link to the file where links work."""
        shown = self.text(path)
        if shown.lstrip().startswith("::"):  # GitHub would obey it
            shown = shown.replace(":", _stand_in(":"), 1)
        shown = self.paint(shown, BOLD)
        address = _address(path) if self._links else ""
        return f"\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\" if address else shown

    def paint(self, text: str, *styles: str) -> str:
        """Harmless text in a colour, where there are colours."""
        return f"\x1b[{';'.join(styles)}m{text}\x1b[0m" if self._color and styles else text


def _address(path: str) -> str:
    from pathlib import Path

    try:
        return Path(path).absolute().as_uri()
    except (ValueError, OSError):  # a name that no file can have
        return ""
