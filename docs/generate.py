"""Write what of the documents is made from the program itself: `python docs/generate.py [--check]`.

Whole pages: docs/rules/<rule>.md and docs/report.svg. Parts of pages, between a line `<!-- generated: NAME -->` and a
line `<!-- end -->`: the table of rules in the README, the keys in docs/configuration.md. With `--check` nothing is
written; the exit status is 1 where something would be.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from sitecheck.examples import fix_kinds
from sitecheck.explain import RuleText, explanation
from sitecheck.reporters import Display
from sitecheck.reporters._screen import Screen
from sitecheck.rule import Rule, built_in_rules

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SITE = ROOT / "examples" / "homepage"
SHOWN = "content/_index.md"
"""What of the example site the picture in the README is the report on."""
COLUMNS = 100

SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px Menlo, Consolas, "DejaVu Sans Mono", monospace }}
.{unique_id}-title {{ font: bold 18px sans-serif }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""
"""A picture as rich draws it, without the fonts that it would fetch from elsewhere."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Write what of the documents is made from the program itself.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where something is stale")
    check = parser.parse_args().check
    made = dict(documents())
    stale = [path for path, text in made.items() if not path.exists() or path.read_bytes() != text.encode()]
    orphans = [path for path in (DOCS / "rules").glob("*.md") if path not in made]
    for path in sorted(stale + orphans):
        print(f"{path.relative_to(ROOT).as_posix()}: {'stale; run `make docs`' if check else 'written anew'}")
    if check:
        return 1 if stale or orphans else 0
    for path in orphans:
        path.unlink()
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made[path].encode())
    return 0


def documents() -> Iterator[tuple[Path, str]]:
    """Each file that is generated in whole or in part, as it should be."""
    rules = built_in_rules()
    for rule in rules:
        yield DOCS / "rules" / f"{rule.name}.md", rule_page(rule)
    yield DOCS / "report.svg", picture()
    yield with_part(ROOT / "README.md", "rules", rule_table(rules))
    schema = (ROOT / "sitecheck" / "sitecheck.schema.json").read_text(encoding="utf-8")
    yield with_part(DOCS / "configuration.md", "keys", "\n".join(keys(json.loads(schema))).rstrip())


def with_part(path: Path, name: str, part: str) -> tuple[Path, str]:
    """A page with its generated part as it should be."""
    page = path.read_text(encoding="utf-8")
    head, begin, rest = page.partition(f"<!-- generated: {name} -->\n")
    _, end, tail = rest.partition("<!-- end -->\n")
    if not begin or not end:
        sys.exit(f"{path}: lacks the lines <!-- generated: {name} --> and <!-- end -->")
    return path, f"{head}{begin}\n{part}\n\n{end}{tail}"


def rule_page(rule: Rule) -> str:
    """What `--explain` prints, as Markdown."""
    screen = Screen(io.StringIO(), Display(width=COLUMNS))
    text = RuleText.of(rule)
    about = (("Group", text.group), ("Severity", text.severity), ("Fix", fixes(rule)))
    lines = [f"# {text.name}", "", " · ".join(f"{key}: {value}" for key, value in about)]
    return "\n".join([*lines, *fenced(list(explanation(rule, screen))[1:])]) + "\n"


def fenced(lines: list[str]) -> Iterator[str]:
    """The lines, with what is indented as a block of code."""
    inside = False
    for line in lines:
        indented = line.startswith("    ")
        if indented and not inside:
            yield from ("", "```text")
        elif inside and not indented:
            yield "```"
            if line:
                yield ""
        inside = indented
        yield line.removeprefix("    ") if indented else line
    if inside:
        yield "```"


def rule_table(rules: list[Rule]) -> str:
    """A row for each rule, by group."""
    rows = ["| Rule | Group | Severity | Fix | What it finds |", "|---|---|---|---|---|"]
    for rule in rules:
        text = RuleText.of(rule)
        name = f"[`{text.name}`](docs/rules/{text.name}.md)" + (" (preview)" if text.preview else "")
        finds = re.sub(r"(?<!\\)\|", r"\\|", text.summary)
        rows.append(f"| {name} | {text.group} | {text.severity} | {fixes(rule)} | {finds} |")
    return "\n".join(rows)


def fixes(rule: Rule) -> str:
    kinds = fix_kinds(rule)
    return " or ".join(kind for kind in ("safe", "unsafe") if kind in kinds) or "none"


def keys(schema: dict[str, Any]) -> Iterator[str]:
    """A section for each key of the configuration."""
    for name, key in schema["properties"].items():
        default = f" Default: `{json.dumps(key['default'])}`." if "default" in key else ""
        choices = f" One of {', '.join(f'`{json.dumps(choice)}`' for choice in key['enum'])}." if "enum" in key else ""
        yield from (f"### `{name}`", "", key["description"].replace("<", "&lt;") + choices + default, "")
        for value in key.get("examples", [key["default"]] if "default" in key else []):
            yield from ("```toml", *assignment(name, value), "```", "")


def assignment(name: str, value: object) -> Iterator[str]:
    """TOML that gives a key its value. JSON's strings and lists are TOML's too."""
    if isinstance(value, dict):
        yield f"[{name}]"
        for key, each in value.items():
            yield f"{key if re.fullmatch('[A-Za-z0-9_-]+', key) else json.dumps(key)} = {json.dumps(each)}"
    else:
        yield f"{name} = {json.dumps(value)}"


def picture() -> str:
    """A real report, as a terminal shows it."""
    command = [sys.executable, "-m", "sitecheck", "--color", "always", SHOWN]
    environment = os.environ | {"COLUMNS": str(COLUMNS), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=SITE, env=environment, capture_output=True, encoding="utf-8", check=False)
    if ran.returncode != 1:
        sys.exit(f"sitecheck {SHOWN} ended with {ran.returncode}: {ran.stderr}")
    report = Text.from_ansi(ran.stdout)
    width = max(COLUMNS, *(line.cell_len for line in report.split()))
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(report, soft_wrap=True)
    drawn = console.export_svg(title=f"sitecheck {SHOWN}", code_format=SVG, unique_id="report")
    return "".join(line.rstrip() + "\n" for line in drawn.splitlines())


if __name__ == "__main__":
    sys.exit(main())
