"""Baselines: found by corpus and domain, reviewed, and absent where nobody reviewed any."""

import pytest

from pipeline.baselines import FILE, Baselines, baseline_frame, baseline_of
from pipeline.contract import TABLES
from pipeline.errors import ReferenceDataError
from pipeline.reference import load_reference
from pipeline.settings import Settings


def test_the_seeds_have_a_baseline_for_every_table_of_a_stage():
    baseline = baseline_of(Settings())
    assert baseline is not None
    assert set(baseline.tables) == {t.name for t in TABLES} - {"quality_results"}
    assert baseline_frame(baseline).height == len(baseline.tables)


def test_another_corpus_or_domain_has_none(tmp_path):
    assert baseline_of(Settings(seeds=tmp_path)) is None
    assert baseline_of(Settings(domain="generic")) is None
    assert baseline_frame(None).height == 0


@pytest.mark.parametrize(
    "counts", ["{min: 5, max: 4, reason: x}", "{min: 1, max: 2}", "{min: 1, max: 2, reason: ''}"]
)
def test_a_range_runs_forward_and_has_a_reason(tmp_path, counts):
    path = tmp_path / "baselines.yaml"
    path.write_text(f"baselines: [{{corpus: a, domain: b, tables: {{documents: {counts}}}}}]")
    with pytest.raises(ReferenceDataError):
        load_reference(path, Baselines)


def test_every_reason_says_something():
    for baseline in load_reference(FILE, Baselines).baselines:
        assert all(len(counts.reason) > 10 for counts in baseline.tables.values())
