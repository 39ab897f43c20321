from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity

LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
LIGATURE = re.compile(f"[{LIGATURES}]")


class Ligature(PageRule):
    """A word holds a ligature character, pasted from a PDF.

    `ﬁ` is one character there: search for `find` does not find `ﬁnd`, and some fonts lack it. Fonts make ligatures by
    themselves where letters are written.

    Wrong in a text about ligatures.
    """

    severity = Severity.INFO
    examples = (
        Example(
            """
            > speciﬁc features
                   ^ the ligature 'ﬁ' is one character
            """,
            fixed="""
            > specific features
            """,
        ),
        Example("specific features"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.source.unusual.isdisjoint(LIGATURES):
            return
        for text in page.texts():
            for match in LIGATURE.finditer(text.value):
                letters = normalize("NFKC", match[0])
                edit = text.edit(*match.span(), letters)
                yield Finding(
                    text.span(*match.span()),
                    f"the ligature '{match[0]}' is one character",
                    Fix.by(edit, safe=False, title=f"replace by '{letters}'"),
                )
