from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity

ORDINAL = re.compile(r"(?<![\w.,/#-])(?P<number>\d{1,4})(?P<ending>st|nd|rd|th|ST|ND|RD|TH)(?![\w-])")
SUSPECT = re.compile(r"(?P<number>[0-9]++)(?:<sup>)?(?P<ending>st|nd|rd|th|ST|ND|RD|TH)\b")
ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


class WrongOrdinal(PageRule):
    """An ordinal number has the wrong ending: "23th".

    Conferences are counted that way, and after twenty the endings start anew: 21st, 22nd, 23rd.

    Silent inside of identifiers and names. Wrong where a number is meant to be read as its digits: `the 2th bit`.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > The 35nd Conference and the 23th Workshop, after the 11st
                    ^^ '35nd' should be '35th'
                                            ^^ '23th' should be '23rd'
                                                                     ^^ '11st' should be '11th'
            """,
            fixed="""
            > The 35th Conference and the 23rd Workshop, after the 11th
            """,
        ),
        Example("The 1st, 2nd, 3rd, 4th, 11th, 12th, 13th, 21st, 101st and 112th; v1.3th, a2th, 3th-party"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not any(map(_is_wrong, SUSPECT.finditer(page.source.text))):
            return
        for text in page.prose():
            for match in filter(_is_wrong, ORDINAL.finditer(text.value)):
                if text.is_quoted(*match.span()):
                    continue
                right = ending(match["number"])
                edit = text.edit(*match.span("ending"), right)
                fix = Fix.by(edit, safe=False, title=f"replace by '{right}'")
                message = f"'{match[0]}' should be '{match['number']}{right}'"
                yield Finding(text.span(*match.span("ending")), message, fix)


def ending(number: str) -> str:
    """What an ordinal number ends in."""
    return "th" if number[-2:-1] == "1" else ENDINGS.get(number[-1], "th")


def _is_wrong(match: re.Match[str]) -> bool:
    return match["ending"].lower() != ending(match["number"])
