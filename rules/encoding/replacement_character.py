from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Severity
from sitecheck.mojibake import find_repairs

LOST = re.compile("\ufffd+|(?:ï¿½)+")


class ReplacementCharacter(PageRule):
    """A character was lost and a replacement stands in its place.

    U+FFFD (`�`) is what a program writes where it cannot read a character; `ï¿½` is the same, damaged once more. What
    stood there must be typed again: look it up in the original, no program can know it.

    Wrong when a page shows the replacement character on purpose; put it into a code span.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > Khalifa University\ufffds campus
                                ^ a character is lost: U+FFFD stands in its place
            """
        ),
        Example(
            """
            > To get to Khalifa Universityï¿½s campus
                                          ^^^ a character is lost: U+FFFD stands in its place
            """
        ),
        Example("Khalifa University’s campus, where `\ufffd` is shown on purpose"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if "\ufffd" not in page.source.unusual and "ï¿½" not in page.source.text:
            return
        texts = [text for text in page.texts() if LOST.search(text.value)]
        for text, repairs in zip(texts, find_repairs([text.value for text in texts]), strict=True):
            for match in LOST.finditer(text.value):
                if not any(repair.start <= match.start() < repair.end for repair in repairs):
                    yield Finding(
                        text.span(*match.span()),
                        "a character is lost: U+FFFD stands in its place",
                        help="type what stood there",
                    )
