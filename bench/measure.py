"""What all benchmarks share: the CPU time of a process, where the data is, shares, and how a table is printed."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[2] / "shared" / "data"
CORPUS = DATA / "corpus"
PYTHON = sys.executable
SCRIPTS = Path(sys.executable).parent


class Usage(NamedTuple):
    """What one run of a process took: CPU seconds (user and system), wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str | Path], cwd: Path | None = None, output: str | Path = os.devnull) -> Usage:
    """Run a command once, its output thrown away or written to a file. Its exit status does not matter.

    Needs a POSIX system.
    """
    import time

    started = time.perf_counter()
    with open(os.devnull, "wb") as nowhere, open(output, "wb") as out:
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=nowhere, cwd=cwd)
        _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    wall = time.perf_counter() - started
    kilobytes = usage.ru_maxrss if sys.platform != "darwin" else usage.ru_maxrss / 1024
    return Usage(usage.ru_utime + usage.ru_stime, wall, kilobytes / 1024)


def interleaved(commands: Mapping[str, Sequence[str | Path]], times: int) -> dict[str, Usage]:
    """The median of many runs of each command, run in turn, so that a busy machine is busy for all of them."""
    runs: dict[str, list[Usage]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            runs[name].append(run(command))
    return {name: Usage(*map(statistics.median, zip(*taken, strict=True))) for name, taken in runs.items()}


def interval(right: int, total: int) -> tuple[float, float]:
    """Wilson's, 95%: between which shares the true one lies."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, right / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def share(right: int, total: int) -> str:
    """A share as tables have it: `19/20 = .950 [.764, .991]`."""
    if not total:
        return "–"
    low, high = interval(right, total)
    return f"{right}/{total} = {right / total:.3f} [{low:.3f}, {high:.3f}]"


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table."""
    lines = [tuple(str(cell) for cell in row) for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}\n")
    for number, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def needs(folder: Path) -> None:
    """End the benchmark with a sentence where its data is not at hand."""
    if not folder.exists():
        sys.exit(f"{folder} is not there: this benchmark measures on real pages that are kept beside the repository")
