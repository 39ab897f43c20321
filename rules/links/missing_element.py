from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Page, PageRule, Severity, Span

LOOKUP = re.compile(
    r"""(?:getElementById\(\s*(?P<quote>["'])|querySelector\(\s*(?P<hash>["'])\#)(?P<id>[\w-]+)["']\s*\)\s*\.(?!\?)"""
)
TEMPLATE = re.compile(r"\{\{|\{%|<%|<\?php|<\?=")
DOCUMENT = re.compile(r"\s*(?:<!--[^>]*-->\s*)?<(?:!doctype\b|html\b)", re.IGNORECASE)


class MissingElement(PageRule):
    """A script asks for an id that no element of the page has.

    The script stops there with an error, so what it was to do is not done: an entry was copied and its id changed in
    one of two places.

    Silent outside of whole HTML documents, where a template takes part, where a script mentions the id in another way
    and may so create the element, and where it looks whether the element is there.

    Wrong where a script in another file creates the element, or calls the function on other pages only.
    """

    severity = Severity.WARNING
    preview = True
    examples = (
        Example(
            """
            > <!DOCTYPE html><html><body><img id="cat_image">
            > <script>
            > function show() { document.getElementById('cats_image').style.opacity = "1"; }
                                                         ^^^^^^^^^^ no element of this page has the id 'cats_image'
            > </script></body></html>
            """,
            path="index.html",
        ),
        Example(
            """
            <!DOCTYPE html><html><body><img id="cat">
            <script>
            document.getElementById('cat').style.opacity = "1";
            if (document.getElementById('dog')) document.getElementById('dog').remove();
            </script></body></html>
            """,
            path="index.html",
        ),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        source = page.source.text
        if "getElementById" not in source and "querySelector" not in source:
            return
        if not page.path.lower().endswith((".html", ".htm")) or not DOCUMENT.match(source) or TEMPLATE.search(source):
            return
        lookups = {match["id"]: match for match in reversed(list(LOOKUP.finditer(source)))}  # the first one of each
        ids = {anchor.text.value for anchor in page.anchors if anchor.kind == "id"} if lookups else set()
        for name, match in lookups.items():
            if name not in ids and not _is_mentioned(name, source):
                span = Span(*match.span("id"))
                yield Finding(span, f"no element of this page has the id '{name}'")


def _is_mentioned(name: str, source: str) -> bool:
    """Whether the id stands anywhere but in an unguarded look-up: in a condition, or where an element is made."""
    mentions = len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", source))
    lookups = [match["id"] for match in LOOKUP.finditer(source)].count(name)
    return mentions > lookups
