"""Runs start every day, and when input files arrive, change or vanish: once for each change."""

import os

import dagster as dg
import pytest

from assets.automation import daily_refresh, documents_changed
from assets.resources import Corpus
from pipeline.settings import Settings


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text("One.")
    return tmp_path


def tick(folder, cursor):
    """The sensor's answer and the cursor after it."""
    context = dg.build_sensor_context(cursor=cursor, resources={"corpus": Corpus.of(Settings(seeds=folder))})
    answer = documents_changed(context)
    return answer, context.cursor


def settled(folder):
    """The cursor once the sensor has seen the folder."""
    answer, cursor = tick(folder, None)
    assert isinstance(answer, dg.RunRequest)
    return cursor


def test_nothing_new_is_skipped_with_a_reason(folder):
    answer, _ = tick(folder, settled(folder))
    assert isinstance(answer, dg.SkipReason)
    assert "Nothing has changed: 1 documents" in answer.skip_message


def test_an_arriving_file_starts_a_run(folder):
    cursor = settled(folder)
    (folder / "deep").mkdir()
    (folder / "deep" / "two.txt").write_text("Two.")
    answer, after = tick(folder, cursor)
    assert isinstance(answer, dg.RunRequest)
    assert answer.tags["documents"] == "2"
    assert answer.tags["corpus"] == folder.name
    assert after != cursor


def test_a_changed_file_starts_a_run(folder):
    cursor = settled(folder)
    (folder / "one.txt").write_text("One, changed.")
    assert isinstance(tick(folder, cursor)[0], dg.RunRequest)


def test_a_rewritten_file_of_the_same_size_starts_a_run(folder):
    cursor = settled(folder)
    (folder / "one.txt").write_text("Two.")
    os.utime(folder / "one.txt", ns=(1, 1))
    assert isinstance(tick(folder, cursor)[0], dg.RunRequest)


def test_a_vanished_file_starts_a_run_even_if_none_is_left(folder):
    cursor = settled(folder)
    (folder / "one.txt").unlink()
    assert isinstance(tick(folder, cursor)[0], dg.RunRequest)


def test_a_changed_sidecar_starts_a_run(folder):
    cursor = settled(folder)
    (folder / "one.meta.yaml").write_text("publisher: Site\n")
    assert isinstance(tick(folder, cursor)[0], dg.RunRequest)


def test_a_repeated_tick_asks_for_the_same_run(folder):
    cursor = settled(folder)
    (folder / "one.txt").write_text("One, changed.")
    assert tick(folder, cursor)[0].run_key == tick(folder, cursor)[0].run_key


def test_going_back_to_an_earlier_state_is_a_new_run(folder):
    status = (folder / "one.txt").stat()
    first, cursor = tick(folder, None)
    (folder / "two.txt").write_text("Two.")
    _, cursor = tick(folder, cursor)
    (folder / "two.txt").unlink()
    os.utime(folder / "one.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    third, _ = tick(folder, cursor)
    assert isinstance(third, dg.RunRequest)
    assert third.run_key != first.run_key


def test_hidden_files_are_not_looked_at(folder):
    cursor = settled(folder)
    (folder / ".swap").write_text("half-written")
    assert isinstance(tick(folder, cursor)[0], dg.SkipReason)


def test_a_missing_folder_is_skipped_with_its_name(tmp_path):
    answer, _ = tick(tmp_path / "absent", None)
    assert isinstance(answer, dg.SkipReason)
    assert "absent" in answer.skip_message


def test_an_empty_folder_waits_for_the_first_document(tmp_path):
    answer, _ = tick(tmp_path, None)
    assert isinstance(answer, dg.SkipReason)
    assert "No documents" in answer.skip_message


def scheduled(folder):
    corpus = Corpus.of(Settings(seeds=folder))
    return daily_refresh.evaluate_tick(dg.build_schedule_context(resources={"corpus": corpus}))


def test_the_schedule_asks_for_one_run_a_day_and_tags_it_with_its_corpus(folder):
    [request] = scheduled(folder).run_requests
    assert request.tags["documents"] == "1"
    assert request.tags["corpus"] == folder.name
    assert request.tags["domain"] == "ukraine"
    assert daily_refresh.cron_schedule == "0 5 * * *"


def test_the_schedule_skips_a_missing_folder_with_its_name(tmp_path):
    answer = scheduled(tmp_path / "absent")
    assert not answer.run_requests
    assert "absent" in answer.skip_message
