"""A table too large for one file is a folder of files: the same rows in the same order for every reader."""

import json

import duckdb
import frictionless
import polars as pl
import pytest

from dashboard.source import ExportError, open_generation
from expectations.files import staged_exports
from pipeline import export
from pipeline.contract import TABLES
from pipeline.datapackage import damages, read_table, table_files, verify_exports
from pipeline.errors import ContractError
from pipeline.export import (
    earlier_times,
    export_tables,
    files_below,
    publish_set,
    settled_quality_results,
)
from pipeline.settings import Settings
from pipeline.staging import staged
from pipeline.tables import frame
from tests.contract_rows import quality_result
from tests.synthetic_rows import synthetic_frames

ROWS = 100


@pytest.fixture(scope="module")
def frames():
    return synthetic_frames(40)


@pytest.fixture(scope="module")
def settings(frames, tmp_path_factory):
    """Settings under which exports were written whose larger tables are folders."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("parts"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "FILE_ROWS", ROWS)
        patch.setattr(export, "ROW_GROUP", 30)
        export_tables(frames, settings)
    return settings


def test_large_tables_are_folders_and_small_ones_files(settings, frames):
    files = {t.name: table_files(settings.exports, t.name) for t in TABLES}
    assert {name: len(found) for name, found in files.items()} == {
        name: max(1, -(-df.height // ROWS)) for name, df in frames.items()
    }
    assert files["documents"][0].name == "documents.parquet"
    assert [path.name for path in files["statements"]][:2] == ["part-00000.parquet", "part-00001.parquet"]


def test_the_rows_are_those_of_the_frame_in_its_order(settings, frames):
    for table in TABLES:
        names = [c.name for c in table.exported_columns(with_private=False)]
        assert read_table(settings.exports, table.name).equals(frames[table.name].select(names)), table.name


def test_a_frame_and_a_file_give_the_same_bytes(settings, frames, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "FILE_ROWS", ROWS)
    monkeypatch.setattr(export, "ROW_GROUP", 30)
    paths = {name: tmp_path / f"{name}.parquet" for name in frames}
    for name, df in frames.items():
        df.write_parquet(paths[name], row_group_size=70)
    written = export_tables(paths, Settings(warehouse=tmp_path / "w"))
    assert written.folder.name == export.open_set(settings.exports).name


def test_manifest_and_files_agree(settings, tmp_path):
    assert verify_exports(settings.exports) == []
    descriptor = json.loads((settings.exports / "datapackage.json").read_text())
    assert list(frictionless.Package.metadata_validate(descriptor)) == []


def test_other_readers_take_the_folder_for_one_table(settings, frames):
    expected = frames["statements"]["statement_id"].to_list()
    asked = f"SELECT statement_id FROM '{settings.exports}/statements/*.parquet'"
    with duckdb.connect() as con:
        assert [key for (key,) in con.execute(asked).fetchall()] == expected
    assert pl.read_parquet(settings.exports / "statements")["statement_id"].to_list() == expected


def test_the_dashboard_reads_all_parts(settings, frames):
    generation = open_generation(str(settings.exports))
    assert generation.table("statements")["content"].equals(frames["statements"]["content"])
    assert generation.table("issues").height == frames["issues"].height


def test_the_dashboard_reads_no_file_outside_the_set(settings):
    generation = open_generation(str(settings.exports))
    resource = next(r for r in generation.manifest["resources"] if r["name"] == "statements")
    for path in ("../part-00000.parquet", "issues/part-00000.parquet", "statements/../../x.parquet", "/x"):
        resource["parts"][0]["path"] = path
        with pytest.raises(ExportError, match="bad_manifest"):
            generation._parse("statements")


def test_checks_see_every_part(frames, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "FILE_ROWS", ROWS)
    settings = Settings(warehouse=tmp_path)
    folder = export_tables(frames, staged(settings)).folder
    with staged_exports(settings) as seen:
        statements = seen["exported.statements"]
        assert statements.height() == frames["statements"].height
        assert statements.read(["statement_id"]).equals(frames["statements"].select("statement_id"))
        assert (seen["export_files"]["declared"] == seen["export_files"]["found"]).all()
    part = folder / "statements" / "part-00001.parquet"
    part.write_bytes((folder / "statements" / "part-00000.parquet").read_bytes())
    with staged_exports(settings) as seen:
        found = seen["export_files"].filter(pl.col("declared") != pl.col("found"))
    assert found["path"].to_list() == ["statements/part-00001.parquet"]
    part.write_bytes(part.read_bytes()[:-9])
    with (
        staged_exports(settings) as seen,
        pytest.raises(ContractError, match=r"parquet_unreadable.*part-00001"),
    ):
        seen["exported.statements"].read(["statement_id"])
    part.unlink()
    assert damages(folder) == [
        "statements: statements/part-00001.parquet cannot be read: No such file or directory."
    ]
    (folder / "statements" / "part-09999.parquet").write_bytes(b"x")
    assert any("part-09999.parquet is not in" in sentence for sentence in verify_exports(folder))


def test_a_table_that_shrinks_becomes_a_file_again(frames, tmp_path, monkeypatch):
    settings = Settings(warehouse=tmp_path)
    monkeypatch.setattr(export, "FILE_ROWS", ROWS)
    export_tables(frames, settings)
    monkeypatch.setattr(export, "FILE_ROWS", 1_000_000)
    export_tables(frames, settings)
    assert not (settings.exports / "statements").exists()
    assert (settings.exports / "statements.parquet").is_file()
    assert verify_exports(settings.exports) == []
    monkeypatch.setattr(export, "FILE_ROWS", ROWS)
    export_tables(frames, settings)
    assert not (settings.exports / "statements.parquet").exists()
    assert verify_exports(settings.exports) == []


def test_a_set_is_published_with_newer_results_and_nothing_else_changed(settings, frames, tmp_path):
    newer = frame("quality_results", [quality_result("run-2"), quality_result("run-3")])
    published = publish_set(export.open_set(settings.exports), tmp_path / "exports", newer)
    assert published.changed
    assert verify_exports(tmp_path / "exports") == []
    for table in TABLES:
        was = table_files(settings.exports, table.name)
        now = table_files(tmp_path / "exports", table.name)
        if table.name == "quality_results":
            assert read_table(tmp_path / "exports", table.name).equals(newer)
        else:
            assert [p.read_bytes() for p in was] == [p.read_bytes() for p in now]
    assert not publish_set(export.open_set(settings.exports), tmp_path / "exports", newer).changed


def test_files_of_tables_that_are_the_same_are_taken_over(frames, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "FILE_ROWS", ROWS)
    other = frames | {"issues": frames["issues"].with_columns(label=pl.lit("another"))}
    fresh = export_tables(other, Settings(warehouse=tmp_path / "fresh")).folder
    before = Settings(warehouse=tmp_path / "before")
    export_tables(frames, before)
    written = []
    write = export._write_table
    monkeypatch.setattr(export, "_write_table", lambda *a: (written.append(a[1].name), write(*a)))
    monkeypatch.setattr(export.dictionary, "render", None)
    renewed = export_tables(other, before, same=set(frames) - {"issues", "quality_results"}).folder
    assert sorted(written) == ["issues", "quality_results"]
    assert renewed.name == fresh.name
    for path in files_below(fresh):
        assert (renewed / path.relative_to(fresh)).read_bytes() == path.read_bytes()
    assert len(files_below(renewed)) == len(files_below(fresh))


def test_times_and_results_are_read_back(settings, frames):
    assert len(earlier_times(settings.exports)) == frames["documents"].height + frames["quarantine"].height
    assert settled_quality_results(frames["quality_results"], settings.exports).equals(
        frames["quality_results"]
    )
