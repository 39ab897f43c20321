"""Which files a run reads: those that are named, and the pages in the folders that are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sitecheck.readers import SUFFIXES

if TYPE_CHECKING:
    from sitecheck.gitignore import Patterns

HUGO = (
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config/_default",
)

SKIPPED_FOLDERS: dict[str, tuple[str, ...]] = {
    # what other people wrote
    "node_modules": (),  # npm
    "bower_components": (),
    "vendor": (),  # Bundler, Composer, and scripts copied into a site
    "_vendor": (),  # Hugo modules
    "themes": HUGO,
    "renv": (), "packrat": (),  # packages of R
    "site-packages": (),  # packages of Python
    # what a program wrote: its source is read instead
    "_site": (),  # Jekyll, Quarto, Eleventy
    "_build": (),  # Sphinx, Jupyter Book
    "_book": (), "_freeze": (), "site_libs": (),  # Quarto, bookdown
    "_gen": (),  # Hugo: resources/_gen
    "public": (*HUGO, "gatsby-config.js", "gatsby-config.ts"),  # elsewhere it holds files that are served as they are
    "site": ("mkdocs.yml", "mkdocs.yaml"),
    "output": ("pelicanconf.py",),
    "build": ("package.json", "conf.py", "docusaurus.config.js"), "dist": ("package.json", "pyproject.toml"),
}  # fmt: skip
"""Folders that are passed over, and the files or folders of which one must stand beside for that (none: always).

So is every folder whose name starts with a dot, such as `.git`, `.quarto` or `.ipynb_checkpoints`, except `.github`:
`.github/profile/README.md` is an organisation's front page.
"""

MARKED_FOLDERS = ("pyvenv.cfg", "CACHEDIR.TAG")
"""A folder with one of these in it is a virtual environment or a cache."""

NOT_PAGES = r"""(?xi)
    \.  .*                                      # hidden: for editors, linters, version control
    |   .*\.min\.\w+                            # minified
    |   (requirements|constraints)\b.*\.txt | pyproject\.toml | runtime\.txt | top_level\.txt | environment\.ya?ml
    |   Cargo\.toml | CMakeLists\.txt | pnpm-(lock|workspace)\.yaml | .*[-.]lock\.(ya?ml|toml)
    |   docker-compose.*\.ya?ml | compose(\.\w+)?\.ya?ml
    |   (azure|bitbucket)-pipelines\.ya?ml | (appveyor|codecov)\.ya?ml
    |   (netlify|fly|wrangler)\.toml            # hosts
    |   (sitecheck|lychee|_?typos|ruff|rustfmt|taplo)\.toml
    |   (robots|ads|app-ads|security)\.txt | google[0-9a-f]{16}\.html
    |   (?-i:LICEN[CS]E|COPYING|NOTICE)([-.].*)?  # legal texts are not for the site's owner to mend
    """
"""Names of files that have a page's suffix and yet are for machines or lawyers. Compiled when a folder is searched."""

IGNORED = "ignored by .gitignore"
EXCLUDED = "left out by include or exclude in the configuration"
SKIPPED = "hidden, minified, built output, other people's packages or not for readers"
UNKNOWN = f"of a suffix that is none of {' '.join(SUFFIXES)}"


class File(NamedTuple):
    """A file to read."""

    path: str
    """to open it by"""
    display: str
    """relative to the working directory, with `/`: what reports call it"""


class Found(NamedTuple):
    """What there is to read, and what became of the rest."""

    files: tuple[File, ...]
    """by display name; each once, also where two paths lead to it"""
    problems: tuple[str, ...]
    """a sentence for each path that does not exist or cannot be searched"""
    passed_over: dict[str, int]
    """how many files and folders were not read, for each reason"""


class Filter(NamedTuple):
    """Patterns, and where a folder is in relation to the one that they belong to."""

    patterns: Patterns
    inside: str
    """`""` in their own folder, else `a/b/`"""

    def match(self, name: str, *, folder: bool) -> bool | None:
        return self.patterns.match(self.inside + name, folder=folder)

    def below(self, name: str) -> Filter:
        return Filter(self.patterns, f"{self.inside}{name}/")


class Folder(NamedTuple):
    """A folder on the way down, and the filters that apply in it."""

    path: str
    display: str
    """with `/` at its end; empty for the working directory"""
    real: str
    """without symbolic links"""
    ignores: tuple[Filter, ...] = ()
    """of every `.gitignore` from the repository's root down; a later one overrules an earlier"""
    exclude: Filter | None = None
    include: Filter | None = None

    def below(self, name: str) -> Folder:
        path = os.path.join(self.path, name)
        outside = self.display.startswith("../")  # and yet the working directory may lie below
        return Folder(
            path,
            _display_prefix(path) if outside else f"{self.display}{name}/",
            os.path.join(self.real, name),
            tuple(ignore.below(name) for ignore in self.ignores),
            self.exclude and self.exclude.below(name),
            self.include and self.include.below(name),
        )


def display_name(path: str, base: str = "") -> str:
    """A path relative to the working directory or another `base`, with `/`; absolute where it is on another drive."""
    try:
        relative = os.path.relpath(path, base or None)
    except ValueError:  # Windows: another drive
        relative = os.path.abspath(path)
    return relative.replace(os.sep, "/")


def _display_prefix(folder: str) -> str:
    display = display_name(folder)
    return "" if display == os.curdir else display.rstrip("/") + "/"


def is_readable(name: str) -> bool:
    """Whether a file's suffix is one that a reader knows."""
    return os.path.splitext(name)[1].lower() in SUFFIXES


def collect(
    paths: Sequence[str],
    *,
    base: str = "",
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    only: frozenset[str] | None = None,
    force_exclude: bool = False,
) -> Found:
    """The files that `paths` name, and the pages below the folders among them.

    `include` and `exclude` are patterns as in a `.gitignore` in the folder `base`. They, the `.gitignore` files and
    SKIPPED_FOLDERS decide what a search finds; a file or folder that is named outright is read in any case,
    unless `force_exclude` is set: then include and exclude hold for such a file too.
    `only`, if given, has the real paths (as by `os.path.normcase`) of the files that are wanted and of the folders that
    they lie in: no other is looked at.
    """
    search = _Search(base, include, exclude, only, force_exclude=force_exclude)
    for path in paths:
        search.add(path)
    files = sorted(search.files.values(), key=lambda file: file.display)
    return Found(tuple(files), tuple(search.problems), search.passed_over)


def nothing_to_read(paths: Sequence[str], passed_over: dict[str, int]) -> str:
    """The sentence that says why a run found no file."""
    where = ", ".join(display_name(path) for path in paths)
    if not passed_over:
        return f"nothing to read in {where}: there are no files"
    counts = sorted(passed_over.items(), key=lambda item: -item[1])
    reasons = ", ".join(f"{count} {'is' if count == 1 else 'are'} {reason}" for reason, count in counts)
    advice = "" if [*passed_over] == [UNKNOWN] else "; what is named outright is read all the same"
    return f"nothing to read in {where}: of the files and folders there, {reasons}{advice}"


class _Search:
    """A walk through the paths of one run."""

    def __init__(
        self,
        base: str,
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        only: frozenset[str] | None,
        *,
        force_exclude: bool,
    ) -> None:
        self.files: dict[str, File] = {}  # by real path
        self.problems: list[str] = []
        self.passed_over: dict[str, int] = {}
        self._base = base
        self._include = include
        self._exclude = exclude
        self._only = only
        self._force_exclude = force_exclude

    def add(self, path: str) -> None:
        if os.path.isdir(path):
            self._walk(self._root(path))
        elif not os.path.exists(path):
            self.problems.append(f"{display_name(path)}: no such file or folder")
        elif not self._is_wanted(os.path.realpath(path)):
            pass
        elif self._force_exclude and self._is_excluded(path):
            self._pass_over(EXCLUDED)
        elif is_readable(path):
            self._take(File(path, display_name(path)), os.path.realpath(path), linked=os.path.islink(path))
        else:
            self._pass_over(UNKNOWN)

    def _root(self, path: str) -> Folder:
        real = os.path.realpath(path)
        return Folder(
            path,
            _display_prefix(path),
            real,
            tuple(_ignores_above(real)),
            self._configured(self._exclude, real),
            self._configured(self._include, real),
        )

    def _configured(self, lines: tuple[str, ...], real: str) -> Filter | None:
        if not lines:
            return None
        from sitecheck.gitignore import compiled

        return Filter(compiled(lines), _inside(os.path.realpath(self._base), real))

    def _is_excluded(self, path: str) -> bool:
        """Whether the configuration leaves out a file that is named outright, or a folder that it lies in."""
        folder, name = os.path.split(os.path.abspath(path))
        real = os.path.realpath(folder)  # not of the file: a link is read at its own place
        exclude, include = self._configured(self._exclude, real), self._configured(self._include, real)
        if exclude and exclude.patterns.covers(exclude.inside + name):
            return True
        return include is not None and not include.patterns.covers(include.inside + name)

    def _walk(self, root: Folder) -> None:
        pending = [root]
        while pending:
            folder = pending.pop()
            try:
                with os.scandir(folder.path) as entries:
                    children = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                self.problems.append(f"{folder.display or '.'}: cannot be searched: {error.strerror}")
                continue
            pending.extend(self._visit(folder, children))

    def _visit(self, folder: Folder, entries: list[os.DirEntry[str]]) -> Iterator[Folder]:
        """Take the files of a folder, and yield the folders in it that are to be searched."""
        if any(entry.name == ".gitignore" for entry in entries):
            folder = folder._replace(ignores=(*folder.ignores, *_ignore_file(os.path.join(folder.path, ".gitignore"))))
        for entry in entries:
            if self._only is not None and not self._is_wanted(_real(folder, entry)):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not _is_junction(entry) and not self._rejects_folder(folder, entry):
                    yield folder.below(entry.name)
            elif entry.is_file() and not self._rejects_file(folder, entry.name):
                # A link to a folder is not followed: what lies within the root is found at its own place.
                file = File(entry.path, folder.display + entry.name)
                self._take(file, _real(folder, entry), linked=entry.is_symlink())

    def _is_wanted(self, real: str) -> bool:
        return self._only is None or os.path.normcase(real) in self._only

    def _rejects_folder(self, folder: Folder, entry: os.DirEntry[str]) -> bool:
        if entry.name == ".git":  # nobody would call that a folder of the site
            return True
        configured = folder.exclude and folder.exclude.match(entry.name, folder=True)
        if configured is not None:  # a pattern with `!` says: read it all the same
            return configured and self._pass_over(EXCLUDED)
        if is_skipped(folder.path, entry.name):
            return self._pass_over(SKIPPED)
        return _is_ignored(folder.ignores, entry.name, folder=True) and self._pass_over(IGNORED)

    def _rejects_file(self, folder: Folder, name: str) -> bool:
        if not is_readable(name):
            return self._pass_over(UNKNOWN)
        configured = folder.exclude and folder.exclude.match(name, folder=False)
        if configured or (folder.include and not folder.include.patterns.covers(folder.include.inside + name)):
            return self._pass_over(EXCLUDED)
        if configured is not None:
            return False
        if re.fullmatch(NOT_PAGES, name):
            return self._pass_over(SKIPPED)
        return _is_ignored(folder.ignores, name, folder=False) and self._pass_over(IGNORED)

    def _take(self, file: File, real: str, *, linked: bool) -> None:
        """Keep a file under its real path, and there the name that is no link."""
        if linked:
            self.files.setdefault(real, file)
        elif real not in self.files or os.path.islink(self.files[real].path):
            self.files[real] = file

    def _pass_over(self, reason: str) -> bool:
        self.passed_over[reason] = self.passed_over.get(reason, 0) + 1
        return True


def _real(folder: Folder, entry: os.DirEntry[str]) -> str:
    return os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(folder.real, entry.name)


def is_skipped(parent: str, name: str) -> bool:
    """Whether a search passes over a folder on any site."""
    if name.startswith("."):
        return name != ".github"
    markers = SKIPPED_FOLDERS.get(name)
    if markers is not None and (not markers or _holds_any(parent, markers)):
        return True
    return _holds_any(os.path.join(parent, name), MARKED_FOLDERS)


def _holds_any(folder: str, names: Iterable[str]) -> bool:
    return any(os.path.exists(os.path.join(folder, name)) for name in names)


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Windows has links to folders that are no symbolic links; Python knows them from 3.12 on."""
    return hasattr(entry, "is_junction") and entry.is_junction()


def _is_ignored(ignores: tuple[Filter, ...], name: str, *, folder: bool) -> bool:
    answers = (ignore.match(name, folder=folder) for ignore in reversed(ignores))
    return next((answer for answer in answers if answer is not None), False)


def _ignores_above(real: str) -> list[Filter]:
    """The `.gitignore` files above a folder up to its repository's root, and the repository's own list.

    None where they would ignore that very folder: somebody named it outright.
    """
    root = real
    while not os.path.lexists(os.path.join(root, ".git")):
        parent = os.path.dirname(root)
        if parent == root:
            return []
        root = parent
    ignores = _ignore_file(os.path.join(root, ".git", "info", "exclude"))
    way = _inside(root, real).split("/")[:-1]
    for depth, name in enumerate(way):
        ignores += _ignore_file(os.path.join(root, *way[:depth], ".gitignore"))
        if _is_ignored(tuple(ignores), name, folder=True):
            return []
        ignores = [ignore.below(name) for ignore in ignores]
    return ignores


def _ignore_file(path: str) -> list[Filter]:
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:
            lines: Iterable[str] = file.readlines()
    except OSError:  # most folders have none
        return []
    from sitecheck.gitignore import Patterns

    return [Filter(Patterns(lines), "")]


def _inside(base: str, path: str) -> str:
    """Where `path` is, seen from `base`: `""` for the same folder, else with `/` at its end."""
    try:
        relative = os.path.relpath(path, base)
    except ValueError:  # Windows: another drive, where no pattern with a folder can match
        return path.replace(os.sep, "/") + "/"
    return "" if relative == os.curdir else relative.replace(os.sep, "/") + "/"
