"""Phrases that are data: each is found where it says, files of the user's own are checked, and time stays linear."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sitecheck.engine import ActiveRule, examine
from sitecheck.patterns import Pattern, PatternRule, compiled, read_patterns
from sitecheck.rule import UserError, built_in_rules
from sitecheck.spelling.data import data_file

RULES = {rule.name: rule for rule in built_in_rules() if isinstance(rule, PatternRule)}
PATTERNS = [
    pytest.param(pattern, id=f"{name}: {pattern.match[:40]}")
    for name in RULES
    for pattern in read_patterns(data_file(f"{name}.toml"))[name]
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_found_where_it_says(pattern: Pattern) -> None:
    assert pattern.fault() == ""


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_takes_linear_time(pattern: Pattern) -> None:
    phrase = compiled(pattern).search(pattern.wrong[0])
    assert phrase
    half = phrase[0].rsplit(" ", 1)[0] + " "

    def seconds(size: int) -> float:
        text = half * (size // len(half))
        started = time.process_time()
        assert not compiled(pattern).search(text) or half.strip() == phrase[0]
        return time.process_time() - started

    quarter = min(seconds(16_000) for _ in range(3))
    assert min(seconds(64_000) for _ in range(3)) < 12 * quarter + 0.01


def own_file(folder: Path, text: str) -> str:
    path = folder / "patterns.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


OWN = """
[[wrong-preposition]]
match = "enrolled (to|at) the"
instead = 'enrolled in the'
message = "one is enrolled in something"
wrong = ["She enrolled to the course."]
"""


def test_patterns_of_the_users_own(tmp_path: Path) -> None:
    patterns = read_patterns(own_file(tmp_path, OWN), RULES)
    rule = type(RULES["wrong-preposition"])()
    vars(rule)["own"] = patterns["wrong-preposition"]
    (found,) = examine(b"She is enrolled to\nthe course.\n", "a.md", [ActiveRule(rule)]).diagnostics
    assert found.message == "'enrolled to the': one is enrolled in something"
    assert found.fix is not None
    assert found.fix.title == "replace by 'enrolled in the'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("wrong-preposition", "ligature"), "'ligature' is no rule of patterns; those are"),
        (OWN.replace("(to|at)", "t.*"), "must not hold '*'"),
        (OWN.replace("(to|at)", "(to"), "is no regular expression"),
        (OWN.replace("She enrolled to", "She enrolled in"), "is not found in 'She enrolled in the course.'"),
        (OWN + 'right = ["He enrolled at the school."]', "is found in 'He enrolled at the school.'"),
        (OWN.replace("message", "massage"), "unknown key 'massage'"),
        (OWN.replace("enrolled (to|at) the", "[ab]c"), "is not found in"),
        ("[[", "the patterns cannot be read"),
    ],
)
def test_faults_in_a_file_of_the_users_own(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        read_patterns(own_file(tmp_path, text), RULES)
    assert said in str(error.value)
