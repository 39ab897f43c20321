"""`--init`: what it makes of a site, and that what it writes and prints can be used as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitecheck.config import check_names, load
from sitecheck.init import HOOKS, WORKFLOW
from sitecheck.rule import built_in_rules

CLEAN, FINDINGS, ERROR = 0, 1, 2
NAME = "sitecheck.toml"
ADDRESS = "https://github.com/OWNER/sitecheck"

SITES: dict[str, tuple[dict[str, str], list[str]]] = {
    "Hugo, as hugo.toml tells": (
        {"hugo.toml": 'title = "x"\n', "static/libs/a.html": "", "resources/a.html": "", "public/a.html": ""},
        ["/resources/", "/static/libs/"],
    ),
    "Hugo, as hugo.yaml tells": ({"hugo.yaml": "publishdir: ./docs/\n", "docs/a.html": ""}, ["/docs/"]),
    "Hugo, as hugo.json tells": ({"hugo.json": '{\n  "publishDir": "docs"\n}', "docs/a.html": ""}, ["/docs/"]),
    "Hugo, as config.toml tells": ({"config.toml": 'baseURL = "https://example.org"\n'}, []),
    "Hugo, as config/_default tells": ({"config/_default/menus.toml": ""}, []),
    "Jekyll, as _config.yml tells": (
        {"_config.yml": "title: x\ndestination: docs\n", "docs/a.html": "", "_site/a.html": ""},
        ["/docs/"],
    ),
    "Jekyll with al-folio, as _config.yml tells": (
        {"_config.yml": "repo: al-folio\n", "lighthouse_results/a.html": "", "assets/libs/a.html": ""},
        ["/lighthouse_results/", "/assets/libs/"],
    ),
    "Jekyll with academicpages, as _config.yml tells": (
        {"_config.yml": "name: academicpages\n", "talkmap/map.html": "", "markdown_generator/readme.md": ""},
        ["/talkmap/", "/markdown_generator/"],
    ),
    "Quarto, as _quarto.yml tells": (
        {"_quarto.yml": "project:\n  type: website\n  output-dir: docs\n", "docs/a.html": "", "_extensions/a.md": ""},
        ["/docs/", "/_extensions/"],
    ),
    "MkDocs, as mkdocs.yml tells": (
        {"mkdocs.yml": "site_dir: built\n", "built/a.html": "", "site/a.md": ""},
        ["/built/"],
    ),
    "Sphinx, as docs/source/conf.py tells": (
        {"docs/source/conf.py": "extensions = []\n", "docs/build/a.html": "", "docs/source/generated/a.rst": ""},
        ["/docs/source/generated/", "/docs/build/"],
    ),
    "Jupyter Book, as _toc.yml tells": ({"_config.yml": "title: x\n", "_toc.yml": "format: jb-book\nroot: a\n"}, []),
    "Pelican, as pelicanconf.py tells": (
        {"pelicanconf.py": "OUTPUT_PATH = 'html/'\n", "html/a.html": "", "themes/a.html": "", "output/a.html": ""},
        ["/html/", "/themes/"],
    ),
    "plain HTML, as index.html tells": ({"index.html": "<p>x", "lib/a.html": ""}, ["/lib/"]),
    "no generator that sitecheck knows": ({"conf.py": "import os\n", "config.toml": "a = 1\n"}, []),
}
each_site = pytest.mark.parametrize("seen", SITES)


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sitecheck", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def initialised(folder: Path, *arguments: str) -> str:
    ran = call(folder, "--init", *arguments)
    assert (ran.returncode, ran.stderr) == (CLEAN, "")
    return ran.stdout


def refused(folder: Path, *arguments: str) -> str:
    ran = call(folder, "--init", *arguments)
    assert (ran.returncode, ran.stdout) == (ERROR, "")
    assert ran.stderr.count("\n") == 1
    return ran.stderr


def printed(told: str) -> tuple[Any, Any]:
    """What is to go into the file of hooks and into the workflow."""
    hooks, workflow = re.findall(r":\n\n(.*?)\n(?=\n|To|Next|$)", told, re.DOTALL)
    return yaml.safe_load(hooks), yaml.safe_load(workflow)


# --- what is seen, and what is written


@each_site
def test_each_kind_of_site_is_told_and_what_is_not_its_own_is_left_out(tmp_path: Path, seen: str) -> None:
    files, excluded = SITES[seen]
    write(tmp_path, {**files, "page.md": "Hi\n"})
    told = initialised(tmp_path)
    assert told.startswith(f"Seen: {seen}; ")
    assert list(load(str(tmp_path / NAME)).exclude) == excluded
    left_out = f", which leaves out {', '.join(excluded)}" if excluded else ""
    assert f"Written: {NAME}{left_out}.\n" in told


@each_site
def test_the_configuration_holds_as_it_is_and_with_every_sample_in_force(tmp_path: Path, seen: str) -> None:
    write(tmp_path, {**SITES[seen][0], "page.md": "Hi\n"})
    initialised(tmp_path)
    ran = call(tmp_path, "page.md", "--no-cache")
    assert (ran.returncode, ran.stderr) == (CLEAN, "")

    file = tmp_path / NAME
    file.write_text(re.sub(r"(?m)^# (?=[\w-]+ = |\[|\")", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    config = load(str(file))
    check_names(config, built_in_rules())
    assert config.fail_on == "error"
    assert Path(config.baseline).name == "sitecheck-baseline.json"
    assert [names for _, names in config.per_path_ignores] == [("encoding",)]
    assert config.exclude


def test_the_number_of_files_is_that_of_the_run_that_follows(tmp_path: Path) -> None:
    write(tmp_path, {"_quarto.yml": "output-dir: docs\n", "a.qmd": "", "b.md": "", "docs/a.html": ""})
    assert "; 3 files to read.\n" in initialised(tmp_path)
    assert "3 files" in call(tmp_path, "--no-cache").stdout


def test_a_folder_for_the_pages_that_is_the_site_or_elsewhere_is_not_left_out(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, {"_config.yml": "destination: ../docs\ndestination: .\ndestination: /docs\ndestination: 'a\"b'\n"})
    write(tmp_path, {"docs/a.md": "", "site/docs/a.md": ""})
    initialised(site)
    assert load(str(site / NAME)).exclude == ()


def test_the_same_site_gets_the_same_text(tmp_path: Path) -> None:
    files = {**SITES["Quarto, as _quarto.yml tells"][0]}
    for name in ("one", "two"):
        write(tmp_path / name, files)
    assert initialised(tmp_path / "one") == initialised(tmp_path / "two")
    assert (tmp_path / "one" / NAME).read_bytes() == (tmp_path / "two" / NAME).read_bytes()


def test_a_baseline_that_is_there_is_put_in_force(tmp_path: Path) -> None:
    write(tmp_path, {"page.md": "cafÃ©\n"})
    assert call(tmp_path, "--write-baseline", "--no-cache").returncode == CLEAN
    initialised(tmp_path)
    assert call(tmp_path, "--no-cache").returncode == CLEAN
    assert call(tmp_path, "--no-cache", "--no-baseline").returncode == FINDINGS


# --- what is refused


@pytest.mark.parametrize("file", [NAME, "pyproject.toml"])
def test_a_configuration_that_is_there_stays(tmp_path: Path, file: str) -> None:
    text = "[tool.sitecheck]\nignore = []\n" if file != NAME else "ignore = []\n"
    write(tmp_path, {file: text})
    assert refused(tmp_path).startswith(f"sitecheck: {file} configures sitecheck already")
    assert [path.name for path in tmp_path.iterdir()] == [file]
    assert (tmp_path / file).read_text() == text


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / NAME).symlink_to("elsewhere.toml")
    assert "configures sitecheck already" in refused(tmp_path)
    assert not (tmp_path / "elsewhere.toml").exists()


def test_a_pyproject_of_something_else_and_a_configuration_above_are_no_hindrance(tmp_path: Path) -> None:
    write(tmp_path, {NAME: "", "site/pyproject.toml": "[tool.ruff]\n"})
    initialised(tmp_path / "site")
    assert (tmp_path / "site" / NAME).is_file()


def test_it_takes_one_folder_that_exists(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "", "b/c.md": ""})
    assert "a.md: --init needs a folder" in refused(tmp_path, "a.md")
    assert "nowhere: --init needs a folder" in refused(tmp_path, "nowhere")
    assert "name one folder" in refused(tmp_path, "b", ".")
    assert not list(tmp_path.rglob(NAME))


# --- the lines to add


def test_the_lines_for_hooks_and_workflow_are_whole_files_where_there_are_none(tmp_path: Path) -> None:
    told = initialised(tmp_path)
    assert f"put into a new {HOOKS}:" in told
    assert f"put into a new {WORKFLOW}:" in told
    hooks, workflow = printed(told)
    (repository,) = hooks["repos"]
    assert repository["repo"] == ADDRESS
    assert [hook["id"] for hook in repository["hooks"]] == ["sitecheck-fix", "sitecheck"]
    assert workflow[True] == "pull_request"  # YAML 1.1 takes `on` for a truth value
    assert workflow["jobs"]["sitecheck"]["steps"][-1]["uses"] == f"OWNER/sitecheck@{repository['rev']}"
    assert told.count("FILL IN") == 2


def test_hooks_that_are_there_get_one_more_repository(tmp_path: Path) -> None:
    before = "repos:\n  - repo: local\n    hooks: []\n"
    write(tmp_path, {HOOKS: before, WORKFLOW: ""})
    told = initialised(tmp_path)
    assert f"add under `repos:` in {HOOKS}:" in told
    assert f"take this step over into {WORKFLOW}:" in told
    lines = told.partition(f"{HOOKS}:\n\n")[2].partition("\n\n")[0]
    assert [repository["repo"] for repository in yaml.safe_load(before + lines)["repos"]] == ["local", ADDRESS]


def test_a_site_in_a_folder_of_its_repository_is_named_in_both(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "", HOOKS: "repos: []\n", "it's a site/mkdocs.yml": ""})
    told = initialised(tmp_path, "it's a site")
    assert f"Written: it's a site/{NAME}.\n" in told
    hooks, workflow = printed(told)
    files = {hook["files"] for hook in hooks[0]["hooks"]}
    assert {bool(re.search(pattern, "it's a site/a.md")) for pattern in files} == {True}
    assert not any(re.search(pattern, "its a site/a.md") for pattern in files)
    assert workflow["jobs"]["sitecheck"]["steps"][-1]["with"] == {"working-directory": "it's a site"}
