from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Fix, Page, PageRule, Related, two_spellings

if TYPE_CHECKING:
    from sitecheck import TwoSpellings

SAID = {
    "accents": "this is spelt '{usual}' elsewhere on the page",
    "typing": "perhaps a misspelling of '{usual}', who is in {count} other entries",
}


class InconsistentAuthorName(PageRule):
    """One person's name is spelt in two ways on a page.

    With accents and without (the accents are right: they get lost, and nobody makes them up), or with one letter more
    or less, once beside three entries or more.

    Silent for names given by initials only, and about a middle initial that some entries leave out: so do the papers.

    Wrong where two people have almost the same name.
    """

    examples = (
        Example(
            """
            > - André Nies and Ben Lin. "Growth of kelp in cold water." ECCV, 2020.
            > - André Nies and Ben Lin. "Growth of kelp in warm water." ECCV, 2021.
            > - André Nies and Ben Lin. "Growth of eelgrass at night." ECCV, 2022.
            > - Andre Nies and Ben Lin. "Tides of the Wadden Sea." ECCV, 2023.
                ^^^^^^^^^^ this is spelt 'André Nies' elsewhere on the page
            """,
            fixed="""
            > - André Nies and Ben Lin. "Growth of kelp in cold water." ECCV, 2020.
            > - André Nies and Ben Lin. "Growth of kelp in warm water." ECCV, 2021.
            > - André Nies and Ben Lin. "Growth of eelgrass at night." ECCV, 2022.
            > - André Nies and Ben Lin. "Tides of the Wadden Sea." ECCV, 2023.
            """,
        ),
        Example(
            """
            - André Nies and Ben Lin. "Growth of kelp in cold water." ECCV, 2020.
            - A. Nies and B. Lin. "Tides of the Wadden Sea." ECCV, 2023.
            """
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.citations:
            yield from map(_finding, two_spellings(page.citations))


def _finding(found: TwoSpellings) -> Finding:
    first, *others = found.rare
    usual = found.usual[0].shown
    related = [Related(each.span, "and here") for each in others] + [Related(found.usual[0].span, "spelt so here")]
    edits = [
        each.text.edit(each.start, each.stop, usual)
        for each in found.rare
        if each.text.value[each.start : each.stop] == each.shown
    ]
    fix = None
    if len(edits) == len(found.rare) and all(edits):
        fix = Fix(tuple(edit for edit in edits if edit), safe=False, title=f"write '{usual}'")
    return Finding(
        first.span,
        SAID[found.reason].format(usual=usual, count=len(found.usual)),
        fix,
        related=tuple(related),
    )
