"""Backslash escapes in the strings of YAML, TOML and JSON: the same in all of them, but for a few letters."""

from __future__ import annotations

from sitecheck.late import late

CODE_POINT = (
    r"x[0-9a-fA-F]{2}"
    r"|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # one character, as JSON writes those above U+FFFF
    r"|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}"
)
"""The pattern of what may follow a backslash to name a character by its number."""

LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}
CODE = late(r"[xuU]([0-9a-fA-F]{2,8})(?:\\u([0-9a-fA-F]{4}))?")


def unescaped(escape: str, letters: dict[str, str] = LETTERS) -> str:
    """What an escape stands for, its backslash included. Half of a surrogate pair is U+FFFD."""
    code = escape[1:]
    match = CODE.fullmatch(code)
    if match is None:
        return letters.get(code, code)
    number = int(match[1], 16)
    if match[2]:
        number = 0x10000 + ((number - 0xD800) << 10) + int(match[2], 16) - 0xDC00
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def quoted(value: str) -> str:
    """`value` as it is written between double quotes."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
