"""Results that are still good: a file that has not changed is neither read nor examined again.

Two things are remembered. Of a **file** (by absolute path): its signature, which is what the system says of it without
reading it, and the digest of its content. Of a **content**: what examining it gave. Since `engine.examine` is a pure
function, the key of that is all that goes into it: the content, the path as reports call it, the active rules and their
severities, and the code itself, which is every file of the program, of its parsers and of the folders of rules.

So a page that gets a new time stamp (as in each checkout of a CI server) is read, and found to be known; and so is one
that is back to what it was before. A signature is trusted only where the file had rested for a while when it was taken:
another edit in the same tick of the file system's clock, and of the same length, would not show (git calls that racy).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from sitecheck import __version__
from sitecheck.engine import Done, Examined, Task, content_digest
from sitecheck.store import Store, cache_folder

if TYPE_CHECKING:
    from sitecheck.engine import ActiveRule
    from sitecheck.finding import Place, Position
    from sitecheck.store import FileRow, ResultRow

REST = 2_000_000_000
"""nanoseconds: the coarsest clock of a file system in use, that of FAT"""

DAY = 86_400
REFRESH = 7
"""days after which the date of the last use is written again"""

PARSERS = ("pyromark", "yaml", "codespell_lib")
"""packages that findings depend on; another release may read a page differently"""


class Cache:
    """What is known before a run, and what becomes known in it. Whatever state the cache is in, nothing raises."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        """`warn` is told, once, what the user should know of the cache itself."""
        self._store = Store(cache_folder(), warn)
        self._now = time.time_ns()
        self._today = self._now // 1_000_000_000 // DAY
        self._base = os.path.join(os.getcwd(), "")
        self._signatures: dict[str, str] = {}
        self._digests: dict[str, bytes] = {}
        self._files: list[FileRow] = []
        self._results: list[ResultRow] = []
        self._codes: dict[tuple[ActiveRule, ...], bytes] = {}

    def write(self) -> None:
        """Write what is new. To be called also when the run was interrupted."""
        if self._files or self._results:
            self._store.write(self._files, self._results, self._today)

    def known(self, tasks: Iterable[Task]) -> dict[str, Done]:
        """The results that are still good, by the task's path."""
        found: dict[str, Done] = {}
        with self._store.reading():
            for task in tasks:
                self._rules(task.rules)  # now, while the digests of the code can be looked up
                digest = self._digests[task.path] = self._digest(task.path)
                examined = self._examined(task, digest) if digest else None
                if examined is not None:
                    found[task.path] = Done(examined)
        return found

    def keep(self, task: Task, done: Done) -> None:
        """Remember a result. Where a rule failed it is tried again next time: that may have been for want of memory."""
        signature = self._signatures.get(task.path)
        if signature is not None and done.digest and done.examined is not None and not done.examined.errors:
            self._digests[task.path] = done.digest
            self._files.append((self._name(task.path), signature, done.digest, self._today))
            self._results.append((self._key(task, done.digest), _dumped(done.examined), self._today))

    def learn(self, task: Task, examined: Examined) -> None:
        """Remember a result that is known, and to which a fact was added."""
        digest = self._digests.get(task.path)
        if digest and not examined.errors:
            self._results.append((self._key(task, digest), _dumped(examined), self._today))

    def _digest(self, path: str, *, of_code: bool = False) -> bytes:
        """The digest of a file's content, by its signature or by reading it; empty where it cannot be known.

        A page that was never seen is not read here: whoever examines it will.
        """
        try:
            status = os.stat(path)
        except OSError:
            return b""
        signature = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
        name = self._name(path)
        row = self._store.file(name)
        self._signatures[path] = signature
        if row is not None and row[0] == signature and isinstance(row[1], bytes):
            if self._is_old(row[2]):
                self._files.append((name, signature, row[1], self._today))
            return row[1]
        if max(status.st_mtime_ns, status.st_ctime_ns) > self._now - REST:
            self._signatures[path] = signature = ""
        if row is None and not of_code:
            return b""
        digest = _digest_of(path)
        if digest:
            self._files.append((name, signature, digest, self._today))
        return digest

    def _examined(self, task: Task, digest: bytes) -> Examined | None:
        key = self._key(task, digest)
        row = self._store.result(key)
        if row is None or not isinstance(row[0], bytes):
            return None
        examined = _loaded(row[0], task.display)
        if examined is not None and self._is_old(row[1]):
            self._results.append((key, row[0], self._today))
        return examined

    def _is_old(self, day: object) -> bool:
        return not isinstance(day, int) or not self._today - REFRESH < day <= self._today

    def _name(self, path: str) -> bytes:
        return os.fsencode(os.path.normpath(path if os.path.isabs(path) else self._base + path))

    def _key(self, task: Task, digest: bytes) -> bytes:
        return content_digest(digest + self._rules(task.rules) + task.display.encode("utf-8", "surrogatepass"))

    def _rules(self, rules: tuple[ActiveRule, ...]) -> bytes:
        """A digest of all that goes into examining besides the page: the rules, their severities, and the code."""
        known = self._codes.get(rules)
        if known is None:
            said = [(active.rule.name, active.rule.group, active.severity, vars(active.rule)) for active in rules]
            code = [
                [(name, self._digest(path, of_code=True)) for name, path in _files(folder)]
                for folder in _folders_of_code(rules)
            ]
            known = content_digest(repr((said, __version__, sys.version, code)).encode("utf-8", "backslashreplace"))
            self._codes[rules] = known
        return known


def _digest_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return content_digest(file.read())
    except OSError:
        return b""


def _folders_of_code(rules: Iterable[ActiveRule]) -> list[str]:
    """The folders of the program, its parsers and the rules: of a rule the one that holds its group's, each once."""
    from importlib.machinery import PathFinder

    specs = [PathFinder.find_spec(name) for name in PARSERS]
    files = [__file__, *(spec.origin for spec in specs if spec is not None and spec.origin)]
    modules = (sys.modules[type(active.rule).__module__] for active in rules)
    files += [os.path.dirname(os.path.abspath(module.__file__)) for module in modules if module.__file__]
    return list(dict.fromkeys(os.path.dirname(file) for file in files))


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """Every file in a folder of code, as it is called there and by its path. Word lists and the like count as well."""
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        for name in sorted(files):
            full = os.path.join(path, name)
            yield full[len(folder) :], full


def _dumped(examined: Examined) -> bytes:
    """Empty for a file without findings: most are."""
    plain = examined._replace(path="")
    if plain == NOTHING:
        return b""
    from sitecheck.records import dump

    return dump(plain)


def _loaded(raw: bytes, path: str) -> Examined | None:
    """The result of a row, or None where that cannot be what was written."""
    if not raw:
        return NOTHING._replace(path=path)
    from sitecheck.records import load

    try:
        examined = load(Examined, raw)
    except ValueError:
        return None
    places = [diagnostic.place for diagnostic in examined.diagnostics]
    related = [place for diagnostic in examined.diagnostics for place in diagnostic.related]
    if any(place.path != path for place in places) or not all(map(_is_range, (*places, *related))):
        return None
    return examined._replace(path=path)


def _is_range(place: Place) -> bool:
    return place.start <= place.end and _is_possible(place.start) and _is_possible(place.end)


def _is_possible(position: Position) -> bool:
    return 1 <= position.line <= position.offset + 1 and 1 <= position.column <= position.offset + 1


NOTHING = Examined("", ())
