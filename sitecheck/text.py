"""Text that knows where each of its characters came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

PLACEHOLDER = "\ufffc"
"""Stands in a text for something that is not prose: inline code, math, a URL, a template tag."""


class Span(NamedTuple):
    """A half-open range of code points of `Source.text`."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace the code points `start` to `end` of `Source.text` by `text`."""

    start: int
    end: int
    text: str


class Layer(NamedTuple):
    """One language a text is written in: how its source form is read, and how a value is written in it.

    `encode` may return something that `decode` does not give back; `Text.edit` checks and refuses.
    """

    name: str
    decode: Callable[[str], str]
    encode: Callable[[str], str]


QUOTES = ("'", '"', "\u2018", "\u201c", "\u00ab", "\u2019", "\u201d", "\u00bb")

Piece = tuple[str | None, int, int]
"""(value, start, end): what a stretch of a text reads as, once decoded; None if as it is written. The offsets are the
outer text's."""


class Text:
    """A string, and in a few segments the source range of each stretch of it.

    Segment `k` covers `value[at[k]:at[k + 1]]` and stems from `root[begin[k]:end[k]]`. Where both are equally long,
    characters correspond one to one; otherwise the segment was decoded (`&amp;`, a fold, a placeholder) and stands
    for its source as a whole. Between segments lies what is not shown: tags, indentation, quotes.
    """

    __slots__ = ("at", "begin", "end", "layers", "root", "value")

    def __init__(
        self,
        value: str,
        root: str,
        at: tuple[int, ...],
        begin: tuple[int, ...],
        end: tuple[int, ...],
        layers: tuple[Layer, ...] = (),
    ) -> None:
        self.value = value
        self.root = root
        self.at = at
        self.begin = begin
        self.end = end
        self.layers = layers

    @classmethod
    def whole(cls, root: str) -> Text:
        """All of a source, as it is written."""
        return cls(root, root, (0,), (0,), (len(root),))

    def __repr__(self) -> str:
        return f"Text({self.value!r}, {list(zip(self.at, self.begin, self.end, strict=True))})"

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, part: slice) -> Text:
        start, stop, _ = part.indices(len(self.value))
        k = bisect_right(self.at, start) - 1
        head, tail = self.at[k], self._tail(k)
        if start < stop <= tail and self.end[k] - self.begin[k] == tail - head:  # within one segment, as most parts are
            shift = self.begin[k] - head
            return Text(self.value[start:stop], self.root, (0,), (shift + start,), (shift + stop,), self.layers)
        return self.derive(((None, start, stop),))

    def derive(self, pieces: Iterable[Piece], layer: Layer | None = None) -> Text:
        """The text that `pieces` of this one read as, mapped to the same source. `layer` is what decoded them."""
        own = self.value
        values: list[str] = []
        at: list[int] = []
        begin: list[int] = []
        end: list[int] = []
        size = 0
        joinable = False  # the last segment is verbatim, so what follows it in the source may join it
        shift = self.begin[0] if len(self.begin) == 1 and self.end[0] - self.begin[0] == len(own) else None
        first = None
        for value, start, stop in pieces:
            first = start if first is None else first
            if value is None:
                value = own[start:stop]
                verbatim = True
            else:
                verbatim = own[start:stop] == value
            if not value:
                continue
            if not verbatim:
                segments: Iterable[tuple[int, int, int]] = ((0, *self.span(start, stop)),)
                joinable = False
            elif shift is None:
                segments = self._cut(start, stop)
                joinable = False
            elif joinable and end[-1] == shift + start:
                end[-1] = shift + stop
                segments = ()
            else:
                segments = ((0, shift + start, shift + stop),)
                joinable = True
            for offset, low, high in segments:
                at.append(size + offset)
                begin.append(low)
                end.append(high)
            values.append(value)
            size += len(value)
        if not at:  # an empty text has a place, too: `[x]()`
            low, high = self.span(first or 0, first or 0)
            at, begin, end = [0], [low], [high]
        layers = self.layers if layer is None else (*self.layers, layer)
        return Text("".join(values), self.root, tuple(at), tuple(begin), tuple(end), layers)

    def _cut(self, start: int, stop: int) -> Iterable[tuple[int, int, int]]:
        """The segments of `value[start:stop]`, as (offset from `start`, source begin, source end)."""
        k = bisect_right(self.at, start) - 1
        while k < len(self.at) and self.at[k] < stop:
            head = self.at[k]
            tail = self._tail(k)
            low, high = self.begin[k], self.end[k]
            if high - low == tail - head:
                high = low + min(stop, tail) - head
                low += max(start, head) - head
            yield max(head, start) - start, low, high
            k += 1

    def _tail(self, k: int) -> int:
        """Where segment `k` ends in the value."""
        return self.at[k + 1] if k + 1 < len(self.at) else len(self.value)

    def span(self, start: int, stop: int) -> Span:
        """The source range that `value[start:stop]` stems from: a hull to show, which may hold tags in between."""
        low = self._source(start, self.begin)
        return Span(low, low if stop <= start else self._source(stop, self.end))

    def _source(self, place: int, side: tuple[int, ...]) -> int:
        """The source offset of a place between two characters: where the one behind begins, or the one before ends."""
        k = bisect_right(self.at, place if side is self.begin else place - 1) - 1
        tail = self._tail(k)
        if self.end[k] - self.begin[k] == tail - self.at[k]:
            return self.begin[k] + place - self.at[k]
        return self.end[k] if place == tail else side[k]

    def spans(self, start: int, stop: int) -> list[Span]:
        """The source ranges of `value[start:stop]`, one for each stretch with nothing hidden inside."""
        if stop <= start:
            return [self.span(start, start)]
        found: list[Span] = []
        for _, low, high in self._cut(start, stop):
            if found and found[-1].end == low:
                found[-1] = Span(found[-1].start, high)
            else:
                found.append(Span(low, high))
        return found

    def written(self, start: int, stop: int) -> str:
        """`value[start:stop]` in its source form, with what is hidden inside it."""
        low, high = self.span(start, stop)
        return self.root[low:high]

    def verbatim(self, start: int, stop: int) -> bool:
        """Whether `value[start:stop]` is written in the source as it is shown."""
        return self.written(start, stop) == self.value[start:stop]

    def is_quoted(self, start: int, stop: int) -> bool:
        """Whether `value[start:stop]`, and nothing else, stands in quotation marks: it is talked about."""
        return start > 0 and self.value[start - 1] in QUOTES and self.value[stop : stop + 1] in QUOTES

    def is_foreign(self, start: int, stop: int) -> bool:
        """Whether `value[start:stop]` stands among words of another language than English."""
        from sitecheck.spelling.language import is_foreign_around, is_foreign_text

        return is_foreign_text(self.value) or is_foreign_around(self.value, start, stop)

    def hidden_before(self, start: int) -> str:
        """The source between `value[start]` and the character before it, which is not shown: a tag, a backslash."""
        return self.root[self.span(start - 1, start).end : self.span(start, start + 1).start] if start else ""

    def edit(self, start: int, stop: int, new: str, *, over: str = "") -> Edit | None:
        """The edit that makes `value[start:stop]` read `new`, in the form that its place demands.

        None where that cannot be done by replacing one stretch of source: the range crosses something hidden (other
        than `over`), cuts an escape in two, or `new` cannot be written there.
        """
        spans = self.spans(start, stop)
        hidden = {self.root[before.end : after.start] for before, after in pairwise(spans)}
        if not spans or hidden - {over} or PLACEHOLDER in self.value[start:stop] or not self._whole(start, stop):
            return None
        low, high = spans[0].start, spans[-1].end
        form = new
        for layer in reversed(self.layers):
            form = layer.encode(form)
        back = form
        for layer in self.layers:
            back = layer.decode(back)
        return Edit(low, high, form) if back == new else None

    def _whole(self, start: int, stop: int) -> bool:
        """Whether neither end of the range lies inside a decoded segment."""
        for place in (start, stop):
            k = bisect_right(self.at, place) - 1
            tail = self._tail(k)
            if place not in (self.at[k], tail) and self.end[k] - self.begin[k] != tail - self.at[k]:
                return False
        return True
