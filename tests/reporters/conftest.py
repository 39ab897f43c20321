"""A page, and findings in it, as a run hands them to the reporters."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitecheck.finding import Diagnostic, Place, Severity
from sitecheck.reporters import Results, report
from sitecheck.source import Source
from sitecheck.text import Span


class Run:
    """Findings are placed by the words that they are about; `report` gives what is printed."""

    def __init__(self, text: str, path: str = "index.md") -> None:
        self.source = Source(path, text.encode("utf-8", "surrogateescape"))
        self.found: list[Diagnostic] = []

    def place(self, words: str, message: str = "", path: str = "") -> Place:
        start = self.source.text.index(words)
        return self.place_of(Span(start, start + len(words)), message, path)

    def place_of(self, span: Span, message: str = "", path: str = "") -> Place:
        position = self.source.position
        return Place(path or self.source.path, position(span.start), position(span.end), message)

    def add(self, place: Place | str, message: str = "wrong", rule: str = "some-rule", **fields: Any) -> None:
        found = Diagnostic(
            rule, Severity.ERROR, message, self.place(place) if isinstance(place, str) else place, None, (), ""
        )
        self.found.append(found._replace(**fields))

    def results(self, **fields: Any) -> Results:
        found = tuple(sorted(self.found, key=lambda diagnostic: diagnostic.order))
        return Results(found, files=1, seconds=0.05, sources=lambda path: self.source)._replace(**fields)

    def report(self, format: str = "text", *, encoding: str = "utf-8", **options: Any) -> str:
        """What is printed, to a stream that refuses what its encoding lacks."""
        display = {name: options.pop(name) for name in ("color", "width", "links") if name in options}
        raw = io.BytesIO()
        with io.TextIOWrapper(raw, encoding=encoding, newline="\n", write_through=True) as out:
            report(format, self.results(**options), out, **display)
            return raw.getvalue().decode(encoding)


@pytest.fixture(scope="session")
def run() -> type[Run]:
    """Makes a run over one page: `run(text, path)`."""
    return Run


VALIDATORS = Path(__file__).parent.parent / "validators"


@pytest.fixture(scope="session")
def npm_package() -> Callable[[str], Path]:
    """The folder of a package of npm that knows a format. Where it is not installed, the test is skipped.

    `npm install --prefix tests/validators` installs them all; SITECHECK_VALIDATORS names another folder with packages.
    """
    folder = Path(os.environ.get("SITECHECK_VALIDATORS") or VALIDATORS / "node_modules")

    def find(name: str) -> Path:
        if not (folder / name).is_dir():
            pytest.skip(f"{name} is not there: npm install --prefix tests/validators")
        return folder / name

    return find


@pytest.fixture(scope="session")
def javascript() -> Callable[[str, object], Any]:
    """Runs a script with JSON as its `input`, and gives what it returns."""
    node = shutil.which("node")

    def run(script: str, value: object) -> Any:
        if node is None:
            pytest.skip("node is not there")
        code = f"""
            const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
            const main = () => {{ {script} }};
            process.stdout.write(JSON.stringify(main()));
        """
        done = subprocess.run([node, "-e", code], input=json.dumps(value).encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own CI server must not be taken for the one that a report is for."""
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "CI_PROJECT_", "BUILD_")):
            monkeypatch.delenv(name)
