"""Forges and registries, by stand-ins that answer as the real ones do, their limits included."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from sitecheck.verdict import Verdict
from tests.links.conftest import ask_all
from tests.links.server import OTHER, Request, Server, reply

TOKEN = "ghp_a-secret-that-must-stay-one"  # noqa: S105 - it opens nothing

ASKED = re.compile(r'(r\d+): repository\(owner: "(.*?)", name: "(.*?)"\) \{(.*?)\}')

REPOSITORIES: dict[str, dict[str, Any]] = {
    "lab/paper": {},
    "lab/old": {"isArchived": True},
    "lab/soon": {"isEmpty": True},
    "lab/hidden": {"isPrivate": True},
    "someone/paper": {"nameWithOwner": "lab/paper"},
}
"""what a stand-in for GitHub knows: some by their old name"""


def said(body: object, status: int = 200, **headers: str) -> bytes:
    return reply(status, json.dumps(body), keep=True, Content_Type="application/json", **headers)


def named(verdicts: list[Verdict]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Verdict and traits, by the last two parts of the link."""
    return {"/".join(each.url.split("/")[-2:]): (each.verdict, each.traits) for each in verdicts}


async def graphql(request: Request, writer: asyncio.StreamWriter) -> None:
    """https://docs.github.com/graphql: what is not found is null, and an error beside the data."""
    query = json.loads(request.body)["query"]
    data: dict[str, Any] = {}
    errors = []
    for alias, owner, name, fields in ASKED.findall(query):
        asked = f"{owner}/{name}"
        known = REPOSITORIES.get(asked)
        data[alias] = None
        if known is None:
            errors.append({"type": "NOT_FOUND", "path": [alias], "message": f"Could not resolve to {asked}."})
            continue
        flags = dict.fromkeys(("isArchived", "isEmpty", "isDisabled", "isPrivate"), False)
        data[alias] = {"nameWithOwner": asked, **flags, **known}
        if "object" in fields:
            data[alias]["object"] = {"__typename": "Tree"} if "main:code" in fields else None
    writer.write(said({"data": data, **({"errors": errors} if errors else {})}))


async def git(request: Request, writer: asyncio.StreamWriter) -> None:
    """GitHub as git sees it: 401 for what is missing or private, a redirect for what was renamed."""
    name = request.path[1:].partition(".git/info/refs")[0]
    known = REPOSITORIES.get(name)
    if known is None or known.get("isPrivate"):
        writer.write(reply(401, "Repository not found.", WWW_Authenticate='Basic realm="GitHub"'))
    elif "nameWithOwner" in known:
        target = f"http://{request.headers['host']}/{known['nameWithOwner']}.git/info/refs?service=git-upload-pack"
        writer.write(reply(301, "", Location=target))
    else:
        first = b"001e# service=git-upload-pack\n0000"
        refs = b"00a4" + b"0" * 40 + b" capabilities^{}\0 agent=git/github\n0000"
        if not known.get("isEmpty"):
            refs = b"003f" + b"a" * 40 + b" refs/heads/main\n0000"
        writer.write(reply(200, first + refs, Content_Type="application/x-git-upload-pack-advertisement"))


def github(server: Server) -> dict[str, str]:
    server.routes["/graphql"] = graphql
    return {"github": server.address, "github-api": server.address}


LINKS = [
    f"https://github.com/{name}"
    for name in ("lab/paper", "lab/old", "lab/soon", "lab/hidden", "someone/paper", "lab/missing", "LAB/Paper#readme")
]


def test_github_is_asked_once_for_many_repositories(server: Server) -> None:
    services = github(server)
    REPOSITORIES["LAB/Paper"] = {"nameWithOwner": "lab/paper"}

    found = named(ask_all(LINKS, services=services, tokens={"github": TOKEN}))

    assert found == {
        "lab/paper": ("ok", ()),
        "lab/old": ("ok", ("archived",)),
        "lab/soon": ("ok", ("empty",)),
        "lab/hidden": ("broken", ("repository",)),
        "someone/paper": ("moved", ("renamed",)),
        "lab/missing": ("broken", ("repository",)),
        "LAB/Paper#readme": ("ok", ()),
    }
    assert [(request.method, request.path) for request in server.requests] == [("POST", "/graphql")]
    assert server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_three_hundred_repositories_take_three_calls(server: Server) -> None:
    links = [f"https://github.com/lab/missing-{number}" for number in range(300)]

    found = ask_all(links, services=github(server), tokens={"github": TOKEN})

    assert {each.verdict for each in found} == {"broken"}
    assert len(server.requests) == 3


def test_github_is_asked_as_git_asks_without_a_token(server: Server) -> None:
    services = github(server)
    server.routes["*"] = git

    found = named(ask_all(LINKS, services=services))

    assert found["lab/paper"] == found["LAB/Paper#readme"] == found["lab/old"] == ("ok", ())
    assert found["lab/soon"] == ("ok", ("empty",))
    assert found["lab/missing"] == found["lab/hidden"] == ("broken", ("repository",))
    assert found["someone/paper"] == ("moved", ("renamed",))


def test_a_renamed_repository_is_told_by_its_new_address(server: Server) -> None:
    (found,) = ask_all(["https://github.com/someone/paper"], services=github(server), tokens={"github": TOKEN})

    assert found.final_url == "https://github.com/lab/paper"
    assert found.reason == "the repository is now called lab/paper"


@pytest.mark.parametrize(
    ("link", "service", "said_of_it", "page"),
    [
        ("https://github.com/someone/paper", "github", git, "https://github.com/lab/paper"),
        ("https://gitlab.com/a/b", "gitlab", {"path_with_namespace": "lab/b"}, "https://gitlab.com/lab/b"),
        ("https://bitbucket.org/a/b", "bitbucket-api", {"full_name": "lab/b"}, "https://bitbucket.org/lab/b"),
        ("https://codeberg.org/a/b", "codeberg", {"full_name": "lab/b"}, "https://codeberg.org/lab/b"),
        ("https://huggingface.co/a/b", "huggingface", {"id": "lab/b"}, "https://huggingface.co/lab/b"),
        ("https://huggingface.co/spaces/a/b", "huggingface", {"id": "l/b"}, "https://huggingface.co/spaces/l/b"),
    ],
)
def test_the_new_address_is_the_public_one_whoever_was_asked(
    server: Server, link: str, service: str, said_of_it: Any, page: str
) -> None:
    """It is written into the site by a fix."""
    server.routes["*"] = said_of_it if callable(said_of_it) else said(said_of_it)

    (found,) = ask_all([link], services={service: server.address})

    assert (found.verdict, found.traits, found.final_url) == ("moved", ("renamed",), page)


FIREWALL = "<html><title>Access denied</title><p>Your network does not allow this."


@pytest.mark.parametrize("status", [401, 403, 404])
@pytest.mark.parametrize(
    ("link", "service"),
    [
        ("http://github.com/lab/paper", "github"),
        ("http://gitlab.com/lab/paper", "gitlab"),
        ("http://bitbucket.org/lab/paper", "bitbucket-api"),
        ("http://codeberg.org/lab/paper", "codeberg"),
        ("http://huggingface.co/lab/paper", "huggingface"),
        ("http://doi.org/10.1000/182", "doi"),
        ("http://arxiv.org/abs/2101.00001", "arxiv-api"),
    ],
)
def test_what_stands_before_a_service_cannot_say_that_something_is_gone(
    server: Server, link: str, service: str, status: int
) -> None:
    host = link.split("/")[2]
    server.routes["*"] = reply(status, FIREWALL)
    server.routes["/" + link.split("/", 3)[3]] = reply(200, "<p>It is there.")
    remap = ((re.compile(re.escape(host)), "127.0.0.1", server.port),)

    (found,) = ask_all([link], services={service: server.address}, remap=remap, retries=0)

    assert found.verdict != "broken"


def test_a_firewall_before_bitbucket_is_a_refusal(server: Server) -> None:
    server.routes["*"] = reply(403, FIREWALL)

    (found,) = ask_all(["https://bitbucket.org/team/code"], services={"bitbucket-api": server.address})

    assert (found.verdict, found.reason, found.traits) == ("blocked", "the forge refuses machines: 403", ())


@pytest.mark.parametrize(
    "answer",
    [
        said({"message": "Bad credentials"}, 401),
        said({"message": "You have exceeded a secondary rate limit"}, 403, Retry_After="60"),
        said(
            {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}, 200, X_RateLimit_Remaining="0"
        ),
        said({"data": None, "errors": [{"message": "Something went wrong"}]}),
        reply(200, "<html>maintenance"),
        reply(502, "Bad gateway"),
    ],
)
def test_git_is_the_way_out_where_graphql_does_not_serve(server: Server, answer: bytes) -> None:
    services = github(server)
    server.routes["/graphql"] = answer
    server.routes["*"] = git

    found = named(ask_all(LINKS[:1] + LINKS[5:6], services=services, tokens={"github": TOKEN}, retries=0))

    assert found == {"lab/paper": ("ok", ()), "lab/missing": ("broken", ("repository",))}
    assert all("authorization" not in each.headers for each in server.requests if each.path != "/graphql")


def test_a_token_does_not_follow_a_redirect(server: Server) -> None:
    services = github(server)
    server.routes["/graphql"] = reply(307, "", Location=server.url("/stolen", host=OTHER))
    server.routes["*"] = git

    verdicts = ask_all(LINKS[:1], services=services, tokens={"github": TOKEN})

    assert server.asked("/stolen") == []
    assert [each.headers.get("authorization") for each in server.requests].count(f"Bearer {TOKEN}") == 1
    assert TOKEN not in repr(verdicts)


def test_a_file_in_a_repository_is_known_by_the_same_call(server: Server) -> None:
    links = ["https://github.com/lab/paper/tree/main/code"]

    (found,) = ask_all(links, services=github(server), tokens={"github": TOKEN})

    assert found.verdict == "ok"
    assert len(server.requests) == 1


def test_a_file_that_is_gone_is_the_repositorys_fault(server: Server) -> None:
    remap = ((re.compile(r"github\.com"), "127.0.0.1", server.port),)
    links = ["http://github.com/lab/paper/blob/main/gone.py"]

    (found,) = ask_all(links, services=github(server), tokens={"github": TOKEN}, remap=remap)

    assert (found.verdict, found.traits) == ("broken", ("repository",))
    assert found.reason == "404 from the host itself"


def test_gitlab(server: Server) -> None:
    api = "/api/v4/projects/"
    project = {"path_with_namespace": "group/sub/project", "archived": False, "empty_repo": False}
    server.routes[f"{api}group%2Fsub%2Fproject"] = said(project)
    server.routes[f"{api}group%2Fold"] = said({**project, "path_with_namespace": "group/old", "archived": True})
    server.routes[f"{api}group%2Fsoon"] = said({**project, "path_with_namespace": "group/soon", "empty_repo": True})
    server.routes[f"{api}group%2Fsub"] = said({"message": "404 Project Not Found"}, 404)
    server.routes["/api/v4/groups/group%2Fsub"] = said({"full_path": "group/sub"})
    server.routes[f"{api}group%2Fgone"] = said({"message": "404 Project Not Found"}, 404)
    server.routes["/api/v4/groups/group%2Fgone"] = said({"message": "404 Group Not Found"}, 404)
    links = [f"https://gitlab.com/group/{name}" for name in ("sub/project", "old", "soon", "sub", "gone")]

    found = named(ask_all(links, services={"gitlab": server.address}))

    assert found == {
        "sub/project": ("ok", ()),
        "group/old": ("ok", ("archived",)),
        "group/soon": ("ok", ("empty",)),
        "group/sub": ("ok", ()),
        "group/gone": ("broken", ("repository",)),
    }


def test_gitlab_that_asks_for_patience(server: Server) -> None:
    answers = [said({"message": "Too many"}, 429, Retry_After="1"), said({"path_with_namespace": "group/old"})]

    async def limited(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answers.pop(0))

    server.routes["*"] = limited

    (found,) = ask_all(["https://gitlab.com/group/old"], services={"gitlab": server.address})

    assert found.verdict == "ok"


def test_bitbucket(server: Server) -> None:
    api = "/2.0/repositories/"
    server.routes[f"{api}team/code"] = said({"full_name": "team/code", "is_private": False})
    server.routes[f"{api}team/private"] = said({"type": "error"}, 403)
    server.routes[f"{api}team/gone"] = said({"type": "error"}, 404)
    links = [f"https://bitbucket.org/team/{name}" for name in ("code", "private", "gone")]

    found = named(ask_all(links, services={"bitbucket-api": server.address}))

    assert [each[0] for each in found.values()] == ["ok", "broken", "broken"]


def test_codeberg(server: Server) -> None:
    api = "/api/v1/repos/"
    server.routes[f"{api}lab/code"] = said({"full_name": "lab/code", "archived": False, "empty": False})
    server.routes[f"{api}lab/old"] = said({"full_name": "lab/old", "archived": True, "empty": False})
    server.routes[f"{api}lab/was"] = reply(301, "", Location=f"{api}lab/code")
    server.routes[f"{api}lab/gone"] = said({"message": "GetRepo"}, 404)
    links = [f"https://codeberg.org/lab/{name}" for name in ("code", "old", "was", "gone")]

    found = named(ask_all(links, services={"codeberg": server.address}))

    assert found == {
        "lab/code": ("ok", ()),
        "lab/old": ("ok", ("archived",)),
        "lab/was": ("moved", ("renamed",)),
        "lab/gone": ("broken", ("repository",)),
    }


def test_hugging_face(server: Server) -> None:
    server.routes["/api/models/lab/model"] = said({"id": "lab/model"})
    server.routes["/api/datasets/lab/data"] = reply(307, "", Location="/api/datasets/group/data")
    server.routes["/api/datasets/group/data"] = said({"id": "group/data"})
    server.routes["/api/models/lab/gone"] = said({"error": "Invalid username or password."}, 401)
    server.routes["/api/models/lab/gated"] = said({"error": "Access to this model is restricted."}, 401)
    server.routes["/lab/gone"] = reply(404)
    server.routes["/lab/gated"] = reply(200, "<p>")
    remap = ((re.compile(r"huggingface\.co"), "127.0.0.1", server.port),)
    links = [f"http://huggingface.co/{name}" for name in ("lab/model", "datasets/lab/data", "lab/gone", "lab/gated")]

    found = named(ask_all(links, services={"huggingface": server.address}, remap=remap))

    assert found == {
        "lab/model": ("ok", ()),
        "lab/data": ("moved", ("renamed",)),
        "lab/gone": ("broken", ("repository",)),
        "lab/gated": ("ok", ()),
    }


def test_dois_are_asked_of_the_registry(server: Server) -> None:
    handles = "/api/handles/"
    server.routes[f"{handles}10.1000/182"] = said({"responseCode": 1, "handle": "10.1000/182", "values": []})
    server.routes[f"{handles}10.1000/other"] = said({"responseCode": 200, "handle": "10.1000/other"})
    server.routes[f"{handles}10.1000/gone"] = said({"responseCode": 100, "handle": "10.1000/gone"}, 404)
    server.routes[f"{handles}10.1000/sick"] = said({"responseCode": 2}, 500)
    server.routes[f"{handles}10.1000/a%3Cb%3E%2823%29"] = said({"responseCode": 1})
    links = [
        "https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182", "https://doi.org/10.1000/other",
        "https://doi.org/10.1000/gone", "https://doi.org/10.1000/sick", "https://doi.org/10.1000/a<b>(23)",
    ]  # fmt: skip

    found = ask_all(links, services={"doi": server.address}, retries=0)

    assert {each.url.rpartition("/")[2]: each.verdict for each in found} == {
        "182": "ok", "other": "ok", "gone": "broken", "sick": "transient", "a<b>(23)": "ok",
    }  # fmt: skip
    assert [each.traits for each in found if each.verdict == "broken"] == [("identifier",)]
    assert len(server.asked(f"{handles}10.1000/182?type=URL")) == 1


ENTRY = "<entry><id>http://arxiv.org/abs/{}</id><title>A paper</title></entry>"


async def arxiv(request: Request, writer: asyncio.StreamWriter) -> None:
    """What is not there is left out."""
    known = {"2101.00001": "2101.00001v2", "hep-th/9901001": "hep-th/9901001v3", "2101.00002": "2101.00002v1"}
    asked = request.path.partition("id_list=")[2].partition("&")[0].split(",")
    entries = "".join(ENTRY.format(known[each]) for each in asked if each in known)
    feed = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>{entries}</feed>'
    writer.write(reply(200, feed, Content_Type="application/atom+xml"))


def test_arxiv_is_asked_once_for_many_papers(server: Server) -> None:
    server.routes["/api/query"] = arxiv
    remap = ((re.compile(r"arxiv\.org"), "127.0.0.1", server.port),)
    links = [
        "http://arxiv.org/abs/2101.00001", "http://arxiv.org/pdf/2101.00001v2.pdf", "http://arxiv.org/abs/hep-th/9901001",
        "http://arxiv.org/pdf/2101.00002", "http://arxiv.org/abs/2101.00002v9", "http://arxiv.org/abs/2199.99999",
    ]  # fmt: skip

    found = ask_all(links, services={"arxiv-api": server.address}, remap=remap)

    broken = {each.url.removeprefix("http://arxiv.org/") for each in found if each.verdict != "ok"}
    assert broken == {"abs/2101.00002v9", "abs/2199.99999"}
    assert len([request for request in server.requests if request.path.startswith("/api/query")]) == 1


def test_what_arxiv_lists_not_but_shows_is_there(server: Server) -> None:
    server.routes["/api/query"] = arxiv
    server.routes["/abs/2101.99999"] = reply(200, "<p>")
    remap = ((re.compile(r"arxiv\.org"), "127.0.0.1", server.port),)

    (found,) = ask_all(["http://arxiv.org/abs/2101.99999"], services={"arxiv-api": server.address}, remap=remap)

    assert found.verdict == "ok"


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        ("https://scholar.google.com/citations?user=qc6CJjYAAAAJ&hl=en", "blocked"),
        ("https://scholar.google.co.uk/citations?user=PLACEHOLDER_ID", "broken"),
        ("https://scholar.google.com/citations?hl=en&user=", "broken"),
        ("https://scholar.google.com/scholar?q=me", "blocked"),
    ],
)
def test_google_scholar_is_judged_by_the_form_of_its_ids(link: str, verdict: str) -> None:
    (found,) = ask_all([link])

    assert found.verdict == verdict
