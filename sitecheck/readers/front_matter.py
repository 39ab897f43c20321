"""What stands before a page: YAML between `---`, TOML between `+++`, or a JSON object."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitecheck.late import late
from sitecheck.page import Problem, Reading
from sitecheck.text import Text

OPENING = late("\ufeff?(---|\\+\\+\\+)[ \t]*(?:\r\n?|\n)")
CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r\n?|\n|\Z)", re.MULTILINE),
}
COMMENTS = late(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*")
KEY = late(r"""["']?[A-Za-z_][\w.-]{0,99}["']?[ \t]{0,9}(?::[ \t\r\n]|=)""")
JSON_OPENING = late(r"\ufeff?\{\s*(?:\"|\})")


class Split(NamedTuple):
    """A page's two parts, as ranges of its text."""

    language: str
    """`yaml`, `toml`, `json`, or `` where there is no front matter"""
    start: int
    end: int
    body: int


def split(value: str, reading: Reading | None = None) -> Split:
    """Where the front matter is. One that is never closed is a problem, and the page is read without it."""
    match = OPENING.match(value)
    if match is None:
        return _json(value) if JSON_OPENING.match(value) else Split("", 0, 0, 0)
    language = "yaml" if match[1] == "---" else "toml"
    closing = CLOSING[match[1]].search(value, match.end())
    if closing is not None:
        return Split(language, match.end(), closing.start(), closing.end())
    first = COMMENTS.match(value, match.end())
    if reading is not None and first and KEY.match(value, first.end()):  # else it is a thematic break
        message = f"the front matter that '{match[1]}' opens is never closed"
        reading.problems.append(Problem(Text.whole(value).span(match.start(1), match.end(1)), message))
    return Split("", 0, 0, 0)


def _json(value: str) -> Split:
    import json

    start = value.index("{")
    try:
        _, end = json.JSONDecoder().raw_decode(value, start)
    except (ValueError, RecursionError):
        return Split("", 0, 0, 0)
    return Split("json", start, end, end)


def read_front_matter(text: Text, reading: Reading) -> Text:
    """Read the front matter of a page into `reading`. What is returned is the rest, the page's body."""
    found = split(text.value, reading)
    part = text[found.start : found.end]
    if found.language == "yaml":
        from sitecheck.readers import yaml

        yaml.read(part, reading)
    elif found.language:
        from sitecheck.readers import toml

        (toml.read if found.language == "toml" else toml.read_json)(part, reading)
    return text[found.body :] if found.body else text
