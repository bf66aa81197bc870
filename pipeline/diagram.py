"""The entity-relationship diagram of the tables, in Mermaid's language, from the contract's foreign keys."""

from __future__ import annotations

from pipeline.contract import DUCKDB, TABLES, Column, ColumnType, Table


def render() -> str:
    """Tables with their keys, and a line for every reference from one to another."""
    lines = ["erDiagram"]
    lines += [line for table in TABLES for line in _table(table)]
    lines += [_relation(table, column) for table in TABLES for column in table.columns if column.references]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> list[str]:
    keys = [c for c in table.columns if c.name in table.primary_key or c.references is not None]
    return [f"  {table.name} {{", *(f"    {_type(c)} {c.name}{_marks(table, c)}" for c in keys), "  }"]


def _type(column: Column) -> str:
    # Mermaid takes no brackets that stand empty.
    return "VARCHAR_list" if column.type is ColumnType.STRINGS else DUCKDB[column.type]


def _marks(table: Table, column: Column) -> str:
    marks = []
    if column.name in table.primary_key:
        marks.append("PK")
    if column.references is not None:
        marks.append("FK")
    return " " + ", ".join(marks)


def _relation(table: Table, column: Column) -> str:
    assert column.references is not None
    if column.type is ColumnType.STRINGS:
        line = "}o..o{"
    elif column.nullable:
        line = "|o--o{"
    else:
        line = "||--o{"
    return f'  {column.references.table} {line} {table.name} : "{column.name}"'
