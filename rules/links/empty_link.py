from __future__ import annotations

from collections.abc import Iterator

from sitecheck import Example, Finding, Link, Page, PageRule, Severity, Span

from ._scripts import has_scripted_attribute

KINDS = frozenset(("link", "image", "href", "src"))
DELIMITERS = ("()", "<>", '""', "''")


class EmptyLink(PageRule):
    """A link or an image has no address.

    It was left to be filled in. A click on such a link loads the page again, which looks broken.

    Silent where an attribute such as `onclick` or `data-src` says that a script takes care of it.

    Wrong where a script finds the element in another way, by its class for example.
    """

    severity = Severity.WARNING
    examples = (
        Example(
            """
            > [slides]() and <a href="">poster</a>
                      ^^ this link has no address
                                     ^^ this link has no address
            """,
        ),
        Example('[slides](slides.pdf), <a href="" onclick="show()">more</a>, <img src="" data-src="cat.jpg">'),
    )

    def check(self, page: Page) -> Iterator[Finding]:
        if "\n\n" not in page.addresses:
            return
        for link in page.links:
            if link.kind in KINDS and not link.url.value.strip() and not has_scripted_attribute(link):
                thing = "image" if link.kind in ("image", "src") else "link"
                yield Finding(place(link), f"this {thing} has no address")


def place(link: Link) -> Span:
    """The address with the marks around it, since an empty one cannot be shown."""
    low, high = link.url.span(0, len(link.url))
    marks = link.url.root[low - 1 : low] + link.url.root[high : high + 1]
    return Span(low - 1, high + 1) if marks in DELIMITERS else Span(low, high)
