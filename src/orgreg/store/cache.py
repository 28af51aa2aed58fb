"""What was worked out before, by kind and key, in one SQLite file: never believed over the files, always deletable.

One file serves all registers of a user: an entry's key tells what it was made of, so it is right wherever and
whenever it is found, or it is not found at all. Its checksum binds key and value. So several processes may use it at
once, one that is killed leaves nothing wrong behind, and whatever else may happen to it (a full disk, a lock, a home
that cannot be written, bytes that are not as they were put) makes an answer slower and never another one. It lies in
the user's folder for caches, in a folder into which nobody else may look.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from zlib import crc32

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Mapping

EDITION: Final = 1
"""How the file is laid out. Another layout lies in another file, so that two versions of orgreg can be used in turn."""

LIMIT: Final = 1 << 30
"""Bytes. Above it what was not used for longest goes, until half is left."""

_NAME: Final = f"cache-{EDITION}.sqlite3"
_PATIENCE: Final = 0.2
"""Seconds that somebody who asks waits for another process; then the answer is worked out again."""
_FRESH: Final = 7
"""Days after which an entry that is used is noted as used again: a note is a write."""
_TOGETHER: Final = 500
"""Entries asked for in one statement: SQLite has a limit."""
_OWN: Final = 0o700
_OTHERS: Final = 0o022
_LAYOUT: Final = """
    PRAGMA page_size = 16384;
    PRAGMA auto_vacuum = INCREMENTAL;
    CREATE TABLE IF NOT EXISTS kept (
        name TEXT PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL, used INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS kept_by_use ON kept (used);
"""


class Keeping(Protocol):
    """Where what was worked out is kept from one command to the next: a `Cache`, or nothing at all."""

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        """What is there, by key."""
        ...

    def put(self, kind: str, made: Mapping[str, bytes]) -> None:
        """Keep it, if that can be done."""
        ...

    def connection(self) -> sqlite3.Connection | None:
        """The database, for tables of its own that a room keeps in it; None where there is none."""
        ...


class NoCache:
    """Keeps nothing."""

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:  # noqa: ARG002 - as the protocol says
        """Nothing is there."""
        return {}

    def put(self, kind: str, made: Mapping[str, bytes]) -> None:
        """Nothing is kept."""

    def connection(self) -> sqlite3.Connection | None:
        """There is no database."""
        return None


class Cache:
    """The cache in a folder. `day` is today as a number of days: what is used is noted with it, and is kept longer."""

    def __init__(self, folder: Path, day: int, *, limit: int = LIMIT) -> None:
        self.path = folder / _NAME
        self._day = day
        self._limit = limit
        self._connection: sqlite3.Connection | None = None
        self._is_given_up = False

    def get(self, kind: str, keys: Collection[str]) -> dict[str, bytes]:
        """What is there, by key. An entry whose bytes are not as they were put is not there."""
        found: dict[str, bytes] = {}
        wanted = list(keys)
        if wanted:
            self._run(lambda connection: self._fetch(connection, kind, wanted, found))
        return found

    def put(self, kind: str, made: Mapping[str, bytes]) -> None:
        """Keep it, if that can be done: never raises for a full disk, a lock, a home that cannot be written."""
        if made:
            named = ((f"{kind}:{key}", value) for key, value in made.items())
            rows = [(name, value, _checksum(name, value), self._day) for name, value in named]
            self._run(
                lambda connection: self._write(connection, "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
            )
            self._run(self._trim)

    def connection(self) -> sqlite3.Connection | None:
        """The open database, in autocommit, or None where there is none.

        Tables of one's own have no checksums but those that one makes. Where SQLite says that the file is malformed (a
        `sqlite3.DatabaseError` that is no `OperationalError`), call `discard`.
        """
        self._run(lambda _: None)
        return self._connection

    def discard(self) -> None:
        """Delete the file, which is not as it should be; the next command begins it again."""
        self._give_up()
        for ending in ("", "-journal"):
            with suppress(OSError):
                self.path.with_name(self.path.name + ending).unlink()

    def _run(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do it, if that can be done; what is wrong with the file ends here."""
        if self._is_given_up:
            return
        import sqlite3

        try:
            if self._connection is None:
                self._connection = _opened(self.path)
            work(self._connection)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR:
                self.discard()  # a table is not there, a text is none
            elif self._connection is None:
                self._give_up()
            else:
                self._roll_back()  # locked, full, not to be written: what is there is as it should be
        except sqlite3.DatabaseError:
            self.discard()
        except OSError:
            self._give_up()

    def _fetch(self, connection: sqlite3.Connection, kind: str, keys: list[str], found: dict[str, bytes]) -> None:
        old: list[tuple[int, str]] = []
        for at in range(0, len(keys), _TOGETHER):
            names = [f"{kind}:{key}" for key in keys[at : at + _TOGETHER]]
            asked = f"SELECT name, value, sum, used FROM kept WHERE name IN ({','.join('?' * len(names))})"  # noqa: S608 - marks
            for name, value, checksum, used in connection.execute(asked, names):
                if isinstance(value, bytes) and checksum == _checksum(name, value):
                    found[name[len(kind) + 1 :]] = value
                    if not isinstance(used, int) or abs(used - self._day) > _FRESH:
                        old.append((self._day, name))
        if old:
            self._write(connection, "UPDATE kept SET used = ? WHERE name = ?", old)

    def _write(self, connection: sqlite3.Connection, statement: str, rows: list[Any]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(statement, rows)
        connection.execute("COMMIT")

    def _roll_back(self) -> None:
        import sqlite3

        if self._connection is not None and self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _trim(self, connection: sqlite3.Connection) -> None:
        if _size(connection) <= self._limit:
            return
        half = "SELECT name FROM kept ORDER BY used LIMIT (SELECT (count(*) + 1) / 2 FROM kept)"
        while _size(connection) > self._limit // 2:
            if not connection.execute(f"DELETE FROM kept WHERE name IN ({half})").rowcount:  # noqa: S608 - fixed
                self.discard()  # what other rooms keep in it has grown too large
                return
        connection.executescript("PRAGMA incremental_vacuum")

    def _give_up(self) -> None:
        import sqlite3

        self._is_given_up = True
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


def folder_of(environment: Mapping[str, str], platform: str) -> Path | None:
    """Where the cache lies: where programs of that platform keep what may be deleted. None where no home is known."""
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return Path(local) / "orgreg" / "Cache" if local else None
    named, home = environment.get("XDG_CACHE_HOME"), environment.get("HOME")
    if named and Path(named).is_absolute():
        return Path(named) / "orgreg"
    if not home or not Path(home).is_absolute():
        return None
    return Path(home) / ("Library/Caches" if platform == "darwin" else ".cache") / "orgreg"


def _opened(path: Path) -> sqlite3.Connection:
    import sqlite3

    path.parent.mkdir(_OWN, parents=True, exist_ok=True)
    if hasattr(os, "getuid"):
        told = path.parent.stat()
        if told.st_uid != os.getuid() or told.st_mode & _OTHERS:
            # What others can write there is not what this user's orgreg has put.
            raise PermissionError(path.parent)
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        # A crash of the computer may take entries, and checksums tell which. The log of WAL would not work in a home
        # that lies on another computer.
        connection.executescript("PRAGMA synchronous = OFF; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'kept'").fetchall():
            connection.executescript(_LAYOUT)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _size(connection: sqlite3.Connection) -> int:
    """Bytes of the pages that are in use."""
    counted = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    ]
    return int((counted[0] - counted[1]) * counted[2])


def _checksum(name: str, value: bytes) -> int:
    return crc32(value, crc32(name.encode()))
