"""The file that results are kept in: an SQLite database in the user's cache folder, which may be lost at any time.

It may also be damaged, or be something else altogether, or have been written by somebody who wishes us ill: what is
read from it are bytes, which nobody here believes. Two runs may use it at once.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

NAME = "examined-1.sqlite3"
"""The number is that of the layout, so that releases of different layouts keep out of each other's way."""

APPLICATION = 0x73697465
"""`site`: at its place in a database's header (https://www.sqlite.org/magic.txt) it says that the file is ours."""

MAGIC = b"SQLite format 3\0"
HEADER = 72
"""bytes: up to the end of the application's number"""

SCHEMA = (
    "CREATE TABLE file (path BLOB PRIMARY KEY, signature TEXT, digest BLOB, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE examined (key BLOB PRIMARY KEY, result BLOB, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE pruned (day INTEGER)",
)
PATIENCE = 5
"""seconds to wait for another run that is writing"""

KEPT_DAYS = 30
"""What was not used for so long is dropped."""

LARGEST = 256 * 1024 * 1024
"""bytes: a file that is larger is emptied"""

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
"""What SQLite says of a file that is not what it should be. Everything else (locked, full, read-only) may pass."""

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
    """The database of one folder. No method raises: what cannot be read is not there, what cannot be written is lost.

    `warn` is told, once, what the user should know of.
    """

    def __init__(self, folder: str, warn: Callable[[str], None]) -> None:
        self._path = os.path.join(folder, NAME)
        self._warn = warn
        self._usable = bool(folder) and self._is_ours()
        self._connection: sqlite3.Connection | None = None

    def _is_ours(self) -> bool:
        """Whether the file may be used, or made anew: it is not there yet, or begins as ours do."""
        try:
            if not stat.S_ISREG(os.stat(self._path).st_mode):
                header = b"something else"
            else:
                with open(self._path, "rb") as file:
                    header = file.read(HEADER)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        if not header or (header.startswith(MAGIC) and header[-4:] == APPLICATION.to_bytes(4, "big")):
            return True
        self._warn(
            f"{self._path} is no cache of sitecheck, so nothing is kept; move it away, or name another folder in "
            "SITECHECK_CACHE_DIR"
        )
        return False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Within it, `file` and `result` look things up, all at one moment of the database's life."""
        with self._guarded():
            if self._usable and os.path.exists(self._path):
                self._connection = self._connect()
                self._connection.execute("BEGIN")
                if not self._has_schema(self._connection):
                    self._close()
        try:
            yield
        finally:
            self._close()

    def file(self, path: bytes) -> tuple[object, ...] | None:
        """Signature, digest and day of a file's row."""
        return self._row("SELECT signature, digest, used FROM file WHERE path = ?", path)

    def result(self, key: bytes) -> tuple[object, ...] | None:
        """Result and day of a result's row."""
        return self._row("SELECT result, used FROM examined WHERE key = ?", key)

    def _row(self, query: str, value: bytes) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = None
        if self._connection is not None:
            try:
                row = self._connection.execute(query, (value,)).fetchone()
            except sqlite3.Error as error:
                self._give_up(error)
        return row

    def write(self, files: Iterable[FileRow], results: Iterable[ResultRow], today: int) -> None:
        """Add rows, or replace those of the same path or key; all of them or none."""
        with self._guarded():
            if not self._usable:
                return
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            self._connection = connection = self._connect()
            connection.execute("BEGIN IMMEDIATE")
            if not self._has_schema(connection):
                _create(connection)
            connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", files)
            connection.executemany("INSERT OR REPLACE INTO examined VALUES (?, ?, ?)", results)
            _prune(connection, today)
            connection.execute("COMMIT")
            if os.path.getsize(self._path) > LARGEST:
                _empty(connection)
        self._close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _has_schema(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are there. With others, with a view or a trigger, the file is not what we wrote."""
        found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master")}
        if found and found != set(SCHEMA):
            error = sqlite3.DatabaseError("not the tables that were made")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return bool(found)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """What SQLite or the system have to object ends the use of the file, and nothing else."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self._close()
        self._usable = False
        if isinstance(error, sqlite3.Error):
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            if code & 0xFF in DAMAGED:
                self._remove()

    def _remove(self) -> None:
        self._warn(f"the cache {self._path} was damaged, and is made anew")
        with suppress(OSError):
            with suppress(FileNotFoundError):
                os.unlink(f"{self._path}-journal")  # first: it would be played back into the next file of the name
            os.unlink(self._path)
            self._usable = True

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _create(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute("INSERT INTO pruned VALUES (0)")


def _prune(connection: sqlite3.Connection, today: int) -> None:
    """Once a day, drop what nobody uses any more."""
    if connection.execute("UPDATE pruned SET day = ? WHERE day <> ?", (today, today)).rowcount:
        for table in ("file", "examined"):
            connection.execute(f"DELETE FROM {table} WHERE used < ?", (today - KEPT_DAYS,))  # noqa: S608 - our own names


def _empty(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM file")
    connection.execute("DELETE FROM examined")
    connection.execute("VACUUM")
