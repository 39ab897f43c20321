from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity, Text

_NO_NOUN = """
    a al am an and are as at das dem den der des die e el et eine einem einen einer es est este i if ii iii in is it its
    la o of on or os ou u um un una une us
"""
"""what follows `a` where that is a letter, or a word of another language"""
_VOWEL = r"[aA]|[iI]|[oO](?!n(?:e|ce)(?:\b|s|self))|[eE](?![uw])|[uU](?:n(?!i|anim)|p|lt|lc|mb|gl|rg|rb|rn|tt|sh|dd)"
_CONSONANT = (
    r"[b-df-gj-lp-tvwzB-DF-GJ-LP-TVWZ]|[mM](?!health)|[nN](?!vidia)|[yY](?![tv])|[eE]u(?!ler)|one\b|once\b|"
    r"uni(?:t|f|v|q|on|c)|us[ea]|util|ubiq|h(?:igh|ard|and|uman|ome|ouse|ybrid|eat|elp|ead|ealth|eav|uge|idden|ole)"
)
WRONG = re.compile(
    r"(?<![\w'’./\\^_{-])"
    rf"(?:(?P<a>[Aa])\s+(?={_VOWEL})|(?P<an>[Aa]n)\s+(?={_CONSONANT}))"
    rf"(?!(?:{'|'.join(_NO_NOUN.split())})\b)(?P<word>[a-z]{{2,}}|[A-Za-z]{{3,}})(?![\w@/\\_=])"
)
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
        if not WRONG.search(page.source.text):
            return
        for text in page.prose():
            for match in WRONG.finditer(text.value):
                if not _is_right(text, match):
                    yield _finding(text, match)


def _is_right(text: Text, match: re.Match[str]) -> bool:
    """Whether it is a label, another language, or an acronym that starts with a vowel when it is read, too."""
    word = match["word"]
    if _is_acronym(word) and (match["an"] or word[0] not in "AEIO" or word[1] == word[0]):
        return True
    return _is_label(text.value, match) or text.is_quoted(*match.span()) or text.is_foreign(*match.span())


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) >= CAPITALS


def _is_label(value: str, match: re.Match[str]) -> bool:
    """Whether a capital `A` is no article: one that starts no sentence."""
    before = value[: match.start()].rstrip()
    return match[0][0] == "A" and bool(before) and before[-1] not in ".!?:;\"“'(*"


def _finding(text: Text, match: re.Match[str]) -> Finding:
    group = "an" if match["an"] else "a"
    article, word = match[group], match["word"]
    right = article[0] if group == "an" else f"{article}n"
    fix = Fix.by(text.edit(*match.span(group), right), safe=False, title=f"replace by '{right}'")
    return Finding(
        text.span(*match.span(group)),
        f"'{article}' before '{word}': '{right}'",
        fix,
        Severity.INFO if _is_acronym(word) else None,
    )
