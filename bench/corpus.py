"""The whole corpus in one process against codespell, and the speed of finding and repairing mojibake.

python bench/corpus.py [RUNS]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from measure import CORPUS, SCRIPTS, interleaved, needs, table

from sitecheck.mojibake import find_repairs, suspicious
from sitecheck.readers import SUFFIXES
from sitecheck.source import Source

MEGABYTE = 1_000_000


def pages() -> list[Path]:
    return sorted(
        path
        for path in CORPUS.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.name != ".tree.txt" and path.is_file()
    )


def main() -> None:
    needs(CORPUS)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    files = [str(path) for path in pages()]
    size = sum(Path(path).stat().st_size for path in files)
    usage = interleaved(
        {
            "sitecheck (encoding rules)": [SCRIPTS / "sitecheck", "--no-cache", "--select", "encoding", *files],
            "codespell": [SCRIPTS / "codespell", *files],
        },
        runs,
    )
    base = usage["codespell"].cpu
    table(
        f"{len(files)} files, {size / MEGABYTE:.1f} MB, one process, nothing cached; median of {runs} interleaved runs",
        ("program", "CPU s", "speed against codespell", "peak MB"),
        [(name, f"{used.cpu:.2f}", f"{base / used.cpu:.2f}", f"{used.memory:.0f}") for name, used in usage.items()],
    )
    detection(files, runs)


def detection(files: list[str], runs: int) -> None:
    texts = [Source(path, Path(path).read_bytes()).text for path in files]
    clean = [text for text in texts if not suspicious(text)]
    dirty = [_broken(text) for text in texts if not text.isascii()]
    dirty = [text for text in dirty if suspicious(text)][:400]
    rows = [
        ("suspicious, clean text", clean, min(_seconds(suspicious, clean) for _ in range(runs))),
        ("suspicious, clean text above ASCII", (wide := [text for text in clean if not text.isascii()]),
         min(_seconds(suspicious, wide) for _ in range(runs))),
        ("find_repairs, every line broken", dirty,
         min(_seconds(lambda text: find_repairs([text]), dirty) for _ in range(runs))),
    ]  # fmt: skip
    table(
        "Mojibake, CPU of the function alone",
        ("function", "MB of UTF-8", "MB/s"),
        [(name, f"{_megabytes(texts):.2f}", f"{_megabytes(texts) / seconds:.1f}") for name, texts, seconds in rows],
    )


def _broken(text: str) -> str:
    """The lines that are not ASCII, read as windows-1252."""
    lines = [line for line in text.splitlines() if not line.isascii()]
    return "\n".join(line.encode("utf-8", "replace").decode("cp1252", "ignore") for line in lines)


def _megabytes(texts: list[str]) -> float:
    return sum(len(text.encode("utf-8", "replace")) for text in texts) / MEGABYTE


def _seconds(function: object, texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        function(text)  # type: ignore[operator]  # any function of a text will do
    return time.process_time() - started


if __name__ == "__main__":
    main()
