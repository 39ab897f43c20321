"""DOIs, by the registry of handles: no publisher is asked, and none can refuse."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from yarl import URL

from sitecheck.links.service import Forge, as_json, call
from sitecheck.verdict import BROKEN, IDENTIFIER, OK, TRANSIENT, Answer

DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
REGISTERED, WITHOUT_VALUES, UNKNOWN = 1, 200, 100
"""https://www.handle.net/proxy_servlet.html, "Response Codes\""""


class Doi(Forge):
    broken_trait = IDENTIFIER

    def name(self, url: URL) -> str:
        doi = unquote(url.raw_path.removeprefix("/"))
        return doi.lower() if DOI.fullmatch(doi) else ""

    async def ask_one(self, name: str) -> Answer | None:
        reply = await call(self.exchange, "GET", f"{self.address}/api/handles/{quote(name, safe='/')}?type=URL")
        if isinstance(reply, Answer):
            return reply
        code = as_json(reply).get("responseCode")
        if code in (REGISTERED, WITHOUT_VALUES):
            return Answer(OK, status=200)
        if code == UNKNOWN:
            return Answer(BROKEN, "the DOI is not registered", 404, traits=(IDENTIFIER,))
        return Answer(TRANSIENT, f"the registry of DOIs answers {reply.status}", reply.status)
