"""Stage clean: documents with their metadata, and every line of them judged."""

from collections import Counter
from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.common import RETRIES, failing_for_good, made, plot, table_spec
from assets.resources import Corpus
from pipeline.briefing.pictures import bars_by_name
from pipeline.stages import raw_rows
from pipeline.steps import Extractors, clean_documents
from pipeline.tables import frame, rows

GROUP = "clean"
_N_BARS = 20
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
    context: dg.AssetExecutionContext,
    corpus: Corpus,
    extractors: dg.ResourceParam[Extractors],
    raw_documents: pl.DataFrame,
    raw_quarantine: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Tell editorial text from boilerplate, find metadata and dates, set aside what holds no prose."""
    with failing_for_good():
        cleaned = clean_documents(raw_rows(raw_documents), corpus.settings(), extractors)
        refused = rows("quarantine", raw_quarantine) + list(cleaned.quarantine)
        for each in cleaned.quarantine:
            context.log.warning(f"Set aside {each.source_file} ({each.reason}): {each.detail}")
        context.log.info(
            f"{len(cleaned.documents)} documents hold editorial text; "
            f"{len(refused)} inputs are set aside in all."
        )
        by_publisher = dict(
            Counter(d.publisher or "not known" for d in cleaned.documents).most_common(_N_BARS)
        )
        picture = plot(bars_by_name(by_publisher, "documents"), "Documents by publisher")
        yield made("documents", frame("documents", cleaned.documents), by_publisher=picture)
        by_kind = dict(Counter(block.kind for block in cleaned.blocks).most_common())
        picture = plot(bars_by_name(by_kind, "lines"), "Lines by kind")
        yield made("blocks", frame("blocks", cleaned.blocks), by_kind=picture)
        yield made("quarantine", frame("quarantine", refused))
