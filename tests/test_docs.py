"""What the documents say is so: links lead somewhere, samples work, what is generated is fresh."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from sitecheck.config import KEYS, load
from sitecheck.finding import Diagnostic
from sitecheck.rule import built_in_rules

ROOT = Path(__file__).parent.parent
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "examples" / "README.md"])
RULE_PAGES = sorted((ROOT / "docs" / "rules").glob("*.md"))

relative = [path.relative_to(ROOT).as_posix() for path in WRITTEN]


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of code in a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def options() -> set[str]:
    """Those that `--help` tells of."""
    return set(OPTION.findall(run(ROOT, "-m", "sitecheck", "--help").stdout))


def test_generated_documents_are_fresh() -> None:
    ran = run(ROOT, "docs/generate.py", "--check")

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_each_rule_has_a_page_and_a_row() -> None:
    names = [rule.name for rule in built_in_rules()]
    rows = re.findall(r"^\| \[`([a-z-]+)`\]", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(rows) == sorted(names) == [page.stem for page in RULE_PAGES]


@pytest.mark.parametrize("path", WRITTEN, ids=relative)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    files = [link.partition("#")[0] for link in links if not link.startswith(("http", "#"))]

    assert [file for file in files if not (path.parent / file).exists()] == []


@pytest.mark.parametrize("path", WRITTEN, ids=relative)
def test_options_that_are_mentioned_exist(path: Path) -> None:
    gh = {"--body-file", "--jq", "--rawfile", "--json", "--search", "--state", "--title"}
    others = {"--strict", "--unshallow"} | gh  # mypy has the one, and git the other
    mentioned = set(OPTION.findall(path.read_text(encoding="utf-8")))

    assert mentioned <= options() | others


@pytest.mark.parametrize("path", WRITTEN, ids=relative)
def test_configuration_samples_are_valid(tmp_path: Path, path: Path) -> None:
    for sample in blocks(path, "toml"):
        file = tmp_path / ("pyproject.toml" if "[tool.sitecheck]" in sample else "sitecheck.toml")
        file.write_text(sample, encoding="utf-8")
        load(str(file))  # or it raises UserError


def test_each_key_of_the_configuration_is_explained() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")

    assert set(re.findall("^### `(.*)`$", page, re.MULTILINE)) == set(KEYS)


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "docs" / "suppressing.md"], ids=["README", "suppressing"])
def test_samples_of_suppressions_suppress(path: Path) -> None:
    (sample,) = blocks(path, "markdown")
    without = re.sub("<!--.*-->", "", sample)

    assert found_in(without)
    assert not found_in(sample)


def found_in(page: str) -> tuple[Diagnostic, ...]:
    from sitecheck.engine import ActiveRule, examine

    return examine(page.encode(), "page.md", [ActiveRule(rule) for rule in built_in_rules()]).diagnostics


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("CONTRIBUTING.md", "rules/text/double_period.py"),
        ("docs/writing-a-rule.md", "site-rules/names/old_institute_name.py"),
    ],
)
def test_the_rule_that_is_shown_works(tmp_path: Path, page: str, place: str) -> None:
    """Saved where the page says, it is held to its examples by `--explain`."""
    assert place in (ROOT / page).read_text(encoding="utf-8")
    (code,) = blocks(ROOT / page, "python")
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text(code, encoding="utf-8")
    (tmp_path / "sitecheck.toml").write_text(f'local-rules = "{file.parent.parent.name}"\n')
    ran = run(tmp_path, "-m", "sitecheck", "--explain", file.stem.replace("_", "-"))

    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_rule_in_contributing_has_a_free_name() -> None:
    """It is a sample, so nobody should have taken it out of the page and left the page as it is."""
    (code,) = blocks(ROOT / "CONTRIBUTING.md", "python")
    (name,) = re.findall(r"^class (\w+)\(", code, re.MULTILINE)

    assert name not in {type(rule).__name__ for rule in built_in_rules()}


needs_jq = pytest.mark.skipif(sys.platform == "win32" or not shutil.which("jq"), reason="needs bash and jq")


@needs_jq
def test_the_weekly_workflow_tells_of_a_dead_link_once(tmp_path: Path) -> None:
    """Nobody is asked: Google Scholar's ids are judged by their form."""
    (script,) = (
        step["run"]
        for sample in blocks(ROOT / "docs" / "ci.md", "yaml")
        for job in (yaml.safe_load(sample).get("jobs") or {}).values()
        for step in job.get("steps", ())
        if "comm -13" in step.get("run", "")
    )
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in {
        "gh": 'if [ "$2" != list ]; then cat "${@: -1}" >> ../told; fi',
        "sitecheck": f'exec "{sys.executable}" -m sitecheck "$@"',
    }.items():
        (tools / name).write_text(f"#!/usr/bin/env bash\n{text}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    site, told = tmp_path / "site", tmp_path / "told"
    site.mkdir()
    dead = "[x](https://scholar.google.com/citations?user={})\n"
    environment = os.environ | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}

    def week(page: str) -> list[tuple[str, str]]:
        told.write_text("")
        (site / "a.md").write_text(page, encoding="utf-8")
        subprocess.run(["bash", "-e", "-c", script], cwd=site, env=environment, check=True)
        return re.findall(r"user=(\w+)`.*\((.*)\)$", told.read_text(encoding="utf-8"), re.MULTILINE)

    assert week(dead.format("ONE")) == [("ONE", "a.md:1")]
    assert week(dead.format("ONE")) == []
    assert week("A new line.\n\n" + dead.format("ONE")) == []
    assert week(dead.format("ONE") + "\n" + dead.format("TWO")) == [("TWO", "a.md:3")]


def test_hooks_name_what_exists() -> None:
    from identify.identify import ALL_TAGS

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        command, *arguments = hook["entry"].split()
        scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
        assert command in scripts
        assert set(arguments) <= options()
        assert set(hook["types_or"]) <= ALL_TAGS


def test_the_sample_of_hooks_names_ours() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (sample,) = blocks(ROOT / "README.md", "yaml")
    used = {hook["id"] for repository in yaml.safe_load(sample)["repos"] for hook in repository["hooks"]}

    assert used <= {hook["id"] for hook in hooks}


def test_our_own_pages_are_clean() -> None:
    ran = run(ROOT, "-m", "sitecheck")

    assert ran.returncode == 0, ran.stdout
