"""Exact repair on real broken lines, through the program: each line is a .txt file of its own.

python bench/repair.py [-v]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import DATA, SCRIPTS, needs, table

EXAMPLES, NEGATIVES = DATA / "mojibake" / "real_examples.jsonl", DATA / "mojibake" / "real_negatives.jsonl"


def cases(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fixed(texts: list[str], *options: str) -> list[str]:
    """What the program makes of each text, in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts):
            (folder / f"{number}.txt").write_bytes(text.encode())
        subprocess.run([SCRIPTS / "sitecheck", *options, folder], stdout=subprocess.DEVNULL, check=False)
        return [(folder / f"{number}.txt").read_bytes().decode() for number in range(len(texts))]


def main() -> None:
    needs(EXAMPLES)
    examples, negatives = cases(EXAMPLES), cases(NEGATIVES)
    texts, lookalikes = [case["text"] for case in examples], [case["text"] for case in negatives]
    rows = []
    for options in (("--fix",), ("--fix", "--unsafe-fixes")):
        made = fixed(texts, *options)
        exact = sum(text == case["expected"] for text, case in zip(made, examples, strict=True))
        changed = [text for text, before in zip(fixed(lookalikes, *options), lookalikes, strict=True) if text != before]
        rows.append((" ".join(options), f"{exact} of {len(examples)}", f"{len(changed)} of {len(negatives)}"))
        if "-v" in sys.argv:
            for text, case in zip(made, examples, strict=True):
                if text != case["expected"]:
                    print(f"{case['kind']}: {case['text']!r}\n    made {text!r}\n    not  {case['expected']!r}")
            print(*(f"changed: {text!r}" for text in changed), sep="\n")
    table("Real lines", ("options", "repaired exactly", "look-alikes changed"), rows)


if __name__ == "__main__":
    main()
