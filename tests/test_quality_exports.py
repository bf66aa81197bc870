"""Rows of files are held against rows of the database: the same in whatever order, or told apart."""

import polars as pl
import pytest

from pipeline.quality_frames.exports import Rows, differences
from tests.contract_rows import sample

NAME = "statements"


def rows(frame):
    return Rows(frame.columns, frame.select)


def told(built, exported):
    """What is said of one table where all others are equal."""
    same = {name: rows(frame) for name, frame in sample().items()}
    found = differences(same | built, same | exported)
    (row,) = found.filter(pl.col("table") == NAME).to_dicts()
    assert found.filter(pl.col("table") != NAME)["n_different"].sum() == 0
    return row


@pytest.fixture
def statements():
    """Several statements."""
    frame = sample()[NAME]
    keys = pl.Series("statement_id", [f"stm_{n:016d}" for n in range(3)])
    return pl.concat([frame[:1]] * 3).with_columns(keys)


def test_equal_rows_do_not_differ_in_whatever_order(statements):
    assert told({NAME: rows(statements)}, {NAME: rows(statements)})["n_different"] == 0
    assert told({NAME: rows(statements)}, {NAME: rows(statements.reverse())})["n_different"] == 0


def test_columns_that_are_not_exported_are_not_compared(statements):
    fewer = statements.drop("content")
    assert told({NAME: rows(statements)}, {NAME: rows(fewer)})["n_different"] == 0


def test_a_value_that_differs_is_told_with_its_key(statements):
    value = pl.when(pl.col("statement_id").str.ends_with("1")).then(0.25).otherwise("confidence")
    row = told({NAME: rows(statements)}, {NAME: rows(statements.with_columns(confidence=value))})
    assert (row["n_different"], row["first_difference"]) == (2, "stm_0000000000000001")


def test_a_row_that_is_missing_or_there_twice_is_told(statements):
    assert told({NAME: rows(statements)}, {NAME: rows(statements[1:])})["n_different"] == 1
    twice = told({NAME: rows(statements)}, {NAME: rows(pl.concat([statements, statements[:1]]))})
    assert (twice["n_different"], twice["n_exported"], twice["first_difference"]) == (1, 4, "repeated rows")


def test_a_table_that_is_missing_differs_in_all_its_rows(statements):
    same = {name: rows(frame) for name, frame in sample().items()}
    lacking = {name: own for name, own in same.items() if name != NAME}
    found = differences(same | {NAME: rows(statements)}, lacking).filter(pl.col("n_different") > 0)
    assert found.select("table", "n_built", "n_exported", "n_different").rows() == [(NAME, 3, None, 3)]
