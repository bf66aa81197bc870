"""Precision and recall of the extractors on synthetic pages, by the kind of sentence that made each row.

`python -m tests.synthetic_recall --documents 300 --errors 5` prints a table and examples of what goes wrong;
`--seed 1 2 3` adds up several corpora, each read by as many workers as `--workers` says. With `--database
warehouse/parley.duckdb` nothing is read: the rows are those that a run over such a corpus has published.
"""

from __future__ import annotations

import argparse
import bisect
import dataclasses
import datetime as dt
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.model import IssuePosition, MeetingMention, Statement
from pipeline.run import Corpus, run_corpus
from pipeline.settings import AUTO_WORKERS, Settings
from pipeline.tables import rows
from pipeline.warehouse import open_database
from tests.gold.score import norm, same_person, same_speaker
from tests.synthetic.pages import Page
from tests.synthetic_corpus import pages

NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LOW = 0.5
_PAGE = re.compile(r"p\d{7}")
TABLES = ("statements", "meetings", "positions")
ROWS = ("statements", "meeting_mentions", "issue_positions")
"""Tables of the contract that are compared, in the order of `TABLES`."""


@dataclass(slots=True)
class Tally:
    """What was found and missed of a table, by construction, with examples."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    predicted: int = 0
    right: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    """Rows that are wrong, by the construction of the line in which they stand."""
    fields: Counter[str] = field(default_factory=Counter)
    """Of the rows that are right, how often a field was given and right: "party", "party right"."""
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.found.total() / self.gold.total() if self.gold else 1.0

    def share(self, name: str) -> float | None:
        """How often the field was right where annotations give it, or None if they never do."""
        return self.fields[f"{name} right"] / self.fields[name] if self.fields[name] else None

    def note(self, name: str, expected: object, got: bool) -> None:
        """Count a field that annotations give."""
        if expected is not None:
            self.fields[name] += 1
            self.fields[f"{name} right"] += got


@dataclass(frozen=True, slots=True)
class Found:
    """What a run made of a corpus: keys of documents by page name, and rows by table of `ROWS`."""

    documents: Mapping[str, str]
    rows: Mapping[str, Iterable[Any]]

    @classmethod
    def of(cls, corpus: Corpus) -> Found:
        """What the pipeline gave as a function."""
        return cls(_by_name((d.source_file, d.document_id) for d in corpus.documents), corpus.rows())


def published(database: Path) -> Found:
    """What a run published."""
    with open_database(database) as con:
        documents = con.execute("SELECT source_file, document_id FROM documents").fetchall()
        return Found(_by_name(documents), {name: rows(name, con.sql(f"FROM {name}").pl()) for name in ROWS})


def n_pages(found: Found) -> int:
    """How many pages the corpus had; they are numbered from 0, and one that the run lost is missed."""
    return max(int(name[1:]) for name in found.documents if _PAGE.fullmatch(name)) + 1


def _by_name(documents: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {Path(source_file).stem: document_id for source_file, document_id in documents}


def judge(found: Found, made: Iterable[Page], tallies: dict[str, Tally] | None = None) -> dict[str, Tally]:
    """Compare rows with what is known of the pages, table by table; figures add to those of `tallies`."""
    tallies = {table: Tally() for table in TABLES} if tallies is None else tallies
    documents = found.documents
    rows: dict[str, dict[str, list[Any]]] = {table: defaultdict(list) for table in TABLES}
    for table, name in zip(TABLES, ROWS, strict=True):
        for row in found.rows[name]:
            rows[table][row.document_id].append(row)
    for one in made:
        document_id = documents.get(one.name, "")
        lines = _Lines(one)
        _statements(tallies["statements"], one, lines, rows["statements"][document_id])
        _meetings(tallies["meetings"], one, lines, rows["meetings"][document_id])
        if one.about.has_positions:
            _positions(tallies["positions"], one, lines, rows["positions"][document_id])
    return tallies


class _Lines:
    def __init__(self, one: Page) -> None:
        self.page = one
        self.starts = [0]
        for line in one.text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def number(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset)

    def place(self, number: int, words: str) -> tuple[int, int]:
        start = self.page.text.index(words, self.starts[number - 1])
        return start, start + len(words)

    def kind(self, offset: int) -> str:
        return self.page.constructions.get(self.number(offset), "title, heading or furniture")

    def text(self, offset: int) -> str:
        number = self.number(offset)
        return self.page.text[self.starts[number - 1] : self.starts[number] - 1]


def _optional(one: Page, lines: _Lines, table: str) -> list[tuple[int, int]]:
    """Places where a row may be found or not."""
    units = [unit for unit in one.gold["optional"] if unit["table"] == table]
    return [lines.place(unit["line"], unit["evidence"]) for unit in units]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _statements(tally: Tally, one: Page, lines: _Lines, rows: list[Statement]) -> None:
    gold = one.gold["statements"]
    places = [lines.place(unit["line"], unit["content"]) for unit in gold]
    covered = [0] * len(gold)
    free = _optional(one, lines, "statements")
    for row in rows:
        span = (row.content_start, row.content_end)
        own = dataclasses.asdict(row)
        held = [
            _overlap(place, span) if same_speaker(unit, own) else 0
            for unit, place in zip(gold, places, strict=True)
        ]
        if sum(held) >= LOW * max(1, span[1] - span[0]):
            tally.predicted += 1
            tally.right += 1
            covered = [c + h for c, h in zip(covered, held, strict=True)]
            unit = gold[max(range(len(gold)), key=held.__getitem__)]
            tally.note("form", unit["form"], row.form == unit["form"])
            tally.note("party", unit["party"], row.party == unit["party"])
            tally.note("channel", unit["channel"], norm(row.channel) == norm(unit["channel"]))
            named = bool(row.reported_by) and norm(row.reported_by) == norm(unit["reported_by"])
            tally.note("reported_by", unit["reported_by"], named)
            if one.gold["meta"]["published"]:
                days = [str(row.stated_from), str(row.stated_to)]
                tally.note("date", unit["date"], days == unit["date"])
        elif not any(_overlap(place, span) for place in free):
            tally.predicted += 1
            kind = lines.kind(span[0])
            tally.wrong[kind] += 1
            tally.examples[f"wrong: {kind}"].append(
                f"{one.name} {row.speaker_name!r} [{row.rule}] {row.content!r} IN {lines.text(span[0])!r}"
            )
    for unit, place, held in zip(gold, places, covered, strict=True):
        kind = unit["construction"]
        tally.gold[kind] += 1
        if held >= LOW * (place[1] - place[0]):
            tally.found[kind] += 1
        else:
            tally.examples[f"missed: {kind}"].append(
                f"{one.name} {unit['speaker']!r} IN {lines.text(place[0])!r}"
            )


def _meetings(tally: Tally, one: Page, lines: _Lines, rows: list[MeetingMention]) -> None:
    left = list(rows)
    for unit in one.gold["meetings"]:
        kind = unit["construction"]
        tally.gold[kind] += 1
        parties = {p["party"] for p in unit["participants"]}
        people = [p["name"] for p in unit["participants"] if p["name"]]
        there = [row for row in left if lines.number(row.char_start) == unit["line"]]
        best = max(there, key=lambda row: _agreement(parties, people, row), default=None)
        if best is None or _agreement(parties, people, best) < LOW:
            place = lines.place(unit["line"], unit["evidence"])
            tally.examples[f"missed: {kind}"].append(f"{one.name} {lines.text(place[0])!r}")
            continue
        left.remove(best)
        tally.found[kind] += 1
        tally.right += 1
        tally.predicted += 1
        tally.note("status", unit["status"], best.status == unit["status"])
        if best.status != unit["status"]:
            tally.examples[f"status: {kind}"].append(f"{one.name} {best.status} {best.evidence!r}")
        tally.note("place", unit["place"], norm(best.place) == norm(unit["place"]))
        tally.note("form", unit["form"], best.form == unit["form"])
        if one.gold["meta"]["published"]:
            days = [str(best.date_from), str(best.date_to)]
            tally.note("date", unit["date"], days == unit["date"])
            if unit["date"] and days != unit["date"]:
                tally.examples[f"date: {kind}"].append(
                    f"{one.name} {days} for {unit['date']} {best.evidence!r}"
                )
    free = _optional(one, lines, "meetings")
    for row in left:
        kind = lines.kind(row.char_start)
        if any(_overlap(place, (row.char_start, row.char_end)) for place in free):
            continue
        tally.predicted += 1
        tally.wrong[kind] += 1
        tally.examples[f"wrong: {kind}"].append(
            f"{one.name} {row.parties} {row.participants} [{row.rule}] {row.evidence!r} IN "
            f"{lines.text(row.char_start)!r}"
        )


def _agreement(parties: set[str], people: list[str], row: MeetingMention) -> float:
    found = set(row.parties)
    both = len(parties & found) / len(parties | found)
    if people and row.participants:
        same = sum(any(same_person(one, other) for other in row.participants) for one in people)
        both = max(both, same / (len(people) + len(row.participants) - same))
    return both


def _positions(tally: Tally, one: Page, lines: _Lines, rows: list[IssuePosition]) -> None:
    gold = {(unit["line"], unit["party"], unit["issue"]): unit for unit in one.gold["positions"]}
    seen = set()
    for row in rows:
        key = (lines.number(row.char_start), row.party, row.issue_id)
        tally.predicted += 1
        unit = gold.get(key)
        if unit is not None and unit["stance"] == row.stance:
            tally.right += 1
            seen.add(key)
            continue
        kind = lines.kind(row.char_start)
        tally.wrong[kind] += 1
        tally.examples[f"wrong: {kind}"].append(
            f"{one.name} {row.actor_name} {row.issue_id} {row.stance} [{row.rule}] IN "
            f"{lines.text(row.char_start)!r}"
        )
    for key, unit in gold.items():
        kind = unit["construction"]
        tally.gold[kind] += 1
        tally.found[kind] += key in seen
        if key not in seen:
            place = lines.place(unit["line"], unit["evidence"])
            tally.examples[f"missed: {kind}"].append(f"{one.name} {unit['issue']} {lines.text(place[0])!r}")


def extracted(folder: Path, settings: Settings, made: Iterable[Page]) -> Corpus:
    """Write the pages' texts below `folder` and run the pipeline on them."""
    for one in made:
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8")
    return run_corpus(replace(settings, seeds=folder), NOW)


def report(tallies: dict[str, Tally], errors: int) -> str:
    """The figures as text, worst constructions first, with examples."""
    said = []
    for table, tally in tallies.items():
        shares = {
            name: tally.share(name)
            for name in ("form", "party", "date", "channel", "reported_by", "status", "place")
            if tally.share(name) is not None
        }
        shown = ", ".join(f"{name} {share:.3f}" for name, share in shares.items())
        said.append(
            f"\n# {table}: P {tally.precision:.3f} R {tally.recall:.3f} of {tally.gold.total():,}; {shown}"
        )
        kinds = sorted(tally.gold, key=lambda k: tally.found[k] / tally.gold[k])
        said += [
            f"{tally.found[k] / tally.gold[k]:6.3f} of {tally.gold[k]:4d} found {tally.wrong[k]:5d} wrong {k}"
            for k in kinds
        ]
        others = [(kind, n) for kind, n in tally.wrong.most_common() if kind not in tally.gold]
        said += [f"{n:28d} wrong   {kind}" for kind, n in others]
        for name, shown_ones in sorted(tally.examples.items()) if errors else ():
            said.append(f"\n## {table}, {name}: {len(shown_ones)}")
            said += [f"  {example}" for example in shown_ones[:errors]]
    return "\n".join(said)


def main() -> None:
    """Make pages, run the extractors on them or take what a run has published, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, help="pages a corpus; 300, or all of the database")
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--workers", default=AUTO_WORKERS, help="processes that read, as in PARLEY_WORKERS")
    parser.add_argument("--database", type=Path, help="what a run over the corpus has published")
    parser.add_argument("--errors", type=int, default=0, help="examples of each class of errors")
    parser.add_argument("--json", type=Path, help="write precision and recall by table to this file")
    given = parser.parse_args()
    tallies = {table: Tally() for table in TABLES}
    if given.database is not None:
        (seed,) = given.seed
        found = published(given.database)
        judge(found, pages(given.documents or n_pages(found), seed, given.words), tallies)
    for seed in given.seed if given.database is None else ():
        made = list(pages(given.documents or 300, seed, given.words))
        with tempfile.TemporaryDirectory() as scratch:
            corpus = extracted(Path(scratch), Settings(workers=given.workers), made)
        judge(Found.of(corpus), made, tallies)
    print(report(tallies, given.errors))
    if given.json is not None:
        figures = {
            name: {"P": t.precision, "R": t.recall, "gold": t.gold.total()} for name, t in tallies.items()
        }
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
