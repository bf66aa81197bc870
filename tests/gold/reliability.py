"""How far confidences can be trusted: stated confidence against the share of rows that were right.

`python -m tests.gold.reliability`; `--write` keeps the figures for the documentation and the thresholds for
the database (`seeds/reference/thresholds.yaml`). Only shares are
printed, never texts, so that pages which are only ever scored may take part.
"""

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.run import Corpus, run_corpus
from pipeline.settings import Settings, settings_from_env
from tests.gold.judge import TABLES, Annotated, Judged, judge
from tests.gold.sets import gold_sets

RECORD = Path(__file__).with_name("reliability.json")
NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
BOUNDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
WANTED = 0.8
"""Share of right rows that the published thresholds promise."""


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page's rows by table, each with whether it is right, and how many rows annotators found."""

    name: str
    rows: dict[str, list[Judged]]
    n_gold: dict[str, int]


def judged_pages(settings: Settings) -> dict[str, list[JudgedPage]]:
    """Pages whose errors may be read, and pages that are only scored."""
    corpora: dict[Path, Corpus] = {}
    groups: dict[str, list[JudgedPage]] = {"read": [], "only scored": []}
    for gold_set in gold_sets():
        if gold_set.name == "wild":  # its halves follow
            continue
        if gold_set.seeds not in corpora:
            corpora[gold_set.seeds] = run_corpus(replace(settings, seeds=gold_set.seeds), NOW)
        for path in gold_set.gold:
            page = Annotated(path, gold_set.seeds)
            rows = {name: list(judge(corpora[gold_set.seeds], page, name)) for name in TABLES}
            groups["read" if gold_set.read else "only scored"].append(
                JudgedPage(path.stem, rows, page.counts())
            )
    return groups


def table(rows: Sequence[tuple[float, bool]]) -> list[tuple[float, int, float, float]]:
    """For each band of confidence that holds rows: lower bound, rows, mean confidence, share right."""
    found = []
    for low, high in pairwise(BOUNDS):
        band = [(c, ok) for c, ok in rows if low <= c < high]
        if band:
            mean = sum(c for c, _ in band) / len(band)
            found.append((low, len(band), mean, sum(ok for _, ok in band) / len(band)))
    return found


def threshold(
    rows: Sequence[tuple[float, bool]], n_gold: int, wanted: float = WANTED
) -> tuple[float, float, float] | None:
    """The lowest confidence from which on `wanted` of the rows are right, with their precision and recall.

    None if there is no such confidence.
    """
    for at in sorted({c for c, _ in rows}):
        kept = [ok for c, ok in rows if c >= at]
        if sum(kept) >= wanted * len(kept):
            return at, sum(kept) / len(kept), sum(kept) / max(1, n_gold)
    return None


def record(pages: Sequence[JudgedPage]) -> dict[str, Any]:
    """For each table: rows, bands as in `table`, and the threshold with its precision and recall."""
    found = {}
    for name in TABLES:
        rows = [(row.confidence, ok) for page in pages for row, ok in page.rows[name]]
        at = threshold(rows, sum(page.n_gold[name] for page in pages))
        found[name] = {
            "rows": len(rows),
            "bands": [[low, n, round(mean, 3), round(share, 3)] for low, n, mean, share in table(rows)],
            "threshold": None if at is None else [round(figure, 3) for figure in at],
        }
    return found


def write_thresholds(path: Path, found: dict[str, Any]) -> None:
    """Write the thresholds of a record as reference data, under the head that the file has."""
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = []
    for name, own in found.items():
        at = own["threshold"]
        told = "null" if at is None else f"{{confidence: {at[0]}, precision: {at[1]}, recall: {at[2]}}}"
        lines.append(f"{name}: {told}")
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """Print the reliability by table and by rule: rows whose errors may be read, and rows only scored."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {RECORD.name}")
    arguments = parser.parse_args()
    groups = judged_pages(settings_from_env())
    if arguments.write:
        found = record(groups["only scored"])
        RECORD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        write_thresholds(settings_from_env().reference / "thresholds.yaml", found)
    for name in TABLES:
        own = {group: [j for page in pages for j in page.rows[name]] for group, pages in groups.items()}
        for group, rows in own.items():
            print(f"\n{name}, {group}: {len(rows)} rows")
            print(f"{'from':>6s}{'rows':>6s}{'stated':>8s}{'right':>8s}")
            for low, count, mean, share in table([(row.confidence, ok) for row, ok in rows]):
                print(f"{low:6.2f}{count:6d}{mean:8.3f}{share:8.3f}")
            off = sum(row.confidence - ok for row, ok in rows) / max(1, len(rows))
            print(f"mean confidence minus share right: {off:+.3f}")
        print(f"\n{name + ', by rule':32s}" + "".join(f"{group:>26s}" for group in own))
        for rule in sorted({row.rule for rows in own.values() for row, _ in rows}):
            cells = (_cell([j for j in rows if j[0].rule == rule]) for rows in own.values())
            print(f"{rule:32s}" + "".join(cells))


def _cell(rows: Sequence[Judged]) -> str:
    if not rows:
        return f"{'-':>26s}"
    right, mean = sum(ok for _, ok in rows), sum(row.confidence for row, _ in rows) / len(rows)
    return f"{right:>8d}/{len(rows):<4d} stated {mean:.2f}  "


if __name__ == "__main__":
    main()
