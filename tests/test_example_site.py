"""The example site shows every rule at work, and can be mended."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitecheck.rule import built_in_rules

SITE = Path(__file__).parent.parent / "examples" / "homepage"

FAULTS = """
content/_index.md:22: mojibake
content/_index.md:24: mojibake
content/_index.md:31: ligature
content/_index.md:47: invisible-character
content/_index.md:50: double-escaped-entity
content/_index.md:52: mojibake
content/_index.md:84: misspelling
content/_index.md:90: bidi-control
content/papers.md:11: title-acronym-case
content/papers.md:12: inconsistent-venue
content/papers.md:14: inconsistent-author-name
content/papers.md:14: shared-identifier
content/papers.md:23: duplicate-citation
content/papers.md:24: duplicate-version
content/publication/2016-peat/index.md:14: spacing
content/publication/2016-peat/index.md:19: unused-suppression
content/publication/2021-how-sure/index.md:13: invalid-front-matter
content/publication/2021-how-sure/index.md:16: mojibake
content/publication/2021-how-sure/index.md:17: broken-relative-link
content/publication/2023-sparse-seeds/index.md:14: latex-leftover
content/publication/2023-sparse-seeds/index.md:21: broken-fragment
content/publication/2023-sparse-seeds/index.md:21: subject-verb-agreement
content/publication/2023-sparse-seeds/index.md:30: mojibake
content/publication/2023-sparse-seeds/index.md:30: replacement-character
content/publication/2023-sparse-seeds/index.md:8: inconsistent-collection-venue
data/people.yaml:6: confusable-character
data/people.yaml:6: uncountable-noun
data/people.yaml:9: mojibake
data/people.yaml:9: wrong-preposition
static/old.html:5: invalid-encoding
static/old.html:11: invalid-encoding
static/old.html:11: invalid-encoding
static/old.html:13: invalid-encoding
static/old.html:13: invalid-encoding
static/publications.bib:27: mojibake
static/publications.bib:27: mojibake
static/publications.bib:31: duplicate-key
static/publications.bib:33: duplicate-citation
static/publications.bib:43: duplicate-field
static/publications.bib:46: bibtex-syntax
static/workshop-2019.html:8: wrong-ordinal
static/workshop-2019.html:9: malformed-link
static/workshop-2019.html:14: placeholder-link
static/workshop-2019.html:15: empty-link
static/workshop-2019.html:19: duplicate-id
static/workshop-2019.html:20: repeated-word
"""

PREVIEWS = """
content/_index.md:83: wrong-article
data/people.yaml:15: template-leftover
"""
"""What the rules find that run only where they are named."""

PREVIEW_FAULTS = """
content/papers.md:13: citation-punctuation
content/papers.md:14: citation-punctuation
content/papers.md:21: old-venue-name
content/papers.md:22: citation-punctuation
content/papers.md:20: year-mismatch
content/papers.md:25: incomplete-citation
content/papers.md:27: citation-style
content/publication/2023-sparse-seeds/index.md:10: shared-collection-identifier
"""
"""What the rules on citations find that run only where they are named."""

NEEDS_NETWORK = {"online"}
"""Groups of rules that find nothing without asking a server."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return shutil.copytree(SITE, tmp_path / "homepage")


def sitecheck(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "sitecheck", *arguments], cwd=folder, capture_output=True, check=False)


def findings(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(sitecheck(folder, "--format", "json", *arguments).stdout)["findings"]
    return found


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_faults_that_were_put_there_are_found_and_nothing_else() -> None:
    found = sorted(f"{each['path']}:{each['start']['line']}: {each['rule']}" for each in findings(SITE))

    assert found == sorted(FAULTS.strip().split("\n"))


def test_each_rule_finds_something() -> None:
    shown = {line.partition(": ")[2] for line in FAULTS.strip().split("\n")}
    rules = {rule.name for rule in built_in_rules() if rule.group not in NEEDS_NETWORK and not rule.preview}

    assert shown == rules, "put a fault into examples/homepage for each rule; see examples/README.md"


def test_rules_in_preview_find_what_was_put_there_for_them() -> None:
    named = ",".join(sorted({line.partition(": ")[2] for line in PREVIEWS.strip().split("\n")}))
    found = sorted(
        f"{each['path']}:{each['start']['line']}: {each['rule']}" for each in findings(SITE, "--select", named)
    )

    assert found == sorted(PREVIEWS.strip().split("\n"))


def test_the_rules_on_citations_find_what_was_put_there_for_them() -> None:
    preview = [rule.name for rule in built_in_rules() if rule.preview and rule.group == "citations"]
    told = findings(SITE, "--select", ",".join(preview)) if preview else []
    found = sorted(f"{each['path']}:{each['start']['line']}: {each['rule']}" for each in told)

    assert found == sorted(PREVIEW_FAULTS.strip().split("\n") if preview else [])
    assert {line.partition(": ")[2] for line in found} == set(preview)


def test_the_site_is_judged_by_its_own_configuration(tmp_path: Path, site: Path) -> None:
    """A copy elsewhere, and the folder named from another one, give the same findings."""
    (tmp_path / "sitecheck.toml").write_text('select = ["ligature"]\n')
    named = findings(tmp_path, "homepage")

    assert [each["path"] for each in named] == [f"homepage/{each['path']}" for each in findings(SITE)]


def test_safe_fixes_leave_what_a_person_must_decide(site: Path) -> None:
    before = findings(site)
    sitecheck(site, "--fix")

    left = [each for each in before if each["fix"] is None or not each["fix"]["safe"]]
    assert [each["rule"] for each in findings(site)] == [each["rule"] for each in left]


@pytest.mark.parametrize("option", ["--fix", "--unsafe-fixes"])
def test_fixing_twice_is_fixing_once(site: Path, option: str) -> None:
    sitecheck(site, option)
    once = contents(site)
    sitecheck(site, option)

    assert contents(site) == once != contents(SITE)


@pytest.mark.parametrize("option", ["--fix", "--unsafe-fixes"])
def test_a_mended_site_has_the_same_structure(site: Path, option: str) -> None:
    sitecheck(site, option)

    assert structures(site) == structures(SITE)


def test_what_the_configuration_leaves_out_is_not_touched(site: Path) -> None:
    sitecheck(site, "--unsafe-fixes")

    left_out = "static/slides/2021-how-sure.html"
    assert contents(site)[left_out] == contents(SITE)[left_out]
    assert "LÃ¼neburg" in (site / "content/publication/2016-peat/index.md").read_text(encoding="utf-8")


def structures(folder: Path) -> dict[str, object]:
    """What other programs make of each file: the keys and the kinds of values, the tags, the entries."""
    return {path: structure(path, raw.decode("utf-8", "replace")) for path, raw in contents(folder).items()}


def structure(path: str, text: str) -> object:
    if path.endswith(".md"):
        _, front_matter, body = text.split("---\n", 2)
        return shape(yaml.safe_load(front_matter)), body.count("\n")
    if path.endswith((".yaml", ".yml")):
        return shape(yaml.safe_load(text))
    if path.endswith(".html"):
        return tags(text)
    return [line.partition("=")[0] for line in text.split("\n")]


def shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, list) else type(value)


def tags(text: str) -> list[object]:
    seen: list[object] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, [name for name, _ in attrs]))

    Tags().feed(text)
    return seen
