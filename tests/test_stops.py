"""A run that is stopped from outside (Ctrl-C, a scheduler's SIGTERM, kill -9) while its workers work.

It ends soon and says so, no worker outlives it, nothing is left half-written, and the next run goes on.
"""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.common import RETRIES
from pipeline.extraction import Extraction
from pipeline.gather import gathered
from pipeline.ingest import ingest
from pipeline.settings import PROJECT_ROOT, Settings
from pipeline.staging import store_file
from pipeline.steps import clean_documents
from pipeline.store import Store
from pipeline.tables import frame
from tests.synthetic_corpus import write_corpus

N = 6
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SOON = 20.0
"""Seconds within which everything is over: the workers alone would wait for ten minutes."""

PREPARED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells have what runs behind them ignore it
from dataclasses import replace
from pipeline import store
from pipeline.extraction import Extraction
Extraction.task = "tests.work_tasks:" + sys.argv[1]
Extraction.shares = replace(Extraction.shares, least=500)
store._COMMIT_SECONDS = -1
"""
WHOLE_RUN = (
    PREPARED
    + """
from assets.run import main
sys.exit(main())
"""
)
EXTRACTION = (
    PREPARED
    + """
import polars as pl
from pathlib import Path
from pipeline.settings import Settings
folder = Path(sys.argv[2])
Extraction(
    pl.read_parquet(folder / "documents.parquet"),
    pl.read_parquet(folder / "blocks.parquet"),
    Settings(workers="2"),
    store.Store(Path(sys.argv[3])),
).make_sure()
"""
)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    write_corpus(folder, N, seed=3, n_words=120)
    return folder


class Started:
    """A process in a group of its own, both workers of which are at work and wait."""

    def __init__(self, folder, code, *arguments, **environment):
        stalled = folder / "stalled"
        stalled.mkdir()
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "DAGSTER_"))
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            cwd=PROJECT_ROOT,
            env=own | environment | {"STALLED": str(stalled)},
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        while len(list(stalled.iterdir())) < 2:
            assert self.process.poll() is None, self.process.communicate()[0]
            time.sleep(0.05)
        self.workers = [int(path.name) for path in stalled.iterdir()]

    def stop(self, number, group=False):
        """Send a signal to the process, or to its group as a terminal does; give exit code and words."""
        began = time.monotonic()
        (os.killpg if group else os.kill)(self.process.pid, number)
        # The workers hold the same output: it ends with the last of them.
        said, _ = self.process.communicate(timeout=SOON)
        while any(alive(pid) for pid in self.workers):
            assert time.monotonic() - began < SOON
            time.sleep(0.05)
        return self.process.returncode, said


def alive(pid):
    """Whether a process runs; one that nobody has waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def entries(store, kind):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as con:
        return con.execute("SELECT count(*) FROM entries WHERE kind = ?", (kind,)).fetchone()[0]


@pytest.mark.parametrize(
    ("number", "group", "code"),
    [(signal.SIGINT, True, 130), (signal.SIGTERM, False, 143)],
    ids=["ctrl-c", "term"],
)
def test_a_run_that_is_told_to_stop_ends_soon_and_says_so(seeds, tmp_path, number, group, code):
    settings = Settings(seeds=seeds, warehouse=tmp_path / "w")
    run = Started(
        tmp_path,
        WHOLE_RUN,
        "waiting",
        PARLEY_SEEDS=str(seeds),
        PARLEY_WAREHOUSE=str(settings.warehouse),
        PARLEY_WORKERS="2",
    )
    ended, said = run.stop(number, group)
    assert ended == code
    assert "Step extraction was told to stop." in said and "Nothing was published" in said
    assert said.splitlines()[-1].startswith(f"Stopped by {number.name}. What was read is kept")
    assert "Traceback" not in said
    hidden = [path.name for path in settings.warehouse.rglob(".*") if not path.name.endswith(".lock")]
    assert hidden == [] and not settings.database.exists() and not settings.exports.exists()
    assert entries(store_file(settings), "clean") == N


@pytest.fixture(scope="module")
def cleaned(seeds, tmp_path_factory):
    """Folder with the frames of the cleaned pages, and all tables of an undisturbed run over them."""
    found = clean_documents(ingest(Settings(seeds=seeds), NOW).documents, Settings(seeds=seeds))
    folder = tmp_path_factory.mktemp("cleaned")
    frame("documents", found.documents).write_parquet(folder / "documents.parquet")
    frame("blocks", found.blocks).write_parquet(folder / "blocks.parquet")
    return folder, read(folder, None)[0]


def read(folder, path):
    """All tables as bytes, what there was to do, and how many entries of the store were damaged."""
    documents, blocks = (pl.read_parquet(folder / f"{name}.parquet") for name in ("documents", "blocks"))
    with Store(path) as store:
        work = Extraction(documents, blocks, Settings(), store)
        counts = work.make_sure()
        tables = [(name, part.write_ipc(None).getvalue()) for name, part in gathered(work)]
        return tables, counts, store.damaged


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_the_next_run_goes_on_from_what_workers_had_read(cleaned, tmp_path, number):
    folder, undisturbed = cleaned
    path = tmp_path / "store.sqlite"
    run = Started(tmp_path, EXTRACTION, "reading_once", str(folder), str(path))
    ended, _ = run.stop(number, group=number == signal.SIGINT)
    assert ended == -number
    kept = entries(path, "rows")
    assert 0 < kept < N
    tables, counts, damaged = read(folder, path)
    assert (counts.stored, counts.read, damaged) == (kept, N - kept, 0)
    assert tables == undisturbed


def test_what_fails_is_retried_and_what_is_told_to_stop_is_not():
    tries = []

    def steps(error):
        @dg.asset(retry_policy=RETRIES._replace(delay=0))
        def failing():
            tries.append(error)
            raise error

        @dg.asset
        def other():
            tries.append("other")

        with dg.DagsterInstance.ephemeral() as instance:
            return dg.materialize([failing, other], instance=instance, raise_on_error=False)

    assert not steps(OSError("busy")).success
    assert sum(isinstance(error, OSError) for error in tries) == 3
    tries.clear()
    assert not steps(dg.DagsterExecutionInterruptedError()).success
    assert len([error for error in tries if error != "other"]) == 1
