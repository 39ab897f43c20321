"""Stands in for the web that the example site links to: `python examples/web.py [PORT]`, until Ctrl-C.

It prints the command that asks it. Nobody else is asked, so the report is the same everywhere.
"""

from __future__ import annotations

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><title>{title}</title><h1 id="top">{title}</h1><p id="about">A page of {host}, which does not
exist. It is here so that links to it can be asked for."""

HOSTS: dict[str, tuple[int, str]] = {
    "museum.norrhavn.example/research/": (200, ""),
    "library.norrhavn.example/theses/": (301, "/collections/theses/"),
    "library.norrhavn.example/collections/theses/": (200, ""),
    "journal.norrhavn.example/peat/12": (403, ""),
    "cluster.norrhavn.example/status": (503, ""),
}
"""Status and new address by host and path; all else is 404."""

REPOSITORIES: dict[str, dict[str, object]] = {
    "norrhavn-lab/sparseseed": {},
    "norrhavn-lab/peatlands": {"isArchived": True},
    "norrhavn-lab/tidepool": {"isEmpty": True},
    "thorbjornsen/howsure": {"nameWithOwner": "norrhavn-lab/howsure"},
}
"""What GitHub says of them; all else is not public."""
ASKED = re.compile(r'(r\d+): repository\(owner: "(.*?)", name: "(.*?)"\)')

DOIS = {"10.5555/peat.2016.12"}
PAPERS = {"2101.00001": "2101.00001v2"}


class Web(BaseHTTPRequestHandler):
    """All hosts, and the services of GitHub, the registry of DOIs and arXiv, behind one address."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path.startswith("/api/handles/"):
            registered = path.removeprefix("/api/handles/") in DOIS
            self.say(200 if registered else 404, json.dumps({"responseCode": 1 if registered else 100}))
        elif path == "/api/query":
            asked = query.removeprefix("id_list=").partition("&")[0].split(",")
            known = (PAPERS[name] for name in asked if name in PAPERS)
            self.say(200, "".join(f"<entry><id>http://arxiv.org/abs/{name}</id></entry>" for name in known))
        else:
            host = self.headers.get("Host", "").partition(":")[0]
            status, address = HOSTS.get(host + path, (404, ""))
            self.say(status, PAGE.format(title=path, host=host), address)

    do_HEAD = do_GET  # noqa: N815 - as the library wants it

    def do_POST(self) -> None:
        """GitHub's GraphQL."""
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["query"]
        data: dict[str, object] = {}
        errors = []
        for alias, owner, name in ASKED.findall(query):
            known = REPOSITORIES.get(f"{owner}/{name}")
            data[alias] = None if known is None else {"nameWithOwner": f"{owner}/{name}", **known}
            errors += [] if known is not None else [{"type": "NOT_FOUND", "path": [alias]}]
        self.say(200, json.dumps({"data": data, "errors": errors}))

    def say(self, status: int, text: str, address: str = "") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if address:
            self.send_header("Location", address)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: what was asked is in the report."""


def command(port: int) -> str:
    """What a shell runs to ask this."""
    here = f"127.0.0.1:{port}"
    services = " ".join(f"--service {name}=http://{here}" for name in ("github", "github-api", "doi", "arxiv-api"))
    return f"GITHUB_TOKEN=none sitecheck --online --remap '.*[.]example={here}' {services} examples/homepage"


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8765), Web)
    print(command(server.server_address[1]), flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
