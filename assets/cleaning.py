"""Stage clean: documents with their metadata, and every line of them judged."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.common import RETRIES, failing_for_good, made, table_spec
from assets.resources import Corpus
from pipeline.stages import raw_rows
from pipeline.steps import Extractors, clean_documents
from pipeline.tables import frame, rows

GROUP = "clean"
_READ = ["raw_documents", "raw_quarantine"]


@dg.multi_asset(
    name="cleaning",
    specs=[
        table_spec("documents", GROUP, _READ),
        table_spec("blocks", GROUP, _READ),
        table_spec("quarantine", GROUP, _READ),
    ],
    ins={name: dg.AssetIn(name) for name in _READ},
    retry_policy=RETRIES,
)
def cleaning(
    corpus: Corpus,
    extractors: dg.ResourceParam[Extractors],
    raw_documents: pl.DataFrame,
    raw_quarantine: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Tell editorial text from boilerplate, find metadata and dates, set aside what holds no prose."""
    with failing_for_good():
        cleaned = clean_documents(raw_rows(raw_documents), corpus.settings(), extractors)
        refused = rows("quarantine", raw_quarantine) + list(cleaned.quarantine)
        yield made("documents", frame("documents", cleaned.documents))
        yield made("blocks", frame("blocks", cleaned.blocks))
        yield made("quarantine", frame("quarantine", refused))
