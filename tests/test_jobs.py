"""Several processes find what one finds, whatever becomes of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest

from sitecheck.engine import CHUNK, ActiveRule, Task, examine_all
from sitecheck.finding import Severity
from sitecheck.parallel import Workers
from sitecheck.rule import built_in_rules, local_rules

if TYPE_CHECKING:
    from tests.conftest import FaultySite

PAGES = 3 * CHUNK
SLOW_RULE = '''
import time
from sitecheck import Example, Finding, PageRule, Span

class Slow(PageRule):
    """A page is looked at for a while."""

    examples = (Example("> a"), Example("b"))

    def check(self, page):
        time.sleep(0.02)
        yield Finding(Span(0, 1), "looked at")
'''


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for number in range(PAGES):
        (tmp_path / f"page{number:03}.md").write_text("The labâ€™s page\n" * (number % 4), encoding="utf-8")
    return tmp_path


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sitecheck", "--no-cache", "--format", "json", *arguments]


def findings(output: bytes) -> bytes:
    """The report without its last line, which has the seconds in it."""
    return output[: output.rindex(b'"summary"')]


def test_the_report_is_the_same(site: Path) -> None:
    one = subprocess.run(command(), cwd=site, capture_output=True, check=False)
    for jobs in ("2", "0"):
        many = subprocess.run(command("--jobs", jobs), cwd=site, capture_output=True, check=False)
        assert findings(many.stdout) == findings(one.stdout)
        assert (many.returncode, many.stderr) == (one.returncode, one.stderr) == (1, b"")


def test_a_file_that_cannot_be_read_is_told_as_by_one(site: Path) -> None:
    (site / "page005.md").unlink()
    (site / "page005.md").symlink_to(site / "page005.md")
    named = [path.name for path in sorted(site.iterdir())]
    one = subprocess.run(command(*named), cwd=site, capture_output=True, check=False)
    many = subprocess.run(command("--jobs", "2", *named), cwd=site, capture_output=True, check=False)
    assert (many.returncode, many.stderr) == (one.returncode, one.stderr)
    assert many.returncode == 2


def workers_of(process: int) -> list[int]:
    """The processes that a process has started."""
    children = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in children.read_text().split()] if children.exists() else []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells who started whom")
def test_a_killed_worker_costs_time_and_no_finding(site: Path) -> None:
    rules = site / "rules" / "own"
    rules.mkdir(parents=True)
    (rules / "slow.py").write_text(SLOW_RULE)
    (site / "sitecheck.toml").write_text('local-rules = "rules"\n')
    one = subprocess.run(command(), cwd=site, capture_output=True, check=False)
    running = subprocess.Popen(command("--jobs", "2"), cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 20
    while not workers_of(running.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    victims = workers_of(running.pid)
    assert victims
    os.kill(victims[0], signal.SIGKILL)
    output, complaints = running.communicate(timeout=60)
    assert findings(output) == findings(one.stdout)
    assert (running.returncode, complaints) == (1, b"")


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.02)


def alive(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells who started whom")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_run(faulty_site: FaultySite, end: signal.Signals) -> None:
    """Ctrl-C reaches all processes of a terminal; a kill only the one."""
    faulty_site.environment["SHOUT_SECONDS"] = "0.1"
    running = faulty_site.start("--no-cache", "--jobs=2", start_new_session=True)
    wait_for(lambda: len(faulty_site.workers()) == 2)
    workers = faulty_site.workers()
    assert running.pid not in workers
    (os.killpg if end == signal.SIGINT else os.kill)(running.pid, end)
    output, complaints = running.communicate(timeout=30)
    assert (output, complaints) == (b"", b"")
    assert running.returncode == (130 if end == signal.SIGINT else -end)
    wait_for(lambda: not any(map(alive, workers)))


@pytest.mark.parametrize("option", ["--fix", "--unsafe-fixes", "--diff"])
def test_fixes_are_the_same(faulty_site: FaultySite, tmp_path: Path, option: str) -> None:
    other = tmp_path / "other"
    shutil.copytree(faulty_site.root, other)
    one = faulty_site.run("--no-cache", option)
    mended = {path.name: path.read_bytes() for path in faulty_site.root.glob("*.md")}
    faulty_site.root = other
    many = faulty_site.run("--no-cache", option, "--jobs=2")
    assert (many.stdout, many.stderr, many.returncode) == (one.stdout, one.stderr, one.returncode)
    assert {path.name: path.read_bytes() for path in other.glob("*.md")} == mended


def test_what_several_processes_found_is_kept(faulty_site: FaultySite) -> None:
    first = faulty_site.run("--jobs=2")
    assert len(faulty_site.workers()) == 2
    assert faulty_site.examined() == faulty_site.pages
    assert faulty_site.run().stdout == first.stdout
    assert faulty_site.examined() == []


class Backwards(Executor):
    """An executor that does the last task first."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = LateFuture(self)
        self.waiting.append((future, lambda: function(*args, **kwargs)))
        return future

    def work(self) -> None:
        while self.waiting:
            future, task = self.waiting.pop()
            future.set_result(task())


class LateFuture(Future[Any]):
    def __init__(self, executor: Backwards) -> None:
        super().__init__()
        self.executor = executor

    def result(self, timeout: float | None = None) -> Any:
        self.executor.work()
        return super().result(timeout)


def started_workers() -> Executor:
    workers = Workers()
    assert workers.start(2) == 2
    return workers


EXECUTORS: dict[str, Callable[[], Executor]] = {
    "ours": started_workers,
    "out of order": Backwards,
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": lambda: ProcessPoolExecutor(2),
    "spawned": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
}


@pytest.mark.parametrize("make", EXECUTORS.values(), ids=EXECUTORS)
def test_any_executor_will_do(site: Path, make: Callable[[], Executor]) -> None:
    rules = tuple(ActiveRule(rule) for rule in built_in_rules())
    tasks = [Task(str(path), path.name, rules) for path in sorted(site.glob("*.md"))]
    here = list(examine_all(tasks))
    with make() as executor:
        there = list(examine_all(tasks, executor))
    assert [done for _, done in there] == [done for _, done in here]
    assert [task.path for task, _ in there] == [task.path for task in tasks]


@pytest.mark.parametrize("method", get_all_start_methods())
def test_rules_of_ones_own_reach_every_kind_of_process(
    faulty_site: FaultySite, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """Page 9 silences a group: a worker has to know which rules are of it."""
    monkeypatch.setenv("SHOUT_LOG", str(faulty_site.log))
    own = local_rules(str(faulty_site.root / "own"))
    rules = tuple(ActiveRule(rule, Severity.INFO) for rule in (*built_in_rules(), *own))
    tasks = [Task(str(faulty_site.root / name), name, rules) for name in faulty_site.pages]
    here = dict(examine_all(tasks))
    faulty_site.log.unlink()
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as executor:
        there = dict(examine_all(tasks, executor))
    assert there == here
    assert os.getpid() not in faulty_site.workers()
    found = here[tasks[9]].examined
    assert found is not None
    assert [(diagnostic.rule, diagnostic.severity) for diagnostic in found.diagnostics] == [("shout", Severity.INFO)]


def answer(number: int) -> int:
    return 42 // number


def pid() -> int:
    return os.getpid()


def end_process() -> None:
    os._exit(9)


def test_our_executor_does_what_executors_do() -> None:
    with started_workers() as workers:
        assert list(workers.map(answer, [1, 2, 3])) == [42, 21, 14]
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            workers.submit(answer, 0).result()
        with pytest.raises(BrokenExecutor):  # no process can be told of it
            workers.submit(lambda: 1).result()
        assert len({workers.submit(pid).result() for _ in range(50)}) <= 2
        late = [workers.submit(answer, 1) for _ in range(9)]
    assert [future.result() for future in late] == [42] * 9
    with pytest.raises(BrokenExecutor):
        workers.submit(answer, 1)


class Ends:
    """What cannot be sent: the process ends while it writes it."""

    def __reduce__(self) -> tuple[type[Ends], tuple[()]]:
        Timer(0.005, os._exit, [9]).start()
        return Ends, ()


def half_an_answer() -> list[object]:
    return [bytes(20_000_000), Ends()]


@pytest.mark.parametrize("end", [end_process, half_an_answer])
def test_a_process_that_ends_takes_no_other_with_it(end: Callable[[], object]) -> None:
    with started_workers() as workers:
        with pytest.raises(BrokenExecutor):
            workers.submit(end).result()
        assert [workers.submit(answer, 1).result() for _ in range(9)] == [42] * 9
        with pytest.raises(BrokenExecutor):
            workers.submit(end_process).result()
        with pytest.raises((BrokenExecutor, CancelledError)):  # none is left
            workers.submit(answer, 1).result()


class Faulty(Executor):
    """An executor of another kind, with faults of its own: every second task fails, and soon it takes no more."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.taken += 1
        if self.taken > 2:
            raise ConnectionError("the cluster is gone")
        future: Future[Any] = Future()
        if self.taken % 2:
            future.set_exception(OSError("the result was lost"))
        else:
            future.set_result(function(*args, **kwargs))
        return future


def test_what_an_executor_fails_to_do_is_done_here(site: Path) -> None:
    rules = tuple(ActiveRule(rule) for rule in built_in_rules())
    tasks = [Task(str(path), path.name, rules) for path in sorted(site.glob("*.md"))]
    assert list(examine_all(tasks, Faulty())) == list(examine_all(tasks))


@pytest.mark.parametrize("number", ["-1", "many", "1.5", ""])
def test_the_number_of_processes_is_checked(faulty_site: FaultySite, number: str) -> None:
    done = faulty_site.run(f"--jobs={number}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"--jobs" in done.stderr


def test_an_executor_that_is_shut_down_costs_nothing_but_time(site: Path) -> None:
    rules = tuple(ActiveRule(rule) for rule in built_in_rules())
    tasks = [Task(str(path), path.name, rules) for path in sorted(site.glob("*.md"))]
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    assert [done for _, done in examine_all(tasks, executor)] == [done for _, done in examine_all(tasks)]
