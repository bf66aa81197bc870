"""Stage exports: files for everyone who does not ask the database, staged, checked, then published."""

from collections.abc import Iterator

import dagster as dg

from assets.common import PUBLISHED_DAILY, RETRIES, failing_for_good, spec
from assets.memory import Step
from assets.resources import Corpus, Stages
from assets.warehouse import BEFORE, UNCHECKED
from expectations import SUITES
from expectations.publishing import STAGED_TABLES, checked_results, digest_of, stage_files
from expectations.report import report_published_run
from pipeline.briefing import State, changes_between, read_state, render_briefing
from pipeline.briefing.changes import NOTHING_CHANGED
from pipeline.briefing.state import IncomparableError, forget_before, keep_before
from pipeline.digests import file_digest
from pipeline.export import export_tables, open_set, publish_set, set_digest, settled_quality_results
from pipeline.markup import markdown_cell
from pipeline.quality import quality_rows
from pipeline.settings import Settings
from pipeline.staging import briefing_file, report_file, staged
from pipeline.swap import replace_text, storing
from pipeline.tables import frame, height
from pipeline.warehouse import publish_database, read_table

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
def exporting(
    context: dg.AssetExecutionContext, corpus: Corpus, stages: Stages
) -> Iterator[dg.MaterializeResult]:
    """Write the files out of the tables that the database was built from, once it has passed its checks."""
    with failing_for_good():
        settings = corpus.settings()
        checked_results(_BUILT, stages, settings)
        checked_results(BEFORE, stages, settings)
        database = staged(settings).database
        step = Step(
            "exporting",
            context.run.run_id,
            stages,
            settings,
            reads={**stages.fingerprints(STAGED_TABLES), "staged_database": file_digest(database)},
            writes={"staged_exports": lambda: set_digest(staged(settings).exports)},
        )
        if (same := step.taken_over()) is not None:
            yield from same
            return
        # The database may be taken over from a run that was killed, with the results of that run's checks.
        results = {"quality_results": read_table(database, "quality_results")}
        tables = stage_files(stages) | results
        exported = export_tables(tables, staged(settings), unchecked=UNCHECKED, same=step.same_reads())
        yield step.told(
            dg.MaterializeResult(
                asset_key="staged_exports", metadata={"path": dg.MetadataValue.path(exported.folder)}
            )
        )
        step.done()


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

    Results of checks on the staged database and files join `quality_results` here. Where readers see all of
    this already, nothing is written.
    """
    with failing_for_good():
        settings = corpus.settings()
        results = checked_results(SUITES, stages, settings)
        built, database = staged(settings), settings.database
        step = Step(
            "publishing",
            context.run.run_id,
            stages,
            settings,
            reads={
                "staged_database": file_digest(built.database),
                "staged_exports": set_digest(built.exports),
                "results": digest_of(results),
            },
            writes={
                "database": lambda: file_digest(database),
                "exports": lambda: set_digest(settings.exports),
                "quality_report": lambda: file_digest(report_file(settings)),
                "briefing": lambda: file_digest(briefing_file(settings)),
            },
        )
        if (same := step.taken_over()) is not None:
            yield from (_nothing_new(result) for result in same)
            return
        before = _published_before(context, settings)
        own = frame("quality_results", quality_rows(results, context.run.run_id))
        settled = settled_quality_results(own, settings.exports)
        # The very files that the checks have seen; only their results are newer.
        publish_database(built.database, database, settled)
        rows = {table: height(stages.path(table)) for table in STAGED_TABLES}
        yield step.told(
            dg.MaterializeResult(
                asset_key="database",
                metadata={
                    "path": dg.MetadataValue.path(database),
                    "rows": {**rows, "quality_results": settled.height},
                },
            )
        )
        exported = publish_set(open_set(built.exports), settings.exports, settled)
        yield step.told(
            dg.MaterializeResult(
                asset_key="exports",
                metadata={"path": dg.MetadataValue.path(exported.folder), "changed": exported.changed},
            )
        )
        report_published_run(settings, context.run.run_id, results)
        outcomes = [check.outcome for suite in results for check in suite.results]
        yield step.told(
            dg.MaterializeResult(
                asset_key="quality_report",
                metadata={
                    "path": dg.MetadataValue.path(report_file(settings)),
                    "passed": outcomes.count("passed"),
                    "warnings": outcomes.count("warned"),
                },
            )
        )
        yield step.told(_brief(context, settings, before))
        forget_before(settings)
        step.done()


def _nothing_new(result: dg.MaterializeResult) -> dg.MaterializeResult:
    """What a run that changes nothing tells: of what was published, but not that it has just changed."""
    now: dict[str, dict[str, dg.MetadataValue | bool]] = {
        "exports": {"changed": False},
        "briefing": {"changes": dg.MetadataValue.md(f"- {NOTHING_CHANGED}")},
    }
    key = dg.AssetKey.from_coercible(result.asset_key).to_user_string()
    return dg.MaterializeResult(asset_key=key, metadata={**(result.metadata or {}), **now.get(key, {})})


def _published_before(context: dg.AssetExecutionContext, settings: Settings) -> State | None:
    """What readers saw until now; None, and a word in the log, where that cannot be compared with.

    It is kept aside until the briefing is written, so that a run that is killed between the two does not
    leave a change that nobody was told of.
    """
    with storing(settings.warehouse):
        kept = keep_before(settings)
    if kept is None:
        return None
    try:
        return read_state(kept)
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
