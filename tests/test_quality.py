"""Results of checks: kept and read back, laid out as rows, and asked before anything is published."""

import datetime as dt

import pytest

from pipeline.quality import (
    CheckResult,
    SuiteResult,
    UncheckedError,
    load,
    quality_rows,
    require_passed,
    save,
)
from pipeline.tables import frame

NOW = dt.datetime(2025, 11, 24, 12, tzinfo=dt.UTC)


def check(**changes):
    values = {
        "stage": "clean",
        "table": "blocks",
        "suite": "clean",
        "expectation": "no_gaps",
        "column": "char_start",
        "severity": "critical",
        "success": True,
        "observed": "3 rows looked at, all as expected",
        "unexpected_count": 0,
        "offending": (),
        "reason": "Gaps lose text.",
        "rows": 3,
    }
    return CheckResult(**(values | changes))


def suite(*results, name="clean", fingerprints=None):
    return SuiteResult(name, "clean", "run-1", NOW, fingerprints or {"blocks": "a"}, results)


def test_a_failed_warning_warns_and_a_failed_critical_check_fails():
    assert check().outcome == "passed"
    assert check(success=False).outcome == "failed"
    assert check(success=False, severity="warning").outcome == "warned"


def test_results_are_read_back_as_they_were_kept(tmp_path):
    broken = check(success=False, offending=({"block_id": "blk_1", "text": None},), error="boom")
    result = suite(check(expectation="other"), broken)
    save(result, tmp_path)
    assert load(tmp_path, ["never", "clean"]) == (result,)


def test_passed_checks_of_this_very_data_let_it_through():
    require_passed([suite(check())], ["clean"], {"blocks": "a", "others": "b"})


def test_a_suite_that_was_never_evaluated_is_refused():
    with pytest.raises(UncheckedError, match="never evaluated") as caught:
        require_passed([], ["clean"], {})
    assert caught.value.code == "not_checked"


def test_data_that_changed_after_its_check_is_refused():
    with pytest.raises(UncheckedError, match="blocks changed") as caught:
        require_passed([suite(check())], ["clean"], {"blocks": "b"})
    assert caught.value.code == "changed_since_check"


def test_a_critical_failure_is_refused_and_a_warning_is_not():
    require_passed([suite(check(success=False, severity="warning"))], ["clean"], {"blocks": "a"})
    with pytest.raises(UncheckedError, match=r"blocks\.no_gaps"):
        require_passed([suite(check(success=False))], ["clean"], {"blocks": "a"})


def test_rows_carry_what_was_found_and_keep_the_contract():
    broken = check(success=False, unexpected_count=2, offending=({"block_id": "blk_1", "note": None},))
    (row,) = quality_rows([suite(broken)], "run-1")
    assert (row.table_name, row.success, row.unexpected_count) == ("blocks", False, 2)
    assert row.unexpected_examples == ("block_id=blk_1",)
    assert row.checked_at == NOW
    assert frame("quality_results", [row]).height == 1


def test_a_broken_check_says_so_in_its_row():
    (row,) = quality_rows([suite(check(success=False, observed="not done", error="boom"))], "run-1")
    assert row.observed == "not done: boom"
