"""Whether something that may be an address is likely to be one, by what stands before it in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKS = ("](", '="', "='", "=", "](<", "= ", '= "', "]: ", '=\\"', "=''")
"""Before the address of a link in Markdown, and of an attribute in HTML or in a string."""
KEY = re.compile(r"^[ \t-]*[\"']?\w[\w -]{0,40}[\"']?[ \t]*[:=][ \t]*[\"']?$")
"""Before the value of a key, unless its line is a comment."""
MAX_KEY = 60


MANY = 50
"""addresses that are looked for in the source; with more of them it is quicker to parse the page"""


def some_linked(addresses: Iterable[str], source: str) -> bool:
    """Whether one of the addresses, at least, seems to be a link's."""
    return any(k >= MANY or _is_linked(address, source) for k, address in enumerate(addresses))


def some_linked_or_value(addresses: Iterable[str], source: str) -> bool:
    """The same, or the value of a key."""
    return any(
        k >= MANY or _is_linked(address, source) or _is_value(address, source) for k, address in enumerate(addresses)
    )


def _is_linked(address: str, source: str) -> bool:
    return any(f"{mark}{address}" in source for mark in MARKS)


def _is_value(address: str, source: str) -> bool:
    place = source.find(address)
    while place >= 0:
        line = source.rfind("\n", 0, place) + 1
        if place - line <= MAX_KEY and KEY.match(source[line:place]):
            return True
        place = source.find(address, place + len(address))
    return False
