"""Other processes: workers that outlive each other, and how a rule gets to them."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from copy import copy
from functools import cache
from multiprocessing import Pipe, get_context, parent_process
from multiprocessing.connection import wait
from pickle import dumps, loads
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sitecheck.engine import ActiveRule
from sitecheck.rule import LOCAL_PACKAGE, Rule, built_in_rules, local_rules

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from sitecheck.finding import Severity

T = TypeVar("T")

MOST_PROCESSES = 61
"""Windows can wait for no more."""


def processors() -> int:
    """How many processes can run at the same time."""
    if sys.platform == "linux":  # where a container or a batch job may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def pool(jobs: int) -> Iterator[Executor | None]:
    """So many worker processes, or as many as there are processors for 0. They end with the block, and at once.

    None where the system starts no process, as in some sandboxes.
    """
    workers = Workers()
    try:
        started = workers.start(min(jobs or processors(), MOST_PROCESSES))
        yield workers if started else None
    finally:
        workers.shutdown(cancel_futures=True)


class Order(NamedTuple):
    """A call for a worker, and where to leave what comes of it."""

    future: Future[Any]
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Workers(Executor):
    """Processes that work for this one. Each has a pipe and a thread of its own, and shares nothing with the others.

    So when one is killed, at whatever moment, only the call in its hands fails, and the others go on. (In the standard
    library's pool all processes write to one pipe. One that is killed while it writes leaves half a message there, and
    the program waits for the other half for ever.)
    """

    def __init__(self) -> None:
        self._orders: deque[Order] = deque()
        self._changed = Condition()
        self._closed = False
        self._serving = 0
        """how many processes take orders"""
        self._processes: list[BaseProcess] = []
        self._threads: list[Thread] = []

    def start(self, count: int) -> int:
        """Start processes, as far as the system lets us. Returns how many there are."""
        started: list[tuple[BaseProcess, Connection]] = []
        with suppress(OSError):
            for _ in range(count):
                ours, theirs = Pipe()
                process = get_context().Process(target=_work, args=(theirs,), daemon=True)
                process.start()
                theirs.close()  # now the process alone has this end, so that the pipe ends with it
                started.append((process, ours))
        self._serving = len(started)
        self._processes = [process for process, _ in started]
        self._threads = [Thread(target=self._serve, args=worker, daemon=True) for worker in started]
        for thread in self._threads:  # not before, since a process that has threads must not be forked
            thread.start()
        return len(started)

    def submit(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Raises BrokenExecutor where no process is left."""
        future: Future[T] = Future()
        with self._changed:
            if self._closed or not self._serving:
                raise BrokenExecutor("no process takes orders")
            self._orders.append(Order(future, (function, args, kwargs)))
            self._changed.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more orders. With `cancel_futures` those that wait are dropped, and those in hand are broken off."""
        with self._changed:
            self._closed = True
            if cancel_futures:
                self._drop()
            self._changed.notify_all()
        if cancel_futures:
            for process in self._processes:
                process.terminate()
        if wait:
            for thread in self._threads:
                thread.join()

    def _serve(self, process: BaseProcess, pipe: Connection) -> None:
        """Hand orders to one process for as long as there are any and it lives."""
        with pipe:
            while (order := self._next()) is not None:
                if order.future.set_running_or_notify_cancel() and not _carry_out(order, pipe):
                    break
        process.terminate()
        process.join()
        with self._changed:
            self._serving -= 1
            if not self._serving:
                self._drop()

    def _next(self) -> Order | None:
        with self._changed:
            while not self._orders and not self._closed:
                self._changed.wait()
            return self._orders.popleft() if self._orders else None

    def _drop(self) -> None:
        while self._orders:
            self._orders.popleft().future.cancel()


def _carry_out(order: Order, pipe: Connection) -> bool:
    """Have the process at the other end of a pipe do something. Returns whether it can do more."""
    try:
        pipe.send_bytes(dumps(order.call))
        worked, result = loads(pipe.recv_bytes())  # noqa: S301 - from our own process
    except Exception as error:  # the process is gone, or what was sent cannot be pickled
        order.future.set_exception(BrokenExecutor(f"{type(error).__name__}: {error}"))
        return not isinstance(error, EOFError | OSError)
    (order.future.set_result if worked else order.future.set_exception)(result)
    return True


def _work(pipe: Connection) -> None:
    """What a worker does: one order after the other, until its parent is gone. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    ends: list[Any] = [pipe] if parent is None else [pipe, parent.sentinel]
    with suppress(EOFError, OSError):
        while pipe in wait(ends):
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def _answer(order: bytes) -> bytes:
    """The result of a call, or its exception, and which of them."""
    try:
        function, args, kwargs = loads(order)  # noqa: S301 - from our own parent
        return dumps((True, function(*args, **kwargs)))
    except Exception as error:  # of any kind: it belongs to whoever gave the order
        return dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))


def told(active: ActiveRule) -> tuple[Any, ...]:
    """An active rule as pickle wants it: how another process makes the same one.

    Its class alone would not do. The module of a user's own rule is unknown elsewhere, and a rule has its group from
    the folder that it was loaded from.
    """
    rule = active.rule
    package = type(rule).__module__.partition(".")[0]
    if package == LOCAL_PACKAGE:
        folder = os.path.abspath(sys.modules[LOCAL_PACKAGE].__path__[0])
    elif package == __name__.partition(".")[0]:
        folder = ""
    else:  # a class that anybody can import
        return ActiveRule, tuple(active)
    return _heard, (folder, rule.name, vars(rule), active.severity)


def _heard(folder: str, name: str, state: dict[str, Any], severity: Severity | None) -> ActiveRule:
    rule = copy(_rules(folder)[name])
    vars(rule).update(state)
    return ActiveRule(rule, severity)


@cache
def _rules(folder: str) -> dict[str, Rule]:
    return {rule.name: rule for rule in (local_rules(folder) if folder else built_in_rules())}
