"""What publishing asks of checks: results for the very data at hand, and no critical failure among them."""

from __future__ import annotations

from collections.abc import Sequence

from assets.resources import Stages
from expectations.factory import fingerprints_of
from expectations.model import Suite
from pipeline.contract import TABLES
from pipeline.digests import text_digest
from pipeline.quality import SuiteResult, load, quality_rows, require_passed
from pipeline.settings import Settings
from pipeline.staging import checks_folder
from pipeline.tables import Source, frame

STAGED_TABLES = tuple(table.name for table in TABLES if table.name != "quality_results")
"""Tables that stages make; results of checks join them when the database is built."""


def checked_results(suites: Sequence[Suite], stages: Stages, settings: Settings) -> tuple[SuiteResult, ...]:
    """Results of `suites`; raise UncheckedError unless they passed on the data as it is now."""
    results = load(checks_folder(settings), [suite.name for suite in suites])
    now: dict[str, str] = {}
    for suite in suites:
        now |= fingerprints_of(suite, stages, settings)
    require_passed(results, [suite.name for suite in suites], now)
    return results


def stage_files(stages: Stages) -> dict[str, Source]:
    """Files of the tables that stages make."""
    return {name: stages.path(name) for name in STAGED_TABLES}


def staged_tables(stages: Stages, results: Sequence[SuiteResult], run_id: str) -> dict[str, Source]:
    """All tables of the contract: files of stages, and the results of checks as a frame."""
    return stage_files(stages) | {"quality_results": frame("quality_results", quality_rows(results, run_id))}


def digest_of(results: Sequence[SuiteResult]) -> str:
    """Digest of what checks found, the same for runs that found the same."""
    return text_digest(*((suite.suite, suite.results) for suite in results))
