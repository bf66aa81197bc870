"""Evaluating a suite with Great Expectations: frames in, one result per expectation out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final

import polars as pl

from expectations.batches import BATCH, Batches
from expectations.lean import loading_later
from expectations.looking import ROW_BY_ROW, Passed, look, question, telling_rows
from expectations.model import ByDocument, Expectation, Inputs, Suite, Summary, Table, View
from pipeline.quality import SHOWN_EXAMPLES, CheckResult

MAX_SHOWN = 240
"""Characters of a value that a report shows."""

_COLUMNS: Final = ("column", "column_A", "column_B")
"""Arguments of these that name a column."""
_YES_OR_NO: Final = {"result_format": "BOOLEAN_ONLY"}


_HOLDS: Final = SimpleNamespace(success=True, exception_info=None, result={})
"""What Great Expectations says where an expectation holds."""


def validate(
    suite: Suite, frames: Mapping[str, pl.DataFrame | Table], passed: Passed | None = None
) -> tuple[CheckResult, ...]:
    """Evaluate every expectation of `suite` on `frames`; results come in the suite's order.

    A view or an expectation that breaks is a failed check with `error` set, never a passed one. What has
    `passed` in an earlier evaluation of the very suite is neither looked at nor asked about again; what
    passes now is noted there.
    """
    passed = Passed() if passed is None else passed
    inputs, batches = Inputs(frames), Batches(frames)
    by_view: dict[View, list[int]] = {}
    for number, expectation in enumerate(suite.expectations):
        by_view.setdefault(expectation.view, []).append(number)
    seen = look(suite, by_view, batches, passed)
    whole: dict[View, View] = {}
    broken: dict[int, tuple[str, int]] = {}
    looked: dict[int, int] = {}
    telling: dict[int, pl.DataFrame] = {}
    found: dict[int, Any] = {}
    for view, numbers in by_view.items():
        if view in seen and isinstance(view, ByDocument):
            looked |= dict.fromkeys(numbers, seen[view].rows)
            # Where no batch is new there are no rows to ask about.
            found |= dict.fromkeys(numbers, _HOLDS)
            telling |= {n: rows.drop(BATCH).unique() for n, rows in seen[view].telling.items()}
            continue
        try:
            whole[view] = view.others if view in seen and isinstance(view, Summary) else view
            frame = inputs.view(whole[view])
        except Exception as error:  # the failure of every check on this view, and reported as such
            broken |= {number: (f"{type(error).__name__}: {error}", 0) for number in numbers}
            continue
        for number in numbers:
            expectation, looked[number] = suite.expectations[number], frame.height
            try:
                frame.select(expectation.columns)
                telling[number] = telling_rows(frame, expectation)
            except Exception as error:
                broken[number] = f"{type(error).__name__}: {error}", frame.height
    found |= _held(suite, telling, passed)
    # Counting and listing what offends takes long, so it is done only where something does.
    for view, numbers in by_view.items():
        failed = {n: suite.expectations[n] for n in numbers if n in telling and not _holds(found.get(n))}
        offending: set[int] | None = set()
        if view not in whole and failed:
            offending = _offending_batches(seen[view].telling, failed)
        if failed:
            if view in whole or offending is None:
                frame = inputs.view(whole.get(view, view))
            else:
                frame = batches.inputs(view.of, sorted(offending)).view(view)
            columns = list(dict.fromkeys(c for e in failed.values() for c in e.columns))
            found |= _ask(frame.select(columns) if columns else frame, failed, _details(failed))
        if view in seen and isinstance(view, ByDocument) and offending is not None:
            for number, (digest, rows) in seen[view].batches.items():
                if number not in offending:
                    passed.note(seen[view].place, digest, rows)
    return tuple(
        _broken(suite, e, *broken[number])
        if number in broken
        else _result(suite, e, found.get(number), looked[number])
        for number, e in enumerate(suite.expectations)
    )


def _offending_batches(
    telling: Mapping[int, pl.DataFrame], failed: Mapping[int, Expectation]
) -> set[int] | None:
    """The batches in which something offends, by what Great Expectations says of their telling rows.

    None if it does not say: where an expectation could not be carried out.
    """
    offending: set[int] = set()
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": [BATCH]}
    for number, expectation in failed.items():
        found = _ask(telling[number], {number: expectation}, wanted).get(number)
        rows = [] if found is None else found.result.get("unexpected_index_list") or []
        if not rows:
            return None
        offending |= {int(row[BATCH]) for row in rows}
    return offending


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


def _held(suite: Suite, telling: Mapping[int, pl.DataFrame], passed: Passed) -> dict[int, Any]:
    """What Great Expectations says of the telling rows, by number; whether the expectation holds, no more.

    Every question to it takes long, however small the batch: all expectations that judge row by row are
    asked at once, on one batch in which their rows stand side by side under names of their own. The shorter
    ones repeat their last row, which changes nothing of what is said of them. What was asked before, and
    held, holds.
    """
    questions = {number: question(number, rows) for number, rows in telling.items()}
    known = {number for number, asked in questions.items() if asked is not None and passed.answered(asked)}
    found: dict[int, Any] = dict.fromkeys(known, _HOLDS)
    telling = {number: rows for number, rows in telling.items() if number not in known}
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
    passed.now_answers |= {
        asked for number, asked in questions.items() if asked is not None and _holds(found.get(number))
    }
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
        observed = f"{count} of {rows} rows are not as expected"
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
