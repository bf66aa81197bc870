"""Dagster's storage on PostgreSQL, as the settings under `deploy/` have it: a real server on loopback."""

import subprocess
import sys

import dagster as dg
import psycopg2
import pytest

from assets.definitions import build_defs
from pipeline.settings import PROJECT_ROOT, Settings
from tests.postgres_server import postgres
from tests.test_run import ARTICLE

# The first steps are enough: every event of theirs goes the way that all others go.
READ = [dg.AssetKey(name) for name in ("raw_files", "raw_documents", "raw_quarantine")]
OTHER_PROCESS = """
import dagster as dg
with dg.DagsterInstance.get() as instance:
    for run in instance.get_runs():
        print(run.run_id, run.status.value, run.job_name)
"""


@pytest.fixture(scope="module")
def database():
    with postgres() as url:
        yield url


@pytest.fixture
def home(tmp_path, monkeypatch, database):
    folder = tmp_path / "home"
    folder.mkdir()
    text = (PROJECT_ROOT / "deploy" / "dagster.postgres.yaml").read_text(encoding="utf-8")
    (folder / "dagster.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    monkeypatch.setenv("PARLEY_DAGSTER_DB", database.replace("postgresql:", "postgresql+psycopg2:"))
    return folder


def test_the_job_keeps_runs_and_events_in_postgres_for_other_processes(home, tmp_path, database):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "page.txt").write_text(ARTICLE, encoding="utf-8")
    job = build_defs(Settings(seeds=seeds, warehouse=tmp_path / "warehouse")).resolve_job_def("refresh")
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with dg.DagsterInstance.get() as instance:
        result = job.execute_in_process(instance=instance, run_config=quiet, asset_selection=READ)
        assert result.success
        made = instance.get_latest_materialization_event(dg.AssetKey("raw_documents"))
        assert made is not None and made.run_id == result.run_id
    other = subprocess.run([sys.executable, "-c", OTHER_PROCESS], capture_output=True, text=True, check=True)
    assert f"{result.run_id} SUCCESS refresh" in other.stdout
    with psycopg2.connect(database) as con, con.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM event_logs WHERE run_id = %s", (result.run_id,))
        assert cursor.fetchone()[0] > 10
    assert not list(home.rglob("*.db"))
