from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Related, Severity, Span, Text

ID = re.compile(r"""id\s*=[\s\\]*["']{0,2}([^"'\s>\\]+)""")
CAPITALS = re.compile(ID.pattern, re.IGNORECASE)
LISTED = re.compile(r"\{[^{}#\n]{0,99}#([\w:.-]+)")
CONDITION = re.compile(r"\{[{%]-?\s*(?:else|elsif|elif|end|when|if|unless)")
"""A tag of a template by which it may be that only one of two elements comes out."""
HIDDEN = "\ufffc"


class DuplicateId(PageRule):
    """Two elements of a page have the same id.

    A link to it reaches the first one only, and scripts and styles that ask for it find one of the two.

    An id is reported once for a page. Silent where a template decides what comes out, and of an id that a program made
    from another that is repeated as well, as `text-sec-1` from `sec-1`.

    Wrong where the file is cut into several pages.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > <h2 id="papers">Papers</h2>
            > <h2 id="papers">Talks</h2>
                      ^^^^^^ the id 'papers' is taken already
            """,
            path="index.html",
        ),
        Example(
            """
            > ::: {#left-column}
            > :::
            > ::: {#left-column}
                    ^^^^^^^^^^^ the id 'left-column' is taken already
            > :::
            """,
            path="index.qmd",
        ),
        Example('<h2 id="papers">Papers</h2> <a name="papers" id="Papers"></a>', path="index.html"),
        Example('{% if a %}<p id="x">{% else %}<p id="x">{% endif %}', path="index.html"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if page.is_bibtex or not _may_repeat(page.source.text):
            return
        repeated = {name: spans for name, spans in _places(page).items() if len(spans) > 1}
        for name, (first, *others) in repeated.items():
            if any(name != other and name.endswith(other) for other in repeated):
                continue
            related = (Related(first, "the first one is here"), *(Related(span, "and here") for span in others[1:]))
            yield Finding(others[0], f"the id '{name}' is taken already", related=related)


def _places(page: Page) -> dict[str, list[Span]]:
    """Where each id stands, in order. Of those that a template chooses from, one."""
    places: dict[str, list[Span]] = {}
    last: dict[str, int] = {}
    for name, text in sorted(_ids(page), key=lambda each: each[1].span(0, 1)):
        span = text.span(0, len(text))
        if name not in places or not CONDITION.search(page.source.text, last[name], span.start):
            places.setdefault(name, []).append(span)
        last[name] = span.end
    return places


def _may_repeat(source: str) -> bool:
    attribute = CAPITALS if "ID=" in source or "Id=" in source else ID
    seen = [*attribute.findall(source), *LISTED.findall(source)]
    return len(seen) != len(set(seen))


def _ids(page: Page) -> Iterator[tuple[str, Text]]:
    for anchor in page.anchors:
        name = anchor.text.value.strip()
        if anchor.kind != "name" and name and HIDDEN not in name:
            yield name, anchor.text
