"""What several tests share: a cache that is not the user's, and a site with faults in it."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FAULT = "I work with Martin MÃ¼ller and JosÃ© PÃ©rez.\n"
"""two findings of the rule `mojibake`, or more"""

LOGGED_RULE = '''
import os
import time
from sitecheck import Finding, PageRule, Severity, Span

class Shout(PageRule):
    """Capitals are {what}."""

    severity = Severity.WARNING

    def check(self, page):
        with open(os.environ["SHOUT_LOG"], "a", encoding="utf-8") as log:
            print(page.path, os.getpid(), file=log)
        time.sleep(float(os.environ.get("SHOUT_SECONDS", "0")))
        start = page.source.text.find("LOUD")
        if start >= 0:
            yield Finding(Span(start, start + 4), "{what}")
'''


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITECHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def steady_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """A measure of growth must not pay for the collector of garbage, which looks through what all tests have left."""
    if not any(word in request.node.name for word in ("linear", "grows")):
        yield
        return
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


class FaultySite:
    """A site of 60 pages, half of them with faults, with a rule of its own, `shout`, that keeps a log of its work."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "site"
        self.cache = folder / "cache"
        self.log = folder / "log"
        self.environment = os.environ | {
            "SITECHECK_CACHE_DIR": str(self.cache), "SHOUT_LOG": str(self.log), "PYTHONIOENCODING": "utf-8",
        }  # fmt: skip
        self.environment.pop("CI", None)
        self.write("sitecheck.toml", 'local-rules = "own"\n')
        self.write("own/style/shout.py", LOGGED_RULE.format(what="loud"))
        for number in range(60):
            fault = FAULT if number % 2 else ""
            self.write(f"page{number:02}.md", f"# Page {number}\n\nSome words. {fault}\n")
        self.write("page07.md", f"---\ntitle: A LOUD title\n---\n\n{FAULT}")
        self.write("page09.md", f"<!-- sitecheck: ignore-file[encoding] shown as an example -->\n\n{FAULT}\nLOUD\n")

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        return file

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "sitecheck", *arguments]

    def start(self, *arguments: str, start_new_session: bool = False) -> subprocess.Popen[bytes]:
        """A run that goes on meanwhile."""
        return subprocess.Popen(
            self.command(*arguments), cwd=self.root, env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, start_new_session=start_new_session,
        )  # fmt: skip

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        """A run that ends well: with findings or without, and with nothing of Python's own on standard error."""
        settings = self.environment | environment
        done = subprocess.run(self.command(*arguments), cwd=self.root, env=settings, capture_output=True, check=False)
        assert done.returncode in (0, 1, 2), done.stderr
        assert b"Traceback" not in done.stderr
        return done

    def findings(self, *arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("--format=json", *arguments).stdout)["findings"]
        return found

    def examined(self) -> list[str]:
        """The pages that the rule `shout` was asked about since this was called last, sorted."""
        names = [line.split()[0] for line in self.log.read_text("utf-8").splitlines()] if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return sorted(names)

    def workers(self) -> set[int]:
        """The processes in which it was asked."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return {int(line.split()[1]) for line in lines if line.endswith(tuple("0123456789"))}

    @property
    def pages(self) -> list[str]:
        return sorted(path.name for path in self.root.glob("*.md"))


@pytest.fixture
def faulty_site(tmp_path: Path) -> FaultySite:
    return FaultySite(tmp_path)
