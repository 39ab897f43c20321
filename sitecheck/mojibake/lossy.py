"""What is left of a run that lost a byte on the way, and what it may have been.

A no-break space became a space, 9D or AD vanished, `“` was straightened.
"""

import re
from collections.abc import Iterator

from sitecheck.mojibake.candidate import Candidate
from sitecheck.mojibake.judgement import DOUBTFUL, WEAK

REACH = 3
"""How many characters a pattern looks at after its first one, at most."""

LEADS = frozenset("ÂÃâ")
"""One of these is left of every run that can be guessed."""

_REMNANT = re.compile('[ÂÃâ](?:(?<=[ÂÃ])[ a-z]|(?<=â)["€])')
_GUESSES = [
    (re.compile(pattern), replacement, tier)
    for pattern, replacement, tier in (
        (r'(?<=\d)â€"(?=\d)', "–", WEAK),
        (r'(?<=\w)â€"(?=\w)|(?<= )â€"(?= )', "—", WEAK),
        (r"â€(?:[?\ufffd]|(?![^\x00-\x7f]))", "”", WEAK),
        ('â"¢', "™", WEAK),
        (r"(?<=[a-zß-ÿ])Ã(?=[a-z])", "í", WEAK),
        (r"(?<![^\W\d_a-zß-ÿ])Ã (?= [a-z])|(?<=[a-zß-ÿ])Ã(?= [a-z])", "à", WEAK),
        (r"(?<!\w)Ã (?=s )|(?<!\w)Ã(?= [a-zß-ÿ])", "à", DOUBTFUL),
        (r"(?<=[a-zß-ÿ0-9.,;:!?)\]>%])Â(?= )", "", WEAK),
    )
]


def guesses(text: str) -> Iterator[Candidate]:
    """Guesses at what remnants in `text` were, in order of their start."""
    for remnant in _REMNANT.finditer(text):
        for pattern, replacement, tier in _GUESSES:
            if match := pattern.match(text, remnant.start()):
                yield Candidate(*match.span(), replacement, tier, "lossy", "cp1252")
