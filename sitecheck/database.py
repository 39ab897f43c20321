"""An SQLite file of ours, which may be lost at any time: opened, checked, and made anew where it is damaged.

It may also be something else altogether, or have been written by somebody who wishes us ill: what is read from it is
believed by nobody. Two runs may use it at once.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

APPLICATION = 0x73697465
"""`site`: at its place in a database's header (https://www.sqlite.org/magic.txt) it says that the file is ours."""

MAGIC = b"SQLite format 3\0"
HEADER = 72
"""bytes: up to the end of the application's number"""

PATIENCE = 5
"""seconds to wait for another run that is writing"""

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
"""What SQLite says of a file that is not what it should be. Everything else (locked, full, read-only) may pass."""


class Database:
    """The file at a path. No method raises: what cannot be read is not there, what cannot be written is lost.

    `schema` are the statements that make its tables, and `advice` says what to do about a file that is not ours. `warn`
    is told, once, what the user should know of.
    """

    def __init__(self, path: str, schema: tuple[str, ...], warn: Callable[[str], None], advice: str) -> None:
        self.path = path
        self.connection: sqlite3.Connection | None = None
        """open between `open` and `close`, where there is something to read"""
        self._schema = schema
        self._warn = warn
        self._advice = advice
        self.usable = bool(path) and self._is_ours()

    def _is_ours(self) -> bool:
        """Whether the file may be used, or made anew: it is not there yet, or begins as ours do."""
        try:
            if not stat.S_ISREG(os.stat(self.path).st_mode):
                header = b"something else"
            else:
                with open(self.path, "rb") as file:
                    header = file.read(HEADER)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        if not header or (header.startswith(MAGIC) and header[-4:] == APPLICATION.to_bytes(4, "big")):
            return True
        self._warn(f"{self.path} is no cache of sitecheck, so nothing is kept; {self._advice}")
        return False

    def open(self) -> None:
        """Begin to read, if the file is there and has our tables."""
        with self.guarded():
            if self.usable and os.path.exists(self.path):
                self.connection = self._connect()
                self.connection.execute("BEGIN")
                if not self._has_schema(self.connection):
                    self.close()

    def row(self, query: str, *values: object) -> tuple[object, ...] | None:
        """The first row of a query; None where there is none, or nothing is open."""
        row: tuple[object, ...] | None = None
        if self.connection is not None:
            try:
                row = self.connection.execute(query, values).fetchone()
            except sqlite3.Error as error:
                self.give_up(error)
        return row

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection | None]:
        """A connection whose changes are kept when the block ends, all of them or none; None where nothing can be."""
        self.close()
        with self.guarded():
            if self.usable:
                os.makedirs(os.path.dirname(self.path) or os.curdir, mode=0o700, exist_ok=True)
                self.connection = self._connect()
                self.connection.execute("BEGIN IMMEDIATE")
                if not self._has_schema(self.connection):
                    self._create(self.connection)
        try:
            with self.guarded():
                yield self.connection
                if self.connection is not None:
                    self.connection.execute("COMMIT")
        finally:
            self.close()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """What SQLite or the system have to object ends the use of the file, and nothing else."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self.give_up(error)

    def give_up(self, error: Exception) -> None:
        self.close()
        self.usable = False
        if isinstance(error, sqlite3.Error):
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            if code & 0xFF in DAMAGED:
                self._remove()

    def compact(self) -> None:
        """Give the system back what deleted rows took."""
        with self.guarded():
            if self.usable:
                self.connection = self._connect()
                self.connection.execute("VACUUM")
        self.close()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _has_schema(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are there. With others, with a view or a trigger, the file is not what we wrote."""
        found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master")}
        if found and found != set(self._schema):
            error = sqlite3.DatabaseError("not the tables that were made")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return bool(found)

    def _create(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        for statement in self._schema:
            connection.execute(statement)

    def _remove(self) -> None:
        self._warn(f"the cache {self.path} was damaged, and is made anew")
        with suppress(OSError):
            with suppress(FileNotFoundError):
                os.unlink(f"{self.path}-journal")  # first: it would be played back into the next file of the name
            os.unlink(self.path)
            self.usable = True
