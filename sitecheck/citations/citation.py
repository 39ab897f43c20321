"""One entry of a publication list, and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, overload

from sitecheck.page import Link
from sitecheck.text import Span, Text

FIELDS = ("authors", "title", "venue", "year", "volume", "issue", "pages", "publisher")


class Identifier(NamedTuple):
    """What names a work, or its code: `doi`, `arxiv`, `pdf`, `code`, ... with the value in one canonical form."""

    scheme: str
    value: str
    span: Span


class Part:
    """A part of a citation: cut out of its text when somebody asks for the first time. Then it is an attribute."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, citation: None, owner: type) -> Part: ...

    @overload
    def __get__(self, citation: Citation, owner: type) -> Text | None: ...

    def __get__(self, citation: Citation | None, owner: type) -> Part | Text | None:
        if citation is None:
            return self
        place = citation.places.get(self.name)
        part = citation.text[place[0] : place[1]] if place else None
        citation.__dict__[self.name] = part
        return part


class Citation:
    """One entry of a publication list, however it is written. A part that was not found is None."""

    authors = Part()
    title = Part()
    venue = Part()
    year = Part()
    volume = Part()
    issue = Part()
    pages = Part()
    publisher = Part()

    def __init__(self, shape: str, text: Text, section: tuple[str, ...] = ()) -> None:
        self.shape = shape
        """`item`, `paragraph`, `line`, `row`, `data`, `paper` (a file of its own) or `bibtex`"""
        self.text = text
        """all of it that is shown"""
        self.section = section
        """the headings that it stands under, outermost first"""
        self.key: Text | None = None
        """of an entry of BibTeX"""
        self.kind = ""
        """the type of an entry of BibTeX, without its @"""
        self.lead: Text | None = None
        """what stands before the venue's name and belongs to its form: "In Proceedings of the 29th" """
        self.places: dict[str, tuple[int, int]] = {}
        """where in `text` its parts stand, by name, unless they were given as texts"""
        self.links: tuple[Link, ...] = ()
        self._identifiers: tuple[Identifier, ...] | None = None

    def __repr__(self) -> str:
        parts = ((name, getattr(self, name)) for name in FIELDS)
        return f"Citation({self.shape}, {', '.join(f'{name}={part.value!r}' for name, part in parts if part)})"

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What names the work: of the links and the text, where nothing else was given."""
        if self._identifiers is None:
            from sitecheck.citations.identifiers import identifiers

            self._identifiers = identifiers(self.links, self.text)
        return self._identifiers

    @identifiers.setter
    def identifiers(self, found: tuple[Identifier, ...]) -> None:
        self._identifiers = found

    @property
    def span(self) -> Span:
        return self.text.span(0, len(self.text))

    @property
    def place(self) -> Span:
        """Where to point at when it is the whole that is meant: its title, if it has one."""
        return self.title.span(0, len(self.title)) if self.title else self.span

    def parts(self) -> Iterator[tuple[str, Text]]:
        """The fields that were found, with their names."""
        for name in FIELDS:
            part: Text | None = getattr(self, name)
            if part is not None:
                yield name, part


def joined(texts: Iterable[Text], separator: str = "\n") -> Text:
    """Texts of one source as one. What stands for the separator is all that the source has in between."""
    values: list[str] = []
    at: list[int] = []
    begin: list[int] = []
    end: list[int] = []
    size = 0
    first: Text | None = None
    for text in texts:
        first = first or text
        start = text.begin[0]
        if values:
            at.append(size)
            begin.append(end[-1])
            end.append(max(end[-1], start))
            values.append(separator)
            size += len(separator)
        at.extend(size + place for place in text.at)
        begin.extend(text.begin)
        end.extend(text.end)
        values.append(text.value)
        size += len(text.value)
    if first is None:
        raise ValueError("there is no text to join")
    return (
        first
        if len(values) == 1
        else Text("".join(values), first.root, tuple(at), tuple(begin), tuple(end), first.layers)
    )
