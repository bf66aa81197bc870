"""Confidences keep the order of certainties, come from the reference data, and are fitted as promised."""

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from pipeline.calibration import Calibration, Curve, calibrated, load_calibration
from pipeline.errors import ReferenceDataError
from pipeline.run import run_corpus
from pipeline.settings import Settings
from pipeline.tables import rows
from tests.contract_rows import sample
from tests.gold.calibrate import AS_IT_IS, fit, uncalibrated
from tests.gold.reliability import table, threshold

NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def test_the_curve_of_the_certainty_itself_changes_nothing():
    assert [AS_IT_IS.confidence(c / 100) for c in range(1, 100)] == [c / 100 for c in range(1, 100)]


def test_surer_rows_stay_surer():
    curve = Curve(slope=0.4, offset=-1.0)
    found = [curve.confidence(c / 50) for c in range(51)]
    assert found == sorted(found)
    assert 0 <= found[0] < found[-1] <= 1


def test_rows_get_the_confidence_of_the_curve_and_nothing_else_changes():
    before = rows("statements", sample()["statements"])
    after = calibrated(Curve(slope=1.0, offset=-2.0), before)
    assert all(new.confidence < old.confidence for old, new in zip(before, after, strict=True))
    assert [replace(row, confidence=0.0) for row in after] == [replace(row, confidence=0.0) for row in before]


def test_the_shipped_curves_load():
    assert isinstance(load_calibration(Settings().reference), Calibration)


@pytest.mark.parametrize(
    "broken", [{"slope": -1.0, "offset": 0.0}, {"slope": 1.0}, {"slope": 1, "knots": []}]
)
def test_a_curve_that_falls_or_is_not_whole_is_refused(tmp_path, broken):
    curves = {name: {"slope": 1.0, "offset": 0.0} for name in ("statements", "meeting_mentions")}
    (tmp_path / "calibration.yaml").write_text(yaml.safe_dump({**curves, "issue_positions": broken}))
    with pytest.raises(ReferenceDataError, match="issue_positions"):
        load_calibration(tmp_path)


def test_a_run_reads_confidences_off_the_curves(tmp_path):
    seeds, reference = tmp_path / "in", tmp_path / "reference"
    seeds.mkdir()
    (seeds / "one.txt").write_text(
        "Talks near\n\n24 November 2025\n\nFrench President Emmanuel Macron met Ukrainian President "
        "Volodymyr Zelenskyy in Paris on Monday. Macron said that he rejected "
        "territorial concessions by Ukraine.\n"
    )
    found = []
    for offset in (0.0, -3.0):
        folder = Path(f"{reference}{offset}")
        folder.mkdir()
        curve = Curve(slope=1.0, offset=offset)
        kept = dict.fromkeys(("statements", "meeting_mentions", "issue_positions"), curve)
        settings = uncalibrated(Settings(seeds=seeds), folder, kept)
        found.append(run_corpus(settings, NOW).extracted)
    sure, unsure = found
    for of in (lambda e: e.statements, lambda e: e.meetings.mentions, lambda e: e.positions):
        assert of(sure)
        for one, other in zip(of(sure), of(unsure), strict=True):
            assert other.confidence < one.confidence
    assert unsure.meetings.meetings[0].confidence < sure.meetings.meetings[0].confidence


def test_fitting_finds_the_share_that_was_right():
    chance = random.Random(7)
    said = [(0.9, chance.random() < 0.6) for _ in range(300)] + [
        (0.5, chance.random() < 0.2) for _ in range(300)
    ]
    curve = fit(said)
    assert curve.confidence(0.9) == pytest.approx(0.6, abs=0.07)
    assert curve.confidence(0.5) == pytest.approx(0.2, abs=0.07)


def test_without_rows_certainties_stay_as_they_are():
    assert fit([]) == AS_IT_IS


def test_bands_and_thresholds_count_what_was_right():
    judged = [(0.95, True)] * 8 + [(0.85, True)] * 4 + [(0.85, False)] * 4 + [(0.3, False)] * 4
    assert table(judged)[-1] == (0.95, 8, pytest.approx(0.95), 1.0)
    at, precision, recall = threshold(judged, 24, wanted=0.75)
    assert (at, precision, recall) == (0.85, 0.75, 0.5)
    assert threshold([(0.9, False)], 3) is None
