"""What the contract expects of the data of a table, as plain values that any checking tool can take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.contract.schema import Column, ColumnType, Reference, Table

Kind = Literal[
    "columns", "type", "not_null", "values", "pattern", "range", "unique", "foreign_key", "ordered"
]


@dataclass(frozen=True, slots=True)
class ExpectationSpec:
    """One expectation on a table.

    Attributes:
        table: name of the table.
        kind: what is expected:
            `columns`: the table has exactly `columns`, in this order;
            `type`: the column has the logical type `type`;
            `not_null`: no value (and no element of a list) is missing;
            `values`: each value is one of `values`; null passes;
            `pattern`: each value (of a list: each element) matches `pattern` as a whole; null passes;
            `range`: `minimum` <= value <= `maximum`, a bound of None is open; null passes;
            `unique`: the values of `columns` together occur once;
            `foreign_key`: each value (of a list: each element) occurs in `reference`; null passes;
            `ordered`: the two columns are both null or both given, and the first is below (`strict`)
            or not above (not `strict`) the second.
        columns: the columns concerned; one, except for `columns`, `unique` and `ordered`.
        name: unique in the table, such as `confidence_in_range`.
        reason: a sentence that says what a failure would mean.
        is_list: whether the column holds lists, so that elements are meant.
    """

    table: str
    kind: Kind
    columns: tuple[str, ...]
    name: str
    reason: str
    is_list: bool = False
    type: ColumnType | None = None
    values: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    reference: Reference | None = None
    strict: bool = False

    @property
    def column(self) -> str | None:
        """The column concerned, or None if there are several."""
        return self.columns[0] if len(self.columns) == 1 else None


def generic_expectations(table: Table) -> list[ExpectationSpec]:
    """Everything that the registry says about the values of `table`, in a stable order."""
    specs = [
        ExpectationSpec(
            table.name,
            "columns",
            table.column_names,
            "columns_as_promised",
            "Queries and dashboards rely on names and order of the columns.",
        ),
        ExpectationSpec(
            table.name,
            "unique",
            table.primary_key,
            f"{'_and_'.join(table.primary_key)}_unique",
            "The primary key names one row; a repeated one means that something was counted twice.",
        ),
    ]
    for column in table.columns:
        specs.extend(_of_column(table, column))
    for rule in table.ordered:
        specs.append(
            ExpectationSpec(
                table.name,
                "ordered",
                (rule.low, rule.high),
                f"{rule.low}_before_{rule.high}",
                "The two ends are given together and do not run backwards.",
                strict=rule.strict,
            )
        )
    return specs


def _of_column(table: Table, column: Column) -> Iterator[ExpectationSpec]:
    one = (column.name,)
    is_list = column.type is ColumnType.STRINGS
    yield ExpectationSpec(
        table.name,
        "type",
        one,
        f"{column.name}_has_type",
        f"{column.name} is promised as {column.type.value}.",
        is_list,
        type=column.type,
    )
    if not column.nullable:
        yield ExpectationSpec(
            table.name, "not_null", one, f"{column.name}_not_null", f"Every row has {column.name}.", is_list
        )
    if column.values:
        yield ExpectationSpec(
            table.name,
            "values",
            one,
            f"{column.name}_allowed",
            f"Only the promised values of {column.name} have a meaning.",
            is_list,
            values=tuple(column.values),
        )
    if column.pattern is not None:
        yield ExpectationSpec(
            table.name,
            "pattern",
            one,
            f"{column.name}_well_formed",
            f"{column.name} has one form, so that it can be joined and grouped.",
            is_list,
            pattern=column.pattern,
        )
    if column.minimum is not None or column.maximum is not None:
        yield ExpectationSpec(
            table.name,
            "range",
            one,
            f"{column.name}_in_range",
            f"{column.name} has no meaning outside its bounds.",
            minimum=column.minimum,
            maximum=column.maximum,
        )
    if column.references is not None:
        target = column.references
        yield ExpectationSpec(
            table.name,
            "foreign_key",
            one,
            f"{column.name}_known",
            f"Each {column.name} can be looked up in {target.table}.{target.column}.",
            is_list,
            reference=target,
        )
