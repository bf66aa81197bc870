"""Stage tables: the database, built whole beside the published one so that it can be checked."""

import datetime as dt

import dagster as dg

from assets.common import RETRIES, failing_for_good, spec
from assets.resources import Corpus, Stages
from expectations import SUITES
from expectations.publishing import STAGED_TABLES, checked_results, staged_frames
from pipeline.staging import staged
from pipeline.warehouse import build_database

GROUP = "tables"
BEFORE = tuple(suite for suite in SUITES if suite.stage in ("raw", "clean", "extract"))


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
def building(context: dg.AssetExecutionContext, corpus: Corpus, stages: Stages) -> dg.MaterializeResult:
    """Build the database from frames whose checks have passed; refuse any others."""
    with failing_for_good():
        settings = corpus.settings()
        frames = staged_frames(stages, checked_results(BEFORE, stages, settings), context.run.run_id)
        database = staged(settings).database
        database.parent.mkdir(parents=True, exist_ok=True)
        build_database(database, frames)
        return dg.MaterializeResult(
            asset_key="staged_database",
            metadata={
                "dagster/row_count": sum(frame.height for frame in frames.values()),
                "rows": {name: frame.height for name, frame in frames.items()},
                "path": dg.MetadataValue.path(database),
                "bytes": database.stat().st_size,
                "built_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            },
        )
