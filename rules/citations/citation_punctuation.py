from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Fix, Page, PageRule, punctuation_slips

if TYPE_CHECKING:
    from sitecheck import PunctuationSlip


class CitationPunctuation(PageRule):
    """An entry is punctuated unlike the others of its page.

    A period between venue and year where the others have a comma, no "and" before the last author, a comma before the
    title where the others have a period. And the year that Google Scholar doubles in names of conferences, `ICASSP
    2022-2022 IEEE ...`, a doubled comma or "pp.", "et. al.", which are wrong on any page.

    Silent where less than four entries, or less than two thirds of them, agree on a form, and in data and BibTeX, where
    a program sets the punctuation.

    Wrong in an entry that follows another style on purpose.
    """

    preview = True
    examples = (
        Example(
            """
            > - A. Lin and B. Roe. "Growth of kelp in cold water." AAAI, 2016.
            > - A. Lin and B. Roe. "Growth of kelp in warm water." AAAI, 2018.
            > - A. Lin and B. Roe. "Growth of eelgrass at night." AAAI, 2020.
            > - A. Lin and B. Roe. "Lights of the Wadden Sea." AAAI, 2021.
            > - A. Lin and B. Roe. "Tides of the Wadden Sea." AAAI. 2022.
                                                                  ^ a period before the year, where 4 of 5 entries have a comma
            """,  # noqa: E501  # the message is that long
            fixed="""
            > - A. Lin and B. Roe. "Growth of kelp in cold water." AAAI, 2016.
            > - A. Lin and B. Roe. "Growth of kelp in warm water." AAAI, 2018.
            > - A. Lin and B. Roe. "Growth of eelgrass at night." AAAI, 2020.
            > - A. Lin and B. Roe. "Lights of the Wadden Sea." AAAI, 2021.
            > - A. Lin and B. Roe. "Tides of the Wadden Sea." AAAI, 2022.
            """,
        ),
        Example(
            """
            > - A. Lin. "Growth of kelp." In ICASSP 2022-2022 IEEE Conference, 2022.
                                             ^^^^^^^^^^^^^^^^ the year is doubled: 'ICASSP 2022-2022', as Google Scholar writes it
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            - A. Lin. "Growth of kelp in cold water." AAAI, 2016.
            - A. Lin. "Tides of the Wadden Sea." AAAI. 2022.
            """
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        for slip in punctuation_slips(page.citations) if page.citations else ():
            yield Finding(slip.span, slip.message, _fix(slip))


def _fix(slip: PunctuationSlip) -> Fix | None:
    edits = tuple(edit for edit in slip.edits if edit is not None)
    return Fix(edits, safe=False, title=slip.title) if edits and len(edits) == len(slip.edits) else None
