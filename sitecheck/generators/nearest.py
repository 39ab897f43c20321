"""The file that may be meant where one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from sitecheck.generators.urls import canonical

ALIKE = 0.75
"""how much of a name must be the same, as difflib counts it"""
CROWD = 300
"""names in a folder that are compared with one that is missing: in a greater crowd something is always alike"""


class Names:
    """The files of a site by name and by folder."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Takes addresses in canonical form, and the source of each."""
        self._sources = {url: source for url, source in sorted(sources.items()) if source}
        self._by_name: dict[str, list[str]] = {}
        self._by_folder: dict[str, dict[str, str]] = {}
        for url in self._sources:
            folder, _, name = url.rpartition("/")
            self._by_name.setdefault(name.lower(), []).append(url)
            self._by_folder.setdefault(folder, {})[name] = url

    def nearest(self, wanted: str) -> str:
        """The source of what is most like `wanted`: the same in other case, elsewhere, or spelt almost so; or ""."""
        wanted = canonical(wanted)
        folder, _, name = wanted.rpartition("/")
        namesakes = self._by_name.get(name.lower(), [])
        same = [url for url in namesakes if f"/{url}".lower().endswith(f"/{wanted}".lower())]
        if same:
            return self._sources[same[0]]
        moved = {self._sources[url] for url in namesakes if url.rpartition("/")[2] == name}
        if len(moved) == 1:
            return moved.pop()
        beside = self._by_folder.get(folder, {})
        near = get_close_matches(name, beside, 1, ALIKE) if len(beside) <= CROWD else []
        return self._sources[beside[near[0]]] if near else ""
