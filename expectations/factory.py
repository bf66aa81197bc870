"""The one place where suites become Dagster asset checks."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack

import dagster as dg
import polars as pl

from assets.resources import Corpus, Stages
from expectations.files import READERS, StageFile
from expectations.looking import load_passed, save_passed
from expectations.model import Suite, Table, definition_of
from expectations.report import report_stopped_run
from expectations.validate import validate
from pipeline.allocators import give_back
from pipeline.markup import markdown_cell
from pipeline.quality import CheckResult, SuiteResult, load, save
from pipeline.settings import Settings
from pipeline.staging import checks_folder

_CELL = 400


def fingerprints_of(suite: Suite, stages: Stages, settings: Settings) -> dict[str, str]:
    """Digests of everything that the suite looks at, as it is now."""
    return {
        name: READERS[name].fingerprint(settings) if name in READERS else stages.fingerprint(name)
        for name in suite.inputs
    }


def evaluate(suite: Suite, stages: Stages, settings: Settings, run_id: str) -> SuiteResult:
    """Read what the suite looks at, evaluate it, and keep the result for publishing and the report.

    Where an earlier run has evaluated this very suite on these very data, and nothing failed, its result is
    taken over, and nothing is read. Where one has evaluated it on other data, documents whose rows have
    passed are not looked at again.
    """
    give_back()  # what the step before has let go of
    folder = checks_folder(settings)
    fingerprints, definition = fingerprints_of(suite, stages, settings), definition_of(suite)
    for earlier in load(folder, [suite.name]):
        found = earlier.for_run(run_id, definition, fingerprints)
        if found is not None:
            save(found, folder)
            return found
    kept = folder / f"{suite.name}.passed.json"
    passed = load_passed(kept, definition)
    frames: dict[str, pl.DataFrame | Table] = {}
    with ExitStack() as opened:
        for name in suite.inputs:
            if name in READERS:
                frames |= opened.enter_context(READERS[name].frames(settings))
            else:
                frames[name] = StageFile.of(stages.path(name))
        results, now = validate(suite, frames, passed), dt.datetime.now(dt.UTC)
    found = SuiteResult(suite.name, suite.stage, run_id, now, fingerprints, results, definition)
    save(found, folder)
    save_passed(passed, kept, definition)
    return found


def checks_of(suite: Suite) -> dg.AssetChecksDefinition:
    """Asset checks for all expectations of a suite, evaluated in one step.

    Critical ones block what is downstream in the run. Results are kept with digests of the data that
    was looked at, so that publishing can refuse data that nobody checked in this state.
    """
    own = {*suite.tables, *READERS}
    others = [dg.AssetKey(name) for name in suite.inputs if name not in own]
    others += [dg.AssetKey(name) for name in suite.inputs if name in READERS and name.startswith("staged_")]
    specs = [
        dg.AssetCheckSpec(
            name=e.name,
            asset=dg.AssetKey(e.table),
            description=e.reason,
            blocking=e.severity == "critical",
            additional_deps=[key for key in others if key != dg.AssetKey(e.table)],
            metadata={"suite": suite.name, "stage": suite.stage, "severity": e.severity},
        )
        for e in suite.expectations
    ]

    @dg.multi_asset_check(
        name=f"check_{suite.name}",
        specs=specs,
        can_subset=True,
        description=f"Suite {suite.name!r} of stage {suite.stage!r}: {len(specs)} expectations.",
    )
    def check(
        context: dg.AssetCheckExecutionContext, corpus: Corpus, stages: Stages
    ) -> Iterator[dg.AssetCheckResult]:
        settings = corpus.settings()
        found = evaluate(suite, stages, settings, context.run.run_id)
        if found.failed:
            # The run stops here, before the step that writes the report of a whole run.
            report_stopped_run(settings, context.run.run_id)
        selected = context.selected_asset_check_keys
        for result in found.results:
            key = dg.AssetCheckKey(dg.AssetKey(result.table), result.expectation)
            if key in selected:
                yield _as_check(result, found)

    return check


def _as_check(result: CheckResult, found: SuiteResult) -> dg.AssetCheckResult:
    error = dg.AssetCheckSeverity.ERROR if result.severity == "critical" else dg.AssetCheckSeverity.WARN
    metadata: dict[str, dg.MetadataValue] = {
        "observed": dg.MetadataValue.text(result.observed),
        "rows looked at": dg.MetadataValue.int(result.rows),
        "rows not as expected": dg.MetadataValue.int(result.unexpected_count),
    }
    if result.offending:
        metadata["offending rows"] = dg.MetadataValue.md(_table(result))
    if found.taken_over:
        looked = found.checked_at.isoformat(timespec="seconds")
        metadata["taken over"] = dg.MetadataValue.text(f"evaluated at {looked} on these very data")
    if result.error is not None:
        metadata["error"] = dg.MetadataValue.text(result.error)
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey(result.table),
        check_name=result.expectation,
        passed=result.success,
        severity=error,
        description=result.reason,
        metadata=metadata,
    )


def _table(result: CheckResult) -> str:
    columns = list(dict.fromkeys(column for row in result.offending for column in row))
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    for row in result.offending:
        cells = ["" if row.get(c) is None else markdown_cell(str(row[c]), _CELL) for c in columns]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
