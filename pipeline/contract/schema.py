"""The language of the contract: what a column, a table and the rules over them are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class ColumnType(StrEnum):
    """Logical types; `pipeline.contract.types` tells what each is in every system."""

    STRING = "string"
    STRINGS = "list of strings"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True, slots=True)
class Reference:
    """The column of another (or the same) table whose values a column repeats."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its meaning and what its values must keep.

    Attributes:
        name: as in the database, the exports and the dataclasses of `pipeline.model`.
        type: logical type.
        description: what a value means, for an analyst.
        nullable: whether a value may be missing; the description then says what missing means.
        values: allowed values with the meaning of each; empty where any value is allowed.
        pattern: regular expression that every value (of a list: every element) matches as a whole.
        minimum, maximum: inclusive bounds of numbers.
        unit: unit of a number.
        references: where the values (of a list: the elements) come from.
        private: kept in the database and left out of the exports unless the settings ask for it.
    """

    name: str
    type: ColumnType
    description: str
    nullable: bool = False
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None
    references: Reference | None = None
    private: bool = False

    def but(self, **changes: Any) -> Column:
        """The same column with some attributes changed: how a shared field is fitted to a table."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Two columns that are both null or both given, the first not above the second.

    `strict` asks that they differ (half-open spans of text), else they may be equal (days).
    """

    low: str
    high: str
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Columns that point into `documents.text`; `text` is the column that repeats the words there.

    `text` is None where a table keeps the position only.
    """

    start: str
    end: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, what it holds, what a user must beware of.

    Attributes:
        stage: the part of the pipeline that produces it.
        order: columns that sort its rows; ends with the primary key, so that the order is total.
        days: pairs of columns that hold a range of days.
        spans: positions in the text of the row's document.
        warnings: what a user must know before trusting a figure from it.
    """

    name: str
    stage: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    order: tuple[str, ...]
    days: tuple[Ordered, ...] = ()
    spans: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = self.column_names
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name} names a column twice")
        used = {*self.primary_key, *self.order}
        used |= {name for rule in self.ordered for name in (rule.low, rule.high)}
        used |= {span.text for span in self.spans if span.text is not None}
        if unknown := used - set(names):
            raise ValueError(f"{self.name} has no column {sorted(unknown)}")

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; raise KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def ordered(self) -> tuple[Ordered, ...]:
        """All ordered pairs: ranges of days and spans of text."""
        return (*self.days, *(Ordered(span.start, span.end, strict=True) for span in self.spans))

    def exported_columns(self, with_private: bool) -> tuple[Column, ...]:
        """Columns that the exports carry."""
        return tuple(column for column in self.columns if with_private or not column.private)
