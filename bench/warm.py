"""What is kept between runs, and what several processes are worth.

python bench/warm.py [RUNS]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import CORPUS, PYTHON, SCRIPTS, interleaved, needs, run, table

from sitecheck.readers import SUFFIXES

ENCODING = ("--select", "encoding", "--format", "concise")
PAGE = (
    "# Notes\n\n"
    + "Ada Okafor and Jan Novák keep a map of space, with [code](https://forge.example/lab) and data.\n\n" * 155
)


def main() -> None:
    needs(CORPUS)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as name:
        os.environ["SITECHECK_CACHE_DIR"] = str(Path(name, "cache"))
        warm(runs)
        jobs(Path(name), runs)
        hook(Path(name), runs)


def warm(runs: int) -> None:
    """The same files again, nothing changed."""
    files = [path for path in CORPUS.rglob("*") if path.suffix.lower() in SUFFIXES and path.name != ".tree.txt"]
    command: list[str | Path] = [SCRIPTS / "sitecheck", *ENCODING, CORPUS]
    cold = run(command)
    usage = interleaved({"sitecheck, warm": command, "codespell": [SCRIPTS / "codespell", *files]}, runs)
    base = usage["codespell"].cpu
    rows = [("sitecheck, first run", cold), *usage.items()]
    table(
        f"{len(files)} files, nothing changed; median of {runs} interleaved runs",
        ("program", "CPU s", "speed against codespell", "peak MB"),
        [(name, f"{used.cpu:.2f}", f"{base / used.cpu:.2f}", f"{used.memory:.0f}") for name, used in rows],
    )


def jobs(folder: Path, runs: int) -> None:
    """Four copies of the corpus, nothing kept. Where fewer than two cores were used, others had them: run it again."""
    copies = folder / "copies"
    for number in range(4):
        shutil.copytree(CORPUS, copies / str(number))
    command: list[str | Path] = [SCRIPTS / "sitecheck", *ENCODING, "--no-cache", copies]
    usage = interleaved({"one process": command, "--jobs 2": [*command, "--jobs", "2"]}, max(runs // 2, 3))
    base = usage["one process"].wall
    table(
        "Four copies of the corpus, cold",
        ("run", "wall s", "times as fast", "cores used", "peak MB of the parent"),
        [
            (name, f"{used.wall:.2f}", f"{base / used.wall:.2f}", f"{used.cpu / used.wall:.2f}", f"{used.memory:.0f}")
            for name, used in usage.items()
        ],
    )


def hook(folder: Path, runs: int) -> None:
    """What a hook runs: one changed page of 15 KB in a repository of the corpus' size."""
    repository = folder / "repository"
    shutil.copytree(CORPUS, repository)
    page = repository / "notes.md"
    page.write_text(PAGE, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", repository], check=True)
    subprocess.run(["git", "-C", repository, "add", "notes.md"], check=True)
    os.chdir(repository)
    usage = interleaved(
        {
            "python -c pass": [PYTHON, "-c", "pass"],
            "sitecheck --force-exclude notes.md": [SCRIPTS / "sitecheck", "--force-exclude", "notes.md"],
            "sitecheck --staged": [SCRIPTS / "sitecheck", "--staged"],
        },
        3 * runs,
    )
    base = usage["python -c pass"].cpu
    table(
        f"A hook on one page of {len(PAGE.encode()) / 1024:.0f} KB in a repository of 3,000 files",
        ("run", "CPU ms", "ratio"),
        [(name, f"{used.cpu * 1000:.1f}", f"{used.cpu / base:.2f}") for name, used in usage.items()],
    )


if __name__ == "__main__":
    main()
