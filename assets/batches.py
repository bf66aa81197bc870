"""Reading ahead: the corpus in batches, each a run of its own, which Dagster's UI starts as a backfill.

A batch publishes nothing. What its documents yield goes to the store, where the next run of the whole job
finds it; rows are the same whether a document was read ahead or not.
"""

import datetime as dt

import dagster as dg

from assets.common import RETRIES, failing_for_good, spec
from assets.resources import Corpus
from pipeline.extraction import Extraction
from pipeline.ingest import RawDocument, read_inputs
from pipeline.staging import store_file
from pipeline.steps import Extractors, clean_documents
from pipeline.store import Store
from pipeline.tables import frame

JOB = "read_batches"
BATCHES = dg.StaticPartitionsDefinition(list("0123456789abcdef"))
"""A document's batch is the last digit of its key: the same wherever its file lies, and all alike in size."""


@dg.multi_asset(
    name="reading_ahead",
    specs=[
        spec(
            "batch",
            "extract",
            "A sixteenth of the corpus, read into the store for the next run: for a first run over much.",
            stored=False,
        ).replace_attributes(partitions_def=BATCHES)
    ],
    partitions_def=BATCHES,
    retry_policy=RETRIES,
)
def reading_ahead(
    context: dg.AssetExecutionContext, corpus: Corpus, extractors: dg.ResourceParam[Extractors]
) -> dg.MaterializeResult:
    """Clean and read the documents of one batch; those without a date wait for the run over all of them."""
    with failing_for_good():
        settings = corpus.settings()
        own = [
            each
            for each in read_inputs(settings, dt.datetime.now(dt.UTC))
            if isinstance(each, RawDocument) and each.document_id.endswith(context.partition_key)
        ]
        cleaned = clean_documents(own, settings, extractors)
        # What a page does not say of its date the others may, so that its yield is not settled here.
        dated = [each for each in cleaned.documents if each.published_basis == "explicit"]
        with Store(store_file(settings)) as store:
            extraction = Extraction(
                frame("documents", dated),
                frame("blocks", cleaned.blocks),
                settings,
                store,
                extractors.of_pages(),
            )
            counts = extraction.make_sure()
        n_undated = len(cleaned.documents) - len(dated)
        context.log.info(
            f"{len(own)} documents in batch {context.partition_key}: {counts.read} read, "
            f"{counts.stored} known from the store, {n_undated} without a date of their own left to the run."
        )
        return dg.MaterializeResult(
            asset_key="batch",
            metadata={
                "dagster/partition_row_count": len(own),
                "documents_read": counts.read,
                "documents_taken_over": counts.stored,
                "documents_undated": n_undated,
            },
        )


read_batches = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.assets("batch"),
    description="One batch of the corpus, read into the store; start all of them as a backfill.",
)
