from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Edit, Example, Finding, Fix, Page, PageRule, Severity, Span

CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
OVERRIDES = "\u202d\u202e"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
NAMES = {
    "\u202a": "left-to-right embedding", "\u202b": "right-to-left embedding", "\u202c": "pop directional formatting",
    "\u202d": "left-to-right override", "\u202e": "right-to-left override", "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate", "\u2068": "first strong isolate", "\u2069": "pop directional isolate",
}  # fmt: skip


class BidiControl(PageRule):
    """An invisible control makes text run in another direction than it is written.

    Such a control can make a name, an address or a link read unlike its source. Most arrive unseen with text that was
    pasted from a file dialog, a contact card or a PDF. On a line with Hebrew or Arabic the embeddings and isolates have
    a purpose and stay silent; overrides never have one.

    Wrong when a page demonstrates such controls; suppress the rule there.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > Mail: \u202axin.li@uni.example
                    ^ invisible control U+202A (left-to-right embedding)
            """,
            fixed="""
            > Mail: xin.li@uni.example
            """,
        ),
        Example("\u2067שלום עולם\u2069 is a greeting"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        source = page.source
        if source.unusual.isdisjoint(NAMES):
            return
        for match in CONTROL.finditer(source.text):
            line = source.line(source.position(match.start()).line)
            if match[0] in OVERRIDES or not RIGHT_TO_LEFT.search(line):
                yield Finding(
                    Span(*match.span()),
                    f"invisible control U+{ord(match[0]):04X} ({NAMES[match[0]]})",
                    Fix.by(Edit(*match.span(), ""), safe=False, title="remove the control"),
                )
