"""Stage exports, for those who set `PARLEY_PUBLISH_TO`: the published files on object storage."""

import dagster as dg

from assets.common import PUBLISHED_DAILY, RETRIES, failing_for_good, spec
from assets.exports import GROUP
from assets.resources import Corpus
from pipeline.remote import mirror_exports


@dg.multi_asset(
    name="mirroring",
    specs=[
        spec(
            "remote_exports",
            GROUP,
            "The published Parquet files on object storage: one whole set at a time, named by a pointer.",
            ["exports"],
            stored=False,
            fresh=PUBLISHED_DAILY,
        )
    ],
    retry_policy=RETRIES,
)
def mirroring(context: dg.AssetExecutionContext, corpus: Corpus) -> dg.MaterializeResult:
    """Send what readers of object storage do not have yet, then point them to it."""
    with failing_for_good():
        settings = corpus.settings()
        if settings.publish_to is None:
            raise ValueError("PARLEY_PUBLISH_TO is not set")
        done = mirror_exports(settings.exports, settings.publish_to)
        context.log.info(f"{done.n_sent} files sent; readers see {done.url}.")
        return dg.MaterializeResult(
            asset_key="remote_exports",
            metadata={
                "url": dg.MetadataValue.text(done.url),
                "sent": done.n_sent,
                "changed": done.changed,
            },
        )
