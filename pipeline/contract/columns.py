"""Column metadata for a user interface, as plain data in the shape of Dagster's TableSchema."""

from __future__ import annotations

from typing import TypedDict

from pipeline.contract.ddl import describe_column
from pipeline.contract.schema import Column, Table
from pipeline.contract.types import DUCKDB


class ColumnMetadata(TypedDict):
    """Arguments of a `TableColumn`: `nullable`, `unique` and `other` are those of its constraints."""

    name: str
    type: str
    description: str
    nullable: bool
    unique: bool
    other: list[str]


def column_metadata(table: Table) -> list[ColumnMetadata]:
    """One entry per column, in order."""
    return [
        ColumnMetadata(
            name=column.name,
            type=DUCKDB[column.type],
            description=describe_column(column),
            nullable=column.nullable,
            unique=table.primary_key == (column.name,),
            other=column_constraints(column),
        )
        for column in table.columns
    ]


def column_constraints(column: Column) -> list[str]:
    """What a value must keep besides being present and unique, in words."""
    words = []
    if column.values:
        words.append("one of " + ", ".join(column.values))
    if column.pattern is not None:
        words.append(f"matches {column.pattern}")
    if column.minimum is not None:
        words.append(f">= {column.minimum:g}")
    if column.maximum is not None:
        words.append(f"<= {column.maximum:g}")
    if column.references is not None:
        words.append(f"in {column.references.table}.{column.references.column}")
    if column.unit is not None:
        words.append(f"in {column.unit}")
    return words


def table_constraints(table: Table) -> list[str]:
    """What rows must keep together, in words."""
    words = [f"primary key ({', '.join(table.primary_key)})"]
    for rule in table.ordered:
        sign = "<" if rule.strict else "<="
        words.append(f"{rule.low} {sign} {rule.high}, or both null")
    for span in table.spans:
        if span.text is not None:
            words.append(f"{span.text} = substr(documents.text, {span.start} + 1, {span.end} - {span.start})")
    return words
