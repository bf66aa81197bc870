"""The annotated corpora: no figure falls by more than two points; truth and pages fit together."""

import datetime as dt
import json

import pytest
import yaml

from pipeline.domain import load_domain
from pipeline.known import issue_rows
from pipeline.settings import Settings
from tests.gold.corpora import BASELINE, CORPORA, HERE, figures

TOLERANCE = 0.02
MEASURED = json.loads(BASELINE.read_text(encoding="utf-8"))
STATUSES = {"held", "ongoing", "scheduled", "proposed", "cancelled", "ruled_out"}


@pytest.mark.parametrize("name", CORPORA)
def test_no_figure_falls_by_more_than_two_points(name):
    found = figures(HERE / name, Settings())
    assert {key: v for key, v in found.items() if v < MEASURED[name][key] - TOLERANCE} == {}
    assert list(found) == list(MEASURED[name])


@pytest.mark.parametrize("name", CORPORA)
def test_truth_speaks_of_lines_that_there_are(name):
    told = yaml.safe_load((HERE / name / "truth.yaml").read_text(encoding="utf-8"))
    pages = {
        path.name: path.read_text(encoding="utf-8").split("\n") for path in (HERE / name / "texts").iterdir()
    }
    issues = {issue.issue_id for issue in issue_rows(load_domain(Settings(domain="ukraine")))}
    for meeting in told["meetings"]:
        assert meeting["status"] in STATUSES, meeting["id"]
        assert all(isinstance(day, dt.date) for day in meeting["date"] or ()), meeting["id"]
        for mention in meeting["mentions"]:
            assert mention["status"] in STATUSES
            assert pages[mention["doc"]][mention["line"] - 1].strip()
    for position in told["positions"]:
        assert position["issue"] in issues
        assert pages[position["doc"]][position["line"] - 1].strip()
