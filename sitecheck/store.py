"""The file that results are kept in, in the user's cache folder: a `Database` of what was found in each file."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sitecheck.database import Database

NAME = "examined-1.sqlite3"
"""The number is that of the layout, so that releases of different layouts keep out of each other's way."""

SCHEMA = (
    "CREATE TABLE file (path BLOB PRIMARY KEY, signature TEXT, digest BLOB, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE examined (key BLOB PRIMARY KEY, result BLOB, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE pruned (day INTEGER)",
)
KEPT_DAYS = 30
"""What was not used for so long is dropped."""

LARGEST = 256 * 1024 * 1024
"""bytes: a file that is larger is emptied"""

ADVICE = "move it away, or name another folder in SITECHECK_CACHE_DIR"

FileRow = tuple[bytes, str, bytes, int]
"""path, signature, digest of the content, day of the last use"""

ResultRow = tuple[bytes, bytes, int]
"""key, result, day of the last use"""


def cache_folder() -> str:
    """Where the user's programs keep what can be made again; empty where there is no such place."""
    own = os.environ.get("SITECHECK_CACHE_DIR")
    if own:
        return os.path.abspath(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # the standard says: to be ignored then
            base = os.path.expanduser("~/.cache")
    return os.path.join(base, "sitecheck") if os.path.isabs(base) else ""


class Store:
    """The results in one folder. No method raises: what cannot be read is not there, what cannot be written is lost.

    `warn` is told, once, what the user should know of.
    """

    def __init__(self, folder: str, warn: Callable[[str], None]) -> None:
        self._database = Database(os.path.join(folder, NAME) if folder else "", SCHEMA, warn, ADVICE)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Within it, `file` and `result` look things up, all at one moment of the database's life."""
        self._database.open()
        try:
            yield
        finally:
            self._database.close()

    def file(self, path: bytes) -> tuple[object, ...] | None:
        """Signature, digest and day of a file's row."""
        return self._database.row("SELECT signature, digest, used FROM file WHERE path = ?", path)

    def result(self, key: bytes) -> tuple[object, ...] | None:
        """Result and day of a result's row."""
        return self._database.row("SELECT result, used FROM examined WHERE key = ?", key)

    def write(self, files: Iterable[FileRow], results: Iterable[ResultRow], today: int) -> None:
        """Add rows, or replace those of the same path or key; all of them or none."""
        with self._database.writing() as connection:
            if connection is None:
                return
            connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", files)
            connection.executemany("INSERT OR REPLACE INTO examined VALUES (?, ?, ?)", results)
            _prune(connection, today)
        with self._database.guarded():
            if os.path.getsize(self._database.path) > LARGEST:
                with self._database.writing() as connection:
                    if connection is not None:
                        connection.execute("DELETE FROM file")
                        connection.execute("DELETE FROM examined")
                self._database.compact()


def _prune(connection: sqlite3.Connection, today: int) -> None:
    """Once a day, drop what nobody uses any more."""
    if not connection.execute("SELECT 1 FROM pruned WHERE day = ?", (today,)).fetchone():
        connection.execute("DELETE FROM pruned")
        connection.execute("INSERT INTO pruned VALUES (?)", (today,))
        for table in ("file", "examined"):
            connection.execute(f"DELETE FROM {table} WHERE used < ?", (today - KEPT_DAYS,))  # noqa: S608 - our own names
