"""Papers on arXiv: a hundred to a request of its API, one request in three seconds, as its terms ask.

A paper that the API does not list is looked for on its page, before anything is said against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from yarl import URL

from sitecheck.links.exchange import Exchange
from sitecheck.links.service import call
from sitecheck.verdict import OK, TRANSIENT, Answer

PATH = re.compile(
    r"/(?:abs|pdf|html|format)/(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})"
    r"(?P<version>v\d{1,3})?(?:\.pdf)?/?"
)
LISTED = re.compile(r"<id>\s*https?://arxiv\.org/abs/([^<\s]+?)(?:v(\d+))?\s*</id>")
INTERVAL = 3.0
"""seconds"""
PAGES_INTERVAL = 1.0


class Arxiv:
    batch = 100
    broken_trait = ""

    def __init__(self, exchange: Exchange, address: str) -> None:
        self._exchange = exchange
        self._address = address.rstrip("/")
        self.host = URL(address).raw_host or ""
        if "arxiv-api" not in exchange.settings.services:
            exchange.hosts[self.host].slow(INTERVAL)
        exchange.hosts["arxiv.org"].slow(PAGES_INTERVAL)

    def name(self, url: URL) -> str:
        match = PATH.fullmatch(url.raw_path)
        return f"{match['id']}{match['version'] or ''}" if match else ""

    async def ask(self, names: Sequence[str]) -> Mapping[str, Answer]:
        wanted = [name.partition("v")[0] if name[0].isdigit() else re.sub(r"v\d+$", "", name) for name in names]
        query = f"id_list={','.join(wanted)}&max_results={len(wanted)}"
        reply = await call(self._exchange, "GET", f"{self._address}/api/query?{query}")
        if isinstance(reply, Answer):
            return dict.fromkeys(names, reply)
        if reply.status != 200:
            return dict.fromkeys(names, Answer(TRANSIENT, f"arXiv's API answers {reply.status}", reply.status))
        latest = dict(LISTED.findall(reply.body.content.decode("utf-8", "replace")))
        return {
            name: Answer(OK, status=200)
            for name, id in zip(names, wanted, strict=True)
            if id in latest and int(name.removeprefix(id).removeprefix("v") or 1) <= int(latest[id] or 1)
        }
