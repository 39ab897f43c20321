"""A realistic site's links, asked for by sitecheck and by lychee: `python bench/links_site.py [LINKS] [TIMES]`.

Hosts, and how often each link is repeated, are those of the corpus of real sites. A stand-in answers for all of them,
after as long as a lognormal distribution around 150 ms says, and counts what it is asked. sitecheck asks it for the
hosts by their names; lychee has an address of 127.0.0.0/8 for each host, as it knows no better way. What counts:
requests for each distinct link, and the time at the same limits for each host.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from measure import CORPUS, SCRIPTS, Usage, run, table

from sitecheck.files import collect
from sitecheck.page import Page
from sitecheck.readers import read
from sitecheck.source import Source
from sitecheck.web import web_links

MEDIAN, SIGMA = 0.15, 0.5
"""seconds, and how far they scatter"""
SAME = ("--per-host=10", "--host-interval=0.05"), ("--host-concurrency=10", "--host-request-interval=50ms")
ASKED = re.compile(r'(r\d+): repository\(owner: "(.*?)", name: "(.*?)"\)')
REPLY = "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, count: Counter[str]) -> None:
    """The stand-in: every page is there, every repository, every paper and every DOI."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            method, target, _ = head.split(" ", 2)
            length = re.search(r"content-length: *(\d+)", head, re.IGNORECASE)
            body = await reader.readexactly(int(length[1])) if length else b""
            count["requests"] += 1
            await asyncio.sleep(random.Random(zlib.crc32(target.encode())).lognormvariate(0, SIGMA) * MEDIAN)
            kind, text = said(target, body)
            writer.write(REPLY.format(kind=kind, length=len(text)).encode() + (b"" if method == "HEAD" else text))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def said(target: str, body: bytes) -> tuple[str, bytes]:
    if target == "/graphql":
        found = ASKED.findall(json.loads(body)["query"])
        data = {alias: {"nameWithOwner": f"{owner}/{name}", "object": {}} for alias, owner, name in found}
        return "application/json", json.dumps({"data": data}).encode()
    if target.startswith("/api/handles/"):
        return "application/json", b'{"responseCode": 1}'
    if target.startswith("/api/query?id_list="):
        papers = target.partition("=")[2].partition("&")[0].split(",")
        return "application/xml", "".join(f"<id>http://arxiv.org/abs/{paper}v9</id>" for paper in papers).encode()
    return "text/html", b"<title>A page</title><p>Some words.\n"


def serve(file: str) -> None:
    """Serve until SIGTERM; then write down how many requests there were."""
    count: Counter[str] = Counter()

    async def work() -> None:
        server = await asyncio.start_server(lambda r, w: answer(r, w, count), "0.0.0.0", 0, backlog=4096)  # noqa: S104 - 127.0.0.0/8 are many hosts
        Path(file).write_text(str(server.sockets[0].getsockname()[1]))
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        await ended.wait()

    asyncio.run(work())
    Path(file).write_text(str(count["requests"]))


def links() -> list[str]:
    """Every link of the corpus, in order, as often as it is written; all by http."""
    found = []
    for folder in sorted(CORPUS.iterdir()):
        for file in collect([str(folder)]).files:
            page = Page(Source(file.path, Path(file.path).read_bytes()), read)
            found += [re.sub("^(?:https?:)?//", "http://", link.url) for link in web_links(page)]
    return [link for link in found if re.fullmatch(r"http://[a-z0-9.-]+\.[a-z]+(?:/[!-~]*)?", link) and "<" not in link]


def measured(command: list[str], page: Path, folder: Path) -> tuple[Usage, int]:
    """What asking took, and how many requests there were."""
    file = folder / "port"
    file.unlink(missing_ok=True)
    with subprocess.Popen([sys.executable, __file__, "serve", str(file)]) as web:
        while not file.exists() or not file.read_text():
            time.sleep(0.05)
        port = file.read_text()
        page.write_text(page.read_text().replace("PORT", port))
        usage = run([part.replace("PORT", port) for part in command])
        web.terminate()
    return usage, int(file.read_text())


def programs(page: Path) -> Iterator[tuple[str, list[str], bool]]:
    """Name, command, and whether each host has an address of its own in the page."""
    here = "http://127.0.0.1:PORT"
    services = [f"--service={name}={here}" for name in ("github", "github-api", "doi", "arxiv-api")]
    ours = [
        str(SCRIPTS / "sitecheck"), "--online", "--no-cache", "--select=online", "--format=concise",
        "--remap=.*=127.0.0.1:PORT", *services, *SAME[0], str(page),
    ]  # fmt: skip
    theirs = [str(SCRIPTS / "lychee"), "--no-progress", "--quiet", "--cache=false", str(page)]
    yield "sitecheck", ours, False
    yield "lychee, same limits", [*theirs, *SAME[1]], True


def written(sample: list[str], *, apart: bool) -> str:
    """A page with these links; `apart`: each host at an address of its own."""
    numbers: dict[str, int] = {}
    lines = []
    for link in sample:
        host = urlsplit(link).netloc
        number = numbers.setdefault(host, len(numbers))
        place = f"127.{1 + number // 60_000}.{number // 250 % 240}.{1 + number % 250}:PORT"
        lines.append(f"- [link](<{link.replace(host, place, 1) if apart else link}>)\n")
    return "".join(lines)


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2])
        return
    wanted, times = (
        int(sys.argv[place]) if len(sys.argv) > place else default for place, default in ((1, 1500), (2, 3))
    )
    os.environ["GITHUB_TOKEN"] = "none"  # noqa: S105 - the stand-in takes any
    every = links()
    start = random.Random(7).randrange(len(every) - wanted)
    sample = every[start : start + wanted]
    distinct = len({link.partition("#")[0] for link in sample})
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder, page = Path(name), Path(name) / "index.md"
        for program, command, apart in programs(page):
            taken = []
            for _ in range(times):
                page.write_text(written(sample, apart=apart))
                taken.append(measured(command, page, folder))
            usage, requests = min(taken)
            cells = (f"{requests / distinct:.2f}", f"{usage.wall:.2f}", f"{usage.cpu:.2f}", f"{usage.memory:.0f}")
            rows.append((program, len(sample), distinct, requests, *cells))
    head = ("program", "links", "distinct", "requests", "per distinct link", "wall, s", "CPU, s", "MB")
    table(f"A site's links, the best of {times} runs", head, rows)


if __name__ == "__main__":
    main()
