"""What the rules of links cost: whole sites, cold, and warm with one page changed.

The corpus has the text files of its sites; for each other file that a site's `.tree.txt` names, an empty one stands in.
All of that is measured, and as many of the sites as have 3,000 files together.

python bench/site.py [RUNS]
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from measure import CORPUS, SCRIPTS, Usage, interleaved, needs, run, table

FILES = 3_000


def main() -> None:
    needs(CORPUS)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        os.environ["SITECHECK_CACHE_DIR"] = str(Path(name, "cache"))
        sites = Path(name, "sites")
        whole_sites(sites)
        some = Path(name, "some")
        some.mkdir()
        for what in (sites, part(sites, some)):
            files = sum(path.is_file() for path in what.rglob("*"))
            cold(what, files, runs)
            warm(what, files, runs)


def part(sites: Path, folder: Path) -> Path:
    """Move sites, in the order of their names, until there are enough files."""
    count = 0
    for site in sorted(path for path in sites.iterdir() if path.is_dir()):
        files = sum(path.is_file() for path in site.rglob("*"))
        if count + files <= FILES:
            count += files
            shutil.move(site, folder)
    return folder


def whole_sites(folder: Path) -> None:
    """Copy the corpus, with an empty file for each that it leaves out."""
    shutil.copytree(CORPUS, folder)
    for listing in folder.glob("*/.tree.txt"):
        for path in listing.read_text("utf-8").splitlines():
            file = listing.parent / path
            if not path.endswith("/") and not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch()
        listing.unlink()


def cold(sites: Path, files: int, runs: int) -> None:
    def command(groups: str) -> list[str | Path]:
        return [SCRIPTS / "sitecheck", "--no-cache", "--select", groups, "--format", "concise", sites]

    usage = interleaved({"encoding": command("encoding"), "encoding,links": command("encoding,links")}, runs)
    base = usage["encoding"].cpu
    table(
        f"{files} files, one process, nothing cached; median of {runs} interleaved runs",
        ("rules", "CPU s", "ratio", "at most", "peak MB"),
        [
            (
                name,
                f"{used.cpu:.2f}",
                f"{used.cpu / base:.2f}",
                "" if name == "encoding" else "1.40",
                f"{used.memory:.0f}",
            )
            for name, used in usage.items()
        ],
    )


def warm(sites: Path, files: int, runs: int) -> None:
    command: list[str | Path] = [
        SCRIPTS / "sitecheck", "--select", "encoding,links", "--format", "concise", sites
    ]  # fmt: skip
    run(command)
    page = next(sites.rglob("*.md"))
    taken: list[Usage] = []
    for number in range(runs):
        with page.open("a", encoding="utf-8") as file:
            file.write(f"\nChanged {number} times\n")
        taken.append(run(command))
    used = sorted(taken, key=lambda usage: usage.wall)[runs // 2]
    table(
        f"{files} files again, one page changed; the median run",
        ("wall s", "at most", "CPU s", "peak MB"),
        [(f"{used.wall:.2f}", "0.30", f"{used.cpu:.2f}", f"{used.memory:.0f}")],
    )


if __name__ == "__main__":
    main()
