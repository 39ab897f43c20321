from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sitecheck import Citation, Example, Finding, Page, PageRule, Severity

UNPUBLISHED = re.compile(
    "submitted|under review|press|preprint|rxiv|to appear|forthcoming|accepted|thesis|in preparation|"
    "working paper|book|patent",
    re.IGNORECASE,
)
ENOUGH = 8
"""entries of a list that show what all of them should have"""


class IncompleteCitation(PageRule):
    """An entry has no year or no venue, where all others of its list have one.

    Silent where more than one entry of a list lacks it, for lists of less than eight, and for what is submitted, in
    press or a preprint.

    Wrong where the part is there and this program did not recognise it.
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
        if len(without) == 1 and not _unpublished(without[0]):
            yield Finding(
                without[0].place,
                f"no {part}, where all {len(entries) - 1} others of this list have one",
                help=f"add the {part}",
            )


def _unpublished(citation: Citation) -> bool:
    return UNPUBLISHED.search(citation.text.value) is not None
