"""Stage extract: what every document yields, and what follows from all of them together."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.common import RETRIES, failing_for_good, made, made_in_parts, plot, spec, table_spec
from assets.memory import Step
from assets.progress import Progress
from assets.resources import Corpus, Stages
from pipeline.briefing.pictures import bars_by_day, bars_by_name
from pipeline.domain import load_domain
from pipeline.extraction import Extraction
from pipeline.gather import GATHERED, gathered
from pipeline.known import issue_rows, party_frame
from pipeline.nlp import model_fingerprint
from pipeline.parts import Parts, Written, counted
from pipeline.staging import store_file
from pipeline.steps import EXTRACTORS, Extractors
from pipeline.store import Store
from pipeline.tables import frame

GROUP = "extract"
_CLEANED = ["documents", "blocks"]


@dg.multi_asset(
    name="reference",
    specs=[
        table_spec("issues", GROUP),
        spec("parties", GROUP, "Party codes that reference data and domain pack define."),
    ],
    retry_policy=RETRIES,
)
def reference(
    context: dg.AssetExecutionContext, corpus: Corpus, stages: Stages
) -> Iterator[dg.MaterializeResult]:
    """What the domain pack knows: issues, and codes of parties."""
    with failing_for_good():
        settings = corpus.settings()
        step = Step.of_frames(context, stages, settings, reads=())
        if (same := step.taken_over()) is not None:
            yield from same
            return
        pack = load_domain(settings)
        yield step.told(made("issues", frame("issues", issue_rows(pack)), domain=pack.label))
        yield step.told(made("parties", party_frame(pack)))
        step.done()


@dg.multi_asset(
    name="extraction",
    specs=[table_spec(name, GROUP, _CLEANED) for name in GATHERED],
    ins={name: dg.AssetIn(name) for name in _CLEANED},
    retry_policy=RETRIES,
)
def extraction(
    context: dg.AssetExecutionContext,
    corpus: Corpus,
    stages: Stages,
    extractors: dg.ResourceParam[Extractors],
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
) -> Iterator[dg.MaterializeResult]:
    """Who is named, who said what, who met whom, who stands where.

    What a document yields is taken from the store if it was read before with the same code, model, reference
    data and pack, and read by the workers if not; then entities are counted and meetings merged.
    """
    settings = corpus.settings()
    with failing_for_good():
        step = Step.of_frames(context, stages, settings, reads=_CLEANED)
        # A language model may answer otherwise the next time; its answers have a cache of their own.
        usual = extractors == EXTRACTORS and settings.reader is None
        if usual and (same := step.taken_over()) is not None:
            yield from same
            return
    with (
        failing_for_good(),
        Store(store_file(settings)) as store,
        Parts(stages.path("statements").parent) as parts,
    ):
        work = Extraction(documents, blocks, settings, store, extractors.of_pages())
        with Progress(context.log, "read") as progress:
            counts = work.make_sure(tell=progress)
        reader: dict[str, object] = {}
        for name, part in gathered(work, settings.reader, reader):
            parts.add(name, part)
        pruned = work.prune()
        context.log.info(
            f"{counts.documents} documents: {counts.stored} known from the store, {counts.read} read, of "
            f"which {counts.parsed} were parsed, {counts.lost} set aside; {store.damaged} damaged results "
            f"made anew, {pruned} old ones forgotten."
        )
        if store.damaged:
            context.log.warning(f"{store.damaged} stored results were damaged and have been made anew.")
        told = {
            "model": model_fingerprint(settings.model),
            "documents_taken_over": counts.stored,
            "documents_read": counts.read,
            "documents_parsed": counts.parsed,
            "documents_lost": counts.lost,
            "damaged_results": store.damaged,
        }
        for name, written in parts.done().items():
            more = _pictures(name, written) | (reader if name == "issue_positions" else {})
            told_here = told if name == "statements" else {}
            yield step.told(made_in_parts(name, written, **more, **told_here))
        if usual and not counts.lost:
            step.done()


def _pictures(name: str, written: Written) -> dict[str, dg.MarkdownMetadataValue]:
    """What a table's asset shows of it in the UI."""
    match name:
        case "statements":
            days = written.scan().select("stated_to").drop_nulls().collect()["stated_to"].to_list()
            picture = bars_by_day(days, "statements", "png")
            return {"by_day": plot(picture, "Statements by day on which they were made")}
        case "meetings":
            picture = bars_by_name(counted(written, "status"), "meetings")
            return {"by_status": plot(picture, "Meetings by latest status")}
        case "issue_positions":
            picture = bars_by_name(counted(written, "issue_id"), "positions")
            return {"by_issue": plot(picture, "Positions by issue")}
        case _:
            return {}
