"""Questions on large tables that DuckDB answers itself, with a yes or a no, and in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from pipeline.contract import ColumnType, Table


def same_rows(
    con: duckdb.DuckDBPyConnection,
    one: str,
    other: str,
    columns: Sequence[str],
    key: Sequence[str] | None = None,
) -> bool:
    """Whether two relations of equal height hold the same values, of the same types, in the same order.

    `one` and `other` are SQL behind FROM. Both are read side by side, no more than a few rows at a time.
    With a `key`, columns that tell the rows of `one` apart, rows in another order are the same, too.
    """
    listed = ", ".join(f'"{column}"' for column in columns)
    ours, theirs = (f"SELECT {listed} FROM {each}" for each in (one, other))  # noqa: S608 - of the contract
    if con.sql(ours).types != con.sql(theirs).types:
        return False
    differ = " OR ".join(f'a."{column}" IS DISTINCT FROM b."{column}"' for column in columns)
    query = f"SELECT count(*) FROM ({ours}) AS a POSITIONAL JOIN ({theirs}) AS b WHERE {differ}"  # noqa: S608
    ((found,),) = con.execute(query).fetchall()
    if found and key:
        alike = " AND ".join(f'a."{column}" = b."{column}"' for column in key)
        query = f"SELECT count(*) FROM ({ours}) AS a LEFT JOIN ({theirs}) AS b ON {alike} WHERE {differ}"  # noqa: S608
        ((found,),) = con.execute(query).fetchall()
    return int(found) == 0


def keys_lead_somewhere(con: duckdb.DuckDBPyConnection, declared: Table, tables: Mapping[str, str]) -> bool:
    """Whether every foreign key of a table (of lists: each element) occurs where it leads; null passes.

    `tables` are relations, as SQL behind FROM, by name of the table; keys into others are left out.
    """
    for column in declared.columns:
        reference = column.references
        if reference is None or reference.table not in tables:
            continue
        value = f'unnest("{column.name}")' if column.type is ColumnType.STRINGS else f'"{column.name}"'
        query = (
            f"SELECT count(*) FROM (SELECT {value} AS value FROM {tables[declared.name]}) AS keys "  # noqa: S608
            f'ANTI JOIN (SELECT "{reference.column}" AS value FROM {tables[reference.table]}) AS known '
            "USING (value) WHERE value IS NOT NULL"
        )
        ((lost,),) = con.execute(query).fetchall()
        if lost:
            return False
    return True
