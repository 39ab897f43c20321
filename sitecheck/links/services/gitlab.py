"""Projects on gitlab.com, by its REST API. A project may lie in groups within groups, and a group has a page, too."""

from __future__ import annotations

from urllib.parse import quote, unquote

from yarl import URL

from sitecheck.links.exchange import Reply
from sitecheck.links.service import NOT_PUBLIC, Forge, Repository, as_json, call
from sitecheck.verdict import OK, Answer

RESERVED = frozenset((
    "-", "explore", "users", "groups", "help", "search", "api", "dashboard", "admin", "projects", "snippets",
))  # fmt: skip
"""pages of GitLab's own that stand where groups do"""


class GitLab(Forge):
    def name(self, url: URL) -> str:
        path = url.raw_path.strip("/").removesuffix(".git")
        segments = path.split("/")
        plain = len(segments) > 1 and segments[0] not in RESERVED and "-" not in segments and all(segments)
        inside = any(
            segment in ("tree", "blob", "raw", "issues", "merge_requests", "wikis") for segment in segments[2:]
        )
        return path if plain and not inside and not url.raw_query_string else ""

    async def ask_one(self, name: str) -> Answer | None:
        quoted = quote(unquote(name), safe="")
        reply = await call(self.exchange, "GET", f"{self.address}/api/v4/projects/{quoted}")
        if isinstance(reply, Answer):
            return reply
        if _is_missing(reply):
            group = await call(self.exchange, "GET", f"{self.address}/api/v4/groups/{quoted}?with_projects=false")
            if isinstance(group, Answer):
                return group
            return NOT_PUBLIC if _is_missing(group) else Answer(OK, status=200) if group.status == 200 else None
        said = as_json(reply)
        full_name = said.get("path_with_namespace")
        if reply.status != 200 or not isinstance(full_name, str):
            return None
        return Repository(
            full_name, f"https://gitlab.com/{full_name}", archived=said.get("archived") is True,
            empty=said.get("empty_repo") is True,
        ).answer(unquote(name))  # fmt: skip


def _is_missing(reply: Reply) -> bool:
    """Whether GitLab itself says so: `{"message": "404 Project Not Found"}`, or `error` in place of `message`."""
    said = as_json(reply)
    return reply.status == 404 and str(said.get("message") or said.get("error")).startswith("404")
