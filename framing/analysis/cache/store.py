"""One SQLite file of packed articles, safe for several processes; whatever is wrong with it costs time, never a result.

Articles are sealed with a hash of their name and content, so that what a broken disk or file made of them isn't taken
for an answer. A broken file is set aside; where nothing can be written, nothing is kept.
"""

import contextlib
import hashlib
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from framing.analysis.cache.place import FILE

T = TypeVar("T")

VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, used INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS contents (id INTEGER PRIMARY KEY, seal BLOB NOT NULL, data BLOB NOT NULL);
"""
AT_ONCE = 500  # names in one question; older builds of SQLite take no more than 999
PATIENCE = 30.0  # seconds to wait for another process that writes
HOUR = 3600  # when an article was last used is written no finer than this, so that reading seldom writes
ROOM = 0.9  # share of the limit that is left after old articles went, so that they don't go one by one
BESIDE = ("-wal", "-shm")  # what SQLite keeps beside the file while it is in use
BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}  # the last: other tables than ours


class CacheWarning(UserWarning):
    """A cache can't be used, or was begun anew."""


@dataclass(frozen=True, slots=True)
class Store:
    """The file of a cache, opened for each use, so that threads and processes share nothing but the file."""

    folder: Path
    limit: int

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / FILE

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Content by name of what is there of these names."""
        if not self.path.exists():
            return {}
        return self._with_file(lambda database: _get(database, keys), "nothing is taken from it") or {}

    def put(self, contents: Mapping[bytes, bytes]) -> bool:
        """Keep contents by name, and let the longest unused go when there are too many; say whether it went well."""
        done = self._with_file(lambda database: _put(database, contents, self.limit), "nothing is kept in it")
        return done is not None

    def count(self) -> int:
        """How many articles there are."""
        if not self.path.exists():
            return 0
        return self._with_file(_count, "it can't be looked into") or 0

    def size(self) -> int:
        """How many bytes it takes on the disk."""
        files = [self.path.with_name(self.path.name + suffix) for suffix in ("", *BESIDE)]
        return sum(file.stat().st_size for file in files if file.exists())

    def clear(self) -> bool:
        """Delete all articles, and give the disk their place back; say whether it went well."""
        return not self.path.exists() or self._with_file(_clear, "it can't be cleared") is not None

    def _with_file(self, work: Callable[[sqlite3.Connection], T], consequence: str) -> T | None:
        """Do something with the file, or warn and give None when it can't be used."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Transactions are begun and ended by hand.
            with contextlib.closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as database:
                database.execute("PRAGMA synchronous = OFF")  # a power cut may break the file, which is found out
                if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                    _make(database)
                return work(database)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in BROKEN:
                self._set_aside(error)
            else:
                warn(f"the cache {self.path} can't be used ({error}), so {consequence}")
        except OSError as error:
            warn(f"the cache {self.path} can't be used ({error.strerror or error}), so {consequence}")
        return None

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        aside = self.path.with_suffix(".broken")
        try:
            self.path.replace(aside)
            for suffix in BESIDE:
                self.path.with_name(FILE + suffix).unlink(missing_ok=True)
        except OSError:
            warn(f"the cache {self.path} is broken ({error}) and can't be renamed. Delete it")
            return
        warn(f"the cache {self.path} was broken ({error}); it is now called {aside.name}, and a new one is begun")


def warn(sentence: str) -> None:
    """Tell what is wrong with a cache; the caller is somewhere else, so that Python tells each sentence once."""
    warnings.warn(f"{sentence}. The results are the same without it.", CacheWarning, stacklevel=1)


def _get(database: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    stale: list[tuple[int, int]] = []
    now = int(time.time())
    for start in range(0, len(keys), AT_ONCE):
        asked = keys[start : start + AT_ONCE]
        rows = database.execute(
            "SELECT key, id, used, seal, data FROM articles JOIN contents USING (id) "
            f"WHERE key IN ({','.join('?' * len(asked))})",
            asked,
        )
        for key, number, used, seal, data in rows:
            if seal == _seal(key, data):
                found[key] = data
                if used < now - HOUR:
                    stale.append((now, number))
    if stale:
        with contextlib.suppress(sqlite3.OperationalError), _transaction(database):  # it may be read-only, or busy
            database.executemany("UPDATE articles SET used = ? WHERE id = ?", stale)
    return found


def _put(database: sqlite3.Connection, contents: Mapping[bytes, bytes], limit: int) -> bool:
    now = int(time.time())
    with _transaction(database):
        for key, data in contents.items():
            database.execute("INSERT OR IGNORE INTO articles (key, used, size) VALUES (?, 0, 0)", (key,))
            [number] = database.execute("SELECT id FROM articles WHERE key = ?", (key,)).fetchone()
            database.execute("UPDATE articles SET used = ?, size = ? WHERE id = ?", (now, len(data), number))
            database.execute("REPLACE INTO contents VALUES (?, ?, ?)", (number, _seal(key, data), data))
    if _in_use(database) > limit:
        with _transaction(database):
            _make_room(database, limit)
    return True


def _count(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT count(*) FROM articles").fetchone()[0])


def _clear(database: sqlite3.Connection) -> bool:
    with _transaction(database):
        database.execute("DELETE FROM articles")
        database.execute("DELETE FROM contents")
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def _make(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode = WAL")  # readers don't wait for a writer
    with _transaction(database):
        for statement in SCHEMA.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {VERSION}")


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _seal(key: bytes, data: bytes) -> bytes:
    return hashlib.sha256(key + data).digest()[:8]


def _in_use(database: sqlite3.Connection) -> int:
    pages, free, size = (
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _make_room(database: sqlite3.Connection, limit: int) -> None:
    """Delete the articles that were used longest ago, until the file has room again."""
    total = database.execute("SELECT sum(size) FROM articles").fetchone()[0] or 0
    surplus = total * (1 - ROOM * limit / max(_in_use(database), 1))
    for number, size in database.execute("SELECT id, size FROM articles ORDER BY used, id").fetchall():
        if surplus <= 0:
            return
        database.execute("DELETE FROM articles WHERE id = ?", (number,))
        database.execute("DELETE FROM contents WHERE id = ?", (number,))
        surplus -= size
