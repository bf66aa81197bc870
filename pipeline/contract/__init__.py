"""The contract: one declaration of every table, and what is derived from it.

`registry` declares the tables out of the shared `fields`; `schema` is the language they are written
in, `types` the names of types in other systems, `ddl` the SQL, `expect` the checks, `columns` the
column metadata for a user interface.
"""

from pipeline.contract.columns import ColumnMetadata, column_metadata, table_constraints
from pipeline.contract.expect import ExpectationSpec, generic_expectations
from pipeline.contract.registry import TABLES, load_order, table
from pipeline.contract.schema import Column, ColumnType, Ordered, Reference, Span, Table
from pipeline.contract.types import DUCKDB, POLARS, TABLE_SCHEMA

__all__ = [
    "DUCKDB",
    "POLARS",
    "TABLES",
    "TABLE_SCHEMA",
    "Column",
    "ColumnMetadata",
    "ColumnType",
    "ExpectationSpec",
    "Ordered",
    "Reference",
    "Span",
    "Table",
    "column_metadata",
    "generic_expectations",
    "load_order",
    "table",
    "table_constraints",
]
