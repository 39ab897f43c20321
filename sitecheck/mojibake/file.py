"""The repairs of a file: what is beyond doubt, what that proves, and then what can be guessed in the text that is left.

Each round repairs what it believes in and reads the result again, for text may be broken twice.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sitecheck.mojibake import Repair
from sitecheck.mojibake.candidate import Candidate
from sitecheck.mojibake.charsets import Charset, charsets
from sitecheck.mojibake.judgement import DOUBTFUL, STRONG, WEAK
from sitecheck.mojibake.prefilter import suspicious
from sitecheck.mojibake.reading import Reading, read
from sitecheck.mojibake.stretch import Key, Stretch, seek_company, suspicious_stretches


def repairs_of(texts: Sequence[str]) -> list[list[Repair]]:
    """The repairs of each of a file's texts."""
    evidence = _Evidence()
    evidence.add_characters(text for text in texts if suspicious(text))
    certain: dict[Key, Stretch] = {}
    found = [suspicious_stretches(text, evidence.read, certain) if suspicious(text) else [] for text in texts]
    doubtful = [stretch for stretches in found for _, stretch in stretches if not stretch.reading.certain]
    evidence.learn(certain.values())
    evidence.learn(doubtful)
    _repair(doubtful, evidence)
    return [
        [
            Repair(start + begin, start + end, replacement, confirmed, kind, codec)
            for start, stretch in stretches
            for begin, end, replacement, confirmed, kind, codec in stretch.repairs
        ]
        for stretches in found
    ]


def _repair(stretches: list[Stretch], evidence: "_Evidence") -> None:
    """Repair `stretches`, until a round brings nothing that could be read or believed anew."""
    for sure in (True, False):
        left = [stretch for stretch in stretches if stretch.is_open(sure)]
        while left:
            evidence.choose(left)
            if sure:
                seek_company(left)
            else:
                for stretch in left:
                    stretch.guess()
            repaired = [stretch for stretch in left if evidence.repair(stretch, sure)]
            evidence.read_again(repaired)
            news = any(stretch.is_open(sure) for stretch in repaired)
            left = [stretch for stretch in left if stretch.is_open(sure)] if news else []


class _Evidence:
    """What a file has shown: its characters, the charsets that may be, and which of them have proven themselves.

    A proof is the name of a charset, and whether it gave letters of a script that needs company. Each stretch that is
    read beyond doubt is a vote for a charset; those that are certain count once, however often they occur.
    """

    def __init__(self) -> None:
        self._characters: set[str] = set()
        self._charsets: tuple[Charset, ...] = ()
        self._votes: Counter[str] = Counter()
        self._proofs: set[tuple[str, bool]] = set()

    def add_characters(self, texts: Iterable[str]) -> None:
        self._characters.update(*texts)
        self._charsets = tuple([charset for charset in charsets() if charset.may_read(self._characters)])

    def read(self, key: Key) -> Reading:
        return read(*key, self._charsets)

    def read_again(self, stretches: list[Stretch]) -> None:
        """Read what has been repaired, if it is still suspicious."""
        suspects = [stretch for stretch in stretches if suspicious(stretch.now)]
        self.add_characters(stretch.now for stretch in suspects)
        for stretch in suspects:
            stretch.adopt(self.read((stretch.before, stretch.now, stretch.after[:1])))
        self.learn(suspects)

    def learn(self, stretches: Iterable[Stretch]) -> None:
        """Take votes, and proofs where no other charset contests them."""
        readings = [stretch.reading for stretch in stretches]
        self._votes.update([c.codec for reading in readings for c in reading.candidates if c.tier == STRONG])
        for reading in readings:
            if reading.rivals:
                self._votes.update([c.codec for rivals in reading.rivals.values() for c in rivals if c.tier == STRONG])
            else:
                self._proofs |= reading.proofs

    def choose(self, stretches: list[Stretch]) -> None:
        """Where charsets read the same run, that one wins which has read more of the file; and it is proven by it."""
        for stretch in stretches:
            stretch.candidates = stretch.reading.candidates
            if rivals := stretch.reading.rivals:
                stretch.candidates = [
                    self._winner(c, rivals[c.start]) if c.start in rivals else c for c in stretch.candidates
                ]
                self._proofs.update((c.codec, c.foreign) for c in stretch.candidates if c.proves())

    def _winner(self, first: Candidate, rivals: Sequence[Candidate]) -> Candidate:
        """Nobody is sure where two charsets with equal votes read different things."""
        votes = self._votes
        winner = max(first, *rivals, key=lambda c: votes[c.codec])
        tied = [c for c in rivals if votes[c.codec] == votes[winner.codec]]
        if any(c.replacement != winner.replacement for c in tied):
            return winner._replace(tier=min(winner.tier, WEAK))
        return winner

    def repair(self, stretch: Stretch, sure: bool) -> bool:
        """Repair what can be believed; whether the result may be news. `sure`: leave what can only be guessed."""
        step = [c.as_repair(sure) for c in stretch.candidates if c.tier == STRONG or self._accepts(c, stretch, sure)]
        if step:
            stretch.take(step)
        return bool(step)

    def _accepts(self, candidate: Candidate, stretch: Stretch, sure: bool) -> bool:
        """Whether to believe in what is not beyond doubt by itself: we need not be sure, or its charset is proven."""
        start, end, replacement, tier, kind, codec, foreign = candidate
        if sure and (tier == DOUBTFUL or kind == "lossy"):
            return False
        if tier == WEAK and not sure:
            return True
        if kind == "control":
            return False
        if (codec, True) in self._proofs or (not foreign and (codec, False) in self._proofs):
            return True
        proven = {name for name, with_foreign in self._proofs if with_foreign or not foreign}
        run = stretch.now[start:end]
        return any(other.name in proven and other.reads(run, replacement) for other in charsets())
