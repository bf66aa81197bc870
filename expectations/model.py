"""What an expectation and a suite are: plain data that names a check, its reason and its severity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

import polars as pl

from pipeline.contract import TABLES
from pipeline.digests import code_digest, text_digest
from pipeline.errors import ContractError

Severity = Literal["critical", "warning"]
Stage = Literal["raw", "clean", "extract", "tables", "exports"]
STAGES: tuple[Stage, ...] = ("raw", "clean", "extract", "tables", "exports")


DOCUMENT: Final = "document_id"
"""Column that tells whose a row is."""


class Table(Protocol):
    """Rows that lie in a file and are read when they are asked for."""

    @property
    def columns(self) -> Sequence[str]:
        """Names of the columns, in order."""

    @property
    def schema(self) -> pl.Schema:
        """Names and types of the columns, in order."""

    def height(self) -> int:
        """Number of rows."""

    def read(self, columns: Sequence[str]) -> pl.DataFrame:
        """All rows of some columns; raise ParleyError, or an error of Polars or DuckDB, if that fails."""


class Inputs(Mapping[str, pl.DataFrame]):
    """Frames that a suite reads, by name, and the views computed from them, each once.

    Of what lies in files only columns that are asked for are read, each once; they stay until the suite is
    evaluated, but for those of `once`.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame | Table]) -> None:
        self._frames = dict(frames)
        self._columns: dict[str, dict[str, pl.Series]] = {}
        self._views: dict[View, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        source = self._frames[name]
        return source if isinstance(source, pl.DataFrame) else self.pick(name, *source.columns)

    def __contains__(self, name: object) -> bool:
        """Whether there is such an input; Mapping would read it to find out."""
        return name in self._frames

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def source(self, name: str) -> pl.DataFrame | Table:
        """An input as it was given."""
        return self._frames[name]

    def columns(self, name: str) -> Sequence[str]:
        """Names of the columns of an input."""
        return self._frames[name].columns

    def schema(self, name: str) -> pl.Schema:
        """Names and types of the columns of an input."""
        return self._frames[name].schema

    def height(self, name: str) -> int:
        """Number of rows of an input."""
        source = self._frames[name]
        return source.height if isinstance(source, pl.DataFrame) else source.height()

    def pick(self, name: str, *columns: str) -> pl.DataFrame:
        """All rows of some columns of an input."""
        source = self._frames[name]
        if isinstance(source, pl.DataFrame):
            return source.select(columns)
        kept = self._columns.setdefault(name, {})
        if missing := [column for column in columns if column not in kept]:
            kept |= {series.name: series for series in source.read(missing)}
        return pl.DataFrame([kept[column] for column in columns])

    def once(self, name: str, columns: Sequence[str]) -> pl.DataFrame:
        """As `pick`, but nothing is kept: for what is looked at once, and is large."""
        source = self._frames[name]
        return source.select(columns) if isinstance(source, pl.DataFrame) else source.read(columns)

    def view(self, view: View) -> pl.DataFrame:
        """The frame that `view` computes; kept, since expectations share views."""
        if view not in self._views:
            self._views[view] = view(self)
        return self._views[view]


View = Callable[[Inputs], pl.DataFrame]
"""Computes from a suite's inputs the frame that an expectation looks at: pure, and small where it can be."""


@dataclass(frozen=True)
class ByDocument:
    """A view that judges the rows of each document by that document's rows alone.

    Of the rows of some documents it gives what it gives of them among all, in the same order. So it can be
    looked at in batches, and a batch whose rows have passed before need not be looked at again.

    Attributes:
        view: what it computes; the frame has a column `document_id`.
        of: inputs that it reads, each with a column `document_id`, and no others.
    """

    view: View
    of: tuple[str, ...]

    def __call__(self, inputs: Inputs) -> pl.DataFrame:
        return self.view(inputs)


@dataclass(frozen=True)
class Summary:
    """A view that says something of all rows at once, and part of it of each document's rows alone.

    Attributes:
        view: what it computes.
        of: inputs that the part reads, each with a column `document_id`, and no others.
        sound: whether the rows of some documents are as they should be, as far as that part goes.
        others: what `view` computes, if all documents are sound: that part is not looked at.
    """

    view: View
    of: tuple[str, ...]
    sound: Callable[[Inputs], bool]
    others: View

    def __call__(self, inputs: Inputs) -> pl.DataFrame:
        return self.view(inputs)


InBatches = ByDocument | Summary
"""Views that are looked at in batches of documents."""


def by_document(*of: str) -> Callable[[View], ByDocument]:
    """Declare what judges the rows of each document, of the inputs `of`, by that document's rows alone."""

    def declare(view: View) -> ByDocument:
        return ByDocument(view, of)

    return declare


@dataclass(frozen=True, slots=True)
class Expectation:
    """One named check.

    Attributes:
        name: unique within its table; the name of the asset check in Dagster.
        table: asset that the check belongs to.
        reason: why it matters, in one sentence for the person who reads the failure.
        view: computes the frame to look at; expectations that share a view share the frame.
        expect: class of `great_expectations.expectations`.
        args: arguments of that class.
        show: columns that identify an offending row in reports.
        severity: a failed ``critical`` stops what is downstream; a ``warning`` is shown. Critical is what
            holds by construction and corrupts every use of the data once it does not: evidence, keys,
            promised values, inputs accounted for. What a text may break, or a count, is a warning.
        column: column of `table` that is meant, or None where it is several.
    """

    name: str
    table: str
    reason: str
    view: View
    expect: str
    args: Mapping[str, Any]
    show: tuple[str, ...] = ()
    severity: Severity = "critical"
    column: str | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """Columns of the view that the expectation is about: enough to tell whether it holds."""
        named = [self.args.get(key) for key in ("column", "column_A", "column_B")]
        listed = self.args.get("column_list", ())
        return tuple(dict.fromkeys(c for c in (*named, *listed) if c is not None))

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the view that a report of a failure needs, so that no others are copied."""
        return tuple(dict.fromkeys((*self.asked, *self.show)))


@dataclass(frozen=True, slots=True)
class Suite:
    """Expectations that are evaluated together, once the assets that they read are made.

    Attributes:
        name: unique over all suites.
        stage: where in the pipeline it stands.
        inputs: assets whose frames it reads.
        expectations: the checks; every `table` among them is an asset of the stage.
        load: name of a reader of files in `expectations.files` whose frames join the inputs, or None.
    """

    name: str
    stage: Stage
    inputs: tuple[str, ...]
    expectations: tuple[Expectation, ...] = field(repr=False)
    load: str | None = None

    def __post_init__(self) -> None:
        keys = [(e.table, e.name) for e in self.expectations]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ContractError("expectation_twice", f"Suite {self.name!r} declares {twice} more than once.")

    @property
    def tables(self) -> tuple[str, ...]:
        """Assets that its checks belong to, in order."""
        return tuple(dict.fromkeys(e.table for e in self.expectations))


def definition_of(suite: Suite) -> str:
    """Digest of everything but the data that a suite's results depend on: code, contract, expectations."""
    said = [
        (e.name, e.table, e.reason, e.expect, sorted(e.args.items()), e.show, e.severity, e.column, *_code(e))
        for e in suite.expectations
    ]
    return text_digest(code_digest(), TABLES, suite.name, suite.stage, suite.inputs, said)


def _code(expectation: Expectation) -> tuple[object, ...]:
    """What tells an expectation's view from others; its source is part of the project's code."""
    view = expectation.view
    match view:
        case ByDocument():
            return ("by document", view.of, *_function(view.view))
        case Summary():
            functions = (view.view, view.sound, view.others)
            return ("summary", view.of, *(_function(each) for each in functions))
        case _:
            return _function(view)


def _function(function: Callable[..., object]) -> tuple[object, ...]:
    code = getattr(function, "__code__", None)
    return (
        function.__module__,
        getattr(function, "__qualname__", ""),
        None if code is None else code.co_code,
    )
