"""Installed in any way, the program runs and finds its rules, from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import sitecheck
from sitecheck.rule import built_in_rules

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = ["LICENSE", "README.md", "pyproject.toml", "rules", "sitecheck"]
"""What the distribution is made from."""
PAGE = "Kingâ€™s College\n"


def test_all_packages_are_installed() -> None:
    modules = [*ROOT.glob("sitecheck/**/*.py"), *ROOT.glob("rules/**/*.py")]
    folders = {module.parent.relative_to(ROOT).as_posix().replace("/", ".") for module in modules}
    packages = {f"sitecheck.{folder}" if folder.startswith("rules") else folder for folder in folders}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages


def test_each_package_says_that_it_is_one() -> None:
    folders = {module.parent for part in ("sitecheck", "rules") for module in (ROOT / part).rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_names_and_licence() -> None:
    project = PROJECT["project"]
    assert project["name"] == "sitecheck-lint"
    assert list(project["scripts"]) == ["sitecheck"]
    assert project["license"] == "MIT AND CC-BY-SA-4.0"  # the second is for the lexicon alone
    assert project["requires-python"] == ">=3.11"


class Installed:
    """A virtual environment with the program in it, far from the sources."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self.python = str(self.bin / "python")
        call(folder, sys.executable, "-m", "venv", "venv")

    def install(self, *what: str) -> None:
        """Let pip install it. Skips the test where the package index cannot be reached, except in CI."""
        pip = (self.python, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "1", "--quiet")
        call(self.folder, *pip, *what)

    def run(self, folder: Path, *arguments: str, status: int = 0) -> str:
        return call(folder, str(self.bin / "sitecheck"), *arguments, status=status)


def call(folder: Path, *command: str, status: int = 0) -> str:
    """What a command prints. It knows nothing of this process's path, and must end with the status."""
    ran = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False)
    if ran.returncode != status and "connection" in ran.stderr.lower() and not os.environ.get("CI"):
        pytest.skip("the package index cannot be reached")
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout


def environment() -> dict[str, str]:
    left_out = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "COLUMNS")
    return {name: value for name, value in os.environ.items() if name not in left_out} | {"PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the distribution is made from, which may be taken away."""
    folder = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory, sources: Path) -> Path:
    """A folder with a source distribution, and a wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    call(folder, sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(sources))
    return folder


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, distributions: Path) -> Installed:
    """An environment in which the wheel was installed, with all that it depends on."""
    environment = Installed(tmp_path_factory.mktemp("installed"))
    environment.install(*map(str, distributions.glob("*.whl")))
    return environment


def works_from(folder: Path, installed: Installed) -> None:
    """The program runs in a folder that has a page and nothing else."""
    folder.mkdir()
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    rules = [line.split()[0] for line in installed.run(folder, "--list-rules").splitlines() if line[:1].isalpha()]
    assert installed.run(folder, "--version") == f"sitecheck {sitecheck.__version__}\n"
    assert set(rules) - {"rule"} == {rule.name for rule in built_in_rules()}
    assert "index.md:1:5: error[mojibake]" in installed.run(folder, status=1)
    installed.run(folder, "--fix")
    assert (folder / "index.md").read_text(encoding="utf-8") == PAGE.replace("â€™", "’")


@pytest.mark.slow
def test_a_wheel_built_from_the_source_distribution(tmp_path: Path, installed: Installed) -> None:
    where = call(tmp_path, installed.python, "-c", "import sitecheck; print(sitecheck.__file__)")
    assert Path(where.strip()).is_relative_to(installed.folder)
    works_from(tmp_path / "site", installed)


@pytest.mark.slow
def test_an_installation_from_the_folder_and_an_editable_one(tmp_path: Path, sources: Path) -> None:
    installed = Installed(tmp_path)
    for number, how in enumerate([[], ["--editable"]]):
        installed.install(*how, str(sources))
        works_from(tmp_path / f"site{number}", installed)
        where = call(tmp_path, installed.python, "-c", "import sitecheck; print(sitecheck.__file__)")
        assert Path(where.strip()).is_relative_to(sources) == bool(how)


@pytest.mark.slow
def test_what_the_distributions_hold(distributions: Path) -> None:
    (wheel,) = distributions.glob("sitecheck_lint-*.whl")
    (archive,) = distributions.glob("sitecheck_lint-*.tar.gz")
    installed = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(archive) as tar:
        packed = {name.partition("/")[2] for name in tar.getnames()}

    rule = "rules/encoding/mojibake.py"
    assert {f"sitecheck/{rule}", "sitecheck/py.typed", "sitecheck/sitecheck.schema.json"} <= installed
    assert {f"sitecheck/rules/data/{name}" for name in ("journals.marisa", "venues.csv", "NOTICES")} <= installed
    assert {rule, "sitecheck/py.typed", "sitecheck/sitecheck.schema.json", "LICENSE", "README.md"} <= packed
    top = {name.partition("/")[0] for name in installed}
    assert top == {"sitecheck", f"sitecheck_lint-{sitecheck.__version__}.dist-info"}


@pytest.mark.slow
def test_the_author_of_a_rule_gets_types(tmp_path: Path, installed: Installed) -> None:
    rule = (
        "from collections.abc import Iterator\n"
        "from sitecheck import Finding, Page, PageRule\n\n"
        "class Word(PageRule):\n"
        "    def check(self, page: Page) -> Iterator[Finding]:\n"
        "        for text in page.prose():\n"
        "            reveal_type(text.span(0, 1))\n"
        "            yield Finding(text.span(0, 1), 5)\n"
    )
    (tmp_path / "word.py").write_text(rule, encoding="utf-8")
    command = ("-m", "mypy", "--strict", "--python-executable", installed.python, "word.py")
    said = call(tmp_path, sys.executable, *command, status=1)
    assert "fallback=sitecheck.text.Span" in said
    assert 'word.py:8: error: Argument 2 to "Finding" has incompatible type "int"; expected "str"' in said
