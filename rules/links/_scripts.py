"""Whether a script is likely to give a link its address or its meaning."""

from __future__ import annotations

import re

from sitecheck import Link

ATTRIBUTES = ("on", "data-", "ng-", "v-", "x-", ":", "@", "hx-")
"""How names begin that say so."""
CLASS = re.compile(
    r"""\bclass\s*=\s*["']?[^"'>]*?(?:toggle|menu|close|collaps|drop|carousel|slide|scroll|tab|filter|btn-top|to-top
    |expand|show|lightbox|modal|popup|trigger|prev|next|nav|brand|logo|active|abstract|bibtex|anchor)""",
    re.IGNORECASE | re.VERBOSE,
)


def has_scripted_attribute(link: Link) -> bool:
    return any(name.startswith(ATTRIBUTES) for name in link.attributes)


def is_control(link: Link) -> bool:
    """Whether the link is a button, a tab or an entry of a menu, going by its role, its id or its class."""
    if has_scripted_attribute(link) or not link.attributes.isdisjoint(("role", "id", "aria-expanded", "aria-controls")):
        return True
    return "class" in link.attributes and CLASS.search(_tag(link)) is not None


def is_item(link: Link) -> bool:
    """Whether it is all that an item of a list holds, as menus have it for the page itself."""
    low = link.url.root.rfind("<", 0, link.url.span(0, 0).start)
    return re.search(r"<li[^>]{0,99}>\s{0,99}$", link.url.root[max(low - 200, 0) : max(low, 0)]) is not None


def _tag(link: Link) -> str:
    """The start tag, as it is written."""
    low, high = link.url.span(0, len(link.url))
    root = link.url.root
    start = root.rfind("<", 0, low)
    end = root.find(">", high)
    return root[max(start, 0) : end if end >= 0 else len(root)]
