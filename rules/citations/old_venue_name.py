from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import (
    Block,
    Example,
    Finding,
    Fix,
    Page,
    PageRule,
    Text,
    given_up_name,
    old_name_pattern,
    old_venue_names,
    venue_acronyms,
)

YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
BEHIND = re.compile(r"[\s,.(]{0,3}['’‘]?((?:19|20)?\d{2})(?!\d)")
LISTED = re.compile(r"[A-Z][A-Za-z&]{2,10}")


class OldVenueName(PageRule):
    """A venue goes by a name that it has given up: NIPS is NeurIPS since 2018.

    What was published before the change keeps its name.

    Silent in running text, but for a year from the change on behind the name, and for lists of at least three venues
    without any year, such as those of program committees.

    Wrong where the year of the entry is wrong.
    """

    preview = True
    examples = (
        Example(
            """
            > - A. Lin. "Growth of kelp in cold water." NIPS, 2019.
                                                        ^^^^ NIPS is called NeurIPS since 2018
            > - A. Lin. "Tides of the Wadden Sea." NIPS, 2016.
            """,
            fixed="""
            > - A. Lin. "Growth of kelp in cold water." NeurIPS, 2019.
            > - A. Lin. "Tides of the Wadden Sea." NIPS, 2016.
            """,
        ),
        Example(
            """
            > Reviewer for CVPR, ICCV, NIPS, ICML and AAAI
                                       ^^^^ NIPS is called NeurIPS since 2018
            """
        ),
        Example("I was a visitor of NIPS 2016, and liked NIPS."),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        pattern = old_name_pattern()
        if not pattern.search(page.source.text) or page.is_bibtex:
            return
        taken = []
        for citation in page.citations:
            taken.append(citation.span)
            if (match := given_up_name(citation)) and citation.venue:
                yield _finding(citation.venue, *match.span())
        for block in page.blocks:
            start = block.text.begin[0]
            if block.kind != "attribute" and not any(low <= start < high for low, high in taken):
                yield from _in_prose(block, pattern)


def _in_prose(block: Block, pattern: re.Pattern[str]) -> Iterator[Finding]:
    value = block.text.value
    for match in pattern.finditer(value):
        behind = BEHIND.match(value, match.end())
        if behind:
            year = int(behind[1]) if len(behind[1]) == 4 else 2000 + int(behind[1])
            if old_venue_names()[match[0]].until <= year < 2050 and len(YEAR.findall(value)) <= 1:
                yield _finding(block.text, *match.span())
        elif not YEAR.search(value) and len({*LISTED.findall(value)} & venue_acronyms()) >= 2 and value.count(",") >= 2:
            yield _finding(block.text, *match.span())


def _finding(text: Text, start: int, stop: int) -> Finding:
    name = text.value[start:stop]
    old = old_venue_names()[name]
    fix = Fix.by(text.edit(start, stop, old.venue.acronym), safe=False, title=f"write '{old.venue.acronym}'")
    return Finding(text.span(start, stop), f"{name} is called {old.venue.acronym} since {old.until}", fix)
