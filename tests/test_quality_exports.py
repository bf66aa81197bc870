"""Rows of files are held against rows of the database: the same in whatever order, or told apart."""

import duckdb
import polars as pl
import pytest

from pipeline.contract import Column, ColumnType, Table, table
from pipeline.contract.ddl import of_files
from pipeline.contract.schema import Reference
from pipeline.quality_frames.exports import Rows, differences
from pipeline.quality_frames.relations import keys_lead_somewhere, same_rows
from tests.contract_rows import sample

NAME = "statements"


def rows(frame):
    return Rows(frame.columns, lambda: frame.height, frame.select)


def held(built, exported):
    """The differences, where DuckDB says which tables are the same row for row."""

    def same(name, columns):
        with duckdb.connect() as con:
            for side, tables in (("ours", built), ("theirs", exported)):
                con.register(side, tables[name].read(tables[name].columns))
            return same_rows(con, "ours", "theirs", columns)

    return differences(built, exported, same)


def told(built, exported):
    """What is said of one table where all others are equal."""
    same = {name: rows(frame) for name, frame in sample().items()}
    found = held(same | built, same | exported)
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
    found = held(same | {NAME: rows(statements)}, lacking).filter(pl.col("n_different") > 0)
    assert found.select("table", "n_built", "n_exported", "n_different").rows() == [(NAME, 3, None, 3)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([1, None, 3], [1, None, 3], True),
        ([1, None, 3], [1, 2, 3], False),
        ([1, 2, 3], [3, 2, 1], False),
        ([None, None], [None, 1], False),
        ([1, 2], [1.0, 2.0], False),
        ([["a", None]], [["a", None]], True),
        ([["a", None]], [["a", "b"]], False),
        ([[]], [None], False),
        ([], [], True),
    ],
)
def test_rows_are_the_same_value_for_value_type_for_type_and_in_order(tmp_path, one, other, same):
    paths = [tmp_path / "[a]*.parquet", tmp_path / "[b]'.parquet"]
    for path, values in zip(paths, (one, other), strict=True):
        pl.DataFrame({"a": range(len(values)), "b": values}).write_parquet(path)
    with duckdb.connect() as con:
        assert same_rows(con, of_files(paths[:1]), of_files(paths[1:]), ["a", "b"]) == same


@pytest.mark.parametrize(
    ("keys", "values", "same"),
    [
        ([3, 1, 2], ["c", "a", None], True),
        ([3, 1, 2], ["a", "c", None], False),
        ([3, 1, 4], ["c", "a", None], False),
        ([3, 1, 1], ["c", "a", "a"], False),
    ],
)
def test_rows_with_a_key_are_the_same_in_another_order(keys, values, same):
    ours = pl.DataFrame({"a": [1, 2, 3], "b": ["a", None, "c"]})
    with duckdb.connect() as con:
        con.register("ours", ours)
        con.register("theirs", pl.DataFrame({"a": keys, "b": values}))
        assert same_rows(con, "ours", "theirs", ["a", "b"], ["a"]) == same
        assert not same_rows(con, "ours", "theirs", ["a", "b"])


@pytest.mark.parametrize(
    ("change", "whole"),
    [
        ({}, True),
        ({"document_id": "doc_0"}, False),
        ({"speaker_entity_id": None}, True),
        ({"speaker_entity_id": "ent_0"}, False),
        ({"communication_id": "stm_0"}, False),
    ],
)
def test_a_key_that_leads_nowhere_is_noticed(change, whole):
    frames = sample()
    frames[NAME] = frames[NAME].with_columns(**{key: pl.lit(value) for key, value in change.items()})
    with duckdb.connect() as con:
        for name, frame in frames.items():
            con.register(name, frame)
        assert keys_lead_somewhere(con, table(NAME), {name: name for name in frames}) == whole


def test_each_element_of_a_list_is_a_key():
    column = Column("keys", ColumnType.STRINGS, "Keys.", references=Reference("u", "id"))
    own = Table("t", "raw", "Keys.", (column,), ("keys",), ("keys",))
    with duckdb.connect() as con:
        con.register("u", pl.DataFrame({"id": ["a", "b"]}))
        for keys, whole in ([["a", "b"], None, []], True), ([["a"], ["b", "c"]], False):
            con.register("t", pl.DataFrame({"keys": keys}, schema={"keys": pl.List(pl.String)}))
            assert keys_lead_somewhere(con, own, {"t": "t", "u": "u"}) == whole
