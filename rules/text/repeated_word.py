from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity

_WORDS = (
    "the|of|and|an?|to|in|is|are|was|were|be|been|for|with|without|on|at|by|from|as|it|its|this|these|those|we|our|my|"
    "your|their|his|or|but|can|will|has|have|into|onto|over|under|between|which|when|where|while|than|then|also|such|"
    "some|any|each|both|if|so|through|during|about|using|via"
)
DOUBLED = re.compile(
    rf"(?<![\w'’.-])(?P<word>{_WORDS})(?P<again>\s+(?P=word))(?![\w'’-])(?!\s+(?:situ|vivo|vitro|silico|utero)\b)",
    re.IGNORECASE,
)
SUSPECT = re.compile(r"\b([a-z]++)(?:\s|<[^<>]*>|[*_\[])++\1\b")
"""what any such place has in a source, where mark-up may stand in between; and can be looked for fast"""
WORDS = frozenset((*_WORDS.split("|"), "a", "an"))


class RepeatedWord(PageRule):
    """A function word stands twice in a row: "the the".

    Usually left behind by an edit, or by a line break that hid it. The fix takes one of them out.

    Silent for words that may well be doubled ("had had", "that that", "in in situ"), and where the second one has a
    capital: it is a name. Wrong where the words are talked about.
    """

    severity = Severity.WARNING
    preview = True
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
        if not _is_suspect(page.source.text):
            return
        for text in page.prose():
            for match in DOUBLED.finditer(text.value) if _is_suspect(text.value) else ():
                word = match["word"]
                if match["again"].strip() == word.lower() and word != "A":
                    edit = text.edit(*match.span("again"), "")
                    fix = Fix.by(edit, safe=True, title=f"take out one '{word.lower()}'")
                    yield Finding(text.span(*match.span()), f"'{word.lower()}' stands twice", fix)


def _is_suspect(value: str) -> bool:
    return any(match[1] in WORDS for match in SUSPECT.finditer(value.lower()))
