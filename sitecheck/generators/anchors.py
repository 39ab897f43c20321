"""The anchors of a page: what a fragment may lead to. All that might be one counts, and nothing is parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitecheck.late import late

if TYPE_CHECKING:
    from sitecheck.site import Site

ATTRIBUTE = late(
    r"""(?<![\w-])(?:id|name|anchor|custom_id|label|key)["']?[ \t]{0,9}[=:][ \t]{0,9}"""
    r"""(?:"([^"\r\n]{1,300})"|'([^'\r\n]{1,300})'|([^"'\s<>}]{1,300}))""",
    re.IGNORECASE,
)
"""An attribute of HTML, a parameter of a shortcode, a key of a section, a property of a script"""
ATTRIBUTE_LIST = late(r"\{:?[^{}\r\n#]{0,200}#([^\s{}#]{1,200})")
"""kramdown's, Pandoc's and Goldmark's"""
TARGET = late(
    r"^\(([\w .:-]{1,200})\)=[ \t]*\r?$|^[ \t]{0,9}\.\. _([^:\r\n]{1,200}):|<<([^<>\r\n]{1,200})>>", re.MULTILINE
)
"""MyST's, docutils' and Org's"""
CONTRIBUTIONS = "ALL-CONTRIBUTORS-LIST"
CONTRIBUTION = late(r'<a href="#([A-Za-z0-9]{1,40}-[\w-]{1,60})" title="')
"""What all-contributors writes for a contribution that no address shows: nothing is meant to be there."""
SCRIPT = late(r"<script(?:\s[^<>]{0,500})?>(?P<code>(?:[^<]|<(?!/script))*)", re.IGNORECASE)
QUOTED = late(r"""["'`]#?([\w.:-]{1,99})["'`]""")
"""What a script may make an anchor of"""
BUILT = late(
    r"""(?:id|name)\s{0,9}=\s{0,9}["']?[^"'<>]{0,200}[{$]|<div\s[^<>]{0,99}id=["']?(?:root|app|__next|___gatsby|svelte)["'\s>]"""
)
"""A template or a script makes anchors of this page."""
LIQUID = late(r"\{%-?\s{0,9}(?P<tag>\w+)\s{0,9}(?P<argument>[^\s%]*)")
PLAIN_TAGS = frozenset(
    """for endfor if endif unless endunless else elsif case when endcase assign capture endcapture comment
    endcomment raw endraw highlight endhighlight link post_url cycle increment decrement break continue""".split()  # noqa: SIM905  # a list of so many literals reads worse
)
"""The tags of Liquid that put nothing on a page but what is written in it"""
SHORTCODE = late(r"\{\{[<%]\s{0,9}/?(?P<name>[\w/-]+)")
PLAIN_SHORTCODES = frozenset(
    """figure youtube vimeo gist highlight ref relref param tweet twitter x instagram icon math cta callout
    alert toc spoiler mermaid video audio staticref cite hl qr gallery diagram chart table""".split()  # noqa: SIM905  # a list of so many literals reads worse
)
"""Those of Hugo and its well-known themes that have no anchors of their own"""
INCLUDES = (
    "{{% include",
    "{{< include",
    "{!",
    "--8<--",
    "```{include}",
    "```{r child",
    ".. include::",
    "#+INCLUDE",
    "asis",
    "{{<% embed",
)
TEMPLATES = late(
    r"(?:.*/)?(?:_includes|_layouts|layouts|_templates|templates|partials|themes|components|src)/.*"
    r"\.(?:html?|md|njk|j2|tmpl|jsx|tsx|vue|svelte|astro)"
)


def written(text: str) -> frozenset[str]:
    """What a text names as an anchor, or may."""
    found = {match[match.lastindex or 0] for match in ATTRIBUTE.finditer(text)}
    found.update(match[1] for match in ATTRIBUTE_LIST.finditer(text))
    found.update(match[match.lastindex or 0] for match in TARGET.finditer(text))
    if CONTRIBUTIONS in text:
        found.update(CONTRIBUTION.findall(text))
    for script in SCRIPT.finditer(text):
        found.update(QUOTED.findall(script["code"]))
    return frozenset(found)


def are_built(text: str, site: Site) -> bool:
    """Whether more anchors may be on the page than are written in it and in the site's templates."""
    if BUILT.search(text) or any(include in text for include in INCLUDES):
        return True
    tags = LIQUID.finditer(text) if "{%" in text else ()
    codes = SHORTCODE.finditer(text) if "{{" in text else ()
    return any(_is_open(tag["tag"], tag["argument"], site) for tag in tags) or any(
        code["name"] not in PLAIN_SHORTCODES and _makes_anchors(f"layouts/shortcodes/{code['name']}.html", site)
        for code in codes
    )


def _is_open(tag: str, argument: str, site: Site) -> bool:
    """Whether a tag of Liquid may bring anchors that are not known."""
    if tag in PLAIN_TAGS:
        return False
    return not tag.startswith("include") or _makes_anchors(f"_includes/{argument}", site)


def _makes_anchors(template: str, site: Site) -> bool:
    """Whether a template makes anchors, or includes others, or is not in the repository."""
    if not template.endswith(".html"):
        return True
    text = site.text(template) if template in site.paths else "{% include %}"
    return BUILT.search(text) is not None or "{% include" in text or "{{ partial" in text


def of(text: str, site: Site) -> frozenset[str]:
    """The anchors that a page names, or one of the site's templates, which may be on any page."""
    return written(text) | site.memo("anchors of templates", _of_templates)


def _of_templates(site: Site) -> frozenset[str]:
    return frozenset().union(*(written(site.text(path)) for path in site.paths if TEMPLATES.fullmatch(path)))
