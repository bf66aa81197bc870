"""The database is built whole, swapped in at once, and proves its own evidence."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline import warehouse
from pipeline.contract import TABLES
from pipeline.errors import ContractError
from pipeline.swap import PublishError, exclusive
from pipeline.tables import frame, rows
from pipeline.warehouse import (
    build_database,
    evidence_mismatches,
    open_database,
    open_sparingly,
    publish_database,
)
from tests.contract_rows import TEXT, quality_result, sample

CON = duckdb.connect()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("built") / "parley.duckdb"
    build_database(path, sample())
    return path


@pytest.fixture
def database(built, tmp_path):
    """A copy of the sample's database that the test may change."""
    return shutil.copyfile(built, tmp_path / "parley.duckdb")


def ask(path, sql):
    """Answer of a fresh process, as another program would get it."""
    code = (
        "import sys, duckdb; print(duckdb.connect(sys.argv[1], read_only=True).execute(sys.argv[2])"
        ".fetchall()[0][0])"
    )
    run = [sys.executable, "-c", code, str(path), sql]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()


def visible(folder):
    return sorted(p.name for p in folder.iterdir() if not p.name.endswith(".lock"))


def test_a_checked_build_is_published_as_it_is_with_newer_results(built, tmp_path):
    path = tmp_path / "published.duckdb"
    newer = frame("quality_results", [quality_result("run-2"), quality_result("run-3")])
    publish_database(built, path, newer)
    with open_database(path) as con:
        for declared in TABLES:
            expected = newer if declared.name == "quality_results" else sample()[declared.name]
            assert con.sql(f"FROM {declared.name}").pl().equals(expected)
        assert evidence_mismatches(con) == []
    assert visible(tmp_path) == ["published.duckdb"]


def test_results_that_break_the_contract_are_not_published(built, tmp_path):
    with pytest.raises(ContractError):
        publish_database(built, tmp_path / "p.duckdb", frame("quality_results", [quality_result()] * 2))
    assert visible(tmp_path) == []


# --- what is in it ----------------------------------------------------------------------------------


def test_every_row_arrives_in_every_table(database):
    with open_database(database) as con:
        for declared in TABLES:
            expected = rows(declared.name, sample()[declared.name])
            assert rows(declared.name, con.sql(f"FROM {declared.name}").pl()) == expected


def test_full_text_is_in_the_database_verbatim(database):
    with open_database(database) as con:
        assert con.execute("SELECT text FROM documents").fetchall() == [(TEXT,)]


def test_who_reads_all_of_it_takes_little_memory(built):
    with open_sparingly(built) as con:
        asked = "SELECT value FROM duckdb_settings() WHERE name = 'memory_limit'"
        assert con.execute(asked).fetchall() == [("128.0 MiB",)]
        assert evidence_mismatches(con) == []
        spilled = con.execute("SELECT current_setting('temp_directory')").fetchall()[0][0]
        assert Path(spilled).is_dir()
    assert not Path(spilled).exists()


def test_clients_of_duckdb_1_5_can_open_the_file(database):
    with open_database(database) as con:
        tags = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'parley'").fetchall()
    assert tags[0][0]["storage_version"].startswith("v1.5")


def test_opening_the_database_never_fetches_extensions(database):
    with open_database(database) as con:
        asked = (
            "SELECT name FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions' AND value = 'false'"
        )
        assert len(con.execute(asked).fetchall()) == 2


def test_every_table_view_and_column_is_described(built):
    bare = (
        "SELECT table_name, column_name FROM data_dictionary "
        "WHERE description IS NULL OR table_description IS NULL"
    )
    with open_database(built) as con:
        assert con.execute(bare).fetchall() == []


def test_a_view_inherits_the_description_of_the_table_it_reads(built):
    asked = "SELECT description FROM data_dictionary WHERE table_name = ? AND column_name = 'stance'"
    with open_database(built) as con:
        of_table, of_view = (
            con.execute(asked, [name]).fetchall() for name in ("issue_positions", "latest_positions")
        )
    assert of_view == of_table != []


# --- what it refuses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("statements", "form", "shouted"),
        ("statements", "confidence", 1.5),
        ("statements", "cue_end", 0),
        ("statements", "speaker_end", None),
        ("statements", "block_id", "blk_" + "f" * 16),
        ("documents", "language", None),
    ],
)
def test_the_database_itself_refuses_what_the_contract_forbids(database, name, column, value):
    with duckdb.connect(str(database)) as con, pytest.raises(duckdb.ConstraintException):
        con.execute(f"UPDATE {name} SET {column} = ?", [value])


def test_a_second_row_with_the_same_key_is_refused_by_the_database(database):
    with duckdb.connect(str(database)) as con, pytest.raises(duckdb.ConstraintException):
        con.execute("INSERT INTO issues FROM issues")


def spans():
    return [(t.name, s) for t in TABLES for s in t.spans if s.text is not None]


@pytest.mark.parametrize(("name", "span"), spans(), ids=lambda value: getattr(value, "text", value))
def test_words_that_differ_from_the_text_are_found_in_every_table(database, name, span):
    with duckdb.connect(str(database)) as con:
        assert evidence_mismatches(con) == []
        con.execute(f"UPDATE {name} SET {span.text} = 'no'")
        assert [row[:2] + row[3:4] for row in evidence_mismatches(con)] == [(name, span.text, "no")]


def test_a_build_with_evidence_beside_the_text_is_refused(tmp_path):
    shifted = sample()["issue_positions"].with_columns(pl.col("char_start") + 1, pl.col("char_end") + 1)
    with pytest.raises(ContractError, match=r"evidence_differs.*issue_positions.*“no truce”.*no truce”\."):
        build_database(tmp_path / "x.duckdb", sample(issue_positions=shifted))
    assert visible(tmp_path) == []


def test_a_missing_table_is_named(tmp_path):
    frames = sample()
    del frames["issues"]
    with pytest.raises(ContractError, match=r"wrong_tables.*issues"):
        build_database(tmp_path / "x.duckdb", frames)


# --- the swap ---------------------------------------------------------------------------------------


def test_an_open_reader_keeps_the_old_data_while_a_new_one_sees_the_new(database):
    other = frame("issues", [])
    empty_issues = sample(
        issues=other,
        issue_positions=frame("issue_positions", []),
        statements=sample()["statements"].with_columns(issues=pl.lit([], dtype=pl.List(pl.String))),
    )
    script = (
        "import sys, duckdb; con = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True);"
        "sys.stdin.readline(); print(con.execute('SELECT count(*) FROM issues').fetchall()[0][0])"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", script, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout.readline().strip() == "open"
    build_database(database, empty_issues)
    assert reader.communicate("go\n")[0].strip() == "1"
    assert ask(database, "SELECT count(*) FROM issues") == "0"


def test_a_build_that_fails_leaves_the_old_database_and_nothing_else(database, monkeypatch):
    before = database.read_bytes()
    insert = warehouse._insert

    def fail_half_way(con, declared, df):
        if declared.name == "statements":
            raise RuntimeError("power cut")
        insert(con, declared, df)

    monkeypatch.setattr(warehouse, "_insert", fail_half_way)
    with pytest.raises(RuntimeError, match="power cut"):
        build_database(database, sample())
    assert database.read_bytes() == before
    assert visible(database.parent) == ["parley.duckdb"]


def test_leftovers_of_a_killed_build_and_a_stale_log_are_cleared_away(database):
    (database.parent / ".building-parley.duckdb").write_bytes(b"half")
    (database.parent / ".building-parley.duckdb.wal").write_bytes(b"half")
    database.with_name("parley.duckdb.wal").write_bytes(b"of another file")
    build_database(database, sample())
    assert visible(database.parent) == ["parley.duckdb"]
    assert ask(database, "SELECT count(*) FROM documents") == "1"


def test_two_builds_do_not_run_at_once(tmp_path):
    with (
        exclusive(tmp_path, "x"),
        pytest.raises(PublishError, match="publish_locked"),
        exclusive(tmp_path, "x", seconds=0.1),
    ):
        pass


def test_of_what_was_checked_only_columns_and_types_are_looked_at_again(tmp_path):
    frames = sample()
    checked = frames | {"documents": frames["documents"].with_columns(text=pl.lit("another text"))}
    path = tmp_path / "parley.duckdb"
    build_database(path, checked, unchecked=["quality_results"])
    with open_database(path) as con:
        assert evidence_mismatches(con)  # which the suite of the built database then asks for
    with pytest.raises(ContractError) as caught:
        build_database(path, frames | {"documents": frames["documents"].drop("text")}, unchecked=[])
    assert caught.value.code == "wrong_columns"
    with pytest.raises(duckdb.ConstraintException):
        build_database(path, frames | {"documents": frames["documents"][:0]}, unchecked=[])


def test_what_was_not_checked_is_validated(tmp_path):
    frames = sample()
    results = frames["quality_results"].with_columns(severity=pl.lit("no such severity"))
    with pytest.raises(ContractError) as caught:
        build_database(
            tmp_path / "parley.duckdb", frames | {"quality_results": results}, unchecked=["quality_results"]
        )
    assert caught.value.code == "contract_values"
