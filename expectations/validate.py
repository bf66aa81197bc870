"""Evaluating a suite with Great Expectations: frames in, one result per expectation out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import polars as pl

from expectations.lean import loading_later
from expectations.model import Expectation, Inputs, Suite, Table, View
from pipeline.quality import SHOWN_EXAMPLES, CheckResult

MAX_SHOWN = 240
"""Characters of a value that a report shows."""

_BETWEEN: Final = "ExpectColumnValuesToBeBetween"
_PAIRS: Final = "ExpectColumnPairValuesToBeEqual"
ROW_BY_ROW: Final = frozenset(
    {
        _BETWEEN,
        _PAIRS,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        "ExpectColumnValuesToBeInSet",
        "ExpectColumnValuesToBeNull",
        "ExpectColumnValuesToNotBeNull",
    }
)
"""Classes that judge each row by itself, and hold if every row is right."""
_COLUMNS: Final = ("column", "column_A", "column_B")
"""Arguments of these that name a column."""
_YES_OR_NO: Final = {"result_format": "BOOLEAN_ONLY"}


def validate(suite: Suite, frames: Mapping[str, pl.DataFrame | Table]) -> tuple[CheckResult, ...]:
    """Evaluate every expectation of `suite` on `frames`; results come in the suite's order.

    A view or an expectation that breaks is a failed check with `error` set, never a passed one.
    """
    inputs = Inputs(frames)
    by_view: dict[View, list[int]] = {}
    for number, expectation in enumerate(suite.expectations):
        by_view.setdefault(expectation.view, []).append(number)
    broken: dict[int, tuple[str, int]] = {}
    looked: dict[int, int] = {}
    telling: dict[int, pl.DataFrame] = {}
    found: dict[int, Any] = {}
    for view, numbers in by_view.items():
        try:
            frame = inputs.view(view)
        except Exception as error:  # the failure of every check on this view, and reported as such
            broken |= {number: (f"{type(error).__name__}: {error}", 0) for number in numbers}
            continue
        for number in numbers:
            expectation, looked[number] = suite.expectations[number], frame.height
            try:
                frame.select(expectation.columns)
                telling[number] = _telling(frame, expectation)
            except Exception as error:
                broken[number] = f"{type(error).__name__}: {error}", frame.height
    found = _held(suite, telling)
    # Counting and listing what offends takes long, so it is done only where something does.
    for view, numbers in by_view.items():
        failed = {n: suite.expectations[n] for n in numbers if n in telling and not _holds(found.get(n))}
        if failed:
            columns = list(dict.fromkeys(c for e in failed.values() for c in e.columns))
            frame = inputs.view(view)
            found |= _ask(frame.select(columns) if columns else frame, failed, _details(failed))
    return tuple(
        _broken(suite, e, *broken[number])
        if number in broken
        else _result(suite, e, found.get(number), looked[number])
        for number, e in enumerate(suite.expectations)
    )


@lru_cache(maxsize=1)
def _frames() -> Any:
    """Where frames become batches, in an ephemeral context.

    Made at first use, since importing Great Expectations takes seconds, and once, since each data
    source that is added makes the context write itself out anew.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with loading_later("scipy.stats"):  # for expectations on distributions
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("views")
        .add_dataframe_asset("view")
        .add_batch_definition_whole_dataframe("all")
    )


def _telling(frame: pl.DataFrame, expectation: Expectation) -> pl.DataFrame:
    """Rows of the columns asked about, as few as can be that tell whether the expectation holds for all.

    Where it judges each row by itself, those are the different ones. Of numbers between bounds they are the
    least, the greatest, and those that are none; of pairs that are to be equal, one pair that is and all that
    are not.
    """
    rows = frame.select(expectation.asked) if expectation.asked else frame
    if expectation.expect not in ROW_BY_ROW:
        return rows
    if expectation.expect == _PAIRS:
        one, other = (pl.col(expectation.args[name]) for name in ("column_A", "column_B"))
        equal = rows.select(one.eq(other).fill_null(False)).to_series()
        rows = pl.concat([rows.filter(equal).head(1), rows.filter(~equal)])
    elif expectation.expect == _BETWEEN and rows.schema[expectation.args["column"]].is_numeric():
        value = pl.col(expectation.args["column"])
        ends = (value == value.min()) | (value == value.max()) | value.is_nan()
        rows = rows.filter(ends.fill_null(True))
    return rows.unique()


def _held(suite: Suite, telling: Mapping[int, pl.DataFrame]) -> dict[int, Any]:
    """What Great Expectations says of the telling rows, by number; whether the expectation holds, no more.

    Every question to it takes long, however small the batch: all expectations that judge row by row are
    asked at once, on one batch in which their rows stand side by side under names of their own. The shorter
    ones repeat their last row, which changes nothing of what is said of them.
    """
    found: dict[int, Any] = {}
    together: dict[bool, list[int]] = {}
    for number, rows in telling.items():
        expectation = suite.expectations[number]
        if expectation.expect in ROW_BY_ROW:
            together.setdefault(rows.is_empty(), []).append(number)
        else:
            found |= _ask(rows, {number: expectation}, _YES_OR_NO)
    for numbers in together.values():
        height = max(telling[number].height for number in numbers)
        parts = [
            telling[number]
            .select(pl.all().gather(pl.int_range(height).clip(upper_bound=telling[number].height - 1)))
            .rename(lambda column, number=number: _own(number, column))
            for number in numbers
        ]
        asked = {
            number: replace(
                e, args={**e.args, **{k: _own(number, e.args[k]) for k in _COLUMNS if k in e.args}}
            )
            for number in numbers
            for e in (suite.expectations[number],)
        }
        found |= _ask(pl.concat(parts, how="horizontal"), asked, _YES_OR_NO)
    return found


def _own(number: int, column: str) -> str:
    return f"{number} {column}"


def _holds(found: Any) -> bool:
    return found is not None and bool(found.success)


def _details(failed: Mapping[int, Expectation]) -> dict[str, Any]:
    """To be asked for: how many rows offend, and which the first ones are."""
    return {
        "result_format": "SUMMARY",
        "partial_unexpected_count": SHOWN_EXAMPLES,
        "unexpected_index_column_names": list(dict.fromkeys(c for e in failed.values() for c in e.show)),
    }


def _ask(
    frame: pl.DataFrame, numbered: Mapping[int, Expectation], result_format: Mapping[str, Any]
) -> dict[int, Any]:
    """What Great Expectations answers, by number: its results come in an order of their own."""
    definition = _frames()
    # Arrow types: the default would turn nullable integers into floats and dates into objects.
    batch = definition.get_batch({"dataframe": frame.to_pandas(use_pyarrow_extension_array=True)})
    import great_expectations as gx
    import great_expectations.expectations as gxe

    asked = gx.ExpectationSuite(
        name="asked",
        expectations=[
            getattr(gxe, e.expect)(**e.args, severity=e.severity, meta={"number": number})
            for number, e in numbered.items()
        ],
    )
    answer = batch.validate(asked, result_format=dict(result_format))
    return {result.expectation_config.meta["number"]: result for result in answer.results}


def _result(suite: Suite, expectation: Expectation, found: Any, rows: int) -> CheckResult:
    if found is None:
        return _broken(suite, expectation, "Great Expectations returned no result.", rows)
    if message := _exception(found.exception_info):
        return _broken(suite, expectation, message, rows)
    result = found.result
    if found.success:
        count, observed = 0, f"{rows} rows looked at, all as expected"
    elif "element_count" in result:
        count = int(result["unexpected_count"])
        observed = f"{count} of {result['element_count']} rows are not as expected"
    else:
        count, observed = 1, f"observed {result.get('observed_value')}"
    wanted = {*expectation.columns}
    offending = tuple(
        {column: _text(value) for column, value in row.items() if column in wanted}
        for row in result.get("partial_unexpected_index_list", [])[:SHOWN_EXAMPLES]
    )
    return CheckResult(
        stage=suite.stage,
        table=expectation.table,
        suite=suite.name,
        expectation=expectation.name,
        column=expectation.column,
        severity=expectation.severity,
        success=bool(found.success),
        observed=observed,
        unexpected_count=count,
        offending=offending,
        reason=expectation.reason,
        rows=rows,
    )


def _broken(suite: Suite, expectation: Expectation, message: str, rows: int) -> CheckResult:
    return CheckResult(
        stage=suite.stage,
        table=expectation.table,
        suite=suite.name,
        expectation=expectation.name,
        column=expectation.column,
        severity=expectation.severity,
        success=False,
        observed="the check could not be carried out",
        unexpected_count=0,
        offending=(),
        reason=expectation.reason,
        rows=rows,
        error=message,
    )


def _exception(info: Mapping[str, Any] | None) -> str | None:
    """The message of an exception inside an expectation: given flat, or by metric."""
    if not info:
        return None
    entries = [info] if "raised_exception" in info else list(info.values())
    messages = [str(e["exception_message"]) for e in entries if e.get("raised_exception")]
    return "; ".join(dict.fromkeys(messages)) or None


def _text(value: Any) -> str | None:
    """A value for people, shortened; None for missing ones, whatever pandas calls them."""
    import pandas as pd

    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    text = str(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
