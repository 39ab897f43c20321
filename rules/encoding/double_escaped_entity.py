from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Edit, Example, Finding, Fix, Page, PageRule, Severity, Text

ENTITY = re.compile(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
ESCAPED = "&amp;"
SUSPECT = re.compile(f"{ESCAPED}{ENTITY.pattern[1:]}")


class DoubleEscapedEntity(PageRule):
    """A character reference was escaped once more, so a visitor sees `&amp;` or `&#39;`.

    Left behind by a converter that escaped text which was HTML already. The fix takes one escape away.

    Wrong in prose about HTML; put the reference into a code span.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > Research &amp;amp; Teaching
                       ^^^^^^^^^ a visitor sees '&amp;'
            """,
            fixed="""
            > Research &amp; Teaching
            """,
        ),
        Example(
            """
            > title: National Champion&amp;#39;s article
                                      ^^^^^^^^^ a visitor sees '&#39;'
            """,
            fixed="""
            > title: National Champion&#39;s article
            """,
            path="data.yaml",
        ),
        Example("Research &amp; Teaching, written as `&amp;amp;` in code"),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if not SUSPECT.search(page.source.text):
            return
        for text in (*page.texts(), *(link.url for link in page.links)):
            if "&" in text.value and text.layers and text.layers[-1].name != "bibtex":
                yield from self._visible(text)

    def _visible(self, text: Text) -> Iterator[Finding]:
        from html.entities import html5

        for match in ENTITY.finditer(text.value):
            low, high = text.span(match.start(), match.start() + 1)
            named = match[0][1] != "#"
            if text.root[low:high] == ESCAPED and not (named and match[0][1:] not in html5):
                fix = Fix.by(Edit(low, high, "&"), safe=False, title="take one escape away")
                yield Finding(text.span(*match.span()), f"a visitor sees '{match[0]}'", fix)
