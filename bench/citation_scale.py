"""Measure what citations cost: 5,000 of one site against reading its files alone, and how time grows to 100,000.

python bench/citation_scale.py
"""

from __future__ import annotations

import random
import re
import resource
import time
from collections.abc import Callable, Iterator

from sitecheck.citations.cited import SAME, cited
from sitecheck.citations.pairs import likely_pairs
from sitecheck.citations.same_work import compare
from sitecheck.engine import ActiveRule, examine
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.rule import PageRule, built_in_rules
from sitecheck.source import Source

SYLLABLES = re.findall("..", "kalomirensavedoquhanoprigusatewejufobecratiluxo")
VENUES = ["ECCV", "CVPR", "Journal of Tides", "IEEE Transactions on Multimedia", "AAAI", "Neural Networks"]
PER_PAGE = 200


def main() -> None:
    print("| citations | reading | finding | rules of a page | (finding + rules) / reading |\n|---|---|---|---|---|")
    pages = [Source(f"page{k}.md", page.encode()) for k, page in enumerate(site(5_000))]
    reading = min(timed(lambda: [Page(source, read).blocks for source in pages]) for _ in range(3))
    finding = min(timed(lambda: [Page(source, read).citations for source in pages]) for _ in range(3)) - reading
    rules = [ActiveRule(rule) for rule in built_in_rules() if rule.group == "citations" and isinstance(rule, PageRule)]
    whole = min(timed(lambda: [examine(source.raw, source.path, rules) for source in pages]) for _ in range(3))
    judging = whole - reading - finding
    print(f"| 5000 | {reading:.2f} s | {finding:.2f} s | {judging:.2f} s | {(whole - reading) / reading:.2f} |")
    print("\n| citations | compared | found | seconds | seconds per 10,000 | peak memory |\n|---|---|---|---|---|---|")
    for number in (10_000, 30_000, 100_000):
        grow(number)


def grow(number: int) -> None:
    """Find what is listed twice among so many."""
    works = [entry.work for page in site(number) for entry in cited(Page(Source("page.md", page.encode()), read))]
    started = time.process_time()
    compared = found = 0
    for i, j in likely_pairs(works):
        compared += 1
        found += compare(works[i], works[j]) == SAME
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {len(works)} | {compared} | {found} | {seconds:.1f} | {seconds / len(works) * 1e4:.2f} | {peak:.0f} MB |")


def site(number: int) -> Iterator[str]:
    """Pages of references; one in fifty is listed twice."""
    draw = random.Random(7)
    lines: list[str] = []
    for _ in range(number):
        if lines and draw.random() < 0.02:
            lines.append(draw.choice(lines))
        else:
            lines.append(reference(draw))
        if len(lines) == PER_PAGE:
            yield "# Publications\n\n" + "\n".join(lines) + "\n"
            lines = []
    if lines:
        yield "# Publications\n\n" + "\n".join(lines) + "\n"


def reference(draw: random.Random) -> str:
    names = ", ".join(f"{word(draw).title()} {word(draw).title()}" for _ in range(draw.randint(2, 5)))
    title = " ".join(word(draw) for _ in range(draw.randint(5, 10))).capitalize()
    arxiv = f"{draw.randint(15, 24)}{draw.randint(1, 12):02}.{draw.randint(0, 99999):05}"
    return f'- {names}. "{title}." {draw.choice(VENUES)}, {draw.randint(2001, 2025)}. [[pdf]](https://arxiv.org/abs/{arxiv})'


def word(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(1, 3)))


def timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
