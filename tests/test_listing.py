"""What a folder holds is told by its files' bytes, which are read again whenever they may have changed."""

import os
import time

import pytest

from pipeline import listing
from pipeline.listing import contents

LONG_AGO = 10**9


def contents_digest(folder, note=None):
    return contents(folder, note).digest


@pytest.fixture
def folder(tmp_path):
    """Two files in a folder and one below it."""
    seeds = tmp_path / "seeds"
    (seeds / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        (seeds / name).write_text(f"text of {name}", encoding="utf-8")
    return seeds


@pytest.fixture
def note(tmp_path):
    return tmp_path / "note.json"


@pytest.fixture
def later(monkeypatch):
    """The clock goes on by an hour, as if files had been written that long ago."""
    now = time.time_ns()
    monkeypatch.setattr(listing.time, "time_ns", lambda: now + 3_600 * 10**9)


@pytest.fixture
def reads(monkeypatch):
    """Names of the files whose bytes are read."""
    found = []
    read_digest = listing.read_digest
    monkeypatch.setattr(listing, "read_digest", lambda path: found.append(path.name) or read_digest(path))
    return found


def test_files_that_nobody_has_touched_are_not_read_again(folder, note, later, reads):
    first = contents_digest(folder, note)
    assert reads == ["a.txt", "b.txt", "c.txt"]
    assert contents_digest(folder, note) == first == contents_digest(folder)
    assert len(reads) == 6  # the third had no note to look at


def test_only_files_that_are_new_or_changed_are_read(folder, note, later, reads):
    contents(folder, note)
    (folder / "d.txt").write_text("new", encoding="utf-8")
    (folder / "a.txt").write_text("TEXT of a.txt", encoding="utf-8")
    (folder / "b.txt").unlink()
    del reads[:]
    found = contents(folder, note)
    assert reads == ["a.txt", "d.txt"]
    assert found == contents(folder)
    assert list(found.digests) == ["a.txt", "d.txt", "deep/c.txt"]
    assert found.files == listing.list_files(folder)


def test_a_change_of_equal_length_is_seen_although_the_time_was_set_back(folder, note, later):
    first = contents_digest(folder, note)
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_text("TEXT of a.txt", encoding="utf-8")
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert contents_digest(folder, note) != first


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "new.txt").write_text("new", encoding="utf-8"),
        lambda folder: (folder / "b.txt").unlink(),
        lambda folder: (folder / "b.txt").rename(folder / "deep" / "b.txt"),
        lambda folder: (folder / "deep" / "c.meta.yaml").write_text("language: en", encoding="utf-8"),
    ],
    ids=["arrives", "vanishes", "moves", "sidecar"],
)
def test_what_arrives_vanishes_or_moves_is_seen(folder, note, later, change):
    first = contents_digest(folder, note)
    change(folder)
    assert contents_digest(folder, note) != first


def test_the_same_bytes_give_the_same_digest_whenever_they_were_written(folder, note, later):
    first = contents_digest(folder, note)
    (folder / "a.txt").write_text("text of a.txt", encoding="utf-8")
    assert contents_digest(folder, note) == first


def test_what_was_written_just_now_is_read_again(folder, note, reads):
    contents_digest(folder, note)
    contents_digest(folder, note)
    assert len(reads) == 6


def test_what_bears_a_time_to_come_is_read_again(folder, note, monkeypatch, reads):
    monkeypatch.setattr(listing.time, "time_ns", lambda: LONG_AGO)  # the clock has jumped back
    contents_digest(folder, note)
    contents_digest(folder, note)
    assert len(reads) == 6


def test_links_are_read_again_since_what_they_lead_to_may_change(folder, note, later, reads, tmp_path):
    (tmp_path / "elsewhere.txt").write_text("text", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    first = contents_digest(folder, note)
    (tmp_path / "elsewhere.txt").write_text("TEXT", encoding="utf-8")
    assert contents_digest(folder, note) != first


@pytest.mark.parametrize("left", ["", "{", "[]", '{"a.txt": 1}', '{"a.txt": ["", "", ""]}', "null"])
def test_a_half_written_note_counts_as_none(folder, note, later, left):
    first = contents_digest(folder, note)
    note.write_text(left, encoding="utf-8")
    assert contents_digest(folder, note) == first
