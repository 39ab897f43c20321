"""What a site itself says of words: which it uses on purpose, and which terms it misspells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.spelling.lexicon import without_a_letter
from sitecheck.spelling.prose import suspects_in
from sitecheck.spelling.speller import Doubt
from sitecheck.spelling.suggestions import slip

if TYPE_CHECKING:
    from sitecheck.site import Site
    from sitecheck.spelling.suspect import Suspect

ON_PURPOSE = 3
"""uses of a word on a site from which on it is meant, unless the site has the right one more often"""
REPEATED = 5
"""uses of a word up to which it may be a slip that was repeated, if the site has the right one, too"""
ESTABLISHED, MORE_OFTEN = 3, 4
"""pages that use a term, and how many times those of a misspelling that is"""
LIKELY = 0.5
"""what a slip may cost; not the end of a word, where it has its forms"""


class Known(NamedTuple):
    """What all pages of the site tell of a word."""

    uses: int = 0
    meant: int = 0
    named: bool = False


class Vocabulary:
    """The words of a site that no dictionary settles."""

    def __init__(self, site: Site) -> None:
        self._known: dict[str, Known] = {}
        pages = [facts.spelling for facts in site.all_facts.values()]
        for use in chain.from_iterable(page.uses for page in pages):
            before = self._known.get(use.word, Known())
            named = before.named or use.named
            self._known[use.word] = Known(before.uses + use.uses, before.meant + use.meant, named)
        self._pages = Counter(chain.from_iterable(page.terms for page in pages))
        self._established: dict[str, list[str]] = {}
        """the terms of several pages, by each word that one slip could make of them once a letter is lost"""
        for term, number in self._pages.items():
            if number >= ESTABLISHED:
                for variant in (term, *without_a_letter(term)):
                    self._established.setdefault(variant, []).append(term)

    @classmethod
    def of(cls, site: Site) -> Vocabulary:
        return site.memo(cls.__name__, cls)

    def suspects(self, path: str, site: Site) -> Iterator[Suspect]:
        """The words of a page that are misspelt as far as its site tells."""
        spelling = site.facts(path).spelling
        for suspect in spelling.suspects:
            if not self._is_meant(suspect):
                yield suspect
            elif self._is_doubtful(suspect):
                yield suspect._replace(sure=False)
        slips = {
            word: Doubt((term,), sure=True, listed=False) for word in spelling.terms if (term := self._meant(word))
        }
        if slips:
            yield from suspects_in(site.page(path), slips)

    def _is_meant(self, suspect: Suspect) -> bool:
        """Whether the site shows that a word is a name or a term of its own."""
        if suspect.listed and suspect.word.islower():
            return False
        known = self._known.get(suspect.word.lower(), Known())
        if known.named:
            return True
        return known.uses >= ON_PURPOSE and known.meant < known.uses * (1 if suspect.listed else 2)

    def _is_doubtful(self, suspect: Suspect) -> bool:
        """Whether a word that seems to be meant is used no more than somebody repeats a slip."""
        known = self._known.get(suspect.word.lower(), Known())
        return suspect.sure and not known.named and known.uses <= REPEATED and known.meant > 0

    def _meant(self, word: str) -> str:
        """The term of the site of which a word is a misspelling; empty if it is none."""
        near = {term for variant in (word, *without_a_letter(word)) for term in self._established.get(variant, ())}
        return next((term for term in sorted(near - {word}) if self._is_slip(word, term)), "")

    def _is_slip(self, word: str, term: str) -> bool:
        return slip(word, term) < LIKELY and self._pages[term] >= MORE_OFTEN * self._pages[word]
