"""Few rows tell of all: an expectation says of them what it says of the whole frame."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import SUITES
from expectations.looking import ROW_BY_ROW, telling_rows
from expectations.model import Expectation, Suite
from expectations.validate import _YES_OR_NO, _ask, validate

KINDS = {
    "ExpectColumnValuesToBeBetween": {"column": "a", "min_value": -1, "max_value": 2},
    "ExpectColumnValuesToBeInSet": {"column": "a", "value_set": [0, 1, 2]},
    "ExpectColumnValuesToBeNull": {"column": "a"},
    "ExpectColumnValuesToNotBeNull": {"column": "a"},
    "ExpectColumnPairValuesToBeEqual": {"column_A": "a", "column_B": "b", "ignore_row_if": "neither"},
    "ExpectColumnPairValuesAToBeGreaterThanB": {
        "column_A": "a",
        "column_B": "b",
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    },
}


def expectation(kind, args, view=lambda inputs: inputs["rows"]):
    return Expectation(
        name=f"{kind}_{args.get('column', '')}",
        table="rows",
        reason="It is tried.",
        view=view,
        expect=kind,
        args=args,
    )


def test_all_classes_that_judge_row_by_row_are_tried():
    assert set(KINDS) == ROW_BY_ROW
    used = {e.expect for suite in SUITES for e in suite.expectations}
    assert used >= ROW_BY_ROW
    assert not any("mostly" in e.args for suite in SUITES for e in suite.expectations)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=15, deadline=None)
@given(pairs=st.lists(st.tuples(st.none() | st.integers(-3, 3), st.none() | st.integers(-3, 3)), max_size=12))
def test_the_telling_rows_give_the_answer_of_all_rows(kind, pairs):
    schema = {"a": pl.Int64, "b": pl.Int64}
    frame = pl.DataFrame(pairs, schema=schema, orient="row")
    asked = expectation(kind, KINDS[kind])
    few = telling_rows(frame, asked)
    assert few.height <= frame.height
    on_all = _ask(frame.select(asked.asked), {0: asked}, _YES_OR_NO)[0].success
    assert _ask(few, {0: asked}, _YES_OR_NO)[0].success == on_all


def test_each_of_many_views_fails_by_its_own_rows_alone():
    """All are asked at once, on views of different heights, one of them empty."""
    frames = {
        "good": pl.DataFrame({"a": [0, 0, 1]}),
        "bad": pl.DataFrame({"a": [0, 9, 1, 2, -4]}),
        "none": pl.DataFrame({"a": []}, schema={"a": pl.Int64}),
    }
    asked = tuple(
        Expectation(
            name=name,
            table=name,
            reason="It is tried.",
            view=lambda inputs, name=name: inputs[name],
            expect="ExpectColumnValuesToBeBetween",
            args={"column": "a", "min_value": 0, "max_value": 2},
            show=("row",),
        )
        for name in frames
    )
    numbered = {name: df.with_row_index("row") for name, df in frames.items()}
    results = validate(Suite("tried", "raw", tuple(frames), asked), numbered)
    assert [row["row"] for row in results[1].offending] == ["1", "4"]
    assert [(r.success, r.unexpected_count, r.rows) for r in results] == [
        (True, 0, 3),
        (False, 2, 5),
        (True, 0, 0),
    ]


def test_a_check_without_its_column_fails_and_the_others_of_its_view_do_not():
    asked = (
        expectation("ExpectColumnValuesToBeNull", {"column": "gone"}),
        expectation("ExpectColumnValuesToNotBeNull", {"column": "a"}),
    )
    lost, kept = validate(Suite("tried", "raw", ("rows",), asked), {"rows": pl.DataFrame({"a": [1]})})
    assert lost.error is not None and "gone" in lost.error and not lost.success
    assert kept.success
