"""Citations in data: entries of BibTeX, mappings of YAML, the front matter of a paper's own page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from sitecheck.citations.citation import Citation, Identifier, joined
from sitecheck.citations.identifiers import ARXIV, doi, identifiers
from sitecheck.late import late
from sitecheck.page import Link, Page, Record
from sitecheck.readers.keys import UNSEEN
from sitecheck.text import Text

KEYS = {
    "title": ("title", "paper_title", "paper-title"),
    "authors": ("author", "authors"),
    "venue": (
        *("venue", "journal", "journaltitle", "booktitle", "conference", "publication", "display", "container-title"),
        *("proceedings", "venue_name", "publication_name", "conf", "howpublished", "school", "publication_short"),
    ),
    "year": ("year", "date", "issued", "pubdate", "pub_date"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "page"),
    "publisher": ("publisher",),
}
"""Which keys hold a part, the first that is there."""
NO_PAPERS = late(
    r"(?:^|/)_?(?:data/)?(?:news|talks?|events?|people|members?|team|alumni|courses?|teaching|projects?|grants?"
    r"|awards?|software|cv|resume|"
    r"jobs?|students?|posts?|blogs?|slides?|media|press|seminars?|theses)(?:[\w-]*\.\w+$|/)",
    re.IGNORECASE,
)
PAPER_FOLDER = late(r"(?:^|/)_?(?:publications?|papers?|pubs?|articles?|preprints?)/", re.IGNORECASE)
PAGES = (".md", ".markdown", ".html", ".htm", ".qmd", ".rmd", ".mdx")
"""Endings of files whose data is about themselves."""
PAPER_KEYS = frozenset(
    ("publication", "publication_types", "doi", "venue", "paperurl", "citation", "journal", "booktitle", "arxiv")
)
NOT_WORKS = frozenset(
    (
        "@comment",
        "@preamble",
        "@string",
        "@set",
        "@xdata",
        "@control",
        "@software",
        "@dataset",
        "@online",
        "@electronic",
    )
)
BESIDE_PAPER = late(r"(?:url_)?(?:slides?|posters?|talk|presentation|supp|appendix|errat|cv|video)", re.IGNORECASE)
"""Keys of files that are not the paper: two papers may have them in common."""
SUPPLEMENT = frozenset(("link", "links", "publication", "venue", "urls", "url", "journal", "conference"))
"""Mappings inside an entry that hold more of it."""


def may_have(path: str) -> bool:
    """Whether a file may hold citations in data: a page does only where papers have pages of their own."""
    return not path.lower().endswith(PAGES) or bool(PAPER_FOLDER.search(path))


def citations(page: Page) -> Iterator[Citation]:
    """Those that the file's data holds."""
    if not page.source.text or not page.records:
        return
    shown = _Shown(page)
    if page.records[0].kind.startswith("@"):
        yield from (_entry(record, page) for record in page.records if record.fields and record.kind not in NOT_WORKS)
        return
    if NO_PAPERS.search(page.path):
        return
    is_page = page.path.lower().endswith(PAGES)
    records = page.records[:1] if is_page else page.records
    children: dict[int, list[Record]] = {}
    for record in page.records:
        if record.parent is not None and record.name in SUPPLEMENT:
            children.setdefault(id(record.parent), []).append(record)
    for record in records:
        citation = _mapping(record, children.get(id(record), []), page, shown, is_page)
        if citation is not None:
            yield citation


class _Shown:
    """What a visitor sees of a value, without the mark-up in it."""

    def __init__(self, page: Page) -> None:
        self.texts = sorted(
            (block.text for block in page.blocks if block.kind != "attribute"), key=lambda text: text.begin[0]
        )
        self.starts = [text.begin[0] for text in self.texts]

    def of(self, value: Text) -> Text:
        low, high = value.begin[0], value.end[-1]
        within = self.texts[bisect_left(self.starts, low) : bisect_left(self.starts, high)]
        return joined(within, " ") if within else value


def _fields(records: list[Record]) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = {}
    for record in records:
        for name, value, _ in record.fields:
            if value.value.strip():
                found.setdefault(name.lower(), []).append(value)
    return found


def _entry(record: Record, page: Page) -> Citation:
    """One entry of BibTeX."""
    fields = _fields([record])
    texts = [value for values in fields.values() for value in values]
    citation = Citation("bibtex", joined(texts))
    citation.kind = record.kind[1:]
    citation.key = record.key
    for name, keys in KEYS.items():
        value = next((fields[key] for key in keys if key in fields), None)
        if value:
            setattr(citation, name, joined(value, " ") if name != "year" else _year(value[0]))
    citation.identifiers = tuple(_named(fields))
    return citation


def _named(fields: dict[str, list[Text]]) -> Iterator[Identifier]:
    """What names the work, each once: a DOI of arXiv stands beside the number that it is made of."""
    seen = set()
    for each in _in_fields(fields):
        if (each.scheme, each.value) not in seen:
            seen.add((each.scheme, each.value))
            yield each


def _in_fields(fields: dict[str, list[Text]]) -> Iterator[Identifier]:
    links = [
        Link(name, value)
        for name, values in fields.items()
        for value in values
        if ("://" in value.value or value.value.endswith(".pdf"))
        and " " not in value.value
        and not UNSEEN.match(name)
        and not BESIDE_PAPER.match(name)
    ]
    if "doi" in fields and "10." in fields["doi"][0].value:
        value = fields["doi"][0]
        scheme, name = doi(value.value[value.value.index("10.") :].strip(), in_url=True)
        yield Identifier(scheme, name, value.span(0, len(value)))
    for key in ("eprint", "arxiv", "arxivid"):
        for value in fields.get(key, ()):
            if match := ARXIV.search(value.value):
                yield Identifier("arxiv", match[1], value.span(*match.span(1)))
    texts = [
        value for name in ("journal", "note", "url", "howpublished", "booktitle") for value in fields.get(name, ())
    ]
    yield from identifiers(links, joined(texts) if texts else Text.whole(""))


def _year(value: Text) -> Text | None:
    match = re.search(r"(?:19|20)\d\d", value.value)
    return value[match.start() : match.end()] if match else None


def _mapping(record: Record, children: list[Record], page: Page, shown: _Shown, is_page: bool) -> Citation | None:
    """A mapping with a title, and enough of the rest to be a publication."""
    fields = _fields([record, *children])
    if "title" not in fields and "paper_title" not in fields:
        return None
    is_thesis = is_page and fields.keys() >= {"year", "pdf"}  # whose author is the page's
    if is_page and not (
        PAPER_FOLDER.search(page.path) and (is_thesis or fields.keys() & PAPER_KEYS or "authors" in fields)
    ):
        return None
    parts = {name: next((fields[key] for key in keys if key in fields), None) for name, keys in KEYS.items()}
    told = sum(parts[name] is not None for name in ("authors", "venue", "year")) + bool(
        fields.keys() & {"doi", "arxiv", "eprint"}
    )
    if not is_thesis and (told < 2 or not (parts["authors"] or parts["venue"])):
        return None
    texts = sorted((value for values in parts.values() if values for value in values), key=lambda text: text.begin[0])
    citation = Citation("paper" if is_page else "data", joined(texts))
    for name, values in parts.items():
        if values is None:
            continue
        if name == "authors":
            citation.authors = joined((shown.of(value) for value in values), ", ")
        elif name == "year":
            citation.year = _year(values[0])
        elif name in ("pages", "volume", "issue") and not (len(values[0]) < 40 and re.search(r"\d", values[0].value)):
            continue  # `page:` may be the address of the paper's own page
        else:
            setattr(citation, name, shown.of(values[0]))
    _refine_venue(citation)
    links = [
        Link(name, value)
        for name, values in fields.items()
        for value in values
        if "://" in value.value and " " not in value.value.strip()
    ]
    citation.links = tuple(links)
    citation.identifiers = tuple(_named(fields))
    return citation


def _refine_venue(citation: Citation) -> None:
    """The name of the venue alone, where the value has its year and more: `Nature Machine Intelligence (2025)`."""
    if citation.venue is None:
        return
    from sitecheck.citations.venue_place import venue_within

    value = citation.venue
    if citation.year is None:
        citation.year = _year(value)
    found = venue_within(value.value, 0, len(value))
    if found:
        citation.venue = value[found[0] : found[1]]
