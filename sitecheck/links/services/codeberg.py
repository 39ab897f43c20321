"""Repositories on codeberg.org, by the API of Gitea and Forgejo."""

from __future__ import annotations

from yarl import URL

from sitecheck.links.probe import REDIRECTS
from sitecheck.links.service import NOT_PUBLIC, Forge, Repository, as_json, call
from sitecheck.verdict import Answer

RESERVED = frozenset((
    "api", "assets", "explore", "user", "org", "admin", "avatars", "attachments", "-",
))  # fmt: skip


class Codeberg(Forge):
    def name(self, url: URL) -> str:
        path = url.raw_path.strip("/").removesuffix(".git")
        owner, _, name = path.partition("/")
        return path if owner not in RESERVED and name and "/" not in name and not url.raw_query_string else ""

    async def ask_one(self, name: str) -> Answer | None:
        address = f"{self.address}/api/v1/repos/{name}"
        reply = await call(self.exchange, "GET", address)
        if not isinstance(reply, Answer) and reply.status in REDIRECTS:
            location = reply.headers.get("Location", "")
            onward = f"{self.address}{location}" if location.startswith("/api/") else location
            if onward.startswith(f"{self.address}/api/v1/"):
                reply = await call(self.exchange, "GET", onward)
        if isinstance(reply, Answer):
            return reply
        said = as_json(reply)
        if reply.status == 404 and isinstance(said.get("message"), str):
            return NOT_PUBLIC
        full_name = said.get("full_name")
        if reply.status != 200 or not isinstance(full_name, str):
            return None
        return Repository(
            full_name, f"https://codeberg.org/{full_name}", archived=said.get("archived") is True,
            empty=said.get("empty") is True, private=said.get("private") is True,
        ).answer(name)  # fmt: skip
