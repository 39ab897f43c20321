"""Fixes applied to a file: only their own spans change, the page stays what it was, and the write is all or nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from sitecheck.atomic import write_atomically
from sitecheck.engine import ActiveRule, Examined, Located, examine, read_file
from sitecheck.finding import Diagnostic
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.rule import UserError
from sitecheck.source import Source
from sitecheck.text import Edit

PASSES = 10
"""More than honest rules need. What still finds something to do then would never be done."""
TRIALS = 100
"""How often one pass reads the page again to tell good fixes from bad ones. One bad among a thousand takes 20."""
HARMFUL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
"""What no fix may bring in: control characters other than tab and newlines, half a surrogate pair, a lost character."""

Edits = tuple[Edit, ...]
"""The edits of one fix, in order of place. They are made all together or not at all."""


Situate = Callable[[bytes], Located]
"""Tells what a file is in its site once it holds some bytes."""


class FixOutcome(NamedTuple):
    """What became of one file."""

    raw_before: bytes
    raw_after: bytes
    examined: Examined
    """what is left: the findings of `raw_after`"""
    fixed: int
    """how many findings were mended"""
    refused: tuple[str, ...]
    """a sentence for each fix that was wanted and left out"""


def fix_file(
    path: str, display_path: str, rules: Sequence[ActiveRule], *, unsafe: bool, situate: Situate | None = None
) -> FixOutcome:
    """Mend a file on disk. Where it cannot be written it stays as it was, and the outcome says so.

    Raises UserError where it cannot be read.
    """
    raw = read_file(path, display_path)
    outcome = fix_text(raw, display_path, rules, unsafe=unsafe, situate=situate)
    if outcome.raw_after == raw:
        return outcome
    try:
        write_atomically(path, outcome.raw_after, raw)
    except UserError as error:
        return FixOutcome(raw, raw, examine(raw, display_path, rules), 0, (*outcome.refused, str(error)))
    return outcome


def fix_text(
    raw: bytes,
    path: str,
    rules: Sequence[ActiveRule],
    *,
    unsafe: bool,
    situate: Situate | None = None,
) -> FixOutcome:
    """Mend a file's bytes, pass after pass until one changes nothing; `unsafe` takes the fixes that are not safe too.

    The rules of the site take part where `situate` tells what the site is like once the file holds some bytes.

    A pass knows nothing of those before it, so the last one is also the first of a second run: that changes nothing.
    """
    page = Page(Source(path, raw), read)
    fixed = 0
    late: set[str] = set()
    for number in range(PASSES):
        examined = examine(page.source.raw, path, rules, situate(page.source.raw) if situate else None)
        step = _Pass(page)
        step.mend(_proposals(examined.diagnostics, page.source, unsafe=unsafe))
        if not step.mended:
            return FixOutcome(raw, page.source.raw, examined, fixed, tuple(step.refused))
        page = step.after
        fixed += len(step.mended)
        if number >= PASSES // 2:
            late.update(diagnostic.rule for diagnostic in step.mended)
    names = " and ".join(sorted(late))
    sentence = f"{path}: left as it was: the fixes of {names} still found something to do after {PASSES} passes"
    return FixOutcome(raw, raw, examine(raw, path, rules), 0, (f"{sentence}; --ignore what is at fault",))


def _proposals(diagnostics: Iterable[Diagnostic], source: Source, *, unsafe: bool) -> dict[Edits, list[Diagnostic]]:
    """The fixes to make, safe ones first, each with the findings that ask for exactly it."""
    wanted: dict[Edits, list[Diagnostic]] = {}
    having = ((diagnostic, diagnostic.fix) for diagnostic in diagnostics if diagnostic.fix is not None)
    for diagnostic, fix in sorted(having, key=lambda pair: not pair[1].safe):
        if fix.safe or unsafe:
            edits = tuple(sorted(edit for edit in fix.edits if source.text[edit.start : edit.end] != edit.text))
            if edits:
                wanted.setdefault(edits, []).append(diagnostic)
    return wanted


class _Pass:
    """One round over a page: what may be mended together is, and each fix that must not be made is named."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.after = page
        """the page with all that was accepted so far"""
        self.mended: list[Diagnostic] = []
        self.refused: list[str] = []
        self._accepted: list[Edits] = []
        self._wanted: dict[Edits, list[Diagnostic]] = {}
        self._trials = TRIALS

    def mend(self, wanted: dict[Edits, list[Diagnostic]]) -> None:
        """Accept what can be. Of fixes that overlap none is, unless nothing else is left to do: then one of each."""
        if wanted and self.page.source.lossy:
            reason = f"it is no valid {self.page.source.encoding}, and to write it would lose bytes"
            self.refused.append(f"{self.page.path}: not fixed: {reason}")
            return
        self._wanted = wanted
        rest = [edits for edits in wanted if self._passes_alone(edits)]
        while rest and not self._accepted:
            chosen = _uncontested(rest) or _one_of_each(rest)
            self._accept(chosen)
            tried = set(chosen)
            rest = [edits for edits in rest if edits not in tried]
        self.mended = [diagnostic for edits in self._accepted for diagnostic in wanted[edits]]

    def _passes_alone(self, edits: Edits) -> bool:
        """Whether a fix is sound as far as that can be told without its neighbours."""
        objection = _objection(self.page.source, edits)
        if objection:
            self._refuse(edits, objection)
        return not objection

    def _accept(self, group: list[Edits]) -> None:
        """Accept a group as a whole, else its halves one after the other, so that one bad fix costs no good one."""
        if not group:
            return
        if not self._trials:
            self._refuse(group[0], f"it and {len(group) - 1} more were not tried, as too many others were bad")
            return
        self._trials -= 1
        together = [*self._accepted, *group]
        after = self._read_with(together)
        if isinstance(after, Page):
            self._accepted, self.after = together, after
        elif len(group) == 1:
            self._refuse(group[0], after)
        else:
            half = len(group) // 2
            self._accept(group[:half])
            self._accept(group[half:])

    def _read_with(self, fixes: list[Edits]) -> Page | str:
        """The page with these fixes made, read anew, or why it must not become that."""
        source = self.page.source
        raw, text = _spliced(source, sorted(edit for edits in fixes for edit in edits))
        after = Page(Source(source.path, raw), read)
        if after.source.text != text:
            return "the file would then be read as other characters"
        if after.source.declared != source.declared:  # it was ASCII, so that the charset made no difference
            return f"a browser would read it in another charset, {after.source.declared}, as the page asks it to"
        if len(after.problems) > len(self.page.problems) or after.structure != self.page.structure:
            return "it would change the structure of the page"
        return after

    def _refuse(self, edits: Edits, reason: str) -> None:
        for diagnostic in self._wanted[edits]:
            place = f"{self.page.path}:{diagnostic.place.start.line}:{diagnostic.place.start.column}"
            self.refused.append(f"{place}: fix of {diagnostic.rule} left out: {reason}")


def _objection(source: Source, edits: Edits) -> str:
    """Why a fix must not be made, whatever the others do; empty where nothing speaks against it."""
    if any(_overlap(*pair) for pair in pairwise(edits)):
        return "its own edits overlap, which is a fault of the rule"
    for edit in edits:
        if not 0 <= edit.start <= edit.end <= len(source.text):
            return "it lies outside of the file, which is a fault of the rule"
        gone = source.text[edit.start : edit.end]
        for character in HARMFUL.findall(edit.text):
            if edit.text.count(character) > gone.count(character):
                return f"it would put the character U+{ord(character):04X} into the file"
        try:
            source.encode(edit.text)
        except UnicodeEncodeError as error:
            return f"the file's encoding, {source.encoding}, has no {error.object[error.start]!a}"
    return ""


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits share a character, or insert at the same place, where either could come first."""
    first, second = sorted((one, other))
    return second.start < first.end or first.start == first.end == second.start == second.end


def _uncontested(fixes: list[Edits]) -> list[Edits]:
    """The fixes that overlap no other one. A fix's own edits are known to be apart."""
    contested: set[int] = set()
    last: tuple[Edit, int] | None = None  # the edit that reaches furthest so far, and whose it is
    for edit, owner in sorted((edit, owner) for owner, edits in enumerate(fixes) for edit in edits):
        if last is not None and _overlap(last[0], edit):
            contested.update((owner, last[1]))
        if last is None or edit.end >= last[0].end:
            last = edit, owner
    return [edits for owner, edits in enumerate(fixes) if owner not in contested]


def _one_of_each(fixes: list[Edits]) -> list[Edits]:
    """Of any two fixes that overlap at most one: the earlier in the list."""
    taken: list[Edit] = []
    chosen = []
    for edits in fixes:
        if not any(_overlap(edit, other) for edit in edits for other in _neighbours(edit, taken)):
            chosen.append(edits)
            for edit in edits:
                insort(taken, edit)
    return chosen


def _neighbours(edit: Edit, taken: list[Edit]) -> list[Edit]:
    """The edits before and after the place of this one among others, which are apart and in order."""
    at = bisect_left(taken, edit)
    return taken[max(at - 1, 0) : at + 1]


def _spliced(source: Source, edits: Iterable[Edit]) -> tuple[bytes, str]:
    """A file and its text with edits made, which are apart and in order.

    What lies between them is copied byte by byte from the file. Where that cuts an encoding with shift states in the
    wrong place, the bytes do not read as the text that is returned with them.
    """
    mark = len(source.bom)
    raw, text = [source.bom], [""]
    byte, place = mark, 0
    for edit in edits:
        kept, gone = source.text[place : edit.start], source.text[edit.start : edit.end]
        end = byte + len(source.encode(kept)) - mark
        raw += source.raw[byte:end], source.encode(edit.text)[mark:]
        text += kept, edit.text
        byte, place = end + len(source.encode(gone)) - mark, edit.end
    raw.append(source.raw[byte:])
    text.append(source.text[place:])
    return b"".join(raw), "".join(text)
