"""Corpora whose documents tell of the same meetings: whether mentions are found, tied together and settled.

`python -m tests.gold.corpora` prints the figures of both corpora; see `README.md` beside this file.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from pipeline.model import Meeting, MeetingMention
from pipeline.run import run_corpus
from pipeline.settings import Settings
from pipeline.text import fold

HERE: Final = Path(__file__).parent
BASELINE: Final = HERE / "baseline.json"
CORPORA: Final = ("read", "scored")
NOW: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_ALIKE: Final = 0.3
"""Least likeness of a row and an annotated mention of its line."""
_STATUS: Final = 0.4
"""What an equal status adds where a row may tell of several meetings of its line."""
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Known:
    """An annotated meeting; `days` are those of the meeting in the end, or None if it has none."""

    name: str
    parties: frozenset[str]
    surnames: frozenset[str]
    place: str | None
    phone: bool
    days: tuple[dt.date, dt.date] | None
    status: str


class Line(NamedTuple):
    """A line of a page."""

    document: str
    number: int


class Pair(NamedTuple):
    """A row and the annotated meeting that it tells of; `status` is what its line says of that meeting."""

    known: Known
    status: frozenset[str]
    row: MeetingMention


def figures(folder: Path, settings: Settings) -> dict[str, float]:
    """Figures of the corpus in a folder, by name; shares from 0 to 1.

    Args:
        folder: with `texts/` and `truth.yaml`.
        settings: model and reference data; pages and pack are the corpus's own.
    """
    told = _annotated(folder / "truth.yaml")
    corpus = run_corpus(replace(settings, seeds=folder / "texts", domain="ukraine"), NOW)
    rows = corpus.rows()
    texts = {d.document_id: (Path(d.source_file).name, d.text) for d in corpus.documents}
    by_line: dict[Line, list[MeetingMention]] = defaultdict(list)
    for row in rows["meeting_mentions"]:
        name, text = texts[row.document_id]
        by_line[Line(name, text.count("\n", 0, row.char_start) + 1)].append(row)
    pairs = [pair for line, known in told.items() for pair in _matched(known, by_line.get(line, ()))]
    n_told = sum(len({known for known, _ in each}) for each in told.values())
    n_rows = len(rows["meeting_mentions"])
    same = [(a.known == b.known, a.row.meeting_id == b.row.meeting_id) for a, b in combinations(pairs, 2)]
    both = sum(known and tied for known, tied in same)
    meetings = {meeting.meeting_id: meeting for meeting in rows["meetings"]}
    return {
        "mentions P": _share(len(pairs), n_rows),
        "mentions R": _share(len(pairs), n_told),
        "mentions status": _share(sum(p.row.status in p.status for p in pairs), len(pairs)),
        "pairs P": _share(both, sum(tied for _, tied in same)),
        "pairs R": _share(both, sum(known for known, _ in same)),
        **_settled(pairs, meetings),
    }


def _annotated(path: Path) -> dict[Line, list[tuple[Known, str]]]:
    """Meetings that each line tells of, with the status that it gives them."""
    found: dict[Line, list[tuple[Known, str]]] = defaultdict(list)
    for each in yaml.safe_load(path.read_text(encoding="utf-8"))["meetings"]:
        days = None if each["date"] is None else (each["date"][0], each["date"][1])
        surnames = frozenset(fold(name).split()[-1] for name in each["people"])
        known = Known(
            each["id"], frozenset(each["parties"]), surnames, each["place"], each["form"] == "phone", days,
            each["status"],
        )  # fmt: skip
        for mention in each["mentions"]:
            found[Line(mention["doc"], mention["line"])].append((known, mention["status"]))
    return found


def _matched(told: Sequence[tuple[Known, str]], rows: Sequence[MeetingMention]) -> list[Pair]:
    """Rows of one line and the meetings that they tell of, the most alike first; each once.

    Where a line tells of two rounds, or of talks and of a refused summit of the same states, the status says
    which row tells of which.
    """
    alike = [(_likeness(k, row), row.status == s, -n, k, row) for k, s in told for n, row in enumerate(rows)]
    ranked = sorted(alike, key=lambda each: (each[0] + _STATUS * each[1], each[2]), reverse=True)
    pairs: list[Pair] = []
    for likeness, _, _, known, row in ranked:
        taken = any(p.known == known or p.row is row for p in pairs)
        if likeness >= _ALIKE and not taken:
            pairs.append(Pair(known, frozenset(status for each, status in told if each == known), row))
    return pairs


def _likeness(known: Known, row: MeetingMention) -> float:
    parties = _overlap(known.parties, row.parties)
    people = _overlap(known.surnames, (fold(name).split()[-1] for name in row.participants))
    apart = 0.3 if known.phone != (row.form == "phone") else 0.0
    return max(parties, people) + 0.1 * (known.place is not None and row.place == known.place) - apart


def _overlap(known: frozenset[str], told: Iterable[str]) -> float:
    """Shared share of all that either names (Jaccard's index); 0 where one names nothing."""
    named = frozenset(told)
    return len(known & named) / len(known | named) if known and named else 0.0


def _settled(pairs: Sequence[Pair], meetings: dict[str, Meeting]) -> dict[str, float]:
    """Of the meetings with a mention, the shares whose main row has the right status, place and day."""
    rows: dict[Known, Counter[str]] = defaultdict(Counter)
    for known, _, row in pairs:
        if row.meeting_id is not None:
            rows[known][row.meeting_id] += 1
    right: Counter[str] = Counter()
    for known, ids in rows.items():
        meeting = meetings[min(ids, key=lambda i: (-ids[i], i))]
        right["status"] += meeting.status == known.status
        right["place"] += meeting.place == known.place
        right["day"] += _on_day(known, meeting)
    return {f"meetings {name}": _share(right[name], len(rows)) for name in ("status", "place", "day")}


def _on_day(known: Known, meeting: Meeting) -> bool:
    if known.days is None:
        return True
    if meeting.date_from is None or meeting.date_to is None:
        return False
    near = (meeting.date_to - meeting.date_from).days <= _WEEK
    return near and meeting.date_from <= known.days[1] and known.days[0] <= meeting.date_to


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
