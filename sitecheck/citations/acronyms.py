"""Acronyms in titles that lost their capitals: `Dpt: Deformable patch-based transformer`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck.citations.citation import Citation
from sitecheck.late import late
from sitecheck.page import Page
from sitecheck.text import Span, Text

PREFIX = late(r"\W{0,2}([A-Z][a-z0-9]{1,12})(?=:\s)")
LIKELY = late(r"[A-Z][a-z0-9]{1,12}:\s")
"""What a page has that has such a title, asked before its citations are looked for."""
REPOSITORY = late(
    r"(?:(?:github|gitlab)\.com/|(?=[\w-]{1,60}\.(?:github|gitlab)\.io/))([\w.-]{1,60})/([\w.-]{1,60}?)(?:\.git)?(?=[/?#]|$)",
    re.IGNORECASE,
)
"""(owner, name)"""
CAPITALS = late(r"(?<![\w.-])(?=[\w-]{0,13}[A-Z0-9][\w-]{0,12}[A-Z])[A-Z][A-Za-z0-9-]{1,13}(?![\w-])")
CAPITALS_INSIDE = late(r"(?<![A-Za-z0-9])(?=[a-z0-9]{0,13}[A-Z][A-Za-z0-9]{0,12}[A-Z])[A-Za-z0-9]{2,14}(?![A-Za-z0-9])")
START = late(
    r"^(?:b[lry]|c[hlry]|d[rwy]|f[lry]|g[hlnry]|k[lnry]|m[nye]|p[hlnrsty]|qu|rh|s[a-z]|t[hrswy]|v[lry]|w[hry]|x|z"
    r"|[^aeiouy][aeiouy]|[aeiouy])"
)


class LostCapitals(NamedTuple):
    """An acronym without its capitals."""

    text: Text
    start: int
    stop: int
    proper: str
    """how it is written, if the page tells"""
    proof: Span | None

    @property
    def shown(self) -> str:
        return self.text.value[self.start : self.stop]


def lost_capitals(page: Page) -> Iterator[LostCapitals]:
    """Titles whose first word, before a colon, was an acronym."""
    if page.is_bibtex or not LIKELY.search(page.source.text):
        return
    titles = [
        (each, match)
        for each in page.citations
        if each.title and each.shape != "bibtex" and (match := PREFIX.match(each.title.value))
    ]
    if not titles:
        return
    mentions = _mentions(page.citations)
    for citation, match in titles:
        title = citation.title
        if title is None:
            continue
        proper, proof = (
            _by_entry(citation.text, match[1])
            or _by_repository(citation, match[1])
            or _by_address(citation, match[1])
            or mentions.get(match[1].casefold(), ("", None))
        )
        if proper == match[1] or (not proper and not _unpronounceable(match[1])):
            continue
        yield LostCapitals(title, *match.span(1), proper, proof)


def _by_repository(citation: Citation, word: str) -> tuple[str, Span | None] | None:
    """The name of the repository of the same letters, or of the project's page."""
    for link in citation.links:
        match = REPOSITORY.search(link.url.value)
        if match and _proves(match[2], word):
            return match[2], link.url.span(*match.span(2))
    return None


def _proves(name: str, word: str) -> bool:
    return name.casefold() == word.casefold() and name != word and any(map(str.isupper, name))


def _by_entry(text: Text, word: str) -> tuple[str, Span | None] | None:
    """What a text calls it with capitals inside: a cell of the entry, say."""
    for match in CAPITALS_INSIDE.finditer(text.value) if word.casefold() in text.value.casefold() else ():
        if match[0].casefold() == word.casefold():
            return match[0], text.span(*match.span())
    return None


def _by_address(citation: Citation, word: str) -> tuple[str, Span | None] | None:
    """How a file or a folder is called, unless in capitals alone: those may be its custom."""
    for link in citation.links:
        found = _by_entry(link.url, word)
        if found and not found[0].isupper():
            return found
    return None


def _mentions(citations: Sequence[Citation]) -> dict[str, tuple[str, Span | None]]:
    """Words with capitals inside, by their letters; those that the page writes in two ways tell nothing."""
    found: dict[str, tuple[str, Span | None]] = {}
    unsure = set()
    for citation in citations:
        if citation.title is None:
            continue
        for match in CAPITALS.finditer(citation.title.value):
            letters = match[0].casefold()
            if letters in found and found[letters][0] != match[0]:
                unsure.add(letters)
            found[letters] = (match[0], citation.title.span(*match.span()))
    return {letters: each for letters, each in found.items() if letters not in unsure}


def _unpronounceable(word: str) -> bool:
    """Whether no word is written so: a digit in it, no vowel, or consonants that do not follow each other."""
    low = word.casefold()
    if any(map(str.isdigit, low)):
        return bool(re.search(r"[a-z]{2}\d[a-z]", low))  # Led3d, but not S3 or Repaint123
    return not re.search("[aeiouy]", low) or START.match(low) is None
