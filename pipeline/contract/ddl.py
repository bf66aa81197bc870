"""SQL of tables in DuckDB: what creates those of the contract, keys and checks included; what reads files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.contract.schema import Column, ColumnType, Ordered, Table
from pipeline.contract.types import DUCKDB


def create_table(table: Table) -> str:
    """CREATE TABLE with primary key, foreign keys and checks.

    Elements of lists, and keys into the table itself, cannot be foreign keys in DuckDB (it checks
    each row of a bulk load on its own); `pipeline.tables.validate_frames` keeps those.
    """
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({', '.join(_name(c) for c in table.primary_key)})")
    parts += [f"CHECK ({_ordered(rule)})" for rule in table.ordered]
    for column in table.columns:
        target = column.references
        if target is not None and target.table != table.name and column.type is not ColumnType.STRINGS:
            there = f"{_name(target.table)} ({_name(target.column)})"
            parts.append(f"FOREIGN KEY ({_name(column.name)}) REFERENCES {there}")
    body = ",\n  ".join(parts)
    return f"CREATE TABLE {_name(table.name)} (\n  {body}\n)"


def comments(table: Table) -> list[str]:
    """COMMENT ON for the table and for each of its columns."""
    name = _name(table.name)
    return [
        f"COMMENT ON TABLE {name} IS {literal(describe_table(table))}",
        *(
            f"COMMENT ON COLUMN {name}.{_name(column.name)} IS {literal(describe_column(column))}"
            for column in table.columns
        ),
    ]


def describe_table(table: Table) -> str:
    """What a row is, followed by the usage warnings: the one text that all outputs carry."""
    return " ".join([table.description, *(f"Beware: {warning}" for warning in table.warnings)])


def describe_column(column: Column) -> str:
    """Meaning of the column, followed by the meaning of each allowed value."""
    if not column.values:
        return column.description
    values = "; ".join(f"{value}: {meaning}" for value, meaning in column.values.items())
    return f"{column.description} Values: {values}."


def literal(text: str) -> str:
    """`text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def of_files(paths: Iterable[Path]) -> str:
    """Parquet files as SQL behind FROM, each under its own name and no pattern."""
    names = ("".join(f"[{c}]" if c in "*?[" else c for c in str(path)) for path in paths)
    return f"read_parquet([{', '.join(literal(name) for name in names)}])"


def _name(name: str) -> str:
    return f'"{name}"'


def _column(column: Column) -> str:
    checks = []
    name = _name(column.name)
    if column.values:
        checks.append(f"{name} IN ({', '.join(literal(value) for value in column.values)})")
    if column.minimum is not None:
        checks.append(f"{name} >= {column.minimum:g}")
    if column.maximum is not None:
        checks.append(f"{name} <= {column.maximum:g}")
    parts = [name, DUCKDB[column.type]]
    if not column.nullable:
        parts.append("NOT NULL")
    if checks:
        parts.append(f"CHECK ({' AND '.join(checks)})")
    return " ".join(parts)


def _ordered(rule: Ordered) -> str:
    low, high = _name(rule.low), _name(rule.high)
    sign = "<" if rule.strict else "<="
    return f"({low} IS NULL) = ({high} IS NULL) AND ({low} IS NULL OR {low} {sign} {high})"
