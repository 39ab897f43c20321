from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity, Text
from sitecheck.mojibake import Repair, find_repairs, suspicious

REFERENCE = re.compile(r"&(?:[aA](?:circ|tilde|ring|uml)|[iI]uml|eth|#(?:[xX]0*[89a-fA-F]\w|0*1[2-9]\d|0*2[0-4]\d));")
ESCAPE = re.compile(r"\\(?:u00|x)[89a-fA-F]")
"""Characters above ASCII that are written in ASCII, and may be the first of a broken run."""


class Mojibake(PageRule):
    """A character was read in the wrong charset, so that one turned into two or three: `â€™` for `’`.

    Text that was UTF-8 went through a program that took it for Windows-1252 or another charset. The fix reads the
    characters back. It is safe where the run can be nothing else, or where another run in the same file confirms the
    charset; where a byte was lost on the way, or the run is short and stands alone, it is unsafe.

    Silent in code spans and code blocks, where pages write about mojibake.
    """

    severity = Severity.ERROR
    examples = (
        Example(
            """
            > hardware (Nvidiaâ€™s A100)
                              ^^^ 'â€™' is '’' read as windows-1252
            """,
            fixed="""
            > hardware (Nvidia’s A100)
            """,
        ),
        Example(
            """
            > It&acirc;&euro;&trade;s possible
                ^^^^^^^^^^^^^^^^^^^^ 'â€™' is '’' read as windows-1252
            """,
            fixed="""
            > It’s possible
            """,
            path="page.html",
        ),
        Example(
            """
            > Network?â€? (2020)
                      ^^^ 'â€?' is '”' read as windows-1252, and a byte is lost
            """,
            fixed="""
            > Network?” (2020)
            """,
        ),
        Example("Müller’s café — SÃO PAULO, and `â€™` in code"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        source = page.source.text
        escaped = ("&" in source and REFERENCE.search(source)) or ("\\" in source and ESCAPE.search(source))
        if not escaped and not suspicious(source):
            return
        texts = [text for text in page.texts() if not text.value.isascii()]
        for text, repairs in zip(texts, find_repairs([text.value for text in texts]), strict=True):
            for repair in repairs:
                yield self._finding(text, repair)

    def _finding(self, text: Text, repair: Repair) -> Finding:
        broken = text.value[repair.start : repair.end]
        edit = text.edit(repair.start, repair.end, repair.replacement)
        safe = repair.confirmed and written_as_text(text, repair.start, repair.end)
        title = f"replace by '{repair.replacement}'" if repair.replacement else "remove it"
        return Finding(
            text.span(repair.start, repair.end),
            message(broken, repair),
            Fix.by(edit, safe=safe, title=title),
        )


def message(broken: str, repair: Repair) -> str:
    """What is wrong: what the reader sees, and which charset made it of what."""
    charset = repair.codec.replace("cp125", "windows-125").replace("mac_roman", "Mac Roman")
    if repair.kind == "control":
        return f"control character U+{ord(broken[0]):04X} is '{repair.replacement}' in {charset}"
    if not repair.replacement:
        return f"'{broken}' is a byte order mark read as {charset}"
    lost = ", and a byte is lost" if repair.kind == "lossy" else ""
    return f"'{broken}' is '{repair.replacement}' read as {charset}{lost}"


def written_as_text(text: Text, start: int, end: int) -> bool:
    """Whether each character is written as itself or as a character reference, and not as an escape in a string.

    A string with escapes was written by a program, which may read it back in its own way.
    """
    return all(
        text.verbatim(place, place + 1) or text.written(place, place + 1).startswith("&") for place in range(start, end)
    )
