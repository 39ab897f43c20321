"""A site as it was before what git says has changed: to tell what a change caused on pages that it did not touch."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sitecheck.engine import examine
from sitecheck.facts import Facts
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.rule import UserError
from sitecheck.source import Source

if TYPE_CHECKING:
    from sitecheck.engine import ActiveRule
    from sitecheck.git import Changes
    from sitecheck.site import Files


class Earlier:
    """The files of a site before a change; `now` has them after it."""

    def __init__(self, now: Files, root: str, changes: Changes, rules: Callable[[str], tuple[ActiveRule, ...]]) -> None:
        """`rules` tells those that run on a page of the site."""
        self._now = now
        self._root = root
        self._changes = changes
        self._rules = rules
        came, went = changes.came_and_went()
        self._came = {self._relative(path) for path in came if self._has(path)}
        self._went = {self._relative(path): blob for path, blob in went.items() if self._has(path)}
        self._facts: dict[str, Facts] = {}

    def _has(self, path: str) -> bool:
        return path.startswith(os.path.join(self._root, ""))

    def _relative(self, path: str) -> str:
        return path[len(os.path.join(self._root, "")) :].replace(os.sep, "/")

    def paths(self) -> frozenset[str]:
        now = self._now.paths()
        return (now - self._came) | self._went.keys() if now else now

    def content(self, path: str) -> bytes:
        if path in self._went:
            return self._changes.blob(self._went[path])
        change = self._changes.of(os.path.join(self._root, path))
        if change is None:
            return self._now.content(path)
        if path in self._came or not change.before:
            raise UserError(f"{path}: was not there before")
        return self._changes.before(change)

    def facts(self, path: str) -> Facts | None:
        if path in self._came:
            return None
        if path in self._facts:
            return self._facts[path]
        if path not in self._went and self._changes.of(os.path.join(self._root, path)) is None:
            return self._now.facts(path)
        if path not in self._facts:
            self._facts[path] = examine(self.content(path), path, self._rules(path)).facts
        return self._facts[path]

    def all_facts(self) -> Mapping[str, Facts]:
        from sitecheck.files import is_readable

        now = self._now.all_facts()
        paths = [path for path in now if path not in self._came] + [path for path in self._went if is_readable(path)]
        return {path: facts for path in paths if (facts := self.facts(path) or now.get(path)) is not None}

    def learn(self, path: str, facts: Facts) -> None:
        self._facts[path] = facts

    def concerns_others(self) -> bool:
        """Whether pages that were not changed may be the worse for it.

        That is so where a file is gone, or what other pages know of a changed one is no longer so.
        """
        if self._went:
            return True
        changed = [self._relative(path) for path in self._changes.files() if self._has(path)]
        return any(self._is_known_otherwise(path) for path in changed if path not in self._came)

    def _is_known_otherwise(self, path: str) -> bool:
        try:
            before, after = self.content(path), self._now.content(path)
        except UserError:
            return True
        return self.facts(path) != self._now.facts(path) or _outline(path, before) != _outline(path, after)


def _outline(path: str, raw: bytes) -> list[str]:
    """What a link may lead to within a page."""
    page = Page(Source(path, raw), read)
    headings = [block.text.value for block in page.blocks if block.kind == "heading"]
    return headings + [anchor.text.value for anchor in page.anchors]
