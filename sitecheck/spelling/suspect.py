"""What a page tells of words that may be misspelt."""

from __future__ import annotations

from typing import NamedTuple


class Suspect(NamedTuple):
    """A word that may be misspelt, and where it stands in the page's source."""

    word: str
    start: int
    end: int
    guesses: tuple[str, ...]
    """what it may have been meant to be, cased as it is itself; the best first"""
    sure: bool
    """whether it is worth a warning as far as its page tells"""
    listed: bool
    """whether it is a known misspelling"""
    plain: bool
    """whether it is written in the source as it is read, and can be replaced there"""


class Use(NamedTuple):
    """How a page uses a word that some page suspects."""

    word: str
    """in lower case"""
    uses: int
    meant: int
    """how often the page has the best guess instead"""
    named: bool
    """whether it is, or is a part of, somebody's name"""


class Spelling(NamedTuple):
    """What a page has to say about suspected words."""

    suspects: tuple[Suspect, ...] = ()
    uses: tuple[Use, ...] = ()
    terms: tuple[str, ...] = ()
    """long words that no dictionary has and that resemble no other, in lower case"""
