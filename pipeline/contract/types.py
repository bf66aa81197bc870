"""What each logical type of the contract is called in DuckDB, Polars and Table Schema."""

from __future__ import annotations

from typing import Final

import polars as pl

from pipeline.contract.schema import ColumnType

DUCKDB: Final[dict[ColumnType, str]] = {
    ColumnType.STRING: "VARCHAR",
    ColumnType.STRINGS: "VARCHAR[]",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATE: "DATE",
    # Without time zone, and in UTC by description: clients need no zone tables to read it.
    ColumnType.TIMESTAMP: "TIMESTAMP",
}

POLARS: Final[dict[ColumnType, pl.DataType]] = {
    ColumnType.STRING: pl.String(),
    ColumnType.STRINGS: pl.List(pl.String()),
    ColumnType.INTEGER: pl.Int64(),
    ColumnType.NUMBER: pl.Float64(),
    ColumnType.BOOLEAN: pl.Boolean(),
    ColumnType.DATE: pl.Date(),
    ColumnType.TIMESTAMP: pl.Datetime("us"),
}

TABLE_SCHEMA: Final[dict[ColumnType, str]] = {
    ColumnType.STRING: "string",
    ColumnType.STRINGS: "array",
    ColumnType.INTEGER: "integer",
    ColumnType.NUMBER: "number",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "date",
    ColumnType.TIMESTAMP: "datetime",
}
