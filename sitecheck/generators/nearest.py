"""The file that may be meant where one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from sitecheck.generators.urls import canonical

ALIKE = 0.75
"""how much of a name must be the same, as difflib counts it"""


def nearest(wanted: str, sources: Mapping[str, str]) -> str:
    """The source of what is most like `wanted`: the same in other case, elsewhere, or spelt almost so; or ""."""
    wanted = canonical(wanted)
    folder, _, name = wanted.rpartition("/")
    urls = sorted(url for url, source in sources.items() if source)
    same = [url for url in urls if f"/{url}".lower().endswith(f"/{wanted}".lower())]
    if same:
        return sources[same[0]]
    moved = {sources[url] for url in urls if url.rpartition("/")[2] == name}
    if len(moved) == 1:
        return moved.pop()
    beside = {url.rpartition("/")[2]: url for url in urls if url.rpartition("/")[0] == folder}
    near = get_close_matches(name, beside, 1, ALIKE)
    return sources[beside[near[0]]] if near else ""
