"""The example site and the web that stands in for its links show one of each verdict, and every rule that asks."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitecheck.rule import built_in_rules
from sitecheck.verdict import VERDICTS

ROOT = Path(__file__).parent.parent

FAULTS = """
8: archived-repository
9: renamed-repository
10: empty-repository
11: broken-repository
17: broken-link
18: broken-link
18: redirected-link
21: unregistered-doi
"""
"""what is found in content/software.md"""


@pytest.fixture
def command() -> Iterator[list[str]]:
    """What `examples/web.py` says to run, while it runs itself; without the token before it."""
    with subprocess.Popen([sys.executable, "examples/web.py", "0"], cwd=ROOT, stdout=subprocess.PIPE) as web:
        assert web.stdout is not None
        _, program, *arguments = shlex.split(web.stdout.readline().decode())
        assert program == "sitecheck"
        yield [sys.executable, "-m", "sitecheck", *arguments, "--select=online", "--retries=0", "--format=json"]
        web.terminate()


def report(command: list[str], store: Path) -> dict[str, Any]:
    environment = os.environ | {"GITHUB_TOKEN": "none"}
    done = subprocess.run(
        [*command, "--store", str(store)], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_example_site_shows_every_verdict_and_every_rule(command: list[str], tmp_path: Path) -> None:
    store = tmp_path / "links.db"

    first = report(command, store)
    found = [each for each in first["findings"] if each["path"].endswith("software.md")]
    assert sorted(f"{each['start']['line']}: {each['rule']}" for each in found) == sorted(FAULTS.strip().split("\n"))
    assert {link["verdict"] for link in first["links"]} == set(VERDICTS)

    for _ in range(2):  # two more runs, each two days after the one before
        with sqlite3.connect(store) as connection:
            connection.execute("UPDATE outcome SET checked = checked - 2 * 86400")
            connection.execute("UPDATE link SET checked = checked - 2 * 86400")
        connection.close()
        last = report(command, store)
    rules = {each["rule"] for each in last["findings"]}
    assert rules == {rule.name for rule in built_in_rules() if rule.group == "online" and not rule.preview}
