from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity, Text

COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "dh": "ð", "th": "þ", "DH": "Ð", "TH": "Þ",
}  # fmt: skip

ACCENT = re.compile(
    r"""(?P<open>\{)?(?P<slash>\\)?(?:(?P<mark>["'`^~])|(?P<word>[uvHrdck=.])(?=\{))(?:\{\\?(?P<braced>[A-Za-z])\}|\\?(?P<letter>[A-Za-z]))(?(open)\})"""
)
"""An accent. In Markdown the backslash before a mark is an escape and does not show, so it need not be there."""
LETTER = re.compile(r"\{\\(ss|[oOlLi]|ae|AE|oe|OE|aa|AA|dh|DH|th|TH)\}|\\(ss|[oOlLi]|ae|AE|oe|OE|aa|AA)\{\}")
COMMAND = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|sl|rm|sf|superscript|subscript)|emph|underline|url|href|footnote|cite[pt]?|mbox)\*?\{"
    r"|\{\\(?:em|bf|it|tt|sc|rm|deg)\b[^\S\n]?"
)
SUSPECT = re.compile(
    r"""\\(?:["'`^~]\{?\\?[A-Za-z]|[uvHrdck=.]\{|[oOlLi]\b|ss\b|[ao]e\b|[AO]E\b|aa\b|AA\b|dh\b|DH\b|th\b|TH\b)"""
    rf"|{COMMAND.pattern}"
)
NO_LATEX = frozenset((".bib", ".org", ".rst"))
"""The formats in which LaTeX accents are right, or in which the generator reads LaTeX."""


class LatexLeftover(PageRule):
    """A LaTeX accent or command shows as it is written: `Schr{\\"o}dinger`, `\\textit{not}`.

    Copied from a .bib file or from a paper's source. A web page does not run LaTeX outside formulas, so a visitor sees
    backslashes and braces. The fix writes the letter that an accent means.

    Silent in BibTeX, in Org and reStructuredText, in formulas and in code. Wrong where the site's generator runs text
    through LaTeX, or a script does so in the browser.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > Schr{\\"o}dinger Bridge
                  ^^^^^ LaTeX accent: this is 'ö'
            """,
            fixed="""
            > Schrödinger Bridge
            """,
        ),
        Example(
            """
            > by Jean-S\\'ebastien and Erd\\H{o}s
                       ^^^ LaTeX accent: this is 'é'
                                         ^^^^^ LaTeX accent: this is 'ő'
            """,
            fixed="""
            > by Jean-Sébastien and Erdős
            """,
            path="page.html",
        ),
        Example(
            """
            > which is \\textit{not} a function
                       ^^^^^^^ LaTeX command '\\textit' in a web page
            """
        ),
        Example(r"Say \"quoted\" in $\textit{math} \hat{o}$, `Schr{\"o}dinger` in code"),
        Example(r"@book{a, author = {Schr{\"o}dinger}}", path="a.bib"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        source = page.source.text
        if "\\" not in source or not SUSPECT.search(source) or page.path.lower().endswith(tuple(NO_LATEX)):
            return
        for text in page.texts():
            if "\\" in text.value or "\\" in text.written(0, len(text)):
                yield from self._accents(text)
                yield from self._commands(text)

    def _accents(self, text: Text) -> Iterator[Finding]:
        for match in ACCENT.finditer(text.value):
            shown = accented(text, match)
            if shown:
                yield _finding(text, match.start(), match.end(), shown)
        for match in LETTER.finditer(text.value):
            yield _finding(text, match.start(), match.end(), LETTERS[match[1] or match[2]])

    def _commands(self, text: Text) -> Iterator[Finding]:
        for match in COMMAND.finditer(text.value):
            name = match[0].strip("{ \t*")
            stop = match.start() + len(match[0].rstrip("{ \t"))
            yield Finding(text.span(match.start(), stop), f"LaTeX command '{name}' in a web page")


def accented(text: Text, match: re.Match[str]) -> str:
    """The letter that an accent means, or "" where it is none."""
    mark = match.start("mark")
    escaped = mark >= 0 and text.hidden_before(mark).strip("\\") == "" != text.hidden_before(mark)
    if not match["slash"] and not escaped:
        return ""
    in_word = bool(match["open"]) or text.value[: match.start()][-1:].isalpha()
    if not in_word and not match["braced"] and not (match["slash"] and match["letter"].isupper()):
        return ""  # an escaped quotation mark: \"well known\"
    letter = match["braced"] or match["letter"]
    composed = normalize("NFC", letter + COMBINING[match["mark"] or match["word"]])
    return composed if len(composed) == 1 else ""


def _finding(text: Text, start: int, end: int, shown: str) -> Finding:
    edit = text.edit(start, end, shown, over="\\")
    fix = Fix.by(edit, safe=False, title=f"replace by '{shown}'")
    return Finding(text.span(start, end), f"LaTeX accent: this is '{shown}'", fix)
