"""Change: where a party stood on an issue day by day, and on which days the evidence shows that it moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import IssuePosition, Stance

OWN_WEIGHT = 1.0
REPORTED_WEIGHT = 0.5
MIN_WEIGHT = 0.5
"""Weight that a day's stance needs on either side of a change: one sure row of the party's own words, or
reports of two sources."""
MIN_LEAD = 1.5
"""How many times heavier a day's stance must be than the runner-up to count as what the party stood for."""

_ORDER: dict[Stance, int] = {"support": 0, "conditional": 1, "open": 2, "oppose": 3}


@dataclass(frozen=True, slots=True)
class StanceDay:
    """A party's stance on an issue on one day, as far as the day's evidence carries it.

    weight: confidence of the rows for `stance`, own words in full and reports by half, each source counted
    once with its best row. against: the same for the heaviest other stance. best: the row that shows it.
    """

    party: str
    issue_id: str
    day: dt.date
    stance: Stance
    weight: float
    against: float
    n_sources: int
    best: IssuePosition

    @property
    def is_carried(self) -> bool:
        """Whether the evidence is heavy enough, and clear enough, to hang a change on."""
        return self.weight >= MIN_WEIGHT and self.weight >= MIN_LEAD * self.against


@dataclass(frozen=True, slots=True)
class Change:
    """A party's move on an issue: two carried days with different stances and none carried between them."""

    party: str
    issue_id: str
    before: StanceDay
    after: StanceDay

    @property
    def is_reversal(self) -> bool:
        """Whether the party crossed from support to opposition or back."""
        return {self.before.stance, self.after.stance} == {"support", "oppose"}


def timeline(
    positions: Iterable[IssuePosition],
    sources: Mapping[str, str],
    *,
    duplicates: frozenset[str] = frozenset(),
) -> list[StanceDay]:
    """Stance by party, issue and day, in that order; rows without party or day tell nothing here.

    `sources` names each document's source (its publisher or agency); a document that it does not name is a
    source of its own. A report that names its reporter counts as that reporter's, wherever it is printed.
    Documents in `duplicates` are left out.
    """
    days: dict[tuple[str, str, dt.date], list[IssuePosition]] = {}
    for row in positions:
        if row.party is not None and row.as_of_to is not None and row.document_id not in duplicates:
            days.setdefault((row.party, row.issue_id, row.as_of_to), []).append(row)
    return [_day(*key, rows, sources) for key, rows in sorted(days.items(), key=lambda item: item[0])]


def changes(days: Sequence[StanceDay]) -> list[Change]:
    """The changes that a timeline carries, by party, issue and day.

    A day whose own evidence is thin or divided neither makes a change nor hides one.
    """
    last: dict[tuple[str, str], StanceDay] = {}
    found = []
    for day in sorted(days, key=lambda d: (d.party, d.issue_id, d.day)):
        if not day.is_carried:
            continue
        key = (day.party, day.issue_id)
        before = last.get(key)
        if before is not None and before.stance != day.stance:
            found.append(Change(day.party, day.issue_id, before, day))
        last[key] = day
    return found


def _day(
    party: str, issue_id: str, day: dt.date, rows: Sequence[IssuePosition], sources: Mapping[str, str]
) -> StanceDay:
    """Weigh one day's rows: per stance and source the heaviest row counts, and no other."""
    best: dict[tuple[Stance, str], tuple[float, IssuePosition]] = {}
    for row in rows:
        own = row.basis == "own"
        # The party's own words are one source, however many print them.
        source = (
            f"own {row.actor_name}"
            if own
            else row.reported_by or sources.get(row.document_id, row.document_id)
        )
        weight = row.confidence * (OWN_WEIGHT if own else REPORTED_WEIGHT)
        known = best.get((row.stance, source))
        if known is None or (weight, row.position_id) > (known[0], known[1].position_id):
            best[row.stance, source] = (weight, row)
    weights: dict[Stance, float] = {}
    for (stance, _), (weight, _) in best.items():
        weights[stance] = weights.get(stance, 0.0) + weight
    ranked = sorted(weights, key=lambda s: (-weights[s], _ORDER[s]))
    first = ranked[0]
    shown = [item for (stance, _), item in best.items() if stance == first]
    return StanceDay(
        party=party,
        issue_id=issue_id,
        day=day,
        stance=first,
        weight=round(weights[first], 3),
        against=round(weights[ranked[1]], 3) if len(ranked) > 1 else 0.0,
        n_sources=len(shown),
        best=max(shown, key=lambda item: (item[1].basis == "own", item[0], item[1].position_id))[1],
    )
