"""What is remembered of links: what was there needs not be asked for again soon, and what failed often is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import time

from sitecheck.database import Database
from sitecheck.store import cache_folder
from sitecheck.verdict import MOVED, OK, TRANSIENT, UNREACHABLE, VERDICTS, Verdict

NAME = "links-2.sqlite3"
"""The number is that of the layout."""

SCHEMA = (
    "CREATE TABLE link (url TEXT, settings TEXT, verdict TEXT, reason TEXT, status INTEGER, final_url TEXT, "
    "traits TEXT, checked REAL, PRIMARY KEY (url, settings)) WITHOUT ROWID",
    "CREATE TABLE outcome (url TEXT, settings TEXT, checked REAL, verdict TEXT, status INTEGER, "
    "PRIMARY KEY (url, settings, checked)) WITHOUT ROWID",
)
"""`link` has the last outcome of each link, `outcome` the history of those that were ever anything but ok.

`settings` is the digest of those that the link was asked with: what was found with others is another link's."""

DAY = 24 * 3600.0
KEPT = 120 * DAY
"""seconds after which an outcome is forgotten"""

BATCH = 200
"""verdicts that are written at once"""
EVERY = 1.0
"""seconds: no verdict waits longer to be written, as long as others follow"""

RUNS, SPAN = 3, 3 * DAY
"""A link that was transient in so many runs in a row, over at least so many seconds, counts as unreachable."""
APART = 3600.0
"""seconds: outcomes closer to each other count as one run"""

ADVICE = "name another file with --store"


def default_path() -> str:
    """In the user's cache folder; empty where there is none."""
    folder = cache_folder()
    return os.path.join(folder, NAME) if folder else ""


class LinkStore:
    """The verdicts of earlier runs, and of this one as they come. No method raises."""

    def __init__(
        self, path: str, settings: str, max_age: float, warn: Callable[[str], None], now: Callable[[], float] = time
    ) -> None:
        """`settings` is their digest, and `max_age` in seconds; what is known for longer is not reused."""
        self._database = Database(path, SCHEMA, warn, ADVICE)
        self._settings = settings
        self._max_age = max_age
        self._now = now
        self._waiting: list[tuple[Verdict, float]] = []
        self._written = now()

    def known(self, urls: list[str]) -> dict[str, Verdict]:
        """The links that were there a short while ago. Nothing else is ever taken for an answer."""
        found = {}
        since, until = self._now() - self._max_age, self._now() + 60
        self._database.open()
        for url in urls:
            row = self._database.row(
                "SELECT verdict, reason, status, final_url, traits, checked FROM link WHERE url = ? AND settings = ?",
                url, self._settings,
            )  # fmt: skip
            verdict = _read(url, row, since, until)
            if verdict is not None:
                found[url] = verdict
        self._database.close()
        return found

    def judged(self, verdict: Verdict) -> Verdict:
        """The verdict, in the light of what is remembered, which it is added to."""
        now = self._now()
        if verdict.verdict == TRANSIENT and self._was_unreachable(verdict.url, now):
            verdict = verdict._replace(traits=(*verdict.traits, UNREACHABLE))
        self._waiting.append((verdict, now))
        if len(self._waiting) >= BATCH or now - self._written >= EVERY:
            self.flush()
        return verdict

    def flush(self) -> None:
        """Write what is not written yet."""
        waiting, self._waiting = self._waiting, []
        self._written = self._now()
        if not waiting:
            return
        rows = [
            (
                verdict.url,
                self._settings,
                verdict.verdict,
                verdict.reason,
                verdict.status,
                verdict.final_url,
                " ".join(verdict.traits),
                at,
            )
            for verdict, at in waiting
        ]
        with self._database.writing() as connection:
            if connection is None:
                return
            # What went well is history only where something did not: it ends a series of failures.
            connection.executemany(
                "INSERT OR REPLACE INTO outcome SELECT ?1, ?2, ?5, ?3, ?4 WHERE ?3 NOT IN ('ok', 'skipped') "
                "OR EXISTS (SELECT 1 FROM outcome WHERE url = ?1 AND settings = ?2)",
                [(url, settings, said, status, at) for url, settings, said, _, status, _, _, at in rows],
            )
            connection.executemany("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def prune(self) -> None:
        """Forget what is old."""
        with self._database.writing() as connection:
            if connection is not None:
                connection.execute("DELETE FROM link WHERE checked < ?", (self._now() - KEPT,))
                connection.execute("DELETE FROM outcome WHERE checked < ?", (self._now() - KEPT,))

    def _was_unreachable(self, url: str, now: float) -> bool:
        """Whether the runs before this one, together with it, make a link unreachable."""
        self._database.open()
        times = [now]
        if self._database.connection is not None:
            with self._database.guarded():
                rows = self._database.connection.execute(
                    "SELECT checked, verdict FROM outcome WHERE url = ? AND settings = ? "
                    "ORDER BY checked DESC LIMIT 100",
                    (url, self._settings),
                ).fetchall()
                for checked, verdict in rows:
                    if verdict != TRANSIENT or not isinstance(checked, float):
                        break
                    if times[-1] - checked >= APART:
                        times.append(checked)
        self._database.close()
        return len(times) >= RUNS and times[0] - times[-1] >= SPAN


def _read(url: str, row: tuple[object, ...] | None, since: float, until: float) -> Verdict | None:
    """What a row says, if it is what we write, and good enough to be taken for an answer."""
    if row is None:
        return None
    verdict, reason, status, final_url, traits, checked = row
    if not (isinstance(verdict, str) and isinstance(reason, str) and isinstance(status, int)):
        return None
    if not (isinstance(final_url, str) and isinstance(traits, str) and isinstance(checked, float)):
        return None
    if verdict not in VERDICTS or verdict not in (OK, MOVED) or not since <= checked <= until:
        return None
    return Verdict(url, verdict, reason, status, final_url, 0.0, tuple(traits.split()))
