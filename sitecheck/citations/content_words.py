"""The words of a title that say something."""

from __future__ import annotations

import re

from sitecheck.citations.cited import Work

STOP = frozenset(
    """
        a an the of for in on and with to from by via using at as is are its towards toward how does do
    """.split()  # noqa: SIM905  # so many literals read worse
)


def content(a: Work, other: Work) -> frozenset[str]:
    """The stems of a title's words that say something. Two words that the other one joins are one: `multi view`."""
    found = []
    words = list(a.words)
    while words:
        word = words.pop(0)
        if words and word + words[0] in other.words:
            word += words.pop(0)
        if word not in STOP:
            found.append(_stem(word))
    return frozenset(found)


def in_order(a: Work) -> list[str]:
    """The same in the order in which they stand, each once: `from text to image` is not `from image to text`."""
    return list(dict.fromkeys(_stem(word) for word in a.words if word not in STOP))


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ing|ed)$", "", word.replace("isation", "ization").replace("ise", "ize"))
