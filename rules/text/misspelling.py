from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from sitecheck import Edit, Example, Finding, Fix, Severity, Site, SiteRule, Span, Suspect

ON_PURPOSE = 3
"""uses of a word on a site from which on it is meant, unless the site has the right one more often"""


class Known(NamedTuple):
    """What all pages of the site tell of a word."""

    uses: int = 0
    meant: int = 0
    named: bool = False


class Misspelling(SiteRule):
    """A word is misspelt, or two words are written as one.

    A misspelling is what a visitor remembers of a page. Three things make a word suspect: it is a known misspelling; no
    dictionary has it and a frequent word is one slip away; or it is two frequent words that lost the space between
    them. The fix writes the best guess.

    Names, methods, places and acronyms are what other spelling tools stumble over. So the rule is silent where a word
    stands beside a name, is part of a path or an identifier, or belongs to another language; and it reads the whole
    site: what stands in a field for authors, or is used three times or more, is meant. A word that may well be a name
    or a term is told as info.

    Silent for words in `words` of the configuration and in the file `words.txt` beside it. Wrong where a term is new
    and resembles a common word; add it with `--add-word`.
    """

    severity = Severity.WARNING
    preview = True
    needs = frozenset(("spelling",))
    examples = (
        Example(
            """
            > We study new techiques for acclerating models.
                           ^^^^^^^^^ 'techiques' is misspelt: 'techniques'
                                         ^^^^^^^^^^^ 'acclerating' is misspelt: 'accelerating'
            """,
            fixed="""
            > We study new techniques for accelerating models.
            """,
        ),
        Example(
            """
            > The results showedthat both methods converge.
                          ^^^^^^^^^^ 'showedthat' is misspelt: 'showed that'
            """,
            fixed="""
            > The results showed that both methods converge.
            """,
        ),
        Example("Yijun Jing and Ambuj Tewarri met in Bielefield, and wrote `techiques`."),
        Example("Die Ergebnisse sind in der Literatur bekannt und wurden definitly von uns erklärt."),
        Example(
            "Our toolkit Fasttrak is fast.",
            others=(("about.md", "We made Fasttrak.\n\nFasttrak is free."),),
        ),
    )

    words: ClassVar[tuple[str, ...]] = ()
    """words of the user's own, in lower case; the configuration sets it"""

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        suspects = site.facts(path).spelling.suspects
        if not suspects:
            return
        own = frozenset(self.words)
        known = site.memo(self.name, _known)
        for suspect in suspects:
            if suspect.word.lower() not in own and not _is_meant(suspect, known.get(suspect.word.lower(), Known())):
                yield _finding(suspect)


def _known(site: Site) -> dict[str, Known]:
    """What the site tells of each word that some page suspects."""
    known: dict[str, Known] = {}
    for facts in site.all_facts.values():
        for use in facts.spelling.uses:
            before = known.get(use.word, Known())
            known[use.word] = Known(before.uses + use.uses, before.meant + use.meant, before.named or use.named)
    return known


def _is_meant(suspect: Suspect, known: Known) -> bool:
    """Whether the site shows that a word is a name or a term of its own."""
    if suspect.listed and suspect.word.islower():
        return False
    if known.named:
        return True
    return known.uses >= ON_PURPOSE and known.meant < known.uses * (1 if suspect.listed else 2)


def _finding(suspect: Suspect) -> Finding:
    best = suspect.guesses[0]
    guesses = " or ".join(f"'{guess}'" for guess in suspect.guesses)
    fix = Fix.by(
        Edit(suspect.start, suspect.end, best) if suspect.plain else None, safe=False, title=f"replace by '{best}'"
    )
    said = (
        f"'{suspect.word}' is misspelt: {guesses}" if suspect.sure else f"'{suspect.word}' may be misspelt: {guesses}"
    )
    return Finding(
        Span(suspect.start, suspect.end),
        said,
        fix,
        None if suspect.sure else Severity.INFO,
        help="" if fix else f"write '{best}'",
    )
