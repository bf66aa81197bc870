"""What breaks around a run: kills, full and closed disks, damaged files, two runs at once, a leaping clock.

Each time readers keep a whole state, the message has a code, and the next run mends what there is to mend.
"""

import contextlib
import datetime as dt
import importlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from assets.definitions import build_defs
from assets.resources import Stages
from expectations import SUITES
from expectations.factory import evaluate
from pipeline.briefing.state import forget_before, keep_before
from pipeline.datapackage import verify_exports
from pipeline.errors import ContractError, ParleyError, StorageError, storage_error
from pipeline.export import earlier_times, export_tables, open_set, publish_set, set_digest
from pipeline.quality import UncheckedError, load, require_passed
from pipeline.settings import PROJECT_ROOT, Settings
from pipeline.staging import briefing_file, checks_folder, report_file, staged, stages_folder
from pipeline.swap import PublishError, exclusive, replace_text
from pipeline.tables import read, validate_whole
from pipeline.warehouse import build_database, open_database
from tests.contract_rows import sample
from tests.good_data import stage_frames

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def at(folder):
    """Settings of a corpus that has no baseline."""
    return Settings(seeds=Path("no-such-corpus"), warehouse=Path(folder) / "w")


def stages_of(settings):
    """The store of stages."""
    return Stages(folder=str(stages_folder(settings)))


def put(settings, **changes):
    """Leave the frames of good data, some changed, as the stages before would have."""
    stages = stages_of(settings)
    for name, df in (stage_frames() | changes).items():
        if not stages.exists(name) or not stages.read(name).equals(df):
            stages.write(name, df)
    return stages


def finish(settings):
    """Everything behind extraction on what the stages hold: good data is in the place of what others make."""
    stages = put(settings) if not stages_folder(settings).exists() else stages_of(settings)
    for suite in SUITES:
        if suite.stage in ("raw", "clean", "extract"):
            evaluate(suite, stages, settings, "before")
    return run(settings)


def run(settings):
    """The job's steps behind extraction, with their checks."""
    defs = build_defs(settings)
    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize(
            [
                *(a for a in defs.assets if a.op.name in ("building", "exporting", "publishing")),
                *(c for c in defs.asset_checks if c.op.name in ("check_tables", "check_exports")),
            ],
            instance=instance,
            resources=defs.resources,
            raise_on_error=False,
            run_config=QUIET,
        )


def said(result):
    """What a run that failed told, all of it."""
    told = []
    for event in result.all_events:
        if event.is_step_failure:
            data = event.step_failure_data
            told.append(getattr(data.user_failure_data, "description", None) or "")
            told.append(data.error.to_string() if data.error else "")
        elif event.event_type_value == "PIPELINE_FAILURE" and event.job_failure_data.error:
            told.append(event.job_failure_data.error.to_string())
    return "\n".join(told)


def other_words():
    """A change that readers can see: another name of the issue."""
    return {"issues": stage_frames()["issues"].with_columns(label=pl.lit("Armistice"))}


def seen(settings):
    """The issue's name in the database and in the exports."""
    with open_database(settings.database) as con:
        (in_database,) = con.execute("SELECT label FROM issues").fetchone()
    return in_database, pl.read_parquet(settings.exports / "issues.parquet")["label"][0]


def published(settings):
    """Digest of all that readers see."""
    files = (settings.database, report_file(settings), briefing_file(settings))
    return [path.read_bytes() for path in files], set_digest(settings.exports)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Settings under which good data was published; never to be changed."""
    folder = tmp_path_factory.mktemp("first")
    settings = at(folder)
    put(settings)
    result = finish(settings)
    assert result.success, said(result)
    return settings


@pytest.fixture
def settings(first, tmp_path):
    """A copy of what was published, to be broken."""
    shutil.copytree(first.warehouse, tmp_path / "w", symlinks=True)
    return at(tmp_path)


# --- killed -----------------------------------------------------------------------------------------

BEFORE, AFTERWARDS = "before", "afterwards"
MOMENTS = {
    "while rows are loaded": ("pipeline.warehouse", "store_views", BEFORE),
    "when a copy of the database was looked at": ("pipeline.warehouse", "renew", AFTERWARDS),
    "when the built database is in its place": ("assets.warehouse", "build_database", AFTERWARDS),
    "while a file of the exports is written": ("pipeline.export", "_write_table", AFTERWARDS),
    "while the database is copied": ("pipeline.warehouse", "sync_file", BEFORE),
    "between database and exports": ("assets.exports", "publish_set", BEFORE),
    "before the set is swapped in": ("pipeline.export", "point_link", BEFORE),
    "between exports and report": ("assets.exports", "report_published_run", BEFORE),
    "before what was done is noted": ("assets.exports", "forget_before", BEFORE),
}


# Forked from a process that has imported everything and started no thread yet.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.test_faults", "great_expectations"])


def _die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def _run_until(folder, module, name, how):
    """A run that is killed (SIGKILL) before or after the first call of a function."""
    home = importlib.import_module(module)
    original = getattr(home, name)

    def then_die(*args, **kwargs):
        original(*args, **kwargs)
        _die()

    setattr(home, name, _die if how == BEFORE else then_die)
    finish(at(folder))


def killed(settings, module, name, how):
    """Let a process of its own die at that moment."""
    process = FORKS.Process(target=_run_until, args=(settings.warehouse.parent, module, name, how))
    process.start()
    process.join(300)
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("moment", MOMENTS)
def test_readers_keep_a_whole_state_and_the_next_run_finishes(settings, moment):
    put(settings, **other_words())
    killed(settings, *MOMENTS[moment])
    assert set(seen(settings)) <= {"Truce", "Armistice"}
    assert verify_exports(settings.exports) == []
    result = finish(settings)
    assert result.success, said(result)
    assert seen(settings) == ("Armistice", "Armistice")
    assert verify_exports(settings.exports) == []
    assert verify_exports(staged(settings).exports) == []
    left = [p.name for p in settings.warehouse.rglob(".*") if not p.name.endswith(".lock")]
    assert set(left) == {".sets"}
    assert not (stages_folder(settings) / "before.duckdb").exists()


def test_a_change_is_told_of_although_the_run_that_brought_it_was_killed(settings):
    gone = stage_frames()
    put(settings, statements=gone["statements"].head(2), issue_positions=gone["issue_positions"].clear())
    killed(settings, "assets.exports", "publish_set", BEFORE)
    result = finish(settings)
    assert result.success, said(result)
    (told,) = [
        event.materialization.metadata["changes"].value
        for event in result.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey("briefing")
    ]
    assert "1 statement no longer there" in told


# --- nothing has changed ----------------------------------------------------------------------------


def test_an_unchanged_run_writes_nothing_that_readers_see_and_loads_no_checks(settings):
    before = published(settings)
    code = textwrap.dedent(
        """
        import sys
        import tests.test_faults as faults
        result = faults.finish(faults.at(sys.argv[1]))
        loaded = {"great_expectations", "matplotlib", "pandas", "scipy", "spacy"} & {*sys.modules}
        assert result.success, faults.said(result)
        print(sorted(loaded - {*sys.argv[2:]}))
        """
    )
    command = [sys.executable, "-c", code, str(settings.warehouse.parent)]
    first = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True)
    assert first.stdout.strip() == "[]", first.stdout + first.stderr[-2000:]
    assert published(settings) == before


def test_an_unchanged_run_says_so(settings):
    result = finish(settings)
    told = {
        event.asset_key.to_user_string(): event.materialization.metadata
        for event in result.get_asset_materialization_events()
    }
    assert {"staged_database", "staged_exports", "database", "exports", "briefing"} <= {*told}
    assert all("unchanged since run" in metadata for metadata in told.values())
    assert told["briefing"]["changes"].value == "- Nothing has changed since the last publication."
    assert told["exports"]["changed"].value is False
    assert all("taken over" in e.metadata for e in result.get_asset_check_evaluations())


# --- damaged ----------------------------------------------------------------------------------------


def cut(path):
    """Leave half of a file."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


def test_a_truncated_stage_is_refused_by_code_and_readers_keep_what_they_had(settings):
    before = published(settings)
    cut(stages_folder(settings) / "statements.parquet")
    with pytest.raises(ContractError, match=r"parquet_unreadable.*statements\.parquet"):
        finish(settings)
    result = run(settings)
    assert not result.success
    assert "changed_since_check" in said(result) and "statements" in said(result)
    assert published(settings) == before


@pytest.mark.parametrize("name", ["documents", "issues", "quality_results"])
def test_neither_database_nor_exports_are_made_of_a_truncated_file(tmp_path, name):
    paths = {}
    for table, df in sample().items():
        paths[table] = tmp_path / f"{table}.parquet"
        df.write_parquet(paths[table])
    cut(paths[name])
    for make in (
        lambda: validate_whole(paths),
        lambda: build_database(tmp_path / "x.duckdb", paths),
        lambda: export_tables(paths, Settings(warehouse=tmp_path)),
    ):
        with pytest.raises(ContractError, match=f"{name}.parquet is damaged") as caught:
            make()
        assert caught.value.code == "parquet_unreadable"
    assert not (tmp_path / "x.duckdb").exists()


def half_deleted(settings):
    folder = open_set(settings.exports)
    for path in sorted(folder.iterdir())[::2]:
        path.unlink()


def links_deleted(settings):
    for path in settings.exports.glob("*.parquet"):
        path.unlink()


def all_deleted(settings):
    shutil.rmtree(settings.exports)


def file_changed(settings):
    cut(open_set(settings.exports) / "statements.parquet")


def database_cut(settings):
    cut(settings.database)


def database_deleted(settings):
    settings.database.unlink()


def pages_deleted(settings):
    report_file(settings).unlink()
    briefing_file(settings).unlink()


def built_deleted(settings):
    shutil.rmtree(staged(settings).warehouse)


def notes_cut(settings):
    for path in (stages_folder(settings) / "steps").iterdir():
        cut(path)


def results_cut(settings):
    for path in checks_folder(settings).iterdir():
        cut(path)


@pytest.mark.parametrize(
    "damage",
    [
        *(half_deleted, links_deleted, all_deleted, file_changed, database_cut, database_deleted),
        *(pages_deleted, built_deleted, notes_cut, results_cut),
    ],
)
def test_the_next_run_mends_what_is_damaged(settings, damage):
    damage(settings)
    result = finish(settings)
    assert result.success, said(result)
    assert seen(settings) == ("Truce", "Truce")
    assert verify_exports(settings.exports) == []
    assert briefing_file(settings).is_file() and report_file(settings).is_file()


def test_half_written_results_of_checks_let_nothing_through(settings):
    stages, suite = put(settings), SUITES[0]
    evaluate(suite, stages, settings, "run-1")
    cut(checks_folder(settings) / f"{suite.name}.json")
    with pytest.raises(UncheckedError, match="not_checked"):
        require_passed(load(checks_folder(settings), [suite.name]), [suite.name], {})


# --- full and closed disks --------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place, leave=0):
    """Take all space but `leave` bytes."""
    with contextlib.suppress(OSError), (place / "ballast").open("wb", buffering=0) as handle:
        while True:
            handle.write(b"x" * 4096)
    if leave:
        os.truncate(place / "ballast", max(0, (place / "ballast").stat().st_size - leave))


def wide(n=60_000):
    """A frame that does not fit on the small disk."""
    return pl.DataFrame({"a": [os.urandom(64).hex() for _ in range(n)]})


WRITES = {
    "a stage": lambda place: Stages(folder=str(place / "stages")).write("a", wide()),
    "the database": lambda place: build_database(place / "x.duckdb", sample()),
    "the exports": lambda place: export_tables(sample(), Settings(warehouse=place)),
    "a page": lambda place: replace_text(place / "page.html", "x" * 10_000_000),
    "a copy of a set": lambda place: publish_set(
        export_tables(sample(), Settings(warehouse=place.parent / "elsewhere")).folder,
        place / "exports",
        sample()["quality_results"],
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_a_full_disk_is_told_by_code_and_leaves_no_half_written_file(small_disk, what):
    fill(small_disk, leave=16_384)
    with pytest.raises(StorageError, match="disk_full"):
        WRITES[what](small_disk)
    left = {p.name for p in small_disk.rglob("*") if p.is_file() and not p.name.endswith(".lock")}
    assert left == {"ballast"}


def test_after_a_full_disk_the_next_run_finishes(small_disk):
    settings = Settings(warehouse=small_disk)
    fill(small_disk, leave=16_384)
    with pytest.raises(StorageError):
        export_tables(sample(), settings)
    (small_disk / "ballast").unlink()
    export_tables(sample(), settings)
    assert verify_exports(settings.exports) == []


@pytest.mark.parametrize("what", WRITES)
def test_a_closed_disk_is_told_by_code(small_disk, what):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StorageError, match="not_writable"):
        WRITES[what](small_disk)


def test_a_run_on_a_closed_disk_fails_with_the_code_and_no_retry(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    result = run(at(small_disk))
    assert not result.success
    assert "not_writable" in said(result)
    assert not any(event.is_step_up_for_retry for event in result.all_events)


def test_errors_of_libraries_are_recognised_by_number_cause_or_words():
    full = OSError(28, "No space left on device")
    wrapped = RuntimeError("could not write")
    wrapped.__cause__ = full
    in_words = duckdb.IOException('IO Error: Could not write file "x": No space left on device')
    for error in (full, wrapped, in_words):
        assert storage_error(error, "there").code == "disk_full"
    assert storage_error(PermissionError(13, "Permission denied"), "there").code == "not_writable"
    assert storage_error(FileNotFoundError(2, "No such file"), "there") is None
    assert storage_error(ValueError("no"), "there") is None


# --- at the same time -------------------------------------------------------------------------------


def test_a_second_run_waits_for_the_first(settings):
    order = []

    def hold():
        with exclusive(stages_folder(settings), "run", holder="another"):
            order.append("first")
            time.sleep(1)
            order.append("first is done")

    thread = threading.Thread(target=hold)
    thread.start()
    while not order:
        time.sleep(0.01)
    result = finish(settings)
    order.append("second is done")
    thread.join()
    assert result.success, said(result)
    assert order == ["first", "first is done", "second is done"]


def test_a_second_run_that_has_waited_too_long_gives_up_by_code(settings, monkeypatch):
    monkeypatch.setattr("assets.resources.LOCK_SECONDS", 0.2)
    before = published(settings)
    with exclusive(stages_folder(settings), "run", holder="another"):
        result = finish(settings)
    assert not result.success
    assert "publish_locked" in said(result)
    assert published(settings) == before


def test_processes_of_one_run_work_together(tmp_path):
    with exclusive(tmp_path, "run", holder="one"):
        with exclusive(tmp_path, "run", 0.1, holder="one"):
            pass
        with pytest.raises(PublishError, match="publish_locked"), exclusive(tmp_path, "run", 0.1, "two"):
            pass
    with exclusive(tmp_path, "run", 0.1, holder="two"):
        pass


def test_readers_of_the_old_state_go_on_while_a_run_publishes(settings):
    opened = open_set(settings.exports)
    with open_database(settings.database) as con:
        put(settings, **other_words())
        result = finish(settings)
        assert result.success, said(result)
        assert con.execute("SELECT label FROM issues").fetchone() == ("Truce",)
    assert pl.read_parquet(opened / "issues.parquet")["label"].to_list() == ["Truce"]
    assert verify_exports(opened) == []
    assert seen(settings) == ("Armistice", "Armistice")


# --- a clock that jumps -----------------------------------------------------------------------------


class _YearsAgo(dt.datetime):
    @classmethod
    def now(cls, tz=None):
        return dt.datetime(1999, 1, 1, tzinfo=tz)


def test_a_clock_that_jumps_back_changes_nothing_that_was_published(settings, monkeypatch):
    before, known = published(settings), earlier_times(settings.exports)
    monkeypatch.setattr("expectations.factory.dt.datetime", _YearsAgo)
    for path in stages_folder(settings).glob("*.parquet"):
        os.utime(path, (0, 0))
    result = finish(settings)
    assert result.success, said(result)
    assert published(settings) == before
    assert earlier_times(settings.exports) == known


def test_a_change_is_published_although_the_clock_has_jumped_back(settings, monkeypatch):
    monkeypatch.setattr("expectations.factory.dt.datetime", _YearsAgo)
    put(settings, **other_words())
    for path in stages_folder(settings).glob("*.parquet"):
        os.utime(path, (0, 0))
    result = finish(settings)
    assert result.success, said(result)
    assert seen(settings) == ("Armistice", "Armistice")
    results = pl.read_parquet(settings.exports / "quality_results.parquet")
    # What was found again keeps the time at which it was first found.
    assert results["checked_at"].dt.year().min() > 1999


# --- what is missing --------------------------------------------------------------------------------


def test_a_model_that_is_missing_is_named_by_code_and_nothing_else_breaks():
    from pipeline.digests import settings_facts
    from pipeline.nlp import load_model

    assert settings_facts(Settings(model="no_such_model"))["model"] == "no_such_model, not installed"
    with pytest.raises(ParleyError, match="no_such_model") as caught:
        load_model("no_such_model")
    assert caught.value.code == "model_missing"


def test_a_stage_that_was_never_made_is_named(tmp_path):
    with pytest.raises(ContractError, match=r"statements\.parquet is damaged or not there"):
        read(tmp_path / "statements.parquet")


def test_the_database_before_is_kept_through_several_deaths_and_forgotten_once(settings):
    before = settings.database.read_bytes()
    kept = keep_before(settings)
    settings.database.unlink()
    assert keep_before(settings) == kept
    assert kept.read_bytes() == before
    forget_before(settings)
    forget_before(settings)
    assert not kept.exists()
    assert keep_before(settings) is None
