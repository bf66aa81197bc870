"""What nothing has changed for is taken over, and anything that could make a difference is looked at anew."""

import dataclasses
import json
import os

import dagster as dg
import polars as pl
import pytest

from assets.memory import UNCHANGED, Step
from assets.resources import Stages
from expectations import SUITES, factory, model
from expectations.factory import evaluate
from pipeline import digests
from pipeline.digests import code_digest, file_digest, files_digest, settings_facts
from pipeline.settings import PROJECT_ROOT, Settings
from pipeline.staging import checks_folder
from tests.good_data import stage_frames

POSITIONS = next(suite for suite in SUITES if suite.name == "positions")
REFERENCE = next(suite for suite in SUITES if suite.name == "reference")


@pytest.fixture
def settings(tmp_path):
    return Settings(warehouse=tmp_path)


@pytest.fixture
def stages(settings):
    """A store of stages that holds good data."""
    stages = Stages(folder=str(settings.warehouse / "stages"))
    for name, df in stage_frames().items():
        stages.write(name, df)
    return stages


# --- checks -----------------------------------------------------------------------------------------


def test_a_suite_on_the_same_data_is_taken_over_with_the_runs_own_id(stages, settings, monkeypatch):
    first = evaluate(REFERENCE, stages, settings, "run-1")
    monkeypatch.setattr(factory, "validate", lambda *args: pytest.fail("was evaluated again"))
    second = evaluate(REFERENCE, stages, settings, "run-2")
    assert (first.taken_over, second.taken_over) == (False, True)
    assert (second.run_id, second.checked_at, second.results) == ("run-2", first.checked_at, first.results)
    assert evaluate(REFERENCE, stages, settings, "run-3").run_id == "run-3"


def test_a_changed_frame_is_checked_anew(stages, settings):
    evaluate(REFERENCE, stages, settings, "run-1")
    stages.write("parties", pl.DataFrame({"party": ["EU", "FR", "GB", "GB"]}))
    found = evaluate(REFERENCE, stages, settings, "run-2")
    assert not found.taken_over
    assert [check.expectation for check in found.failed] == ["each_party_once"]


def test_a_changed_expectation_is_checked_anew(stages, settings):
    evaluate(REFERENCE, stages, settings, "run-1")
    (changed,) = (e for e in REFERENCE.expectations if e.name == "each_party_once")
    others = tuple(e for e in REFERENCE.expectations if e is not changed)
    suite = dataclasses.replace(
        REFERENCE, expectations=(*others, dataclasses.replace(changed, severity="warning"))
    )
    assert not evaluate(suite, stages, settings, "run-2").taken_over


def test_a_changed_contract_is_checked_anew(stages, settings, monkeypatch):
    evaluate(REFERENCE, stages, settings, "run-1")
    monkeypatch.setattr(model, "TABLES", model.TABLES[1:])
    assert not evaluate(REFERENCE, stages, settings, "run-2").taken_over


def test_changed_code_is_checked_anew(stages, settings, monkeypatch):
    evaluate(REFERENCE, stages, settings, "run-1")
    monkeypatch.setattr(model, "code_digest", lambda: "another")
    assert not evaluate(REFERENCE, stages, settings, "run-2").taken_over


def test_what_failed_is_checked_anew_every_time(stages, settings):
    stages.write("parties", pl.DataFrame({"party": ["GB", "GB"]}))
    assert evaluate(REFERENCE, stages, settings, "run-1").failed
    assert not evaluate(REFERENCE, stages, settings, "run-2").taken_over


def test_what_only_warns_is_taken_over(stages, settings):
    twice = pl.concat([stage_frames()["entities"]] * 2).with_columns(
        entity_id=pl.Series(["ent_0000000000000001", "ent_0000000000000002"] * 2)
    )
    suite = next(suite for suite in SUITES if suite.name == "entities")
    only = tuple(e for e in suite.expectations if e.name == "one_row_per_name_kind_and_party")
    stages.write("entities", twice)
    suite = dataclasses.replace(suite, expectations=only)
    assert [r.outcome for r in evaluate(suite, stages, settings, "run-1").results] == ["warned"]
    assert evaluate(suite, stages, settings, "run-2").taken_over


@pytest.mark.parametrize("left", ["", "{", "[]", '{"suite": "reference"}', '{"results": [{}]}'])
def test_a_half_written_result_counts_as_none(stages, settings, caplog, left):
    evaluate(REFERENCE, stages, settings, "run-1")
    (checks_folder(settings) / "reference.json").write_text(left, encoding="utf-8")
    found = evaluate(REFERENCE, stages, settings, "run-2")
    assert not found.taken_over and not found.failed
    assert "result_unreadable" in caplog.text
    assert evaluate(REFERENCE, stages, settings, "run-3").taken_over


# --- steps ------------------------------------------------------------------------------------------


def step(stages, settings, run_id="run-1", reads=("documents",), facts=None):
    return Step(
        "one",
        run_id,
        stages,
        settings,
        reads=stages.fingerprints(reads),
        writes={"made": lambda: stages.fingerprint("made")},
        facts=facts,
    )


@pytest.fixture
def noted(stages, settings):
    """A step that has made the frame `made` out of `documents`."""
    first = step(stages, settings)
    assert first.taken_over() is None
    stages.write("made", pl.DataFrame({"a": [1]}))
    first.told(
        dg.MaterializeResult(
            asset_key="made", metadata={"rows": 1, "preview": dg.MetadataValue.md("| a |"), "none": None}
        )
    )
    first.done()
    return stages


def test_a_step_with_nothing_to_do_says_what_it_told_and_since_when(noted, settings):
    (result,) = step(noted, settings, "run-2").taken_over()
    assert result.asset_key == dg.AssetKey("made") or result.asset_key == "made"
    assert result.metadata[UNCHANGED] == "run-1"
    assert result.metadata["rows"] == 1
    assert result.metadata["preview"] == dg.MetadataValue.md("| a |")


def test_a_changed_input_is_something_to_do(noted, settings):
    noted.write("documents", stage_frames()["documents"].head(1))
    assert step(noted, settings, "run-2").taken_over() is None


def test_what_was_made_must_still_be_there_as_it_was(noted, settings):
    noted.write("made", pl.DataFrame({"a": [2]}))
    assert step(noted, settings, "run-2").taken_over() is None
    noted.path("made").unlink()
    assert step(noted, settings, "run-2").taken_over() is None


def test_other_facts_settings_and_code_are_something_to_do(noted, settings, monkeypatch):
    assert step(noted, settings, facts={"results": "others"}).taken_over() is None
    assert step(noted, dataclasses.replace(settings, export_text=True)).taken_over() is None
    assert step(noted, dataclasses.replace(settings, domain="generic")).taken_over() is None
    assert step(noted, settings).taken_over() is not None
    monkeypatch.setattr("assets.memory.code_digest", lambda: "another")
    assert step(noted, settings).taken_over() is None


def test_number_of_processes_and_place_are_nothing_to_do(noted, settings):
    elsewhere = dataclasses.replace(settings, workers="2", warehouse=settings.warehouse / "x")
    assert step(noted, elsewhere).taken_over() is not None


@pytest.mark.parametrize("left", ["", "{", "[]", "{}", '{"key": 1}'])
def test_a_half_written_note_is_something_to_do(noted, settings, left):
    noted.notes("one").write_text(left, encoding="utf-8")
    assert step(noted, settings).taken_over() is None


def test_a_step_that_died_before_its_note_is_done_again(noted, settings):
    before = noted.notes("one").read_text(encoding="utf-8")
    noted.write("documents", stage_frames()["documents"].head(1))
    noted.write("made", pl.DataFrame({"a": [2]}))
    assert noted.notes("one").read_text(encoding="utf-8") == before
    assert step(noted, settings).taken_over() is None
    # Nor is it taken for whole once the input is what it was.
    noted.write("documents", stage_frames()["documents"])
    assert step(noted, settings).taken_over() is None


# --- digests ----------------------------------------------------------------------------------------


def test_a_file_is_read_once_until_somebody_writes_to_it(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = file_digest(path)
    monkeypatch.setattr(digests.hashlib, "sha256", lambda *args: pytest.fail("was read again"))
    assert file_digest(path) == first
    monkeypatch.undo()
    path.write_bytes(b"two")
    assert file_digest(path) != first


def test_a_file_with_the_same_size_and_time_is_another_file(tmp_path):
    path, new = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"one")
    first, status = file_digest(path), path.stat()
    new.write_bytes(b"two")
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(path)
    assert file_digest(path) != first


def test_names_and_contents_of_files_do_not_run_into_each_other(tmp_path):
    digests = set()
    for names in (("a", "bc"), ("ab", "c")):
        folder = tmp_path / "-".join(names)
        folder.mkdir()
        (folder / names[0]).write_text(names[1])
        digests.add(files_digest(folder, folder.iterdir()))
    assert len(digests) == 2


def test_a_setting_counts_unless_it_is_known_not_to():
    names = {field.name for field in dataclasses.fields(Settings)}
    assert names > digests.ELSEWHERE
    assert {*settings_facts(Settings())} == names - digests.ELSEWHERE | {"baselines"}


def test_the_code_is_more_than_nothing():
    assert any(PROJECT_ROOT.glob(pattern) for pattern in digests.CODE)
    assert code_digest() == json.loads(json.dumps(code_digest()))
