"""Bytes to text and back: nothing is lost, nothing is guessed, and places count what the user counts."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitecheck.source import Source

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@given(st.binary(max_size=200))
def test_any_bytes_come_back_unchanged(raw: bytes) -> None:
    source = Source("page.md", raw)
    if not source.lossy:
        assert source.encode(source.text) == raw


@given(ANY_TEXT, st.sampled_from([("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE),
                                  ("utf-16-be", codecs.BOM_UTF16_BE)]))  # fmt: skip
def test_encodings_with_and_without_a_mark(text: str, encoding: tuple[str, bytes]) -> None:
    if text.startswith(("\ufeff", "\0")):  # a mark of its own, or what makes a mark of UTF-16 one of UTF-32
        text = "a" + text
    source = Source("page.md", encoding[1] + text.encode(encoding[0]))
    assert source.text == text or (encoding[1] == b"" and "\0" in text)
    assert source.encode(text) == source.raw


@given(st.text(alphabet="a\r\n\x85\u2028\v\f", max_size=40), st.data())
def test_lines_end_at_lf_crlf_and_cr_only(text: str, data: st.DataObject) -> None:
    source = Source("page.md", text.encode())
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    splits_a_crlf = text[max(offset - 1, 0) : offset + 1] == "\r\n"
    line = before.count("\n") + 1 - splits_a_crlf
    position = source.position(offset)
    assert position.line == line
    start = offset - position.column + 1
    assert start == 0 or text[start - 1] in "\r\n"
    assert source.line(line) == text[start:].replace("\r", "\n").split("\n")[0]


def test_a_wrong_byte_is_found_by_its_offset_in_the_file() -> None:
    source = Source("page.md", "é — ".encode() + b"caf\xe9 \x80\x81 end")
    first, second = source.undecodable()
    assert (first.byte, first.raw, source.text[first.start - 1]) == (10, b"\xe9", "f")
    assert (second.byte, second.raw) == (12, b"\x80\x81")


@pytest.mark.parametrize(
    ("charset", "byte", "shown"),
    [
        ("iso-8859-1", b"\xe9", "é"),
        ("windows-1252", b"\x93", "“"),
        ("ISO-8859-2", b"\xb9", "š"),
        ("koi8-r", b"\xc1", "а"),
    ],
)
def test_a_page_may_declare_its_charset(charset: str, byte: bytes, shown: str) -> None:
    raw = f'<meta http-equiv="x" content="text/html; charset={charset}"><p>'.encode() + byte
    source = Source("page.html", raw)
    assert not source.damaged
    assert source.text[-1] == shown
    assert source.encode(source.text) == raw


@pytest.mark.parametrize("label", ["rot13", "hex", "idna", "punycode", "undefined", "utf-7", "zlib", "no-such-charset"])
def test_what_no_browser_knows_is_no_charset(label: str) -> None:
    source = Source("page.html", f'<meta charset="{label}">'.encode() + b"\xe9")
    assert source.encoding == "utf-8"
    assert source.damaged


def test_a_declaration_that_the_bytes_belie_is_not_followed() -> None:
    source = Source("page.html", '<meta charset="iso-8859-1"><p>café</p>'.encode())
    assert "café" in source.text
    assert source.declared == "iso8859-1"


def test_half_a_utf16_character_keeps_the_file_from_being_written() -> None:
    source = Source("page.md", codecs.BOM_UTF16_LE + "text".encode("utf-16-le") + b"x")
    assert source.lossy
    assert source.text.startswith("text")
