"""Evaluating a suite with Great Expectations: frames in, one result per expectation out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from expectations.model import Expectation, Inputs, Suite, View
from pipeline.quality import SHOWN_EXAMPLES, CheckResult

MAX_SHOWN = 240
"""Characters of a value that a report shows."""

_Key = tuple[str, str]


def validate(suite: Suite, frames: Mapping[str, pl.DataFrame]) -> tuple[CheckResult, ...]:
    """Evaluate every expectation of `suite` on `frames`; results come in the suite's order.

    A view or an expectation that breaks is a failed check with `error` set, never a passed one.
    """
    inputs = Inputs(frames)
    by_view: dict[View, list[Expectation]] = {}
    for expectation in suite.expectations:
        by_view.setdefault(expectation.view, []).append(expectation)
    results: dict[_Key, CheckResult] = {}
    for view, expectations in by_view.items():
        try:
            frame = inputs.view(view)
            columns = list(dict.fromkeys(c for e in expectations for c in e.columns))
            narrow = frame.select(columns) if columns else frame
        except Exception as error:  # the failure of every check on this view, and reported as such
            message = f"{type(error).__name__}: {error}"
            results |= {(e.table, e.name): _broken(suite, e, message, 0) for e in expectations}
        else:
            results |= _evaluate(suite, expectations, narrow)
    return tuple(results[e.table, e.name] for e in suite.expectations)


@lru_cache(maxsize=1)
def _frames() -> Any:
    """Where frames become batches, in an ephemeral context.

    Made at first use, since importing Great Expectations takes seconds, and once, since each data
    source that is added makes the context write itself out anew.
    """
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("views")
        .add_dataframe_asset("view")
        .add_batch_definition_whole_dataframe("all")
    )


def _evaluate(
    suite: Suite, expectations: Sequence[Expectation], frame: pl.DataFrame
) -> dict[_Key, CheckResult]:
    numbered = dict(enumerate(expectations))
    asked = list(dict.fromkeys(c for e in expectations for c in e.asked))
    found = _ask(frame.select(asked) if asked else frame, numbered, {"result_format": "BOOLEAN_ONLY"})
    # Counting and listing what offends takes as long again, so only where something does.
    failed = {number: e for number, e in numbered.items() if number not in found or not found[number].success}
    if failed:
        details = {
            "result_format": "SUMMARY",
            "partial_unexpected_count": SHOWN_EXAMPLES,
            "unexpected_index_column_names": list(dict.fromkeys(c for e in failed.values() for c in e.show)),
        }
        found |= _ask(frame, failed, details)
    return {
        (e.table, e.name): _result(suite, e, found.get(number), frame.height)
        for number, e in numbered.items()
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
