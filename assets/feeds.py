"""News feeds as a source: what is new in them, fetched into the folder of input documents."""

import datetime as dt
from collections import Counter

import dagster as dg
import polars as pl

from assets.common import RETRIES, failing_for_good, made, spec
from assets.resources import Corpus
from pipeline.feeds import collect, feed_frame, load_feeds

GROUP = "raw"
JOB = "fetch_feeds"


@dg.multi_asset(
    name="feeds",
    specs=[
        spec(
            "feed_items",
            GROUP,
            "What became of every feed named in seeds/feeds.yaml, and of its new items, when last asked.",
        )
    ],
    retry_policy=RETRIES,
)
def feeds(context: dg.AssetExecutionContext, corpus: Corpus) -> dg.MaterializeResult[pl.DataFrame]:
    """Ask the feeds; an error of a server is recorded, and the others are asked all the same."""
    with failing_for_good():
        settings = corpus.settings()
        rows = collect(settings, load_feeds(settings.feeds), dt.datetime.now(dt.UTC))
        counts = Counter(row.outcome for row in rows)
        context.log.info(
            ", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items())) or "No feeds are named."
        )
        for row in rows:
            if row.outcome in ("failed", "refused"):
                context.log.warning(f"{row.feed}: {row.url} {row.outcome} ({row.code}): {row.detail}")
        return made("feed_items", feed_frame(rows), outcomes=dict(counts))


feeds_job = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.assets("feed_items"),
    description="New items of the feeds, into the folder of input documents; the sensor starts what follows.",
    tags={"team": "parley"},
)


@dg.schedule(
    name="feeds_every_fifteen_minutes",
    job_name=JOB,
    cron_schedule="*/15 * * * *",
    execution_timezone="UTC",
    description="Every fifteen minutes; asks nobody as long as seeds/feeds.yaml names no feed.",
)
def feeds_every_fifteen_minutes(
    context: dg.ScheduleEvaluationContext, corpus: Corpus
) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run, unless no feed is named."""
    named = load_feeds(corpus.settings().feeds).feeds
    if not named:
        return dg.SkipReason("No feeds are named in seeds/feeds.yaml.")
    return dg.RunRequest(tags={"feeds": str(len(named))})
