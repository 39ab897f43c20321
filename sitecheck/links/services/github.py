"""Repositories on GitHub: a hundred to a call of GraphQL with a token, else by the protocol of git, which has no quota.

GitHub tells of no repository whether it is missing or private. Without a token nobody learns that one is archived.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from yarl import URL

from sitecheck.links.exchange import Exchange, Reply
from sitecheck.links.probe import REDIRECTS
from sitecheck.links.service import NOT_PUBLIC, Repository, as_json, call
from sitecheck.verdict import BLOCKED, REPOSITORY, TRANSIENT, Answer

OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}")
NAME = re.compile(r"[\w.-]{1,100}", re.ASCII)
FILES = {"tree", "blob"}
"""what stands before a branch and a path"""

RESERVED = frozenset((
    "about", "account", "apps", "blog", "codespaces", "collections", "contact", "customer-stories", "dashboard",
    "enterprise", "enterprises", "events", "explore", "features", "gist", "issues", "join", "login", "logout",
    "marketplace", "mobile", "new", "notifications", "organizations", "orgs", "pricing", "pulls", "readme",
    "search", "security", "sessions", "settings", "signup", "site", "sponsors", "stars", "team", "topics",
    "trending", "users",
))  # fmt: skip
"""pages of GitHub's own that stand where owners do"""

PAGES = "https://github.com"
"""where people read, whatever address is asked"""

MOST_RENAMES = 3
NOT_FOUND = b"Repository not found"
"""how git is told"""
FIELDS = "nameWithOwner isArchived isEmpty isDisabled isPrivate"


class GitHub:
    """Names are `owner/name`, or `owner/name:branch/path` for a file or folder."""

    broken_trait = REPOSITORY

    def __init__(self, exchange: Exchange, address: str, api: str, token: str) -> None:
        self._exchange = exchange
        self._address = address.rstrip("/")
        self._api = api.rstrip("/")
        self._token = token
        self.batch = 100 if token else 1
        self.host = URL(api if token else address).raw_host or ""

    def name(self, url: URL) -> str:
        owner, _, rest = url.raw_path.strip("/").partition("/")
        name, _, rest = rest.partition("/")
        name = name.removesuffix(".git")
        if not OWNER.fullmatch(owner) or not NAME.fullmatch(name) or owner.lower() in RESERVED:
            return ""
        kind, _, path = rest.partition("/")
        if not rest:
            return f"{owner}/{name}"
        return f"{owner}/{name}:{kind}/{path}" if self._token and kind in FILES and path else ""

    async def ask(self, names: Sequence[str]) -> Mapping[str, Answer]:
        if self._token:
            answers = await self._by_graphql(names)
            if answers is not None:
                return answers
        asked = {name: await self._by_git(name) for name in names if ":" not in name}
        return {name: answer for name, answer in asked.items() if answer is not None}

    async def _by_graphql(self, names: Sequence[str]) -> Mapping[str, Answer] | None:
        """None where GraphQL does not serve us: a bad token, no points left."""
        query = "query {" + " ".join(_query(number, name) for number, name in enumerate(names)) + "}"
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        reply = await call(self._exchange, "POST", f"{self._api}/graphql", headers=headers, data={"query": query})
        said = as_json(reply) if isinstance(reply, Reply) and reply.status == 200 else {}
        found = said.get("data")
        if not isinstance(found, dict):
            return None
        errors = said.get("errors")
        missing = {
            path[0]
            for error in (errors if isinstance(errors, list) else [])
            if isinstance(error, dict) and error.get("type") == "NOT_FOUND"
            and isinstance(path := error.get("path"), list) and path
        }  # fmt: skip
        answers = {}
        for number, name in enumerate(names):
            alias = f"r{number}"
            answer = NOT_PUBLIC if alias in missing else self._told(name, found.get(alias))
            if answer is not None:
                answers[name] = answer
        return answers

    def _told(self, name: str, said: Any) -> Answer | None:
        if not isinstance(said, dict) or not isinstance(said.get("nameWithOwner"), str):
            return None
        asked, _, path = name.partition(":")
        if path and not isinstance(said.get("object"), dict):
            return None  # the branch may hold a slash, or the path be gone: its page knows
        full_name = said["nameWithOwner"]
        repository = Repository(
            full_name, f"{PAGES}/{full_name}", archived=said.get("isArchived") is True,
            empty=said.get("isEmpty") is True, private=said.get("isPrivate") is True or said.get("isDisabled") is True,
        )  # fmt: skip
        return repository.answer(asked, f"/{path}" if path else "")

    async def _by_git(self, name: str) -> Answer | None:
        """Ask as `git ls-remote` does, under the repository's new name if it has one. None where the page is to say."""
        full_name = name
        for _ in range(MOST_RENAMES):
            asked = f"{self._address}/{full_name}.git/info/refs?service=git-upload-pack"
            reply = await call(self._exchange, "GET", asked)
            if isinstance(reply, Answer):
                return reply
            renamed = self._renamed(reply)
            if not renamed:
                return self._told_by_git(name, full_name, reply)
            full_name = renamed
        return Answer(TRANSIENT, "the forge redirects in a circle")

    def _renamed(self, reply: Reply) -> str:
        path = reply.headers.get("Location", "").removeprefix(f"{self._address}/")
        full_name = path.partition("/info/refs")[0].removesuffix(".git")
        owner, _, name = full_name.partition("/")
        return full_name if reply.status in REDIRECTS and OWNER.fullmatch(owner) and NAME.fullmatch(name) else ""

    def _told_by_git(self, asked: str, full_name: str, reply: Reply) -> Answer | None:
        if reply.status in (401, 404):
            return NOT_PUBLIC if _is_githubs(reply) else None
        if reply.status != 200:
            verdict = BLOCKED if reply.status < 500 else TRANSIENT
            return Answer(verdict, f"the forge answers {reply.status}", reply.status)
        empty = b"refs/" not in reply.body.content
        return Repository(full_name, f"{PAGES}/{full_name}", empty=empty).answer(asked)


def _is_githubs(reply: Reply) -> bool:
    """Whether GitHub itself refuses, and not something before it: a login of a network, a firewall."""
    return 'realm="GitHub"' in reply.headers.get("WWW-Authenticate", "") or reply.body.content.startswith(NOT_FOUND)


def _query(number: int, name: str) -> str:
    repository, _, path = name.partition(":")
    owner, _, name = repository.partition("/")
    wanted = FIELDS
    if path:
        branch, _, inside = path.partition("/")[2].partition("/")
        wanted += f" object(expression: {json.dumps(f'{unquote(branch)}:{unquote(inside)}')}) {{ __typename }}"
    return f"r{number}: repository(owner: {json.dumps(owner)}, name: {json.dumps(name)}) {{ {wanted} }}"
