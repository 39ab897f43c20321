"""What may be mojibake at all: one regular expression that passes over clean text at a hundred megabytes a second."""

import re
from functools import cache
from typing import NamedTuple


class Alphabet(NamedTuple):
    """What stands for the bytes of UTF-8 in some charsets, as parts of character classes.

    `short_leads` are C2..DF, which begin two bytes, `long_leads` E0..F0, which begin more, and `continuations` 80..BF,
    which follow. They are written out because the clean path would have to build ten tables to know them.
    """

    short_leads: str
    long_leads: str
    continuations: str


WINDOWS = Alphabet(
    "Â-ßĀĂĆČĎĐĒĖĘĚĞĢĪİĶĹĻŁŃŅŇŌŐŘŚŞŠŢŪŮŰŲŹŻŽΒ-ΛΞ-ΡΧ-ΩВ-ЛО-ТЧ-Щ",
    "à-ðāăąćčďđēėęěğģīįķĺļŕšźΰ-πа-р",
    "\x80-¿ÆØæøĄąĽľŁłŒœŖŗŚśŞ-šŤťŸ-žƒˆˇ˘˛˜˝΄-ΆΈ-ΊΌΎΏЁ-ЌЎЏё-ќўџҐґ–-―‘-‚“-„†-•…‰‹›€№™",
)
MAC_AND_DOS = Alphabet(
    "\xa0¤«¬»ÀÃÊÎ-ÐãðÿŒœŸƒ–—“…∆√≈◊\u2500\u2518\u251c\u252c\u253c\u2554\u255a\u255e\u255f\u2564-\u256c",
    "\xad\uf8ff¯´µ·ÁÂÈË-ÍÒ-ÕÙ-ÛÝ-ßõýþΓΘΣΦΩαδεπστφ‚„‡‰∞∩≡",
    "¡-£¥§-¬®°±´-¶º-½¿-ÂÄ-ÇÉÑÖ-ØÜß-ïñ-öø-üÿƒΩπ†•₧™∂∏∑∞∫≠≤≥⌐"
    "\u2502\u2510\u2524\u2551\u2555-\u2557\u255b-\u255d\u2561-\u2563\u2591-\u2593",
)


_LEADS = "\x80-\x9f" + "".join(short_leads + long_leads for short_leads, long_leads, _ in (WINDOWS, MAC_AND_DOS))
_CONTINUATIONS = WINDOWS.continuations + MAC_AND_DOS.continuations
_CONTROL_OR_LOSSY = '(?<=[\x80-\x9fÂÃâ])(?:(?<=[\x80-\x9f])|(?<=[ÂÃ])[ a-z]|(?<=â)(?:"¢|€))'


def suspicious(text: str) -> bool:
    """Whether `text` may hold mojibake: cheap, never false where `find_repairs` would find something."""
    if text.isascii():
        return False
    hint = _hint().search(text)
    return hint is not None and suspect().search(text, hint.start()) is not None


@cache
def _hint() -> re.Pattern[str]:
    """The begin of a run, all charsets mingled. It is soon compiled, and most pages need no more."""
    return re.compile(f"[{_LEADS}](?:[{_CONTINUATIONS}]|{_CONTROL_OR_LOSSY})")


@cache
def suspect() -> re.Pattern[str]:
    """The begin of a run in some charset, or a control, or what is left of a run that lost a byte."""
    return _pattern(_CONTROL_OR_LOSSY)


@cache
def run_begin() -> re.Pattern[str]:
    """The begin of a run in some charset."""
    return _pattern("(?!)")


def _pattern(other: str) -> re.Pattern[str]:
    """`re` is fast in the search for one class, so that comes first, and what is rarest comes last."""
    runs = (
        f"(?<=[{short_leads}][{after}])|(?<=[{long_leads}][{after}])[{after}]"
        for short_leads, long_leads, after in (WINDOWS, MAC_AND_DOS)
    )
    return re.compile(f"[{_LEADS}](?:[{_CONTINUATIONS}](?:{'|'.join(runs)})|{other})")
