"""Bringing the tables of a database up to date by the rows that differ, instead of filling all anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

import duckdb

from pipeline.contract import TABLES, ColumnType, Table, load_order
from pipeline.tables import Source, height

MOST_CHANGED: Final = 0.2
"""Share of rows that differ from which on a database is sooner filled anew."""
MOST_FREE: Final = 0.5
"""Share of a file that may be free blocks, which earlier rows have left."""

TOUCHED: Final = "temp.touched_documents"
"""Table of the `document_id` of every document of which a row, of any table, differs."""

Scan = Callable[[Source], str]
"""Makes a source something to select from; the SQL holds while the source is in use."""


def renew(
    con: duckdb.DuckDBPyConnection, frames: Mapping[str, Source], same: Collection[str], scan: Scan
) -> set[str] | None:
    """Make the tables of an open database hold the rows of `frames`; give the names of those that changed.

    `same` names tables whose rows are known to be those of `frames`: they are not compared. None where the
    database is sooner filled anew: too much differs, its file is mostly free space, or the rows that came
    out are not as many as they should be. It is then half changed, and to be thrown away, as it is when
    duckdb.Error is raised, of rows that break a key.

    Rows are compared by key and whole. One that others refer to is changed in its place, if DuckDB can: it
    replaces a row to change a list or a foreign key. Such a row goes and comes again, and so do those that
    refer to it. Rows that go are gone before any comes: DuckDB would take the old for still there.
    What documents it was about stands in `TOUCHED`, as long as the connection is open.
    """
    if _is_mostly_free(con):
        return None
    for declared in load_order():
        _compare(con, declared, None if declared.name in same else scan(frames[declared.name]))
    for declared in load_order():
        _take_along(con, declared)
    rows = sum(height(source) for source in frames.values())
    changed = {declared.name: _count(con, _difference(declared)) for declared in load_order()}
    if sum(changed.values()) > MOST_CHANGED * rows:
        return None
    _note_documents(con, {name: scan(frames[name]) for name, count in changed.items() if count})
    for declared in reversed(load_order()):
        con.execute(
            f"DELETE FROM {_named(declared.name)} AS o USING {_difference(declared)} AS d "  # noqa: S608
            f"WHERE {_same_key(declared, 'o', 'd')} AND d._what IN ('gone', 'replaced')"
        )
    for declared in load_order():
        if changed[declared.name]:
            _bring(con, declared, scan(frames[declared.name]))
        con.execute(f"DROP TABLE {_difference(declared)}")
    if any(_count(con, _named(name)) != height(source) for name, source in frames.items()):
        return None
    return {name for name, count in changed.items() if count}


def _compare(con: duckdb.DuckDBPyConnection, declared: Table, source: str | None) -> None:
    """Keep the keys of rows that differ, with what is to be done: gone, new, changed, replaced."""
    keys = declared.primary_key
    key = ", ".join(f"coalesce(o.{_named(k)}, n.{_named(k)}) AS {_named(k)}" for k in keys)
    if source is None:
        nothing = ", ".join(_named(k) for k in keys)
        select = f"SELECT {nothing}, '' AS _what FROM {_named(declared.name)} WHERE false"  # noqa: S608
    else:
        in_place = _in_place(declared)
        others = [c for c in declared.column_names if c not in keys and c not in in_place]
        select = (
            f"SELECT {key}, CASE WHEN n.{_named(keys[0])} IS NULL THEN 'gone' "  # noqa: S608
            f"WHEN o.{_named(keys[0])} IS NULL THEN 'new' "
            f"WHEN {_differ(others)} THEN 'replaced' ELSE 'changed' END AS _what "
            f"FROM {_named(declared.name)} AS o FULL JOIN {source} AS n ON {_same_key(declared, 'o', 'n')} "
            f"WHERE o.{_named(keys[0])} IS NULL OR n.{_named(keys[0])} IS NULL "
            f"OR {_differ([*others, *in_place])}"
        )
    con.execute(f"CREATE TEMP TABLE {_difference(declared)} AS {select}")


def _take_along(con: duckdb.DuckDBPyConnection, declared: Table) -> None:
    """Replace rows that refer to rows that go; those of tables that are loaded before have been settled."""
    for column in declared.columns:
        target = column.references
        if target is None or declared.name not in _referring(target.table):
            continue
        con.execute(
            f"CREATE TEMP TABLE taken AS SELECT {', '.join(_named(k) for k in declared.primary_key)} "  # noqa: S608
            f"FROM {_named(declared.name)} AS o SEMI JOIN "
            f"(FROM {_temporary(target.table)} WHERE _what IN ('gone', 'replaced')) AS d "
            f"ON o.{_named(column.name)} = d.{_named(target.column)}"
        )
        difference, alike = _difference(declared), _same_key(declared, "t", "d")
        con.execute(
            f"UPDATE {difference} AS d SET _what = 'replaced' FROM taken AS t "  # noqa: S608
            f"WHERE {alike} AND d._what = 'changed'"
        )
        con.execute(
            f"INSERT INTO {difference} SELECT t.*, 'replaced' FROM taken AS t "  # noqa: S608
            f"ANTI JOIN {difference} AS d ON {alike}"
        )
        con.execute("DROP TABLE taken")


def _note_documents(con: duckdb.DuckDBPyConnection, sources: Mapping[str, str]) -> None:
    con.execute(f"CREATE TEMP TABLE {TOUCHED} (document_id VARCHAR)")
    for declared in load_order():
        if declared.name in sources and "document_id" in declared.column_names:
            difference = _difference(declared)
            for rows in (_named(declared.name), sources[declared.name]):
                con.execute(
                    f"INSERT INTO {TOUCHED} SELECT DISTINCT o.document_id FROM {rows} AS o "  # noqa: S608
                    f"SEMI JOIN {difference} AS d ON {_same_key(declared, 'o', 'd')}"
                )


def _bring(con: duckdb.DuckDBPyConnection, declared: Table, source: str) -> None:
    """Change rows in their place, and insert those that are new or come again."""
    difference = _difference(declared)
    in_place = _in_place(declared)
    if in_place and _count(con, f"{difference} WHERE _what = 'changed'"):
        con.execute(
            f"UPDATE {_named(declared.name)} AS o "  # noqa: S608
            f"SET {', '.join(f'{_named(c)} = n.{_named(c)}' for c in in_place)} "
            f"FROM {source} AS n JOIN {difference} AS d ON {_same_key(declared, 'n', 'd')} "
            f"WHERE {_same_key(declared, 'o', 'n')} AND d._what = 'changed'"
        )
    names = ", ".join(_named(c) for c in declared.column_names)
    con.execute(
        f"INSERT INTO {_named(declared.name)} ({names}) SELECT {names} FROM {source} AS n SEMI JOIN "  # noqa: S608
        f"(FROM {difference} WHERE _what IN ('new', 'replaced')) AS d "
        f"ON {_same_key(declared, 'n', 'd')}"
    )


def _in_place(declared: Table) -> list[str]:
    """Columns that DuckDB changes without replacing the row; none where nothing refers to it."""
    if not _referring(declared.name):
        return []
    return [
        column.name
        for column in declared.columns
        if column.name not in declared.primary_key
        and column.type is not ColumnType.STRINGS
        and (column.references is None or column.references.table == declared.name)
    ]


def _referring(name: str) -> set[str]:
    """Tables with a foreign key, as `pipeline.contract.ddl` declares them, into the table `name`."""
    return {
        declared.name
        for declared in TABLES
        for column in declared.columns
        if column.references is not None
        and column.references.table == name != declared.name
        and column.type is not ColumnType.STRINGS
    }


def _is_mostly_free(con: duckdb.DuckDBPyConnection) -> bool:
    found = con.execute("SELECT free_blocks, total_blocks FROM pragma_database_size()").fetchall()
    return any(free > MOST_FREE * total for free, total in found)


def _count(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    found: int = con.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0]  # noqa: S608
    return found


def _differ(columns: Collection[str]) -> str:
    each = (f"o.{_named(c)} IS DISTINCT FROM n.{_named(c)}" for c in columns)
    return f"({' OR '.join(each)})" if columns else "false"


def _same_key(declared: Table, a: str, b: str) -> str:
    return " AND ".join(f"{a}.{_named(k)} = {b}.{_named(k)}" for k in declared.primary_key)


def _difference(declared: Table) -> str:
    return _temporary(declared.name)


def _temporary(name: str) -> str:
    return f'temp."difference_{name}"'


def _named(name: str) -> str:
    return f'"{name}"'
