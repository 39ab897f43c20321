from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Edit, Example, Finding, Fix, Page, PageRule, Severity, Text

DOUBLE = re.compile(r"(?<=[a-z,;])(?P<wrong>[ ]{2,3})(?=[a-z(])")
BEFORE = re.compile(r"(?<=[a-z)])(?P<wrong>[ ]+)(?=,(?:\s|\Z)|\.(?:\s+[A-Z]|\Z))")
AFTER = re.compile(r"(?<![\w./@:,-])[a-z]{3,}(?P<wrong>,)(?=[a-z]{3,}(?![\w./@:,(=-]))")
SUSPECTS = (re.compile(r",[a-z]{3}"), re.compile(r" [,.](?=\s)"), re.compile(r"[a-z,;][ ]{2,3}[a-z(]"))
"""what any such place has; three searches are faster than one for three things"""
ALIGNED = (".txt", ".rst", ".org", ".bib")
"""suffixes of formats in which spaces line things up"""
SHAPES = (
    (DOUBLE, " ", "two spaces between words", "leave one space"),
    (BEFORE, "", "a space before a punctuation mark", "take it out"),
    (AFTER, ", ", "no space after a comma", "put a space after it"),
)


class Spacing(PageRule):
    """There are two spaces between words, one before a punctuation mark, or none after a comma.

    Browsers show two spaces as one; they matter to who edits the page. The others can be seen. What a paragraph has
    many times is told once, and mended as a whole.

    Silent after a full stop, where two spaces are a habit, before the marks that French sets apart, in plain text,
    where spaces line things up, and in lists of identifiers. Wrong where a list of options is quoted.
    """

    severity = Severity.INFO
    examples = (
        Example(
            """
            > He has  broad knowledge , and teaches maths,physics and  art.
                    ^^ two spaces between words, 2 times in this paragraph
                                     ^ a space before a punctuation mark
                                                         ^ no space after a comma
            """,
            fixed="""
            > He has broad knowledge, and teaches maths, physics and art.
            """,
        ),
        Example("One sentence.  Another one, with f(x,y) and `a  b` and 1,000 and a,b,c."),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.path.lower().endswith(ALIGNED) or not any(suspect.search(page.source.text) for suspect in SUSPECTS):
            return
        for text in page.prose():
            if " " in text.value.strip():
                yield from _in_text(text)


def _in_text(text: Text) -> Iterator[Finding]:
    for pattern, right, message, title in SHAPES:
        places = [match.span("wrong") for match in pattern.finditer(text.value)]
        places = [place for place in places if text.verbatim(*place)]
        if places:
            edits: list[Edit | None] = [text.edit(*place, right) for place in places]
            whole = tuple(edit for edit in edits if edit is not None)
            fix = Fix(whole, safe=True, title=title) if len(whole) == len(edits) else None
            often = f", {len(places)} times in this paragraph" if len(places) > 1 else ""
            yield Finding(text.span(*places[0]), f"{message}{often}", fix)
