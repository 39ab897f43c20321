"""What a rule says of itself, and that it is held to it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from sitecheck.examples import draw, faults, fix_kinds, sample
from sitecheck.explain import explanation, listing, listing_json
from sitecheck.finding import Finding, Fix
from sitecheck.page import Page
from sitecheck.reporters import Display
from sitecheck.reporters._screen import Screen
from sitecheck.rule import Example, PageRule
from sitecheck.text import Edit, Span


class Word(PageRule):
    """Whatever is made of it below."""

    pattern = "baad"
    good = "good"
    safe = True

    def check(self, page: Page) -> Iterator[Finding]:
        for match in re.finditer(self.pattern, page.source.text):
            fix = Fix((Edit(*match.span(), self.good),), self.safe, "replace") if self.good else None
            yield Finding(Span(*match.span()), f"found {match[0]!r}", fix)


class BadWord(Word):
    """A word is bad.

    This paragraph says why at some length, so that it has to be filled anew where the screen is narrower than the
    source was.

    - this list
    - stays as it is

    Wrong when a page quotes the word.
    """

    group = "demo"
    examples = (
        Example(
            """
            > one baad word
                  ^^^^ found 'baad'
            >
            >   a baad baad thing
                  ^^^^ found 'baad'
                       ^^^^ found 'baad'
            """,
            fixed="""
            > one good word
            >
            >   a good good thing
            """,
        ),
        Example("a bad word"),
    )


def told(rule: PageRule, width: int = 80) -> str:
    return "\n".join(explanation(rule, Screen(StringIO(), Display(width=width))))


def with_examples(*examples: Example, rule: type[Word] = BadWord, **fields: object) -> PageRule:
    made: type[Word] = type("BadWord", (rule,), {"__doc__": rule.__doc__, "examples": examples, **fields})
    return made()


# --- examples


def test_an_example_stands_for_the_page_without_its_indentation_and_marks() -> None:
    read = sample(BadWord.examples[0].text)
    assert read.page == "one baad word\n\n  a baad baad thing\n"
    assert read.bad
    assert sample("a > b").page == "a > b\n"
    assert not sample("a\n  ^ b").bad


def test_a_complete_rule_has_no_faults() -> None:
    assert list(faults(BadWord())) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("baad", "> a baad word\n    ^^^^ found 'baad'"),
        ("(?=baad)", "> a baad word\n    ^ found ''"),  # nothing to show is shown as one caret
        (r"baad\nword", "> a baad\n    ^^^^ found 'baad\\nword'\n> word"),  # carets end where the line does
        (r"\Z", "> a\n>\n> b\n  ^ found ''"),  # the end of the file, a line further down
    ],
)
def test_findings_are_drawn_where_they_are(pattern: str, text: str) -> None:
    rule = with_examples(Example(text), pattern=pattern, good="")
    assert [fault for fault in faults(rule) if "without carets" not in fault] == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (with_examples(*BadWord.examples, __doc__=None), "its docstring must start with one sentence"),
        (with_examples(*BadWord.examples, __doc__="No full stop"), "its docstring must start with one sentence"),
        (with_examples(*BadWord.examples, __doc__="Two. Sentences."), "its docstring must start with one sentence"),
        (with_examples(BadWord.examples[1]), "it lacks an example with carets"),
        (with_examples(BadWord.examples[0]), "it lacks an example without carets"),
        (with_examples(), "it lacks an example with carets"),
        (
            with_examples(BadWord.examples[0]._replace(fixed=None), BadWord.examples[1]),
            "its findings have fixes, and no example says with `fixed`",
        ),
        (
            with_examples(Example("> a baad word\n  ^^^^ found 'baad'", "> a good word"), Example("fine")),
            "example 1: it says\n> a baad word\n  ^^^^ found 'baad'\nbut what the rule finds is\n> a baad word\n    ^",
        ),
        (
            with_examples(*BadWord.examples, Example("a baad word")),
            "example 3: it says\n> a baad word\nbut what the rule finds is\n> a baad word\n    ^^^^ found 'baad'",
        ),
        (
            with_examples(BadWord.examples[0]._replace(fixed="> something else"), BadWord.examples[1]),
            "example 1: its `fixed` is\nsomething else\n\nbut the fixes make of it\none good word",
        ),
        (
            with_examples(Example("> ab\n  ^ found 'a'", "> bb"), Example("x"), pattern="a|bb", good="b"),
            "example 1: its `fixed` is\nbb\n\nbut the fixes make of it\nb",
        ),
        (with_examples(*BadWord.examples, pattern="("), "example 1: rule bad-word failed on page.md: "),
    ],
)
def test_what_a_rule_lacks_or_does_not_do_is_said(rule: PageRule, expected: str) -> None:
    assert any(fault.startswith(expected) for fault in faults(rule)), list(faults(rule))


def test_the_kinds_of_fixes_are_those_that_the_examples_show() -> None:
    assert fix_kinds(BadWord()) == {"safe"}
    assert fix_kinds(with_examples(*BadWord.examples, safe=False)) == {"unsafe"}
    assert fix_kinds(with_examples(*BadWord.examples, good="")) == set()


def test_drawing_an_example_of_several_lines() -> None:
    assert draw("a\n\nb\n", []) == "> a\n>\n> b"


# --- the texts


def test_an_explanation_tells_name_group_severity_fixes_reasons_and_examples() -> None:
    text = told(BadWord())
    assert text.startswith("bad-word (group demo, warning, has safe fixes)\n\nA word is bad.\n\nThis paragraph")
    assert "\n- this list\n- stays as it is\n" in text
    assert "\nIt finds:\n    > one baad word\n          ^^^^ found 'baad'\n" in text
    assert "\nFixed:\n    > one good word\n" in text
    assert text.endswith("\nIt finds nothing in:\n    > a bad word")
    assert "preview" not in text
    assert "has no fix" in told(with_examples(*BadWord.examples, good=""))
    assert "runs only where it is named outright" in told(with_examples(*BadWord.examples, preview=True))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_paragraphs_are_filled_to_the_width(width: int) -> None:
    paragraph = told(BadWord(), width).split("\n\n")[2]
    assert max(len(line) for line in paragraph.split("\n")) <= width
    assert " ".join(paragraph.split()).startswith("This paragraph says why at some length, so that it has")


def test_an_explanation_obeys_no_example_and_its_carets_stay_in_place() -> None:
    text = told(with_examples(Example("> 漢字\x1b baad\n      ^^^^ found 'baad'"), Example("fine")))
    assert "    > 漢字<U+001B> baad\n                   ^^^^ found 'baad'" in text


def test_a_listing_is_a_table_that_fits_the_width() -> None:
    rules = [BadWord(), with_examples(*BadWord.examples, preview=True, __doc__="A " + "very " * 30 + "long sentence.")]
    lines = list(listing(rules, 60))
    assert lines[0].split() == ["rule", "group", "severity", "finds"]
    column = lines[0].index("finds")
    assert lines[1] == "bad-word  demo   warning   A word is bad."
    assert lines[2][column:].startswith("(preview) A very")
    assert all(line[:column].strip() == "" for line in lines[3:])
    assert max(len(line) for line in lines) <= 60


def test_a_listing_as_json_tells_the_same() -> None:
    listed = json.loads(listing_json([BadWord()]))
    assert listed["version"] == 1
    (rule,) = listed["rules"]
    assert rule["name"] == "bad-word"
    assert (rule["group"], rule["severity"], rule["preview"], rule["fixes"]) == ("demo", "warning", False, ["safe"])
    assert rule["summary"] == "A word is bad."
    assert rule["details"].startswith("This paragraph")


# --- at the command line

LOCAL_RULE = '''
from sitecheck import Example, Finding, PageRule, Span

class FirstWord(PageRule):
    """A page starts with a word."""

    examples = ({examples})

    def check(self, page):
        if page.source.text[:1].isalpha():
            yield Finding(Span(0, 1), "a letter")
'''


def ask(folder: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "sitecheck", *arguments]
    wide = os.environ | {"COLUMNS": "100"}
    done = subprocess.run(command, cwd=folder, env=wide, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def local(tmp_path: Path) -> Path:
    (tmp_path / "sitecheck.toml").write_text('local-rules = "own"\nselect = ["no-such-rule"]\n')
    (tmp_path / "own" / "starts").mkdir(parents=True)
    examples = 'Example("> ab\\n  ^ a letter"), Example("1")'
    (tmp_path / "own" / "starts" / "first_word.py").write_text(LOCAL_RULE.format(examples=examples))
    return tmp_path


def test_a_rule_of_ones_own_is_listed_and_explained_though_the_configuration_has_faults(local: Path) -> None:
    status, out, errors = ask(local, "--list-rules")
    assert (status, errors) == (0, "")
    assert re.search(r"(?m)^first-word +starts +warning +\(local\) A page starts with a word\.$", out)
    assert re.search(r"(?m)^mojibake +encoding +error +\w+", out)
    status, out, errors = ask(local, "--explain", "first-word")
    assert (status, errors) == (0, "")
    assert "    > ab\n      ^ a letter" in out


def test_a_group_is_explained_by_its_rules(local: Path) -> None:
    status, out, _ = ask(local, "--explain", "starts")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["rule", "first-word"]


def test_a_rule_of_ones_own_is_told_what_it_lacks(local: Path) -> None:
    rule = local / "own" / "starts" / "first_word.py"
    rule.write_text(LOCAL_RULE.format(examples='Example("> ab\\n   ^ a letter"),'))
    status, out, errors = ask(local, "--explain", "first-word")
    assert status == 2
    assert out.startswith("first-word (group starts, warning, has no fix)\n")
    assert "sitecheck: rule first-word: it lacks an example without carets" in errors
    assert "sitecheck: rule first-word: example 1: it says\n    > ab\n       ^ a letter\n    but what" in errors


def test_rules_as_json(local: Path) -> None:
    status, out, _ = ask(local, "--list-rules", "--format", "json")
    assert status == 0
    rules = {rule["name"]: rule for rule in json.loads(out)["rules"]}
    assert rules["first-word"]["local"]
    assert not rules["mojibake"]["local"]
    assert {"safe", "unsafe"} >= set(rules["mojibake"]["fixes"]) > set()
