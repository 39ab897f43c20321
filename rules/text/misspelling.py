from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sitecheck import (
    Edit,
    Example,
    Finding,
    Fix,
    Severity,
    Site,
    SiteRule,
    Span,
    Suspect,
    Vocabulary,
    of_other_dialect,
)


class Misspelling(SiteRule):
    """A word is misspelt, or two words are written as one.

    A misspelling is what a visitor remembers of a page. Three things make a word suspect: it is a known misspelling; no
    dictionary has it and a frequent word is one slip away; or it is two frequent words that lost the space between
    them. The fix writes the best guess.

    Names, methods, places and acronyms are what other spelling tools stumble over. So the rule is silent where a word
    stands beside a name, is part of a path or an identifier, or belongs to another language; and it reads the whole
    site: what stands in a field for authors, or is used three times or more, is meant; and where many pages have a
    term, a page that has it with a slip is told. A word that may well be a name or a term is told as info.

    Silent for words in `words` of the configuration and in the file `words.txt` beside it. A page may mix American and
    British spelling, unless `dialect` of the configuration names one: then the other is told, as info. Wrong where a
    term is new and resembles a common word; add it with `--add-word`.
    """

    severity = Severity.WARNING
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
    """words of the user's own, in lower case; the configuration sets them"""
    dialect: ClassVar[str] = ""
    """`en-GB` or `en-US`, if the configuration says so; else a page may mix them"""

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        own = frozenset(self.words)
        facts = site.facts(path).spelling
        if facts.suspects or facts.terms:
            for suspect in Vocabulary.of(site).suspects(path, site):
                if suspect.word.lower() not in own:
                    yield _finding(suspect, "is misspelt" if suspect.sure else "may be misspelt")
        if self.dialect:
            for suspect in of_other_dialect(site.page(path), self.dialect):
                if suspect.word.lower() not in own:
                    yield _finding(suspect, f"is not the spelling of {self.dialect}")


def _finding(suspect: Suspect, said: str) -> Finding:
    best = suspect.guesses[0]
    edit = Edit(suspect.start, suspect.end, best) if suspect.plain else None
    fix = Fix.by(edit, safe=False, title=f"replace by '{best}'")
    guesses = " or ".join(f"'{guess}'" for guess in suspect.guesses)
    return Finding(
        Span(suspect.start, suspect.end),
        f"'{suspect.word}' {said}: {guesses}",
        fix,
        None if suspect.sure else Severity.INFO,
        help="" if fix else f"write '{best}'",
    )
