"""The occasions found so far, and the few of them that new evidence is compared with.

Evidence fits an occasion only if they share two people of two sides, the place, or the days (see `matching`).
So it looks only where one of these leads, joined with a second thing that must agree, too: the days with a
person, two parties or the place; the place with a person or the parties. Such keys lead to few occasions,
however many a corpus holds, and those of the same days are found however many came since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from pipeline.extract.meetings.matching import Matcher
from pipeline.extract.meetings.occasions import Evidence, Occasion, Person
from pipeline.extract.meetings.places import Spot
from pipeline.model import DateRange
from pipeline.text import fold

Key = tuple[str | int, ...]
Keyed = tuple[frozenset[Person], frozenset[str], Spot | None, tuple[DateRange, ...], int | None]
"""What keys are made of: people, parties, place, the days that may be meant, and the number of the round."""

_RECENT_PER_KEY = 20
"""Occasions of one key that evidence is compared with, the latest told: bounds the work for each."""
_MOST_ON_PAGE = 40
"""Occasions of an article that are compared with each other."""
_WEEK = 7
_MOST_WEEKS = 9
"""Weeks that a range of days may touch to be looked up by each; a wider one is looked up as wide."""
_WIDE, _DATED = -1, -2
_MOST_PEOPLE = 12
_MOST_SIDES = 6
"""People and parties of one piece of evidence that make keys."""
_EUROPE = "Europe"


class Register:
    """Occasions found so far, with keys that lead new evidence to the few it must be compared with."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.occasions: list[Occasion] = []
        self._by_key: dict[Key, tuple[int, ...]] = {}
        self._kept: dict[int, tuple[Keyed, list[Key]]] = {}
        self._side_keys: dict[frozenset[str], tuple[list[str], list[tuple[str, str]]]] = {}

    def place(self, evidence: Evidence) -> tuple[Occasion, str]:
        """Find or make the occasion of the evidence, and add the evidence to it."""
        occasion, reason = self.find(evidence)
        self.extend(occasion, evidence)
        return occasion, reason

    def find(self, evidence: Evidence) -> tuple[Occasion, str]:
        """The occasion that the evidence belongs to, made (empty) if there is none, and the reason."""
        best: tuple[float, int] | None = None
        chosen, reason = None, "new"
        for number in self._near(evidence):
            occasion = self.occasions[number]
            fit = self._matcher.fit(occasion, evidence)
            if fit is not None and (best is None or (-fit.score, -number) < best):
                best, chosen, reason = (-fit.score, -number), occasion, fit.reason
        if chosen is None:
            chosen = Occasion(len(self.occasions))
            self.occasions.append(chosen)
        return chosen, reason

    def consolidate(self) -> dict[int, tuple[Occasion, str]]:
        """Unite occasions that fit each other once all their mentions are known.

        Returns number -> (occasion it went into, reason) for those that were united.
        """
        moved: dict[int, tuple[Occasion, str]] = {}
        for occasion in self.occasions:
            if occasion.renewed:
                continue
            summary = occasion.summary()
            best: tuple[float, int] | None = None
            chosen, reason = None, ""
            for number in self._near(summary):
                if number >= occasion.number or number in moved:
                    continue
                other = self.occasions[number]
                fit = self._matcher.fit(other, summary)
                if fit is not None and (best is None or (-fit.score, number) < best):
                    best, chosen, reason = (-fit.score, number), other, fit.reason
            if chosen is not None:
                chosen.absorb(occasion)
                moved[occasion.number] = (chosen, reason)
        return moved

    def unite_on_page(self, gone: Iterable[int], *, feed: bool) -> dict[int, tuple[Occasion, str]]:
        """Unite each occasion of an article with the one other that it may be; where several fit, none.

        A live feed tells of many: there the city must be the same. `gone` are numbers that went into others
        before. Returns number -> (occasion, reason).
        """
        out = set(gone)
        kept = [o for o in self.occasions if o.number not in out and o.documents][:_MOST_ON_PAGE]
        fitting = {o.number: [p for p in kept if p is not o and self._fits(p, o, feed)] for o in kept}
        moved: dict[int, tuple[Occasion, str]] = {}
        for occasion in kept:
            options = fitting[occasion.number]
            if len(options) != 1 or occasion.number in moved or options[0].number in moved:
                continue
            other = options[0]
            if len(fitting[other.number]) != 1:
                continue
            into, gone_in = (other, occasion) if _better_told(other, occasion) else (occasion, other)
            if self._fits(into, gone_in, feed):
                into.absorb(gone_in)
                moved[gone_in.number] = (into, "same_on_page")
        return moved

    def _fits(self, occasion: Occasion, other: Occasion, feed: bool) -> bool:
        spot = occasion.spot
        if feed and (spot is None or spot.is_country or spot != other.spot):
            return False
        return self._matcher.same_on_page(occasion, other)

    def extend(self, occasion: Occasion, *told: Evidence) -> None:
        """Add evidence to an occasion and keep the keys up to date."""
        for evidence in told:
            occasion.add(evidence)
        number = occasion.number
        by_key = self._by_key
        for key in self._kept_under(occasion, told):
            known = by_key.get(key)
            if known is None:
                by_key[key] = (number,)
            elif known[-1] != number:
                if number in known:
                    at = known.index(number)
                    known = known[:at] + known[at + 1 :]
                by_key[key] = (*known[1 - _RECENT_PER_KEY :], number)

    def _kept_under(self, occasion: Occasion, told: Sequence[Evidence]) -> Iterable[Key]:
        """Keys of what was told, each once; what is told like the time before has the keys of that time."""
        joined = [_joined(occasion, evidence) for evidence in told]
        if len(joined) > 1:
            joined = list(dict.fromkeys(joined))
        made: list[list[Key]] = []
        for each in joined:
            last = self._kept.get(occasion.number)
            if last is None or last[0] != each:
                last = self._kept[occasion.number] = each, self._keys(*each, leading=False)
            made.append(last[1])
        return made[0] if len(made) == 1 else dict.fromkeys(chain.from_iterable(made))

    def _near(self, evidence: Evidence) -> set[int]:
        """Numbers of the occasions that the evidence may belong to."""
        found: set[int] = set()
        by_key = self._by_key
        for key in self._keys(*_keyed(evidence), leading=True):
            if key in by_key:
                found.update(by_key[key])
        return found

    def _keys(
        self,
        told: frozenset[Person],
        parties: frozenset[str],
        spot: Spot | None,
        readings: tuple[DateRange, ...],
        in_series: int | None,
        *,
        leading: bool,
    ) -> list[Key]:
        """Keys under which an occasion is kept, or those that lead (`leading`) from evidence to occasions."""
        keys: list[Key] = []
        names = [name for name, _ in told]
        if len(names) > 1:
            people = sorted([(name, party or name) for name, party in told])[:_MOST_PEOPLE]
            names = [name for name, _ in people]
            keys = [("people", a, b) for (a, side), (b, other) in combinations(people, 2) if side != other]
        sides, pairs = self._sides(parties)
        weeks = _weeks(readings, leading=leading)
        for week in weeks:
            keys += [("day", name, week) for name in names]
            keys += [("day", a, b, week) for a, b in pairs]
        if in_series is not None:
            keys += [("round", in_series, a, b) for a, b in pairs]
        if spot is None:
            return keys
        for place in _places(spot, leading=leading):
            keys += [("there", place, week) for week in weeks]
            keys += [("at", place, name) for name in names]
            keys += [("at", place, a, b) for a, b in pairs]
            keys += _party_keys(place, sides, several=len(parties) > 1, leading=leading)
        return keys

    def _sides(self, parties: frozenset[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """Parties as keys, and by two; Europe, of which all Europeans are part, is one of them and first."""
        found = self._side_keys.get(parties)
        if found is None:
            told = sorted(parties)
            europe = [_EUROPE] if any(self._matcher.is_european(p) for p in told) else []
            sides = [*europe, *told[:_MOST_SIDES]]
            found = self._side_keys[parties] = sides, list(combinations(sides, 2))
        return found


def _keyed(evidence: Evidence) -> Keyed:
    return evidence.people, evidence.parties, evidence.spot, evidence.readings, evidence.grade.round


def _joined(occasion: Occasion, evidence: Evidence) -> Keyed:
    """The evidence with what other mentions tell: two of them may name two people, or place and day."""
    elected, days = occasion.elected, occasion.days
    return (
        evidence.people.union(elected.people),
        evidence.parties if evidence.parties == elected.sides else evidence.parties | elected.sides,
        evidence.spot or elected.spot,
        evidence.readings or (() if days is None else (days,)),
        evidence.grade.round if evidence.grade.round is not None else elected.grade.round,
    )


def _party_keys(place: str, sides: Iterable[str], *, several: bool, leading: bool) -> Iterator[Key]:
    """One party leads to all occasions of the place with it, several to those that are told with one."""
    for side in sides:
        if leading:
            yield "with one" if several else "with", place, side
        else:
            yield "with", place, side
            if not several:
                yield "with one", place, side


def _places(spot: Spot, *, leading: bool) -> Iterator[str]:
    """A place as a key: a city leads to what is told of it or of its state, a state to all in it."""
    code = spot.country
    if code is None:
        yield fold(spot.name)
    elif leading:
        yield from [f"in {code}"] if spot.is_country else [fold(spot.name), f"state {code}"]
    else:
        yield f"in {code}"
        yield f"state {code}" if spot.is_country else fold(spot.name)


def _weeks(readings: Iterable[DateRange], *, leading: bool) -> list[int]:
    """Weeks of the days as keys; a range too wide for that leads to all that is dated."""
    weeks: set[int] = set()
    for days in readings:
        first, last = days.first.toordinal() // _WEEK, days.last.toordinal() // _WEEK
        if last - first < _MOST_WEEKS:
            weeks.update(range(first, last + 1))
            weeks.add(_WIDE if leading else _DATED)
        else:
            weeks.update((_DATED,) if leading else (_WIDE, _DATED))
    return sorted(weeks)


def _better_told(a: Occasion, b: Occasion) -> bool:
    """Whether the first occasion is told more often, or earlier."""
    return (sum(a.forms.values()), -a.number) > (sum(b.forms.values()), -b.number)
