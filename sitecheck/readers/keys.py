"""Which values of front matter and data are addresses: by their key, where the value does not say so itself."""

from __future__ import annotations

import re
from functools import lru_cache

from sitecheck.late import late

UNSEEN = late(r"bdsk-|citeulike-|__", re.IGNORECASE)
"""the beginning of keys that programs write for themselves, and no page shows"""
URL = late(r'(?:https?|HTTPS?|ftp|mailto):[^\s<>"]+$')
KEY = late(
    r"(?:.*[_-])?(?:url|uri|href|link|website|homepage|webpage|page|pdf|slides|code|video|poster|image|img|photo"
    r"|picture|thumbnail|teaser|avatar|file|logo|src|preprint|preview|supp|supplement|bibtex|cv)|(?:url|link)[_-].*",
    re.IGNORECASE,
)
IDENTIFIER_KEYS = frozenset(("doi", "arxiv", "eprint", "arxiv_id"))
ADDRESS = late(
    r"(?:\.{0,2}/|\#)[^\s<>\"]*$|[^\s<>\"{}]+\.[A-Za-z][A-Za-z0-9]{1,4}(?:[?\#][^\s<>\"]*)?$|(?:todo|tbd|tba|xxx+|fixme)$",
    re.IGNORECASE,
)
"""A path, a fragment, the name of a file, or a word that stands for an address that is yet to come."""
IDENTIFIER = late(r"10\.\d{4,9}/[^\s<>\"]+$|(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d+)?$|[a-z.-]{2,20}/\d{7}$", re.IGNORECASE)


@lru_cache(maxsize=1024)
def is_link_key(key: str) -> bool:
    """Whether the value of this key is used as an address, by what the themes of site generators call theirs."""
    return key.lower() in IDENTIFIER_KEYS or KEY.fullmatch(key) is not None


def is_address(key: str, value: str) -> bool:
    """Whether a value is an address by itself, or one in the place where its key stands."""
    if URL.match(value):
        return True
    if not is_link_key(key):
        return False
    return (IDENTIFIER if key.lower() in IDENTIFIER_KEYS else ADDRESS).match(value) is not None
