from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity, Text

CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝАВЕЅІЈКМНОРСТХУ", "aeopcyxijshdqwABESIJKMHOPCTXY", strict=True))
GREEK = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX", strict=True))
LOOKALIKES = CYRILLIC | GREEK
"""Letters that look the same in most fonts. Unicode's confusables hold many more, but β, μ and Δ are science."""

MIXED_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]+")
SUSPECT = re.compile(f"[A-Za-z][{''.join(LOOKALIKES)}]|[{''.join(LOOKALIKES)}][A-Za-z]")
LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
MIN_LATIN = 3
"""Letters. A shorter word may be a symbol, as in `Аβ` or `НO`."""


class ConfusableCharacter(PageRule):
    """A Cyrillic or Greek letter stands inside a Latin word and looks like one of its letters.

    Nobody sees the difference, but search, sorting and spell checking fail on the word, and a reader may suspect
    deceit. It comes from a keyboard that was left in the other layout, or with copied text.

    Silent where the letter looks like no Latin one (Aβ, μm, ΔApeX) and in words that are mostly Cyrillic or Greek.
    Wrong where a name plays with scripts on purpose.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > the ca\u0441he of results
                    ^ Cyrillic 'с' (U+0441) inside a Latin word
            """,
            fixed="""
            > the cache of results
            """,
        ),
        Example("Aβ aggregates of ΔApeX mutants, 10 μm wide; Oleg and Олег"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.source.unusual.isdisjoint(LOOKALIKES) or not SUSPECT.search(page.source.text):
            return
        for text in page.texts():
            for word in MIXED_WORD.finditer(text.value):
                if SUSPECT.search(word[0]) and is_latin(word[0]):
                    yield from self._letters(text, word)

    def _letters(self, text: Text, word: re.Match[str]) -> Iterator[Finding]:
        for place, letter in enumerate(word[0], word.start()):
            if letter in LOOKALIKES:
                edit = text.edit(place, place + 1, LOOKALIKES[letter])
                script = "Cyrillic" if letter in CYRILLIC else "Greek"
                yield Finding(
                    text.span(place, place + 1),
                    f"{script} '{letter}' (U+{ord(letter):04X}) inside a Latin word",
                    Fix.by(edit, safe=False, title=f"replace by Latin '{LOOKALIKES[letter]}'"),
                )


def is_latin(word: str) -> bool:
    """Whether a word of several scripts is Latin but for letters that look so."""
    latin = len(LATIN_LETTER.findall(word))
    lookalikes = sum(letter in LOOKALIKES for letter in word)
    return latin >= MIN_LATIN and latin >= lookalikes and latin + lookalikes == len(word)
