"""What rules see of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.source import Source
from sitecheck.text import Span, Text

if TYPE_CHECKING:
    from sitecheck.citations.citation import Citation

PROSE = frozenset(("paragraph", "heading", "item", "cell", "caption", "term", "value", "field"))
"""The kinds of block that a visitor reads as text. An `attribute` (alt, title) is a hint."""

_INSIDE = r"A-Za-z0-9\u00c0-\u024f/@="
WORD = re.compile(rf"(?<![{_INSIDE}.#$\\&])[A-Za-z][a-z]{{0,29}}(?![{_INSIDE}]|['’](?!s\b)[a-z])")
"""a word of a source, of which nothing else is known"""


class Block:
    """A paragraph, heading, item, cell, value, ...: text without its mark-up, one placeholder for what is no prose."""

    __slots__ = ("kind", "level", "name", "text")

    def __init__(self, kind: str, text: Text, name: str = "", level: int = 0) -> None:
        self.kind = kind
        self.text = text
        self.name = name
        """the key of a value, the name of an attribute or field"""
        self.level = level
        """of a heading, from 1; else 0"""

    def __repr__(self) -> str:
        return f"Block({self.kind}, {self.text.value!r})"


class Link:
    """A link or an embedded file: its address, and the text that a visitor sees of it (None for an image)."""

    __slots__ = ("attributes", "key", "kind", "label", "url")

    def __init__(
        self,
        kind: str,
        url: Text,
        label: Text | None = None,
        attributes: frozenset[str] = frozenset(),
        key: str = "",
    ) -> None:
        self.kind = kind
        """of mark-up: `link`, `image`, `autolink` (the address is the text), `definition`, or the name of an attribute;
        of data: `value`, and `field` in BibTeX"""
        self.url = url
        self.label = label
        self.attributes = attributes
        """the names of its tag's attributes, in lower case; none where it is no tag"""
        self.key = key
        """what a value or a field is called; else empty"""

    def __repr__(self) -> str:
        return f"Link({self.kind}, {self.url.value!r})"


class Anchor(NamedTuple):
    """A place that a fragment can point to."""

    kind: str
    """`id` or `name`, the attribute of a tag; `attribute-list`, as in Markdown's `{#id}`"""
    text: Text


class Field(NamedTuple):
    """One value of a record. A list gives its name as often as it has values."""

    name: str
    value: Text
    label: Text | None = None
    """the name as it is written, in BibTeX"""


class Record:
    """What stands together in data: a mapping of YAML, a table of TOML, an entry of BibTeX."""

    __slots__ = ("fields", "key", "kind", "name", "parent")

    def __init__(self, kind: str, name: str = "", parent: Record | None = None, key: Text | None = None) -> None:
        self.kind = kind
        """`mapping`, `table`, or the type of an entry of BibTeX with its @, in lower case"""
        self.name = name
        """the key that it is the value of, if any"""
        self.parent = parent
        self.key = key
        """of an entry of BibTeX"""
        self.fields: list[Field] = []


class Problem(NamedTuple):
    """Something that the file's own language forbids: where, and why."""

    span: Span
    message: str


class Reading:
    """What a reader found in a file. Blocks do not overlap, and stand in no particular order."""

    __slots__ = ("_deferred", "addresses", "anchors", "blocks", "links", "problems", "records", "structure")

    def __init__(self) -> None:
        self._deferred: list[Callable[[], None]] = []
        self.addresses: list[str] = []
        """addresses that only their key gives away, as they are written; known before anything is parsed"""
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.anchors: list[Anchor] = []
        self.problems: list[Problem] = []
        self.records: list[Record] = []
        self.structure: list[str] = []
        """the file's skeleton: tags, keys, kinds of block. A fix must leave it as it is."""

    def defer(self, work: Callable[[], None]) -> None:
        """Leave parsing mark-up for when somebody asks for blocks. What finds problems is done at once."""
        self._deferred.append(work)

    @property
    def is_finished(self) -> bool:
        return not self._deferred

    def finish(self) -> None:
        """Do what was deferred, and what that defers."""
        while self._deferred:
            work, self._deferred = self._deferred, []
            for step in work:
                step()


class Page:
    """One file. Nothing of it is parsed before a rule asks for it."""

    __slots__ = ("_addresses", "_citations", "_read", "_reading", "_running_words", "_words", "source")

    def __init__(self, source: Source, read: Callable[[Source], Reading]) -> None:
        self.source = source
        self._read = read
        self._reading: Reading | None = None
        self._citations: list[Citation] | None = None
        self._addresses: str | None = None
        self._running_words: list[str] | None = None
        self._words: frozenset[str] | None = None

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def is_bibtex(self) -> bool:
        """Whether it is a list of references in BibTeX, of which a page shows what its template picks."""
        return self.path.lower().endswith(".bib")

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the front matter or data; needs no mark-up to be parsed."""
        return self._started().problems

    @property
    def addresses(self) -> str:
        """What may be the address of a link, as it is written or within a longer string, between line breaks.

        More than `links` has, at little cost: no link of the mark-up is missing, nor one that its key gives away. So a
        rule that finds nothing suspicious here, and in what begins with a scheme in the source, need not ask for
        `links`, which must parse. A line break within an address is `\\r`.
        """
        if self._addresses is None:
            from sitecheck.readers.addresses import find_addresses

            own = "".join(f"{address}\n" for address in self._started().addresses)
            found = "" if self.is_bibtex else find_addresses(self.source.text)
            self._addresses = f"\n{found}{own}"
        return self._addresses

    @property
    def links(self) -> list[Link]:
        return self._finished().links

    @property
    def anchors(self) -> list[Anchor]:
        return self._finished().anchors

    @property
    def blocks(self) -> list[Block]:
        return self._finished().blocks

    @property
    def structure(self) -> list[str]:
        return self._finished().structure

    @property
    def running_words(self) -> list[str]:
        """The words of the source in order, but those of paths and identifiers and those with more than one capital.

        Needs nothing parsed: what is not among them is not in the prose, so a rule can ask here first.
        """
        if self._running_words is None:
            self._running_words = WORD.findall(self.source.text)
        return self._running_words

    @property
    def words(self) -> frozenset[str]:
        """The running words, each once."""
        if self._words is None:
            self._words = frozenset(self.running_words)
        return self._words

    @property
    def records(self) -> list[Record]:
        """What the file has of data: mappings, tables, entries of BibTeX."""
        return self._finished().records

    @property
    def citations(self) -> list[Citation]:
        """The entries of publication lists, however they are written, in order."""
        if self._citations is None:
            from sitecheck.citations.finding import find

            self._citations = find(self)
        return self._citations

    def texts(self) -> Iterator[Text]:
        """Everything that is shown to somebody, alt texts and titles included, each character once."""
        return (block.text for block in self.blocks)

    def prose(self) -> Iterator[Text]:
        """What a visitor reads as sentences."""
        return (block.text for block in self.blocks if block.kind in PROSE)

    @property
    def is_parsed(self) -> bool:
        """Whether a rule has asked for what costs parsing."""
        return self._reading is not None and self._reading.is_finished

    def _started(self) -> Reading:
        if self._reading is None:
            self._reading = self._read(self.source)
        return self._reading

    def _finished(self) -> Reading:
        reading = self._started()
        reading.finish()
        return reading
