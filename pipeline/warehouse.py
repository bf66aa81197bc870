"""The DuckDB database: made beside the old one, whole or out of its copy, and swapped in with one rename."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from pipeline.contract import Table, load_order, table
from pipeline.contract.ddl import comments, create_table, of_files
from pipeline.errors import ContractError
from pipeline.renewal import TOUCHED, Scan, renew
from pipeline.swap import BUILDING, clear_leftovers, exclusive, storing, sync_file
from pipeline.tables import Source, height, order, polars_schema, validate_frames, validate_whole
from pipeline.views import MISMATCHES, create_views, refresh_views, store_views

logger = logging.getLogger(__name__)

_OFFLINE: Final[dict[str, Any]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# Analysts' clients are older than the library here: they can open files of this version.
CONFIG: Final[dict[str, Any]] = {**_OFFLINE, "storage_compatibility_version": "v1.5.0"}
MEMORY: Final = 128 << 20
"""Bytes that DuckDB may take of a database, beside its keys: what lies in tables may be any number of times
as much, and what is sorted or joined goes to the disk."""
MEMORY_OF_A_ROW: Final = 72
"""Bytes that it may take besides while it builds one, for each row: keys stay in memory until all are in.
Measured: 512 MiB hold those of some 100,000 documents, which have 5.8 million rows."""


def build_database(
    database: Path,
    frames: Mapping[str, Source],
    *,
    unchecked: Collection[str] | None = None,
    same: Collection[str] | None = None,
) -> None:
    """Build a database of all tables and views, and put it in the place of `database` in one step.

    `frames` holds a frame, or a Parquet file, for every table of the contract; a file is read by DuckDB
    itself. Readers that have the old database open go on reading it; whoever opens it afterwards gets the
    new one. Raise ContractError if a table does not keep the contract or an evidence differs from the text
    it points to; the old database is then untouched and nothing is left behind.

    `unchecked` names the tables whose values nobody has looked at, by default all. Where suites of checks
    have passed on the others, and one will ask the database for evidence that differs, none of it is done
    twice; keys and checks that the tables themselves declare are DuckDB's to keep, in any case.

    `same` says that this very code built `database`, and of which tables its rows are those of `frames`:
    a copy of it is then brought up to date, where that is less work. The rows of all tables and views are
    the same either way; in tables that have no order of their own they may lie in another.
    """
    validate_whole(frames, unchecked)

    def fill(new: Path) -> None:
        if same is not None and _renewed(database, new, frames, same, unchecked):
            return
        clear_leftovers(new.parent, database.name)
        memory = _memory_for(frames)
        try:
            _fill(_opened(new, memory), frames, unchecked)
        except (duckdb.OutOfMemoryException, duckdb.TransactionException) as error:
            # The one while it works, the other where it commits.
            logger.warning("the database is built with more memory than %s bytes: %s", memory, error)
            clear_leftovers(new.parent, database.name)
            _fill(duckdb.connect(str(new), config=CONFIG), frames, unchecked)

    _swap(database, fill)


def publish_database(built: Path, database: Path, quality_results: pl.DataFrame) -> None:
    """Put a copy of the database `built`, with `quality_results` for its own, in the place of `database`.

    `built` is one that `build_database` made and whose checks have passed: nothing else is looked at again.
    Readers of the old database go on reading it. Raise ContractError if the results do not keep the contract.
    """
    validate_frames({"quality_results": quality_results})

    def fill(new: Path) -> None:
        shutil.copyfile(built, new)
        with _opened(new, MEMORY) as con:
            con.execute("DELETE FROM quality_results")
            _insert(con, table("quality_results"), quality_results)
            con.execute("CHECKPOINT")

    _swap(database, fill)


def create_all(con: duckdb.DuckDBPyConnection) -> None:
    """Create all tables and views, empty, with their descriptions."""
    for declared in load_order():
        con.execute(create_table(declared))
        for comment in comments(declared):
            con.execute(comment)
    create_views(con)


def evidence_mismatches(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str, str | None]]:
    """Rows whose words are not what stands at their offsets: (table, column, key, words, text there)."""
    return con.execute(f"SELECT * FROM {MISMATCHES}").fetchall()  # noqa: S608 - a constant


def open_database(database: Path) -> duckdb.DuckDBPyConnection:
    """Open the database for reading; it keeps what it holds now, whatever is swapped in later."""
    return duckdb.connect(str(database), read_only=True, config=_OFFLINE)


@contextmanager
def open_sparingly(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same for questions that read all of it: however large it is, they take about as much memory.

    One thread, since each holds rows of its own; what there is no room for goes to a folder of the system's.
    """
    with tempfile.TemporaryDirectory() as spilled:
        bounds: dict[str, Any] = {"memory_limit": f"{MEMORY}B", "threads": 1, "temp_directory": spilled}
        with duckdb.connect(str(database), read_only=True, config={**_OFFLINE, **bounds}) as con:
            yield con


def read_table(database: Path, name: str) -> pl.DataFrame:
    """A table of the contract as a database holds it, with its columns, types and order."""
    declared = table(name)
    with open_database(database) as con:
        found = con.execute(f'SELECT * FROM "{declared.name}"').fetchall()  # noqa: S608 - a contract's name
    return order(name, pl.DataFrame(found, schema=polars_schema(name), orient="row"))


def _swap(database: Path, fill: Callable[[Path], None]) -> None:
    folder = database.parent
    with exclusive(folder, database.name), storing(folder):
        clear_leftovers(folder, database.name)
        new = folder / f"{BUILDING}{database.name}"
        try:
            fill(new)
            sync_file(new)
            # Before the swap: a log of the old file must never be replayed into the new one.
            database.with_name(f"{database.name}.wal").unlink(missing_ok=True)
            new.replace(database)
            sync_file(folder)
        finally:
            clear_leftovers(folder, database.name)


def _fill(
    opened: duckdb.DuckDBPyConnection, frames: Mapping[str, Source], unchecked: Collection[str] | None
) -> None:
    """Make all tables and views in an empty database, and close it."""
    with opened as con:
        con.begin()
        create_all(con)
        con.commit()
        for declared in load_order():
            _insert(con, declared, frames[declared.name])
        _refuse_mismatches(con, unchecked)
        con.begin()
        store_views(con)
        con.commit()
        con.execute("CHECKPOINT")


def _renewed(
    database: Path,
    new: Path,
    frames: Mapping[str, Source],
    same: Collection[str],
    unchecked: Collection[str] | None,
) -> bool:
    """Make `new` out of a copy of `database`; False where it is sooner built whole, or cannot be renewed."""
    try:
        shutil.copyfile(database, new)
        with _opened(new, _memory_for(frames)) as con, _scanned(con) as scan:
            changed = renew(con, frames, same, scan)
            if changed is None:
                return False
            _refuse_mismatches(con, unchecked)
            con.begin()
            refresh_views(con, changed, TOUCHED)
            con.commit()
            con.execute("CHECKPOINT")
    except (FileNotFoundError, duckdb.Error) as error:
        logger.warning("the database is built whole: %s", error)
        return False
    return True


def _refuse_mismatches(con: duckdb.DuckDBPyConnection, unchecked: Collection[str] | None) -> None:
    if unchecked is None and (wrong := evidence_mismatches(con)):
        raise ContractError("evidence_differs", _describe(wrong))


def _memory_for(frames: Mapping[str, Source]) -> int:
    """Bytes that building a database of these rows may take."""
    return MEMORY + MEMORY_OF_A_ROW * sum(height(source) for source in frames.values())


def _opened(new: Path, memory: int) -> duckdb.DuckDBPyConnection:
    """A database that is being written: what does not fit into memory goes to a folder beside it."""
    bounds = {"memory_limit": f"{memory}B", "temp_directory": str(new.with_name(f"{new.name}.spilled"))}
    return duckdb.connect(str(new), config={**CONFIG, **bounds})


@contextmanager
def _scanned(con: duckdb.DuckDBPyConnection) -> Iterator[Scan]:
    """What makes sources something to select from."""
    registered: list[str] = []

    def scan(source: Source) -> str:
        if isinstance(source, Path):
            return of_files([source])
        registered.append(f"incoming_{len(registered)}")
        con.register(registered[-1], source)
        return registered[-1]

    try:
        yield scan
    finally:
        for name in registered:
            con.unregister(name)


def _insert(con: duckdb.DuckDBPyConnection, declared: Table, source: Source) -> None:
    names = ", ".join(f'"{name}"' for name in declared.column_names)
    with _scanned(con) as scan:
        con.execute(f'INSERT INTO "{declared.name}" ({names}) SELECT {names} FROM {scan(source)}')  # noqa: S608


def _describe(wrong: list[tuple[str, str, str, str, str | None]]) -> str:
    name, column, key, found, there = wrong[0]
    return f"{len(wrong)} row(s), such as {name} {key}: {column} is {found!r}, the text there {there!r}."
