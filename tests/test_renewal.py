"""A database brought up to date holds what one built whole would: after any change, row by row."""

import random
import shutil

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import renewal, views, warehouse
from pipeline.contract import TABLES, ColumnType, load_order
from pipeline.swap import BUILDING
from pipeline.warehouse import build_database, open_database
from tests.synthetic_rows import synthetic_frames

FRAMES = synthetic_frames(40, seed=7)
TOUCHED = {
    # Columns changed in their place, lists and foreign keys, of rows that others refer to or not.
    "documents": ("title", "n_words", "authors"),
    "entities": ("n_mentions", "name", "aliases"),
    "meetings": ("label", "parties"),
    "issues": ("label",),
    "blocks": ("rule",),
    "statements": ("speaker_name", "speaker_entity_id", "content", "confidence"),
    "entity_mentions": ("surface",),
    "meeting_participants": ("entity_id",),
    "meeting_mentions": ("evidence", "participants"),
    "issue_positions": ("evidence", "confidence", "actor_entity_id"),
}


def whole(frames):
    """Rows whose keys are there: of others the key is left empty, or the row left out."""
    kept = {}
    for declared in load_order():
        df = frames[declared.name]
        for column in declared.columns:
            target = column.references
            if target is None or column.type is ColumnType.STRINGS:
                continue
            there = df if target.table == declared.name else kept[target.table]
            known = pl.col(column.name).is_in(there[target.column].implode())
            if column.nullable:
                df = df.with_columns(pl.when(known).then(pl.col(column.name)).alias(column.name))
            elif target.table == declared.name:
                own = pl.col(declared.primary_key[0])
                df = df.with_columns(
                    pl.when(known).then(pl.col(column.name)).otherwise(own).alias(column.name)
                )
            else:
                df = df.filter(known)
        kept[declared.name] = df
    return kept


def other(column, dtype):
    """Another value of a column, fit for it."""
    if dtype == pl.List(pl.String):
        return column.list.concat(pl.lit(["added"]))
    if dtype.is_integer():
        return column + 1
    if dtype.is_float():
        return column / 2
    return pl.lit(None, dtype) if column.meta.output_name().endswith("_id") else column + pl.lit(" again")


def changed(seed):
    """The frames with some documents gone and some rows different."""
    chance = random.Random(seed)
    gone = chance.sample(FRAMES["documents"]["document_id"].to_list(), chance.randrange(4))
    frames = {}
    for declared in TABLES:
        df = FRAMES[declared.name]
        if "document_id" in df.columns:
            df = df.filter(~pl.col("document_id").is_in(gone))
        for name in TOUCHED.get(declared.name, ()):
            if chance.random() < 0.5:
                hit = pl.Series([chance.random() < 0.02 for _ in range(df.height)], dtype=pl.Boolean)
                value = pl.when(hit).then(other(pl.col(name), df.schema[name])).otherwise(pl.col(name))
                df = df.with_columns(value.alias(name))
        frames[declared.name] = df
    return whole(frames)


def rows(df):
    return df.sort(df.columns)


def assert_holds(database, frames):
    with open_database(database) as con:
        for declared in TABLES:
            assert rows(con.sql(f"FROM {declared.name}").pl()).equals(rows(frames[declared.name]))
        written = views._written(con)
        for name in views.STORED:
            query = written[name].partition(" AS\n")[2]
            expected, kept = con.sql(query).pl(), con.sql(f"FROM {name}").pl()
            if name in (*views.BY_DOCUMENT, "statement_mentions"):  # in no order of their own
                expected, kept = rows(expected), rows(kept)
            assert expected.equals(kept), name


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("built") / "parley.duckdb"
    build_database(path, FRAMES, unchecked=())
    return path


@pytest.fixture
def database(built, tmp_path):
    return shutil.copyfile(built, tmp_path / "parley.duckdb")


@pytest.fixture
def renewed(monkeypatch):
    """What bringing up to date gave, each time it was tried."""
    given, renew = [], warehouse.renew

    def spy(*arguments):
        given.append(None)
        given[-1] = renew(*arguments)
        return given[-1]

    monkeypatch.setattr("pipeline.warehouse.renew", spy)
    return given


@settings(max_examples=3, deadline=None)
@given(seeds=st.lists(st.integers(0, 10_000), min_size=2, max_size=2))
def test_after_any_changes_it_holds_the_rows_of_a_whole_build(built, tmp_path_factory, seeds):
    database = shutil.copyfile(built, tmp_path_factory.mktemp("renewed") / "parley.duckdb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renewal, "MOST_CHANGED", 1.0)
        patch.setattr("pipeline.warehouse.create_all", None)  # it is not built whole
        for seed in seeds:
            frames = changed(seed)
            build_database(database, frames, unchecked=(), same=())
            assert_holds(database, frames)


def test_descriptions_stay_and_keys_hold(database, renewed):
    def told(con):
        return con.execute("FROM data_dictionary").fetchall()

    with open_database(database) as con:
        before = told(con)
    build_database(database, changed(1), unchecked=(), same=())
    assert renewed[-1]
    with duckdb.connect(str(database)) as con:
        assert told(con) == before
        for declared in TABLES:
            if FRAMES[declared.name].height:
                with pytest.raises(duckdb.ConstraintException):
                    con.execute(f"INSERT INTO {declared.name} FROM {declared.name}")


def test_tables_that_are_known_to_be_the_same_are_not_compared(database, renewed):
    frames = FRAMES | {"issues": FRAMES["issues"].with_columns(label=pl.lit("another"))}
    build_database(database, frames, unchecked=(), same=set(FRAMES) - {"issue_positions"})
    assert renewed == [set()]
    build_database(database, frames, unchecked=(), same=set(FRAMES) - {"issues"})
    assert renewed[1:] == [{"issues"}]
    assert_holds(database, frames)


@pytest.mark.parametrize("limit", ["MOST_CHANGED", "MOST_FREE"])
def test_what_differs_much_or_has_grown_is_built_whole(database, renewed, monkeypatch, limit):
    monkeypatch.setattr(renewal, limit, -1)
    frames = changed(2)
    build_database(database, frames, unchecked=(), same=())
    assert renewed == [None]
    assert_holds(database, frames)


@pytest.mark.parametrize("old", [b"", b"no database", None], ids=["empty", "broken", "gone"])
def test_what_cannot_be_renewed_is_built_whole(tmp_path, caplog, old):
    database = tmp_path / "parley.duckdb"
    if old is not None:
        database.write_bytes(old)
    build_database(database, FRAMES, unchecked=(), same=())
    assert_holds(database, FRAMES)
    assert "built whole" in caplog.text
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(BUILDING)] == []


def test_keys_that_need_more_memory_than_is_set_get_it(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("pipeline.warehouse.MEMORY", 3 << 20)
    monkeypatch.setattr("pipeline.warehouse.MEMORY_OF_A_ROW", 0)
    build_database(tmp_path / "parley.duckdb", FRAMES, unchecked=())
    assert "memory" in caplog.text
    assert_holds(tmp_path / "parley.duckdb", FRAMES)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".parley.duckdb.lock", "parley.duckdb"]


def test_rows_that_break_a_key_are_refused_and_the_old_database_stays(database):
    frames = FRAMES | {"documents": FRAMES["documents"][1:]}
    with pytest.raises(duckdb.ConstraintException):
        build_database(database, frames, unchecked=(), same=())
    assert_holds(database, FRAMES)


def test_a_file_does_not_grow_without_end(database):
    size = database.stat().st_size
    for seed in range(4):
        build_database(database, changed(seed), unchecked=(), same=())
    assert database.stat().st_size < 3 * size
