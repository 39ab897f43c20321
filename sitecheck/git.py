"""What git says has changed: files, their lines, and what they were before."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sitecheck.changed import Change, Hunk
from sitecheck.readers import SUFFIXES
from sitecheck.rule import UserError

PAGES = tuple(f":(top,glob,icase)**/*{suffix}" for suffix in SUFFIXES)
"""Only these are asked for: with the others, `git diff` would print every changed picture."""

DIFF = (
    "diff", "--raw", "--patch", "--no-abbrev", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--text",
    "--src-prefix=a/", "--dst-prefix=b/", "--no-color", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=all",
)  # fmt: skip
"""What a user may have configured of `git diff` is said outright, so that everybody gets the same form."""

SETTINGS = ("-c", "core.quotePath=true", "-c", "diff.relative=false")
UNWANTED = (
    "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS",
    "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
)  # fmt: skip
"""Variables that would change an answer. Others stay: a hook of `git commit -a` finds its index by GIT_INDEX_FILE."""

RAW = re.compile(rb":(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*\t([^\t\n]+)(?:\t([^\t\n]+))?\n")
HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
ESCAPE = re.compile(rb'\\([0-7]{3}|[abtnvfr"\\])')
ESCAPES = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}
REGULAR = b"100"
"""what the mode of a file starts with that is no symbolic link and no submodule"""
CACHED = "--cached"
"""what `git diff` calls the index that a commit will be made of"""
CHUNK = 100
"""staged files that are read at once"""


class Changes:
    """What has changed of the pages of a repository."""

    def __init__(self, repository: Repository, what: str, against: str, changes: Iterable[Change]) -> None:
        self.what = what
        """completes "what ...": `has changed since main`, `is staged`"""
        self.root = repository.root
        self._repository = repository
        self._against = against
        self._changes = {place(os.path.join(repository.root, change.path)): change for change in changes}
        self._staged: dict[str, bytes] = {}

    def of(self, path: str) -> Change | None:
        """What became of a file; None where nothing did."""
        return self._changes.get(place(path))

    def places(self) -> frozenset[str]:
        """The files that were changed and are still there, and all folders that they lie in, as `place` names them."""
        found: set[str] = set()
        for file in self._changes:
            step = file
            while step not in found:
                found.add(step)
                step = os.path.dirname(step)
        return frozenset(found)

    def missing(self, paths: Iterable[str]) -> list[str]:
        """The files at or below these paths that are staged and not in the working tree."""
        tops = [place(path) for path in paths]
        return [
            file
            for file, change in self._changes.items()
            if change.staged and not os.path.lexists(file) and any(file == top or _is_below(file, top) for top in tops)
        ]

    def staged(self, path: str) -> bytes | None:
        """What the commit to come will hold of a file; None where it is what is in the working tree that changed.

        Files are best asked for in order of their path.
        """
        change = self._changes[place(path)]
        if not change.staged:
            return None
        if change.staged not in self._staged:
            ids = sorted((other.path, other.staged) for other in self._changes.values())
            following = (each for name, each in ids if name >= change.path)
            self._staged = self._repository.contents(list(islice(following, CHUNK)))
        return self._staged[change.staged]

    def before(self, change: Change) -> bytes:
        """What a file held before its change."""
        return self.blob(change.before)

    def blob(self, identity: str) -> bytes:
        """What git keeps under an id."""
        return self._repository.contents([identity])[identity]

    def files(self) -> Iterable[str]:
        """The real paths of the pages that were changed and are still there."""
        return [self._real(change.path) for change in self._changes.values()]

    def _real(self, path: str) -> str:
        return os.path.realpath(os.path.join(self.root, path))

    def came_and_went(self) -> tuple[frozenset[str], dict[str, str]]:
        """The files of any kind that are new, and those that are gone with the id of what they held.

        A file that was renamed is among both. Paths are real ones.
        """
        came, went = self._repository.came_and_went(self._against)
        return frozenset(map(self._real, came)), {self._real(path): blob for path, blob in went.items()}


def place(path: str) -> str:
    """A name that a file has only one of, on this machine."""
    return os.path.normcase(os.path.realpath(path))


def _is_below(file: str, folder: str) -> bool:
    return file.startswith(os.path.join(folder, ""))


def changed_since(revision: str, path: str) -> Changes:
    """What is other than it was where HEAD and `revision` parted, committed or not, untracked files included.

    `path` is a file or folder in the repository. Raises UserError where git cannot say, and why.
    """
    repository = Repository(path, "--changed-since")
    against = repository.parting(revision)
    changes = list(repository.diff(against))
    changes += map(Change, repository.untracked(*PAGES))
    return Changes(repository, f"has changed since {revision}", against, changes)


def staged(path: str) -> Changes:
    """What the next commit will change. Raises UserError where git cannot say, and why."""
    repository = Repository(path, "--staged")
    return Changes(repository, "is staged", CACHED, repository.diff(CACHED))


class Repository:
    """A repository with a working tree, asked by running git."""

    def __init__(self, path: str, option: str) -> None:
        self._option = option
        """what the user asked for, to begin sentences with"""
        self._program = _program()
        unwanted = {name: value for name, value in os.environ.items() if name not in UNWANTED}
        self._environment = unwanted | {"LC_ALL": "C", "LANGUAGE": "", "GIT_OPTIONAL_LOCKS": "0"}
        # Where GIT_DIR is set, as in hooks, git takes the folder that it runs in for the top of the working tree.
        self._folder = os.curdir if "GIT_DIR" in os.environ else _folder(path)
        done = self._run("rev-parse", "--show-toplevel")
        if done.returncode:
            raise self._failed(done.stderr)
        self.root = os.fsdecode(done.stdout.removesuffix(b"\n"))

    def parting(self, revision: str) -> str:
        """The id of the commit where HEAD left the history of `revision`, or of that itself where they share none."""
        if revision.startswith("-"):  # such a name cannot be given to a commit, and git would read an option
            raise self._unknown(revision)
        done = self._run("merge-base", f"{revision}^{{commit}}", "HEAD")
        if not done.returncode:
            return done.stdout.decode("ascii").strip()
        done = self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        commit = done.stdout.decode("ascii", "replace").strip()
        if done.returncode or not commit.isalnum():  # `^main` is a valid answer, and no commit
            raise self._unknown(revision)
        if self._is_shallow():
            raise UserError(
                f"{self._option}: this clone is shallow, and lacks the commit where HEAD and '{revision}' parted; "
                f"{DEEPEN}"
            )
        return commit

    def diff(self, *against: str) -> Iterator[Change]:
        """The pages that differ, deleted ones left out."""
        from tempfile import TemporaryFile

        command = self._command(*DIFF, *against, "--", *PAGES)
        with TemporaryFile() as complaints:  # a pipe that nobody reads yet would block git once it is full
            with subprocess.Popen(  # noqa: S603 - git itself, and nothing that a shell would read
                command, stdout=subprocess.PIPE, stderr=complaints, env=self._environment, cwd=self._folder
            ) as process:
                found = _parsed(process.stdout or ())
            if process.returncode:
                complaints.seek(0)
                raise self._failed(complaints.read())
        cached = CACHED in against
        return (change if cached else change._replace(staged="") for change in found)

    def came_and_went(self, against: str) -> tuple[list[str], dict[str, str]]:
        """The paths of all files that are new, and of those that are gone, with the id of what they held."""
        done = self._run("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=AD", against, "--", ":/")
        if done.returncode:
            raise self._failed(done.stderr)
        fields = done.stdout.split(b"\0")
        came = [] if against == CACHED else list(self.untracked(":/"))
        went = {}
        for header, name in zip(fields[::2], fields[1::2], strict=False):
            _, _, before, _, status = header.split()
            if status == b"D":
                went[os.fsdecode(name)] = before.decode("ascii")
            else:
                came.append(os.fsdecode(name))
        return came, went

    def untracked(self, *paths: str) -> Iterator[str]:
        """The paths of files that git does not know and does not ignore, among those that its `paths` name."""
        done = self._run("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", *paths)
        if done.returncode:
            raise self._failed(done.stderr)
        return (os.fsdecode(path) for path in done.stdout.split(b"\0") if path)

    def contents(self, ids: Sequence[str]) -> dict[str, bytes]:
        """What git keeps under these ids."""
        done = self._run("cat-file", "--batch", given="".join(f"{each}\n" for each in ids).encode())
        found: dict[str, bytes] = {}
        at = 0
        for each in ids:
            end = done.stdout.find(b"\n", at)
            header = done.stdout[at:end].split()
            if done.returncode or len(header) != len(("id", "type", "size")):
                raise self._failed(done.stderr or f"the object {each} is missing".encode())
            at = end + 1 + int(header[2])
            found[each] = done.stdout[end + 1 : at]
            at += 1
        return found

    def _is_shallow(self) -> bool:
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _unknown(self, revision: str) -> UserError:
        advice = f"; this clone is shallow: {DEEPEN}" if self._is_shallow() else ", see git branch --all"
        return UserError(f"{self._option}: git knows no commit '{revision}' here{advice}")

    def _failed(self, stderr: bytes) -> UserError:
        said = stderr.decode("utf-8", "replace").strip()
        if "not a git repository" in said:
            return UserError(f"{self._option}: {self._shown()} is in no git repository, so nothing tells what changed")
        if "must be run in a work tree" in said:
            return UserError(f"{self._option}: {self._shown()} is not in the working tree of its git repository")
        if "dubious ownership" in said:
            return UserError(
                f"{self._option}: git does not trust the repository of {self._shown()}, as it is somebody else's; "
                "run git config --global --add safe.directory with its path"
            )
        first = said.partition("\n")[0].removeprefix("fatal: ")
        return UserError(f"{self._option}: git failed in {self._shown()}: {first or 'it said nothing'}")

    def _shown(self) -> str:
        return os.path.abspath(self._folder)

    def _command(self, *arguments: str) -> list[str]:
        return [self._program, "--no-pager", *SETTINGS, *arguments]

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - see above
            self._command(*arguments),
            input=given, capture_output=True, check=False, env=self._environment, cwd=self._folder,
        )  # fmt: skip


DEEPEN = "run git fetch --unshallow, or fetch more at once (fetch-depth: 0 in actions/checkout, GIT_DEPTH: 0 in GitLab)"


def _program() -> str:
    """Raises UserError where there is no git. Windows would look for it in the working directory first."""
    name = "git.exe" if sys.platform == "win32" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.access(path, os.X_OK) and os.path.isfile(path):
            return path
    raise UserError("git is not installed, or not in PATH, and only git can tell what changed")


def _folder(path: str) -> str:
    """The folder of a path; the working directory where that does not exist."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    return folder if os.path.isdir(folder) else os.curdir


def _parsed(output: Iterable[bytes]) -> list[Change]:
    """The changes that `git diff --raw --patch --unified=0` tells of, read line by line: they may be many.

    First comes a line for each file, then the patch, from which only the line numbers are kept.
    """
    lines = iter(output)
    changes: dict[str, Change] = {}
    hunks: dict[str, list[Hunk]] = {}
    current: list[Hunk] = []
    for line in lines:
        if raw := RAW.fullmatch(line):
            change = _change(*raw.groups())
            if raw[2].startswith(REGULAR):
                changes[change.path] = change
        elif line.startswith(b"+++ "):
            path = _unquoted(line[len("+++ ") :].rstrip(b"\t\n"))
            current = hunks.setdefault(path.removeprefix("b/"), [])
        elif match := HUNK.match(line):
            hunk = Hunk(int(match[1]), int(match[2] or 1), int(match[3]), int(match[4] or 1))
            current.append(hunk)
            _skip(lines, hunk.old_count + hunk.new_count)
    return [change._replace(hunks=tuple(hunks.get(path, ()))) for path, change in changes.items()]


def _change(mode: bytes, _: bytes, before: bytes, after: bytes, status: bytes, *paths: bytes | None) -> Change:
    names = [_unquoted(path) for path in paths if path is not None]
    known = mode.startswith(REGULAR)  # before, it may have been a link, or nothing
    return Change(
        path=names[-1],
        before=before.decode() if known else "",
        path_before=names[0] if known else "",
        staged=after.decode(),
    )


def _skip(lines: Iterator[bytes], count: int) -> None:
    """Pass over the text of a hunk, which may look like anything, and the remarks that a line has no end."""
    while count:
        count -= not next(lines, b"").startswith(b"\\")


def _unquoted(name: bytes) -> str:
    """A path as git writes it: in quotes like those of C, if something in it is not plain ASCII."""
    if name.startswith(b'"'):
        name = ESCAPE.sub(_unescaped, name[1:-1])
    return os.fsdecode(name)


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if code.isdigit() else ESCAPES.get(code, code)
