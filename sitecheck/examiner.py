"""The files of a run are examined, as far as they are not known from an earlier one: here, or by several processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from sitecheck.cli import complain
from sitecheck.engine import CHUNK, Done, Examined, Task, examine_all

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sitecheck.cache import Cache


class Examiner:
    """Examines files, and writes down what was learnt when the block that it is used for ends, however it ends."""

    def __init__(self, jobs: int, *, cached: bool) -> None:
        self._jobs = jobs
        self._cached = cached
        self._cache: Cache | None = None

    def __enter__(self) -> Examiner:
        return self

    def __exit__(self, *_: object) -> None:
        if self._cache is not None:
            self._cache.write()

    def examine(self, tasks: Sequence[Task]) -> dict[str, Done]:
        """What is known, or becomes known, of each task, by its path."""
        if not self._cached:
            return dict(self._results(tasks))
        if self._cache is None:
            from sitecheck.cache import Cache

            self._cache = Cache(complain)
        known = self._cache.known(tasks)
        return {**known, **dict(self._results([task for task in tasks if task.path not in known]))}

    def learn(self, task: Task, examined: Examined) -> None:
        """Keep a result, of a file as it is on disk, to which a fact was added."""
        if self._cache is not None:
            self._cache.learn(task, examined)

    def _results(self, tasks: Sequence[Task]) -> Iterator[tuple[str, Done]]:
        """The path of each task and what became of it. If that takes long, a terminal shows how far it is."""
        from sitecheck.progress import Progress
        from sitecheck.terminal import width_of

        cache = self._cache
        names = (task.display for task in (*tasks[1:], *tasks[-1:]))
        with self._executor(len(tasks)) as executor, Progress(len(tasks), sys.stderr, width_of) as progress:
            for (task, done), name in zip(examine_all(tasks, executor, digest=cache is not None), names, strict=True):
                if cache is not None:
                    cache.keep(task, done)
                yield task.path, done
                progress.step(name)

    def _executor(self, files: int) -> AbstractContextManager[Executor | None]:
        if self._jobs == 1 or files <= CHUNK:
            return nullcontext()
        from sitecheck.parallel import pool

        return pool(self._jobs)
