"""Every expectation passes on good data, and fails on data broken in the way that it is there to see."""

from contextlib import ExitStack
from typing import get_args

import pytest

from assets.warehouse import BEFORE, UNCHECKED
from expectations import SUITES
from expectations.contract import _GROUPS, of_contract
from expectations.exports import EXPORTS
from expectations.files import READERS, DatabaseTable, ExportedTable
from expectations.model import Inputs, Suite
from expectations.publishing import STAGED_TABLES
from expectations.tables import TABLES as TABLES_SUITE
from expectations.validate import validate
from pipeline.contract import TABLES
from pipeline.contract.expect import Kind
from pipeline.settings import Settings
from pipeline.views import MISMATCHES
from tests.breakers import BREAKERS
from tests.good_data import baseline, build, stage_frames

CASES = [(suite, e) for suite in SUITES for e in suite.expectations]


@pytest.fixture(scope="session")
def good(tmp_path_factory):
    """Frames by name: of all stages, of staged database and exports, and of the baseline."""
    settings = Settings(warehouse=tmp_path_factory.mktemp("good"))
    build(settings)
    frames = stage_frames()
    for name, reader in READERS.items():
        if name != "baseline":
            with reader.frames(settings) as own:
                inputs = Inputs(own)
                frames |= {each: inputs[each] for each in inputs}
    return frames | {"baseline": baseline()}


def inputs_of(suite: Suite, frames):
    """What the suite would be given."""
    named = {name: frames[name] for name in suite.inputs if name in frames}
    if "staged_database" in suite.inputs:
        named |= {name: df for name, df in frames.items() if name.startswith("built")}
    if "staged_exports" in suite.inputs:
        named |= {name: df for name, df in frames.items() if name.startswith("export")}
    return named


@pytest.mark.parametrize("suite", SUITES, ids=lambda s: s.name)
def test_good_data_passes(suite, good):
    results = validate(suite, inputs_of(suite, good))
    assert [(r.table, r.expectation, r.observed, r.error) for r in results if not r.success] == []
    assert len(results) == len(suite.expectations)


def test_tables_of_database_and_exports_are_compared_where_they_lie(tmp_path, monkeypatch):
    settings = Settings(warehouse=tmp_path)
    build(settings)
    read = []
    monkeypatch.setattr(DatabaseTable, "read", _noting(DatabaseTable.read, read))
    monkeypatch.setattr(ExportedTable, "read", _noting(ExportedTable.read, read))
    frames = stage_frames() | {"baseline": baseline()}
    with ExitStack() as opened:
        for name in ("staged_database", "staged_exports"):
            frames |= opened.enter_context(READERS[name].frames(settings))
        for suite in (TABLES_SUITE, EXPORTS):
            results = validate(suite, inputs_of(suite, frames))
            assert [r.expectation for r in results if not r.success] == []
    assert read == [MISMATCHES]


def _noting(method, names):
    def noted(self, columns):
        names.append(self.name)
        return method(self, columns)

    return noted


@pytest.mark.parametrize(
    ("suite", "expectation"),
    CASES,
    ids=lambda x: getattr(x, "name", None) and f"{getattr(x, 'table', 'suite')}-{x.name}",
)
def test_broken_data_fails(suite, expectation, good):
    breaker = BREAKERS[expectation.table, expectation.name]
    only = Suite(suite.name, suite.stage, suite.inputs, (expectation,))
    (result,) = validate(only, inputs_of(suite, breaker(dict(good))))
    assert result.error is None
    assert not result.success
    assert result.unexpected_count > 0
    assert result.outcome == ("failed" if expectation.severity == "critical" else "warned")


def test_no_breaker_is_left_over():
    assert set(BREAKERS) == {(e.table, e.name) for _, e in CASES}


def test_offending_rows_are_named(good):
    suite = next(s for s in SUITES if s.name == "statements")
    broken = BREAKERS["statements", "content_as_pointed_to"](dict(good))
    result = next(
        r for r in validate(suite, inputs_of(suite, broken)) if r.expectation == "content_as_pointed_to"
    )
    (row,) = result.offending
    assert row["content"] == "no such words"
    assert row["statement_id"] == broken["statements"]["statement_id"][0]


def test_a_check_that_breaks_is_a_failed_check(good):
    suite = next(s for s in SUITES if s.name == "reference")
    results = validate(suite, {"issues": good["issues"]})
    lost = next(r for r in results if r.table == "parties")
    assert not lost.success
    assert lost.error is not None and "parties" in lost.error


def test_names_are_unique_and_reasons_given():
    names = [(e.table, e.name) for _, e in CASES]
    assert len(set(names)) == len(names)
    assert all(e.reason.endswith(".") and len(e.reason) > 20 for _, e in CASES)


def test_all_that_the_contract_promises_is_checked_before_the_database_is_built():
    """Building and exporting count on it."""
    kinds = {kind for _, own, _ in _GROUPS for kind in own} | {"columns", "type"}
    assert kinds == set(get_args(Kind))
    asked = {(e.table, e.name) for suite in BEFORE for e in suite.expectations}
    for name in STAGED_TABLES:
        assert asked >= {(e.table, e.name) for e in of_contract(name)}
    built = next(suite for suite in SUITES if suite.name == "tables")
    assert {"evidence_equals_text", "foreign_keys_whole"} <= {
        e.name for e in built.expectations if e.severity == "critical"
    }
    assert set(UNCHECKED) | set(STAGED_TABLES) == {declared.name for declared in TABLES}
