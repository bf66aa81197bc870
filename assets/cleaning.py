"""Stage clean: documents with their metadata, and every line of them judged."""

from collections import Counter
from collections.abc import Callable, Iterator

import dagster as dg
import polars as pl

from assets.common import RETRIES, failing_for_good, made, made_in_parts, plot, table_spec
from assets.memory import Step
from assets.progress import Progress
from assets.resources import Corpus, Stages
from pipeline.briefing.pictures import bars_by_name
from pipeline.clean import clean_corpus
from pipeline.cleaning import Cleaning
from pipeline.kept import Counts
from pipeline.model import Quarantined
from pipeline.parts import Parts, counted
from pipeline.settings import Settings
from pipeline.stages import raw_rows
from pipeline.staging import store_file
from pipeline.steps import Extractors, clean_documents
from pipeline.store import Store
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
    stages: Stages,
    extractors: dg.ResourceParam[Extractors],
    raw_documents: pl.DataFrame,
    raw_quarantine: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Tell editorial text from boilerplate, find metadata and dates, set aside what holds no prose."""
    settings = corpus.settings()
    with failing_for_good():
        step = Step.of_frames(context, stages, settings, reads=_READ)
        usual = extractors.clean is clean_corpus
        if usual and (same := step.taken_over()) is not None:
            yield from same
            return
    with (
        failing_for_good(),
        Store(store_file(settings)) as store,
        Parts(stages.path("blocks").parent) as parts,
        Progress(context.log, "cleaned") as progress,
    ):
        documents, here, lines, counts, forget = _cleaned(
            raw_documents, settings, store, extractors, progress
        )
        for part in lines:
            parts.add("blocks", part)
        pruned = forget()
        refused = rows("quarantine", raw_quarantine) + list(here)
        for each in here:
            context.log.warning(f"Set aside {each.source_file} ({each.reason}): {each.detail}")
        context.log.info(
            f"{documents.height} documents hold editorial text; {len(refused)} inputs are set aside in all. "
            f"{counts.stored} were known from the store, {counts.read} have been cleaned; "
            f"{pruned} old results forgotten."
        )
        by_publisher = dict(
            Counter(name or "not known" for name in documents["publisher"]).most_common(_N_BARS)
        )
        picture = plot(bars_by_name(by_publisher, "documents"), "Documents by publisher")
        parts.add("documents", documents)
        written = parts.done()
        yield step.told(made_in_parts("documents", written["documents"], by_publisher=picture))
        picture = plot(bars_by_name(counted(written["blocks"], "kind"), "lines"), "Lines by kind")
        yield step.told(made_in_parts("blocks", written["blocks"], by_kind=picture))
        yield step.told(made("quarantine", frame("quarantine", refused)))
        if usual and not counts.lost:
            step.done()


def _cleaned(
    raw: pl.DataFrame, settings: Settings, store: Store, extractors: Extractors, progress: Progress
) -> tuple[pl.DataFrame, tuple[Quarantined, ...], Iterator[pl.DataFrame], Counts, Callable[[], int]]:
    """Rows of `documents`, refusals, parts of `blocks`, and what forgets old results once these are used.

    What cleans otherwise than usual keeps nothing.
    """
    if extractors.clean is clean_corpus:
        work = Cleaning(raw, settings, store)
        counts = work.make_sure(tell=progress)
        return *work.tables(), counts, work.prune
    cleaned = clean_documents(raw_rows(raw), settings, extractors)
    counts = Counts(documents=raw.height, read=raw.height)
    blocks = iter([frame("blocks", cleaned.blocks)])
    return frame("documents", cleaned.documents), cleaned.quarantine, blocks, counts, lambda: 0
