"""Stage raw: what lies in the folder of input documents, as it was read, and what was set aside."""

import datetime as dt
from collections.abc import Iterator

import dagster as dg

from assets.common import RETRIES, failing_for_good, made, made_in_parts, spec, table_spec
from assets.memory import Step
from assets.resources import Corpus, Stages
from pipeline.errors import ContractError
from pipeline.export import earlier_times
from pipeline.ingest import ingest
from pipeline.ingest.earlier import Earlier
from pipeline.listing import contents, list_files
from pipeline.parts import Parts
from pipeline.stages import all_raw, files_frame, raw_frame, untouched_rows
from pipeline.staging import store_file
from pipeline.store import Store
from pipeline.tables import frame, read

GROUP = "raw"


@dg.multi_asset(
    name="ingestion",
    specs=[
        spec("raw_files", GROUP, "Files in the folder of input documents when the run began."),
        spec("raw_documents", GROUP, "Inputs that could be read: verbatim text, digest, sidecar."),
        table_spec("raw_quarantine", GROUP, contract="quarantine"),
    ],
    retry_policy=RETRIES,
)
def ingestion(
    context: dg.AssetExecutionContext, corpus: Corpus, stages: Stages
) -> Iterator[dg.MaterializeResult]:
    """Read the folder; times of first reading are kept from the published tables."""
    with failing_for_good():
        settings = corpus.settings()
        there = contents(settings.seeds, stages.notes("inputs"))
        inputs = {"inputs": "" if there is None else there.digest}
        step = Step.of_frames(context, stages, settings, reads=(), besides=inputs)
        if there is not None and (same := step.taken_over()) is not None:
            yield from same
            return
        files = list_files(settings.seeds) if there is None else there.files
        digests = {} if there is None else there.digests
        known = earlier_times(settings.exports)
        before = raw_frame(())
        if digests and step.same_reads() is not None:
            before = untouched_rows(stages.read("raw_documents"), digests, known)
            earlier = Earlier({}, digests, dict(before.select("source_file", "sha256").iter_rows()))
        else:
            earlier = Earlier(_texts(stages) if digests else {}, digests)
        with Store(store_file(settings)) as store:
            taken = ingest(settings, dt.datetime.now(dt.UTC), known, store, earlier)
        context.log.info(
            f"{len(taken.documents) + len(taken.untouched)} inputs read from {settings.seeds}, of which "
            f"{len(taken.untouched)} are as they were, {len(taken.quarantine)} set aside, "
            f"{len(taken.ignored)} files ignored by name."
        )
        for each in taken.quarantine:
            context.log.warning(f"Set aside {each.source_file} ({each.reason}): {each.detail}")
        yield step.told(made("raw_files", files_frame(files, dict(taken.records))))
        with Parts(stages.path("raw_documents").parent) as parts:
            parts.add("raw_documents", all_raw(raw_frame(taken.documents), before, taken.untouched))
            written = parts.done()["raw_documents"]
            yield step.told(made_in_parts("raw_documents", written, ignored=list(taken.ignored)))
        yield step.told(made("raw_quarantine", frame("quarantine", taken.quarantine)))
        step.done()


def _texts(stages: Stages) -> dict[str, str]:
    """Texts of the run before by file; none if there was none, or what it left is damaged."""
    try:
        told = read(stages.path("raw_documents"), ["source_file", "text"])
    except ContractError:
        return {}
    return dict(told.iter_rows())
