"""The store gives back what it was given, notices what was tampered with, and forgets the oldest first."""

import sqlite3

import pytest

from pipeline import store as module
from pipeline.store import Store, StoreError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "warehouse" / "store.sqlite"


def spoil(path, statement, *values):
    with sqlite3.connect(path) as con:
        con.execute(statement, values)
    con.close()


def test_values_come_back_after_closing(path):
    with Store(path) as store:
        store.put([("rows", "a", b"one"), ("told", "a", b"two"), ("rows", "b", b"")])
    with Store(path) as store:
        assert store.get("rows", ["a", "b", "c"]) == {"a": b"one", "b": b""}
        assert store.get("told", ["a", "b"]) == {"a": b"two"}
        assert store.known("rows", ["a", "c"]) == {"a"}
        assert store.damaged == 0


def test_many_keys_are_asked_for_at_once():
    with Store(None) as store:
        keys = [f"k{n}" for n in range(1_700)]
        store.put([("rows", key, key.encode()) for key in keys])
        assert store.get("rows", keys) == {key: key.encode() for key in keys}
        assert store.known("rows", keys) == set(keys)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET value = zeroblob(8) WHERE key = 'a'",
        "UPDATE entries SET value = substr(value, 1, 4) WHERE key = 'a'",
        "UPDATE entries SET digest = zeroblob(16) WHERE key = 'a'",
        "UPDATE entries SET value = 'text' WHERE key = 'a'",
        "UPDATE entries SET (value, digest) ="
        " (SELECT value, digest FROM entries WHERE key = 'b') WHERE key = 'a'",
    ],
)
def test_a_damaged_entry_is_told_counted_and_dropped(path, caplog, change):
    with Store(path) as store:
        store.put([("rows", "a", b"one"), ("rows", "b", b"two")])
    spoil(path, change)
    with Store(path) as store:
        assert store.get("rows", ["a", "b"]) == {"b": b"two"}
        assert store.damaged == 1
        assert "damaged" in caplog.text
        assert store.known("rows", ["a"]) == set()
        store.put([("rows", "a", b"one")])
        assert store.get("rows", ["a"]) == {"a": b"one"}


def test_a_file_that_is_no_store_is_put_aside(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, " * 500)
    with Store(path) as store:
        assert store.damaged == 1
        store.put([("rows", "a", b"one")])
        assert store.get("rows", ["a"]) == {"a": b"one"}
    assert path.with_name("store.sqlite.damaged").read_bytes().startswith(b"not a database")


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises((StoreError, OSError)):
        Store(tmp_path / "file" / "store.sqlite")
    (tmp_path / "store.sqlite").mkdir()
    with pytest.raises(StoreError, match="failed"):
        Store(tmp_path / "store.sqlite")


def test_entries_of_one_document_are_kept_together(path):
    with Store(path) as store:
        with pytest.raises(StoreError):
            store.put([("rows", "a", b"one"), (None, object(), b"two")])
        assert store.known("rows", ["a"]) <= {"a"}


def test_old_entries_that_nobody_asks_for_are_forgotten_last_written_last(path, monkeypatch):
    monkeypatch.setattr(module, "KEEP_BYTES", 100)
    with Store(path) as store:
        for n in range(40):
            store.put([("rows", f"k{n:02}", bytes(range(n, n + 60)))])
        dropped = store.prune(["rows"], lambda: [("rows", "k00")])
        left = store.known("rows", [f"k{n:02}" for n in range(40)])
        assert dropped == 40 - len(left) > 20
        assert "k00" in left and "k39" in left and "k01" not in left
        assert store.prune(["rows"], lambda: []) == 0  # it has not grown


def test_a_small_store_is_left_alone(path):
    with Store(path) as store:
        store.put([("rows", "a", b"one")])
        assert store.prune(["rows"], lambda: []) == 0
        assert store.known("rows", ["a"]) == {"a"}


def test_a_reader_does_not_wait_for_who_writes(path, monkeypatch):
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.1)
    with Store(path) as writer:
        writer.put([("rows", "a", b"one")])
        writer.commit()
        writer.put([("rows", "b", b"two")])  # not committed yet
        with Store(path) as reader:
            assert reader.known("rows", ["a", "b"]) == {"a"}
