"""Who is who over documents: whom one page names by surname alone, or for no side, others name in full.

What a page tells of a person stands in its own rows as it is. Only where meetings of several documents are
compared does it count that others, published near in time, say for whom the same person acts.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from pipeline.extract.meetings.occasions import Evidence, Person, is_proper, sides_of
from pipeline.model import DateRange
from pipeline.text import fold

_NEAR: Final = dt.timedelta(days=60)
"""Time within which other documents tell of the same person in the same office."""
_SHARE: Final = 0.75
"""Share of the documents that give a person a side, which have to give the same."""
_OUTVOTED: Final = 3
"""Documents that have to agree before what a single one says counts as a mistake."""


@dataclass(slots=True)
class _Told:
    """What documents tell of one full name: each document's side once, and when they were published."""

    seen: set[tuple[str, str | None]] = field(default_factory=set)
    sides: Counter[str] = field(default_factory=Counter)
    first: dt.date | None = None
    last: dt.date | None = None

    def add(self, document_id: str, party: str | None, reported: DateRange) -> None:
        self.first = reported.first if self.first is None else min(self.first, reported.first)
        self.last = reported.last if self.last is None else max(self.last, reported.last)
        if (document_id, party) not in self.seen:
            self.seen.add((document_id, party))
            if party is not None:
                self.sides[party] += 1

    def is_near(self, reported: DateRange) -> bool:
        """Whether documents of about that time name the person."""
        if self.first is None or self.last is None:
            return False
        return reported.first - _NEAR <= self.last and self.first <= reported.last + _NEAR

    @property
    def side(self) -> str | None:
        """The side that nearly all documents that give one agree on."""
        if not self.sides:
            return None
        party, n = min(self.sides.items(), key=lambda each: (-each[1], each[0]))
        return party if n >= _SHARE * self.sides.total() else None


class Identities:
    """What all documents together tell of the people who meet; it does not depend on their order."""

    def __init__(self, told: Iterable[Evidence], original: Callable[[str], str]) -> None:
        """Count what is told; undated documents tell nothing, since nothing puts them near in time.

        Args:
            told: what the mentions of all documents say.
            original: the document that one is a copy of, or itself: both are one voice.
        """
        self._full: dict[str, _Told] = defaultdict(_Told)
        for evidence in told:
            if evidence.reported is None:
                continue
            for name, party in evidence.people:
                if " " in name and is_proper(name):
                    self._full[name].add(original(evidence.document_id), party, evidence.reported)
        self._by_surname: dict[str, list[str]] = defaultdict(list)
        for name in self._full:
            self._by_surname[fold(name).split()[-1]].append(name)

    def of(self, evidence: Evidence) -> Evidence:
        """The evidence with people as most documents name them, and their sides; itself if none changes."""
        reported = evidence.reported
        if reported is None or not evidence.people:
            return evidence
        people = {person: self._person(person, reported) for person in evidence.people}
        if all(old == new for old, new in people.items()):
            return evidence
        after = frozenset(people.values())
        kept = {new.party for new in after}
        lost = {old.party for old, new in people.items() if old.party != new.party} - kept
        parties = (evidence.parties - lost) | {p.party for p in after if p.party is not None}
        return evidence._replace(people=after, parties=sides_of(tuple(sorted(parties))))

    def _person(self, person: Person, reported: DateRange) -> Person:
        name = person.name
        if " " not in name:
            bearers = [n for n in self._by_surname.get(fold(name), ()) if self._full[n].is_near(reported)]
            if len(bearers) != 1:
                return person
            (name,) = bearers
        told = self._full.get(name)
        side = told.side if told is not None and told.is_near(reported) else None
        if told is None or side is None:
            return Person(name, person.party)
        outvoted = told.sides[side] >= _OUTVOTED and told.sides.get(person.party or "", 0) <= 1
        return Person(name, side if person.party is None or outvoted else person.party)
