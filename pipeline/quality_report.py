"""The quality report: one static HTML page that opens offline, from results of checks to text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.quality import CheckResult, SuiteResult
from pipeline.swap import replace_text

TEMPLATE = Path(__file__).with_name("quality_report.html.j2")

WORDS: Mapping[str, str] = {
    "raw": "What was read from the folder of input documents",
    "clean": "Documents and their lines after cleaning",
    "extract": "Entities, statements, meetings and positions",
    "tables": "The database as it was built",
    "exports": "The exported files",
}
"""What each stage holds, in the order of the pipeline."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the report says besides results.

    Attributes:
        made_at: when it was written.
        run_id: run that it tells of.
        published: whether the run's data was published; else an earlier run's still stands.
        corpus: folder of input documents, as it was named.
        domain: domain pack.
        rows: table name -> rows.
        set_aside: (source_file, reason, detail) of inputs in quarantine.
        rows_set_aside: (source_file, step, code, detail) of rows, and of pages on which a step failed;
            source_file is None for rows over several documents.
        planned: (suite, stage) of all suites, so that those that were not reached are named.
    """

    made_at: dt.datetime
    run_id: str
    published: bool
    corpus: str
    domain: str
    rows: Mapping[str, int]
    set_aside: Sequence[tuple[str, str, str]]
    rows_set_aside: Sequence[tuple[str | None, str, str, str]]
    planned: Sequence[tuple[str, str]]


def render_report(results: Sequence[SuiteResult], facts: ReportFacts) -> str:
    """The page as HTML. All values are escaped; nothing is loaded from elsewhere."""
    import jinja2

    found = [check for suite in results for check in suite.results]
    by_outcome = {name: [c for c in found if c.outcome == name] for name in ("failed", "warned", "passed")}
    reached = {suite.suite for suite in results}
    stages = [
        {
            "name": stage,
            "words": words,
            "tables": _by_table([c for c in found if c.stage == stage]),
            "missing": [suite for suite, own in facts.planned if own == stage and suite not in reached],
        }
        for stage, words in WORDS.items()
    ]
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        facts=facts,
        version=__version__,
        verdict=_verdict(by_outcome, facts),
        state="failed" if not facts.published else "warned" if by_outcome["warned"] else "passed",
        by_outcome=by_outcome,
        stages=stages,
        n_missing=sum(len(stage["missing"]) for stage in stages),
        anchor=lambda c: f"{c.suite}-{c.table}-{c.expectation}",
        columns=lambda c: list(dict.fromkeys(column for row in c.offending for column in row)),
        words={"passed": "passed", "warned": "warning", "failed": "failed"},
    )


def write_report(path: Path, results: Sequence[SuiteResult], facts: ReportFacts) -> None:
    """Write the page to `path`, in one step."""
    replace_text(path, render_report(results, facts))


def _by_table(checks: Sequence[CheckResult]) -> list[tuple[str, list[CheckResult]]]:
    """Checks of each table, those that need attention first."""
    order = {"failed": 0, "warned": 1, "passed": 2}
    tables: dict[str, list[CheckResult]] = {}
    for check in checks:
        tables.setdefault(check.table, []).append(check)
    return [(name, sorted(own, key=lambda c: order[c.outcome])) for name, own in tables.items()]


def _verdict(by_outcome: Mapping[str, Sequence[CheckResult]], facts: ReportFacts) -> str:
    n_failed, n_warned = len(by_outcome["failed"]), len(by_outcome["warned"])
    if not facts.published:
        why = f"{_number(n_failed, 'critical check')} failed" if n_failed else "the run broke off"
        return f"Not published: {why}. Database and exports are still those of the run before."
    if n_warned:
        return f"Published. {_number(n_warned, 'check')} to look at; no critical check failed."
    return "Published. Every check passed."


def _number(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
