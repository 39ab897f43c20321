"""Google Scholar refuses machines after a few requests, so it is not asked: a profile's id is judged by its form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from yarl import URL

from sitecheck.verdict import BLOCKED, BROKEN, Answer

COUNTRIES = (
    "com at be ca ch cl cz de dk es fi fr gr hu ie it lt nl no pl pt ro ru se si sk co.in co.il co.jp co.kr co.nz "
    "co.uk co.za com.au com.br com.hk com.mx com.sg com.tr com.tw"
)
HOSTS = tuple(f"scholar.google.{country}" for country in COUNTRIES.split())
ID = re.compile(r"[\w-]{12}", re.ASCII)


class Scholar:
    batch = 1_000_000
    host = ""
    broken_trait = ""

    def name(self, url: URL) -> str:
        return str(url)

    async def ask(self, names: Sequence[str]) -> Mapping[str, Answer]:
        return {name: _judged(URL(name, encoded=True)) for name in names}


def _judged(url: URL) -> Answer:
    user = url.query.get("user")
    if url.path == "/citations" and user is not None and "view_op" not in url.query:
        if not ID.fullmatch(user):
            return Answer(BROKEN, f"no profile of Google Scholar has the id {user[:40]!a}")
        return Answer(BLOCKED, "Google Scholar refuses machines; the profile's id has the right form")
    return Answer(BLOCKED, "Google Scholar refuses machines")
