"""What each format of report costs for 10,000 findings: the report alone, and the whole run that it ends.

python bench/formats.py [RUNS]
"""

from __future__ import annotations

import gzip
import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

from measure import SCRIPTS, interleaved, table

from sitecheck.engine import ActiveRule, examine
from sitecheck.explain import RuleText
from sitecheck.finding import Diagnostic
from sitecheck.reporters import FORMATS, Results, report
from sitecheck.rule import built_in_rules
from sitecheck.source import Source

PAGES, FINDINGS = 500, 20
PARAGRAPH = (
    "We study how populations of neurons keep a map of space, with code and data; MÃ¼ller, Novák and others. "
    "Path integration without a clock, in the Journal of Made-up Results {number} (2024), as well as {page} more. "
)
LIMIT = "text"
"""the format that SARIF must not be slower than"""


def page(number: int) -> str:
    paragraphs = (PARAGRAPH.format(page=number, number=each) for each in range(FINDINGS))
    return f"---\ntitle: Page {number}\n---\n\n" + "\n\n".join(paragraphs) + "\n"


def reports(pages: dict[str, bytes], runs: int) -> dict[str, tuple[float, str]]:
    """CPU seconds of each format, the median of runs in turn, and what is printed."""
    rules = built_in_rules()
    active = [ActiveRule(rule) for rule in rules]
    found: list[Diagnostic] = []
    for path, raw in pages.items():
        found += examine(raw, path, active).diagnostics
    results = Results(
        tuple(found), len(pages), 1.0, lambda path: Source(path, pages[path]), rules=lambda: map(RuleText.of, rules)
    )
    print(f"{len(found)} findings in {len(pages)} pages of {sum(map(len, pages.values())) / 1e6:.1f} MB")
    times: dict[str, list[float]] = {format: [] for format in FORMATS}
    printed = {}
    for _ in range(runs):
        for format in FORMATS:
            out = io.TextIOWrapper(io.BytesIO(), "utf-8")
            started = time.process_time()
            report(format, results, out, width=100)
            out.flush()
            times[format].append(time.process_time() - started)
            out.seek(0)
            printed[format] = out.read()
    return {format: (statistics.median(times[format]), printed[format]) for format in FORMATS}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    pages = {f"content/{number:03}.md": page(number).encode() for number in range(PAGES)}
    alone = reports(pages, runs)
    with tempfile.TemporaryDirectory() as folder:
        for path, raw in pages.items():
            file = Path(folder, path)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(raw)
        program = SCRIPTS / "sitecheck"
        commands: dict[str, list[str | Path]] = {
            format: [program, "--no-cache", "--format", format, folder] for format in FORMATS
        }
        whole = interleaved(commands, max(runs // 3, 3))
    rows = []
    for format, (seconds, text) in alone.items():
        raw, run = text.encode(), whole[format]
        ratio, bound = seconds / alone[LIMIT][0], "1" if format == "sarif" else ""
        size, packed = len(raw) / 1e6, len(gzip.compress(raw, 6)) / 1e6
        cost = (f"{seconds * 1000:.0f}", f"{ratio:.2f}", bound, f"{run.cpu:.2f}", f"{run.cpu / whole[LIMIT].cpu:.2f}")
        rows.append((format, *cost, f"{run.memory:.0f}", f"{size:.2f}", f"{packed:.2f}"))
    table(
        f"Reports of 10,000 findings: median of {runs} interleaved runs; ratios are to {LIMIT}",
        ("format", "CPU ms", "ratio", "at most", "whole run s", "ratio", "peak MB", "MB", "MB packed"),
        rows,
    )


if __name__ == "__main__":
    main()
