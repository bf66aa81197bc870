"""Tables written in parts as Parquet files, so that a large one need not lie in memory whole."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import polars as pl
import polars.selectors as cs
import pyarrow.parquet as pq

from pipeline.swap import BUILDING

ROW_GROUP: Final = 50_000
"""Rows that are gathered before they are written; the same parts give the same file."""
TEXT: Final = 4 << 20
"""Bytes of text that are, of each table, unless a part has more: texts may be of any length."""
_AT_ONCE: Final = 1_000
"""Rows of which a part that holds more is divided."""
_HEAD: Final = 5


@dataclass(frozen=True, slots=True)
class Written:
    """A table on disk, not yet where readers look for it: its file, number of rows, and first rows."""

    path: Path
    height: int
    head: pl.DataFrame

    def scan(self) -> pl.LazyFrame:
        """The rows, read when they are asked for."""
        return pl.scan_parquet(self.path)


@dataclass(slots=True)
class _Table:
    path: Path
    height: int = 0
    head: pl.DataFrame | None = None
    waiting: list[pl.DataFrame] = field(default_factory=list)
    n_waiting: int = 0
    text_waiting: int = 0
    writer: Any = None

    def add(self, part: pl.DataFrame) -> None:
        if self.head is None or self.head.height < _HEAD:
            first = part.head(_HEAD) if self.head is None else pl.concat([self.head, part]).head(_HEAD)
            # A copy: a slice would keep the whole part in memory for as long as it is shown.
            self.head = pl.DataFrame(first.rows(), schema=first.schema, orient="row")
        self.height += part.height
        for rows in part.iter_slices(_AT_ONCE) if part.height else [part]:
            self.waiting.append(rows)
            self.n_waiting += rows.height
            self.text_waiting += _text(rows)
            if self.n_waiting >= ROW_GROUP or self.text_waiting >= TEXT:
                self.flush()

    def flush(self) -> None:
        rows = pl.concat(self.waiting).to_arrow()
        self.waiting, self.n_waiting, self.text_waiting = [], 0, 0
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.path, rows.schema, compression="zstd")
        if rows.num_rows:
            self.writer.write_table(rows)

    def close(self) -> None:
        if self.waiting:
            self.flush()
        self.writer.close()


def _text(rows: pl.DataFrame) -> int:
    """Bytes of all texts in these rows."""
    return sum(rows.select(cs.string().str.len_bytes().sum()).row(0))


class Parts:
    """Writes tables part by part, each to a file of its own beside where it belongs.

    Used as a context; files that nobody has taken away by its end are deleted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, _Table] = {}

    def add(self, name: str, part: pl.DataFrame) -> None:
        """Append rows to a table; all parts of one have the same columns."""
        if name not in self._tables:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._tables[name] = _Table(self._folder / f"{BUILDING}{name}.{os.getpid()}.parquet")
        self._tables[name].add(part)

    def done(self) -> dict[str, Written]:
        """Finish all tables; by name, in the order in which they were begun."""
        found = {}
        for name, table in self._tables.items():
            table.close()
            assert table.head is not None
            found[name] = Written(table.path, table.height, table.head)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in self._tables.values():
            if table.writer is not None and table.writer.is_open:
                table.writer.close()
            table.path.unlink(missing_ok=True)


def counted(written: Written, column: str) -> dict[str, int]:
    """How often each value of a column occurs, the most frequent first."""
    found = written.scan().group_by(column).len().collect().sort(["len", column], descending=[True, False])
    return dict(found.iter_rows())
