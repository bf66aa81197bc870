"""`make run`: the whole job in this process, and in plain words what it made and where.

The exit code is 0 if the data was published, 1 if a critical check failed or a step broke, and 128 and the
signal's number if a signal ended the run, as shells have it: 130 after Ctrl-C, 143 after SIGTERM.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import polars as pl

from assets.definitions import build_defs
from expectations import SUITES
from expectations.model import STAGES
from expectations.report import set_aside_rows
from pipeline.contract import TABLES
from pipeline.datapackage import table_files
from pipeline.dates.calendar import PLACED_DAYS
from pipeline.errors import ParleyError
from pipeline.quality import CheckResult, SuiteResult, load
from pipeline.settings import Settings, settings_from_env
from pipeline.staging import briefing_file, checks_folder, report_file, stages_folder
from pipeline.tables import height

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_N_REASONS = 20
_STOPPED = dg.DagsterExecutionInterruptedError.__name__
_STOPS = (signal.SIGINT, signal.SIGTERM)


def main() -> int:
    """Run and report."""
    with _signals() as received:
        try:
            code = _run()
        except KeyboardInterrupt:  # before the job has begun, or behind it: within, Dagster takes the signal
            code = 1
        stop = next((number for number in received() if number in _STOPS), None) if code else None
    if stop is None:
        return code
    told = f"Stopped by {signal.Signals(stop).name}."
    print(told, "What was read is kept, and the next run goes on from there.", file=sys.stderr)
    return 128 + stop


@contextmanager
def _signals() -> Iterator[Callable[[], bytes]]:
    """Let SIGTERM end the run like Ctrl-C; gives what tells the numbers of signals that came.

    Dagster puts handlers of its own in the place of ours while the job runs, one for both signals. Python
    writes the number of each to a pipe besides, whoever handles it.
    """
    reads, writes = os.pipe()
    os.set_blocking(reads, False)
    os.set_blocking(writes, False)

    def received() -> bytes:
        try:
            return os.read(reads, 1 << 10)
        except BlockingIOError:
            return b""

    handlers = {number: signal.signal(number, signal.default_int_handler) for number in _STOPS}
    before = signal.set_wakeup_fd(writes, warn_on_full_buffer=False)
    try:
        yield received
    finally:
        signal.set_wakeup_fd(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        os.close(reads)
        os.close(writes)


def _run() -> int:
    try:
        settings = settings_from_env()
        settings.warehouse.mkdir(parents=True, exist_ok=True)
    except (ParleyError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    job = build_defs(settings).resolve_job_def("refresh")
    home = os.environ.get("DAGSTER_HOME")
    if home:
        Path(home).mkdir(parents=True, exist_ok=True)
    with dg.DagsterInstance.get() if home else dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, run_config=_QUIET, raise_on_error=False)
    print(summary(settings, result), flush=True)  # before what the errors' stream may still say
    return 0 if result.success else 1


def summary(settings: Settings, result: dg.ExecuteInProcessResult) -> str:
    """What a run read, made and found, for people."""
    found = load(checks_folder(settings), [suite.name for suite in SUITES])
    ours = [suite for suite in found if suite.run_id == result.run_id]
    lines = ["", *_inputs(settings, ours)]
    if any(suite.suite == "set_aside" for suite in ours):
        lines += _set_aside(settings)
    if result.success:
        lines += ["", "Rows", *_rows(settings)]
    lines += ["", "Checks", *_checks(ours)]
    lines += [""]
    if result.success:
        lines += [
            "What changed",
            *(f"  {sentence}" for sentence in _changes(result)),
            "",
            f"Database        {settings.database}",
            f"Exports         {settings.exports}",
            f"Briefing        {briefing_file(settings)}",
            f"Quality report  {report_file(settings)}",
        ]
    else:
        lines += _failure(result)
        lines += ["Nothing was published: database and exports, if any, are those of the run before."]
        if any(suite.failed for suite in ours):
            lines += [f"Quality report  {report_file(settings)}"]
    return "\n".join(lines)


def _inputs(settings: Settings, ours: Sequence[SuiteResult]) -> list[str]:
    stages = stages_folder(settings)
    if not any(suite.suite == "raw" for suite in ours):
        return [f"Inputs could not be read from {settings.seeds}."]
    files = pl.read_parquet(stages / "raw_files.parquet")
    n_inputs = files.filter("is_input")["n_records"].fill_null(1).sum()
    if n_inputs == 0:
        return [
            f"No input documents in {settings.seeds}: put some there, or set PARLEY_SEEDS (docs/formats.md)."
        ]
    cleaned = any(suite.suite == "clean" for suite in ours)
    refused = pl.read_parquet(stages / ("quarantine.parquet" if cleaned else "raw_quarantine.parquet"))
    lines = [
        f"Inputs          {n_inputs} in {settings.seeds}: "
        f"{n_inputs - refused.height} accepted, {refused.height} set aside"
    ]
    shown = refused.select("source_file", "reason", "detail").head(_N_REASONS)
    lines += [f"  set aside     {file} ({reason}): {detail}" for file, reason, detail in shown.iter_rows()]
    if refused.height > _N_REASONS:
        lines.append(f"  ... and {refused.height - _N_REASONS} more, in table quarantine")
    return lines + (_undated(stages / "documents.parquet") if cleaned else [])


def _undated(documents: Path) -> list[str]:
    """Pages that are known to no month: what they tell has no day and is tied to no other page's meeting."""
    known = pl.col("published_to") - pl.col("published_from") <= pl.duration(days=PLACED_DAYS - 1)
    found = (
        pl.scan_parquet(documents)
        .filter(known.is_null() | ~known)
        .select("source_file")
        .collect()
        .to_series()
    )
    if found.is_empty():
        return []
    names = ", ".join(found.head(_N_REASONS)) + (", ..." if len(found) > _N_REASONS else "")
    return [f"  no day known  {len(found)}: {names}; a date beside one in <name>.meta.yaml is taken"]


def _set_aside(settings: Settings) -> list[str]:
    """What was taken out so that the run could go on; nothing to say where nothing was."""
    found = set_aside_rows(settings)
    shown = [
        f"  set aside     {file or 'several documents'}, {step} ({code}): {detail}"
        for file, step, code, detail in found[:_N_REASONS]
    ]
    if not found:
        return []
    if len(found) > _N_REASONS:
        shown.append(f"  ... and {len(found) - _N_REASONS} more, in table set_aside_rows")
    return [f"Set aside       {len(found)} row(s), or all of a page's rows of a step", *shown]


def _rows(settings: Settings) -> list[str]:
    return [
        f"  {table.name:22s}{sum(height(path) for path in files):>8,}"
        for table in TABLES
        if (files := table_files(settings.exports, table.name))
    ]


def _checks(ours: Sequence[SuiteResult]) -> list[str]:
    lines = []
    attention: list[CheckResult] = []
    for stage in STAGES:
        checks = [check for suite in ours if suite.stage == stage for check in suite.results]
        if not checks:
            lines.append(f"  {stage:10s} not reached")
            continue
        outcomes = Counter(check.outcome for check in checks)
        counts = [f"{outcomes[name]:>4} {name}" for name in ("passed", "warned", "failed")]
        lines.append(f"  {stage:10s}{' '.join(counts)}")
        attention += [check for check in checks if not check.success]
    for check in sorted(attention, key=lambda c: c.outcome):
        what = f"{check.table}: {check.expectation.replace('_', ' ')}"
        lines.append(f"  {check.outcome:10s} {what}: {check.error or check.observed}")
    return lines


def _changes(result: dg.ExecuteInProcessResult) -> list[str]:
    """What the run changed for readers, as the briefing's step said it."""
    for event in result.get_asset_materialization_events():
        if event.asset_key == dg.AssetKey("briefing"):
            told = event.materialization.metadata["changes"].value
            return [line.removeprefix("- ") for line in str(told).splitlines()]
    raise RuntimeError("a run that published told no changes")


def _failure(result: dg.ExecuteInProcessResult) -> list[str]:
    """Steps that broke, with the innermost cause; a failed critical check is told among the checks."""
    lines = []
    for event in result.all_events:
        if event.event_type_value == "PIPELINE_FAILURE" and (failed := event.job_failure_data.error):
            while failed.cause is not None:
                failed = failed.cause
            if failed.cls_name != _STOPPED:
                lines.append(f"The run failed: {failed.message.strip()}")
        if not event.is_step_failure:
            continue
        error = event.step_failure_data.error
        if error is not None and error.cls_name == _STOPPED:
            lines.append(f"Step {event.step_key} was told to stop.")
            continue
        while error is not None and error.cause is not None:
            error = error.cause
        message = error.message.strip() if error is not None else "no message"
        described = event.step_failure_data.user_failure_data
        if described is not None and described.description:
            message = described.description
        lines.append(f"Step {event.step_key} failed: {message}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
