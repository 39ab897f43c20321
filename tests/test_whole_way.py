"""An old site takes sitecheck up: a baseline, a commit that the hook refuses, a mend, and a pull request's annotations.

Git, pre-commit and sitecheck are run as a user runs them. docs/adopting.md tells the same story, and shows what is
printed here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from sitecheck.reporters import FORMATS

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent
OLD = "# News\n\n2014: the groupâ€™s first paper.\n\n2016: JosÃ© joined us.\n"
NEW = "# Team\n\nDr. MÃ¼ller leads the group.\n"
ADDED = "\n2026: a talk in MÃ¼nchen.\n"
AUTHOR = {f"GIT_{who}_{what}": "nobody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
"""of every commit here"""

Places = list[tuple[str, int]]
"""paths from the repository's root, and lines from 1"""


def from_text(printed: str) -> Places:
    return [(path, int(line)) for path, line in re.findall(r"^(\S+?):(\d+):\d+: ", printed, re.MULTILINE)]


def from_github(printed: str) -> Places:
    return [(path, int(line)) for path, line in re.findall(r"^::error file=(.*?),line=(\d+),", printed, re.MULTILINE)]


def from_azure(printed: str) -> Places:
    command = r"^##vso\[task\.logissue type=error;sourcepath=(.*?);linenumber=(\d+);"
    return [(path, int(line)) for path, line in re.findall(command, printed, re.MULTILINE)]


def from_json(printed: str) -> Places:
    return [(found["path"], found["start"]["line"]) for found in json.loads(printed)["findings"]]


def from_gitlab(printed: str) -> Places:
    places = [issue["location"] for issue in json.loads(printed)]
    return [(place["path"], place["lines"]["begin"]) for place in places]


def from_rdjson(printed: str) -> Places:
    places = [found["location"] for found in json.loads(printed)["diagnostics"]]
    return [(place["path"], place["range"]["start"]["line"]) for place in places]


def from_sarif(printed: str) -> Places:
    places = [result["locations"][0]["physicalLocation"] for result in json.loads(printed)["runs"][0]["results"]]
    return [(place["artifactLocation"]["uri"], place["region"]["startLine"]) for place in places]


def from_junit(printed: str) -> Places:
    report = ET.fromstring(printed)  # noqa: S314 - our own report
    cases = [case for case in report.iter("testcase") if case.find("failure") is not None]
    return [(case.attrib["classname"], int(case.attrib["name"].split()[-1].partition(":")[0])) for case in cases]


READERS: dict[str, Callable[[str], Places]] = {
    "text": from_text,
    "azure": from_azure,
    "concise": from_text,
    "github": from_github,
    "gitlab": from_gitlab,
    "json": from_json,
    "junit": from_junit,
    "rdjson": from_rdjson,
    "sarif": from_sarif,
}


class Site:
    """A repository, and a shell in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        servers = ("GIT_", "GITHUB_", "CI_PROJECT_", "BUILD_")  # of the tests' own CI server
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(servers)} | {
            "PATH": os.pathsep.join([str(SCRIPTS), os.environ["PATH"]]),
            "PYTHONUTF8": "1",
            "COLUMNS": "100",
            "PRE_COMMIT_HOME": str(folder.with_name("hooks")),
            "SITECHECK_CACHE_DIR": str(folder.with_name("cache")),
            "GIT_CONFIG_GLOBAL": os.devnull,
            **AUTHOR,
        }

    def run(self, command: str, *, status: int = 0, complaints: bool = True) -> str:
        """What a command prints; it must end with the status. The complaints are what goes to standard error."""
        program, *arguments = command.split()
        done = subprocess.run(
            [shutil.which(program, path=self.environment["PATH"]) or program, *arguments],
            cwd=self.folder, env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if complaints else subprocess.DEVNULL, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stdout
        return done.stdout

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    pytest.importorskip("pre_commit")
    site = Site(tmp_path / "site")
    site.folder.mkdir()
    site.write("content/news.md", OLD)
    site.run("git init --quiet --initial-branch=main")
    return site


def installed_hooks() -> str:
    """A configuration with our hooks, except that they run the command that is installed here already."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    check = next(hook for hook in hooks if hook["id"] == "sitecheck")
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": [check | {"language": "system"}]}]})


def shown(printed: str) -> str:
    """The same, which must be a screen in the documents."""
    screens = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
    assert printed.strip() in screens
    return printed


@pytest.mark.slow
def test_the_whole_way(site: Site) -> None:
    # The site has old faults. They go into the baseline, and are not reported from then on.
    assert from_text(shown(site.run("sitecheck", status=1))) == [("content/news.md", 3), ("content/news.md", 5)]
    site.write("sitecheck.toml", 'baseline = "sitecheck-baseline.json"\n')
    assert "lists 2 findings" in shown(site.run("sitecheck --write-baseline"))
    assert "Nothing new" in shown(site.run("sitecheck"))

    # The hook takes the old site as it is.
    site.write(".pre-commit-config.yaml", installed_hooks())
    site.run("pre-commit install")
    site.run("git add --all")
    assert "Passed" in site.run("git commit --message=Baseline")

    # A commit with a new fault is refused, and nothing is committed.
    site.write("content/team.md", NEW)
    site.run("git add --all")
    assert from_text(shown(site.run("git commit --message=Team", status=1))) == [("content/team.md", 3)]
    assert "content/team.md" not in site.run("git ls-tree -r --name-only HEAD")

    # It is mended, and taken.
    assert "1 finding fixed" in shown(site.run("sitecheck --fix content/team.md"))
    assert site.read("content/team.md") == NEW.replace("Ã¼", "ü")
    site.run("git add --all")
    site.run("git commit --message=Team")

    # Somebody without the hook asks for a merge. Each format annotates the line that was added, and no other.
    site.run("git switch --quiet --create talk")
    site.write("content/news.md", OLD + ADDED)
    site.run("git commit --quiet --no-verify --all --message=Talk")
    for name in FORMATS:
        printed = site.run(f"sitecheck --format {name} --changed-since main", status=1, complaints=False)
        if name == "github":
            shown(printed)
        assert (name, READERS[name](printed)) == (name, [("content/news.md", 7)])

    # The old page is mended at last, and then the baseline has nothing left to say.
    site.run("sitecheck --fix")
    assert "nothing any more" in site.run("sitecheck")
    site.run("sitecheck --prune-baseline")
    assert json.loads(site.read("sitecheck-baseline.json"))["findings"] == []
    assert "All clean" in site.run("sitecheck")
