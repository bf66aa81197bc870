"""The project as Dagster sees it: assets, checks, job, schedule, sensor and resources."""

from collections.abc import Sequence

import dagster as dg

from assets import batches, cleaning, exports, extraction, feeds, ingestion, remote, warehouse
from assets.automation import daily_refresh, documents_changed, refresh_job
from assets.resources import Corpus, Stages, StageStore
from expectations import SUITES, Suite
from expectations.factory import checks_of
from pipeline.settings import Settings, settings_from_env
from pipeline.staging import stages_folder
from pipeline.steps import EXTRACTORS, Extractors


def build_defs(
    settings: Settings | None = None,
    suites: Sequence[Suite] = SUITES,
    extractors: Extractors = EXTRACTORS,
) -> dg.Definitions:
    """Fresh definitions for one corpus, by default the one that the environment names.

    Others can be put in the place of the suites, and of what reads pages.
    """
    settings = settings_from_env() if settings is None else settings
    folder = str(stages_folder(settings))
    modules = [feeds, ingestion, cleaning, extraction, warehouse, exports, batches]
    if settings.publish_to is not None:
        modules.append(remote)
    return dg.Definitions(
        assets=dg.load_assets_from_modules(modules),
        asset_checks=[checks_of(suite) for suite in suites],
        jobs=[refresh_job(settings), feeds.feeds_job, batches.read_batches],
        schedules=[daily_refresh, feeds.feeds_every_fifteen_minutes],
        sensors=[documents_changed],
        resources={
            "corpus": Corpus.of(settings),
            "stages": Stages(folder=folder),
            "io_manager": StageStore(folder=folder),
            "extractors": extractors,
        },
        executor=dg.in_process_executor,
    )


defs = build_defs()
