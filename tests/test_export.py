"""Exports are whole sets, swapped at once, equal for equal data, and true to their manifest."""

import contextlib
import dataclasses
import datetime as dt
import json
import multiprocessing
import shutil
import time

import duckdb
import frictionless
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from pipeline import export, tables
from pipeline.contract import TABLES, Column, ColumnType, registry, table
from pipeline.contract.ddl import describe_column, describe_table
from pipeline.datapackage import verify_exports
from pipeline.errors import ContractError
from pipeline.export import (
    earlier_times,
    export_tables,
    open_set,
    settled_quality_results,
)
from pipeline.settings import Settings
from pipeline.swap import PublishError
from pipeline.tables import frame, rows
from tests.contract_rows import TEXT, TIME, quality_result, sample


@pytest.fixture
def settings(tmp_path):
    return Settings(warehouse=tmp_path)


def other():
    """Data that differ from the sample's in two tables that belong together."""
    later = sample()["documents"].with_columns(n_words=pl.lit(99, dtype=pl.Int64))
    return sample(documents=later, issues=sample()["issues"].with_columns(label=pl.lit("Armistice")))


def contents(exports):
    return {
        path.name: path.read_bytes() for path in exports.iterdir() if path.is_symlink() and path.is_file()
    }


def label_and_words(folder):
    """What tells the sample (Truce, 13) from the other data (Armistice, 99), read from two files."""
    return (
        pl.read_parquet(folder / "issues.parquet")["label"][0],
        pl.read_parquet(folder / "documents.parquet")["n_words"][0],
    )


# --- content ----------------------------------------------------------------------------------------


def test_every_row_arrives_in_every_file(settings):
    export_tables(sample(), settings)
    for declared in TABLES:
        read = pl.read_parquet(settings.exports / f"{declared.name}.parquet")
        names = [c.name for c in declared.exported_columns(with_private=False)]
        assert read.equals(sample()[declared.name].select(names)), declared.name


def test_duckdb_reads_the_fixed_paths(settings):
    export_tables(sample(), settings)
    with duckdb.connect() as con:
        found = con.execute(f"SELECT content FROM '{settings.exports}/statements.parquet'").fetchall()
    assert found == [("“no truce”",)]


def test_articles_stay_at_home_unless_asked_for(settings):
    export_tables(sample(), settings)
    assert "text" not in pl.read_parquet(settings.exports / "documents.parquet").columns
    assert TEXT.encode()[-40:] not in b"".join(contents(settings.exports).values())
    export_tables(sample(), dataclasses.replace(settings, export_text=True))
    assert pl.read_parquet(settings.exports / "documents.parquet")["text"].to_list() == [TEXT]
    assert verify_exports(settings.exports) == []


def test_equal_data_give_equal_bytes_in_the_same_and_in_another_folder(settings, tmp_path):
    export_tables(sample(), settings)
    first = contents(settings.exports)
    again = export_tables(sample(), settings)
    elsewhere = Settings(warehouse=tmp_path / "elsewhere")
    export_tables(sample(), elsewhere)
    assert not again.changed
    assert contents(settings.exports) == first == contents(elsewhere.exports)
    assert len(first) == len(TABLES) + 2


def test_frames_that_break_the_contract_are_refused_and_the_old_set_stays(settings):
    export_tables(sample(), settings)
    with pytest.raises(ContractError, match="contract_values"):
        export_tables(
            sample(statements=sample()["statements"].with_columns(form=pl.lit("shouted"))), settings
        )
    assert verify_exports(settings.exports) == []


def test_a_missing_table_is_named(settings):
    frames = sample()
    del frames["issues"]
    with pytest.raises(ContractError, match=r"wrong_tables.*issues"):
        export_tables(frames, settings)


# --- the manifest -----------------------------------------------------------------------------------


def test_the_manifest_is_a_valid_data_package_and_its_files_are_as_promised(settings):
    export_tables(sample(), settings)
    descriptor = json.loads((settings.exports / "datapackage.json").read_text())
    assert list(frictionless.Package.metadata_validate(descriptor)) == []
    report = frictionless.validate(str(settings.exports / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])


def test_schemas_of_the_manifest_are_valid_table_schemas(settings):
    export_tables(sample(), settings)
    for resource in json.loads((settings.exports / "datapackage.json").read_text())["resources"]:
        if "schema" in resource:
            assert list(frictionless.Schema.metadata_validate(resource["schema"])) == []


def test_the_manifest_names_sources_code_and_two_licences(settings):
    export_tables(sample(), settings)
    descriptor = json.loads((settings.exports / "datapackage.json").read_text())
    assert descriptor["sources"] == [{"title": "The Daily Example", "documents": 1}]
    assert descriptor["licenses"][0]["name"] != descriptor["code"]["license"]
    assert descriptor["code"]["version"]


def test_warnings_travel_in_the_manifest_for_whoever_shows_figures(settings):
    export_tables(sample(), settings)
    resources = json.loads((settings.exports / "datapackage.json").read_text())["resources"]
    carried = {r["name"]: r["warnings"] for r in resources if "schema" in r}
    assert carried == {t.name: list(t.warnings) for t in TABLES}
    assert all(carried.values())


# --- other readers ----------------------------------------------------------------------------------


def test_pandas_reads_what_was_written(settings):
    export_tables(sample(), settings)
    read = pd.read_parquet(settings.exports / "statements.parquet")
    assert read["content"].tolist() == ["“no truce”"]
    assert [list(issues) for issues in read["issues"]] == [["truce"]]
    assert read["stated_from"].tolist() == [dt.date(2025, 11, 24)]
    for declared in TABLES:
        read = pd.read_parquet(settings.exports / f"{declared.name}.parquet")
        assert len(read) == sample()[declared.name].height


PHYSICAL = {
    ColumnType.STRING: ("BYTE_ARRAY", "String"),
    ColumnType.STRINGS: ("BYTE_ARRAY", "String"),
    ColumnType.INTEGER: ("INT64", "None"),
    ColumnType.NUMBER: ("DOUBLE", "None"),
    ColumnType.BOOLEAN: ("BOOLEAN", "None"),
    ColumnType.DATE: ("INT32", "Date"),
    ColumnType.TIMESTAMP: ("INT64", "Timestamp"),
}


def test_types_in_the_files_are_plain_parquet_that_every_reader_knows(settings):
    """No dictionaries, views, large strings or types of one library, so that R's arrow takes them, too."""
    export_tables(sample(), settings)
    for declared in TABLES:
        parquet = pq.ParquetFile(settings.exports / f"{declared.name}.parquet")
        columns = declared.exported_columns(with_private=False)
        found = [parquet.schema.column(i) for i in range(len(columns))]
        for column, kind in zip(columns, found, strict=True):
            physical, logical = PHYSICAL[column.type]
            assert kind.physical_type == physical
            assert str(kind.logical_type).startswith(logical), column.name
            assert kind.max_repetition_level == (1 if column.type is ColumnType.STRINGS else 0)
        arrow = parquet.schema_arrow
        assert {str(field.type) for field in arrow} <= {
            *("string", "int64", "double", "bool", "date32[day]", "timestamp[us]", "list<element: string>")
        }
        assert set(arrow.metadata) == {b"description"}


def break_manifest(folder):
    (folder / "datapackage.json").unlink()


def break_manifest_text(folder):
    (folder / "datapackage.json").write_text("{}")


def break_by_bytes(folder):
    with (folder / "issues.parquet").open("ab") as handle:
        handle.write(b"x")


def break_by_one_byte(folder):
    data = bytearray((folder / "issues.parquet").read_bytes())
    data[10] ^= 1
    (folder / "issues.parquet").write_bytes(data)


def break_by_removal(folder):
    (folder / "issues.parquet").unlink()


def break_by_addition(folder):
    (folder / "extra.parquet").write_bytes(b"x")


def break_promise(change):
    def broken(folder):
        path = folder / "datapackage.json"
        descriptor = json.loads(path.read_text())
        change(descriptor)
        path.write_text(json.dumps(descriptor))

    return broken


def issues_resource(descriptor):
    return next(r for r in descriptor["resources"] if r["name"] == "issues")


BREAKS = {
    r"datapackage.json is missing": break_manifest,
    r"datapackage.json cannot be read": break_manifest_text,
    r"issues.parquet has \d+ bytes": break_by_bytes,
    r"issues.parquet has SHA-256": break_by_one_byte,
    r"issues.parquet cannot be read": break_by_removal,
    r"extra.parquet is not in": break_by_addition,
    r"issues is not in": break_promise(lambda d: d["resources"].remove(issues_resource(d))),
    r"has 1 rows, promised 2": break_promise(lambda d: issues_resource(d).update(rowCount=2)),
    r"differs from the contract": break_promise(
        lambda d: issues_resource(d)["schema"]["fields"][1].update(description="Something else.")
    ),
    r"has columns": break_promise(lambda d: issues_resource(d)["schema"]["fields"][1].update(type="integer")),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return export_tables(sample(), Settings(warehouse=tmp_path_factory.mktemp("written"))).folder


@pytest.mark.parametrize("sentence", BREAKS)
def test_verification_finds_what_is_wrong(written, tmp_path, sentence):
    folder = shutil.copytree(written, tmp_path / "set")
    assert verify_exports(folder) == []
    BREAKS[sentence](folder)
    assert any(pl.Series([found]).str.contains(sentence)[0] for found in verify_exports(folder))


def test_descriptions_travel_inside_the_files(settings):
    export_tables(sample(), settings)
    schema = pq.read_schema(settings.exports / "statements.parquet")
    declared = table("statements")
    assert schema.metadata[b"description"].decode() == describe_table(declared)
    form = schema.field("form")
    assert form.metadata[b"description"].decode() == describe_column(declared.column("form"))
    assert not form.nullable and schema.field("party").nullable


# --- the swap ---------------------------------------------------------------------------------------


def _alternate(warehouse, seconds):
    settings = Settings(warehouse=warehouse)
    until, turn = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        export_tables([other(), sample()][turn % 2], settings)
        turn += 1


def test_readers_of_an_opened_set_never_see_a_mixture(settings):
    export_tables(sample(), settings)
    writer = multiprocessing.get_context("spawn").Process(target=_alternate, args=(settings.warehouse, 1.0))
    writer.start()
    seen = set()
    while writer.is_alive():
        # A set may go at the second change after it was opened; a mixture may never be seen.
        with contextlib.suppress(FileNotFoundError):
            seen.add(label_and_words(open_set(settings.exports)))
    writer.join()
    assert writer.exitcode == 0
    assert seen == {("Truce", 13), ("Armistice", 99)}


def test_an_opened_set_stays_after_the_next_change_and_older_ones_go(settings):
    export_tables(sample(), settings)
    opened = open_set(settings.exports)
    export_tables(other(), settings)
    assert label_and_words(opened) == ("Truce", 13)
    assert label_and_words(settings.exports) == ("Armistice", 99)
    export_tables(sample(issues=sample()["issues"].with_columns(label=pl.lit("Third"))), settings)
    assert not opened.exists()
    assert len(list((settings.exports / ".sets").iterdir())) == 2


def test_a_rerun_without_change_keeps_the_set_before(settings):
    export_tables(sample(), settings)
    opened = open_set(settings.exports)
    export_tables(other(), settings)
    export_tables(other(), settings)
    assert label_and_words(opened) == ("Truce", 13)


STEPS = ["_write_parquet", "write_manifest", "_settle_name", "point_link", "_refresh_links", "_forget"]


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_dies_at_any_step_leaves_a_whole_set_and_the_next_run_finishes(
    settings, monkeypatch, step
):
    export_tables(sample(), settings)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(export, step, die)
        # A killed process runs no clean-up either.
        patch.setattr(export, "clear_leftovers", lambda *args: None)
        with pytest.raises(KeyboardInterrupt):
            export_tables(other(), settings)
    assert label_and_words(settings.exports) in [("Truce", 13), ("Armistice", 99)]
    assert verify_exports(settings.exports) == []
    export_tables(other(), settings)
    assert label_and_words(settings.exports) == ("Armistice", 99)
    assert verify_exports(settings.exports) == []
    assert len(list((settings.exports / ".sets").iterdir())) <= 2


def test_a_first_run_that_dies_before_its_links_is_finished_by_the_next(settings, monkeypatch):
    def die(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(export, "_refresh_links", die)
        with pytest.raises(KeyboardInterrupt):
            export_tables(sample(), settings)
    export_tables(sample(), settings)
    assert verify_exports(settings.exports) == []


def test_links_of_tables_that_are_gone_are_removed_and_plain_files_give_way(settings):
    settings.exports.mkdir()
    (settings.exports / "issues.parquet").write_bytes(b"plain file of earlier days")
    (settings.exports / "treaties.parquet").symlink_to("current/treaties.parquet")
    export_tables(sample(), settings)
    assert verify_exports(settings.exports) == []
    assert not (settings.exports / "treaties.parquet").is_symlink()


def test_a_damaged_set_is_not_taken_for_the_one_that_was_written(settings):
    folder = export_tables(sample(), settings).folder
    break_by_bytes(folder)
    assert export_tables(sample(), settings).changed
    assert verify_exports(settings.exports) == []


def test_nothing_exported_yet_is_said_by_code(settings):
    with pytest.raises(PublishError, match="no_exports"):
        open_set(settings.exports)


# --- what is carried over ---------------------------------------------------------------------------


def test_times_of_first_sight_are_read_back(settings):
    assert earlier_times(settings.exports) == {}
    export_tables(sample(), settings)
    known = earlier_times(settings.exports)
    document = rows("documents", sample()["documents"])[0]
    assert known[document.sha256] == TIME
    assert set(known.values()) == {TIME}


def test_times_start_anew_when_the_exports_are_broken_and_that_is_logged(settings, caplog):
    break_by_bytes(export_tables(sample(), settings).folder)
    assert earlier_times(settings.exports) == {}
    assert "issues.parquet" in caplog.text


def test_times_survive_a_new_column_and_a_new_description(settings, monkeypatch):
    export_tables(sample(), settings)
    before = earlier_times(settings.exports)
    documents = table("documents")
    column = Column("mood", ColumnType.STRING, "Mood of the text; null if calm.", nullable=True)
    row_type = dataclasses.make_dataclass("Row", [c.name for c in (*documents.columns, column)])
    grown = dataclasses.replace(documents, columns=(*documents.columns, column), description="Texts.")
    monkeypatch.setitem(registry._BY_NAME, "documents", grown)
    monkeypatch.setattr(tables, "ROW_TYPES", {**tables.ROW_TYPES, "documents": row_type})
    assert earlier_times(settings.exports) == before != {}


def test_the_same_findings_keep_the_time_of_the_first_run_that_made_them(settings):
    later = TIME + dt.timedelta(days=1)
    same = frame("quality_results", [quality_result("run-2", later)])
    changed = frame("quality_results", [quality_result("run-2", later, success=False)])
    assert settled_quality_results(same, settings.exports).equals(same)
    export_tables(sample(), settings)
    assert settled_quality_results(same, settings.exports).equals(sample()["quality_results"])
    assert settled_quality_results(changed, settings.exports).equals(changed)
