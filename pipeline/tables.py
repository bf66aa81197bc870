"""Rows to tables and back: Polars frames that keep the contract, and the refusal of those that do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import polars as pl

from pipeline import model
from pipeline.contract import (
    POLARS,
    TABLES,
    Column,
    ColumnType,
    ExpectationSpec,
    Table,
    generic_expectations,
    table,
)
from pipeline.contract.expect import Kind
from pipeline.errors import ContractError

Source: TypeAlias = pl.DataFrame | Path
"""A table's rows: a frame, or a Parquet file of which only what is asked for is read."""

EXAMPLES: Final = 5
"""How many offending values an error shows."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A row of `issues`."""

    issue_id: str
    label: str
    proposition: str


@dataclass(frozen=True, slots=True)
class QualityResult:
    """A row of `quality_results`."""

    run_id: str
    checked_at: dt.datetime
    stage: str
    table_name: str
    suite: str
    expectation: str
    column_name: str | None
    severity: str
    success: bool
    observed: str | None
    unexpected_count: int | None
    unexpected_examples: tuple[str, ...]


ROW_TYPES: Final[Mapping[str, type]] = {
    "documents": model.Document,
    "quarantine": model.Quarantined,
    "blocks": model.Block,
    "entities": model.Entity,
    "entity_mentions": model.EntityMention,
    "statements": model.Statement,
    "meetings": model.Meeting,
    "meeting_participants": model.MeetingParticipant,
    "meeting_mentions": model.MeetingMention,
    "issues": Issue,
    "issue_positions": model.IssuePosition,
    "set_aside_rows": model.SetAsideRow,
    "quality_results": QualityResult,
}
"""The dataclass of a table's rows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One expectation of the contract that a frame does not meet."""

    spec: ExpectationSpec
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        where = (
            f"{self.spec.table}.{'+'.join(self.spec.columns)}"
            if self.spec.kind != "columns"
            else (self.spec.table)
        )
        return f"{where}: {self.spec.name} fails for {self.count}: {', '.join(self.examples)}"


def polars_schema(name: str) -> pl.Schema:
    """Columns and Polars types of a table."""
    return pl.Schema({column.name: POLARS[column.type] for column in table(name).columns})


def frame(name: str, rows: Iterable[object]) -> pl.DataFrame:
    """Rows of a table (any objects with an attribute per column) as a sorted frame.

    Times must be aware; they are kept in UTC. Raise ContractError if a value does not have its
    column's type. Nothing else is checked: see `validate_frame`.
    """
    declared = table(name)
    listed = list(rows)
    series = [_series(declared, column, listed) for column in declared.columns]
    return order(name, pl.DataFrame(series))


def order(name: str, df: pl.DataFrame) -> pl.DataFrame:
    """The frame in the table's own order, so that equal content gives equal files."""
    return df.sort(table(name).order, nulls_last=True, maintain_order=True)


def rows(name: str, df: pl.DataFrame) -> list[Any]:
    """The frame's rows as the dataclass of the table: the inverse of `frame`, up to order."""
    validate_types(name, df)
    declared, row_type = table(name), ROW_TYPES[name]
    columns = [_values(column, df[column.name]) for column in declared.columns]
    names = declared.column_names
    return [row_type(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]


def read(source: Source, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """The rows as a frame, with all columns or some; raise ContractError where a file cannot be read."""
    if isinstance(source, pl.DataFrame):
        return source if columns is None else source.select(columns)
    try:
        return pl.read_parquet(source, columns=None if columns is None else list(columns), glob=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(source, error) from error


def height(source: Source) -> int:
    """Number of rows; of a file, as its own metadata tells it."""
    if isinstance(source, pl.DataFrame):
        return source.height
    try:
        found: int = pl.scan_parquet(source, glob=False).select(pl.len()).collect().item()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(source, error) from error
    return found


def schema(source: Source) -> pl.Schema:
    """Columns and types of the rows; raise ContractError where a file cannot be read."""
    if isinstance(source, pl.DataFrame):
        return source.schema
    try:
        return pl.scan_parquet(source, glob=False).collect_schema()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unreadable(source, error) from error


def _unreadable(path: Path, error: Exception) -> ContractError:
    said = str(error).splitlines()[0] if str(error) else type(error).__name__
    return ContractError("parquet_unreadable", f"{path} is damaged or not there: {said}")


def validate_types(name: str, source: Source) -> None:
    """Raise ContractError unless there are exactly the table's columns, in order, with their types."""
    expected, found = polars_schema(name), schema(source)
    if list(found) != list(expected):
        missing, extra = [c for c in expected if c not in found], [c for c in found if c not in expected]
        raise ContractError(
            "wrong_columns",
            f"{name}: columns missing {missing}, not in the contract {extra}"
            + ("." if missing or extra else ": the order differs."),
        )
    wrong = [f"{name}.{c} is {found[c]}, not {expected[c]}" for c in expected if found[c] != expected[c]]
    if wrong:
        raise ContractError("wrong_type", "; ".join(wrong) + ".")


def problems(
    name: str,
    source: Source,
    others: Mapping[str, Source] | None = None,
    kinds: Collection[Kind] | None = None,
) -> list[Problem]:
    """Every expectation of the contract (or those of some kinds) on the values that the rows do not meet.

    Foreign keys are looked up in `others` (by table name); those into tables not given are left out.
    Columns and types must already be right. Of a file, no more columns than an expectation needs are
    in memory at once.
    """
    sources = {**(others or {}), name: source}
    if not height(source):
        return []
    found = []
    for spec in generic_expectations(table(name)):
        if kinds is not None and spec.kind not in kinds:
            continue
        bad = _offending(spec, source, sources)
        if bad is not None and bad.len() > 0:
            examples = tuple(str(value) for value in bad.unique(maintain_order=True).head(EXAMPLES).to_list())
            found.append(Problem(spec, bad.len(), examples))
    return found


def validate_frame(name: str, source: Source, others: Mapping[str, Source] | None = None) -> None:
    """Raise ContractError naming table, column and offending values unless the rows keep the contract.

    The error's code is the kind of the first expectation that fails, after `contract_`.
    """
    validate_types(name, source)
    found = problems(name, source, others)
    if found:
        raise ContractError(f"contract_{found[0].spec.kind}", "; ".join(str(p) for p in found) + ".")


def validate_whole(frames: Mapping[str, Source], unchecked: Collection[str] | None = None) -> None:
    """Raise ContractError unless there are rows for every table of the contract, and all keep it.

    Of tables that are not among `unchecked` (by default all are), the values are known to be right: what is
    looked at is whether columns and types are.
    """
    names = {declared.name for declared in TABLES}
    if frames.keys() != names:
        raise ContractError(
            "wrong_tables",
            f"Tables missing: {sorted(names - frames.keys())}, "
            f"not in the contract: {sorted(frames.keys() - names)}.",
        )
    for name, source in frames.items():
        if unchecked is None or name in unchecked:
            validate_frame(name, source, frames)
        else:
            validate_types(name, source)


def validate_frames(frames: Mapping[str, Source]) -> None:
    """Validate all tables, foreign keys between them included; raise ContractError at the first bad one."""
    for name, source in frames.items():
        validate_frame(name, source, frames)


def _series(declared: Table, column: Column, listed: Sequence[object]) -> pl.Series:
    values = [getattr(row, column.name) for row in listed]
    if column.type is ColumnType.TIMESTAMP:
        values = [_to_utc(declared, column, value) for value in values]
    elif column.type is ColumnType.STRINGS:
        values = [None if value is None else list(value) for value in values]
    try:
        return pl.Series(column.name, values, dtype=POLARS[column.type], strict=True)
    except (TypeError, pl.exceptions.PolarsError) as error:
        raise ContractError(
            "wrong_type", f"{declared.name}.{column.name} is not all {column.type.value}: {error}"
        ) from error


def _to_utc(declared: Table, column: Column, value: dt.datetime | None) -> dt.datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ContractError(
            "naive_time", f"{declared.name}.{column.name} needs a time zone to be put in UTC: {value}."
        )
    return value.astimezone(dt.UTC).replace(tzinfo=None)


def _values(column: Column, series: pl.Series) -> list[Any]:
    values = series.to_list()
    if column.type is ColumnType.TIMESTAMP:
        return [None if value is None else value.replace(tzinfo=dt.UTC) for value in values]
    if column.type is ColumnType.STRINGS:
        return [None if value is None else tuple(value) for value in values]
    return values


def _offending(spec: ExpectationSpec, source: Source, sources: Mapping[str, Source]) -> pl.Series | None:
    """The values (of lists: elements) that break the expectation; None if it cannot be judged here.

    Most expectations hold, so what an offender is called is worked out only where there is one.
    """
    if spec.kind in ("columns", "type"):
        return None  # validate_types has judged these
    if spec.kind == "not_null" and not spec.is_list:
        return _missing(spec, source)
    df = read(source, spec.columns)
    if spec.kind == "unique":
        repeated = df.is_duplicated()
        return _keys(spec, source, repeated) if repeated.any() else None
    if spec.kind == "ordered":
        low, high = (pl.col(name) for name in spec.columns)
        wrong = low.is_null() != high.is_null()
        wrong |= (low >= high if spec.strict else low > high).fill_null(False)
        shown = pl.concat_str([low.cast(pl.String), high.cast(pl.String)], separator="..", ignore_nulls=True)
        return df.select(shown.filter(wrong)).to_series()
    values = df[spec.columns[0]]
    if spec.is_list:
        if spec.kind == "not_null":
            holes = values.is_null() | values.list.eval(pl.element().is_null()).list.any().fill_null(False)
            return _keys(spec, source, holes) if holes.any() else None
        values = values.explode(empty_as_null=False, keep_nulls=False)
    values = values.drop_nulls()
    if spec.kind == "values":
        return values.filter(~values.is_in(list(spec.values)))
    if spec.kind == "pattern":
        return values.filter(~values.str.contains(f"^(?:{spec.pattern})$"))
    if spec.kind == "range":
        lowest = values.min() if spec.minimum is None else spec.minimum
        highest = values.max() if spec.maximum is None else spec.maximum
        return values.filter(~values.is_between(lowest, highest)) if values.len() else values
    assert spec.kind == "foreign_key" and spec.reference is not None
    target = sources.get(spec.reference.table)
    if target is None:
        return None
    known = read(target, [spec.reference.column])[spec.reference.column]
    return values.filter(~values.is_in(known.implode()))


def _missing(spec: ExpectationSpec, source: Source) -> pl.Series | None:
    """Keys of rows without a value; a long text is counted without all of it being in memory."""
    column = spec.columns[0]
    lazy = source.lazy() if isinstance(source, pl.DataFrame) else pl.scan_parquet(source, glob=False)
    if not lazy.select(pl.col(column).null_count()).collect(engine="streaming").item():
        return None
    return _keys(spec, source, lazy.select(pl.col(column).is_null()).collect()[column])


def _keys(spec: ExpectationSpec, source: Source, which: pl.Series) -> pl.Series:
    """The rows' keys: what to show of rows that are not told by a value."""
    keys = table(spec.table).primary_key
    named = pl.concat_str(keys, separator=" ", ignore_nulls=True)
    return read(source, keys).filter(which).select(named).to_series()
