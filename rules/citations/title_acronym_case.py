from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Related, Severity, lost_capitals


class TitleAcronymCase(PageRule):
    """An acronym before the colon of a title has lost its capitals: `Dpt: Deformable patch-based transformer`.

    Google Scholar and BibTeX styles do that. Where the name of the linked repository or another title on the page has
    the same letters with capitals, it is a warning; where only nobody could pronounce the word, an info.

    Silent for words that may be words ("Mamba:"), and in BibTeX, where braces protect capitals.

    Wrong where the authors themselves write it so.
    """

    examples = (
        Example(
            """
            > - A. Lin and B. Roe. "Dpt: Growth of kelp in cold water." ECCV, 2020. [code](https://github.com/lin/DPT)
                                    ^^^ the acronym is 'DPT'
            """,
            fixed="""
            > - A. Lin and B. Roe. "DPT: Growth of kelp in cold water." ECCV, 2020. [code](https://github.com/lin/DPT)
            """,
        ),
        Example(
            """
            > - A. Lin and B. Roe. "Rcanet: Growth of kelp in cold water." ECCV, 2020.
                                    ^^^^^^ 'Rcanet' looks like an acronym that lost its capitals
            """
        ),
        Example('- A. Lin and B. Roe. "Mamba: Growth of kelp in cold water." ECCV, 2020.'),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        for lost in lost_capitals(page):
            span = lost.text.span(lost.start, lost.stop)
            if not lost.proper:
                yield Finding(
                    span, f"'{lost.shown}' looks like an acronym that lost its capitals", severity=Severity.INFO
                )
                continue
            fix = Fix.by(lost.text.edit(lost.start, lost.stop, lost.proper), safe=False, title=f"write '{lost.proper}'")
            related = (Related(lost.proof, "as here"),) if lost.proof else ()
            yield Finding(span, f"the acronym is '{lost.proper}'", fix, related=related)
