"""Other processes: a pool of them, and how a rule gets there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from sitecheck.engine import ActiveRule
from sitecheck.rule import LOCAL_PACKAGE, PageRule, built_in_rules, local_rules

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sitecheck.finding import Severity

MOST_PROCESSES = 61
"""Windows can wait for no more."""


def processors() -> int:
    """How many processes can run at the same time."""
    if sys.platform == "linux":  # where a container or a batch job may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def pool(jobs: int) -> Iterator[Executor | None]:
    """A pool of so many processes, or of as many as there are processors for 0. It ends with the block, and at once.

    None where the system has no means for one, as in some sandboxes.
    """
    from concurrent.futures import ProcessPoolExecutor

    executor = None
    with suppress(OSError, ImportError, NotImplementedError):
        executor = ProcessPoolExecutor(min(jobs or processors(), MOST_PROCESSES), initializer=_prepare_worker)
    try:
        yield executor
    finally:
        if executor is not None:
            executor.shutdown(cancel_futures=True)


def _prepare_worker() -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends: a worker whose parent was killed waits for ever."""
    import signal
    from multiprocessing import connection, parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        sentinel = parent.sentinel

        def end_with_parent() -> None:
            connection.wait([sentinel])
            os._exit(1)

        Thread(target=end_with_parent, daemon=True).start()


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
def _rules(folder: str) -> dict[str, PageRule]:
    return {rule.name: rule for rule in (local_rules(folder) if folder else built_in_rules())}
