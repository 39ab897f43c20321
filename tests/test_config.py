"""What can be configured, where it is looked for, and what a mistake in it is answered with."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

import sitecheck
from sitecheck.config import FAIL_ON, KEYS, SEVERITIES, Config, check_names, find, load
from sitecheck.finding import Finding, Severity
from sitecheck.link_options import TABLE
from sitecheck.page import Page
from sitecheck.rule import PageRule, UserError

SCHEMA = json.loads((Path(sitecheck.__file__).parent / "sitecheck.schema.json").read_text(encoding="utf-8"))

FULL = """
include = ["content/", "*.bib"]
exclude = ["drafts/", "!vendor"]
select = ["encoding", "empty-link"]
ignore = ["ligature"]
fail-on = "error"
local-rules = "my-rules"
baseline = "old.json"
inventory = "files.txt"
words = ["Fasttrak"]
dialect = "en-GB"
patterns = "phrases.toml"
venues = {"Very Large Data Bases" = ["VLDB", "PVLDB"]}

online = true

[severity]
ligature = "info"

[per-path-ignores]
"posts/2014-*" = ["encoding"]

[links]
exclude = ["^https://intranet"]
retries = 1
max-age = 2
fail-on-verdict = ["transient"]
"""


class _Silent(PageRule):
    def check(self, page: Page) -> Iterator[Finding]:
        yield from ()


class RedWord(_Silent):
    group = "colors"


class BlueWord(_Silent):
    group = "colors"


class LongWord(_Silent):
    group = "sizes"


class NewWord(_Silent):
    group = "sizes"
    preview = True


RULES = [RedWord(), BlueWord(), LongWord(), NewWord()]


def configuration(folder: Path, text: str, name: str = "sitecheck.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def running(config: Config) -> list[str]:
    return [active.rule.name for active in config.active(RULES)]


# --- where it is found


def test_the_nearest_file_upwards_holds(tmp_path: Path) -> None:
    outer = configuration(tmp_path, "")
    (tmp_path / "a" / "b").mkdir(parents=True)
    page = configuration(tmp_path / "a" / "b", "", "page.md")
    assert find(str(page)) == str(outer)
    inner = configuration(tmp_path / "a", "")
    assert find(str(page)) == str(inner)
    assert find(str(tmp_path / "a" / "b" / "not-there.md")) == str(inner)
    assert find(str(tmp_path)) == str(outer)


def test_a_pyproject_without_the_table_is_passed_over_however_broken(tmp_path: Path) -> None:
    outer = configuration(tmp_path, "[tool.sitecheck]\nselect = []\n", "pyproject.toml")
    (tmp_path / "a" / "b").mkdir(parents=True)
    configuration(tmp_path / "a", '[project]\nname = "uses-sitecheck"\n', "pyproject.toml")
    configuration(tmp_path / "a" / "b", "[broken", "pyproject.toml")
    assert find(str(tmp_path / "a" / "b")) == str(outer)
    assert load(str(outer)).select == ()


def test_sitecheck_toml_goes_before_pyproject_in_the_same_folder(tmp_path: Path) -> None:
    configuration(tmp_path, "[tool.sitecheck]\n", "pyproject.toml")
    file = configuration(tmp_path, "")
    assert find(str(tmp_path)) == str(file)


# --- what it says


def test_every_key_is_read(tmp_path: Path) -> None:
    file = configuration(tmp_path, FULL)
    assert load(str(file)) == Config(
        file=str(file),
        include=("content/", "*.bib"),
        exclude=("drafts/", "!vendor"),
        select=("encoding", "empty-link"),
        ignore=("ligature",),
        per_path_ignores=(("posts/2014-*", ("encoding",)),),
        severity=(("ligature", Severity.INFO),),
        fail_on="error",
        local_rules=str(tmp_path / "my-rules"),
        baseline=str(tmp_path / "old.json"),
        inventory=str(tmp_path / "files.txt"),
        online=True,
        links=(("exclude", (re.compile("^https://intranet"),)), ("retries", 1)),
        max_age=2.0,
        fail_on_verdict=("transient",),
        words=("Fasttrak",),
        dialect="en-GB",
        venues=(("Very Large Data Bases", ("VLDB", "PVLDB")),),
        patterns=str(tmp_path / "phrases.toml"),
    )
    assert set(tomllib.loads(FULL)) == set(KEYS)


def test_pyproject_says_the_same(tmp_path: Path) -> None:
    text = "[tool.sitecheck]" + FULL.replace("\n[", "\n[tool.sitecheck.")
    file = configuration(tmp_path, text, "pyproject.toml")
    assert load(str(file))._replace(file="") == load(str(configuration(tmp_path, FULL)))._replace(file="")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "sitecheck.toml").write_bytes(b'\xef\xbb\xbffail-on = "never"\r\n')
    assert load(str(tmp_path / "sitecheck.toml")).fail_on == "never"


# --- what a mistake is answered with

MISTAKES = [
    ('selct = ["encoding"]', "unknown key 'selct', did you mean 'select'?"),
    ("zzz = 1", "unknown key 'zzz'"),
    ('select = "encoding"', "'select' must be a list of strings"),
    ("ignore = [1]", "'ignore' must be a list of strings"),
    ("include = {}", "'include' must be a list of strings"),
    ("exclude = true", "'exclude' must be a list of strings"),
    ('fail-on = "eror"', "'fail-on' must be one of error, warning, info, never, not 'eror', did you mean 'error'?"),
    ("fail-on = 1", "'fail-on' must be one of error, warning, info, never, not 1"),
    ('severity = "error"', "'severity' must be a table"),
    ('severity = {ligature = "off"}', "'severity' of 'ligature' must be one of error, warning, info, not 'off'"),
    ('per-path-ignores = ["a"]', "'per-path-ignores' must be a table"),
    ('per-path-ignores = {"a" = "b"}', "'per-path-ignores' must be a table"),
    ('per-path-ignores = {"a" = [1]}', "'per-path-ignores' must be a list of strings"),
    ('words = "one"', "'words' must be a list of strings"),
    ('venues = ["VLDB"]', "'venues' must be a table of names and lists of other names"),
    ('dialect = "en"', "'dialect' must be one of en-GB, en-US, not 'en'"),
    ("patterns = 1", "'patterns' must be the path of a file"),
    ("local-rules = []", "'local-rules' must be the path of a folder"),
    ('local-rules = ""', "'local-rules' must be the path of a folder"),
    ("baseline = true", "'baseline' must be the path of a file"),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_is_one_sentence_that_names_file_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: str
) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    with pytest.raises(UserError) as raised:
        load(str(configuration(tmp_path, text)))
    assert str(raised.value).startswith(f"../sitecheck.toml: {expected}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"select = [", "no valid TOML"),
        (b"# caf\xe9\n", "no valid TOML"),
        (b"a = " + b"[" * 5000, "no valid TOML"),
    ],
)
def test_what_is_no_toml_is_one_sentence(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "sitecheck.toml").write_bytes(content)
    with pytest.raises(UserError, match=f"sitecheck.toml: {expected}"):
        load(str(tmp_path / "sitecheck.toml"))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nope\.toml: the configuration cannot be read"):
        load(str(tmp_path / "nope.toml"))
    with pytest.raises(UserError, match=r"there is no \[tool.sitecheck\] in it"):
        load(str(configuration(tmp_path, "", "pyproject.toml")))


def test_keys_in_pyproject_are_named_in_full(tmp_path: Path) -> None:
    file = configuration(tmp_path, "[tool.sitecheck]\nfail-on = 1\n", "pyproject.toml")
    with pytest.raises(UserError, match=r"'tool\.sitecheck\.fail-on' must be"):
        load(str(file))
    with pytest.raises(UserError, match=r"'tool\.sitecheck' must be a table"):
        load(str(configuration(tmp_path, "[tool]\nsitecheck = 1\n", "pyproject.toml")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('select = ["red-wrd"]', "'select' names the unknown rule or group 'red-wrd', did you mean 'red-word'?"),
        ('select = ["color"]', "'select' names the unknown rule or group 'color', did you mean 'colors'?"),
        ('ignore = ["zzz"]', "'ignore' names the unknown rule or group 'zzz'; see --list-rules"),
        ('per-path-ignores = {"a/" = ["zzz"]}', "'per-path-ignores' for 'a/' names the unknown rule or group 'zzz'"),
        ('severity = {colors = "info"}', "'severity' names the unknown rule or group 'colors'"),
    ],
)
def test_names_of_no_rule_are_one_sentence(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(UserError) as raised:
        check_names(load(str(configuration(tmp_path, text))), RULES)
    assert f"sitecheck.toml: {expected}" in str(raised.value)


def test_a_local_rule_that_is_refused_may_be_ignored_but_not_selected() -> None:
    refused = {"my-rule"}
    check_names(Config(ignore=("my-rule",), severity=(("my-rule", Severity.INFO),)), RULES, refused)
    with pytest.raises(UserError, match="names the local rule 'my-rule', and --no-local-rules refuses to load it"):
        check_names(Config(file="sitecheck.toml", select=("my-rule",)), RULES, refused)


# --- the schema


def test_the_schema_knows_the_same_keys_and_values() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(KEYS)
    assert tuple(SCHEMA["properties"]["fail-on"]["enum"]) == FAIL_ON
    assert SCHEMA["properties"]["fail-on"]["default"] == Config().fail_on
    assert tuple(SCHEMA["properties"]["severity"]["additionalProperties"]["enum"]) == SEVERITIES
    of_links = SCHEMA["properties"]["links"]["properties"]
    assert set(of_links) == set(TABLE)
    fields = {key.replace("-", "_") for key in (*KEYS, "max-age", "fail-on-verdict")}
    assert fields | {"file"} == set(Config._fields)


@pytest.mark.parametrize("text", [text for text, _ in MISTAKES])
def test_the_schema_rejects_what_the_program_rejects(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), SCHEMA, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("key", list(KEYS))
def test_the_schema_accepts_what_the_program_accepts_and_its_examples_are_such(key: str, tmp_path: Path) -> None:
    jsonschema.validate(tomllib.loads(FULL), SCHEMA, jsonschema.Draft202012Validator)
    property_ = SCHEMA["properties"][key]
    for value in property_.get("examples", [property_.get("default")]):
        jsonschema.validate({key: value}, SCHEMA, jsonschema.Draft202012Validator)
        KEYS[key](value)


# --- which rules run


def test_every_rule_runs_but_a_preview() -> None:
    assert running(Config()) == ["red-word", "blue-word", "long-word"]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("colors",), (), ["red-word", "blue-word"]),
        (("red-word", "sizes"), (), ["red-word", "long-word"]),
        (("sizes", "new-word"), (), ["long-word", "new-word"]),
        (None, ("colors",), ["long-word"]),
        (None, ("red-word",), ["blue-word", "long-word"]),
        (("colors",), ("red-word",), ["blue-word"]),
        (("red-word",), ("colors",), ["red-word"]),
        (("red-word",), ("red-word",), []),
        ((), (), []),
    ],
)
def test_select_and_ignore(select: tuple[str, ...] | None, ignore: tuple[str, ...], expected: list[str]) -> None:
    assert running(Config(select=select, ignore=ignore)) == expected


def test_the_command_lines_select_takes_the_place_of_both_lists_and_its_ignore_is_added() -> None:
    config = Config(select=("colors",), ignore=("red-word",))
    assert running(config.overridden(select=("red-word",), ignore=(), fail_on=None)) == ["red-word"]
    assert running(config.overridden(select=None, ignore=("blue-word",), fail_on=None)) == []
    assert config.overridden(select=None, ignore=(), fail_on=None) == config
    assert config.overridden(select=None, ignore=(), fail_on="info").fail_on == "info"


def test_a_configured_severity_takes_the_place_of_the_rules_own() -> None:
    active = Config(severity=(("red-word", Severity.INFO),)).active(RULES)
    assert [rule.severity for rule in active] == [Severity.INFO, None, None]


def test_ignores_of_a_path_hold_there_and_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '[per-path-ignores]\n"old/" = ["colors"]\n"*.bib" = ["long-word"]\n"/top.md" = ["red-word"]\n'
    config = load(str(configuration(tmp_path, text)))
    active = config.active(RULES)

    def at(path: Path) -> list[str]:
        return [rule.rule.name for rule in config.active_at(str(path), active)]

    (tmp_path / "old").mkdir()
    for folder in (tmp_path, tmp_path / "old"):  # wherever the program is started
        monkeypatch.chdir(folder)
        assert at(tmp_path / "a.md") == ["red-word", "blue-word", "long-word"]
        assert at(tmp_path / "old" / "deep" / "a.md") == ["long-word"]
        assert at(tmp_path / "old" / "a.bib") == []
        assert at(tmp_path / "top.md") == ["blue-word", "long-word"]
        assert at(tmp_path / "sub" / "top.md") == ["red-word", "blue-word", "long-word"]
