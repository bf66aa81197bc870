"""Occasions: what is known of one meeting from all its mentions, by counters.

Nothing is overwritten: each field keeps a counter of what the mentions say, and a reading of it is a vote.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from pipeline.dates.calendar import width
from pipeline.extract.meetings.places import Spot
from pipeline.model import DateRange, MeetingForm, MeetingStatus

UNHELD: frozenset[MeetingStatus] = frozenset({"scheduled", "proposed", "cancelled", "ruled_out"})
JOURNEY_RULES = frozenset({"verb_visit", "verb_travel", "verb_send", "verb_stay", "noun_travel"})
"""Rules that read who goes where, not the contact that follows."""
Edge = Literal["first", "last"]
"""Which day of a meeting that lasts several is told."""
T = TypeVar("T")

_OF_CONTACT = 2
"""Votes of a dated contact where those who travel to it have one."""
_VOTES = 64
"""Different tellings of the date that are counted, the commonest first: bounds the work of a vote."""


class Person(NamedTuple):
    """A participant who is named; a movement that is no state's counts as one."""

    name: str
    party: str | None


class Grade(NamedTuple):
    """The level at which people meet ("leaders", "ministers") and the number of the round; None if untold.

    `another` if the words tell of one more than those before ("the next round"); `beside` if they tell of a
    contact beside another one ("alone on the margins", "conferred in private").
    """

    level: str | None
    round: int | None
    another: bool = False
    beside: bool = False

    @property
    def is_told(self) -> bool:
        """Whether a level or a round is told at all; without either nothing clashes."""
        return self.level is not None or self.round is not None

    def clashes(self, other: Grade) -> bool:
        """Whether both tell a level, or a round, and not the same."""
        return (self.level is not None and other.level is not None and self.level != other.level) or (
            self.round is not None and other.round is not None and self.round != other.round
        )


UNGRADED = Grade(None, None)


class Evidence(NamedTuple):
    """What one mention, or one document's occasion, says of a meeting.

    `readings` are the days it may mean, best first; empty if it names none. `reported` is when it was told.
    `journey` if they are the days on which somebody travels there; `whole` if it took all days of the first.
    """

    people: frozenset[Person]
    parties: frozenset[str]
    spot: Spot | None
    form: MeetingForm
    readings: tuple[DateRange, ...]
    status: MeetingStatus
    reported: DateRange | None
    document_id: str
    grade: Grade = UNGRADED
    journey: bool = False
    whole: bool = False


class Elected(NamedTuple):
    """What the votes for an occasion come to, but for its days."""

    spot: Spot | None
    form: MeetingForm
    held: bool
    people: tuple[Person, ...]
    parties: tuple[str, ...]
    sides: frozenset[str]
    """`parties` as a set."""
    names: frozenset[str]
    """Names of everybody whom any mention names."""
    names_by_party: Mapping[str | None, frozenset[str]]
    """Of `people`, the names that each party has there; without mere descriptions of those of no party."""
    n_people: int
    """How many different people the mentions name: they only become more."""
    grade: Grade
    """Level and round that most of those mentions name which name one."""


def alone(evidence: Evidence) -> Evidence:
    """What an occasion comes to of which nothing else is known: its `Occasion.summary`, without votes."""
    readings, whole = evidence.readings, evidence.whole and bool(evidence.readings)
    if len(readings) > 1:
        votes = Counter([readings])
        days = _in_full(vote_days(votes), Counter(readings[:1] if whole else ()))
        whole = whole and days == readings[0]
        readings = tuple(dict.fromkeys([*([days] if days is not None else []), *common_readings(votes)]))
    journey = evidence.journey and bool(readings)
    same = readings is evidence.readings and (journey, whole) == (evidence.journey, evidence.whole)
    if same and evidence.status != "ongoing":
        return evidence
    status = "held" if evidence.status == "ongoing" else evidence.status
    return evidence._replace(readings=readings, status=status, journey=journey, whole=whole)


@dataclass(slots=True)
class Occasion:
    """Votes of all mentions of one meeting.

    What they come to is counted again only after a vote was added, since an occasion that many mentions tell
    of is looked at for every one of them.
    """

    number: int
    people: Counter[Person] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    wholes: Counter[DateRange] = field(default_factory=Counter)  # days that it took from first to last
    spots: Counter[Spot] = field(default_factory=Counter)
    forms: Counter[MeetingForm] = field(default_factory=Counter)
    dates: Counter[tuple[DateRange, ...]] = field(default_factory=Counter)
    journeys: Counter[tuple[DateRange, ...]] = field(default_factory=Counter)  # days that journeys to it name
    statuses: Counter[MeetingStatus] = field(default_factory=Counter)
    last_status: MeetingStatus | None = None
    documents: set[str] = field(default_factory=set)
    reported_first: dt.date | None = None
    reported_last: dt.date | None = None
    over_by: dt.date | None = None  # first report that tells it as held
    levels: Counter[str] = field(default_factory=Counter)
    rounds: Counter[int] = field(default_factory=Counter)
    another: int = 0  # mentions that tell of it as one more than those before
    beside: int = 0  # mentions that tell of it as a contact beside another one
    renewed: bool = False  # told as another one: "the next round", "a second meeting"
    _days: DateRange | None = None
    _stale: bool = False
    _elected: Elected | None = None
    _counted: bool = False

    def add(self, evidence: Evidence) -> None:
        """Count what one mention, or one document, says."""
        _count(self.people, evidence.people)
        _count(self.parties, evidence.parties)
        if evidence.spot is not None:
            self.spots[evidence.spot] += 1
        self.forms[evidence.form] += 1
        if evidence.readings:
            (self.journeys if evidence.journey else self.dates)[evidence.readings] += 1
            if evidence.whole:
                self.wholes[evidence.readings[0]] += 1
            self._stale = True
        when = evidence.reported
        self.statuses[evidence.status] += 1
        self.last_status = evidence.status
        if (
            when is not None
            and evidence.status == "held"
            and (self.over_by is None or when.last < self.over_by)
        ):
            self.over_by = when.last
        level, number, another, beside = evidence.grade
        self.another += another
        self.beside += beside
        if level is not None:
            self.levels[level] += 1
        if number is not None:
            self.rounds[number] += 1
        self._counted = False
        self.documents.add(evidence.document_id)
        if when is not None:
            if self.reported_first is None or when.first < self.reported_first:
                self.reported_first = when.first
            if self.reported_last is None or when.last > self.reported_last:
                self.reported_last = when.last

    def lasted(self, days: DateRange) -> None:
        """Count that it took all of these days."""
        self.wholes[days] += 1
        self._stale = True

    def absorb(self, other: Occasion) -> None:
        """Take over all votes of another occasion that proved to be the same."""
        self.people.update(other.people)
        self.parties.update(other.parties)
        self.spots.update(other.spots)
        self.forms.update(other.forms)
        self.dates.update(other.dates)
        self.journeys.update(other.journeys)
        self.wholes.update(other.wholes)
        self.statuses.update(other.statuses)
        self.levels.update(other.levels)
        self.rounds.update(other.rounds)
        self.another += other.another
        self.beside += other.beside
        self.last_status = other.last_status or self.last_status
        self._counted = False
        self.renewed = self.renewed or other.renewed
        self.documents |= other.documents
        self._stale = True
        self.over_by = min((d for d in (self.over_by, other.over_by) if d is not None), default=None)
        firsts = [d for d in (self.reported_first, other.reported_first) if d is not None]
        lasts = [d for d in (self.reported_last, other.reported_last) if d is not None]
        self.reported_first, self.reported_last = min(firsts, default=None), max(lasts, default=None)

    def summary(self) -> Evidence:
        """The occasion as one piece of evidence."""
        days, known = self.days, self.elected
        first, last = self.reported_first, self.reported_last
        return Evidence(
            people=frozenset(known.people),
            parties=known.sides,
            spot=known.spot,
            form=known.form,
            readings=() if days is None else tuple(dict.fromkeys([days, *common_readings(self._dated)])),
            status="held" if known.held or self.last_status is None else self.last_status,
            reported=DateRange(first, last) if first is not None and last is not None else None,
            document_id=min(self.documents),
            grade=known.grade,
            journey=not self.dates and bool(self.journeys),
            whole=days is not None and days in self.wholes,
        )

    @property
    def _dated(self) -> Counter[tuple[DateRange, ...]]:
        """Votes for the days: "flew to Quito on Sunday and met him there on Monday" is for Monday."""
        if not self.journeys:
            return self.dates
        votes = Counter({told: count * _OF_CONTACT for told, count in self.dates.items()})
        votes.update(self.journeys)
        return votes

    @property
    def days(self) -> DateRange | None:
        """The days that most mentions allow; see `vote_days`.

        A call planned for "the coming days" that was over on the first of them was on that one.
        """
        if self._stale:
            self._days = _in_full(vote_days(self._dated), self.wholes)
            self._stale = False
        days, over = self._days, self.over_by
        if days is None or over is None or self.form != "phone" or not days.first <= over < days.last:
            return days
        if self.statuses.total() == 1:
            return days  # the one that dates it is the one that tells it as over
        return DateRange(days.first, over)

    @property
    def elected(self) -> Elected:
        """What the votes come to; see the properties that read it."""
        known = self._elected
        if known is None or not self._counted:
            known = self._elected = self._elect(known)
            self._counted = True
        return known

    def _elect(self, before: Elected | None) -> Elected:
        """Count the votes; what is as `before` stays the same object, which is quick to compare with."""
        people, parties = _main_people(self.people), _main_parties(self.parties)
        statuses = self.statuses
        took_place = statuses.get("held", 0) + statuses.get("ongoing", 0)
        same_people = before is not None and before.people == people
        return Elected(
            spot=best_spot(self.spots),
            form=_main_form(self.forms),
            held=took_place > 0 and took_place * 2 >= statuses.total(),
            people=before.people if before is not None and same_people else people,
            parties=parties,
            sides=sides_of(parties),
            names=(
                before.names
                if before is not None and before.n_people == len(self.people)
                else frozenset([p.name for p in self.people])
            ),
            names_by_party=(
                before.names_by_party if before is not None and same_people else _by_party(people)
            ),
            n_people=len(self.people),
            grade=Grade(
                _majority(self.levels),
                _majority(self.rounds),
                self.another * 2 > statuses.total(),
                self.beside > 0,
            ),
        )

    @property
    def spot(self) -> Spot | None:
        """The place named most; a city beats the state around it."""
        return self.elected.spot

    @property
    def form(self) -> MeetingForm:
        """The form named most, `unknown` only if none is."""
        return self.elected.form

    @property
    def held(self) -> bool:
        """Whether at least half of the mentions tell it as held or going on."""
        return self.elected.held

    @property
    def took_place(self) -> bool:
        """Whether any mention tells it as held or going on."""
        return self.statuses["held"] + self.statuses["ongoing"] > 0

    @property
    def called_off(self) -> bool:
        """Whether any mention tells it as cancelled."""
        return self.statuses["cancelled"] > 0

    def main_people(self) -> list[Person]:
        """People whom more than a third as many mentions name as the one named most."""
        return list(self.elected.people)

    def main_parties(self) -> list[str]:
        """Parties that at least a third as many mentions name as the one named most."""
        return list(self.elected.parties)

    def of_two(self) -> bool:
        """Whether at least two sides are known: parties, or named ones who act for none of them."""
        alone = [p for p in self.elected.people if p.party is None]
        return len(self.elected.parties) + len(alone) >= 2

    def told_parties(self, european: frozenset[str]) -> list[str]:
        """`main_parties` as a reference gives them: "Europeans" stand for their unnamed states."""
        parties = self.main_parties()
        if "EUROPE" not in parties:
            return parties
        named = {p.party for p in self.main_people()}
        return [p for p in parties if p not in european or p in named]


@lru_cache(maxsize=65536)
def sides_of(parties: tuple[str, ...]) -> frozenset[str]:
    """The parties as a set, the same object for the same ones: it is looked up by very often."""
    return _one_set(frozenset(parties))


@lru_cache(maxsize=65536)
def _one_set(sides: frozenset[str]) -> frozenset[str]:
    return sides


def _count(votes: Counter[T], told: Iterable[T]) -> None:
    """Add one vote for each; as `Counter.update`, without its costs for a handful of values."""
    for value in told:
        votes[value] = votes.get(value, 0) + 1


def _main_people(people: Counter[Person]) -> tuple[Person, ...]:
    if not people:
        return ()
    top = max(people.values())
    return tuple(
        sorted([p for p, n in people.items() if n * 3 > top], key=lambda p: (-people[p], p[0], p[1] or ""))
    )


def _main_parties(parties: Counter[str]) -> tuple[str, ...]:
    if not parties:
        return ()
    top = max(parties.values())
    return tuple(sorted([p for p, n in parties.items() if n * 3 >= top], key=lambda p: (-parties[p], p)))


def _main_form(forms: Counter[MeetingForm]) -> MeetingForm:
    known = [f for f in forms if f != "unknown"]
    if len(known) < 2:
        return known[0] if known else "unknown"
    return min(known, key=lambda f: (-forms[f], f))


def _majority(votes: Counter[T]) -> T | None:
    """What more than half of the votes are for."""
    if not votes:
        return None
    first, count = votes.most_common(1)[0]
    return first if count * 2 > votes.total() else None


def is_proper(name: str) -> bool:
    """Whether it is a name; "Congolese rebels" and "rival leaders" describe who may be named elsewhere."""
    return name[name.rfind(" ") + 1 :][:1].isupper()


def _by_party(people: Iterable[Person]) -> dict[str | None, frozenset[str]]:
    names: dict[str | None, list[str]] = {}
    for name, party in people:
        if party is not None or is_proper(name):
            names.setdefault(party, []).append(name)
    return {party: frozenset(own) for party, own in names.items()}


def best_spot(spots: Counter[Spot]) -> Spot | None:
    """The place named most; a city beats the state around it."""
    if not spots:
        return None
    if len(spots) == 1:
        return next(iter(spots))
    cities = {s: n for s, n in spots.items() if not s.is_country}
    pool = cities or dict(spots)
    return min(pool, key=lambda s: (-pool[s], s.name))


def common_readings(dates: Counter[tuple[DateRange, ...]]) -> list[DateRange]:
    """Readings that every dated mention keeps open."""
    if len(dates) == 1:
        (only,) = dates
        if len(only) == 1:
            return list(only)
    common: set[DateRange] | None = None
    for readings in dates:
        common = set(readings) if common is None else common & set(readings)
    return sorted(common or (), key=lambda r: (r.first, r.last))


def vote_days(dates: Counter[tuple[DateRange, ...]]) -> DateRange | None:
    """The reading that most mentions share; ties go to the narrowest, then the earliest."""
    if len(dates) > _VOTES:
        ranked = sorted(dates, key=lambda told: (-dates[told], [(r.first, r.last) for r in told]))
        dates = Counter({told: dates[told] for told in ranked[:_VOTES]})
    options = {r for readings in dates for r in readings}
    if len(options) == 1:
        return options.pop()
    best: tuple[float, int, dt.date] | None = None
    chosen: DateRange | None = None
    for option in options:
        support = 0.0
        for readings, count in dates.items():
            for rank, reading in enumerate(readings):
                if overlap(option, reading):
                    # A wide range must not win by touching everything; a second reading counts less.
                    common = min(option.last, reading.last) - max(option.first, reading.first)
                    share = (common.days + 1) / (width(option) + 1)
                    support += count * share * (1.0 if rank == 0 else 0.6)
                    break
        key = (-support, (option.last - option.first).days, option.first)
        if best is None or key < best:
            best, chosen = key, option
    return chosen


def _in_full(days: DateRange | None, wholes: Counter[DateRange]) -> DateRange | None:
    """All days of the meeting where its mentions tell them: most mentions name but one of them."""
    around = {w: n for w, n in wholes.items() if days is not None and overlap(w, days)}
    if not around:
        return days
    return min(around, key=lambda w: (-around[w], width(w), w.first))


def overlap(a: DateRange, b: DateRange) -> bool:
    """Whether two ranges share a day."""
    return a.first <= b.last and b.first <= a.last


def days_between(a: DateRange, b: DateRange) -> int:
    """Days between two ranges, 0 if they meet."""
    return max(0, (b.first - a.last).days, (a.first - b.last).days)
