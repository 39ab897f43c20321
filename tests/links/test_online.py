"""`sitecheck --online` as a user runs it: what it asks, what it says, what it remembers."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitecheck.links.settings import SERVICES
from tests.links.server import Request, Server, reply

PAGE = "<html><head><title>A page</title></head><body><h1 id='here'>Here</h1><p>" + "word " * 100 + "</p></body></html>"


class Site:
    """A folder with pages, and a server that they link to."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder = folder
        self.server = server
        self.environment = os.environ | {"SITECHECK_CACHE_DIR": str(folder / ".cache"), "PYTHONIOENCODING": "utf-8"}
        for name in ("CI", "GITHUB_TOKEN", "GH_TOKEN"):
            self.environment.pop(name, None)

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("WEB", self.server.address), encoding="utf-8")

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "sitecheck", "--allow-private", "--retries=0", "--timeout=5", *arguments],
            cwd=self.folder, env=self.environment | environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        return done

    def report(self, *arguments: str, **environment: str) -> dict[str, Any]:
        done = self.run("--online", "--format=json", *arguments, **environment)
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def asked(self) -> list[str]:
        """The paths that were asked for since this was called last."""
        found = [request.path for request in self.server.requests]
        self.server.requests.clear()
        return sorted(found)


@pytest.fixture
def site(tmp_path: Path, server: Server) -> Site:
    site = Site(tmp_path, server)
    server.routes["/ok"] = reply(200, PAGE)
    server.routes["/moved"] = reply(301, Location="/ok")
    server.routes["/wall"] = reply(403)
    server.routes["/sick"] = reply(500)
    return site


def test_nothing_is_asked_unless_the_user_says_so(site: Site) -> None:
    site.write("index.md", "[a](WEB/gone)\n")

    assert site.run().returncode == 0
    assert site.asked() == []


def test_one_of_each_verdict(site: Site) -> None:
    links = ("ok", "moved", "gone", "wall", "sick", "ok#nowhere", "ok#here", "secret")
    site.write("index.md", "\n".join(f"- [{name}](WEB/{name})" for name in links))

    report = site.report("--exclude-link", "secret")

    verdicts = {each["url"].rpartition("/")[2]: each["verdict"] for each in report["links"]}
    assert verdicts == {
        "ok": "ok", "moved": "moved", "gone": "broken", "wall": "blocked", "sick": "transient", "ok#nowhere": "broken",
        "ok#here": "ok", "secret": "skipped",
    }  # fmt: skip
    assert [(each["rule"], each["severity"], each["start"]["line"]) for each in report["findings"]] == [
        ("redirected-link", "info", 2), ("broken-link", "error", 3), ("broken-link", "warning", 6),
    ]  # fmt: skip
    assert report["links"][0].keys() >= {"url", "verdict", "status", "reason", "final_url", "seconds", "places"}
    assert report["links"][2]["places"] == [{"path": "index.md", "line": 3, "column": 10}]


def test_a_link_is_asked_for_once_however_often_it_is_written(site: Site) -> None:
    site.write("a.md", "[x](WEB/gone) and <WEB/gone>\n")
    site.write("b/c.html", "<a href='WEB/gone'>x</a>\n")

    report = site.report()

    assert len(report["findings"]) == 3
    assert len(report["links"][0]["places"]) == 3
    assert site.asked() == ["/gone", "/gone"]  # HEAD, and GET as HEAD may lie


def test_the_text_report_has_a_table(site: Site) -> None:
    site.write("index.md", "[a](WEB/ok) [b](WEB/wall) [c](WEB/sick) [d](WEB/gone)\n")

    done = site.run("--online")

    assert "4 links on the web: 1 ok, 1 broken, 1 blocked, 1 transient\n" in done.stdout
    assert "    blocked    1  127.0.0.1: refuses machines: 403\n" in done.stdout
    assert "  transient    1  127.0.0.1: the host fails: 500\n" in done.stdout
    assert done.returncode == 1


def test_blocked_and_transient_links_fail_nothing_unless_asked(site: Site) -> None:
    site.write("index.md", "[b](WEB/wall)\n")

    assert site.run("--online").returncode == 0
    assert site.run("--online", "--fail-on-verdict", "blocked,transient").returncode == 1


def test_what_was_there_is_not_asked_for_again(site: Site) -> None:
    site.write("index.md", "[a](WEB/ok) [b](WEB/gone) [c](WEB/sick) [d](WEB/wall)\n")
    site.report()
    site.asked()

    report = site.report()
    assert set(site.asked()) == {"/gone", "/sick", "/wall"}
    assert [each["verdict"] for each in report["links"]] == ["ok", "broken", "transient", "blocked"]

    site.report("--max-age=0")
    assert "/ok" in site.asked()


def test_what_was_asked_with_other_options_is_asked_for_again(site: Site) -> None:
    site.write("index.md", "[a](WEB/wall)\n")
    assert site.report("--accept=403")["links"][0]["verdict"] == "ok"
    site.asked()

    assert site.report()["links"][0]["verdict"] == "blocked"
    site.asked()
    assert site.report("--accept=403")["links"][0]["verdict"] == "ok"
    assert site.asked() == []


def test_the_address_of_a_stand_in_gets_into_no_page(site: Site) -> None:
    renamed = f"{site.server.address}/lab/paper.git/info/refs?service=git-upload-pack"
    site.server.routes["/someone/paper.git/info/refs"] = reply(301, Location=renamed)
    site.server.routes["/lab/paper.git/info/refs"] = reply(200, "003f" + "a" * 40 + " refs/heads/main\n0000")
    site.write("index.md", "See [a](https://github.com/someone/paper).\n")

    site.run("--online", "--fix", "--service", f"github={site.server.address}")

    assert (site.folder / "index.md").read_text(encoding="utf-8") == "See [a](https://github.com/lab/paper).\n"


NO_ADDRESSES = ["garbage", "ftp://x.example", "http://", "http://[", "http://x:99999", "http://x/?a", "http://a b"]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_a_service_needs_an_address(site: Site, url: str) -> None:
    site.write("index.md", "[a](WEB/ok)\n")
    said = f"'github' needs an address such as https://github.com, not {url!r}"

    option = site.run("--online", f"--service=github={url}")
    variable = site.run("--online", SITECHECK_GITHUB_URL=url)

    assert (option.returncode, option.stderr) == (2, f"sitecheck: argument --service: {said}; see sitecheck --help\n")
    assert (variable.returncode, variable.stderr) == (
        2,
        f"sitecheck: SITECHECK_GITHUB_URL in the environment: {said}\n",
    )
    assert site.asked() == []


def test_a_service_that_nobody_knows_is_told_with_those_that_are_known(site: Site) -> None:
    site.write("index.md", "[a](WEB/ok)\n")
    known = ", ".join(SERVICES)

    option = site.run("--online", "--service=nonsense=http://x.example")
    variable = site.run("--online", SITECHECK_NON_SENSE_URL="http://x.example")

    assert (option.returncode, variable.returncode) == (2, 2)
    assert f"there is no service 'nonsense'; there are {known}" in option.stderr
    assert f"SITECHECK_NON_SENSE_URL in the environment: there is no service 'non-sense'; there are {known}" in (
        variable.stderr
    )
    assert known in " ".join(site.run("--help").stdout.split())


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "10001"])
def test_retries_are_counted(site: Site, number: str) -> None:
    done = site.run("--online", f"--retries={number}")

    assert done.returncode == 2
    assert f"argument --retries: a whole number from 0 to 10000 is needed, not '{number}'" in done.stderr


def test_fixes_write_where_links_have_moved(site: Site) -> None:
    site.write("index.md", "A page with [a link](WEB/moved#here), and cafÃ©.\n")

    done = site.run("--online", "--unsafe-fixes")

    assert done.returncode == 0, done.stdout
    text = (site.folder / "index.md").read_text(encoding="utf-8")
    assert text == f"A page with [a link]({site.server.address}/ok#here), and café.\n"


def test_diff_shows_all_fixes_and_writes_none(site: Site) -> None:
    site.write("index.md", "A page with [a link](WEB/moved#here), and cafÃ©.\n")
    before = (site.folder / "index.md").read_bytes()

    done = site.run("--online", "--unsafe-fixes", "--diff")

    assert f"+A page with [a link]({site.server.address}/ok#here), and café.\n" in done.stdout
    assert "would mend 2 findings in 1 file" in done.stderr
    assert (site.folder / "index.md").read_bytes() == before


def test_comments_silence_findings_of_links(site: Site) -> None:
    site.write("index.md", "<!-- sitecheck: ignore[broken-link] it was there -->\n[a](WEB/gone)\n\n[b](WEB/gone)\n")

    assert [each["start"]["line"] for each in site.report()["findings"]] == [4]
    assert site.run().stdout.startswith("All clean")  # and nobody calls the comment unused who did not ask


def test_only_added_links_are_asked_for(site: Site) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=x", "-c", "user.email=x@x.example")
        subprocess.run(["git", *identity, *arguments], cwd=site.folder, check=True, capture_output=True)

    site.write(".gitignore", ".cache/\n")
    site.write("index.md", "[a](WEB/old)\n\n[b](WEB/ok)\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    site.write("index.md", "[a](WEB/old)\n\n[b](WEB/ok)\n\n[c](WEB/new)\n")

    report = site.report("--changed-since", "HEAD")

    assert set(site.asked()) == {"/new"}
    assert [each["start"]["line"] for each in report["findings"]] == [5]


def test_time_that_runs_out_leaves_what_is_known(site: Site) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    site.server.routes["/slow"] = slow
    site.write("index.md", "[a](WEB/gone) [b](WEB/slow)\n")

    report = site.report("--max-time=1")

    assert [each["verdict"] for each in report["links"]] == ["broken", "skipped"]
    assert [each["rule"] for each in report["findings"]] == ["broken-link"]


def test_templates_and_hints_are_no_links(site: Site) -> None:
    site.write(
        "index.html",
        "<link rel=preconnect href=WEB/a><link rel='dns-prefetch' href='WEB/b'><a href='WEB/{{ page.c }}'>c</a>"
        "<a href='mailto:x@x.example'>d</a><a href='/e'>e</a><link rel=stylesheet href=WEB/ok>",
    )

    site.report()

    assert site.asked() == ["/ok"]


def test_the_configuration_says_how_links_are_asked(site: Site) -> None:
    site.write("index.md", "[a](WEB/wall) [b](WEB/secret) [c](WEB/gone)\n")
    site.write(
        "sitecheck.toml",
        'online = true\n[links]\nexclude = ["secret"]\naccept = [403]\n[links.headers."127.0.0.1"]\nX-Mine = "yes"\n',
    )

    report = json.loads(site.run("--format=json").stdout)

    assert [each["verdict"] for each in report["links"]] == ["ok", "skipped", "broken"]
    assert {request.headers.get("x-mine") for request in site.server.requests} == {"yes"}
    assert "links" not in json.loads(site.run("--no-online", "--format=json").stdout)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("timeout = -1", "needs a number from 0 for 'timeout'"),
        ("retries = 1.5", "needs a whole number from 0 to 10000 for 'retries'"),
        ("per-host = 0", "needs a whole number from 1 to 10000 for 'per-host'"),
        ('exclude = "x"', "needs a list of strings for 'exclude'"),
        ('exclude = ["("]', "is no regular expression"),
        ("accept = [4]", "needs a list of statuses for 'accept'"),
        ('fail-on-verdict = ["bad"]', "needs verdicts for 'fail-on-verdict'"),
        ("tokens = {}", "has the unknown key 'tokens'"),
        ("remap = []", "has the unknown key 'remap'"),
        ("services = {}", "has the unknown key 'services'"),
        ('headers = {"x.example" = {"Host" = "y"}}', "needs a table of headers for 'x.example' in 'headers'"),
        ('headers = {"x.example" = {"X" = "a\\r\\nb"}}', "needs a table of headers for 'x.example' in 'headers'"),
    ],
)
def test_what_the_configuration_may_not_say(site: Site, table: str, complaint: str) -> None:
    site.write("index.md", "x\n")
    site.write("sitecheck.toml", f"[links]\n{table}\n")

    done = site.run("--online")

    assert done.returncode == 2
    assert complaint in done.stderr


def test_a_token_comes_from_the_environment_and_stays_secret(site: Site) -> None:
    secret = "ghp_stays-secret"  # noqa: S105 - it opens nothing
    answer = json.dumps({"data": {"r0": {"nameWithOwner": "lab/paper", "isArchived": True}}})
    site.server.routes["/graphql"] = reply(200, answer)
    site.write("index.md", "[a](https://github.com/lab/paper)\n")

    done = site.run("--online", "--service", f"github-api={site.server.address}", GITHUB_TOKEN=secret)

    assert "archived" in done.stdout
    assert [each.headers["authorization"] for each in site.server.requests] == [f"Bearer {secret}"]
    kept = b"".join(file.read_bytes() for file in (site.folder / ".cache").rglob("*") if file.is_file())
    assert secret.encode() not in kept
    assert secret not in done.stdout + done.stderr


def test_a_token_of_another_github_is_not_sent(site: Site) -> None:
    site.write("index.md", "[a](https://github.com/lab/paper)\n")

    environment = {
        "GH_TOKEN": "x", "GITHUB_SERVER_URL": "https://github.campus.example",
        "SITECHECK_GITHUB_URL": site.server.address, "SITECHECK_GITHUB_API_URL": site.server.address,
    }  # fmt: skip
    site.run("--online", **environment)

    assert [request.path.partition("?")[0] for request in site.server.requests] == ["/lab/paper.git/info/refs"]
    assert all("authorization" not in request.headers for request in site.server.requests)


def test_a_damaged_store_is_made_anew_with_a_warning(site: Site) -> None:
    site.write("index.md", "[a](WEB/ok)\n")
    store = site.folder / "links.db"
    site.run("--online", "--store", str(store))
    raw = bytearray(store.read_bytes())
    raw[100:4000] = b"\xff" * 3900
    store.write_bytes(raw)

    done = site.run("--online", "--store", str(store))

    assert "was damaged, and is made anew" in done.stderr
    assert done.returncode == 0
    site.asked()
    site.run("--online", "--store", str(store))
    assert site.asked() == []


def test_a_strangers_file_is_no_store(site: Site) -> None:
    site.write("index.md", "[a](WEB/ok)\n")
    site.write("notes.txt", "my notes\n")

    done = site.run("--online", "--store", "notes.txt", "index.md")

    assert "notes.txt is no cache of sitecheck, so nothing is kept; name another file with --store" in done.stderr
    assert (site.folder / "notes.txt").read_text() == "my notes\n"


def test_a_store_keeps_no_failure_for_an_answer_even_if_somebody_writes_one(site: Site) -> None:
    site.write("index.md", "[a](WEB/ok)\n")
    store = site.folder / "links.db"
    site.run("--online", "--store", str(store))
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE link SET verdict = 'broken'")
    connection.close()

    assert site.report("--store", str(store))["links"][0]["verdict"] == "ok"


def test_two_runs_may_share_a_store(site: Site) -> None:
    site.write("index.md", " ".join(f"[{number}](WEB/ok?{number})" for number in range(60)))
    command = [sys.executable, "-m", "sitecheck", "--online", "--allow-private", "--store", "links.db", "--no-cache"]
    runs = [subprocess.Popen(command, cwd=site.folder, env=site.environment, stderr=subprocess.PIPE) for _ in range(3)]

    assert [run.communicate()[1] for run in runs] == [b""] * 3
    site.asked()
    site.run("--online", "--store", "links.db")
    assert site.asked() == []


def test_a_run_that_is_killed_has_kept_what_it_knew(site: Site) -> None:
    async def never(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    site.server.routes["/never"] = never
    site.write("index.md", " ".join(f"[{n}](WEB/ok?{n})" for n in range(300)) + " [n](WEB/never)")
    command = [sys.executable, "-m", "sitecheck", "--online", "--allow-private", "--host-interval=0", "--store", "l.db"]
    with subprocess.Popen(command, cwd=site.folder, env=site.environment) as run:
        while len(site.server.requests) < 301:
            assert run.poll() is None
        run.kill()

    site.asked()
    site.run("--online", "--store", "l.db", "--max-time=1")
    assert len(site.asked()) <= 101


def test_nothing_is_loaded_for_links_when_all_are_known(site: Site) -> None:
    site.write("index.md", "[a](WEB/ok)\n")
    site.run("--online")
    command = [sys.executable, "-X", "importtime", "-m", "sitecheck", "--online", "--allow-private", "--retries=0"]

    done = subprocess.run(
        command, cwd=site.folder, env=site.environment, capture_output=True, encoding="utf-8", check=True
    )

    assert "sqlite3" in done.stderr
    assert not {"aiohttp", "asyncio", "bs4", "lxml", "yarl"} & {
        line.rpartition("|")[2].strip() for line in done.stderr.split("\n")
    }
