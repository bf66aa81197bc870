"""When runs start: the job from ingestion to exports, every day, and whenever the input folder changes."""

import dagster as dg

from assets.resources import Corpus
from pipeline.ingest import folder_of
from pipeline.listing import digest, list_files
from pipeline.settings import Settings

JOB = "refresh"


def corpus_tags(settings: Settings) -> dict[str, str]:
    """Tags by which the UI tells runs of one corpus from those of another."""
    return {"corpus": settings.corpus, "domain": settings.domain_folder.name}


def refresh_job(settings: Settings):  # Dagster keeps the type of such a job to itself
    """The one job, from ingestion to exports: checks stop what is downstream only within a run."""
    return dg.define_asset_job(
        JOB,
        # Feeds are asked by a job of their own, and what they bring starts this one, as any new file does.
        # Batches are read ahead of it.
        selection=dg.AssetSelection.all() - dg.AssetSelection.assets("feed_items", "batch"),
        description="Everything from the folder of input documents to published database, exports and pages.",
        tags={"team": "parley", "publishes": "yes", **corpus_tags(settings)},
    )


@dg.schedule(
    name="daily_refresh",
    job_name=JOB,
    cron_schedule="0 5 * * *",
    execution_timezone="UTC",
    description="Every day at 05:00 UTC; a run on unchanged input publishes nothing new.",
)
def daily_refresh(context: dg.ScheduleEvaluationContext, corpus: Corpus) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run, unless there is no folder to read."""
    settings = corpus.settings()
    if not folder_of(settings.seeds).exists():
        return dg.SkipReason(f"The folder of input documents, {settings.seeds}, does not exist.")
    n_inputs = sum(file.is_input for file in list_files(settings.seeds))
    return dg.RunRequest(tags={"documents": str(n_inputs), **corpus_tags(settings)})


@dg.sensor(
    name="documents_changed",
    job_name=JOB,
    minimum_interval_seconds=30,
    description="Starts a run when files in the folder of input documents arrive, change or vanish.",
)
def documents_changed(context: dg.SensorEvaluationContext, corpus: Corpus) -> dg.RunRequest | dg.SkipReason:
    """Compare the folder with what it was when a run was last asked for.

    The cursor is `<changes seen>:<digest of the listing>`. The number makes the key of a run new even where
    the folder returns to an earlier state, and the same if the tick is repeated.
    """
    settings = corpus.settings()
    folder = settings.seeds
    if not folder_of(folder).exists():
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
    return dg.RunRequest(run_key=cursor, tags={"documents": str(n_inputs), **corpus_tags(settings)})
