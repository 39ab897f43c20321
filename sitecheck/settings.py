"""What the configuration tells single rules: words, a dialect, patterns, venues."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sitecheck.rule import UserError

if TYPE_CHECKING:
    from sitecheck.config import Config
    from sitecheck.engine import ActiveRule

WORDS_FILE = "words.txt"
VENUE_RULES = ("inconsistent-venue", "inconsistent-collection-venue")
"""the rules that compare names of venues"""


def told(config: Config, active: tuple[ActiveRule, ...]) -> tuple[ActiveRule, ...]:
    """The active rules, each knowing what is said to it. Raises UserError where a file with that cannot be read."""
    said = _said(config)
    return tuple(
        each._replace(rule=each.rule.knowing(**said[each.rule.name])) if each.rule.name in said else each
        for each in active
    )


def _said(config: Config) -> dict[str, dict[str, Any]]:
    """By the name of a rule its settings, where there are any."""
    said: dict[str, dict[str, Any]] = {}
    words = own_words(config)
    if words or config.dialect:
        said["misspelling"] = {"words": words, "dialect": config.dialect}
    if config.venues:
        said.update({name: {"venues": config.venues} for name in VENUE_RULES})
    if config.patterns:
        from sitecheck.patterns import PatternRule, read_patterns
        from sitecheck.rule import built_in_rules

        names = {rule.name for rule in built_in_rules() if isinstance(rule, PatternRule)}
        patterns = read_patterns(config.patterns, names)
        said.update({name: {"own": own} for name, own in patterns.items()})
    return said


def own_words(config: Config) -> tuple[str, ...]:
    """The user's words, in lower case: those of the configuration, and of the file beside it."""
    return tuple(sorted({word.lower() for word in (*config.words, *_listed(words_file(config)))}))


def words_file(config: Config) -> str:
    """Where words of the user's own are listed: beside the configuration, or where the program was started."""
    return os.path.join(config.folder, WORDS_FILE)


def _listed(path: str) -> list[str]:
    """The words in a file, one a line; what follows a `#` is a remark."""
    if not os.path.exists(path):
        return []
    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = [line.partition("#")[0].strip() for line in file]
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is no UTF-8"
        raise UserError(f"{path}: the list of words cannot be read: {reason}") from error
    return [line for line in lines if line]


def add_words(config: Config, words: list[str]) -> str:
    """Put words into the file of the user's own, and say so. Raises UserError where that cannot be written."""
    from sitecheck.files import display_name

    path = words_file(config)
    known = own_words(config)
    new = [word.strip() for word in words if word.strip() and word.strip().lower() not in known]
    try:
        with open(path, "a+", encoding="utf-8") as file:
            file.seek(0)
            text = file.read()
            gap = "\n" if text and not text.endswith("\n") else ""
            file.write(gap + "".join(f"{word}\n" for word in dict.fromkeys(new)))
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is no UTF-8"
        raise UserError(f"{path}: the word cannot be added: {reason}") from error
    shown = ", ".join(f"'{word}'" for word in dict.fromkeys(new))
    return f"{display_name(path)}: added {shown}" if new else f"{display_name(path)}: nothing to add"
