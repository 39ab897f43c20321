from __future__ import annotations

import re
from collections.abc import Iterator

from sitecheck import Example, Finding, Severity, Site, SiteRule, Span

NEEDS_NO_TARGET = re.compile(
    r"(?:top|main|content|comments|respond|nav|navbar|menu|sidebar|header|footer|disqus_thread|markdown-toc.*|_+|-+|none|null|void|todo|link|x+|!.*|/.*|.*[=&].*|.*:~:.*|L\d+(?:-L?\d+)?|fn(?:ref)?[:_.-]?\d.*|user-content-.*"
    r"|(?:ref|fig|tbl|eq|sec|lst|thm|cite|cb|footnote)[-:_].*|.*[{}<>$\ufffc].*|.*://.*)?",
    re.IGNORECASE,
)
"""The top of the page, a script's own address, a highlighted line or text, what a generator numbers"""
OBEYED = frozenset(("onclick", "data-toggle", "data-bs-toggle", "data-target", "data-slide", "data-bs-slide", "role"))
"""Attributes that tell a script what a click does"""


class BrokenFragment(SiteRule):
    """A link leads to an anchor that its page does not have.

    The page opens at its top, and a link within the page does nothing. Headings get their anchors from their text, so
    one that is reworded loses its anchor; and each generator has its own rule for it.

    Silent where a script or a template may make the anchor, on landing pages that a theme puts together, where the link
    is a button for a script, and in the list that all-contributors writes, whose anchors never were.

    Wrong where a script that is loaded from elsewhere makes the anchor.
    """

    severity = Severity.WARNING
    needs = frozenset(("addresses", "front"))
    examples = (
        Example(
            """
            > [data](#data), [code](#code)
                                    ^^^^^ no anchor 'code' on this page
            >
            > ## Data
            """,
            path="README.md",
        ),
        Example(
            """
            > <a href="index.html#team">Team</a>
                                 ^^^^^ no anchor 'team' in index.html
            """,
            path="publications.html",
            others=(("index.html", "<h2 id='people'>People</h2>"),),
        ),
        Example(
            """
            [top](#top) [a](#Anchor) [b](#by-hand) [c](#what-is-new) [c](#what-is-new-1) <a id="Anchor"></a>

            ## Any {#by-hand}

            ## What *is* new?

            ## What is new
            """,
            path="_posts/2024-01-02-x.md",
            others=(("_config.yml", ""),),
        ),
    )

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        if all(self._target(path, each, site) is None for each in site.facts(path).addresses if "#" in each):
            return
        for link in site.links(path):
            if link.fragment == link.end or not OBEYED.isdisjoint(link.attributes):
                continue
            found = self._target(path, link.address, site)
            if found is None:
                continue
            target, fragment = found
            where = "on this page" if target == path else f"in {target}"
            yield Finding(Span(link.fragment, link.end), f"no anchor '{fragment}' {where}")

    def _target(self, path: str, written: str, site: Site) -> tuple[str, str] | None:
        """The page that an address leads to and the anchor that is missing there, or None where nothing is."""
        resolution = site.generator.resolve(path, written)
        target, fragment = resolution.path, resolution.fragment
        if not target or NEEDS_NO_TARGET.fullmatch(fragment):
            return None
        return (target, fragment) if site.generator.lacks(target, fragment) else None
