"""The job from end to end on two small documents and a bad file: what it makes, keeps, refuses and says."""

import datetime as dt
from dataclasses import replace

import dagster as dg
import duckdb
import polars as pl
import pytest

from assets.definitions import build_defs
from assets.memory import UNCHANGED
from assets.run import summary
from expectations import SUITES
from expectations.model import Expectation, Suite
from expectations.views import whole
from pipeline.contract import TABLES, table
from pipeline.datapackage import file_facts
from pipeline.gather import GATHERED
from pipeline.parts import Written
from pipeline.settings import Settings
from pipeline.staging import briefing_file, report_file, stages_folder

ARTICLE = """\
Home | World | Sport

Envoys agree to meet again in Geneva

By Ann Writer
24 November 2025

US President Donald Trump said on Monday that the ceasefire was close. “We are very close to a deal,” Trump \
told reporters in Washington.

French President Emmanuel Macron met Ukrainian President Volodymyr Zelenskyy in Paris on Monday. Macron said \
that he rejected territorial concessions.

© 2025 The Paper. All rights reserved.
"""
OTHER = """\
Kremlin rejects truce

November 25, 2025

Russian President Vladimir Putin rejected a ceasefire on Tuesday, the Kremlin said. Kremlin spokesman Dmitry \
Peskov said that no meeting with Zelenskyy was planned.
"""
REFUSE_BLOCKS = Expectation(
    name="refuses_everything",
    table="blocks",
    reason="It is there to fail, so that what depends on it can be seen to stop.",
    view=whole("blocks"),
    expect="ExpectColumnValuesToBeNull",
    args={"column": "block_id"},
    show=("block_id",),
)


def run(settings: Settings, suites: tuple[Suite, ...] = SUITES) -> dg.ExecuteInProcessResult:
    """Execute the job as `make run` does."""
    job = build_defs(settings, suites).resolve_job_def("refresh")
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with dg.DagsterInstance.ephemeral() as instance:
        return job.execute_in_process(instance=instance, run_config=quiet, raise_on_error=False)


def published(settings: Settings) -> dict[str, str]:
    """Digests of all published files of the exports."""
    return {p.name: file_facts(p).sha256 for p in settings.exports.iterdir() if p.is_file()}


def made(result: dg.ExecuteInProcessResult) -> set[str]:
    """Assets that the run materialised."""
    return {
        event.asset_key.to_user_string()
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Settings and result of a run that published."""
    folder = tmp_path_factory.mktemp("run")
    settings = Settings(seeds=folder / "in", warehouse=folder / "warehouse")
    (settings.seeds / "deep").mkdir(parents=True)
    (settings.seeds / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (settings.seeds / "deep" / "two.txt").write_text(OTHER, encoding="utf-8")
    (settings.seeds / "deep" / "two.meta.yaml").write_text("publisher: The Other\n", encoding="utf-8")
    (settings.seeds / "bad.txt").write_bytes(b"caf\xe9 \xff\xfe")
    return settings, run(settings)


def test_the_run_publishes(first):
    settings, result = first
    assert result.success, summary(settings, result)
    assert {"documents", "statements", "database", "exports", "quality_report"} <= made(result)


def test_every_input_is_a_document_or_set_aside(first):
    settings, _ = first
    with duckdb.connect(str(settings.database), read_only=True) as con:
        documents = con.execute("SELECT source_file FROM documents ORDER BY 1").fetchall()
        quarantine = con.execute("SELECT source_file, reason FROM quarantine").fetchall()
    assert documents == [("deep/two.txt",), ("one.txt",)]
    assert quarantine == [("bad.txt", "not_utf8")]


def test_the_run_holds_no_table_that_grows_with_the_corpus(first):
    """Dagster keeps what steps give until the run ends: of these, where they lie and their first rows."""
    _, result = first
    grows = {"ingestion": ["raw_documents"], "cleaning": ["documents", "blocks"], "extraction": [*GATHERED]}
    held = [result.output_for_node(step, name) for step, names in grows.items() for name in names]
    assert held and all(isinstance(each, Written) for each in held)


def test_rows_are_extracted_with_evidence(first):
    settings, _ = first
    with duckdb.connect(str(settings.database), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM statements").fetchone()[0] >= 3
        assert con.execute("SELECT count(*) FROM evidence_mismatches").fetchone() == (0,)


def test_results_of_all_stages_are_in_the_database_and_the_exports(first):
    settings, _ = first
    results = pl.read_parquet(settings.exports / "quality_results.parquet")
    assert set(results["stage"]) == {"raw", "clean", "extract", "tables", "exports"}
    assert results.height == sum(len(suite.expectations) for suite in SUITES)
    with duckdb.connect(str(settings.database), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM quality_results").fetchone() == (results.height,)


def test_a_corpus_without_baseline_is_told_and_not_passed(first):
    settings, _ = first
    results = pl.read_parquet(settings.exports / "quality_results.parquet")
    (success,) = results.filter(pl.col("expectation") == "corpus_has_baseline")["success"]
    assert success is False


def test_check_results_carry_offending_rows(first):
    _, result = first
    found = {e.check_name: e for e in result.get_asset_check_evaluations()}
    assert len(result.get_asset_check_evaluations()) == sum(len(suite.expectations) for suite in SUITES)
    told = found["corpus_has_baseline"]
    assert not told.passed and told.severity == dg.AssetCheckSeverity.WARN
    assert "| has_baseline |" in told.metadata["offending rows"].value


def test_assets_show_rows_and_a_preview(first):
    _, result = first
    event = next(
        e for e in result.get_asset_materialization_events() if e.asset_key.to_user_string() == "documents"
    )
    metadata = event.materialization.metadata
    assert metadata["dagster/row_count"].value == 2
    assert "one.txt" in metadata["preview"].value


def test_tables_tell_which_columns_upstream_theirs_are_read_from(first):
    _, result = first
    lineage = {
        event.asset_key.to_user_string(): event.materialization.metadata["dagster/column_lineage"].value
        for event in result.get_asset_materialization_events()
        if "dagster/column_lineage" in event.materialization.metadata
    }
    said = lineage["statements"].deps_by_column
    assert [(d.asset_key.to_user_string(), d.column_name) for d in said["content"]] == [("documents", "text")]
    assert [(d.asset_key.to_user_string(), d.column_name) for d in said["block_id"]] == [
        ("blocks", "block_id")
    ]
    assert set(lineage["documents"].deps_by_column) == set(table("documents").column_names)


def test_the_briefing_tells_of_the_first_publication(first):
    settings, result = first
    page = briefing_file(settings).read_text(encoding="utf-8")
    assert "First publication: 2 documents" in page
    assert "First publication: 2 documents" in summary(settings, result)


def test_the_report_opens_offline_and_names_what_was_set_aside(first):
    settings, _ = first
    page = report_file(settings).read_text(encoding="utf-8")
    assert "bad.txt" in page and "not_utf8" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page


def test_the_summary_says_what_was_made_and_where(first):
    settings, result = first
    said = summary(settings, result)
    assert "2 accepted, 1 set aside" in said
    assert "bad.txt (not_utf8)" in said
    assert str(settings.database) in said and str(report_file(settings)) in said
    assert "statements" in said
    assert "no day known" not in said


def test_the_summary_names_pages_that_are_known_to_no_month(tmp_path):
    settings = Settings(seeds=tmp_path / "in", warehouse=tmp_path / "warehouse")
    settings.seeds.mkdir()
    _, text = OTHER.split("November 25, 2025\n")
    for name, last in (("none", None), ("year", "2025-12-31"), ("month", "2025-01-31")):
        page = settings.seeds / f"{name}.txt"
        page.write_text(f"Truce of the {name}\n{text}The {name} is known.\n", encoding="utf-8")
        if last is not None:
            told = f"published_on: {{from: 2025-01-01, to: {last}}}\n"
            page.with_suffix(".meta.yaml").write_text(told, encoding="utf-8")
    said = summary(settings, run(settings))
    assert "no day known  2: none.txt, year.txt; a date beside one in <name>.meta.yaml is taken" in said


def test_a_second_run_gives_the_same_bytes_and_leaves_the_briefing_of_the_last_change(first):
    settings, _ = first
    before, page = published(settings), briefing_file(settings).read_bytes()
    result = run(settings)
    assert result.success
    assert published(settings) == before
    assert briefing_file(settings).read_bytes() == page
    assert "Nothing has changed" in summary(settings, result)
    told = next(
        e for e in result.get_asset_materialization_events() if e.asset_key.to_user_string() == "statements"
    ).materialization.metadata
    assert UNCHANGED in told


def test_a_critical_failure_stops_what_is_downstream_and_keeps_what_was_published(first):
    settings, _ = first
    before = published(settings), file_facts(settings.database)
    suites = tuple(
        replace(suite, expectations=(*suite.expectations, REFUSE_BLOCKS)) if suite.name == "clean" else suite
        for suite in SUITES
    )
    result = run(settings, suites)
    assert not result.success
    assert made(result) & {"statements", "staged_database", "database", "exports"} == set()
    assert {"documents", "blocks"} <= made(result)
    assert (published(settings), file_facts(settings.database)) == before
    said = summary(settings, result)
    assert "failed     blocks: refuses everything" in said and "Nothing was published" in said
    page = report_file(settings).read_text(encoding="utf-8")
    assert "Not published: 1 critical check failed" in page
    assert "Not reached in this run" in page


def test_publishing_refuses_data_that_nobody_checked(first):
    settings, _ = first
    assert run(settings).success
    before = published(settings), file_facts(settings.database)
    path = stages_folder(settings) / "statements.parquet"
    pl.read_parquet(path).head(1).write_parquet(path)
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [a for a in build_defs(settings).assets if a.op.name == "publishing"],
            instance=instance,
            resources=build_defs(settings).resources,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
    assert not result.success
    (failure,) = [e for e in result.all_events if e.is_step_failure]
    assert "statements changed after suite" in failure.step_failure_data.user_failure_data.description
    assert (published(settings), file_facts(settings.database)) == before


def test_without_documents_the_run_says_so_and_publishes_empty_tables(tmp_path):
    settings = Settings(seeds=tmp_path / "in", warehouse=tmp_path / "warehouse")
    settings.seeds.mkdir()
    result = run(settings)
    assert result.success, summary(settings, result)
    assert "No input documents in" in summary(settings, result)
    rows = {t.name: pl.read_parquet(settings.exports / f"{t.name}.parquet").height for t in TABLES}
    assert rows["documents"] == rows["statements"] == rows["quarantine"] == 0
    assert rows["quality_results"] > 0


def test_a_missing_folder_fails_at_once_with_its_name(tmp_path):
    settings = Settings(seeds=tmp_path / "absent", warehouse=tmp_path / "warehouse")
    began = dt.datetime.now(dt.UTC)
    result = run(settings)
    assert not result.success
    said = summary(settings, result)
    assert "absent" in said and "does not exist" in said
    assert not any(event.is_step_up_for_retry for event in result.all_events)
    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(minutes=5)
