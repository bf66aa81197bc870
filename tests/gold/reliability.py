"""How far the confidence of statements can be trusted: `python -m tests.gold.reliability`.

A row is right if its speaker equals that of annotated units that hold at least half of its content, as in
`score.py`. Only shares are printed, never texts, so that pages which are only ever scored may take part.
"""

import bisect
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

from pipeline.model import Statement
from pipeline.run import run_corpus
from pipeline.settings import settings_from_env
from tests.gold.score import same_speaker
from tests.gold.sets import GoldSet, gold_sets

NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
BOUNDS = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 1.01)
LOW = 0.5  # share of a row's content that right units must hold


def judged(gold_set: GoldSet) -> Iterator[tuple[Statement, bool]]:
    """Each statement within the annotated lines of a set, and whether it is right."""
    rows = run_corpus(replace(settings_from_env(), seeds=gold_set.seeds), NOW)
    stems = {Path(d.source_file).stem: d.document_id for d in rows.documents}
    for path in gold_set.gold:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (gold_set.seeds / f"{gold['doc']}.txt").read_text(encoding="utf-8")
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        units = []
        for unit in gold["statements"]:
            at = text.find(unit["content"], starts[unit["line"] - 1])
            units.append((unit, at, at + len(unit["content"])))
        for row in rows.extracted.statements:
            line = bisect.bisect_right(starts, row.content_start)
            if row.document_id != stems.get(gold["doc"]) or not any(a <= line <= b for a, b in gold["lines"]):
                continue
            held = sum(
                max(0, min(row.content_end, end) - max(row.content_start, start))
                for unit, start, end in units
                if same_speaker(unit, asdict(row))
            )
            yield row, held >= LOW * max(1, row.content_end - row.content_start)


def table(rows: list[tuple[float, bool]]) -> list[tuple[float, int, float, float]]:
    """For each band of confidence that holds rows: lower bound, rows, mean confidence, share right."""
    found = []
    for low, high in pairwise(BOUNDS):
        band = [(c, ok) for c, ok in rows if low <= c < high]
        if band:
            mean = sum(c for c, _ in band) / len(band)
            found.append((low, len(band), mean, sum(ok for _, ok in band) / len(band)))
    return found


def main() -> None:
    """Print the reliability of rows whose errors may be read, and of those only scored; then by rule."""
    groups: dict[str, list[tuple[Statement, bool]]] = {"read": [], "only scored": []}
    for gold_set in gold_sets():
        if gold_set.name != "wild":  # its halves follow
            groups["read" if gold_set.read else "only scored"].extend(judged(gold_set))
    for name, rows in groups.items():
        print(f"\n{name}: {len(rows)} statements")
        print(f"{'from':>6s}{'rows':>6s}{'stated':>8s}{'right':>8s}")
        for low, count, mean, share in table([(row.confidence, ok) for row, ok in rows]):
            print(f"{low:6.3f}{count:6d}{mean:8.3f}{share:8.3f}")
        off = sum(row.confidence - ok for row, ok in rows) / max(1, len(rows))
        print(f"mean confidence minus share right: {off:+.3f}")
    print(f"\n{'rule':24s}" + "".join(f"{name:>26s}" for name in groups))
    for rule in sorted({row.rule for rows in groups.values() for row, _ in rows}):
        cells = []
        for rows in groups.values():
            own = [(row.confidence, ok) for row, ok in rows if row.rule == rule]
            right = sum(ok for _, ok in own)
            mean = sum(c for c, _ in own) / len(own) if own else 0.0
            cells.append(f"{right:>8d}/{len(own):<4d} stated {mean:.2f}  " if own else f"{'-':>26s}")
        print(f"{rule:24s}" + "".join(cells))


if __name__ == "__main__":
    main()
