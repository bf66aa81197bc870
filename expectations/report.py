"""The quality report of a run: what is put together from the store of results and of stages."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations import SUITES
from pipeline.contract import TABLES
from pipeline.quality import SuiteResult, load
from pipeline.quality_report import ReportFacts, write_report
from pipeline.settings import Settings
from pipeline.staging import checks_folder, report_file, stages_folder

PLANNED = tuple((suite.name, suite.stage) for suite in SUITES)
"""Name and stage of all suites."""


def report_stopped_run(settings: Settings, run_id: str) -> None:
    """Write the report of a run that a failed critical check stops: what it reached, and why."""
    found = load(checks_folder(settings), [name for name, _ in PLANNED])
    reached = tuple(result for result in found if result.run_id == run_id)
    _write(settings, run_id, reached, published=False)


def report_published_run(settings: Settings, run_id: str, results: tuple[SuiteResult, ...]) -> None:
    """Write the report of a run whose data was published."""
    _write(settings, run_id, results, published=True)


def set_aside_rows(settings: Settings) -> list[tuple[str | None, str, str, str]]:
    """(source_file, step, code, detail) of rows that were set aside; empty if the stage was never reached."""
    folder = stages_folder(settings)
    path = folder / "set_aside_rows.parquet"
    if not path.is_file():
        return []
    documents = pl.read_parquet(folder / "documents.parquet", columns=["document_id", "source_file"])
    found = pl.read_parquet(path).join(documents, on="document_id", how="left", maintain_order="left")
    return list(found.select("source_file", "step", "code", "detail").iter_rows())


def _write(settings: Settings, run_id: str, results: tuple[SuiteResult, ...], *, published: bool) -> None:
    checked = {r.table for result in results for r in result.results}
    rows = {}
    for table in TABLES:
        path = stages_folder(settings) / f"{table.name}.parquet"
        # Frames of tables that the run did not reach are those of an earlier run.
        if table.name in checked and path.is_file():
            rows[table.name] = pl.scan_parquet(path).select(pl.len()).collect().item()
    quarantine = "quarantine" if "quarantine" in checked else "raw_quarantine"
    path = stages_folder(settings) / f"{quarantine}.parquet"
    set_aside = (
        list(pl.read_parquet(path).select("source_file", "reason", "detail").iter_rows())
        if path.is_file()
        else []
    )
    facts = ReportFacts(
        made_at=dt.datetime.now(dt.UTC),
        run_id=run_id,
        published=published,
        corpus=str(settings.seeds),
        domain=settings.domain,
        rows=rows,
        set_aside=set_aside,
        rows_set_aside=set_aside_rows(settings) if "set_aside_rows" in checked else [],
        planned=PLANNED,
    )
    write_report(report_file(settings), results, facts)
