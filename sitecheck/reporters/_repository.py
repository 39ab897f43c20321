"""Files as a CI server sees them: it knows the repository, and not the folder that the program ran in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sitecheck.reporters import reread

if TYPE_CHECKING:
    from sitecheck.reporters import Results

MARK = ".git"
"""A folder that has this in it is the root of a repository. (It is a file in a submodule and in a linked work tree.)"""

WORKSPACES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY")
"""Where GitHub, GitLab and Azure say that they checked the repository out; for a copy that came without its `.git`."""


class Repository:
    """The files of a run, named by their paths from the repository's root, with `/`.

    The root is that of the working directory's repository; a file outside of it is named from the root of its own, and
    from the working directory where it has none.
    """

    def __init__(self, results: Results) -> None:
        self._folder = os.path.realpath(os.curdir)
        known = os.path.realpath(results.root) if results.root else _root_above(self._folder)
        workspaces = (os.path.realpath(os.environ[name]) for name in WORKSPACES if os.environ.get(name))
        self._known = known
        self._fallbacks = (*workspaces, self._folder)
        self.source = reread(results)
        self._raw_paths: dict[str, str] = {}
        self._uris: dict[str, str] = {}

    def path(self, path: str) -> str:
        """What the CI server calls the file that a finding calls `path`. Bytes that are not UTF-8 become U+FFFD."""
        raw = self._raw(path)
        return raw if raw.isascii() else _bytes(raw).decode("utf-8", "replace")

    def uri(self, path: str) -> str:
        """The same as a URI reference, byte for byte."""
        uri = self._uris.get(path)
        if uri is None:
            uri = self._uris[path] = _uri(self._raw(path))
        return uri

    def _raw(self, path: str) -> str:
        raw = self._raw_paths.get(path)
        if raw is None:
            raw = self._raw_paths[path] = self._find(path)
        return raw

    def _find(self, path: str) -> str:
        absolute = os.path.normpath(os.path.join(self._folder, path))
        found = _from(self._known, absolute) or _from(_root_above(os.path.dirname(absolute)), absolute)
        for folder in self._fallbacks:
            found = found or _from(folder, absolute)
        return found or path


def _uri(path: str) -> str:
    from urllib.parse import quote

    quoted = quote(_bytes(path))
    return f"file:///{quoted.lstrip('/')}" if os.path.isabs(path) else quoted


def _bytes(path: str) -> bytes:
    """The bytes of a file's name. Names on Windows are UTF-16, which may hold half a character."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")


def _root_above(folder: str) -> str:
    """The nearest folder, upwards, that is the root of a repository; empty where there is none."""
    while not os.path.exists(os.path.join(folder, MARK)):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return ""
    return folder


def _from(root: str, absolute: str) -> str:
    """A path as seen from a folder above it, with `/`; empty where it is not below it."""
    prefix = root.rstrip(os.sep) + os.sep
    if not root or not os.path.normcase(absolute).startswith(os.path.normcase(prefix)):
        return ""
    return absolute[len(prefix) :].replace(os.sep, "/")
