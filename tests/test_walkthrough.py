"""The worked example runs through on any set of exports, and breaks loudly where there is none."""

import runpy

import pytest

from pipeline.export import export_tables
from pipeline.settings import PROJECT_ROOT, Settings
from tests.contract_rows import sample

NOTEBOOK = PROJECT_ROOT / "docs" / "walkthrough.py"


def notebook():
    return runpy.run_path(str(NOTEBOOK))["app"]


def test_every_cell_runs_on_exports(tmp_path, monkeypatch):
    settings = Settings(warehouse=tmp_path)
    export_tables(sample(), settings)
    monkeypatch.setenv("PARLEY_EXPORTS", str(settings.exports))
    _, found = notebook().run()
    assert found["covered"]["documents"].sum() == sample()["documents"].height
    assert found["quoted"]["statements"].sum() == sample()["statements"].height
    assert found["told"].height
    assert found["stances"].height


def test_without_exports_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PARLEY_EXPORTS", str(tmp_path))
    with pytest.raises(Exception, match="no exports"):
        notebook().run()
