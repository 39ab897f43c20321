"""Repositories on bitbucket.org, by its REST API."""

from __future__ import annotations

from yarl import URL

from sitecheck.links.service import NOT_PUBLIC, Forge, Repository, as_json, call
from sitecheck.verdict import BLOCKED, Answer

RESERVED = frozenset((
    "account", "dashboard", "product", "blog", "repo", "site", "support", "snippets", "features",
))  # fmt: skip


class Bitbucket(Forge):
    def name(self, url: URL) -> str:
        segments = url.raw_path.strip("/").removesuffix(".git").split("/")
        if segments[2:] in ([], ["src"], ["overview"]) and len(segments) >= 2 and segments[0] not in RESERVED:
            return "/".join(segments[:2])
        return ""

    async def ask_one(self, name: str) -> Answer | None:
        reply = await call(self.exchange, "GET", f"{self.address}/2.0/repositories/{name}?fields=full_name,is_private")
        if isinstance(reply, Answer):
            return reply
        said = as_json(reply)
        if reply.status in (403, 404) and said.get("type") == "error":
            return NOT_PUBLIC
        if reply.status == 403:  # not the API, but something before it
            return Answer(BLOCKED, "the forge refuses machines: 403", 403)
        full_name = said.get("full_name")
        if reply.status != 200 or not isinstance(full_name, str):
            return None
        return Repository(
            full_name, f"https://bitbucket.org/{full_name}", private=said.get("is_private") is True
        ).answer(name)
