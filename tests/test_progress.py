"""A bar on a terminal when a run takes long, and nothing of it anywhere else."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.links.server import Request, Server, reply

RULE = '''
import time
from sitecheck import Example, PageRule

class Slow(PageRule):
    """A page is looked at for a while."""

    examples = (Example("> a"), Example("b"))

    def check(self, page):
        time.sleep({seconds})
        return iter(())
'''


def site(folder: Path, seconds: float) -> Path:
    rules = folder / "rules" / "own"
    rules.mkdir(parents=True)
    (rules / "slow.py").write_text(RULE.format(seconds=seconds))
    (folder / "sitecheck.toml").write_text('local-rules = "rules"\n')
    for number in range(8):
        (folder / f"page{number}\x1b[31m.md" if number == 6 else folder / f"page{number}.md").write_text("fine\n")
    return folder


def on_terminal(folder: Path, *arguments: str) -> bytes:
    """What a terminal is sent on standard error."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {
        "TERM": "xterm",
        "COLUMNS": "70",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "sitecheck", "--no-cache", *arguments],
        cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    sent = b""
    try:
        while part := os.read(ours, 4096):
            sent += part
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    return sent


def test_a_long_run_shows_how_far_it_is_and_cleans_up(tmp_path: Path) -> None:
    sent = on_terminal(site(tmp_path, 0.3))
    assert b" of 8 files" in sent
    assert b"\x1b" not in sent
    assert sent.endswith(b" \r")
    assert all(len(line) < 70 for line in sent.split(b"\r"))


def test_a_short_run_shows_nothing(tmp_path: Path) -> None:
    assert on_terminal(site(tmp_path, 0)) == b""


def test_a_pipe_sees_nothing_of_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sitecheck", "--no-cache"]
    done = subprocess.run(command, cwd=site(tmp_path, 0.3), capture_output=True, check=False)
    assert done.stderr == b""
    assert b"\r" not in done.stdout


def test_links_have_a_bar_of_their_own(tmp_path: Path) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.5)
        writer.write(reply(200))

    with Server() as server:
        server.routes["*"] = slow
        links = " ".join(f"[{number}]({server.url(f'/{number}')})" for number in range(6))
        (tmp_path / "index.md").write_text(links)
        sent = on_terminal(tmp_path, "--online", "--allow-private", "--per-host=1")

    assert b"of 6 links  127.0.0.1" in sent
    assert sent.rstrip(b" ").endswith(b"\r")
