"""Which extracted rows the annotations bear out: the scorer's matching, row by row.

A row is right if it would count for precision in `score.py`, and, for a meeting, if its status is right, too.
"""

import bisect
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.run import Corpus
from tests.gold.score import norm, same_person, same_speaker

TABLES = ("statements", "meeting_mentions", "issue_positions")
LOW = 0.5  # share that must agree: of a statement's content, of a meeting's parties

Judged = tuple[Any, bool]


class Annotated:
    """One annotation file beside its text."""

    def __init__(self, path: Path, seeds: Path):
        self.gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        self.text = (seeds / f"{self.gold['doc']}.txt").read_text(encoding="utf-8")
        self.starts = [0]
        for line in self.text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def line(self, offset: int) -> int:
        """Number of the line that holds the offset, from 1."""
        return bisect.bisect_right(self.starts, offset)

    def covers(self, offset: int) -> bool:
        """Whether that line is one of those that were annotated."""
        return any(first <= self.line(offset) <= last for first, last in self.gold["lines"])

    def counts(self) -> dict[str, int]:
        """Rows that annotators found, by table."""
        keys = {"statements": "statements", "meeting_mentions": "meetings", "issue_positions": "positions"}
        return {name: len(self.gold[key]) for name, key in keys.items()}


def judge(corpus: Corpus, annotated: Annotated, table: str) -> Iterator[Judged]:
    """Each row of the table within the annotated lines of a page, and whether it is right."""
    stem = annotated.gold["doc"]
    ids = {d.document_id for d in corpus.documents if Path(d.source_file).stem == stem}
    rows = [row for row in corpus.rows()[table] if row.document_id in ids]
    if table == "statements":
        return _statements(annotated, [row for row in rows if annotated.covers(row.content_start)])
    rows = [row for row in rows if annotated.covers(row.char_start)]
    if table == "meeting_mentions":
        return _mentions(annotated, rows)
    if table == "issue_positions":
        return _positions(annotated, rows)
    raise ValueError(f"no annotations are made of {table}")


def _statements(annotated: Annotated, rows: list[Any]) -> Iterator[Judged]:
    units = []
    for unit in annotated.gold["statements"]:
        at = annotated.text.find(unit["content"], annotated.starts[unit["line"] - 1])
        units.append((unit, at, at + len(unit["content"])))
    for row in rows:
        held = sum(
            max(0, min(row.content_end, end) - max(row.content_start, start))
            for unit, start, end in units
            if same_speaker(unit, dataclasses.asdict(row))
        )
        yield row, held >= LOW * max(1, row.content_end - row.content_start)


def _mentions(annotated: Annotated, rows: list[Any]) -> Iterator[Judged]:
    left = list(rows)
    right: set[str] = set()
    for told in annotated.gold["meetings"]:
        parties = {p["party"] for p in told["participants"] if p.get("party")}
        people = [p["name"] for p in told["participants"] if p.get("name")]
        there = [row for row in left if annotated.line(row.char_start) == told["line"]]
        scored = [(_agreement(told, parties, people, row), -i, row) for i, row in enumerate(there)]
        best = max(scored, key=lambda item: item[:2], default=None)
        if best is not None and best[0] >= LOW:
            left.remove(best[2])
            if best[2].status == told["status"]:
                right.add(best[2].mention_id)
    for row in rows:
        yield row, row.mention_id in right


def _agreement(told: dict[str, Any], parties: set[str], people: list[str], row: Any) -> float:
    found = set(row.parties)
    both = len(parties & found) / len(parties | found) if parties | found else 0.0
    if people and row.participants:
        same = sum(any(same_person(one, other) for other in row.participants) for one in people)
        both = max(both, same / (len(people) + len(row.participants) - same))
    return both + 0.1 * (bool(told.get("place")) and norm(told["place"]) == norm(row.place))


def _positions(annotated: Annotated, rows: list[Any]) -> Iterator[Judged]:
    held = {
        (p["line"], p.get("party") or norm(p["actor"]), p["issue"]): p["stance"]
        for p in annotated.gold["positions"]
    }
    for row in rows:
        key = (annotated.line(row.char_start), row.party or norm(row.actor_name), row.issue_id)
        yield row, held.get(key) == row.stance
