"""Reading exports: one generation only, failing states told apart, words in context, files to take away."""

import csv
import hashlib
import io
import json

import fsspec
import polars as pl
import pytest

from dashboard.context import in_context
from dashboard.corpus import Corpus
from dashboard.download import csv_bytes, parquet_bytes
from dashboard.measured import measured, version_note
from dashboard.source import ExportError, current_name, location, open_generation
from pipeline import __version__
from pipeline.contract import TABLES
from pipeline.tables import polars_schema
from tests.dashboard_data import corpus_of, small_frames, without_text, write
from tests.synthetic_rows import write_exports


def code_of(call):
    with pytest.raises(ExportError) as caught:
        call()
    return caught.value.code


def test_the_setting_wins_over_the_warehouse(tmp_path):
    assert location({"PARLEY_EXPORTS": "s3://bucket/x", "PARLEY_WAREHOUSE": str(tmp_path)}) == "s3://bucket/x"
    assert location({"PARLEY_WAREHOUSE": str(tmp_path)}) == str(tmp_path / "exports")


def test_every_table_of_real_exports_is_read_with_all_columns(tmp_path):
    generation = open_generation(str(write_exports(tmp_path, 20, 1)))
    for table in TABLES:
        assert generation.table(table.name).schema == polars_schema(table.name)
    assert generation.gaps == []


def test_a_url_is_read_as_a_folder_is(tmp_path):
    folder = write(tmp_path, without_text(small_frames()))
    memory = fsspec.filesystem("memory")
    for path in folder.iterdir():
        memory.pipe(f"/exports/{path.name}", path.read_bytes())
    there, here = open_generation("memory://exports/"), open_generation(str(folder))
    assert there.digest == here.digest
    assert there.table("statements").equals(here.table("statements"))


def test_a_generation_stays_what_it_was_when_the_link_moves(tmp_path):
    old = write(tmp_path / ".sets" / "old", without_text(small_frames()))
    link = tmp_path / "current"
    link.symlink_to(old)
    generation = open_generation(str(tmp_path))
    new = {**without_text(small_frames()), "issues": small_frames()["issues"].head(1)}
    link.unlink()
    link.symlink_to(write(tmp_path / ".sets" / "new", new))
    assert current_name(str(tmp_path)) != f"{generation.folder}#{generation.digest}"
    assert generation.table("issues").height == small_frames()["issues"].height


def test_a_file_of_another_generation_is_refused(tmp_path):
    folder = write(tmp_path, without_text(small_frames()))
    generation = open_generation(str(folder))
    small_frames()["issues"].head(1).write_parquet(folder / "issues.parquet")
    assert code_of(lambda: generation.table("issues")) == "other_generation"
    assert generation.table("meetings").height


def test_failing_states_are_told_apart(tmp_path):
    assert code_of(lambda: open_generation(str(tmp_path))) == "no_exports"
    assert code_of(lambda: open_generation("nosuchprotocol://x/y")) == "unreachable"
    folder = write(tmp_path / "a", without_text(small_frames()))
    (folder / "issues.parquet").unlink()
    assert code_of(lambda: open_generation(str(folder)).table("issues")) == "no_file"
    (folder / "datapackage.json").write_text('{"resources": 3}')
    assert code_of(lambda: open_generation(str(folder))) == "bad_manifest"
    (folder / "datapackage.json").write_text('{"resources": []}')
    assert code_of(lambda: open_generation(str(folder)).table("issues")) == "no_table"


def test_a_file_that_is_the_promised_one_and_yet_no_parquet_is_told_apart(tmp_path):
    folder = write(tmp_path, without_text(small_frames()))
    (folder / "issues.parquet").write_bytes(b"nonsense")
    manifest = json.loads((folder / "datapackage.json").read_text())
    (issues,) = (r for r in manifest["resources"] if r["name"] == "issues")
    issues["hash"] = f"sha256:{hashlib.sha256(b'nonsense').hexdigest()}"
    (folder / "datapackage.json").write_text(json.dumps(manifest))
    assert code_of(lambda: open_generation(str(folder)).table("issues")) == "broken_parquet"


def test_a_manifest_cannot_lead_out_of_its_folder(tmp_path):
    folder = write(tmp_path / "in", without_text(small_frames()))
    manifest = json.loads((folder / "datapackage.json").read_text())
    manifest["resources"] = [{"name": "issues", "path": "../secret.parquet", "hash": ""}]
    (folder / "datapackage.json").write_text(json.dumps(manifest))
    assert code_of(lambda: open_generation(str(folder)).table("issues")) == "bad_manifest"


def test_a_lacking_column_is_empty_if_it_may_be_and_an_error_if_not(tmp_path):
    frames = without_text(small_frames())
    frames["statements"] = frames["statements"].drop("channel")
    frames["meetings"] = frames["meetings"].drop("status")
    generation = open_generation(str(write(tmp_path, frames)))
    assert generation.table("statements")["channel"].null_count() == frames["statements"].height
    assert generation.gaps == ["statements has no column channel; it is shown as empty."]
    assert code_of(lambda: generation.table("meetings")) == "missing_columns"


def test_columns_of_other_types_are_refused(tmp_path):
    frames = without_text(small_frames())
    frames["statements"] = frames["statements"].with_columns(stated_from=pl.lit("one day in May"))
    assert code_of(lambda: open_generation(str(write(tmp_path, frames))).table("statements")) == "wrong_types"


def test_words_stand_in_their_line_where_texts_are_exported(tmp_path):
    corpus = corpus_of(tmp_path, small_frames())
    row = corpus.positions.row(0, named=True)
    found = in_context(corpus, row["document_id"], row["char_start"], row["char_end"], row["evidence"])
    text = corpus.texts[row["document_id"]]
    around = text[row["char_start"] - len(found.before) : row["char_end"] + len(found.after)]
    assert found.words == row["evidence"]
    assert found.before.lstrip("… ") in around
    assert "\n" not in found.before + found.after


def test_without_texts_the_statement_gives_the_context_and_the_reason_is_said(tmp_path):
    corpus = corpus_of(tmp_path, without_text(small_frames()))
    statement = corpus.table("statements").row(0, named=True)
    start = statement["content_start"]
    words = statement["content"][2:9]
    found = in_context(
        corpus, statement["document_id"], start + 2, start + 9, words, statement["statement_id"]
    )
    assert found.before + found.words + found.after == statement["content"]
    assert "PARLEY_EXPORT_TEXT=1" in found.note
    alone = in_context(corpus, statement["document_id"], start + 2, start + 9, words)
    assert (alone.before, alone.words, alone.after) == ("", words, "")


def test_words_that_the_text_does_not_hold_are_not_made_to_fit(tmp_path):
    corpus = corpus_of(tmp_path, small_frames())
    found = in_context(corpus, corpus.documents["document_id"][0], 0, 4, "not these words")
    assert found.words == "not these words"
    assert "differs" in found.note


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "  =", "＝"])
def test_no_cell_of_a_csv_is_a_formula(first):
    df = pl.DataFrame({"words": [f"{first}1+1", "plain"], "n": [-1, 2], "list": [[f"{first}x", "b"], []]})
    read = list(csv.reader(io.StringIO(csv_bytes(df).decode("utf-8-sig"), newline="")))
    assert read[1][0] == f"'{first}1+1"
    assert read[2][0] == "plain"
    assert read[1][1] == "-1"
    assert read[1][2] == f"'{first}x; b"


def test_parquet_gives_the_values_unchanged():
    df = pl.DataFrame({"words": ["=1+1"], "list": [["a", "b"]]})
    assert pl.read_parquet(io.BytesIO(parquet_bytes(df))).equals(df)


def test_measured_figures_are_the_range_over_pages_that_were_only_scored(tmp_path):
    record = tmp_path / "baseline.json"
    sets = {
        "dev": {"statements P": 1.0, "statements R": 1.0},
        "wild, scored": {"statements P": 0.9, "statements R": 0.804},
        "further, scored": {"statements P": 0.8, "statements R": 0.796, "positions P": None},
    }
    record.write_text(json.dumps(sets))
    found = measured(record)
    assert list(found) == ["statements"]
    assert found["statements"].precision.percent() == "80–90"
    assert found["statements"].recall.percent() == "80"
    assert measured(tmp_path / "none.json") == {}


def test_the_repository_has_measured_figures():
    assert set(measured()) == {"statements", "meeting_mentions", "positions"}


def test_figures_of_another_version_are_said_to_be():
    assert version_note({"code": {"version": __version__}}) is None
    assert "0.0.0" in version_note({"code": {"version": "0.0.0"}})
    assert "unnamed" in version_note({})


def test_near_duplicates_count_once(tmp_path):
    frames = without_text(small_frames())
    documents = frames["documents"]
    copied, original = documents["document_id"][0], documents["document_id"][1]
    frames["documents"] = documents.with_columns(
        duplicate_of=pl.when(pl.col("document_id") == copied).then(pl.lit(original))
    )
    corpus = Corpus(open_generation(str(write(tmp_path, frames))))
    assert corpus.n_duplicates == 1
    for rows in (corpus.statements, corpus.positions, corpus.mentions):
        assert copied not in rows["document_id"].to_list()
