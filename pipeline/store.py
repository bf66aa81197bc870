"""What documents gave in earlier runs: a content-addressed store in one SQLite file.

An entry's key is a digest of everything that it depends on, so that entries never go stale: what changes is
looked for under another key. Each value is kept with a digest of its own; one that does not fit is as good
as absent, and is made anew. The file holds nothing that cannot be made again: deleting it costs time only.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

from pipeline.errors import ParleyError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Kind = Literal[
    "page", "clean", "dated", "cleaned_group", "cleaned_piece",
    "parse", "told", "rows", "read_group", "read_piece",
]  # fmt: skip
"""`page`: text and facts of an HTML page; `clean`: a document cleaned by itself; `dated`: what follows from
what others tell of the day of one that gives none; `parse`: parses; `told`: for the corpus steps; `rows`: of
tables; `cleaned_group` and `read_group`: what several documents give together; `cleaned_piece` and
`read_piece`: pieces of what all give."""

KEEP_TIMES: Final = 3
KEEP_BYTES: Final = 256 << 20
"""Entries that no run has asked for lately are kept up to three times the bytes of those that the last run
asked for, and 256 MiB: enough for a few other packs, models or states of the corpus."""

_LAYOUT: Final = 1
_LEVEL: Final = 1
_FRAME: Final = b"\x28\xb5\x2f\xfd"
"""What a Zstandard frame begins with; no zlib stream does, and values of older stores are such."""
_GROWTH: Final = 1.25
_COMMIT_SECONDS: Final = 2.0
_CHUNK: Final = 500
_BUSY_SECONDS: Final = 60.0
_log = logging.getLogger(__name__)


class StoreError(ParleyError):
    """The store cannot be read or written: the disk is full, the folder read-only, another run holds it."""


class Store:
    """Entries by kind and key; written by one process at a time, read by any number.

    Attributes:
        damaged: entries that did not fit their digest and were dropped.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the store, or make it; None keeps everything in memory.

        A file that is no store, or damaged beyond reading, is put aside as `<name>.damaged`.
        """
        self._path = path
        self.damaged = 0
        self._uncommitted = 0.0
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._con = self._opened()
        except sqlite3.OperationalError as error:
            raise self._error(error) from error
        except sqlite3.DatabaseError as error:
            self._start_anew(error)

    def _opened(self) -> sqlite3.Connection:
        con = sqlite3.connect(
            self._path or ":memory:",
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            con.execute("PRAGMA journal_mode = WAL")
            con.execute("PRAGMA synchronous = NORMAL")
            con.execute("PRAGMA cache_size = -65536")
            (layout,) = con.execute("PRAGMA user_version").fetchone()
            if layout not in (0, _LAYOUT):
                raise sqlite3.DatabaseError(f"layout {layout} instead of {_LAYOUT}")
            con.execute(
                "CREATE TABLE IF NOT EXISTS entries (kind TEXT, key TEXT, size INTEGER NOT NULL,"
                " digest BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (kind, key))"
            )
            con.execute("CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
            if layout != _LAYOUT:  # a reader need not wait for who writes
                con.execute(f"PRAGMA user_version = {_LAYOUT}")
        except BaseException:
            con.close()
            raise
        return con

    def _start_anew(self, error: sqlite3.DatabaseError) -> None:
        if self._path is None:
            raise self._error(error) from error
        aside = self._path.with_name(f"{self._path.name}.damaged")
        _log.warning("The store %s is damaged (%s): put aside as %s.", self._path, error, aside.name)
        self.damaged += 1
        self._path.replace(aside)
        for ending in ("-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        self._con = self._opened()

    def known(self, kind: Kind, keys: Sequence[str]) -> set[str]:
        """Which of the keys have an entry; their values are not looked at."""
        found: set[str] = set()
        for part in _chunks(keys):
            marks = ",".join("?" * len(part))
            found.update(
                key
                for (key,) in self._read(
                    f"SELECT key FROM entries WHERE kind = ? AND key IN ({marks})",  # noqa: S608
                    (kind, *part),
                )
            )
        return found

    def get(self, kind: Kind, keys: Sequence[str]) -> dict[str, bytes]:
        """Values by key; absent are those without an entry and those whose entry was damaged.

        A damaged entry is told in the log, counted, and dropped.
        """
        found: dict[str, bytes] = {}
        for part in _chunks(keys):
            marks = ",".join("?" * len(part))
            read = self._read(
                f"SELECT key, digest, value FROM entries WHERE kind = ? AND key IN ({marks})",  # noqa: S608
                (kind, *part),
            )
            for key, digest, value in read:
                try:
                    if not isinstance(value, bytes) or digest != _digest(kind, key, value):
                        raise ValueError("the digest differs")
                    found[key] = _unpacked(value)
                except (ValueError, zlib.error, zstd.ZstdError) as error:
                    self._drop(kind, key, str(error))
        return found

    def _read(self, query: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        try:
            return self._con.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            raise self._error(error) from error
        except sqlite3.DatabaseError as error:
            self._con.close()
            self._start_anew(error)
            return []

    def _drop(self, kind: Kind, key: str, why: str) -> None:
        self.damaged += 1
        _log.warning("A stored result is damaged and is made anew: %s %s (%s).", kind, key, why)
        self._write("DELETE FROM entries WHERE kind = ? AND key = ?", [(kind, key)])

    def put(self, entries: Iterable[tuple[Kind, str, bytes]]) -> None:
        """Keep values; those of one call are kept together or not at all. Committed every few seconds."""
        rows = []
        for kind, key, value in entries:
            packed = zstd.compress(value, _LEVEL)
            rows.append((kind, key, len(packed), _digest(kind, key, packed), packed))
        self._write("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", rows)

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        try:
            if not self._con.in_transaction:
                self._con.execute("BEGIN IMMEDIATE")
                self._uncommitted = time.monotonic()
            self._con.executemany(statement, rows)
            if time.monotonic() - self._uncommitted > _COMMIT_SECONDS:
                self._con.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error

    def commit(self) -> None:
        """Make sure that what was put is kept, whatever happens to this process."""
        try:
            if self._con.in_transaction:
                self._con.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error

    def prune(self, kinds: Sequence[Kind], used: Callable[[], Iterable[tuple[Kind, str]]]) -> int:
        """Drop the oldest entries of some kinds that were not used, if they are many; how many were dropped.

        Looked at only when entries of these kinds have grown by a quarter since the last time. See
        `KEEP_TIMES` and `KEEP_BYTES` for how many stay, those written last first.

        Args:
            kinds: what is looked at.
            used: gives the entries of these kinds that the run at hand has asked for; they stay.
        """
        self.commit()
        con = self._con
        looked = json.dumps(list(kinds))
        sized = "SELECT coalesce(sum(size), 0) FROM entries WHERE kind IN (SELECT value FROM json_each(?))"
        state = f"pruned {' '.join(sorted(kinds))}"
        try:
            (size,) = con.execute(sized, (looked,)).fetchone()
            before = con.execute("SELECT value FROM state WHERE name = ?", (state,)).fetchone() or (0,)
            if size <= max(KEEP_BYTES, _GROWTH * before[0]):
                return 0
            con.execute("CREATE TEMP TABLE used (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID")
            con.execute("BEGIN IMMEDIATE")
            con.executemany("INSERT OR IGNORE INTO used VALUES (?, ?)", used())
            (own,) = con.execute(
                "SELECT coalesce(sum(size), 0) FROM entries JOIN used USING (kind, key)"
            ).fetchone()
            dropped = con.execute(
                "DELETE FROM entries WHERE rowid IN (SELECT rowid FROM (SELECT e.rowid,"
                " sum(e.size) OVER (ORDER BY e.rowid DESC) AS bytes FROM entries e"
                " LEFT JOIN used u USING (kind, key) WHERE u.key IS NULL"
                " AND e.kind IN (SELECT value FROM json_each(?))) WHERE bytes > ?)",
                (looked, KEEP_TIMES * own + KEEP_BYTES),
            ).rowcount
            (size,) = con.execute(sized, (looked,)).fetchone()
            con.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (state, size))
            con.execute("COMMIT")
            con.execute("DROP TABLE used")
        except sqlite3.DatabaseError as error:
            raise self._error(error) from error
        return dropped

    def close(self) -> None:
        """Commit and close."""
        self.commit()
        self._con.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What was put is whole, whatever went wrong elsewhere: the next run need not make it again.
        self.close()

    def _error(self, error: sqlite3.Error) -> StoreError:
        return StoreError("store_unusable", f"The store {self._path or 'in memory'} failed: {error}.")


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[i : i + _CHUNK] for i in range(0, len(keys), _CHUNK))


def _unpacked(value: bytes) -> bytes:
    return zstd.decompress(value) if value.startswith(_FRAME) else zlib.decompress(value)


def _digest(kind: str, key: str, value: bytes) -> bytes:
    """Binds the value to its place: an entry under another's key is damaged, too."""
    digest = hashlib.blake2b(f"{kind} {key} ".encode(), digest_size=16)
    digest.update(value)
    return digest.digest()
