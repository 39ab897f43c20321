"""The line under which the carets stand, for any line and any place in it."""

from __future__ import annotations

import io
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcwidth

from sitecheck.finding import Place, Position
from sitecheck.reporters import Display
from sitecheck.reporters._frame import LEAST, frame
from sitecheck.reporters._screen import NARROW, Screen

UNRULY = (
    "\t\x00\x1b\x7f\x9b\u00ad\u0301\u0300\u20dd\u093f\u200b\u200d\u202e\u2028\ufe0f"
    "\u5f35\uff21\u1100\u1161\U0001f468\U0001f1e8\U0001f3fd\udc92\ud800\ue000\u00e9#"
)
LINE = st.text(st.sampled_from("ab ") | st.sampled_from(UNRULY) | st.characters(), max_size=200).map(
    lambda text: text.replace("\r", "").replace("\n", "")
)


def columns(text: str) -> int:
    widths = [wcwidth(char) for char in text]
    assert min(widths, default=0) >= 0, "a character that no terminal shows"
    return sum(widths)


def under_carets(line: str, column: int, carets: int) -> str:
    """The characters of a printed line that lie within some columns."""
    shown, at = [], 0
    for char in line:
        start = at if wcwidth(char) else at - 1  # combining: where the one before it is
        at += wcwidth(char)
        if column <= start < column + carets:
            shown.append(char)
    return "".join(shown)


@given(LINE, st.data())
def test_carets_stand_under_what_is_found(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    room = data.draw(st.integers(LEAST, 120))
    encoding = data.draw(st.sampled_from(["utf-8", "latin-1", "ascii"]))
    before = data.draw(st.sampled_from(["", "line one\n", "one\r\n", "\u5f35\r"]))
    screen = Screen(io.TextIOWrapper(io.BytesIO(), encoding), Display())
    place = Place("a.md", Position(len(before) + start, 2, start + 1), Position(len(before) + end, 2, end + 1))

    shown = frame(f"{before}{line}\nnext\n", place, room, screen)

    whole = screen.text(line)
    kept = shown.line.removeprefix(screen.ellipsis).removesuffix(screen.ellipsis)
    assert kept in whole or shown.line == whole
    assert columns(shown.line) <= room
    assert shown.carets >= 1
    assert shown.column + shown.carets <= max(columns(shown.line), shown.column + 1)
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for char in shown.line)
    if columns(whole) <= room:
        assert shown.line == whole
    base = start
    while start < end and base > 0 and not columns(screen.text(line[base])):
        base -= 1
    found = screen.text(line[base:end])
    if start < end and columns(found):
        assert wcwidth(kept[0]) > 0 or kept == whole[: len(kept)], "a combining character without its base"
        marked = under_carets(shown.line, shown.column, shown.carets)
        assert marked == found or (shown.line.endswith(screen.ellipsis) and found.startswith(marked))


@given(st.integers(1, 60), st.sampled_from(["a", "\u5f35", "\u0301", "\u200b"]))
@example(60, "\u0301")
def test_a_mark_in_the_midst_of_a_very_long_line(size: int, filling: str) -> None:
    screen = Screen(io.StringIO(), Display())
    text = filling * 5000 + "x" * size + filling * 5000
    place = Place("a.md", Position(5000, 1, 5001), Position(5000 + size, 1, 5001 + size))
    shown = frame(text, place, 60, screen)
    assert set(under_carets(shown.line, shown.column, shown.carets)) - {"\u0301"} == {"x"}
    assert columns(shown.line) <= 60
    assert shown.line[0] == shown.line[-1] == "…"
    assert wcwidth(shown.line[1]) > 0


def test_what_is_taken_for_narrow_is_narrow() -> None:
    narrow = [char for char in map(chr, range(0x110000)) if NARROW.match(char)]
    assert len(narrow) > 1000
    shown = Screen(io.StringIO(), Display()).cells("".join(narrow))
    assert [
        char for char, (text, width) in zip(narrow, shown, strict=True) if text == char and wcwidth(char) != width
    ] == []
