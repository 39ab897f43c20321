from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, islice
from operator import eq

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity

_WORDS = (
    "the|of|and|an?|to|in|is|are|was|were|be|been|for|with|without|on|at|by|from|as|it|its|this|these|those|we|our|my|"
    "your|their|his|or|but|can|will|has|have|into|onto|over|under|between|which|when|where|while|than|then|also|such|"
    "some|any|each|both|if|so|through|during|about|using|via"
)
DOUBLED = re.compile(
    rf"(?<![\w'’.-])(?P<word>{_WORDS})(?P<again>\s+(?P=word))(?![\w'’-])(?!\s+(?:situ|vivo|vitro|silico|utero)\b)"
)
WORDS = frozenset((*_WORDS.split("|"), "a", "an"))


class RepeatedWord(PageRule):
    """A function word stands twice in a row: "the the".

    Usually left behind by an edit, or by a line break that hid it. The fix takes one of them out.

    Silent for words that may well be doubled ("had had", "that that", "in in situ"), and where one of the two has a
    capital: that is a name. Wrong where the words are talked about.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > It also removes the the intercept.
                              ^^^^^^^ 'the' stands twice
            """,
            fixed="""
            > It also removes the intercept.
            """,
        ),
        Example(
            """
            > We present
            > a method of
                       ^^ 'of' stands twice
            > of our own.
            """
        ),
        Example("He had had enough; that that is so was shown in in situ experiments by The The."),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        words = page.running_words
        if WORDS.isdisjoint(compress(words, map(eq, words, islice(words, 1, None)))):
            return
        for text in page.prose():
            for match in DOUBLED.finditer(text.value):
                word = match["word"]
                if match["again"].strip() == word and not text.is_quoted(*match.span()):
                    edit = text.edit(*match.span("again"), "")
                    fix = Fix.by(edit, safe=True, title=f"take out one '{word}'")
                    yield Finding(text.span(*match.span()), f"'{word}' stands twice", fix)
