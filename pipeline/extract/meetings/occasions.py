"""Occasions: what is known of one meeting from all its mentions, by counters, and whether evidence fits it.

Nothing is overwritten: each field keeps a counter of what the mentions say, and a reading of it is a vote.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.dates.calendar import width
from pipeline.extract.meetings.places import Spot, different_places, same_place
from pipeline.model import DateRange, MeetingForm, MeetingStatus

UNHELD: frozenset[MeetingStatus] = frozenset({"scheduled", "proposed", "cancelled", "ruled_out"})
_PLAN_DAYS = 21  # an unheld meeting of the same people that is told again within this time is the same plan
_RECALL_DAYS = 60  # beyond it, equal place and parties alone say nothing
_NARROW_DAYS = 3
_WEEK_DAYS = 7
_MONTH_DAYS = 31
_THRESHOLD = 4.5
_RECENT_PER_KEY = 40  # occasions of one key that new evidence is compared with: keeps long feeds linear


@dataclass(frozen=True, slots=True)
class Person:
    """A participant who is named; a movement that is no state's counts as one."""

    name: str
    party: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one mention, or one document's occasion, says of a meeting.

    `readings` are the days it may mean, best first; empty if it names none. `reported` is when it was told.
    """

    people: frozenset[Person]
    parties: frozenset[str]
    spot: Spot | None
    form: MeetingForm
    readings: tuple[DateRange, ...]
    status: MeetingStatus
    reported: DateRange | None
    document_id: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How well evidence fits an occasion, and the name of the strongest reason."""

    score: float
    reason: str


@dataclass(slots=True)
class Occasion:
    """Votes of all mentions of one meeting."""

    number: int
    people: Counter[Person] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    spots: Counter[Spot] = field(default_factory=Counter)
    forms: Counter[MeetingForm] = field(default_factory=Counter)
    dates: Counter[tuple[DateRange, ...]] = field(default_factory=Counter)
    statuses: list[tuple[dt.date | None, MeetingStatus]] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    reported_first: dt.date | None = None
    reported_last: dt.date | None = None
    renewed: bool = False  # told as another one: "the next round", "a second meeting"
    _days: DateRange | None = None
    _stale: bool = False

    def add(self, evidence: Evidence) -> None:
        self.people.update(evidence.people)
        self.parties.update(evidence.parties)
        if evidence.spot is not None:
            self.spots[evidence.spot] += 1
        self.forms[evidence.form] += 1
        if evidence.readings:
            self.dates[evidence.readings] += 1
            self._stale = True
        when = evidence.reported
        self.statuses.append((when.last if when else None, evidence.status))
        self.documents.add(evidence.document_id)
        if when is not None:
            self.reported_first = min(self.reported_first or when.first, when.first)
            self.reported_last = max(self.reported_last or when.last, when.last)

    def absorb(self, other: Occasion) -> None:
        """Take over all votes of another occasion that proved to be the same."""
        self.people.update(other.people)
        self.parties.update(other.parties)
        self.spots.update(other.spots)
        self.forms.update(other.forms)
        self.dates.update(other.dates)
        self.statuses.extend(other.statuses)
        self.renewed = self.renewed or other.renewed
        self.documents |= other.documents
        self._stale = True
        firsts = [d for d in (self.reported_first, other.reported_first) if d is not None]
        lasts = [d for d in (self.reported_last, other.reported_last) if d is not None]
        self.reported_first, self.reported_last = min(firsts, default=None), max(lasts, default=None)

    def summary(self) -> Evidence:
        """The occasion as one piece of evidence."""
        days = self.days
        first, last = self.reported_first, self.reported_last
        return Evidence(
            people=frozenset(self.main_people()),
            parties=frozenset(self.main_parties()),
            spot=self.spot,
            form=self.form,
            readings=() if days is None else tuple(dict.fromkeys([days, *common_readings(self.dates)])),
            status="held" if self.held else self.statuses[-1][1],
            reported=DateRange(first, last) if first is not None and last is not None else None,
            document_id=min(self.documents),
        )

    @property
    def days(self) -> DateRange | None:
        """The days that most mentions allow; see `vote_days`."""
        if self._stale:
            self._days = vote_days(self.dates)
            self._stale = False
        return self._days

    @property
    def spot(self) -> Spot | None:
        """The place named most; a city beats the state around it."""
        return best_spot(self.spots)

    @property
    def form(self) -> MeetingForm:
        known = sorted((-n, f) for f, n in self.forms.items() if f != "unknown")
        return known[0][1] if known else "unknown"

    @property
    def held(self) -> bool:
        took_place = sum(status in {"held", "ongoing"} for _, status in self.statuses)
        return took_place * 2 >= len(self.statuses) > 0

    @property
    def took_place(self) -> bool:
        """Whether any mention tells it as held or going on."""
        return any(status in {"held", "ongoing"} for _, status in self.statuses)

    @property
    def called_off(self) -> bool:
        return any(status == "cancelled" for _, status in self.statuses)

    def main_people(self) -> list[Person]:
        """People whom more than a third as many mentions name as the one named most."""
        top = max(self.people.values(), default=0)
        return sorted(
            (p for p, n in self.people.items() if n * 3 > top), key=lambda p: (-self.people[p], p.name)
        )

    def main_parties(self) -> list[str]:
        """Parties that at least a third as many mentions name as the one named most."""
        top = max(self.parties.values(), default=0)
        return sorted(
            (p for p, n in self.parties.items() if n * 3 >= top), key=lambda p: (-self.parties[p], p)
        )

    def told_parties(self, european: frozenset[str]) -> list[str]:
        """`main_parties` as a reference gives them: "Europeans" stand for their unnamed states."""
        parties = self.main_parties()
        if "EUROPE" not in parties:
            return parties
        named = {p.party for p in self.main_people()}
        return [p for p in parties if p not in european or p in named]


def best_spot(spots: Counter[Spot]) -> Spot | None:
    """The place named most; a city beats the state around it."""
    if not spots:
        return None
    cities = {s: n for s, n in spots.items() if not s.is_country}
    pool = cities or dict(spots)
    return min(pool, key=lambda s: (-pool[s], s.name))


def common_readings(dates: Counter[tuple[DateRange, ...]]) -> list[DateRange]:
    """Readings that every dated mention keeps open."""
    common: set[DateRange] | None = None
    for readings in dates:
        common = set(readings) if common is None else common & set(readings)
    return sorted(common or (), key=lambda r: (r.first, r.last))


def vote_days(dates: Counter[tuple[DateRange, ...]]) -> DateRange | None:
    """The reading that most mentions share; ties go to the narrowest, then the earliest."""
    options = {r for readings in dates for r in readings}
    best: tuple[float, int, dt.date] | None = None
    chosen: DateRange | None = None
    for option in options:
        support = 0.0
        for readings, count in dates.items():
            for rank, reading in enumerate(readings):
                if _overlap(option, reading):
                    # A wide range must not win by touching everything; a second reading counts less.
                    common = min(option.last, reading.last) - max(option.first, reading.first)
                    share = (common.days + 1) / (width(option) + 1)
                    support += count * share * (1.0 if rank == 0 else 0.6)
                    break
        key = (-support, (option.last - option.first).days, option.first)
        if best is None or key < best:
            best, chosen = key, option
    return chosen


def _overlap(a: DateRange, b: DateRange) -> bool:
    return a.first <= b.last and b.first <= a.last


def _gap(a: DateRange, b: DateRange) -> int:
    """Days between two ranges, 0 if they meet."""
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


class Matcher:
    """Decides whether evidence belongs to an occasion."""

    def __init__(self, blocs: frozenset[str], european: frozenset[str]) -> None:
        self._blocs = blocs
        self._european = european

    def fit(self, occasion: Occasion, evidence: Evidence) -> Fit | None:
        """How well `evidence` fits, or None if something speaks against it or too little for it."""
        shared = [p for p in evidence.people if p in occasion.people]
        sides = {p.party or p.name for p in shared}
        if _forms_clash(occasion, evidence):
            return None
        if different_places(occasion.spot, evidence.spot) and not self._one_state(occasion, evidence, sides):
            return None
        unheld = evidence.status in UNHELD and not occasion.held
        days = occasion.days
        dates = self._dates(days, evidence)
        if dates is False and days is not None and shared and self._same_city(occasion, evidence):
            # Talks of the same people in the same city that run over midnight, or into a second day.
            dates = None if any(_gap(days, r) <= 1 for r in evidence.readings) else False
        near = _days_apart(occasion, evidence)
        if dates is False and not (unheld and len(sides) >= 2 and near <= _PLAN_DAYS):
            return None
        if dates is None and not _possible(occasion, days, evidence):
            return None
        placed = same_place(occasion.spot, evidence.spot)
        if self._people_clash(occasion, evidence) and not (placed and dates):
            return None
        overlap = self._parties(occasion, evidence)
        if overlap == 0.0 and (evidence.parties or evidence.people):
            return None
        score, reason = 0.0, "same_participants"
        if placed:
            score, reason = 3.0, "same_place_and_participants"
        if dates:
            narrow = (
                days is not None
                and width(days) <= _NARROW_DAYS
                and any(width(r) <= _NARROW_DAYS for r in evidence.readings)
            )
            score += 3.0 if narrow else 2.0
            reason = "same_place_and_date" if placed else "same_participants_and_date"
        if len(sides) >= 2:
            score += 4.0
        elif sides:
            score += 1.5
        score += overlap
        if unheld and len(sides) >= 2 and near <= _PLAN_DAYS:
            score += 2.0
            reason = reason if placed or dates else "same_people_and_plan"
        elif unheld and placed and near <= _PLAN_DAYS:
            score += 1.0
        elif placed and overlap >= 1.0 and _came_true(occasion, evidence):
            score += 1.0
            reason = "plan_came_true"
        if not dates and near > _RECALL_DAYS:
            score -= 2.5
        if (
            not dates
            and not placed
            and evidence.document_id not in occasion.documents
            and near > _NARROW_DAYS
            and not unheld
        ):
            score -= 3.0
        return Fit(score, reason) if score >= _THRESHOLD else None

    def same_plan(self, occasion: Occasion, evidence: Evidence) -> bool:
        """Whether evidence without place and date may tell more of an occasion that both sides share."""
        if _forms_clash(occasion, evidence) or self._people_clash(occasion, evidence):
            return False
        if occasion.held != (evidence.status not in UNHELD):
            return False
        mine, theirs = set(evidence.parties), set(occasion.main_parties())
        unnamed = {p.name for p in evidence.people if p.party is None}
        if not unnamed <= {p.name for p in occasion.people}:
            return False
        alike = self._covered(mine, theirs) == len(mine) and self._covered(theirs, mine) == len(theirs)
        return alike and len(mine) + len(unnamed) >= 2

    def same_on_page(self, occasion: Occasion, other: Occasion) -> bool:
        """Whether two occasions of one article are one: nothing that it tells sets them apart.

        The sides of one are among the other's, and either the place is the same or two sides are shared; what
        one leaves open the other may tell. An occasion told as another one (`renewed`) stays by itself.
        """
        evidence = other.summary()
        if occasion.renewed or other.renewed or _forms_clash(occasion, evidence):
            return False
        if "phone" in {occasion.form, other.form} or self._people_clash(occasion, evidence):
            return False
        if different_places(occasion.spot, other.spot) or occasion.took_place != other.took_place:
            return False
        if occasion.held != other.held or _days_apart(occasion, evidence) > _NARROW_DAYS:
            return False
        days = occasion.days
        if self._dates(days, evidence) is False or not _possible(occasion, days, evidence):
            return False
        mine, theirs = set(evidence.parties), set(occasion.main_parties())
        if not mine or not theirs:
            return False
        spot = occasion.spot or other.spot
        host = {spot.country} if spot is not None and spot.country is not None else set()
        a, b = self._covered(mine, theirs | host), self._covered(theirs, mine | host)
        if a < len(mine) and b < len(theirs):
            return False
        if not self._covered(mine, theirs):
            return False
        if min(len(mine), len(theirs)) == 1:
            # One side is told to be there, or to go to where the other side is at home.
            return same_place(occasion.spot, other.spot) or bool(host & (mine ^ theirs))
        return a == len(mine) and b == len(theirs)

    @staticmethod
    def _one_state(occasion: Occasion, evidence: Evidence, sides: set[str]) -> bool:
        """Two named people of two sides in one third state within a month: "Alaska" and "Anchorage"."""
        spot, days = occasion.spot, occasion.days
        if spot is None or evidence.spot is None or days is None or len(sides) < 2:
            return False
        return (
            spot.country is not None
            and spot.country == evidence.spot.country
            and width(days) <= _MONTH_DAYS
            and any(r == days or (_overlap(r, days) and width(r) == 0) for r in evidence.readings)
        )

    @staticmethod
    def _same_city(occasion: Occasion, evidence: Evidence) -> bool:
        spot = occasion.spot
        return spot is not None and spot == evidence.spot and not spot.is_country

    def _dates(self, days: DateRange | None, evidence: Evidence) -> bool | None:
        """True if a reading agrees, False if none does, None if one side names no date."""
        if days is None or not evidence.readings:
            return None
        return any(_overlap(days, r) for r in evidence.readings)

    def _parties(self, occasion: Occasion, evidence: Evidence) -> float:
        """1.5 for the same two or more parties, 0.5 if one side's are among the other's, 0 if they differ."""
        mine, theirs = set(evidence.parties), set(occasion.main_parties())
        if not mine or not theirs:
            return 0.5 if {p.name for p in evidence.people} & {p.name for p in occasion.people} else 0.0
        if mine == theirs:
            return 1.5 if len(mine) >= 2 else 0.5
        a, b = self._covered(mine, theirs), self._covered(theirs, mine)
        if a == len(mine) or b == len(theirs):
            return 1.0 if min(a, b) >= 2 else 0.5
        return 0.5 if min(a, b) >= 2 else 0.0

    def _covered(self, inner: set[str], outer: set[str]) -> int:
        count = 0
        for party in inner:
            if (
                party in outer
                or (party in {"EUROPE", "EU"} and outer & (self._european | {"EUROPE"}))
                or (party in self._european and outer & {"EUROPE", "EU"})
            ):
                count += 1
        return count

    def _people_clash(self, occasion: Occasion, evidence: Evidence) -> bool:
        """Whether both name people of a party, and nobody of it is the same."""
        mine: dict[str | None, set[str]] = defaultdict(set)
        theirs: dict[str | None, set[str]] = defaultdict(set)
        for person in evidence.people:
            mine[person.party].add(person.name)
        for person in occasion.main_people():
            theirs[person.party].add(person.name)
        return any(party in theirs and not names & theirs[party] for party, names in mine.items())


def _forms_clash(occasion: Occasion, evidence: Evidence) -> bool:
    a, b = occasion.form, evidence.form
    if a == b or "unknown" in {a, b}:
        return a != b and "phone" in {a, b} and (evidence.spot is not None or occasion.spot is not None)
    return True


def _came_true(occasion: Occasion, evidence: Evidence) -> bool:
    """A meeting announced for a day, and one there that is told as held, undated, within a week of it."""
    days, when = occasion.days, evidence.reported
    if occasion.held or days is None or when is None or evidence.readings or evidence.status != "held":
        return False
    return width(days) <= _NARROW_DAYS and 0 <= (when.last - days.first).days <= _WEEK_DAYS


def _days_apart(occasion: Occasion, evidence: Evidence) -> int:
    """Days between the report and the occasion's other reports; 0 if either is undated."""
    when = evidence.reported
    if when is None or occasion.reported_first is None or occasion.reported_last is None:
        return 0
    return max(0, (when.first - occasion.reported_last).days, (occasion.reported_first - when.last).days)


def _possible(occasion: Occasion, days: DateRange | None, evidence: Evidence) -> bool:
    """A held meeting lies before its report, a planned one after it."""
    when = evidence.reported
    if when is not None and days is not None and not evidence.readings:
        if evidence.status in {"held", "ongoing"} and days.first > when.last:
            return False
        if evidence.status in {"scheduled", "proposed"} and days.last < when.first:
            return False
    if days is None and evidence.readings and when is not None and occasion.reported_last is not None:
        first = evidence.readings[0]
        if occasion.held and first.first > occasion.reported_last:
            return False
        if not occasion.held and occasion.reported_first is not None and first.last < occasion.reported_first:
            return False
    return True


class Register:
    """Occasions found so far, with keys that lead new evidence to the few it must be compared with."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self.occasions: list[Occasion] = []
        self._by_key: dict[tuple[str, ...], deque[int]] = defaultdict(lambda: deque(maxlen=_RECENT_PER_KEY))

    def place(self, evidence: Evidence) -> tuple[Occasion, str]:
        """Find or make the occasion of the evidence, and add the evidence to it."""
        occasion, reason = self.find(evidence)
        self.extend(occasion, evidence)
        return occasion, reason

    def find(self, evidence: Evidence) -> tuple[Occasion, str]:
        """The occasion that the evidence belongs to, made (empty) if there is none, and the reason."""
        best: tuple[float, int] | None = None
        chosen, reason = None, "new"
        for number in sorted({n for key in _keys(evidence) for n in self._by_key.get(key, ())}):
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
            for number in sorted({n for key in _keys(summary) for n in self._by_key.get(key, ())}):
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
        kept = [o for o in self.occasions if o.number not in out and o.documents][:_RECENT_PER_KEY]
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

    def extend(self, occasion: Occasion, evidence: Evidence) -> None:
        """Add evidence to an occasion and keep the keys up to date."""
        occasion.add(evidence)
        for key in _keys(evidence):
            queue = self._by_key[key]
            if occasion.number in queue:
                queue.remove(occasion.number)
            queue.append(occasion.number)


def _better_told(a: Occasion, b: Occasion) -> bool:
    """Whether the first occasion is told more often, or earlier."""
    return (sum(a.forms.values()), -a.number) > (sum(b.forms.values()), -b.number)


def _keys(evidence: Evidence) -> Iterable[tuple[str, ...]]:
    for person in sorted(evidence.people, key=lambda p: p.name):
        yield ("person", person.name)
    if evidence.spot is not None:
        yield ("place", evidence.spot.name)
        if evidence.spot.country is not None:
            yield ("country", evidence.spot.country)
    parties: Sequence[str] = sorted(evidence.parties)
    for i, a in enumerate(parties[:6]):
        for b in parties[i + 1 : 6]:
            yield ("parties", a, b)
