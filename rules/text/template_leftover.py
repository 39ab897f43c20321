from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Severity, Text

PHRASES = (
    "lorem ipsum", "dolor sit amet", "consectetur adipiscing",
    "nelson bighetti", "write your biography here", "your name here", "your text here",
    "put your address / p.o. box", "link to your favorite", "you can put a picture in, too",
    "the number 2 is left for future work", "relevant topic in your field", "this is a description of your talk",
    "add a few paragraphs", "click here to edit", "this is an example post", "this is some sample text",
    "replace this text", "replace this paragraph", "your bio here", "tell the world about yourself",
    "you can even add a little note", "which of these is the best way to reach you",
)  # fmt: skip
"""what themes ship with, in lower case"""
_LONGEST = [max(re.findall("[a-z]+", phrase), key=len) for phrase in PHRASES]
KEYWORDS = frozenset((*_LONGEST, *map(str.capitalize, _LONGEST)))
"""of which a page with a phrase has one"""
TO_DO = re.compile(r"(?<![\w`'\"“-])(?:TODO|FIXME)(?![\w`'\"”])(?=\s*[:\]])")


class TemplateLeftover(PageRule):
    """Text that came with the theme is still there: a demo person, lorem ipsum, a TODO.

    Nobody has looked at this page since it was copied, which is what a visitor will think, too.

    Silent in code and in comments. Wrong where a page explains the theme.
    """

    severity = Severity.WARNING
    preview = True
    examples = (
        Example(
            """
            > Lorem ipsum dolor sit amet, consectetur elit.
              ^^^^^^^^^^^ placeholder text: 'Lorem ipsum'
            """
        ),
        Example(
            """
            > TODO: write about my research
              ^^^^ a note to yourself: 'TODO'
            """
        ),
        Example("We wrote `TODO`, and a to-do list. <!-- TODO: more -->"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not _is_suspect(page):
            return
        for text in page.prose():
            lower = text.value.lower()
            if len(lower) == len(text):  # else places are not the same
                yield from _phrase(text, lower)
            for match in TO_DO.finditer(text.value):
                yield Finding(text.span(*match.span()), f"a note to yourself: '{match[0]}'", help="do it")


def _is_suspect(page: Page) -> bool:
    source = page.source.text
    if "TODO" in source or "FIXME" in source:
        return True
    if KEYWORDS.isdisjoint(page.words):
        return False
    lower = source.lower()
    return any(phrase in lower for phrase in PHRASES)


def _phrase(text: Text, lower: str) -> Iterator[Finding]:
    """The first phrase of a theme: the next one says no more."""
    for phrase in PHRASES:
        start = lower.find(phrase)
        if start >= 0:
            stop = start + len(phrase)
            message = f"placeholder text: '{text.value[start:stop]}'"
            yield Finding(text.span(start, stop), message, help="write your own, or take it out")
            return
