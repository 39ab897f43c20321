"""How odd a run of characters looks, between its neighbours, as text that is meant so."""

_ODD_AFTER_LETTER = frozenset("€‚ƒ„ˆ‰˜¡¢£¤¥¦¨¬¯±´µ¶¸¼½¾¿ˇ˘˛˝΅΄―⌐₧∞≠≤≥∂∑∏∫")
_ODD_PAIRS = frozenset(("‚Ä", "ÔÇ", "ΓÇ", "â†", "â‡", "âœ", "â•", "â™"))  # E2 80 and the like
_MATH_LEADS = frozenset("√¬≈∆ƒ")
SENTENCE_ENDS = frozenset(".,;:!?)>%")
DRAWN = frozenset(map(chr, range(0x2500, 0x25A0)))
"""Box-drawing characters: in cp437 and cp850 they stand for leads, on a page for a tree of files."""
OPERANDS = frozenset("πµ∞Ω∑∏∫∂")
"""What is well seen after a sign of mathematics."""


def is_lower(char: str) -> bool:
    return char.islower() and char not in "ªº"


def oddness(before: str, run: str, after: str) -> int:
    """0 is text as people write it, 1 is rare, 2 is not text. `before` and `after` are one code point, or none."""
    lead, last = run[0], run[-1]
    odd, previous = 0, before if before.isalnum() else " "
    for char in run:
        odd += _odd_pair(previous, char)
        if odd > 1:
            return odd
        previous = char
    if lead in DRAWN:
        odd += before.isalpha()
    if lead == "Å" and last == "±" and not before.isalpha():
        return odd - 1  # ångströms, give or take
    return odd + _odd_around(before, lead, last, after)


def _odd_pair(a: str, b: str) -> int:
    """How odd it is to see `b` right after `a`."""
    if "\x80" <= b <= "\x9f" or a == "\uf8ff":
        return 2
    if a + b in _ODD_PAIRS or (a > "\x7f" and a.isalpha() and (b in _ODD_AFTER_LETTER or b in DRAWN)):
        return 1
    if a.isalpha() and b.isalpha():
        scripts_differ = ("Ѐ" <= a <= "ӿ") != ("Ѐ" <= b <= "ӿ")
        camel = is_lower(a) and b.isupper() and b > "\x7f"
        return int(scripts_differ or camel or (b in "ªº" and a > "\xff"))
    if a.isascii():
        return int((a.isdigit() and b in "ÂÃ¬") or (a.isalpha() and b in "¬√≈∆\uf8ff"))
    if a in DRAWN:
        return int(b not in DRAWN)
    if a in _MATH_LEADS:
        return int(b not in OPERANDS)
    return int((b in _ODD_AFTER_LETTER and b not in "¿¡") or (b in "ªº" and not a.isalnum()))


def _odd_around(before: str, lead: str, last: str, after: str) -> bool:
    """Whether the first and last character of a run are odd company for what surrounds it."""
    symbol = not last.isalnum() or last in "ªº²³¹"
    if lead == "Ã" and last in "œžšŠŽŒŸ":
        return True  # no language has these together
    if lead == "Â" and ((last in "©®°º«§" and not before.isupper()) or (last == "\xa0" and before in SENTENCE_ENDS)):
        return True
    if "Ѐ" <= lead <= "ӿ" and "a" <= after <= "z":
        return True
    if before.isupper() or not is_lower(after):
        return False
    if lead == "Ã" and last in "–—‘" and not before.isalnum():
        return True  # `Ã–sterreich`
    if lead in DRAWN:
        return symbol or before.isalpha()
    if lead in _MATH_LEADS and last not in OPERANDS:
        return True
    # `Å»eromski`
    return symbol and (lead.isupper() or lead in _MATH_LEADS) and last not in "’”…–—·\xa0\xad"
