"""What a check found, as a value and as rows of `quality_results`, and whether data may be published."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import ParleyError
from pipeline.swap import replace_text
from pipeline.tables import QualityResult

logger = logging.getLogger(__name__)

Severity = Literal["critical", "warning"]
SHOWN_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Outcome of one expectation on one state of the data.

    `offending` holds up to `SHOWN_EXAMPLES` rows as column -> text; `error` is set where the check
    itself broke, which counts as a failure.
    """

    stage: str
    table: str
    suite: str
    expectation: str
    column: str | None
    severity: Severity
    success: bool
    observed: str
    unexpected_count: int
    offending: tuple[Mapping[str, str | None], ...]
    reason: str
    rows: int
    error: str | None = None

    @property
    def outcome(self) -> Literal["passed", "warned", "failed"]:
        """`failed` only where a critical check does not hold."""
        if self.success:
            return "passed"
        return "failed" if self.severity == "critical" else "warned"


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """All outcomes of a suite, with digests of the very inputs that were looked at.

    Attributes:
        run_id: run whose data it vouches for.
        checked_at: when it was evaluated, which is in an earlier run if `taken_over`.
        fingerprints: input name -> digest of its content when the suite ran.
        definition: digest of the suite, its code and the contract when it ran.
        taken_over: whether an earlier run evaluated this very suite on these very inputs.
    """

    suite: str
    stage: str
    run_id: str
    checked_at: dt.datetime
    fingerprints: Mapping[str, str]
    results: tuple[CheckResult, ...]
    definition: str = ""
    taken_over: bool = False

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """Critical checks that do not hold."""
        return tuple(r for r in self.results if r.outcome == "failed")

    def for_run(self, run_id: str, definition: str, fingerprints: Mapping[str, str]) -> SuiteResult | None:
        """This result as that of another run, or None unless the run would find the same.

        Suite and inputs must be the very ones that were evaluated. What failed, or could not be carried
        out, is looked at again every time.
        """
        if not definition or (self.definition, dict(self.fingerprints)) != (definition, dict(fingerprints)):
            return None
        if self.failed or any(check.error is not None for check in self.results):
            return None
        return replace(self, run_id=run_id, taken_over=True)

    def to_json(self) -> str:
        """Text that `suite_result_from_json` reads back."""
        return json.dumps(asdict(self) | {"checked_at": self.checked_at.isoformat()}, ensure_ascii=False)


def suite_result_from_json(text: str) -> SuiteResult:
    """Read what `SuiteResult.to_json` wrote."""
    data: dict[str, Any] = json.loads(text)
    results = [CheckResult(**(r | {"offending": tuple(r["offending"])})) for r in data.pop("results")]
    checked_at = dt.datetime.fromisoformat(data.pop("checked_at"))
    return SuiteResult(**data, checked_at=checked_at, results=tuple(results))


def save(result: SuiteResult, folder: Path) -> None:
    """Keep a suite's result in `folder`, replacing an earlier one."""
    replace_text(folder / f"{result.suite}.json", result.to_json())


def load(folder: Path, suites: Iterable[str]) -> tuple[SuiteResult, ...]:
    """The kept results of `suites`, in their order; those never evaluated are absent.

    A result that cannot be read counts as one that is not there, and a warning is logged.
    """
    found = []
    for path in (folder / f"{name}.json" for name in suites):
        try:
            found.append(suite_result_from_json(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("[result_unreadable] %s is left out, as if never evaluated: %r", path.name, error)
    return tuple(found)


class UncheckedError(ParleyError):
    """Data may not be published: a critical check failed, or nobody checked it in this state."""


def require_passed(
    results: Iterable[SuiteResult], suites: Iterable[str], fingerprints: Mapping[str, str]
) -> None:
    """Raise UncheckedError unless every suite passed its critical checks on the very data to be published.

    Args:
        results: what the suites found.
        suites: names of the suites that must have been evaluated.
        fingerprints: digest of each input as it is now.
    """
    by_name = {result.suite: result for result in results}
    for suite in suites:
        result = by_name.get(suite)
        if result is None:
            raise UncheckedError("not_checked", f"Suite {suite!r} was never evaluated.")
        changed = [name for name, digest in result.fingerprints.items() if fingerprints.get(name) != digest]
        if changed:
            raise UncheckedError(
                "changed_since_check", f"{', '.join(changed)} changed after suite {suite!r} was evaluated."
            )
        if result.failed:
            names = ", ".join(f"{r.table}.{r.expectation}" for r in result.failed)
            raise UncheckedError("critical_check_failed", f"Critical checks failed: {names}.")


def quality_rows(results: Iterable[SuiteResult], run_id: str) -> list[QualityResult]:
    """Rows of `quality_results`; `pipeline.export.settled_quality_results` treats runs that find the same."""
    return [
        QualityResult(
            run_id=run_id,
            checked_at=suite.checked_at,
            stage=r.stage,
            table_name=r.table,
            suite=r.suite,
            expectation=r.expectation,
            column_name=r.column,
            severity=r.severity,
            success=r.success,
            observed=r.observed if r.error is None else f"{r.observed}: {r.error}",
            unexpected_count=r.unexpected_count,
            unexpected_examples=tuple(
                ", ".join(f"{k}={v}" for k, v in row.items() if v is not None) for row in r.offending
            ),
        )
        for suite in results
        for r in suite.results
    ]
