from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitecheck import Example, Finding, Page, PageRule, Related, year_conflicts

if TYPE_CHECKING:
    from sitecheck import YearConflict


class YearMismatch(PageRule):
    """An entry's year cannot be right beside its volume, or beside the year in its venue's name.

    A journal's volumes follow each other: a later volume has no earlier year, and of journals with one volume a year,
    two volumes have two years. Most often the year is that of the online version, as Google Scholar gives it.

    Of a journal's entries those are believed that agree with most others; the one that does not is reported.

    Silent where venue and entry are one year apart, since proceedings come out late; where those of a conference that
    is not known by name come out years later; and for volumes of a journal that are only named once, unless the
    journal has had one volume a year since its first, and the year is off by two or more.

    Wrong where a journal began to count anew.
    """

    preview = True
    examples = (
        Example(
            """
            > - A. Lin. "Growth of kelp in cold water." Journal of Marine Science 33, no. 7 (2021): 50-64.
            > - A. Lin. "Tides of the Wadden Sea." Journal of Marine Science 34, no. 8 (2019): 64-75.
                                                                                        ^^^^ volume 34 is of 2019 here, and volume 33 of 2021
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            > - A. Lin. "Growth of kelp in cold water." In CVPR 2017, pp. 1-9, 2021.
                                                                               ^^^^ the entry is of 2021, and its venue of 2017
            """  # noqa: E501  # the message is that long
        ),
        Example(
            """
            - A. Lin. "Growth of kelp in cold water." Journal of Marine Science 33, no. 7 (2021): 50-64.
            - A. Lin. "Tides of the Wadden Sea." Journal of Marine Science 34, no. 8 (2022): 64-75.
            """
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        for conflict in year_conflicts(page.citations) if page.citations else ():
            yield Finding(
                conflict.span, conflict.message, related=_related(conflict), help="look up the year of publication"
            )


def _related(conflict: YearConflict) -> tuple[Related, ...]:
    return (Related(conflict.other, "here"),) if conflict.other else ()
