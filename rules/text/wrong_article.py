from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity, Text

ARTICLE = re.compile(r"(?<![\w'’./\\^_{-])(?P<article>[Aa]n?)\s+(?P<word>[a-z]{2,}|[A-Za-z]{3,})(?![\w@/\\_=])")
A_BEFORE_VOWEL = re.compile(
    r"a|i|o(?!n(?:e|ce)(?:\b|s|self))|e(?![uw])|u(?:n(?!i|anim)|p|lt|lc|mb|gl|rg|rb|rn|tt|sh|dd)", re.IGNORECASE
)
AN_BEFORE_CONSONANT = re.compile(
    r"[bcdfgjklpqrtvwz]|m(?!health)|n(?!vidia)|s|y(?![tv])|h(?:igh|ard|and|uman|ome|ouse|ybrid|eat|elp|ead|ealth|eav|uge|idden|ole)|"
    r"eu(?!ler)|one\b|once\b|uni(?:t|f|v|q|on|c)|us(?:e|a)|util|ubiq",
    re.IGNORECASE,
)
_NO_NOUN = """
    a al am an and are as at das dem den der des die e el et eine einem einen einer es est este i if ii iii in is it its
    la o of on or os ou u um un una une us
"""
NO_NOUN = frozenset(_NO_NOUN.split())
"""what follows `a` where that is a letter, or a word of another language"""
CAPITALS = 2
"""capitals from which on a word is an acronym, and may be read letter by letter"""


class WrongArticle(PageRule):
    """The article does not fit the sound that follows: "a auxiliary", "an construction".

    What counts is how the next word sounds, so "an hour" and "a university" are right.

    Silent before numbers, before words that are pronounced in two ways ("an historic"), where a capital `A` is a label
    in a sentence, and among words of another language. Before an acronym it is info: it may be read letter by letter
    or as a word. Wrong where `a` is a variable.
    """

    severity = Severity.WARNING
    preview = True
    examples = (
        Example(
            """
            > As a auxiliary task we use an construction of ours.
                 ^ 'a' before 'auxiliary': 'an'
                                         ^^ 'an' before 'construction': 'a'
            """,
            fixed="""
            > As an auxiliary task we use a construction of ours.
            """,
        ),
        Example(
            """
            > An culturally important domain
              ^^ 'An' before 'culturally': 'A'
            """
        ),
        Example(
            """
            > In a ICLR paper
                 ^ 'a' before 'ICLR': 'an'
            """
        ),
        Example("an hour, a university, an FBI agent, a one-off, a European, a US firm, Vitamin A is, a or b"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not any(map(_is_wrong, ARTICLE.finditer(page.source.text))):
            return
        for text in page.prose():
            for match in filter(_is_wrong, ARTICLE.finditer(text.value)):
                if not _is_label(text.value, match) and not text.is_foreign(*match.span()):
                    yield _finding(text, match)


def _is_wrong(match: re.Match[str]) -> bool:
    article, word = match["article"].lower(), match["word"]
    if word.lower() in NO_NOUN:
        return False
    if _is_acronym(word):
        return article == "a" and word[0] in "AEIO" and word[1] != word[0]
    wrong = A_BEFORE_VOWEL if article == "a" else AN_BEFORE_CONSONANT
    return bool(wrong.match(word))


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) >= CAPITALS


def _is_label(value: str, match: re.Match[str]) -> bool:
    """Whether a capital `A` is no article: one that starts no sentence."""
    before = value[: match.start()].rstrip()
    return match["article"][0] == "A" and bool(before) and before[-1] not in ".!?:;\"“'(*"


def _finding(text: Text, match: re.Match[str]) -> Finding:
    article, word = match["article"], match["word"]
    right = article[0] if len(article) == 2 else f"{article}n"
    fix = Fix.by(text.edit(*match.span("article"), right), safe=False, title=f"replace by '{right}'")
    return Finding(
        text.span(*match.span("article")),
        f"'{article}' before '{word}': '{right}'",
        fix,
        Severity.INFO if _is_acronym(word) else None,
    )
