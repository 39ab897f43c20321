"""The anchors of a page: what a fragment may lead to. All that might be one counts, and nothing is parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitecheck.page import Page
    from sitecheck.site import Site

ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?:id|name|anchor|custom_id|label|key)["']?[ \t]{0,9}[=:][ \t]{0,9}(?:"([^"\r\n]{1,300})"|'([^'\r\n]{1,300})'|([^"'\s<>}]{1,300}))""",
    re.IGNORECASE,
)
"""An attribute of HTML, a parameter of a shortcode, a key of a section, a property of a script"""
ATTRIBUTE_LIST = re.compile(r"\{:?[^{}\r\n#]{0,200}#([^\s{}#]{1,200})")
"""kramdown's, Pandoc's and Goldmark's"""
TARGET = re.compile(r"^\(([\w .:-]{1,200})\)=[ \t]*$|^[ \t]{0,9}\.\. _([^:\r\n]{1,200}):|<<([^<>\r\n]{1,200})>>", re.MULTILINE)
"""MyST's, docutils' and Org's"""
SCRIPT = re.compile(r"<script(?:\s[^<>]{0,500})?>(?P<code>(?:[^<]|<(?!/script))*)", re.IGNORECASE)
QUOTED = re.compile(r"""["'`]#?([\w.:-]{1,99})["'`]""")
"""What a script may make an anchor of"""
BUILT = re.compile(
    r"""(?:id|name)\s{0,9}=\s{0,9}["']?[^"'<>]{0,200}[{$]|<div\s[^<>]{0,99}id=["']?(?:root|app|__next|___gatsby|svelte)["'\s>]"""
)
"""A template or a script makes anchors of this page."""
TEMPLATES = re.compile(r"(?:.*/)?(?:_includes|_layouts|layouts|_templates|templates|partials|themes|components|src)/.*\.(?:html?|md|njk|j2|tmpl|jsx|tsx|vue|svelte|astro)")


def written(text: str) -> frozenset[str]:
    """What a text names as an anchor, or may."""
    found = {match[match.lastindex or 0] for match in ATTRIBUTE.finditer(text)}
    found.update(match[1] for match in ATTRIBUTE_LIST.finditer(text))
    found.update(match[match.lastindex or 0] for match in TARGET.finditer(text))
    for script in SCRIPT.finditer(text):
        found.update(QUOTED.findall(script["code"]))
    return frozenset(found)


def are_built(page: Page) -> bool:
    """Whether more anchors than are written may be on the page."""
    return BUILT.search(page.source.text) is not None


def of_templates(site: Site) -> frozenset[str]:
    """The anchors in the site's templates, which may be on any page."""
    return frozenset().union(*(written(site.text(path)) for path in site.paths if TEMPLATES.fullmatch(path)))
