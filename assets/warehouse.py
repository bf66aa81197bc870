"""Stage tables: the database, built whole beside the published one so that it can be checked."""

import datetime as dt
from collections.abc import Iterator

import dagster as dg

from assets.common import RETRIES, failing_for_good, spec
from assets.memory import Step
from assets.resources import Corpus, Stages
from expectations import SUITES
from expectations.publishing import STAGED_TABLES, checked_results, staged_tables
from pipeline.contract import TABLES
from pipeline.digests import file_digest
from pipeline.staging import staged
from pipeline.tables import height
from pipeline.warehouse import build_database

GROUP = "tables"
BEFORE = tuple(suite for suite in SUITES if suite.stage in ("raw", "clean", "extract"))
UNCHECKED = tuple(declared.name for declared in TABLES if declared.name not in STAGED_TABLES)
"""Tables that these suites say nothing of."""


@dg.multi_asset(
    name="building",
    specs=[
        spec(
            "staged_database",
            GROUP,
            "DuckDB database of all tables with keys, checks, descriptions and views, not published yet.",
            list(STAGED_TABLES),
            kinds=("duckdb",),
            stored=False,
        )
    ],
    retry_policy=RETRIES,
)
def building(
    context: dg.AssetExecutionContext, corpus: Corpus, stages: Stages
) -> Iterator[dg.MaterializeResult]:
    """Build the database from tables whose checks have passed; refuse any others."""
    with failing_for_good():
        settings = corpus.settings()
        results = checked_results(BEFORE, stages, settings)
        database = staged(settings).database
        step = Step(
            "building",
            context.run.run_id,
            stages,
            settings,
            reads=stages.fingerprints(STAGED_TABLES),
            writes={"staged_database": lambda: file_digest(database)},
        )
        if (same := step.taken_over()) is not None:
            yield from same
            return
        tables = staged_tables(stages, results, context.run.run_id)
        build_database(database, tables, unchecked=UNCHECKED, same=step.same_reads())
        rows = {name: height(source) for name, source in tables.items()}
        yield step.told(
            dg.MaterializeResult(
                asset_key="staged_database",
                metadata={
                    "dagster/row_count": sum(rows.values()),
                    "rows": rows,
                    "path": dg.MetadataValue.path(database),
                    "bytes": database.stat().st_size,
                    "built_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                },
            )
        )
        step.done()
