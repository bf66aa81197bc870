"""Frames for what the contract promises of every table: columns, types, values, keys, order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import polars as pl

from pipeline.contract import POLARS, ColumnType, generic_expectations, table
from pipeline.contract.expect import Kind
from pipeline.tables import Problem, problems

_PROMISES = pl.Schema(
    {
        "table": pl.String(),
        "column": pl.String(),
        "promise": pl.String(),
        "kind": pl.String(),
        "n_rows": pl.Int64(),
        "n_broken": pl.Int64(),
        "examples": pl.String(),
    }
)
_ABSENT = "no such column"


def declared_columns(name: str, schema: pl.Schema) -> pl.DataFrame:
    """One row a column of contract or frame: `column`, `declared` and `found` place and type."""
    declared = {c.name: f"{i}: {POLARS[c.type]}" for i, c in enumerate(table(name).columns, 1)}
    found = {column: f"{i}: {dtype}" for i, (column, dtype) in enumerate(schema.items(), 1)}
    columns = list(dict.fromkeys((*declared, *found)))
    return pl.DataFrame(
        {
            "column": columns,
            "declared": [declared.get(column, _ABSENT) for column in columns],
            "found": [found.get(column, _ABSENT) for column in columns],
        },
        schema={"column": pl.String, "declared": pl.String, "found": pl.String},
    )


def promises(
    name: str,
    df: pl.DataFrame,
    others: Mapping[str, pl.DataFrame],
    kinds: Collection[Kind] | None = None,
) -> pl.DataFrame:
    """One row a promise (of some kinds) on the table's values: how many rows break it, and examples.

    Promises on columns and types are `declared_columns`' business. Foreign keys into tables that are
    not among `others` are left out.
    """
    return promised(name, df.height, problems(name, df, others, kinds), {name, *others}, kinds)


def promised(
    name: str,
    n_rows: int,
    found: Iterable[Problem],
    tables: Collection[str],
    kinds: Collection[Kind] | None = None,
) -> pl.DataFrame:
    """As `promises`, of problems that were found among `n_rows` rows, with keys into any of `tables`."""
    broken = {p.spec.name: p for p in found}
    rows = []
    for spec in generic_expectations(table(name)):
        if spec.kind in ("columns", "type") or (kinds is not None and spec.kind not in kinds):
            continue
        if spec.reference is not None and spec.reference.table not in tables:
            continue
        problem = broken.get(spec.name)
        rows.append(
            {
                "table": name,
                "column": ", ".join(spec.columns),
                "promise": spec.name,
                "kind": spec.kind,
                "n_rows": n_rows,
                "n_broken": 0 if problem is None else problem.count,
                "examples": None if problem is None else "; ".join(problem.examples),
            }
        )
    return pl.DataFrame(rows, schema=_PROMISES)


def keys_hold(name: str, rows: pl.DataFrame, others: Mapping[str, pl.DataFrame]) -> bool:
    """Whether primary keys are surely unique, and foreign keys lead somewhere; quick, in little memory.

    `rows` need the columns of these keys only. Keys into tables that are not among `others` are left out.
    False if two primary keys have the same hash (of 64 bits), which different ones may have, if hardly ever.
    """
    declared = table(name)
    hashes = rows.select(declared.primary_key).hash_rows().sort()
    if (hashes == hashes.shift(1)).any():
        return False
    known = {**others, name: rows}
    for column in declared.columns:
        reference = column.references
        if reference is None or reference.table not in known:
            continue
        values = rows[column.name]
        if column.type is ColumnType.STRINGS:
            values = values.explode(empty_as_null=False, keep_nulls=False)
        values = values.drop_nulls().unique()
        if not values.is_in(known[reference.table][reference.column].implode()).all():
            return False
    return True


def by_group(frame: pl.DataFrame, groups: Mapping[str, Iterable[Kind]]) -> pl.DataFrame:
    """The promises with a column for each group: `n_broken` of the promises of its kinds, else null."""
    return frame.with_columns(
        pl.when(pl.col("kind").is_in(list(kinds))).then("n_broken").alias(group)
        for group, kinds in groups.items()
    )


def kinds_of(name: str) -> frozenset[Kind]:
    """Kinds of promises that the contract makes on a table."""
    return frozenset(spec.kind for spec in generic_expectations(table(name)))
