"""What readers said of findings on the corpus who had not seen the rules, and what of it still stands.

A rule changes after it was judged. Its verdicts of all rounds are counted, the last one of a place, and then those of
places that the rule finds today.

python bench/verdicts.py
"""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measure import CORPUS, PYTHON, needs, table

VERDICTS = Path(__file__).parent / "verdicts"
Place = tuple[str, int, int]


def judged() -> dict[str, dict[Place, str]]:
    """The last verdict of each place, by rule."""
    found: dict[str, dict[Place, str]] = defaultdict(dict)
    for file in ("links.jsonl", "citations.jsonl"):
        for line in (VERDICTS / file).read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            found[said["rule"]][said["path"], said["line"], said["column"]] = said["verdict"]
    return found


def today(rules: list[str]) -> Iterator[tuple[str, Place]]:
    for site in sorted(path for path in CORPUS.iterdir() if path.is_dir()):
        done = subprocess.run(
            [PYTHON, "-m", "sitecheck", "--no-cache", "--select", ",".join(rules), "--format", "json",
             "--inventory", f"{site.name}/.tree.txt", site.name],
            cwd=CORPUS, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        found: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
        yield from ((each["rule"], (each["path"], each["start"]["line"], each["start"]["column"])) for each in found)


def main() -> None:
    needs(CORPUS)
    verdicts = judged()
    found: dict[str, set[Place]] = defaultdict(set)
    for rule, place in today([*verdicts]):
        found[rule].add(place)
    rows = []
    for rule, said in sorted(verdicts.items()):
        still = [verdict for place, verdict in said.items() if place in found[rule]]
        accepted = still.count("accepted")
        rows.append(
            (rule, len(said), list(said.values()).count("accepted"), len(found[rule]), len(still), accepted,
             f"{accepted / len(still):.3f}" if still else "–")
        )  # fmt: skip
    table(
        "Findings on the 45 sites, judged by readers who had not seen the rules",
        ("rule", "judged", "accepted", "found today", "of these judged", "accepted", "share"),
        rows,
    )


if __name__ == "__main__":
    main()
