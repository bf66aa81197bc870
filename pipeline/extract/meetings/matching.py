"""Whether evidence belongs to an occasion: what speaks against it, and how much speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.dates.calendar import width
from pipeline.extract.meetings.occasions import (
    UNHELD,
    Elected,
    Evidence,
    Occasion,
    Person,
    days_between,
    is_proper,
    overlap,
)
from pipeline.extract.meetings.places import Spot, different_places, same_place
from pipeline.model import DateRange

NEWS_DAYS = 10
"""What a page tells without a day took place at most so long before its report."""
_PLAN_DAYS = 21  # an unheld meeting of the same people that is told again within this time is the same plan
_SERIES_DAYS = 30  # reports of one round of a series lie no further apart
_RECALL_DAYS = 60  # beyond it, equal place and parties alone say nothing
NARROW_DAYS = 3
_WEEK_DAYS = 7
_MONTH_DAYS = 31
_TWO = 2
_THRESHOLD = 4.5


@dataclass(frozen=True, slots=True)
class Fit:
    """How well evidence fits an occasion, and the name of the strongest reason."""

    score: float
    reason: str


class Matcher:
    """Decides whether evidence belongs to an occasion."""

    def __init__(self, blocs: frozenset[str], european: frozenset[str]) -> None:
        self._blocs = blocs
        self._european = european
        self._overlaps: dict[tuple[frozenset[str], frozenset[str]], float] = {}
        self._compared: dict[tuple[Spot, Spot], tuple[bool, bool]] = {}

    def fit(self, occasion: Occasion, evidence: Evidence) -> Fit | None:
        """How well `evidence` fits, or None if something speaks against it or too little for it.

        What is cheap to see and refuses most goes first: many are compared, few fit.
        """
        known, people = occasion.elected, evidence.people
        shares = self._overlaps.get((evidence.parties, known.sides))
        if shares is None:
            shares = self._parties(known, evidence)
        if shares == 0.0 and (evidence.parties or people):
            return None
        if known.grade.clashes(evidence.grade):
            return None
        spot, days, readings = evidence.spot, occasion.days, evidence.readings
        placed = apart = False
        if known.spot is not None and spot is not None:
            placed, apart = self._places(known.spot, spot)
            if apart and known.spot.country != spot.country:
                return None
        if known.form != evidence.form and _forms_clash(known, evidence):
            return None
        dates = _agree(days, readings) if readings else None
        if dates is None and not _possible(occasion, days, evidence):
            return None
        if dates is None and _going_on(days, evidence):
            dates = True
        if not dates and _untimed(occasion, evidence):
            return None  # the same people may meet in the same place in any year
        named = occasion.people
        sides = {p[1] or p[0] for p in people if p in named} if people else set()
        near = _days_apart(occasion, evidence)
        numbered = shares > 1.0 and near <= _SERIES_DAYS and _same_round(known, evidence)
        if not dates and not placed and len(sides) < 2 and not numbered:
            return None  # parties alone are no occasion
        if _beside(known, evidence) or _joint_call(known, evidence):
            return None
        off = occasion.last_status in {"cancelled", "ruled_out"} and evidence.status in {
            "scheduled",
            "proposed",
        }
        if evidence.grade.another and (off or (known.held and evidence.status in UNHELD)) and not dates:
            return None  # "the next round will be in Oslo": not the one that was held there, or called off
        if evidence.status == "cancelled" and known.held and not (placed and dates):
            return None  # what was called off is not what the same people held
        if apart and not self._one_state(occasion, evidence, sides):
            return None
        unheld = not known.held and evidence.status in UNHELD
        if dates is False and days is not None and sides and self._same_city(known, evidence):
            # Talks of the same people in the same city that run over midnight, or into a second day.
            dates = None if any(days_between(days, r) <= 1 for r in readings) else False
        if near > _RECALL_DAYS and not (dates and _looks_back(evidence)):
            return None  # months later the same people may have met there again
        later = placed and len(evidence.parties) == 1 and near <= 1  # "he would arrive a week later"
        if dates is False and not (unheld and sides and (len(sides) >= 2 or later) and near <= _PLAN_DAYS):
            return None
        if dates is False and days is not None and not near and _far(days, readings):
            return None  # a plan is moved by a later report; reports of one day tell of two plans
        if (not (placed and dates) or _other_host(known, evidence)) and self._people_clash(known, evidence):
            return None
        score, reason = 0.0, "same_participants"
        if placed:
            score, reason = 3.0, "same_place_and_participants"
        if dates:
            narrow = (
                days is not None
                and width(days) <= NARROW_DAYS
                and any(width(r) <= NARROW_DAYS for r in readings)
            )
            score += 3.0 if narrow else 2.0
            reason = "same_place_and_date" if placed else "same_participants_and_date"
        if len(sides) >= 2:
            score += 4.0
        elif sides:
            score += 1.5
        score += shares
        if numbered:
            score += 3.0  # "the third round" of the same two, told weeks before or after
        if unheld and len(sides) >= 2 and near <= _PLAN_DAYS:
            score += 2.0
            reason = reason if placed or dates else "same_people_and_plan"
        elif unheld and placed and near <= _PLAN_DAYS:
            score += 1.0
        elif placed and shares >= 1.0 and _came_true(occasion, evidence):
            score += 1.0
            reason = "plan_came_true"
        elif (
            placed
            and shares >= 1.0
            and not dates
            and near <= NARROW_DAYS
            and self._same_city(known, evidence)
        ):
            score += 0.5  # "US, Chilean and EU officials are meeting in Lima": the talks there of these days
        if (
            not dates
            and not placed
            and evidence.document_id not in occasion.documents
            and near > NARROW_DAYS
            and not unheld
        ):
            score -= 3.0
        return Fit(score, reason) if score >= _THRESHOLD else None

    def is_european(self, party: str) -> bool:
        """Whether the party is Europe, or part of it."""
        return party in {"EUROPE", "EU"} or party in self._european

    def same_plan(
        self, occasion: Occasion, evidence: Evidence, *, within: bool = False, due: bool = False
    ) -> bool:
        """Whether evidence without place and date may tell more of an occasion that both sides share.

        `within` if the occasion may have more sides than the evidence; `due` if what was planned for the day
        of the evidence may be told by it as held.
        """
        known = occasion.elected
        if _forms_clash(known, evidence) or self._people_clash(known, evidence):
            return False
        if known.grade.clashes(evidence.grade) or known.grade.round != evidence.grade.round:
            return False
        if _beside(known, evidence) or _joint_call(known, evidence):
            return False
        took_place = evidence.status not in UNHELD
        came_true = due and took_place and occasion.last_status == "scheduled"
        if occasion.held != took_place and not came_true:
            return False
        mine, theirs = set(evidence.parties), set(occasion.main_parties())
        unnamed = {p.name for p in evidence.people if p.party is None}
        if not unnamed <= known.names:
            return False
        spot = known.spot
        if spot is not None and spot.country not in mine and len(mine) > 1:
            theirs.discard(spot.country or "")  # "A minister opened the session": whose guests met there
        alike = self._covered(mine, theirs) == len(mine)
        alike = alike and (within or self._covered(theirs, mine) == len(theirs))
        return alike and len(mine) + len(unnamed) >= 2

    def same_on_page(self, occasion: Occasion, other: Occasion) -> bool:
        """Whether two occasions of one article are one: nothing that it tells sets them apart.

        The sides of one are among the other's, and either the place is the same or two sides are shared; what
        one leaves open the other may tell. An occasion told as another one (`renewed`) stays by itself.
        """
        evidence, known = other.summary(), occasion.elected
        if occasion.renewed or other.renewed or _forms_clash(known, evidence):
            return False
        if known.grade.clashes(evidence.grade) or _beside(known, evidence):
            return False
        if "phone" in {occasion.form, other.form} or self._people_clash(known, evidence):
            return False
        if different_places(occasion.spot, other.spot) or occasion.took_place != other.took_place:
            return False
        if occasion.held != other.held or _days_apart(occasion, evidence) > NARROW_DAYS:
            return False
        days = occasion.days
        if _agree(days, evidence.readings) is False or not _possible(occasion, days, evidence):
            return False
        if _another_elsewhere(occasion, other):
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
        camps = _has_camp(evidence.people) and _has_camp(known.people)
        described = not all(is_proper(p.name) for p in (*evidence.people, *known.people) if p.party is None)
        agreed = _agree(days, evidence.readings)
        if camps and mine == theirs and len(mine) == 1 and (agreed or (agreed is None and described)):
            return True  # two camps of one state that the page names in several ways, on one day
        if min(len(mine), len(theirs)) == 1:
            if mine != theirs and _stateless(evidence.people) ^ _stateless(known.people):
                return False  # "met the minister, and the rebels": each is a meeting of two
            # One side is told to be there, or to go to where the other side is at home.
            return same_place(occasion.spot, other.spot) or bool(host & (mine ^ theirs))
        return a == len(mine) and b == len(theirs)

    def _places(self, known: Spot, told: Spot) -> tuple[bool, bool]:
        """Whether two places may be one, and whether they cannot; each pair is compared once."""
        found = self._compared.get((known, told))
        if found is None:
            found = same_place(known, told), different_places(known, told)
            self._compared[known, told] = found
        return found

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
            and any(r == days or (overlap(r, days) and width(r) == 0) for r in evidence.readings)
        )

    @staticmethod
    def _same_city(known: Elected, evidence: Evidence) -> bool:
        spot = known.spot
        return spot is not None and spot == evidence.spot and not spot.is_country

    def _parties(self, known: Elected, evidence: Evidence) -> float:
        """1.5 for the same two or more parties, 0.5 if one side's are among the other's, 0 if they differ.

        Where one names no parties, 0.5 if they share a person. What is said of parties alone is remembered.
        """
        mine, theirs = evidence.parties, known.sides
        if not mine or not theirs:
            names = known.names
            return 0.5 if any(p.name in names for p in evidence.people) else 0.0
        alike = self._overlaps[mine, theirs] = self._parties_alike(mine, theirs)
        return alike

    def _parties_alike(self, mine: frozenset[str], theirs: frozenset[str]) -> float:
        if mine == theirs:
            return 1.5 if len(mine) >= 2 else 0.5
        a, b = self._covered(mine, theirs), self._covered(theirs, mine)
        if a == len(mine) or b == len(theirs):
            return 1.0 if min(a, b) >= 2 else 0.5
        return 0.5 if min(a, b) >= 2 else 0.0

    def _covered(self, inner: AbstractSet[str], outer: AbstractSet[str]) -> int:
        count = 0
        for party in inner:
            if (
                party in outer
                or (party in {"EUROPE", "EU"} and outer & (self._european | {"EUROPE"}))
                or (party in self._european and outer & {"EUROPE", "EU"})
            ):
                count += 1
        return count

    @staticmethod
    def _people_clash(known: Elected, evidence: Evidence) -> bool:
        """Whether both name people of a party, and nobody of it is the same.

        Or the one names two, of whom one acts for nobody known ("Roe of an agency also met Lind"), and the
        other both sides without that one.
        """
        theirs = known.names_by_party
        strangers = [
            n for n, party in evidence.people if party is None and is_proper(n) and n not in known.names
        ]
        if len(strangers) == 1 and len(evidence.people) == _TWO and len(theirs) >= _TWO:
            return True
        strange = [
            party for name, party in evidence.people
            if party in theirs and name not in theirs[party] and (party is not None or is_proper(name))
        ]  # fmt: skip
        if not strange:
            return False
        met = {party for name, party in evidence.people if name in theirs.get(party, ())}
        return any(party not in met for party in strange)


def _other_host(known: Elected, evidence: Evidence) -> bool:
    """One guest on one day in one city, whom several receive: each of them is a meeting of its own.

    So both name the guest and one host each, who are two; where more are named they may all be at one table.
    """
    theirs = known.names_by_party
    names = [name for name, party in evidence.people if party is not None]
    return (
        len(names) == 2 and len(theirs) == 2 and all(len(own) == 1 for own in theirs.values())
        and sum(any(name in own for own in theirs.values()) for name in names) == 1
    )  # fmt: skip


def _same_round(known: Elected, evidence: Evidence) -> bool:
    """Whether both tell of the round of the same number; a first one may be of any series."""
    number = evidence.grade.round
    return number is not None and number > 1 and number == known.grade.round


def _beside(known: Elected, evidence: Evidence) -> bool:
    """Whether one is a contact of two beside the other, which others were at, or delegations."""
    if evidence.grade.beside == known.grade.beside:
        return False
    names = {p.name for p in evidence.people}
    return not names or known.sides != evidence.parties or names != {p.name for p in known.people}


def _joint_call(known: Elected, evidence: Evidence) -> bool:
    """A call of two named people beside a joint one of three or more: who rings several rings each, too."""
    if "phone" not in {known.form, evidence.form}:
        return False
    told = len(evidence.people), len(known.people)
    return min(told) == 2 and max(told) > 2 and len(evidence.parties) != len(known.sides)


def _stateless(people: Iterable[Person]) -> set[str]:
    """Names of those who act for no state."""
    return {p.name for p in people if p.party is None}


def _has_camp(people: Iterable[Person]) -> bool:
    """Whether somebody of no party takes part: of an opposition, of rebels."""
    return bool(_stateless(people))


def _agree(days: DateRange | None, readings: Sequence[DateRange]) -> bool | None:
    """True if a reading agrees with the days, False if none does, None if one side names no date."""
    if days is None or not readings:
        return None
    first, last = days.first, days.last
    for reading in readings:  # noqa: SIM110  (asked of every two that are compared: `any` takes twice as long)
        if first <= reading.last and reading.first <= last:
            return True
    return False


def _looks_back(evidence: Evidence) -> bool:
    """Whether it names a day or month, or a time that was over: not "their third summit this year"."""
    told = evidence.reported
    return any(
        width(r) <= _MONTH_DAYS or (told is not None and r.last < told.first) for r in evidence.readings
    )


def _another_elsewhere(one: Occasion, other: Occasion) -> bool:
    """Whether one was long before the report, and the other is told with its place alone, as news are."""
    for dated, news in ((one, other), (other, one)):
        days, told = dated.days, news.reported_first
        if days is not None and told is not None and dated.spot is None and news.spot is not None:
            return news.days is None and (told - days.last).days > NEWS_DAYS
    return False


def _far(days: DateRange, readings: Sequence[DateRange]) -> bool:
    """Whether every reading lies more than a week from the days."""
    return all(days_between(days, reading) > _WEEK_DAYS for reading in readings)


def _forms_clash(known: Elected, evidence: Evidence) -> bool:
    a, b = known.form, evidence.form
    if a == b:
        return False
    if a != "unknown" and b != "unknown":
        return True
    return (a == "phone" or b == "phone") and (evidence.spot is not None or known.spot is not None)


def _going_on(days: DateRange | None, evidence: Evidence) -> bool:
    """What goes on while it is reported is of the days of the report."""
    when = evidence.reported
    if days is None or when is None or evidence.status != "ongoing" or evidence.readings:
        return False
    return max(width(days), width(when)) <= NARROW_DAYS and overlap(days, when)


def _came_true(occasion: Occasion, evidence: Evidence) -> bool:
    """A meeting announced for a day, and one there that is told as held, undated, within a week of it."""
    days, when = occasion.days, evidence.reported
    if occasion.held or days is None or when is None or evidence.readings or evidence.status != "held":
        return False
    return width(days) <= NARROW_DAYS and 0 <= (when.last - days.first).days <= _WEEK_DAYS


def _days_apart(occasion: Occasion, evidence: Evidence) -> int:
    """Days between the report and the occasion's other reports; 0 if either is undated."""
    when = evidence.reported
    first, last = occasion.reported_first, occasion.reported_last
    if when is None or first is None or last is None:
        return 0
    if when.first > last:
        return (when.first - last).days
    return (first - when.last).days if first > when.last else 0


def _untimed(occasion: Occasion, evidence: Evidence) -> bool:
    """Whether two documents tell of them of which one is undated, so that nothing puts them near in time."""
    told = evidence.reported is not None and occasion.reported_first is not None
    return not told and evidence.document_id not in occasion.documents


def _possible(occasion: Occasion, days: DateRange | None, evidence: Evidence) -> bool:
    """A held meeting lies before its report, a planned one after it."""
    when = evidence.reported
    if when is None:
        return True
    if days is not None:
        if evidence.readings:
            return True
        if evidence.status in {"held", "ongoing"}:
            return days.first <= when.last
        return evidence.status not in {"scheduled", "proposed"} or days.last >= when.first
    if evidence.readings and occasion.reported_last is not None:
        first = evidence.readings[0]
        if occasion.held and first.first > occasion.reported_last:
            return False
        if not occasion.held and occasion.reported_first is not None and first.last < occasion.reported_first:
            return False
    return True
