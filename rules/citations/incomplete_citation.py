from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Page, PageRule, Severity

if TYPE_CHECKING:
    from sitecheck import Citation

UNPUBLISHED = re.compile(
    "submitted|under review|press|preprint|rxiv|to appear|forthcoming|accepted|thesis|in preparation|"
    "working paper|book|patent",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d|['’‘]\d\d(?!\d)")
NEXT = re.compile(r"\n\s{0,9}(?:[-*+]\s|\d{1,9}[.)]\s|\n)|</?(?:li|p|tr)\b")
ADDRESS = re.compile(r"\]\([^()\s]{0,400}\)|<[^<>]{0,400}>|https?:\S{0,400}")
LETTERS = re.compile(r"[^\W\d_]{3,}")
BEHIND = 300
"""characters of source behind an entry in which what it lacks may stand, where it was not cut out well"""
ENOUGH = 8
"""entries of a list that show what all of them should have"""


class IncompleteCitation(PageRule):
    """An entry has no year or no venue, where all others of its list have one.

    Silent where more than one entry of a list lacks it, for lists of less than eight, and for what is submitted, in
    press or a preprint. Where a year stands near the entry, or words that may be a venue, it is this program that did
    not recognise them.

    Wrong where the venue is a single word in the title's sentence.
    """

    severity = Severity.INFO
    preview = True
    examples = (
        Example(
            '> - A. Lin. "Tides of the Wadden Sea." Journal of Marine Science 7, pp. 1-9.\n'
            "             ^^^^^^^^^^^^^^^^^^^^^^^ no year, where all 8 others of this list have one\n"
            + "\n".join(
                f'> - A. Lin. "Growth of kelp, part {k}." Journal of Marine Science {k}, pp. 1-9, 2012.'
                for k in range(8)
            )
        ),
        Example('- A. Lin. "Tides of the Wadden Sea." Journal of Marine Science 7, pp. 1-9.'),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        lists: dict[tuple[str, ...], list[Citation]] = defaultdict(list)
        for citation in page.citations:
            lists[citation.shape, *citation.section].append(citation)
        for entries in lists.values():
            if len(entries) > ENOUGH:
                yield from _lacking(entries)


def _lacking(entries: list[Citation]) -> Iterator[Finding]:
    for part in ("year", "venue"):
        without = [each for each in entries if getattr(each, part) is None]
        if len(without) == 1 and not _unpublished(without[0]) and not MAY_HAVE[part](without[0]):
            yield Finding(
                without[0].place,
                f"no {part}, where all {len(entries) - 1} others of this list have one",
                help=f"add the {part}",
            )


def _unpublished(citation: Citation) -> bool:
    return UNPUBLISHED.search(citation.text.value) is not None


def _may_have_year(citation: Citation) -> bool:
    own = citation.text.root[citation.span.start : citation.span.end]
    return YEAR.search(own + _behind(citation)) is not None


def _may_have_venue(citation: Citation) -> bool:
    """Whether words are left that are no part of what was recognised; what follows a title may not be its authors."""
    rest = citation.text.value
    title = citation.title
    for name, part in citation.parts():
        if name != "authors" or title is None or part.begin[0] < title.begin[0]:
            rest = rest.replace(part.value, " ", 1)
    return LETTERS.search(rest + ADDRESS.sub(" ", _behind(citation))) is not None


def _behind(citation: Citation) -> str:
    """The source behind an entry, up to the next blank line or item."""
    start = citation.span.end
    behind = citation.text.root[start : start + BEHIND]
    end = NEXT.search(behind)
    return behind[: end.start() if end else None]


MAY_HAVE = {"year": _may_have_year, "venue": _may_have_venue}
