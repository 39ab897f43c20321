"""Slicing, joining and decoding keep the map from a text to its source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitecheck.text import PLACEHOLDER, Layer, Piece, Text

DOTS = Layer("dots", lambda source: source.replace("..", "."), lambda value: value.replace(".", ".."))


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A source of letters and doubled dots, some of it hidden, read once or twice."""
    root = draw(st.text(alphabet="abc|", max_size=30)).replace("b", "..")
    pieces: list[Piece] = []
    place = 0
    while place < len(root):
        if root.startswith("..", place):
            pieces.append((".", place, place + 2))
            place += 2
        else:
            if root[place] != "|":  # bars are not shown
                pieces.append((root[place], place, place + 1))
            place += 1
    text = Text.whole(root).derive(pieces, DOTS)
    start = draw(st.integers(0, len(text)))
    return text[start : draw(st.integers(start, len(text)))] if draw(st.booleans()) else text


@given(texts(), st.data())
def test_a_slice_maps_as_the_whole_does(text: Text, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    part = text[start:stop]
    assert part.value == text.value[start:stop]
    for place in range(len(part)):
        assert part.span(place, place + 1) == text.span(start + place, start + place + 1)


@given(texts())
def test_spans_hold_what_is_shown_and_nothing_hidden(text: Text) -> None:
    written = "".join(text.root[span.start : span.end] for span in text.spans(0, len(text)))
    assert written.replace("..", ".") == text.value
    assert "|" not in written


@given(texts(), st.data())
def test_an_edit_changes_what_is_read_and_nothing_else(text: Text, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    new = data.draw(st.text(alphabet="xy.", max_size=3))
    edit = text.edit(start, stop, new)
    if edit is None:
        assert "|" in text.written(start, stop)
        return
    after = text.root[: edit.start] + edit.text + text.root[edit.end :]
    assert edit.text.replace("..", ".") == new or ".." not in edit.text
    assert text.root[: edit.start] == after[: edit.start]
    assert text.root[edit.end :] == after[len(after) - len(text.root) + edit.end :]
    assert text.root[edit.start : edit.end] == text.written(start, stop)


@given(st.lists(st.sampled_from(["ab", "&amp;", "<b>", "\n  "]), max_size=8))
def test_reading_in_two_steps_is_reading_in_one(parts: list[str]) -> None:
    """Markdown inside a scalar: the second map is laid upon the first."""
    root = "".join(parts)
    outer: list[Piece] = []
    both: list[Piece] = []
    place = 0
    for part in parts:
        start, place = place, place + len(part)
        if part == "\n  ":  # indentation goes away in the first step
            outer.append(("\n", start, start + 1))
            both.append(("\n", start, start + 1))
        else:
            outer.append((part, start, place))
            if part == "&amp;":  # the second step reads entities and drops tags
                both.append(("&", start, place))
            elif part != "<b>":
                both.append((part, start, place))
    first = Text.whole(root).derive(outer)
    inner: list[Piece] = []
    place = 0
    while place < len(first):
        for token, value in (("&amp;", "&"), ("<b>", ""), (first.value[place], first.value[place])):
            if first.value.startswith(token, place):
                inner.append((value, place, place + len(token)))
                place += len(token)
                break
    second, direct = first.derive(inner), Text.whole(root).derive(both)
    assert second.value == direct.value
    assert [second.span(k, k + 1) for k in range(len(second))] == [direct.span(k, k + 1) for k in range(len(direct))]


def test_a_placeholder_is_never_edited() -> None:
    text = Text.whole("a `b` c").derive([("a ", 0, 2), (PLACEHOLDER, 2, 5), (" c", 5, 7)])
    assert text.edit(0, 5, "x") is None
    assert text.edit(0, 1, "x") is not None


def test_half_of_an_escape_is_never_edited() -> None:
    text = Text.whole("&fjlig;").derive([("fj", 0, 7)])
    assert text.edit(0, 1, "x") is None
    assert text.edit(0, 2, "x") == (0, 7, "x")


def test_what_is_hidden_before_a_character() -> None:
    text = Text.whole('L\\"o').derive([("L", 0, 1), ('"o', 2, 4)])
    assert text.hidden_before(1) == "\\"
    assert text.hidden_before(2) == ""
    assert text.edit(1, 3, "ö") == (2, 4, "ö")
    assert text.edit(0, 3, "Lö") is None
    assert text.edit(0, 3, "Lö", over="\\") == (0, 4, "Lö")
