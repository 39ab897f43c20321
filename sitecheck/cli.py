"""The command line: what can be asked for, and how the process ends."""

from __future__ import annotations

import argparse
import gc
import os
import sys

from sitecheck import __version__

TYPE_CHECKING = False  # the typing module's own takes a third of the time of --version to import
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

VERSION = f"sitecheck {__version__}"
CLEAN, FINDINGS, ERROR = 0, 1, 2
INTERRUPTED = 130
"""what a shell reports of a program that Ctrl-C ended"""
READER_GONE = 141
"""what a shell reports of a program whose output nobody wanted any more, as in `sitecheck | head`"""
HELP_WIDTH = 100
"""columns of the help at most"""

EPILOG = """\
exit status: 0 nothing found, 1 findings at or above --fail-on (or, with --diff, a difference),
2 wrong usage, a file that cannot be read, or an internal error.

examples:
  sitecheck                       check all pages below the current folder
  sitecheck --fix content/        mend what can be mended without changing a meaning
  sitecheck --diff index.md       show what that would change
  sitecheck --explain mojibake    what a rule finds, why, and examples
"""


class Options(argparse.Namespace):
    """What the command line asks for. The names are those of the options."""

    paths: list[str]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    select: list[str] | None
    ignore: list[str]
    fail_on: str | None
    exit_zero: bool
    format: str
    output_file: str
    statistics: bool
    color: str
    config: str
    local_rules: bool
    force_exclude: bool
    stdin_filename: str
    no_cache: bool
    jobs: int
    changed_since: str
    staged: bool
    baseline: str | None
    inventory: str
    write_baseline: bool
    prune_baseline: bool
    online: bool | None
    exclude_link: list[re.Pattern[str]]
    accept: frozenset[int] | None
    timeout: float | None
    retries: int | None
    concurrency: int | None
    per_host: int | None
    host_interval: float | None
    max_time: float
    max_age: float | None
    fail_on_verdict: tuple[str, ...] | None
    store: str
    remap: list[tuple[re.Pattern[str], str, int]]
    allow_private: bool
    service: list[tuple[str, str]]
    explain: str
    list_rules: bool
    init: bool
    add_word: list[str]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from sitecheck.rule import UserError

        raise UserError(f"{message}; see sitecheck --help")


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_help_width(), max_help_position=26)


def _help_width() -> int:
    """In columns. argparse would import shutil to know it, and do so for every option that is added."""
    try:
        return min(os.get_terminal_size().columns or HELP_WIDTH, HELP_WIDTH)
    except OSError:  # no terminal
        return HELP_WIDTH


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with the arguments of the process, or with those given, and return its exit status."""
    _prepare_streams()
    gc.set_threshold(20_000, 20, 20)  # else a short run spends a twentieth of its time on garbage that it does not make
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_stdout()
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _failed(error)
    return status


def _run(arguments: Sequence[str] | None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if list(arguments) == ["--version"]:  # scripts ask this often, and setting up a parser doubles the time
        print(VERSION)
        return CLEAN
    try:
        options = parser().parse_intermixed_args(arguments, namespace=Options())
    except SystemExit as done:  # after --help and --version
        return int(done.code or CLEAN)
    if options.explain or options.list_rules:
        from sitecheck.explain import answer

        return answer(options)
    if options.init:
        from sitecheck.init import init

        return init(options.paths)
    if options.add_word:
        return _add_words(options)
    from sitecheck.run import run

    return run(options)


def _add_words(options: Options) -> int:
    from sitecheck.rule import UserError
    from sitecheck.run import configured
    from sitecheck.settings import add_words

    stray = [word for word in options.add_word if not word or any(map(str.isspace, word))]
    if stray or len(options.paths) > 1:
        told = f"'{stray[0]}' is none" if stray else "give the option for each"
        raise UserError(f"--add-word takes one word at a time: {told}")
    print(printable(add_words(configured(options), options.add_word)))
    return CLEAN


def parser() -> argparse.ArgumentParser:
    """All options, in groups."""
    command = _Parser(
        prog="sitecheck",
        usage="sitecheck [OPTIONS] [PATHS ...]",
        description="Find what is broken on academic web pages: Markdown, HTML, YAML, TOML, BibTeX and plain text.",
        epilog=EPILOG,
        formatter_class=_HelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    command.add_argument(
        "paths", nargs="*", metavar="PATHS",
        help="files, and folders to search for pages (default: the current folder); - reads standard input",
    )  # fmt: skip
    _add_fixing(command.add_argument_group("mending"))
    _add_rules(command.add_argument_group("rules"))
    _add_scope(command.add_argument_group("only what is new"))
    _add_links(command.add_argument_group("links on the web"))
    _add_report(command.add_argument_group("report"))
    _add_others(command.add_argument_group("configuration and others"))
    return command


def _jobs(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"a whole number from 0 is needed, not {text!r}")
    return int(text)


def _add_fixing(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--fix", action="store_true", help="write the safe fixes: those that change no meaning")
    group.add_argument(
        "--unsafe-fixes", action="store_true", help="write the other fixes too (implies --fix); look at them afterwards"
    )
    group.add_argument(
        "--diff", action="store_true", help="show what --fix (or --unsafe-fixes) would change, and change nothing"
    )


def _add_rules(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--select", action="extend", type=_names, metavar="RULES",
        help="run only these rules or groups, separated by commas; takes the place of select and ignore in the "
        "configuration",
    )  # fmt: skip
    group.add_argument(
        "--ignore", action="extend", type=_names, metavar="RULES", default=[],
        help="do not run these rules or groups; added to those of the configuration",
    )  # fmt: skip
    group.add_argument("--explain", metavar="RULE", default="", help="say what a rule finds and why, with examples")
    group.add_argument("--list-rules", action="store_true", help="list all rules; as JSON with --format json")
    group.add_argument(
        "--no-local-rules", action="store_false", dest="local_rules",
        help="refuse the configuration's folder of own rules: they are code, and run as such",
    )  # fmt: skip


def _add_scope(group: argparse._ArgumentGroup) -> None:
    changes = group.add_mutually_exclusive_group()
    changes.add_argument(
        "--changed-since", metavar="REV", default="",
        help="report only what the changes answer for that were made since git's REV and HEAD parted, committed or not",
    )  # fmt: skip
    changes.add_argument("--staged", action="store_true", help="the same for what is staged for the next commit")
    group.add_argument(
        "--baseline", metavar="FILE",
        help="do not report the old findings that are listed in it (default: what the configuration says)",
    )  # fmt: skip
    group.add_argument(
        "--no-baseline", action="store_const", const="", dest="baseline", help="report those in the baseline too"
    )
    writing = group.add_mutually_exclusive_group()
    writing.add_argument(
        "--write-baseline", action="store_true",
        help="list all findings in the baseline (default: sitecheck-baseline.json beside the configuration)",
    )  # fmt: skip
    writing.add_argument(
        "--prune-baseline", action="store_true", help="take out of the baseline what matches nothing any more"
    )


def _add_links(group: argparse._ArgumentGroup) -> None:
    number, count, pattern, statuses = map(_read_by, ("number", "count", "pattern", "statuses"))
    group.add_argument(
        "--online", action=argparse.BooleanOptionalAction, default=None, help="ask the web whether the links are there"
    )
    group.add_argument(
        "--exclude-link",
        action="append",
        type=pattern,
        metavar="REGEX",
        default=[],
        help="do not ask for such links",
    )
    group.add_argument("--accept", type=statuses, metavar="CODES", help="statuses that are fine, such as 403,500-599")
    group.add_argument("--timeout", type=number, metavar="SECONDS", help="for a link with its redirects (default: 20)")
    group.add_argument(
        "--retries", type=_read_by("retries"), metavar="N", help="of a link that fails for the moment (default: 2)"
    )
    group.add_argument("--concurrency", type=count, metavar="N", help="requests at once (default: 512)")
    group.add_argument("--per-host", type=count, metavar="N", help="requests at once to one host (default: 8)")
    group.add_argument(
        "--host-interval", type=number, metavar="SECONDS",
        help="between two requests to one host, after the first 30 (default: 0.05)",
    )  # fmt: skip
    group.add_argument("--max-time", type=number, metavar="SECONDS", default=0.0, help="for all links (default: any)")
    group.add_argument(
        "--max-age",
        type=number,
        metavar="HOURS",
        help="ask again for what was there longer ago (default: 24)",
    )
    group.add_argument(
        "--fail-on-verdict", type=_read_by("verdicts"), metavar="VERDICTS",
        help="verdicts that make the exit status 1: broken, blocked, transient, moved, skipped",
    )  # fmt: skip
    group.add_argument("--store", metavar="FILE", default="", help="of earlier verdicts (default: in the cache folder)")
    group.add_argument(
        "--remap", action="append", type=_read_by("remapped"), metavar="REGEX=ADDRESS", default=[],
        help="ask for hosts of these names at another address, and port",
    )  # fmt: skip
    group.add_argument("--allow-private", action="store_true", help="ask private and local addresses, too")
    group.add_argument(
        "--service", action="append", type=_read_by("named_address"), metavar="NAME=URL", default=[],
        help="ask another address for github, github-api, gitlab, bitbucket-api, codeberg, huggingface, doi, arxiv-api",
    )  # fmt: skip


def _read_by(name: str) -> Callable[[str], Any]:
    """What makes a value of an option's text: a function of `link_options`, which is not loaded before it is needed."""

    def read(text: str) -> Any:
        from sitecheck import link_options

        try:
            return getattr(link_options, name)(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def _add_report(group: argparse._ArgumentGroup) -> None:
    from sitecheck.reporters import FORMATS

    group.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="how to report (default: %(default)s)")
    group.add_argument("--output-file", metavar="FILE", default="", help="write the report to a file")
    group.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    group.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto",
        help="auto means: on a terminal, unless NO_COLOR is set; FORCE_COLOR has it anywhere",
    )  # fmt: skip
    group.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"),
        help="the lowest severity that makes the exit status 1 (default: warning)",
    )  # fmt: skip
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 although there are findings")


def _add_others(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--config", metavar="FILE", default="",
        help="the configuration (default: the nearest sitecheck.toml, or pyproject.toml with [tool.sitecheck], "
        "from the first path upwards)",
    )  # fmt: skip
    group.add_argument(
        "--init", action="store_true",
        help="write a sitecheck.toml that suits the site, and show the lines for pre-commit and a workflow",
    )  # fmt: skip
    group.add_argument(
        "--add-word", action="append", metavar="WORD", default=[],
        help="put a word that is not misspelt into words.txt beside the configuration, and check nothing",
    )  # fmt: skip
    group.add_argument(
        "--force-exclude", action="store_true",
        help="have include and exclude in the configuration hold for files that are named, too",
    )  # fmt: skip
    group.add_argument(
        "--stdin-filename", metavar="NAME", default="",
        help="the name of what - reads: its suffix tells the format (default: stdin.md)",
    )  # fmt: skip
    group.add_argument(
        "--inventory", metavar="FILE", default="",
        help="take the site's files from this list, a path a line, seen from its own folder (default: look for them)",
    )  # fmt: skip
    group.add_argument("--no-cache", action="store_true", help="read every file anew, and remember nothing of it")
    group.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="examine files in N processes (default: 1; 0: one a core)"
    )
    group.add_argument("--version", action="version", version=VERSION, help="show the version")
    group.add_argument("-h", "--help", action="help", help="show this text")


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def _prepare_streams() -> None:
    """Have a console that lacks a character show its number rather than end the program."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def complain(sentence: str) -> None:
    """One sentence to standard error. File names and error texts may hold anything, so control characters are shown."""
    print(f"sitecheck: {printable(sentence)}", file=sys.stderr)


def printable(text: str) -> str:
    """The text on one line, with what is not printable as `\\x1b`."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _abandon_stdout() -> None:
    """Have the interpreter not try again, as it ends, to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: Exception) -> int:
    """Say in one sentence what went wrong, and return the exit status."""
    from sitecheck.rule import UserError

    if isinstance(error, UserError):
        complain(str(error))
    elif os.environ.get("SITECHECK_DEBUG"):
        raise error
    elif isinstance(error, FileNotFoundError) and error.filename is None:
        complain("the working directory does not exist any more; go to another one and run again")
    elif isinstance(error, OSError) and error.filename is None:  # a stream's; a file's is caught where it arises
        _abandon_stdout()
        complain(f"the output cannot be written: {error.strerror}")
    else:
        complain(f"internal error: {type(error).__name__}: {error}; please report it, with what SITECHECK_DEBUG=1 adds")
    return ERROR
