"""What a rule is, and how a folder of them is loaded."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from copy import copy
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from sitecheck.finding import Finding, Severity
from sitecheck.page import Page

if TYPE_CHECKING:
    from sitecheck.page import Link
    from sitecheck.site import Site
    from sitecheck.text import Edit
    from sitecheck.verdict import Verdict

LOCAL_PACKAGE = "sitecheck_local_rules"
"""what a user's folder of rules is called as a package"""


class UserError(Exception):
    """Something that the user can mend. Its text is one sentence: what, where and what to do."""


class Example(NamedTuple):
    """A page, or a part of one, and what the rule says of it.

    With carets: each line of the page starts with `> `; under it stand the places found, each with its message.
    Without any line that starts with `> `: the rule finds nothing. `fixed` is what the rule's fixes make of it.
    """

    text: str
    fixed: str | None = None
    path: str = "page.md"
    others: tuple[tuple[str, str], ...] = ()
    """the other files of the site, for a rule that looks at it: their paths and what they hold"""
    web: tuple[Verdict, ...] = ()
    """what the web says of the links, for a rule that asks it"""


class Rule:
    """What all rules share. A subclass has its documentation in its docstring: one sentence, then why and when not."""

    severity: ClassVar[Severity] = Severity.WARNING
    preview: ClassVar[bool] = False
    """whether it runs only where `select` names it outright"""
    examples: ClassVar[tuple[Example, ...]] = ()
    name: ClassVar[str]
    """the public name, from the class's: `RepeatedWord` is `repeated-word`"""
    group: ClassVar[str] = ""
    """the folder that the rule lies in; set when it is loaded"""

    def knowing(self, **values: Any) -> Self:
        """The same rule, with some of its fields as a run has them: words of the user's, what the web said."""
        rule = copy(self)
        vars(rule).update(values)
        return rule

    def __init_subclass__(cls) -> None:
        cls.name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()


class PageRule(Rule):
    """A rule that looks at one page."""

    def check(self, page: Page) -> Iterator[Finding]:
        raise NotImplementedError


class LinkRule(PageRule):
    """A rule that looks at a link in the light of what the web said of it. It runs only where the web is asked."""

    needs: ClassVar[frozenset[str]] = frozenset(("web_links",))
    verdicts: Mapping[str, Verdict] = {}
    """what the web said of each link, by what was asked for; nothing, as long as it was not asked"""

    def judge(self, link: Link, verdict: Verdict) -> Iterator[Finding]:
        raise NotImplementedError

    def readdressed(self, link: Link, verdict: Verdict, target: str) -> Edit | None:
        """The edit that has the link lead to `target`, its fragment kept; None where that cannot be written there."""
        from sitecheck.web import readdressed

        return readdressed(link, verdict, target)

    def check(self, page: Page) -> Iterator[Finding]:
        from sitecheck.web import asked_for, distinct

        if self.verdicts:
            for link in distinct(page.links, page):
                verdict = self.verdicts.get(asked_for(page, link))
                if verdict is not None and verdict.is_telling:
                    yield from self.judge(link, verdict)


class SiteRule(Rule):
    """A rule that looks at a page in the light of the whole site."""

    needs: ClassVar[frozenset[str]] = frozenset()
    """the fields of `Facts` that it asks for; others are not gathered"""

    def check(self, path: str, site: Site) -> Iterator[Finding]:
        """What is wrong in the page at `path`. Paths, those of related places too, are relative to the site's root.

        The page itself costs a file to be read: ask `site.facts(path)` first whether anything can be wrong with it.
        """
        raise NotImplementedError


def with_verdicts(rule: Rule, verdicts: Mapping[str, Verdict]) -> Rule:
    """The rule, knowing what the web said, if that matters to it."""
    return rule.knowing(verdicts=verdicts) if isinstance(rule, LinkRule) else rule


def load_rules(folder: str, package: str) -> list[Rule]:
    """One rule of each file `<group>/<rule>.py` in a folder, which is known to Python as `package`, by name.

    Raises UserError where a file cannot be imported, holds no rule of its own name, or a name is taken.
    """
    rules = []
    for group in sorted(entry.name for entry in os.scandir(folder) if entry.is_dir()):
        for file in sorted(os.listdir(os.path.join(folder, group))):
            stem, dot_py = os.path.splitext(file)
            if dot_py == ".py" and not stem.startswith("_"):
                rules.append(_load_rule(os.path.join(folder, group, file), f"{package}.{group}.{stem}", group))
    return rules


def _load_rule(path: str, module_name: str, group: str) -> Rule:
    try:
        module = import_module(module_name)
    except Exception as error:  # the file may be a user's: whatever it raises is theirs to mend
        raise UserError(f"{path}: cannot be loaded: {type(error).__name__}: {error}") from error
    wanted = module_name.rpartition(".")[2].replace("_", "-")
    for value in vars(module).values():
        if not (isinstance(value, type) and issubclass(value, Rule)) or value.__module__ != module_name:
            continue
        if value.name == wanted:
            value.group = group
            return value()
    class_name = wanted.title().replace("-", "")
    raise UserError(f"{path}: holds no rule named {wanted}; name the class {class_name}")


def built_in_rules() -> list[Rule]:
    """The rules that come with the program."""
    package = import_module("sitecheck.rules")
    return load_rules(next(iter(package.__path__)), "sitecheck.rules")


def local_rules(folder: str) -> list[Rule]:
    """The rules of a user's folder. They are code and run as such.

    Raises UserError where there is no such folder, or something is wrong with a file in it.
    """
    if not os.path.isdir(folder):
        raise UserError(f"{folder}: the folder of local rules does not exist")
    return load_rules(folder, local_package(folder))


def local_package(folder: str) -> str:
    """Make a folder a package, so that relative imports work in it and other processes find its rules. Its name."""
    known = sys.modules.get(LOCAL_PACKAGE)
    if known is not None and [*known.__path__] != [folder]:
        for name in [name for name in sys.modules if name.startswith(f"{LOCAL_PACKAGE}.")]:
            del sys.modules[name]  # else the rules of another site would be taken for those of this one
    package = ModuleType(LOCAL_PACKAGE)
    package.__path__ = [folder]
    sys.modules[LOCAL_PACKAGE] = package
    return LOCAL_PACKAGE
