"""Frames for the database as it was built: what is in it, and what the contract says should be."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipeline.contract import DUCKDB, TABLES
from pipeline.contract.ddl import describe_column, describe_table

_ABSENT = "absent"


def columns_and_texts(found: pl.DataFrame) -> pl.DataFrame:
    """One row a table (`column` null) or column of contract or database: types and descriptions of both.

    `found` has `table`, `column` (null for the table itself), `type`, `description`. The result has
    `table`, `column`, `declared_type`, `found_type`, `declared_text`, `found_text`; what one side lacks
    is "absent".
    """
    rows = []
    for declared in TABLES:
        rows.append((declared.name, "", "table", describe_table(declared)))
        rows += [(declared.name, c.name, DUCKDB[c.type], describe_column(c)) for c in declared.columns]
    schema = ["table", "column", "declared_type", "declared_text"]
    promised = pl.DataFrame(rows, schema=schema, orient="row")
    there = found.select(
        "table",
        pl.col("column").fill_null(""),
        pl.col("type").alias("found_type"),
        pl.col("description").alias("found_text"),
    )
    return (
        promised.join(there, on=["table", "column"], how="full", coalesce=True)
        .with_columns(pl.col("declared_type", "found_type", "declared_text", "found_text").fill_null(_ABSENT))
        .sort("table", "column")
    )


def row_counts(staged: Mapping[str, int], built: Mapping[str, int], baseline: pl.DataFrame) -> pl.DataFrame:
    """One row a table that stages make: rows staged, rows in the database, reviewed minimum and maximum.

    `staged` and `built` give the numbers of rows; a table that the database lacks is not in `built`.
    Columns: `table`, `n_staged`, `n_built`, `minimum`, `maximum`, `reason` (null without a baseline),
    `has_baseline` ("yes" or "no").
    """
    counts = pl.DataFrame(
        {
            "table": list(staged),
            "n_staged": list(staged.values()),
            "n_built": [built.get(name) for name in staged],
        },
        schema={"table": pl.String, "n_staged": pl.Int64, "n_built": pl.Int64},
    )
    return counts.join(baseline, on="table", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("minimum").is_null()).then(pl.lit("no")).otherwise(pl.lit("yes")).alias("has_baseline")
    )
