"""The quick look at a row: whether every value keeps the contract, in one pass over the columns.

Nearly all rows do, and each is looked at. What is wrong with one that does not is `pipeline.guard`'s to say,
which asks one expectation after the other.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple

from pipeline.contract import Column, ColumnType, ExpectationSpec, generic_expectations, table

_USUAL: dict[ColumnType, type] = {
    ColumnType.STRING: str,
    ColumnType.STRINGS: tuple,
    ColumnType.INTEGER: int,
    ColumnType.NUMBER: float,
    ColumnType.BOOLEAN: bool,
    ColumnType.DATE: dt.date,
}
"""The type that most values of a column have; a value of it is of the column's type."""
_PARTIES = {"party": "parties", "parties": "parties"}
"""Columns of party codes, which reference data define."""


@cache
def pattern_of(pattern: str) -> re.Pattern[str]:
    """A pattern of the contract, to be held against whole values."""
    return re.compile(pattern)


class _Sound(NamedTuple):
    """What values of a column are, if nothing has to be asked further."""

    column: str
    type: Any
    is_list: bool
    is_required: bool
    values: frozenset[str] | None
    matches: tuple[Callable[[str], object], ...]
    bounds: tuple[float, float] | None
    targets: tuple[str, ...]
    """Tables that hold the values as keys."""


def is_sound(table_name: str, row: Any, known: Mapping[str, Collection[str]]) -> bool:
    """Whether the row's values keep the contract by themselves; False if that takes a closer look.

    Args:
        table_name: table of the contract; columns that the row does not have are not looked at.
        row: a dataclass with an attribute per column.
        known: keys that the row may name, by table; absent tables are not looked at.
    """
    columns, ordered = _plan(table_name, type(row))  # type: ignore[arg-type]  # types have a hash
    for column, kind, is_list, is_required, values, matches, bounds, targets in columns:
        value = getattr(row, column)
        if value is None:
            if is_required:
                return False
            continue
        if value.__class__ is not kind:
            return False
        elements: Collection[Any] = (value,)
        if is_list:
            elements = value
            for element in value:
                if element.__class__ is not str:
                    return False
        if values is not None and not values.issuperset(elements):
            return False
        for match in matches:
            for element in elements:
                if match(element) is None:
                    return False
        if bounds is not None and not bounds[0] <= value <= bounds[1]:
            return False
        for target in targets:
            keys = known.get(target)
            if keys is not None:
                for element in elements:
                    if element not in keys:
                        return False
    for low, high, is_strict in ordered:
        first, last = getattr(row, low), getattr(row, high)
        if first is None or last is None:
            if first is not last:
                return False
        elif not (first < last if is_strict else first <= last):
            return False
    return True


@cache
def _plan(table_name: str, row_type: type) -> tuple[tuple[_Sound, ...], tuple[tuple[str, str, bool], ...]]:
    """What to ask of rows of the type: column by column, and of columns that are ordered."""
    declared = table(table_name)
    specs = generic_expectations(declared)
    names = {each.name for each in fields(row_type)}
    has = {c.name for c in declared.columns if c.name in names or hasattr(row_type, c.name)}
    return (
        tuple(
            _sound(column, [spec for spec in specs if spec.columns == (column.name,)])
            for column in declared.columns
            if column.name in has
        ),
        tuple(
            (spec.columns[0], spec.columns[1], spec.strict)
            for spec in specs
            if spec.kind == "ordered" and has.issuperset(spec.columns)
        ),
    )


def _sound(column: Column, specs: list[ExpectationSpec]) -> _Sound:
    """What the expectations say of the column, those of the whole table apart."""
    values = [frozenset(spec.values) for spec in specs if spec.kind == "values"]
    ranges = [spec for spec in specs if spec.kind == "range"]
    lowest = [-math.inf if spec.minimum is None else spec.minimum for spec in ranges]
    highest = [math.inf if spec.maximum is None else spec.maximum for spec in ranges]
    targets = [s.reference.table for s in specs if s.kind == "foreign_key" and s.reference is not None]
    return _Sound(
        column=column.name,
        type=_USUAL.get(column.type),
        is_list=column.type is ColumnType.STRINGS,
        is_required=any(spec.kind == "not_null" for spec in specs),
        values=frozenset.intersection(*values) if values else None,
        matches=tuple(pattern_of(s.pattern).fullmatch for s in specs if s.pattern is not None),
        bounds=(max(lowest), min(highest)) if ranges else None,
        targets=(*targets, *([_PARTIES[column.name]] if column.name in _PARTIES else [])),
    )
