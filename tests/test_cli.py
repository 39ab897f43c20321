"""What a person or a script at the command line gets: output, exit status, and files that change or do not."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sitecheck.cli import parser
from sitecheck.config import FAIL_ON

CLEAN, FINDINGS, ERROR = 0, 1, 2

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has it")

WORD_RULE = '''
import re
from sitecheck import Edit, Example, Finding, Fix, PageRule, Severity, Span

class {name}(PageRule):
    """A word is {word}."""

    severity = Severity.{severity}
    examples = (
        Example("> a {word} word\\n    {carets} found {word}", fixed="> a {good} word"),
        Example("a {good} word"),
    )

    def check(self, page):
        for match in re.finditer("{word}", page.source.text):
            span = Span(*match.span())
            yield Finding(span, "found {word}", Fix((Edit(*span, "{good}"),), {safe}, "replace by {good}"))
'''
CONFIG = 'select = ["demo"]\nlocal-rules = "own"\n'


class Site:
    """A folder with a rule `bad-word` (warning, safe fix) and a rule `risky-word` (info, unsafe fix) of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("sitecheck.toml", CONFIG)
        self.word_rule("BadWord", "baad", "good", severity="WARNING", safe=True)
        self.word_rule("RiskyWord", "rissky", "bold", severity="INFO", safe=False)

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def word_rule(self, name: str, word: str, good: str, *, severity: str, safe: bool) -> None:
        file = "own/demo/" + re.sub("(?<=.)(?=[A-Z])", "_", name).lower() + ".py"
        carets = "^" * len(word)
        self.write(file, WORD_RULE.format_map(dict(locals())))

    def rule(self, name: str, body: str) -> None:
        """A rule of which only the code of `check` matters."""
        class_name = name.title().replace("_", "")
        head = f"import os, signal\nfrom sitecheck import Finding, PageRule, Span\n\nclass {class_name}(PageRule):\n"
        self.write(f"own/demo/{name}.py", f"{head}    def check(self, page):\n        {body}\n        yield\n")

    def run(self, *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None) -> Done:
        variables = env(environment or {})
        done = subprocess.run(
            command(*arguments), cwd=self.root, input=stdin, capture_output=True, env=variables, check=False
        )
        return Done(done.returncode, done.stdout, done.stderr)


class Done:
    """What a process left behind."""

    def __init__(self, status: int, raw: bytes, errors: bytes) -> None:
        self.status = status
        self.raw = raw
        self.out = raw.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
        self.errors = errors.decode("utf-8").replace("\r\n", "\n")
        assert "Traceback" not in self.errors

    def __repr__(self) -> str:
        return f"{self.status}\n{self.out}\n{self.errors}"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sitecheck", *arguments]


def env(more: dict[str, str]) -> dict[str, str]:
    unwanted = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "SITECHECK_DEBUG"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {"PYTHONIOENCODING": "utf-8"} | more


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


# --- exit status and severity


def test_a_clean_site_exits_with_0_and_says_so(site: Site) -> None:
    site.write("a.md", "fine\n")
    done = site.run()
    assert done.status == CLEAN
    assert "1 file" in done.out
    assert done.errors == ""


def test_a_finding_exits_with_1_and_is_shown_at_its_place(site: Site) -> None:
    site.write("sub/a.md", "one\na baad word\n")
    done = site.run("sub")
    assert done.status == FINDINGS
    assert "sub/a.md:2:3: warning[bad-word]" in done.out


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        ("baad", [], FINDINGS),
        ("rissky", [], CLEAN),
        ("rissky", ["--fail-on", "info"], FINDINGS),
        ("baad", ["--fail-on", "error"], CLEAN),
        ("baad", ["--fail-on", "warning"], FINDINGS),
        ("baad", ["--fail-on", "never"], CLEAN),
        ("baad", ["--exit-zero"], CLEAN),
        ("baad", ["--diff", "--exit-zero"], CLEAN),
    ],
)
def test_fail_on_and_exit_zero_decide_the_status(site: Site, text: str, options: list[str], status: int) -> None:
    site.write("a.md", text)
    done = site.run(*options)
    assert done.status == status
    assert "baad" in done.out or "rissky" in done.out


def test_fail_on_can_be_configured_and_the_command_line_goes_before(site: Site) -> None:
    site.write("sitecheck.toml", CONFIG + 'fail-on = "error"\n')
    site.write("a.md", "baad")
    assert site.run().status == CLEAN
    assert site.run("--fail-on", "warning").status == FINDINGS


def test_severities_and_ignores_of_a_path_can_be_configured(site: Site) -> None:
    tables = '[severity]\nbad-word = "error"\n[per-path-ignores]\n"old/" = ["bad-word"]\n'
    site.write("sitecheck.toml", CONFIG + tables)
    site.write("a.md", "baad")
    site.write("old/a.md", "baad")
    done = site.run("--format", "concise")
    assert "a.md:1:1: error[bad-word]" in done.out
    assert "old/a.md" not in done.out


# --- fixing


def test_fix_mends_what_is_safe_and_leaves_the_rest(site: Site) -> None:
    site.write("a.md", "baad rissky\r\n")
    done = site.run("--fix", "--fail-on", "info")
    assert site.read("a.md") == b"good rissky\r\n"
    assert done.status == FINDINGS
    assert "bad-word" not in done.out
    assert "risky-word" in done.out


def test_after_a_fix_the_status_is_1_only_if_something_is_left(site: Site) -> None:
    site.write("a.md", "baad")
    assert site.run("--fix").status == CLEAN
    before = (site.root / "a.md").stat()
    assert site.run("--fix").status == CLEAN
    after = (site.root / "a.md").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


@pytest.mark.parametrize("options", [["--unsafe-fixes"], ["--fix", "--unsafe-fixes"]])
def test_unsafe_fixes_mends_both_kinds(site: Site, options: list[str]) -> None:
    site.write("a.md", "baad rissky")
    assert site.run(*options, "--fail-on", "info").status == CLEAN
    assert site.read("a.md") == b"good bold"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write every file")
def test_what_cannot_be_written_is_said_and_stays(site: Site) -> None:
    file = site.write("a.md", "baad")
    file.chmod(0o444)
    done = site.run("--fix")
    assert done.status == FINDINGS
    assert "a.md: not fixed" in done.errors
    assert site.read("a.md") == b"baad"


# --- differences

PAGES = {
    "a.md": b"one\ntwo\nthree\nfour\nbaad\nsix\n" + b"line\n" * 20 + b"baad baad\nbaad\n\nrissky",
    "crlf.md": b"one\r\nbaad\r\n",
    "open.md": b"baad",
    "mark.md": b"\xef\xbb\xbfbaad\n",
    "latin.md": b"caf\xe9 baad\n\x1b[31m baad\r and\x0c\n",
    "sub folder/\xe4 b.md".encode().decode("latin-1"): b"baad\n",
}


def test_diff_changes_nothing_and_exits_with_1_where_there_is_a_difference(site: Site) -> None:
    site.write("a.md", "a baad word, a rissky one\n")
    done = site.run("--diff")
    assert done.status == FINDINGS
    assert site.read("a.md") == b"a baad word, a rissky one\n"
    assert done.out == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,1 +1,1 @@\n-a baad word, a rissky one\n+a good word, a rissky one\n"
    )
    assert done.errors == "--fix would mend 1 finding in 1 file\n"
    assert "+a good word, a bold one\n" in site.run("--diff", "--unsafe-fixes").out
    assert "+a good word, a rissky one\n" in site.run("--diff", "--fix").out
    assert site.read("a.md") == b"a baad word, a rissky one\n"


def test_diff_exits_with_0_where_there_is_no_difference(site: Site) -> None:
    site.write("a.md", "rissky")
    done = site.run("--diff", "--fail-on", "info")
    assert (done.status, done.raw) == (CLEAN, b"")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_piped_diff_can_be_applied_and_then_is_what_fix_would_have_written(site: Site) -> None:
    for name, content in PAGES.items():
        site.write(name, content)
    patch = site.run("--diff").raw
    apply = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(apply, input=patch, cwd=site.root, check=True, env=env({"GIT_CEILING_DIRECTORIES": str(site.root)}))
    applied = {name: site.read(name) for name in PAGES}
    for name, content in PAGES.items():
        site.write(name, content)
    assert site.run("--fix").status == CLEAN
    assert applied == {name: site.read(name) for name in PAGES}
    assert all(b"baad" not in content for content in applied.values())


def test_a_diff_can_be_written_to_a_file(site: Site) -> None:
    site.write("crlf.md", PAGES["crlf.md"])
    done = site.run("--diff", "--output-file", "fixes.patch")
    assert (done.status, done.raw) == (FINDINGS, b"")
    assert b"-baad\r\n+good\r\n" in site.read("fixes.patch")


@posix
def test_a_diff_on_a_terminal_does_not_obey_the_page(site: Site) -> None:
    site.write("a.md", "\x1b]0;owned\x07 baad \u202e\n")
    out = on_terminal(site, "--diff", "--color", "never")
    assert "<U+001B>]0;owned<U+0007> good <U+202E>" in out
    assert "\x1b" not in out
    assert "\x1b[32m+<U+001B>]0;owned" in on_terminal(site, "--diff")


# --- standard input


def test_a_dash_reads_standard_input_and_its_name_tells_the_format(site: Site) -> None:
    done = site.run("-", "--stdin-filename", "content/a.md", "--format", "concise", stdin=b"baad")
    assert done.status == FINDINGS
    assert done.out.startswith("content/a.md:1:1: warning[bad-word]")
    assert "stdin.md:1:1" in site.run("-", stdin=b"baad").out


def test_a_fixed_standard_input_goes_to_standard_output_and_the_report_to_standard_error(site: Site) -> None:
    done = site.run("-", "--fix", "--fail-on", "info", stdin=b"baad \xe9 rissky\r\n")
    assert done.raw == b"good \xe9 rissky\r\n"
    assert done.status == FINDINGS
    assert "risky-word" in done.errors


def test_a_diff_of_standard_input(site: Site) -> None:
    done = site.run("-", "--diff", "--stdin-filename", "a.md", stdin=b"baad\n")
    assert (done.status, done.out) == (FINDINGS, "--- a/a.md\n+++ b/a.md\n@@ -1,1 +1,1 @@\n-baad\n+good\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-", "--stdin-filename", "a.png"], "nothing to read: standard input is called a.png"),
        (["-", "a.md"], "- and --stdin-filename go together, without other paths"),
        (["--stdin-filename", "a.md"], "- and --stdin-filename go together, without other paths"),
    ],
)
def test_standard_input_that_makes_no_sense_is_one_sentence(site: Site, arguments: list[str], expected: str) -> None:
    done = site.run(*arguments)
    assert (done.status, done.out) == (ERROR, "")
    assert one_sentence(done).startswith(f"sitecheck: {expected}")


def test_the_configuration_is_that_of_the_name_of_standard_input(site: Site) -> None:
    site.write("sub/sitecheck.toml", CONFIG.replace('"own"', '"../own"') + 'ignore = ["bad-word"]\n')
    assert site.run("-", "--stdin-filename", "sub/a.md", stdin=b"baad").status == CLEAN
    assert site.run("-", "--stdin-filename", "a.md", stdin=b"baad").status == FINDINGS
    site.write("sitecheck.toml", CONFIG + 'per-path-ignores = {"old/" = ["bad-word"]}\n')
    assert site.run("-", "--stdin-filename", "old/a.md", stdin=b"baad").status == CLEAN


# --- which rules


def test_select_and_ignore_take_names_and_groups_separated_by_commas_or_repeated(site: Site) -> None:
    site.write("a.md", "baad rissky")

    def found(*options: str) -> set[str]:
        return set(re.findall(r"\[([\w-]+-word)\]", site.run("--format", "concise", *options).out))

    assert found() == {"bad-word", "risky-word"}
    assert found("--select", "bad-word") == {"bad-word"}
    assert found("--select", "bad-word, risky-word") == {"bad-word", "risky-word"}
    assert found("--select", "bad-word", "--select", "risky-word") == {"bad-word", "risky-word"}
    assert found("--ignore", "risky-word") == {"bad-word"}
    assert found("--select", "demo", "--ignore", "bad-word") == {"risky-word"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", "bad-wrd"], "--select names the unknown rule or group 'bad-wrd', did you mean 'bad-word'?"),
        (["--ignore", "zzz"], "--ignore names the unknown rule or group 'zzz'; see --list-rules"),
        (["--ignore", "demo"], "no rule is left to run; see --list-rules, and select and ignore"),
        (["--explain", "bad-wrd"], "--explain: there is no rule 'bad-wrd', did you mean 'bad-word'?"),
        (["--format", "xml"], "argument --format: invalid choice"),
        (["--fail-on", "all"], "argument --fail-on: invalid choice"),
        (["--fixx"], "unrecognized arguments: --fixx; see sitecheck --help"),
        (["--config", "nope.toml"], "nope.toml: the configuration cannot be read: No such file or directory"),
        (["nowhere.md"], "nowhere.md: no such file or folder"),
        (["sitecheck.txt\x1b[31m"], r"sitecheck.txt\x1b[31m: no such file or folder"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(site: Site, options: list[str], expected: str) -> None:
    site.write("a.md", "baad")
    done = site.run(*options)
    assert (done.status, done.out) == (ERROR, "")
    assert one_sentence(done).startswith(f"sitecheck: {expected}")


def test_no_local_rules_runs_no_code_of_the_site(site: Site) -> None:
    site.write("own/demo/bad_word.py", "open('executed', 'w').close()\n")
    site.write("a.md", "fine")
    done = site.run("--no-local-rules")
    assert "'select' names the unknown rule or group" not in done.errors
    assert "'select' names the local rule 'demo', and --no-local-rules refuses to load it" in one_sentence(done)
    assert site.run("--no-local-rules", "--select", "encoding").status == CLEAN
    assert site.run("--no-local-rules", "--list-rules").status == CLEAN
    assert not (site.root / "executed").exists()
    assert site.run().status == ERROR
    assert (site.root / "executed").exists()


def test_a_local_rule_may_not_take_the_name_of_one_of_ours(site: Site) -> None:
    site.word_rule("Mojibake", "x", "y", severity="INFO", safe=True)
    site.write("a.md", "fine")
    assert "own: mojibake is the name of a built-in rule; rename yours" in one_sentence(site.run())


def test_another_configuration_can_be_named(site: Site) -> None:
    site.write("a.md", "baad")
    site.write("ci/strict.toml", 'select = ["risky-word"]\nlocal-rules = "../own"\n')
    assert site.run().status == FINDINGS
    assert site.run("--config", "ci/strict.toml").status == CLEAN


# --- reports


def test_json_goes_to_standard_output_in_ascii_and_nothing_else_does(site: Site) -> None:
    site.write("über/a.md", "ü baad\n")
    done = site.run("--format", "json")
    assert done.raw.isascii()
    (finding,) = json.loads(done.out)["findings"]
    assert (finding["path"], finding["start"]["column"]) == ("über/a.md", 3)
    assert done.errors == ""


def test_the_report_can_go_to_a_file_which_is_no_page_though_it_may_be_called_so(site: Site) -> None:
    site.write("a.md", "baad ü\n")
    for _ in range(2):
        done = site.run("--output-file", "report.txt")
        assert (done.status, done.out) == (FINDINGS, "")
        assert "a.md:1:1: warning[bad-word]" in site.read("report.txt").decode("utf-8")
        assert "report.txt" not in site.read("report.txt").decode("utf-8")
    done = site.run("--output-file", "no/such/folder.txt")
    assert done.status == ERROR
    assert "no/such/folder.txt: the report cannot be written: No such file or directory" in one_sentence(done)


def test_statistics_count_the_findings_of_each_rule(site: Site) -> None:
    site.write("a.md", "baad baad baad rissky")
    counts = site.run("--statistics", "--format", "concise").out
    assert re.search(r"\b3\b.*bad-word|bad-word.*\b3\b", counts)


def test_findings_of_all_files_are_sorted_by_path_and_place(site: Site) -> None:
    for name in ("b.md", "a/z.md", "a.md"):
        site.write(name, "rissky baad")
    done = site.run("b.md", "a", "a.md", "--format", "concise")
    places = re.findall(r"(?m)^([\w/.]+:\d+:\d+):", done.out)
    assert places == ["a.md:1:1", "a.md:1:8", "a/z.md:1:1", "a/z.md:1:8", "b.md:1:1", "b.md:1:8"]


def test_paths_and_options_may_be_mixed(site: Site) -> None:
    site.write("a.md", "baad")
    site.write("b.md", "baad")
    done = site.run("a.md", "--format", "concise", "b.md", "--no-cache")
    assert "a.md:1:1" in done.out
    assert "b.md:1:1" in done.out


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": ""}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colors(site: Site, options: list[str], environment: dict[str, str], colored: bool) -> None:
    site.write("a.md", "baad")
    assert ("\x1b[" in site.run(*options, environment=environment).out) == colored


@posix
def test_colors_are_on_by_default_on_a_terminal_only(site: Site) -> None:
    site.write("a.md", "baad")
    assert "\x1b[" in on_terminal(site)
    assert "\x1b[" not in on_terminal(site, NO_COLOR="1")
    assert "\x1b[" not in on_terminal(site, TERM="dumb")
    assert "\x1b[" not in on_terminal(site, "--color", "never")


@pytest.mark.parametrize("columns", ["0", "1", "40", "200", "9" * 5000, "many"])
def test_columns_says_how_wide_a_report_is_and_nonsense_in_it_does_no_harm(site: Site, columns: str) -> None:
    site.write("a.md", "baad " + "word " * 100)
    done = site.run(environment={"COLUMNS": columns})
    assert done.status == FINDINGS
    width = max(len(line) for line in done.out.splitlines() if line.startswith("1 |"))
    wanted = int(columns) if columns in ("40", "200") else 100
    assert wanted - 10 < width <= wanted or columns in ("0", "1")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_console_that_lacks_a_character_shows_the_rest(site: Site, encoding: str) -> None:
    site.write("a.md", "漢字 baad 🙂 …\n")
    site.word_rule("OddWord", "漢字", "rissky", severity="ERROR", safe=True)
    for options in ([], ["--format", "concise"], ["--diff"], ["--explain", "odd-word"], ["--list-rules"]):
        settings = env({"PYTHONIOENCODING": encoding})
        done = subprocess.run(command(*options), cwd=site.root, capture_output=True, env=settings, check=False)
        assert done.returncode == (FINDINGS if options[:1] in ([], ["--format"], ["--diff"]) else CLEAN)
        assert done.stderr.count(b"\n") == ("--diff" in options)
        assert b"odd-word" in done.stdout or b"rissky" in done.stdout


# --- when something goes wrong


def test_a_rule_that_fails_is_named_and_the_others_go_on(site: Site) -> None:
    site.rule("broken", "raise ValueError('what a pity')")
    site.write("a.md", "baad")
    done = site.run()
    assert done.status == ERROR
    assert one_sentence(done) == "sitecheck: rule broken failed on a.md: ValueError: what a pity\n"
    assert "bad-word" in done.out
    assert site.run("--exit-zero").status == ERROR


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs a file that nobody can open, not even root")
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("a.md", "baad")
    monkeypatch.chdir(site.root)  # names of sockets must be short
    with socket.socket(socket.AF_UNIX) as unopenable:
        unopenable.bind("b.md")
        for options in ([], ["--fix"], ["--diff"]):
            done = site.run(*options, "a.md", "b.md")
            assert done.status == ERROR
            assert "sitecheck: b.md: cannot be read: " in done.errors
    assert site.read("a.md") == b"good"


def test_a_path_that_does_not_exist_is_named_and_the_others_are_read(site: Site) -> None:
    site.write("a.md", "baad")
    done = site.run("nowhere", "a.md")
    assert done.status == ERROR
    assert one_sentence(done) == "sitecheck: nowhere: no such file or folder\n"
    assert "bad-word" in done.out


def test_when_there_is_nothing_to_read_it_says_so_and_why(site: Site) -> None:
    site.write("x/a.png", "")
    done = site.run("x")
    assert (done.status, done.out) == (ERROR, "")
    assert one_sentence(done).startswith("sitecheck: nothing to read in x: of the files and folders there, 1 is of a")
    assert "nothing to read in x/a.png" in one_sentence(site.run("x/a.png"))
    assert "nothing to read in x" in site.run("x", "nowhere").errors


def test_an_internal_error_is_one_sentence_unless_the_developer_asks(site: Site) -> None:
    rule = "from sitecheck import PageRule\nclass BadWord(PageRule):\n    severity = None\n"
    site.write("own/demo/bad_word.py", rule)
    done = site.run("--list-rules")
    assert done.status == ERROR
    assert one_sentence(done).startswith("sitecheck: internal error: AttributeError: ")
    debugged = subprocess.run(
        command("--list-rules"), cwd=site.root, capture_output=True, env=env({"SITECHECK_DEBUG": "1"}), check=False
    )
    assert b"Traceback" in debugged.stderr


@linux
def test_a_working_directory_that_is_gone_is_one_sentence(site: Site) -> None:
    script = f"mkdir gone && cd gone && rmdir ../gone && {' '.join(command('a.md'))}"
    done = subprocess.run(["sh", "-c", script], cwd=site.root, env=env({}), capture_output=True, check=False)
    assert done.returncode == ERROR
    assert done.stderr == b"sitecheck: the working directory does not exist any more; go to another one and run again\n"


@posix
def test_control_c_ends_it_quietly(site: Site) -> None:
    site.rule("interrupting", "os.kill(os.getpid(), signal.SIGINT)")
    site.write("a.md", "fine")
    done = site.run()
    assert (done.status, done.out, done.errors) == (128 + signal.SIGINT, "", "")


@posix
@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--diff"], ["--list-rules"]])
def test_a_reader_that_goes_away_ends_it_quietly(site: Site, options: list[str]) -> None:
    site.write("a.md", "baad")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command(*options), cwd=site.root, stdout=writer, stderr=subprocess.PIPE, env=env({}), check=False
    )
    os.close(writer)
    assert re.sub(rb"--fix would mend .*\n", b"", done.stderr) == b""
    assert done.returncode == 128 + signal.SIGPIPE


@linux
@pytest.mark.parametrize("options", [[], ["--format=json"], ["--diff"], ["--list-rules"], ["--output-file=/dev/full"]])
def test_a_full_disk_is_one_sentence(site: Site, options: list[str]) -> None:
    site.write("a.md", "baad")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command(*options), cwd=site.root, stdout=full, stderr=subprocess.PIPE, env=env({}), check=False
        )
    assert done.returncode == ERROR
    assert b"cannot be written: No space left on device" in done.stderr.splitlines()[-1]
    assert b"Exception" not in done.stderr


@posix
def test_it_works_without_a_standard_output(site: Site) -> None:
    site.write("a.md", "baad")
    script = f"{' '.join(command())} >&-"
    assert subprocess.run(["sh", "-c", script], cwd=site.root, env=env({}), check=False).returncode == FINDINGS


# --- help, version, and what they and a clean page cost


def test_help_names_every_option_and_its_choices() -> None:
    text = parser().format_help()
    for action in parser()._actions:
        assert action.help
        assert all(option in text for option in action.option_strings)
        if "--fail-on" in action.option_strings:
            assert tuple(action.choices or ()) == FAIL_ON
    assert max(len(line) for line in text.splitlines()) <= 100


def test_version_is_printed(site: Site) -> None:
    import sitecheck

    for options in (["--version"], ["--version", "--fix"]):
        done = site.run(*options)
        assert (done.status, done.out) == (CLEAN, f"sitecheck {sitecheck.__version__}\n")


def imported(site: Site, *arguments: str) -> set[str]:
    """The modules that a process imports beyond those that Python itself does."""

    def modules(code: list[str]) -> set[str]:
        command = [sys.executable, "-X", "importtime", *code]
        done = subprocess.run(command, cwd=site.root, capture_output=True, check=False)
        return {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines() if b"|" in line}

    return modules(["-m", "sitecheck", *arguments]) - modules(["-c", "pass"])


def test_the_version_is_told_without_loading_the_program(site: Site) -> None:
    ours = {name for name in imported(site, "--version") if name.startswith("sitecheck")}
    assert ours == {"sitecheck", "sitecheck.cli"}


@pytest.mark.parametrize("arguments", [["a.md"], ["."]])
def test_a_clean_page_loads_nothing_that_it_does_not_need(tmp_path: Path, arguments: list[str]) -> None:
    """Names are from the standard library and from packages that other parts of the program need.

    `tomllib` is not among them: the phrases that rules look for are kept in TOML.
    """
    page = "# A page\n\nSome *text* with a [link](https://a.example/).\n"
    (tmp_path / "a.md").write_text(page, encoding="utf-8")
    site = Site.__new__(Site)
    site.root = tmp_path
    unwanted = {
        "aiohttp", "asyncio", "bs4", "dataclasses", "difflib", "ftfy", "inspect", "json", "logging", "pathlib",
        "pathspec", "shutil", "subprocess", "tempfile", "textwrap", "wcwidth",
        "sitecheck.fixer", "sitecheck.explain", "sitecheck.diff", "sitecheck.gitignore",
    }  # fmt: skip
    loaded = imported(site, *arguments)
    assert "sitecheck.engine" in loaded
    assert loaded & unwanted == set()


# ---


def one_sentence(done: Done) -> str:
    """What stands on standard error, which must be a line."""
    assert done.errors.count("\n") == 1, done.errors
    return done.errors


def on_terminal(site: Site, *arguments: str, **environment: str) -> str:
    """Standard output as a terminal gets it."""
    import pty

    ours, theirs = pty.openpty()
    settings = env({"TERM": "xterm-256color"} | environment)
    with subprocess.Popen(command(*arguments), cwd=site.root, stdout=theirs, stderr=subprocess.DEVNULL, env=settings):
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            written += part
    os.close(ours)
    return written.decode("utf-8")
