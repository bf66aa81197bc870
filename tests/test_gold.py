"""The annotated pages: no figure falls by more than a point, and what is only scored is never listed."""

import json

import pytest

from pipeline.settings import Settings
from tests.gold.sets import BASELINE, gold_sets, headline, score_sets

TOLERANCE = 0.01
FLOORS = {
    "statements F1": 0.75,
    "meeting_mentions F1": 0.55,
    "positions F1": 0.40,
    "boilerplate_lines F1": 0.97,
    "metadata_fields": 0.9,
    "entry_dates": 1.0,
}


@pytest.fixture(scope="module")
def scored():
    return {
        gold_set.name: (headline(figures), listing)
        for gold_set, figures, listing in score_sets(Settings(), 1)
    }


@pytest.fixture(scope="module")
def baseline():
    return json.loads(BASELINE.read_text(encoding="utf-8"))


def test_the_baseline_covers_every_set_and_figure(scored, baseline):
    assert {name: list(figures) for name, (figures, _) in scored.items()} == {
        name: list(figures) for name, figures in baseline.items()
    }


@pytest.mark.parametrize("name", [s.name for s in gold_sets()])
def test_no_figure_falls_by_more_than_a_point(scored, baseline, name):
    fallen = {
        key: (value, baseline[name][key])
        for key, value in scored[name][0].items()
        if baseline[name][key] is not None and (value is None or value < baseline[name][key] - TOLERANCE)
    }
    assert not fallen


def test_the_seeds_keep_their_floors(scored):
    figures, _ = scored["dev"]
    assert {key: figures[key] for key in FLOORS if figures[key] < FLOORS[key]} == {}


def test_errors_of_pages_that_are_only_scored_are_not_listed(scored):
    for gold_set in gold_sets():
        assert bool(scored[gold_set.name][1]) == gold_set.read, gold_set.name
