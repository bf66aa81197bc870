"""Stage exports: files for everyone who does not ask the database, staged, checked, then published."""

from collections.abc import Iterator

import dagster as dg

from assets.common import PUBLISHED_DAILY, RETRIES, failing_for_good, spec
from assets.resources import Corpus, Stages
from assets.warehouse import BEFORE
from expectations import SUITES
from expectations.publishing import checked_results, staged_frames
from expectations.report import report_published_run
from pipeline.briefing import State, changes_between, read_state, render_briefing
from pipeline.briefing.state import IncomparableError
from pipeline.export import export_tables, settled_quality_results
from pipeline.markup import markdown_cell
from pipeline.settings import Settings
from pipeline.staging import briefing_file, report_file, staged
from pipeline.swap import replace_text
from pipeline.warehouse import publish_database

GROUP = "exports"
_BUILT = tuple(suite for suite in SUITES if suite.stage == "tables")

_LONGEST = 2_000


@dg.multi_asset(
    name="exporting",
    specs=[
        spec(
            "staged_exports",
            GROUP,
            "Parquet files of all tables, data dictionary and manifest, not published yet.",
            ["staged_database"],
            stored=False,
        )
    ],
    retry_policy=RETRIES,
)
def exporting(context: dg.AssetExecutionContext, corpus: Corpus, stages: Stages) -> dg.MaterializeResult:
    """Write the files out of the frames that the database was built from, once it has passed its checks."""
    with failing_for_good():
        settings = corpus.settings()
        checked_results(_BUILT, stages, settings)
        results = checked_results(BEFORE, stages, settings)
        exported = export_tables(staged_frames(stages, results, context.run.run_id), staged(settings))
        return dg.MaterializeResult(
            asset_key="staged_exports", metadata={"path": dg.MetadataValue.path(exported.folder)}
        )


@dg.multi_asset(
    name="publishing",
    specs=[
        spec(
            "database",
            GROUP,
            "The published DuckDB database: swapped in whole, readers of the old one are undisturbed.",
            ["staged_database", "staged_exports"],
            kinds=("duckdb",),
            stored=False,
            fresh=PUBLISHED_DAILY,
        ),
        spec(
            "exports",
            GROUP,
            "The published Parquet files with data dictionary and manifest: one whole set at a time.",
            ["staged_database", "staged_exports"],
            stored=False,
            fresh=PUBLISHED_DAILY,
        ),
        spec(
            "quality_report",
            GROUP,
            "What every check found, why it is made and which rows offend, as one page that opens offline.",
            ["staged_database", "staged_exports"],
            kinds=("html",),
            stored=False,
            fresh=PUBLISHED_DAILY,
        ),
        spec(
            "briefing",
            GROUP,
            "What the last change of the data brought, what was said last and which meetings are to come, "
            "as one page that opens offline.",
            ["staged_database", "staged_exports"],
            kinds=("html", "matplotlib"),
            stored=False,
            fresh=PUBLISHED_DAILY,
        ),
    ],
    retry_policy=RETRIES,
)
def publishing(
    context: dg.AssetExecutionContext, corpus: Corpus, stages: Stages
) -> Iterator[dg.MaterializeResult]:
    """Replace database and exports; refuse if a critical check failed or did not see this very data.

    Results of checks on the staged database and files join `quality_results` here.
    """
    with failing_for_good():
        settings = corpus.settings()
        results = checked_results(SUITES, stages, settings)
        frames = staged_frames(stages, results, context.run.run_id)
        before = _published_before(context, settings)
        settled = settled_quality_results(frames["quality_results"], settings.exports)
        frames["quality_results"] = settled
        # The very file that the checks have seen; only their results are newer.
        publish_database(staged(settings).database, settings.database, settled)
        yield dg.MaterializeResult(
            asset_key="database",
            metadata={
                "path": dg.MetadataValue.path(settings.database),
                "rows": {name: frame.height for name, frame in frames.items()},
            },
        )
        exported = export_tables(frames, settings)
        yield dg.MaterializeResult(
            asset_key="exports",
            metadata={"path": dg.MetadataValue.path(exported.folder), "changed": exported.changed},
        )
        report_published_run(settings, context.run.run_id, results)
        outcomes = [check.outcome for suite in results for check in suite.results]
        yield dg.MaterializeResult(
            asset_key="quality_report",
            metadata={
                "path": dg.MetadataValue.path(report_file(settings)),
                "passed": outcomes.count("passed"),
                "warnings": outcomes.count("warned"),
            },
        )
        yield _brief(context, settings, before)


def _published_before(context: dg.AssetExecutionContext, settings: Settings) -> State | None:
    """What readers saw until now; None, and a word in the log, where that cannot be compared with."""
    if not settings.database.is_file():
        return None
    try:
        return read_state(settings.database)
    except IncomparableError as error:
        context.log.warning(f"What changed cannot be told: {error}")
        return None


def _brief(
    context: dg.AssetExecutionContext, settings: Settings, before: State | None
) -> dg.MaterializeResult:
    """Say in the log what changed; the page keeps telling of the last change while nothing changes."""
    state = read_state(settings.database)
    changes = changes_between(before, state)
    path = briefing_file(settings)
    for sentence in changes.in_words():
        context.log.info(sentence)
    if not changes.none or not path.is_file():
        page = render_briefing(changes, state, corpus=settings.corpus, domain=settings.domain_folder.name)
        replace_text(path, page)
    return dg.MaterializeResult(
        asset_key="briefing",
        metadata={
            "path": dg.MetadataValue.path(path),
            "changes": dg.MetadataValue.md(
                "\n".join(f"- {markdown_cell(words, _LONGEST)}" for words in changes.in_words())
            ),
        },
    )
