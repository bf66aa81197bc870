"""When runs start: the job from ingestion to exports, every day, and whenever the input folder changes."""

import dagster as dg

from assets.resources import Corpus
from pipeline.listing import digest, list_files

REFRESH = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    description="Everything from the folder of input documents to published database, exports and report.",
    tags={"team": "parley"},
)

DAILY = dg.ScheduleDefinition(
    name="daily_refresh",
    job=REFRESH,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    description="Every day at 05:00 UTC; a run on unchanged input publishes nothing new.",
)


@dg.sensor(
    name="documents_changed",
    job=REFRESH,
    minimum_interval_seconds=30,
    description="Starts a run when files in the folder of input documents arrive, change or vanish.",
)
def documents_changed(context: dg.SensorEvaluationContext, corpus: Corpus) -> dg.RunRequest | dg.SkipReason:
    """Compare the folder with what it was when a run was last asked for.

    The cursor is `<changes seen>:<digest of the listing>`. The number makes the key of a run new even where
    the folder returns to an earlier state, and the same if the tick is repeated.
    """
    folder = corpus.settings().seeds
    if not folder.is_dir():
        return dg.SkipReason(f"The folder of input documents, {folder}, does not exist.")
    files = list_files(folder)
    n_inputs = sum(file.is_input for file in files)
    count, _, before = (context.cursor or "0:").partition(":")
    now = digest(files)
    if now == before:
        return dg.SkipReason(f"Nothing has changed: {n_inputs} documents in {folder}.")
    if not before and not n_inputs:
        return dg.SkipReason(f"No documents in {folder} yet.")
    cursor = f"{int(count) + 1}:{now}"
    context.update_cursor(cursor)
    return dg.RunRequest(run_key=cursor, tags={"documents": str(n_inputs)})
