"""The configuration: `sitecheck.toml`, or `[tool.sitecheck]` in `pyproject.toml`.

    include = ["content/", "*.bib"]        # read only these, instead of every page below the paths given
    exclude = ["drafts/", "!vendor"]       # pass over these; with `!`: read what is passed over by default
    select = ["encoding", "empty-link"]    # run only these rules and groups
    ignore = ["ligature"]                  # and not these
    fail-on = "error"                      # error, warning (the default), info or never
    local-rules = "my-rules"               # a folder of rules of your own
    baseline = "sitecheck-baseline.json"   # old findings that are not reported
    inventory = "files.txt"                # the site's files, a path a line, where not all of them are there
    words = ["Neurips", "Fasttrak"]        # not misspelt; a file words.txt beside this one holds more of them
    dialect = "en-GB"                      # or en-US: tell words that are spelt as in the other one
    patterns = "patterns.toml"             # wrong phrases of your own

    online = true                          # ask the web for the links

    [severity]
    confusable-character = "info"          # error, warning or info

    [per-path-ignores]
    "posts/2014-*" = ["encoding"]

    [venues]                               # names of conferences and journals, and what else each is called
    "Very Large Data Bases" = ["VLDB", "PVLDB"]

    [links]                                # how the web is asked; see `link_options.py`
    exclude = ["^https://intranet"]

Patterns are those of a `.gitignore`. They, `local-rules` and `baseline` are relative to the folder of the file.
The patterns of paths are those of a `.gitignore`. They, and the paths of files and folders, are relative to the folder
of the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sitecheck.engine import ActiveRule
from sitecheck.finding import Severity
from sitecheck.rule import LinkRule, UserError

if TYPE_CHECKING:
    from sitecheck.rule import Rule

NAME = "sitecheck.toml"
PYPROJECT = "pyproject.toml"
SEVERITIES = tuple(severity.label for severity in sorted(Severity, reverse=True))
FAIL_ON = (*SEVERITIES, "never")

Names = tuple[str, ...]


class Config(NamedTuple):
    """What a configuration file says, checked; with the defaults where it says nothing."""

    file: str = ""
    """the file it was read from; empty where there is none"""
    include: Names = ()
    exclude: Names = ()
    select: Names | None = None
    """rules and groups; None: every rule that is not a preview"""
    ignore: Names = ()
    per_path_ignores: tuple[tuple[str, Names], ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    fail_on: str = "warning"
    local_rules: str = ""
    """a path that can be opened; empty: no such folder"""
    baseline: str = ""
    """a path that can be opened; empty: none"""
    inventory: str = ""
    """a path that can be opened; empty: the files are looked for"""
    online: bool = False
    """whether the web is asked for the links"""
    links: tuple[tuple[str, Any], ...] = ()
    """how it is asked: fields of `Settings`"""
    max_age: float = 24
    """hours for which a link that was there is not asked for again"""
    fail_on_verdict: Names = ()
    """the verdicts of links that make a run fail"""
    words: Names = ()
    dialect: str = ""
    """one of DIALECTS; empty: a page may mix them"""
    patterns: str = ""
    """a path that can be opened; empty: none"""
    venues: tuple[tuple[str, Names], ...] = ()
    """names of venues, and what else each is called"""

    @property
    def folder(self) -> str:
        """What patterns are relative to."""
        return os.path.dirname(self.file)

    def overridden(
        self,
        *,
        select: Names | None,
        ignore: Names,
        fail_on: str | None,
        baseline: str | None = None,
        inventory: str = "",
        online: bool | None = None,
        max_age: float | None = None,
        fail_on_verdict: Names | None = None,
    ) -> Config:
        """With what the command line says: `select` takes the place of both lists here, `ignore` is added."""
        config = self if select is None else self._replace(select=select, ignore=())
        return config._replace(
            ignore=(*config.ignore, *ignore),
            fail_on=fail_on or self.fail_on,
            baseline=self.baseline if baseline is None else baseline,
            inventory=inventory or self.inventory,
            online=self.online if online is None else online,
            max_age=self.max_age if max_age is None else max_age,
            fail_on_verdict=self.fail_on_verdict if fail_on_verdict is None else fail_on_verdict,
        )

    def active(self, rules: Iterable[Rule]) -> tuple[ActiveRule, ...]:
        """The rules that run, where no path says otherwise."""
        severity = dict(self.severity)
        return tuple(ActiveRule(rule, severity.get(rule.name)) for rule in rules if self._runs(rule))

    def active_at(self, path: str, active: tuple[ActiveRule, ...]) -> tuple[ActiveRule, ...]:
        """Those of the active rules that `per-path-ignores` leaves for a file, seen from the working directory."""
        if not self.per_path_ignores:
            return active
        from sitecheck.files import display_name
        from sitecheck.gitignore import compiled

        place = display_name(path, self.folder)
        ignored = {
            name for pattern, names in self.per_path_ignores if compiled((pattern,)).covers(place) for name in names
        }
        return tuple(rule for rule in active if ignored.isdisjoint((rule.rule.name, rule.rule.group)))

    def _runs(self, rule: Rule) -> bool:
        """What is said of a rule by name goes before what is said of its group."""
        name = rule.name
        if name in self.ignore or (isinstance(rule, LinkRule) and not self.online):
            return False
        if self.select is not None and name in self.select:
            return True
        if rule.group in self.ignore or rule.preview:
            return False
        return self.select is None or rule.group in self.select


def find(start: str) -> str:
    """The configuration file that holds for a path: the nearest one upwards; empty where there is none.

    A `pyproject.toml` without a `[tool.sitecheck]` is passed over.
    """
    folder = os.path.abspath(start)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        for name in (NAME, PYPROJECT):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name == NAME or "sitecheck" in _tools(path)):
                return path
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent


def load(file: str) -> Config:
    """Read a configuration file.

    Raises UserError where it cannot be read, holds an unknown key or a value of the wrong kind. Names of rules are
    not looked at; `check_names` does that once the rules are known.
    """
    if os.path.basename(file) == PYPROJECT:
        table, prefix = _tools(file).get("sitecheck"), "tool.sitecheck."
        if table is None:
            raise UserError(f"{_shown(file)}: there is no [tool.sitecheck] in it")
    else:
        table, prefix = _parsed(file, _read(file)), ""
    if not isinstance(table, dict):
        raise UserError(f"{_shown(file)}: 'tool.sitecheck' must be a table")
    values: dict[str, Any] = {"file": file}
    for key, value in table.items():
        if key not in KEYS:
            raise UserError(f"{_shown(file)}: unknown key '{prefix}{key}'{suggestion(key, KEYS)}")
        try:
            values[key.replace("-", "_")] = KEYS[key](value)
        except ValueError as error:
            raise UserError(f"{_shown(file)}: '{prefix}{key}' {error}") from None
    links = dict(values.pop("links", ()))
    values |= {name: links.pop(name) for name in ("max_age", "fail_on_verdict") if name in links}
    config = Config(**values, links=tuple(links.items()))
    return config._replace(
        local_rules=config.local_rules and os.path.join(config.folder, config.local_rules),
        baseline=config.baseline and os.path.join(config.folder, config.baseline),
        inventory=config.inventory and os.path.join(config.folder, config.inventory),
        patterns=config.patterns and os.path.join(config.folder, config.patterns),
    )


def check_names(config: Config, rules: Sequence[Rule], refused: Iterable[str] = ()) -> None:
    """Raise UserError where the configuration names a rule or group that does not exist.

    `refused` are the names of local rules that were not loaded. To ignore them is met; to select them is not.
    """
    names = {rule.name for rule in rules}
    groups = {rule.group for rule in rules}
    absent = set(refused)
    check_known(config.select or (), names | groups, f"{_shown(config.file)}: 'select'", absent)
    known = names | groups | absent
    check_known(config.ignore, known, f"{_shown(config.file)}: 'ignore'")
    for pattern, ignored in config.per_path_ignores:
        check_known(ignored, known, f"{_shown(config.file)}: 'per-path-ignores' for '{pattern}'")
    check_known([name for name, _ in config.severity], names | absent, f"{_shown(config.file)}: 'severity'")


def check_known(wanted: Iterable[str], known: set[str], where: str, refused: Iterable[str] = ()) -> None:
    """Raise UserError where a name is none of a rule or group; `where` says who gave it."""
    for name in wanted:
        if name in known:
            continue
        if name in refused:
            raise UserError(f"{where} names the local rule '{name}', and --no-local-rules refuses to load it")
        hint = suggestion(name, known) or "; see --list-rules"
        raise UserError(f"{where} names the unknown rule or group '{name}'{hint}")


def suggestion(word: str, known: Iterable[str]) -> str:
    """`, did you mean 'select'?`, or nothing where no known word is similar."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1)
    return f", did you mean '{close[0]}'?" if close else ""


def _strings(value: object) -> Names:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError('must be a list of strings, such as ["a", "b"]')
    return tuple(value)


def _per_path_ignores(value: object) -> tuple[tuple[str, Names], ...]:
    if not isinstance(value, dict) or not all(isinstance(names, list) for names in value.values()):
        raise ValueError('must be a table of patterns and lists of rules, such as {"old/" = ["encoding"]}')
    return tuple((pattern, _strings(names)) for pattern, names in value.items())


def _venues(value: object) -> tuple[tuple[str, Names], ...]:
    if not isinstance(value, dict) or not all(isinstance(aliases, list) for aliases in value.values()):
        raise ValueError(
            'must be a table of names and lists of other names, such as {"Very Large Data Bases" = ["VLDB"]}'
        )
    venues = tuple((name, _strings(aliases)) for name, aliases in value.items())
    of: dict[str, str] = {}
    for name, aliases in venues:
        for each in (name, *aliases):
            if not each.strip():
                raise ValueError(f"has an empty name, of '{name}'")
            if of.setdefault(each.casefold(), name) != name:
                raise ValueError(f"has '{each}' of two venues, '{of[each.casefold()]}' and '{name}'; name it once")
    return venues


def _severity(value: object) -> tuple[tuple[str, Severity], ...]:
    if not isinstance(value, dict):
        raise ValueError('must be a table of rules and severities, such as {ligature = "warning"}')
    return tuple((name, Severity[_choice(level, SEVERITIES, f"of '{name}' ").upper()]) for name, level in value.items())


def _fail_on(value: object) -> str:
    return _choice(value, FAIL_ON)


def _dialect(value: object) -> str:
    from sitecheck.spelling.dialect import DIALECTS

    return _choice(value, DIALECTS)


def _choice(value: object, choices: Sequence[str], of: str = "") -> str:
    if isinstance(value, str) and value in choices:
        return value
    hint = suggestion(value, choices) if isinstance(value, str) else ""
    raise ValueError(f"{of}must be one of {', '.join(choices)}, not {value!r}{hint}")


def _local_rules(value: object) -> str:
    return _path(value, "folder")


def _file(value: object) -> str:
    return _path(value, "file")


def _path(value: object, of: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"must be the path of a {of}")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _links(value: object) -> tuple[tuple[str, Any], ...]:
    from sitecheck.link_options import table

    return tuple(table(value).items())


KEYS: Mapping[str, Callable[[object], object]] = {
    "include": _strings,
    "exclude": _strings,
    "select": _strings,
    "ignore": _strings,
    "per-path-ignores": _per_path_ignores,
    "severity": _severity,
    "fail-on": _fail_on,
    "local-rules": _local_rules,
    "baseline": _file,
    "inventory": _file,
    "online": _switch,
    "links": _links,
    "words": _strings,
    "dialect": _dialect,
    "patterns": _file,
    "venues": _venues,
}
"""Every key, and what makes of its value what Config holds, or raises ValueError. `sitecheck.schema.json` agrees."""


def _tools(pyproject: str) -> dict[str, Any]:
    """The table `[tool]`; empty where nothing in the file mentions this program, however broken it is."""
    raw = _read(pyproject)
    tool = _parsed(pyproject, raw).get("tool") if b"sitecheck" in raw else None
    return tool if isinstance(tool, dict) else {}


def _read(file: str) -> bytes:
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise UserError(f"{_shown(file)}: the configuration cannot be read: {error.strerror}") from error


def _parsed(file: str, raw: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        raise UserError(f"{_shown(file)}: no valid TOML: {error}") from None


def _shown(file: str) -> str:
    from sitecheck.files import display_name

    return display_name(file)
