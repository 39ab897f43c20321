from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, islice
from operator import eq

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity, Text

_WORDS = (
    "the|of|and|an?|to|in|is|are|was|were|be|been|for|with|without|on|at|by|from|as|it|its|this|these|those|we|our|my|"
    "your|their|his|or|but|can|will|has|have|into|onto|over|under|between|which|when|where|while|than|then|also|such|"
    "some|any|each|both|if|so|through|during|about|using|via"
)
DOUBLED = re.compile(
    rf"(?<![\w'’.-])(?P<word>{_WORDS})(?P<again>\s+(?P=word))(?![\w'’-])(?!\s+(?:situ|vivo|vitro|silico|utero)\b)"
)
SURE = frozenset(("the", "of", "and", "a", "an", "our", "their", "my", "your", "or", "from", "with", "these", "those"))
"""Where these stand twice no sentence can mean it."""
PARTICLE = re.compile(r"\b(?:in|on|to|by|at|with|over|through|about|is|are|was|were)\Z")
BEFORE_PARTICLE = re.compile(
    r"\b(?:log|sign|check|com|chim|tun|join|drop|mov|go|went|get|got|plug|turn|step|bring|brought|fill|opt|hand|turn|set|put"
    r"|tak|took|carr|hold|held|driv|rel|live|belong|refer|mean|point|look|what|who|where|how|that|this|it|all)\w*\s+\Z"
    r"|\b(?:what|who|where|how|that|this|it)\s(?:\w+\s){0,3}\Z",
    re.IGNORECASE,
)
"""What may stand before a particle and a preposition, as in "log in in the morning", and before "is is"."""
WORDS = frozenset((*_WORDS.split("|"), "a", "an"))


class RepeatedWord(PageRule):
    """A function word stands twice in a row: "the the".

    Usually left behind by an edit, or by a line break that hid it. The fix takes one of them out; it is safe for
    articles and their like, which no sentence has twice.

    Silent for words that may well be doubled ("had had", "that that", "in in situ", "log in in the morning"), and where
    one of the two has a capital: that is a name. Wrong where the words are talked about.
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
        Example("Log in in the morning. What it is is simple. The place I go to to rest."),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        words = page.running_words
        if WORDS.isdisjoint(compress(words, map(eq, words, islice(words, 1, None)))):
            return
        for text in page.prose():
            for match in DOUBLED.finditer(text.value):
                word = match["word"]
                if match["again"].strip() == word and not text.is_quoted(*match.span()) and not _is_meant(text, match):
                    edit = text.edit(*match.span("again"), "")
                    fix = Fix.by(edit, safe=word in SURE, title=f"take out one '{word}'")
                    yield Finding(text.span(*match.span()), f"'{word}' stands twice", fix)


def _is_meant(text: Text, match: re.Match[str]) -> bool:
    """Whether the first of the two may belong to what stands before, and the second to what follows."""
    before = text.value[max(0, match.start() - 60) : match.start()]
    return PARTICLE.search(match["word"]) is not None and BEFORE_PARTICLE.search(before) is not None
