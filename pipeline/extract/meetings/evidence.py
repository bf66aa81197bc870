"""What a mention says of its meeting, as merging compares it: it hangs on the mention alone, and is kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from pipeline.dates.calendar import width
from pipeline.dates.expressions import find_dates, is_anaphoric, is_anchored
from pipeline.domain import DomainPack
from pipeline.extract.meetings.cues import load_cues
from pipeline.extract.meetings.durations import LONGEST, from_first_to_last, tells_duration
from pipeline.extract.meetings.grades import GradeReader
from pipeline.extract.meetings.occasions import JOURNEY_RULES, Evidence, Grade, Person, sides_of
from pipeline.extract.meetings.places import Spot, world_of
from pipeline.model import DateRange, MeetingMention


class Evidences:
    """Reads evidence off mentions; what many have is made once: one object is quick to compare."""

    def __init__(self, pack: DomainPack) -> None:
        self._world = world_of(pack)
        self._grades = GradeReader(load_cues(pack.reference).data)
        self._spots: dict[str, Spot] = {}
        self._days: dict[dt.date, DateRange] = {}
        self._read: dict[tuple[str, dt.date | None], tuple[DateRange, ...]] = {}
        self._readings: dict[tuple[object, ...], tuple[DateRange, ...]] = {}

    def of(self, mention: MeetingMention) -> Evidence:
        """What the mention says."""
        parties = {a.name: a.party for a in mention.participant_actors}
        reported = mention.reported_on
        return Evidence(
            people=frozenset([self._person(n, parties.get(n)) for n in mention.participants]),
            parties=sides_of(mention.parties),
            spot=self._spot(mention.place) if mention.place is not None else None,
            form=mention.form,
            readings=self.readings(mention),
            status=mention.status,
            reported=self._day(reported) if reported is not None else None,
            document_id=mention.document_id,
            grade=self._grades.of_mention(mention),
            journey=mention.rule in JOURNEY_RULES,
            whole=self._whole(mention),
        )

    def _person(self, name: str, party: str | None) -> Person:
        return Person((self._world.movement_in(name) if party is None else None) or name, party)

    def _spot(self, place: str) -> Spot:
        spot = self._spots.get(place)
        if spot is None:
            spot = self._spots[place] = self._world.spot_of_row(place)
        return spot

    def _day(self, day: dt.date) -> DateRange:
        days = self._days.get(day)
        if days is None:
            days = self._days[day] = DateRange(day, day)
        return days

    def readings(self, mention: MeetingMention) -> tuple[DateRange, ...]:
        """The mention's own date with its other readings; nothing if the date was only inferred."""
        if (
            mention.date_from is None
            or mention.date_to is None
            or mention.date_basis not in {"explicit", "relative"}
        ):
            return ()
        day = mention.reported_on
        planned = mention.status in {"scheduled", "proposed"} and day is not None and mention.date_from >= day
        over = mention.status == "held" and day is not None and mention.date_from <= day
        told = mention.date_from, mention.date_to, mention.date_text, day, planned, over
        readings = self._readings.get(told)
        if readings is None:
            chosen = DateRange(mention.date_from, mention.date_to)
            others = () if mention.date_text is None else self._all_readings(mention.date_text, told[3])
            if planned and day is not None:
                # of what "will be on Wednesday" the Wednesday before is no reading, and of what will be "by
                # May" the day of the report is none
                cut = chosen.last if chosen.first == day + dt.timedelta(days=1) else None
                others = tuple(r for r in others if r.last >= day and r.last != cut)
            if over and day is not None:
                others = tuple(r for r in others if r.first <= day)
            readings = self._readings[told] = tuple(dict.fromkeys([chosen, *others]))
        return readings

    def _whole(self, mention: MeetingMention) -> bool:
        """Whether it took all days of the mention's range: its words name them, or one end and how long."""
        readings, text = self.readings(mention), mention.date_text
        if not readings or text is None or not 0 < width(readings[0]) < LONGEST:
            return False
        return from_first_to_last(text) or (
            tells_duration(mention.evidence) and any(width(r) == 0 for r in readings[1:])
        )

    def _all_readings(self, text: str, reported: dt.date | None) -> tuple[DateRange, ...]:
        """The days that the words may mean in a report of that day; none if they count from another day."""
        anchor = self._day(reported) if reported is not None and is_anchored(text) else None
        key = text, anchor.first if anchor is not None else None
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = tuple(
                r
                for e in (() if is_anaphoric(text) else find_dates(text, anchor))
                for r in ([e.days] if e.days is not None else []) + list(e.alternatives)
            )
        return found


def encode_evidence(evidence: Evidence) -> str:
    """All of it but the document, as JSON: the same for all mentions that say the same."""
    reported = evidence.reported
    return json.dumps(
        [
            sorted(evidence.people, key=lambda p: (p.name, p.party or "")),
            sorted(evidence.parties),
            evidence.spot,
            evidence.form,
            [[r.first.toordinal(), r.last.toordinal()] for r in evidence.readings],
            evidence.status,
            None if reported is None else [reported.first.toordinal(), reported.last.toordinal()],
            evidence.grade,
            evidence.journey,
            evidence.whole,
        ],
        separators=(",", ":"),
    )


class KnownEvidence:
    """The inverse of `encode_evidence`: what many mentions say is read once."""

    def __init__(self) -> None:
        self._known: dict[str, Evidence] = {}
        self._days: dict[tuple[int, int], DateRange] = {}
        self._spots: dict[tuple[Any, ...], Spot] = {}

    def of(self, told: str, document_id: str) -> Evidence:
        """What the words say in that document."""
        known = self._known.get(told)
        if known is None:
            known = self._known[told] = self._read(told)
        return known._replace(document_id=document_id)

    def _read(self, told: str) -> Evidence:
        people, parties, spot, form, readings, status, reported, grade, journey, whole = json.loads(told)
        return Evidence(
            people=frozenset([Person(*each) for each in people]),
            parties=sides_of(tuple(parties)),
            spot=None if spot is None else self._spots.setdefault(tuple(spot), Spot(*spot)),
            form=form,
            readings=tuple([self._range(each) for each in readings]),
            status=status,
            reported=None if reported is None else self._range(reported),
            document_id="",
            grade=Grade(*grade),
            journey=journey,
            whole=whole,
        )

    def _range(self, days: Sequence[int]) -> DateRange:
        first, last = days
        known = self._days.get((first, last))
        if known is None:
            known = DateRange(dt.date.fromordinal(first), dt.date.fromordinal(last))
            self._days[first, last] = known
        return known
