"""Models, data sets and spaces on huggingface.co, by its API. It says 401 of what is missing and of what is private."""

from __future__ import annotations

import re

from yarl import URL

from sitecheck.links.probe import REDIRECTS
from sitecheck.links.service import Forge, Repository, as_json, call
from sitecheck.verdict import Answer

PATH = re.compile(r"(?:(?P<kind>datasets|spaces)/)?(?P<name>[\w-][\w.-]*/[\w-][\w.-]*)", re.ASCII)
RESERVED = frozenset((
    "docs", "blog", "papers", "collections", "models", "datasets", "spaces", "tasks", "learn", "join", "login",
    "settings", "api", "organizations", "posts", "pricing", "enterprise", "chat", "search", "new", "front",
    "landing", "inference-endpoints",
))  # fmt: skip


class HuggingFace(Forge):
    def name(self, url: URL) -> str:
        path = url.raw_path.strip("/")
        match = PATH.fullmatch(path)
        if not match or url.raw_query_string or match["name"].partition("/")[0] in RESERVED:
            return ""
        return path

    async def ask_one(self, name: str) -> Answer | None:
        """What is not there for the API, its page is asked about: one behind a form may say 401 to the API only."""
        match = PATH.fullmatch(name)
        kind, asked = (match["kind"] or "models", match["name"]) if match else ("models", name)
        address = f"{self.address}/api/{kind}/{asked}"
        reply = await call(self.exchange, "GET", address)
        if not isinstance(reply, Answer) and reply.status in REDIRECTS:
            location = reply.headers.get("Location", "").removeprefix(self.address)
            if location.startswith(f"/api/{kind}/"):
                reply = await call(self.exchange, "GET", f"{self.address}{location}")
        if isinstance(reply, Answer):
            return reply
        full_name = as_json(reply).get("id")
        if reply.status != 200 or not isinstance(full_name, str):
            return None
        folder = "" if kind == "models" else f"{kind}/"
        return Repository(full_name, f"https://huggingface.co/{folder}{full_name}").answer(asked)
