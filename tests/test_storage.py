"""The event log that `dagster.yaml` names: what one process writes, Dagster's own reads."""

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from assets.storage import MAX_OPEN, EventLog
from pipeline.settings import PROJECT_ROOT


@dg.asset
def one():
    return 1


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A DAGSTER_HOME as `make` sets it up."""
    (tmp_path / "dagster.yaml").write_text((PROJECT_ROOT / "dagster.yaml").read_text(encoding="utf-8"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    return tmp_path


def test_events_are_there_for_other_processes(home):
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, EventLog)
        result = dg.materialize([one], instance=instance)
    other = SqliteEventLogStorage(str(home))
    events = [
        record.event_log_entry.dagster_event_type
        for record in other.get_records_for_run(result.run_id).records
    ]
    assert dg.DagsterEventType.ASSET_MATERIALIZATION in events
    assert other.get_latest_materialization_events([one.key])[one.key] is not None


def test_a_table_is_asked_for_until_it_is_there(tmp_path, monkeypatch):
    log = EventLog(str(tmp_path))
    asked = []
    there = SqliteEventLogStorage.has_table
    monkeypatch.setattr(
        SqliteEventLogStorage, "has_table", lambda self, name: asked.append(name) or there(self, name)
    )
    assert [log.has_table(name) for name in ("none", "event_logs", "none", "event_logs")] == [
        False,
        True,
        False,
        True,
    ]
    assert asked == ["none", "event_logs", "none"]
    log.dispose()


def test_few_files_stay_open_and_wiping_closes_them(tmp_path):
    log = EventLog(str(tmp_path))
    for number in range(MAX_OPEN + 3):
        with log.run_connection(f"run-{number}"):
            pass
    assert len(log._open) == MAX_OPEN
    log.wipe()
    assert [path.name for path in tmp_path.glob("run-*.db")] == []
    with log.run_connection("run-1"):
        pass
    assert (tmp_path / "run-1.db").exists()
    log.dispose()
    assert not log._open
