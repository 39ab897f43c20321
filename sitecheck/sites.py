"""The sites on disk that the files of a run belong to, and how each file is looked at as a part of its site."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.engine import ActiveRule, Examined, Located, Task, examine, read_file
from sitecheck.files import collect, display_name
from sitecheck.inventory import files_below, is_site, listed, site_root
from sitecheck.site import Site

if TYPE_CHECKING:
    from sitecheck.config import Config
    from sitecheck.earlier import Earlier
    from sitecheck.examiner import Examiner
    from sitecheck.facts import Facts
    from sitecheck.git import Changes


class Run(NamedTuple):
    """What the sites need of the run."""

    config: Config
    rules: tuple[ActiveRule, ...]
    examiner: Examiner
    known: dict[str, Examined]
    """what examining files by themselves gave so far, by display path"""
    contents: dict[str, bytes]
    """what is not as it is on disk, by display path"""
    covered: tuple[str, ...] = ()
    """real paths of the folders whose pages are all among what is known"""


class Sites:
    """Every site of a run. Nothing is read before a rule asks for it.

    With `changes`, every site is as it was before them.
    """

    def __init__(self, run: Run, changes: Changes | None = None) -> None:
        self._run = run
        self._changes = changes
        self._inventory = run.config.inventory and os.path.realpath(run.config.inventory)
        self._folders: dict[str, tuple[_Files, Site, str]] = {}
        """by folder as it is called: its site, and where it is in that, with `/` at the end"""
        self._sites: dict[str, tuple[_Files, Site]] = {}
        """by root"""
        self._reals: dict[str, str] = {}
        self._earlier: list[Earlier] = []
        self._is_site = cache(is_site)

    def locate(self, path: str, display: str) -> Located:
        """A file as a part of its site. All files of the run are to be located before a rule looks at one of them."""
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = self._place(folder)
        files, site, inside = self._folders[folder]
        files.displays[inside + name] = display
        files.on_disk[inside + name] = path
        return Located(inside + name, site)

    def changed(self, path: str, display: str, raw: bytes, rules: tuple[ActiveRule, ...]) -> Located:
        """A file as a part of its site, once it holds these bytes."""
        located = self.locate(path, display)
        self._run.contents[display] = raw
        self._run.known[display] = examine(raw, display, rules)
        located.site.forget(located.path)
        return located

    def _place(self, folder: str) -> tuple[_Files, Site, str]:
        real = self._real(folder)
        root = self._root(real)
        if root not in self._sites:
            now = _Files(root, self._run, self._inventory if root == os.path.dirname(self._inventory) else "")
            files = self._before(root, now, self._changes) if self._changes else now
            self._sites[root] = now, Site(root, files, now.named)
        inside = os.path.relpath(real, root).replace(os.sep, "/")
        return (*self._sites[root], "" if inside == os.curdir else f"{inside}/")

    def _real(self, folder: str) -> str:
        """Its real path: that of the folder around it and its name, unless it is a link."""
        parent, name = os.path.split(folder)
        if not parent or parent not in self._reals or name in ("", os.curdir, os.pardir) or os.path.islink(folder):
            self._reals[folder] = os.path.realpath(folder or os.curdir)
        else:
            self._reals[folder] = os.path.join(self._reals[parent], name)
        return self._reals[folder]

    def _before(self, root: str, now: _Files, changes: Changes) -> Earlier:
        from sitecheck.earlier import Earlier

        def rules(path: str) -> tuple[ActiveRule, ...]:
            return self._run.config.active_at(now.named(path), self._run.rules)

        earlier = Earlier(now, root, changes, rules)
        self._earlier.append(earlier)
        return earlier

    def concern_others(self) -> bool:
        """Whether what changed may matter to pages that did not, in the sites of the files that were located."""
        return any(earlier.concerns_others() for earlier in self._earlier)

    def _root(self, folder: str) -> str:
        listing = os.path.dirname(self._inventory)
        if listing and os.path.join(folder, "").startswith(os.path.join(listing, "")):
            return listing
        config = self._run.config
        top = os.path.realpath(config.folder or os.curdir) if config.file else ""
        return site_root(folder, top, self._is_site)


class _Files:
    """The files of one site on disk. Paths are relative to its root, with `/`."""

    def __init__(self, root: str, run: Run, inventory: str) -> None:
        self.displays: dict[str, str] = {}
        """what reports call the files of the run"""
        self.on_disk: dict[str, str] = {}
        """where they lie"""
        self._root = root
        self._run = run
        self._inventory = inventory

    def named(self, path: str) -> str:
        """What reports call a file."""
        return self.displays.get(path) or display_name(os.path.join(self._root, path))

    def paths(self) -> frozenset[str]:
        """Empty where there are too many for a site."""
        return listed(self._inventory) if self._inventory else files_below(self._root) or frozenset()

    def content(self, path: str) -> bytes:
        name = self.named(path)
        changed = self._run.contents.get(name)
        return read_file(os.path.join(self._root, path), name) if changed is None else changed

    def facts(self, path: str) -> Facts | None:
        examined = self._run.known.get(self.displays.get(path, ""))
        return examined.facts if examined is not None else None

    def learn(self, path: str, facts: Facts) -> None:
        display = self.displays[path]
        examined = self._run.known[display] = self._run.known[display]._replace(facts=facts)
        if display not in self._run.contents:
            rules = self._run.config.active_at(display, self._run.rules)
            self._run.examiner.learn(Task(self.on_disk[path], display, rules), examined)

    def all_facts(self) -> dict[str, Facts]:
        """Pages that cannot be read have none; those of the run are there even if they are not on disk."""
        known = self._run.known
        found = {path: known.get(display) for path, display in self.displays.items()}
        if not any(os.path.join(self._root, "").startswith(os.path.join(top, "")) for top in self._run.covered):
            found = self._unnamed() | found
        return {path: examined.facts for path, examined in found.items() if examined is not None}

    def _unnamed(self) -> dict[str, Examined | None]:
        """The pages of the site that the run does not know yet are examined."""
        config, known = self._run.config, self._run.known
        files = collect([self._root], base=config.folder, include=config.include, exclude=config.exclude).files
        tasks = [
            Task(file.path, file.display, config.active_at(file.display, self._run.rules))
            for file in files
            if file.display not in known
        ]
        loaded = self._run.examiner.examine(tasks) if tasks else {}
        inside = {file.path[len(self._root) + 1 :].replace(os.sep, "/"): file for file in files}
        return {path: known.get(file.display) or loaded[file.path].examined for path, file in inside.items()}
