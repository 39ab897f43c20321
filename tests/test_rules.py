"""Every rule does what its own page says, and its page is complete."""

from __future__ import annotations

import pytest

from sitecheck.examples import faults
from sitecheck.rule import PageRule, UserError, built_in_rules, local_rules

RULES = built_in_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples_and_documentation(rule: PageRule) -> None:
    assert list(faults(rule)) == []


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names)) >= 10


BAD_RULE = '''
from sitecheck import Example, Finding, PageRule, Span

class {name}(PageRule):
    """Finds nothing"""
    examples = (Example("> the cat\\n      ^^^ a cat"),)
    def check(self, page):
        yield Finding(Span(4, 6), "a cat")
'''


def test_a_rule_that_breaks_its_promises_is_told_which(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "pets"
    folder.mkdir()
    (folder / "cat.py").write_text(BAD_RULE.format(name="Cat"))
    (rule,) = local_rules(str(folder.parent))
    told = " ".join(faults(rule))
    assert "full stop" in told
    assert "without carets" in told
    assert "example 1" in told


def test_a_file_without_its_rule_is_an_error(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "pets"
    folder.mkdir()
    (folder / "dog.py").write_text(BAD_RULE.format(name="Cat"))
    with pytest.raises(UserError, match=r"dog\.py: holds no rule named dog; name the class Dog"):
        local_rules(str(folder.parent))
