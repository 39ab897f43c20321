from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Fix, Page, PageRule, Severity

LEGACY = re.compile(r"[ \t]*((?:https?:)?//(?:www\.)?dx\.doi\.org/|http://(?:www\.)?doi\.org/)", re.IGNORECASE)
STARTS = ("//dx.doi.org/", "//www.dx.doi.org/", "http://doi.org/", "http://www.doi.org/")
"""As almost everybody writes them; in other case they are found in mark-up only."""
FIELD = re.compile(r"(?:doi|DOI|Doi)\s{0,20}=[^\n]{1,200}")
CURRENT = "https://doi.org/"


class LegacyDoi(PageRule):
    """A DOI is linked by an old address of its resolver.

    `dx.doi.org` and `http://doi.org` still work, by a redirect. The DOI Foundation asks for `https://doi.org/`, and a
    list that mixes them looks unkept.

    Silent in BibTeX but for the field `doi`: what else stands in an entry is rarely shown. Wrong in a file that is
    kept beside the site and not published.
    """

    severity = Severity.INFO
    preview = True
    examples = (
        Example(
            """
            > See the [paper](http://dx.doi.org/10.1000/182).
                              ^^^^^^^^^^^^^^^^^^ an old address of the DOI resolver
            """,
            fixed="""
            > See the [paper](https://doi.org/10.1000/182).
            """,
        ),
        Example(
            r"""
            > @article{a,
            >   doi = {http://doi.org/10.1000/a\_b},
                       ^^^^^^^^^^^^^^^ an old address of the DOI resolver
            > }
            """,
            fixed=r"""
            > @article{a,
            >   doi = {https://doi.org/10.1000/a\_b},
            > }
            """,
            path="refs.bib",
        ),
        Example("[paper](https://doi.org/10.1000/182), [resolver](https://www.doi.org/)"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        text = page.source.text
        if page.is_bibtex:
            text = "\n".join(FIELD.findall(text))
        if not any(start in text for start in STARTS) and "DOI.ORG/" not in text:
            return
        for link in page.links:
            match = LEGACY.match(link.url.value)
            if match and (link.kind != "field" or link.key == "doi"):
                edit = link.url.edit(*match.span(1), CURRENT)
                yield Finding(
                    link.url.span(*match.span(1)),
                    "an old address of the DOI resolver",
                    Fix.by(edit, safe=True, title=f"replace by '{CURRENT}'"),
                )
