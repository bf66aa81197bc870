"""Dagster's SQLite event log without a wait for the disk at every event: named in `dagster.yaml`."""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

MAX_OPEN = 8


class EventLog(SqliteEventLogStorage):
    """Keeps the connection to a run's log open, and syncs at checkpoints instead of at every commit.

    The parent opens and closes the file anew for each of a run's hundreds of events, and each time waits
    for the disk: more time than the pipeline takes on a slow one. With a write-ahead log a crash of the
    machine can so cost the last events of a run, and never damages the file.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None):
        self._open: OrderedDict[str, sa.Engine] = OrderedDict()
        self._there: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> "EventLog":
        """The storage that `dagster.yaml` configures."""
        return cls(inst_data=inst_data, **config_value)

    def has_table(self, table_name: str) -> bool:
        """Whether the log has a table; once there it stays, and is asked for at every event of a check."""
        if table_name not in self._there and super().has_table(table_name):
            self._there.add(table_name)
        return table_name in self._there

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> sa.Engine:
        engine = self._open.pop(shard, None)
        if engine is None:
            engine = sa.create_engine(
                self.conn_string_for_shard(shard),
                poolclass=sa.StaticPool,
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
            )
            sa.event.listen(engine, "connect", _sync_at_checkpoints)
        self._open[shard] = engine
        while len(self._open) > MAX_OPEN:
            self._open.popitem(last=False)[1].dispose()
        return engine

    def wipe(self) -> None:
        """Close all files before the parent deletes them."""
        self._close()
        super().wipe()

    def dispose(self) -> None:
        """Close all files."""
        super().dispose()
        self._close()

    def _close(self) -> None:
        with self._db_lock:
            while self._open:
                self._open.popitem()[1].dispose()


def _sync_at_checkpoints(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
