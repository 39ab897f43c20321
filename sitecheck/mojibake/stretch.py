"""The unit of repair: a stretch of characters above ASCII in a text, which is read and repaired by itself.

Two things cross its bounds: a run that lost a byte may reach a character beyond its end, and a lone foreign letter may
have company in the stretch before or after.
"""

import re
from collections.abc import Callable, Sequence

from sitecheck.mojibake import Repair, apply
from sitecheck.mojibake.candidate import Candidate, disjoint
from sitecheck.mojibake.composition import composed
from sitecheck.mojibake.judgement import DOUBTFUL, STRONG
from sitecheck.mojibake.lossy import LEADS, REACH, guesses
from sitecheck.mojibake.prefilter import suspect
from sitecheck.mojibake.reading import NOTHING_BROKEN, Reading

# `â"¢` lost a byte in its middle
_STRETCH = re.compile('[^\x00-\x7f]+(?:(?<=â)"¢[^\x00-\x7f]*)?')

Key = tuple[str, str, str]
"""Up to two characters before a stretch, the stretch, up to one after it: what its reading depends on."""


class Stretch:
    """A stretch as it is `now`, that is after `repairs`, and how that reads.

    All that are alike and certain share one object, for they are repaired alike wherever they are.
    """

    gap = ""  # what is between it and the following one, or `REACH` characters of that
    following: "Stretch | None" = None  # where no more than that is between them
    previous: "Stretch | None" = None  # likewise
    distance = 0  # from the previous one
    repairs: Sequence[Repair] = ()

    def __init__(self, before: str, now: str, reading: Reading) -> None:
        self.before = before
        self.now = now
        self.adopt(reading)
        if reading.certain:
            self.repairs, self.now = reading.certain, reading.repaired

    def adopt(self, reading: Reading) -> None:
        """Take `reading` for that of the stretch as it is now."""
        self.reading = reading
        self.candidates: Sequence[Candidate] = reading.candidates
        self.width = len(self.now)  # of what the candidates are in

    @property
    def after(self) -> str:
        return self.gap if self.following is None else (self.gap + self.following.now)[:REACH]

    def is_open(self, sure: bool) -> bool:
        """Whether there is something to believe, or, if we need not be sure, to guess."""
        return bool(self.reading.candidates) or not (sure or LEADS.isdisjoint(self.now))

    def guess(self) -> None:
        """Add guesses to the candidates."""
        shift = len(self.before)
        guessed = [guess.moved(-shift) for guess in guesses(self.before + self.now + self.after)]
        inside = [guess for guess in guessed if 0 <= guess.start < len(self.now)]
        if inside:
            self.candidates = disjoint([*self.candidates, *inside])

    def has_company(self, i: int) -> bool:
        """Whether a companion is next to candidate `i`."""
        own, candidate, previous, following = self.candidates, self.candidates[i], self.previous, self.following
        if i:
            if candidate.is_joined(own[i - 1], candidate.start - own[i - 1].end):
                return True
        elif previous is not None and previous.candidates:
            last = previous.candidates[-1]
            if candidate.is_joined(last, previous.width - last.end + self.distance + candidate.start):
                return True
        if i + 1 < len(own):
            return candidate.is_joined(own[i + 1], own[i + 1].start - candidate.end)
        if following is None or not following.candidates:
            return False
        first = following.candidates[0]
        return candidate.is_joined(first, self.width - candidate.end + len(self.gap) + first.start)

    def take(self, step: list[Repair]) -> None:
        """Make the repairs of `step`."""
        if step[-1].end > len(self.now):  # a lossy run
            self.now, self.gap = self.now + self.gap[0], self.gap[1:]
        self.repairs = composed(self.repairs, self.now, step)
        self.now = apply(self.now, step)
        self.adopt(NOTHING_BROKEN)


def suspicious_stretches(
    text: str, read: Callable[[Key], Reading], certain: dict[Key, Stretch]
) -> list[tuple[int, Stretch]]:
    """Where in `text` mojibake may be. Adds to `certain` what needs no more thought."""
    found: list[tuple[int, Stretch]] = []
    search = suspect().search
    end, previous = -REACH, None
    for match in _STRETCH.finditer(text):
        start, stop = match.span()
        if not search(text, start, stop + 1):
            continue
        key = text[start - 2 if start > 1 else 0 : start], match[0], text[stop : stop + 1]
        stretch = certain.get(key)
        if stretch is None:
            reading = read(key)
            stretch = Stretch(key[0], key[1], reading)
            if not stretch.is_open(sure=False):
                continue
            if reading.certain:
                certain[key] = stretch
            else:
                stretch.gap = text[stop : stop + REACH]
                if start - end < REACH:
                    stretch.previous, stretch.distance = previous, start - end
        if start - end < REACH and previous is not None and not previous.reading.certain:
            previous.gap, previous.following = text[end:start], stretch
        found.append((start, stretch))
        end, previous = stop, stretch
    return found


def seek_company(stretches: Sequence[Stretch]) -> None:
    """A lone foreign letter a space away from a strong run of the same charset is a short word, and as strong."""
    lonely = [stretch for stretch in stretches if stretch.reading.lonely]
    if _find_company(lonely):
        _find_company(lonely[::-1])  # the other way round, for letters before the first one


def _find_company(lonely: Sequence[Stretch]) -> bool:
    found = False
    for stretch in lonely:
        for i, candidate in enumerate(stretch.candidates):
            if candidate.foreign and candidate.tier == DOUBTFUL and stretch.has_company(i):
                strong = candidate._replace(tier=STRONG)
                stretch.candidates = [*stretch.candidates[:i], strong, *stretch.candidates[i + 1 :]]
                found = True
    return found
