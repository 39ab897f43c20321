"""`--init`: a first configuration that suits the site, and the lines that have hooks and workflows run sitecheck.

Nothing is asked of the network, and no program of the site is run: its files and folders tell what made it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitecheck import __version__
from sitecheck.cli import CLEAN, printable
from sitecheck.config import NAME, find
from sitecheck.files import collect, display_name, is_skipped
from sitecheck.rule import UserError

BASELINE = "sitecheck-baseline.json"
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/sitecheck.yml"
TOLD_BY = 200_000
"""characters of a site's own configuration that are looked at"""

COPIED = (
    "libs",
    *(f"{parent}/{name}" for parent in ("assets", "static", "_static", "js") for name in ("lib", "libs", "plugins")),
    "third_party",
    "third-party",
)
"""Folders of what other people wrote, on any site. Those that are passed over on every site are not among them."""


class Generator(NamedTuple):
    """What makes pages of a site's files."""

    name: str
    old_pages: str
    """a pattern to show how some pages are told from the others"""
    copied: tuple[str, ...] = ()
    """folders of what other people wrote, beside COPIED"""
    written: tuple[str, ...] = ()
    """folders that a program writes"""
    configured_in: tuple[str, ...] = ()
    """files in which a line may name the folder that the pages are written to"""
    output_key: str = ""
    """what that line starts with"""


class Mark(NamedTuple):
    """A file or folder that tells a generator."""

    path: str
    generator: Generator
    content: str = ""
    """what must be found in it; as other programs have files of that name too"""


class Site(NamedTuple):
    """What is known of a site."""

    folder: str
    root: str
    """the repository's; the folder itself where there is none"""
    generator: Generator
    mark: str
    """what it was told by; empty where nothing was found"""
    exclude: tuple[tuple[str, str], ...]
    """patterns, and why they are there"""

    @property
    def inside(self) -> str:
        """Where the folder is in the repository, with `/` and none at its end; empty for the root."""
        place = display_name(os.path.realpath(self.folder), self.root)
        return "" if place == os.curdir else place


_HUGO_FILES = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
_JEKYLL = Generator("Jekyll", "/_posts/2014-*", configured_in=("_config.yml",), output_key="destination")
_AL_FOLIO = _JEKYLL._replace(name="Jekyll with al-folio", written=("lighthouse_results",))
_ACADEMICPAGES = _JEKYLL._replace(
    name="Jekyll with academicpages", copied=("markdown_generator",), written=("talkmap",)
)
_HUGO = Generator(
    "Hugo", "/content/post/2014-*", written=("resources",), configured_in=_HUGO_FILES, output_key="publishDir"
)
_QUARTO = Generator(
    "Quarto", "/posts/2014-*", copied=("_extensions",), configured_in=("_quarto.yml",), output_key="output-dir"
)
_MKDOCS = Generator(
    "MkDocs", "/docs/archive/", configured_in=("mkdocs.yml", "mkdocs.yaml"), output_key="site_dir"
)  # fmt: skip
_PELICAN = Generator(
    "Pelican", "/content/2014-*", ("themes", "theme", "plugins"), ("output",), ("pelicanconf.py",), "OUTPUT_PATH"
)
_SPHINX = Generator(
    "Sphinx", "archive/", written=("build", "generated", "_generated", "_autosummary", "api/generated", "auto_examples")
)
_JUPYTER_BOOK = Generator("Jupyter Book", "archive/", written=("jupyter_execute",))
_HTML = Generator("plain HTML", "/archive/", copied=("lib", "plugins"))
_REPOSITORY = Generator("no generator that sitecheck knows", "/archive/")

MARKS = (
    Mark("_quarto.yml", _QUARTO),
    *(Mark(file, _HUGO) for file in _HUGO_FILES if "hugo." in file),
    *(Mark(file, _HUGO, r"(?i)\bbaseurl\b") for file in _HUGO_FILES if "config." in file),
    Mark("config/_default", _HUGO),
    Mark("_toc.yml", _JUPYTER_BOOK, r"(?m)^(format: *jb-|- file:|root:)"),
    Mark("myst.yml", _JUPYTER_BOOK),
    Mark("_config.yml", _AL_FOLIO, "al[-_]folio"),
    Mark("_bibliography/papers.bib", _AL_FOLIO),
    Mark("_config.yml", _ACADEMICPAGES, "academicpages"),
    Mark("markdown_generator", _ACADEMICPAGES),
    Mark("_config.yml", _JEKYLL),
    Mark("mkdocs.yml", _MKDOCS),
    Mark("mkdocs.yaml", _MKDOCS),
    Mark("pelicanconf.py", _PELICAN),
    *(
        Mark(f"{folder}conf.py", _SPHINX, r"(?m)^(extensions|html_theme|master_doc|root_doc|project)\s*=")
        for folder in ("", "docs/", "doc/", "source/", "docs/source/", "doc/source/")
    ),
    Mark("index.html", _HTML),
    Mark("index.htm", _HTML),
)
"""The first that is there counts."""

CONFIGURATION = """\
# sitecheck looks here for what holds for this site ({generator}). Lines that start with # have no effect:
# they show what else can be said.

# Passed over, besides what is passed over anyway: what .gitignore names, hidden folders, built pages (_site, _build)
# and packages (node_modules, vendor). Patterns are those of a .gitignore; "!vendor" has that folder read all the same.
{exclude}

# The lowest severity that fails a run: error, warning (the default), info or never.
# fail-on = "error"

# Old findings that are not reported. `sitecheck --write-baseline` lists them in the file.
{baseline}

# Rules and groups of rules that some pages are spared.
# [per-path-ignores]
# "{old_pages}" = ["encoding"]
"""

HOOK_LINES = """\
  - repo: https://github.com/OWNER/sitecheck  # FILL IN: the address that your sitecheck came from
    rev: v{version}
    hooks:
      - id: sitecheck-fix  # mends what is safe to mend{files}
      - id: sitecheck{files}
"""

WORKFLOW_LINES = """\
name: sitecheck
on: pull_request
permissions:
  contents: read
jobs:
  sitecheck:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          fetch-depth: 0  # to know what the pull request changes
      - uses: OWNER/sitecheck@v{version}  # FILL IN: the repository that your sitecheck came from
{folder}"""


def init(paths: Sequence[str]) -> int:
    """Write a configuration into the folder, and print what comes next. Returns the exit status.

    Raises UserError where there is no such folder, or a configuration in it already.
    """
    if len(paths) > 1:
        raise UserError("--init writes one configuration; name one folder, or none for the current one")
    folder = paths[0] if paths else os.curdir
    if not os.path.isdir(folder):
        raise UserError(f"{display_name(folder)}: --init needs a folder to write {NAME} into")
    _refuse_second(folder)
    site = _seen(folder)
    _write(os.path.join(folder, NAME), _configuration(site))
    for paragraph in _told(site):
        print(paragraph)
    return CLEAN


def _refuse_second(folder: str) -> None:
    existing = find(folder)
    if existing and os.path.dirname(existing) == os.path.abspath(folder):
        raise _second(existing)


def _second(existing: str) -> UserError:
    return UserError(f"{display_name(existing)} configures sitecheck already, and --init writes over nothing; edit it")


def _write(file: str, text: str) -> None:
    try:
        with open(file, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise _second(file) from None
    except OSError as error:
        raise UserError(f"{display_name(file)}: cannot be written: {error.strerror}") from error


# --- what is there


def _seen(folder: str) -> Site:
    mark = next((mark for mark in MARKS if _is_there(folder, mark)), Mark("", _REPOSITORY))
    exclude = tuple(dict.fromkeys(_excluded(folder, mark)))
    return Site(folder, _repository(folder), mark.generator, mark.path, exclude)


def _is_there(folder: str, mark: Mark) -> bool:
    path = os.path.join(folder, mark.path)
    if not mark.content:
        return os.path.exists(path)
    return re.search(mark.content, _start_of(path)) is not None


def _start_of(file: str) -> str:
    try:
        with open(file, encoding="utf-8", errors="replace") as stream:
            return stream.read(TOLD_BY)
    except OSError:  # no such file, or not for us
        return ""


def _repository(folder: str) -> str:
    root = real = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(root, ".git")):
        parent = os.path.dirname(root)
        if parent == root:
            return real
        root = parent
    return root


def _excluded(folder: str, mark: Mark) -> Iterator[tuple[str, str]]:
    """Patterns for folders that exist and that sitecheck would read, and why it should not."""
    generator = mark.generator
    for name in _outputs(folder, generator):
        yield from _pattern(folder, name, "the built pages")
    home = os.path.dirname(mark.path)  # with Sphinx, it may be docs/source
    for place in (home, os.path.dirname(home)) if home else ("",):
        prefix = f"{place}/" if place else ""
        for name in generator.written:
            yield from _pattern(folder, prefix + name, "written by a program")
    for name in (*generator.copied, *COPIED):
        yield from _pattern(folder, name, "copied from elsewhere")


def _pattern(folder: str, name: str, reason: str) -> Iterator[tuple[str, str]]:
    parent, own_name = os.path.split(os.path.join(folder, name))
    if os.path.isdir(os.path.join(parent, own_name)) and not is_skipped(parent, own_name):
        yield f"/{name}/", reason


def _outputs(folder: str, generator: Generator) -> Iterator[str]:
    """The folder below this one that the site's configuration says the pages are written to, if it is a plain name."""
    line = rf"""(?mi)^[ \t]*["']?{generator.output_key}["']?[ \t]*[:=][ \t]*["']?(?:\./)?([\w-][\w./-]*)"""
    for file in generator.configured_in:
        for match in re.finditer(line, _start_of(os.path.join(folder, file))):
            name = match[1].rstrip("/")
            if ".." not in name and "//" not in name:
                yield name


# --- what is written and told


def _configuration(site: Site) -> str:
    lines = [f'    "{pattern}",  # {reason}' for pattern, reason in site.exclude]
    baseline = f'baseline = "{BASELINE}"'
    return CONFIGURATION.format(
        generator=site.generator.name,
        exclude="\n".join(["exclude = [", *lines, "]"]) if lines else '# exclude = ["/drafts/"]',
        baseline=baseline if os.path.isfile(os.path.join(site.folder, BASELINE)) else f"# {baseline}",
        old_pages=site.generator.old_pages,
    )


def _told(site: Site) -> Iterator[str]:
    """Paragraphs for standard output, each with an empty line after it but the last."""
    by = f", as {site.mark} tells" if site.mark else ""
    patterns = tuple(pattern for pattern, _ in site.exclude)
    files = len(collect([site.folder], base=site.folder, exclude=patterns).files)
    place = printable(display_name(os.path.join(site.folder, NAME)))
    yield f"Seen: {site.generator.name}{by}; {files} {'file' if files == 1 else 'files'} to read."
    yield f"Written: {place}{', which leaves out ' + ', '.join(patterns) if patterns else ''}.\n"

    existing = os.path.isfile(os.path.join(site.root, HOOKS))
    where = f"add under `repos:` in {HOOKS}" if existing else f"put into a new {HOOKS}"
    yield f"To check before each commit, {where}:\n"
    yield ("" if existing else "repos:\n") + _hook_lines(site)

    where = "take this step over into" if os.path.isfile(os.path.join(site.root, WORKFLOW)) else "put into a new"
    yield f"To have pull requests on GitHub annotated, {where} {WORKFLOW}:\n"
    yield _workflow_lines(site)

    yield "Next: sitecheck shows what is wrong, sitecheck --fix mends what is safe to mend. On an old site, run"
    yield f"sitecheck --write-baseline and take the # from the baseline in {place}: then only what is new is reported."


def _hook_lines(site: Site) -> str:
    only = f"\n        files: {_quoted('^' + re.escape(site.inside) + '/')}" if site.inside else ""
    return HOOK_LINES.format(version=__version__, files=only)


def _workflow_lines(site: Site) -> str:
    folder = f"        with:\n          working-directory: {_quoted(site.inside)}\n" if site.inside else ""
    return WORKFLOW_LINES.format(version=__version__, folder=folder)


def _quoted(text: str) -> str:
    """For YAML."""
    return "'" + printable(text).replace("'", "''") + "'"
