"""The baseline: old findings that are known and not reported, so that only new ones are.

It is a JSON file that is meant to be committed, and sorted so that its differences can be read. An entry is a rule, the
text that it found and how often, in a file; no lines. So a finding stays known when text around it changes. It stays
known too when it moves to another file, provided that it is gone from its own: there, another one can use up its place.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from sitecheck.files import display_name
from sitecheck.rule import UserError

if TYPE_CHECKING:
    from sitecheck.finding import Diagnostic
    from sitecheck.source import Source

NAME = "sitecheck-baseline.json"
VERSION = 1
KEYS = ("path", "rule", "text", "count")
"""of a finding in the file"""

BLANK = re.compile(r"[ \t\r\n]+")
"""Not the other white space of Unicode: it may be what a rule has found."""
LONGEST = 100
"""characters of a found text that an entry shows; of a longer one a checksum stands for the rest"""


class Entry(NamedTuple):
    """Findings of one rule and one text in one file."""

    path: str
    """relative to the folder of the baseline, with `/`"""
    rule: str
    text: str


class Scope(NamedTuple):
    """What a run looked at, so that what it did not look at is not taken for mended."""

    paths: tuple[str, ...]
    """the files and folders that it was given, relative to the working directory; `.` is everything"""
    ran: Mapping[str, frozenset[str]]
    """the names of the rules that ran on each file that was read"""

    def read(self, path: str, rule: str) -> bool:
        return rule in self.ran.get(path, ())

    def would_read(self, path: str, rule: str) -> bool:
        """Whether a file that does not exist would have been read, and this rule run on it."""
        below = any(path == each or path.startswith(f"{each.rstrip('/')}/") for each in self.paths)
        inside = os.curdir in self.paths and not path.startswith("../")
        return (below or inside) and any(rule in rules for rules in self.ran.values())


class Comparison(NamedTuple):
    """What was found, held against a baseline."""

    new: list[Diagnostic]
    known: Counter[Entry]
    """at the places where they are now"""
    gone: Counter[Entry]
    """entries of the baseline that match nothing any more"""
    unread: Counter[Entry]
    """entries that the run can say nothing of"""


class Baseline:
    """The entries of a baseline file. A file that does not exist has none."""

    def __init__(self, file: str, entries: Counter[Entry]) -> None:
        self.file = file
        self.entries = entries

    def compare(self, found: Iterable[Diagnostic], sources: Callable[[str], Source], scope: Scope) -> Comparison:
        """Tell new findings from old ones. `found` is in order, and of several alike the last are new."""
        left = Counter(self.entries)
        known: Counter[Entry] = Counter()
        beyond: list[tuple[Diagnostic, Entry]] = []
        for diagnostic, entry in self._keyed(found, sources):
            if left[entry]:
                left[entry] -= 1
                known[entry] += 1
            else:
                beyond.append((diagnostic, entry))
        left = +left
        new = []
        homeless = self._homeless(left, scope) if beyond else {}
        for diagnostic, entry in beyond:
            moved = homeless.get((entry.rule, entry.text))
            if moved:
                left[moved.pop()] -= 1
                known[entry] += 1
            else:
                new.append(diagnostic)
        gone = Counter({entry: count for entry, count in left.items() if count and self._judged(entry, scope)})
        return Comparison(new, known, gone, left - gone)

    def keys(self, found: Iterable[Diagnostic], sources: Callable[[str], Source]) -> Counter[Entry]:
        """The entries that findings would be."""
        return Counter(entry for _, entry in self._keyed(found, sources))

    def write(self, entries: Counter[Entry]) -> None:
        """Make these the entries of the file, whole or not at all. Raises UserError where it cannot be written."""
        _replace(self.file, _written(entries))
        self.entries = entries

    def _keyed(
        self, found: Iterable[Diagnostic], sources: Callable[[str], Source]
    ) -> Iterable[tuple[Diagnostic, Entry]]:
        folder = os.path.dirname(self.file)
        last, path, text = "", "", ""
        for diagnostic in found:
            if diagnostic.place.path != last or not path:
                last = diagnostic.place.path
                path, text = display_name(last, folder), sources(last).text
            yield diagnostic, Entry(path, diagnostic.rule, found_text(diagnostic, text))

    def _homeless(self, left: Counter[Entry], scope: Scope) -> dict[tuple[str, str], list[Entry]]:
        """Entries whose findings are gone from their file, so that they may have moved to another."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry, count in sorted(left.items(), reverse=True):
            path = self._display(entry)
            if scope.read(path, entry.rule) or not self._exists(entry):
                found.setdefault((entry.rule, entry.text), []).extend([entry] * count)
        return found

    def _judged(self, entry: Entry, scope: Scope) -> bool:
        """Whether the run can tell that what the entry stands for is no longer there."""
        path = self._display(entry)
        return scope.read(path, entry.rule) or (not self._exists(entry) and scope.would_read(path, entry.rule))

    def _display(self, entry: Entry) -> str:
        return display_name(os.path.join(os.path.dirname(self.file), entry.path))

    def _exists(self, entry: Entry) -> bool:
        return os.path.lexists(os.path.join(os.path.dirname(self.file), entry.path))


def load(file: str) -> Baseline:
    """Raises UserError where the file cannot be read, or holds something else than a baseline."""
    import json

    shown = display_name(file)
    try:
        with open(file, "rb") as stream:
            return Baseline(file, _entries(json.loads(stream.read().decode("utf-8-sig"))))
    except FileNotFoundError:
        raise UserError(f"{shown}: there is no such baseline; make it with --write-baseline") from None
    except OSError as error:
        raise UserError(f"{shown}: the baseline cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # those of JSON and of UTF-8 are ValueErrors
        advice = "restore it, or delete it and make it anew with --write-baseline"
        raise UserError(f"{shown}: no baseline, or a damaged one: {error}; {advice}") from None


def load_or_new(file: str) -> Baseline:
    """The baseline that a file holds, or an empty one where there is none yet."""
    return load(file) if os.path.lexists(file) else Baseline(file, Counter())


def found_text(diagnostic: Diagnostic, text: str) -> str:
    """What was found, in the form in which it is compared: composed, each run of blanks as one, and short."""
    place = diagnostic.place
    found = BLANK.sub(" ", normalize("NFC", text[place.start.offset : place.end.offset])).strip(" ")
    if len(found) <= LONGEST:
        return found
    from hashlib import sha256

    return f"{found[:LONGEST]}... sha256:{sha256(found.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _entries(content: Any) -> Counter[Entry]:
    """Raises ValueError where the content is not that of a baseline."""
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise ValueError("it has no list of findings")
    if content.get("version") != VERSION:
        raise ValueError(f"its version is {content.get('version')!r}, and this sitecheck reads {VERSION}")
    entries: Counter[Entry] = Counter()
    for number, item in enumerate(content["findings"], start=1):
        kinds = [type(item[key]) for key in KEYS if key in item] if isinstance(item, dict) else []
        if kinds != [str, str, str, int] or item["count"] < 1:
            raise ValueError(f"finding number {number} in it lacks a path, rule, text or count")
        entries[Entry(item["path"], item["rule"], item["text"])] += item["count"]
    return entries


def _written(entries: Counter[Entry]) -> bytes:
    """A line for each entry, in ASCII: nothing in it can surprise a terminal or a merge."""
    import json

    lines = ",\n  ".join(
        json.dumps(dict(zip(KEYS, (*entry, count), strict=True)))
        for entry, count in sorted(entries.items())
        if count > 0
    )
    return f'{{"version": {VERSION},\n "findings": [\n  {lines}\n ]}}\n'.encode("ascii")


def _replace(file: str, content: bytes) -> None:
    """Write a file beside it and put that in its place; of a symbolic link, in that of its target."""
    target = os.path.realpath(file)
    temporary = os.path.join(os.path.dirname(target), f".sitecheck-{os.urandom(8).hex()}.tmp")
    try:
        with open(temporary, "xb") as stream:
            stream.write(content)
        os.replace(temporary, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise UserError(f"{display_name(file)}: the baseline cannot be written: {error.strerror}") from error
