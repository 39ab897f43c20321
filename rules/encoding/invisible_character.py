from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity

LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
CONTROLS = "".join(map(chr, (*range(1, 0x20), 0x7F))).translate(dict.fromkeys(map(ord, "\t\n\r")))
ZERO_WIDTH = (
    "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u034f\u115f\u1160\u3164\uffa0\ufe0e\ufe0f\u2028\u2029"
)
INVISIBLE = frozenset(CONTROLS + ZERO_WIDTH)
IN_WORD = re.compile(f"(?<=[{LATIN}])(?:[{ZERO_WIDTH}]+|[{CONTROLS}]+)(?=[{LATIN}])")
NAMES = {
    "\u200b": "zero width space", "\u200c": "zero width non-joiner", "\u200d": "zero width joiner",
    "\u2060": "word joiner", "\ufeff": "byte order mark", "\u2028": "line separator", "\u2029": "paragraph separator",
}  # fmt: skip


class InvisibleCharacter(PageRule):
    """An invisible character stands inside a word.

    Nobody sees it, but search does not find the word, a link to it breaks, and a screen reader may stumble. It comes
    with text that was copied from a PDF, a chat or a web page. A control character there is what is left of a ligature
    that a PDF could not tell: the letters must be typed again.

    Silent where a script or an emoji needs such characters, and for soft hyphens. Wrong where a zero width space shall
    let a long word break; write `<wbr>`.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > Convolu\u200btional networks
                     ^ invisible U+200B (zero width space) inside a word
            """,
            fixed="""
            > Convolutional networks
            """,
        ),
        Example(
            """
            > further reduction is di\x0ecult
                                     ^ control character U+000E inside a word: a letter or a ligature is lost
            """
        ),
        Example("👩\u200d🔬 می\u200cخواهم inter\u00adnational"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.source.unusual.isdisjoint(INVISIBLE) or not IN_WORD.search(page.source.text):
            return
        for text in page.texts():
            for match in IN_WORD.finditer(text.value):
                first = match[0][0]
                code = f"U+{ord(first):04X}"
                span = text.span(*match.span())
                if first < " " or first == "\x7f":
                    yield Finding(
                        span,
                        f"control character {code} inside a word: a letter or a ligature is lost",
                        help="type the letters that stood there",
                    )
                    continue
                edit = text.edit(*match.span(), "")
                fix = Fix.by(edit, safe=False, title="remove it")
                name = f" ({NAMES[first]})" if first in NAMES else ""
                yield Finding(span, f"invisible {code}{name} inside a word", fix)
