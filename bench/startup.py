"""CPU of a whole run on one page, as a ratio to `python -c pass` in the same environment.

python bench/startup.py [RUNS]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import PYTHON, SCRIPTS, interleaved, table

PARAGRAPH = """\
## Selected work on grid cells {number}

We study how *{number} populations of neurons* keep a map of space, with [code](https://forge.example/lab/grid{number})
and data. Ada Okafor, Jan Novák and Li Wei. **Path integration without a clock.** *Journal of Made-up Results*
{number} (2024), 101–117. See also `src/model_{number}.py` and the formula $x_{number}^2$, which is <em>not</em> new.

- The lab's seminar is on Tuesdays; bring your own tea &amp; biscuits.
- Theses: three are open, ask José or Zoë.

"""
AUTHORS = ("Ada Okafor", "Jan Novák", "Li Wei", "Karin Lindqvist", "Omar Haddad", "Claire Moreau", "Yuki Tanaka")
TOPICS = ("Growth", "Decline", "Genetics", "Acoustics", "Recovery", "Chemistry", "Migration", "Diets", "Nests", "Songs",
          "Parasites")  # fmt: skip
STUDIES = ("kelp in cold harbours", "terns above quiet estuaries", "mussels under drifting ice")
VENUES = ("Journal of Marine Science", "Transactions on Coastal Engineering", "Conference on Tidal Systems")
LIMITS = {
    "--version": 3,
    "clean 15 KB page": 8,
    "clean page, no year": 6,
    "clean page, 33 citations": 8.5,
    "page that needs repair": 13,
}


def publications() -> str:
    """A list of 33 references in which there is nothing to find."""
    lines = ["---\ntitle: Publications\n---\n\n# Publications\n"]
    for number in range(33):
        names = [AUTHORS[(number * step + step) % len(AUTHORS)] for step in (1, 3, 6)]
        title = f"{TOPICS[number // 3]} of {STUDIES[number % 3]}"
        lines.append(
            f'- {names[0]}, {names[1]}, and {names[2]}. "{title}." *{VENUES[number % 3]}*, {2024 - number // 3}. '
            f"[[pdf]](papers/paper{number}.pdf) [[doi]](https://doi.org/10.1000/made-up.{number})"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    page = "---\ntitle: A page\ntags: [one, two]\n---\n\n" + "".join(PARAGRAPH.format(number=k) for k in range(33))
    with tempfile.TemporaryDirectory() as folder:
        clean, broken = Path(folder, "clean.md"), Path(folder, "broken.md")
        no_year, cited = Path(folder, "no_year.md"), Path(folder, "cited.md")
        clean.write_text(page, encoding="utf-8")
        no_year.write_text(page.replace(" (2024)", ""), encoding="utf-8")
        cited.write_text(publications(), encoding="utf-8")
        broken.write_text(page.replace("lab's", "labâ€™s", 1).replace("Zoë", "ZoÃ«", 1), encoding="utf-8")
        program = SCRIPTS / "sitecheck"
        usage = interleaved(
            {
                "python -c pass": [PYTHON, "-c", "pass"],
                "--version": [program, "--version"],
                "clean 15 KB page": [program, "--no-cache", clean],
                "clean page, no year": [program, "--no-cache", no_year],
                "clean page, 33 citations": [program, "--no-cache", cited],
                "page that needs repair": [program, "--no-cache", broken],
            },
            runs,
        )
    base = usage["python -c pass"].cpu
    rows = [
        (name, f"{used.cpu * 1000:.1f}", f"{used.cpu / base:.2f}", LIMITS.get(name, ""), f"{used.memory:.0f}")
        for name, used in usage.items()
    ]
    table(
        f"Start-up: median of {runs} interleaved runs, page of {len(page.encode()) / 1024:.1f} KB",
        ("run", "CPU ms", "ratio", "at most", "peak MB"),
        rows,
    )


if __name__ == "__main__":
    main()
