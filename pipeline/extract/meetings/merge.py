"""Merging the documents' occasions into meetings: conservative, with a recorded reason, order-independent.

Documents are taken in order of publication. What a document holds to be one occasion stays one; it joins a
known meeting only if place, date, people and parties fit (`matching.Matcher`), since two merged meetings are
worse than one counted twice. Dates and places are votes; a mention that names none is given the meeting's.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pipeline.domain import DomainPack
from pipeline.extract.meetings.cues import load_cues
from pipeline.extract.meetings.evidence import Evidences
from pipeline.extract.meetings.identities import Identities
from pipeline.extract.meetings.labels import label_of
from pipeline.extract.meetings.matching import Matcher
from pipeline.extract.meetings.occasions import Evidence, Occasion, alone
from pipeline.extract.meetings.places import World, world_of
from pipeline.extract.meetings.register import Register
from pipeline.heap import uncollected
from pipeline.ids import digest_id
from pipeline.model import (
    Actor,
    DateBasis,
    DateRange,
    Meeting,
    MeetingMention,
    MeetingParticipant,
    MeetingStatus,
    Page,
)

if TYPE_CHECKING:
    from pipeline.guard import Guard

R = TypeVar("R")

# Reasons of `merge_rule` that tie a mention to its occasion within the document.
_REFERENCES = ("reference_by_place", "reference_by_context", "reference_to_plan", "participants_by_context")
# Which status stands if several are told on the day of the last report.
_PRECEDENCE: tuple[MeetingStatus, ...] = ("cancelled", "ruled_out", "scheduled", "proposed")


@dataclass(frozen=True, slots=True)
class Merged:
    """Mentions with their final `meeting_id`, the meetings, and who took part."""

    mentions: tuple[MeetingMention, ...]
    meetings: tuple[Meeting, ...]
    participants: tuple[MeetingParticipant, ...]


def merge_meetings(
    mentions: Sequence[MeetingMention], pages: Sequence[Page], pack: DomainPack, guard: Guard | None = None
) -> Merged:
    """Merge mentions over documents; the result does not depend on the order of the arguments.

    Args:
        mentions: as `extract_meeting_mentions` gives them; `meeting_id` names the document's occasion.
        pages: the pages they come from (for publishers and days of report).
        pack: for places and states.
        guard: takes out and records what a document tells of an occasion if an error stops it; without one
            the error is raised.
    """
    documents = [page.document for page in pages]
    reports = {
        d.document_id: Report(d.published_from, d.source_file, d.publisher, d.duplicate_of) for d in documents
    }
    with uncollected():
        return Merger(reports, pack, guard).merge(mentions)


class Report(NamedTuple):
    """What merging reads of a document."""

    published_from: dt.date | None
    source_file: str
    publisher: str | None
    duplicate_of: str | None


class Merger:
    """Ties what documents tell to occasions, one by one in order, and writes the rows of these."""

    def __init__(self, reports: Mapping[str, Report], pack: DomainPack, guard: Guard | None = None) -> None:
        """Nothing is tied yet.

        Args:
            reports: the documents; mentions of others come last, and count for no publisher.
            pack: for places and states.
            guard: see `merge_meetings`.
        """
        self._guard = guard
        cues = load_cues(pack.reference)
        self._world = world_of(pack)
        self._family_first = cues.data.family_first_states
        self._reports = reports
        self._register = Register(Matcher(cues.data.blocs, cues.data.european_parties))
        self._evidences = Evidences(pack)

    @property
    def occasions(self) -> Sequence[Occasion]:
        """All occasions so far, by number."""
        return self._register.occasions

    def merge(self, mentions: Sequence[MeetingMention]) -> Merged:
        """All mentions, in whatever order they come."""
        groups: dict[tuple[str, str | None], list[MeetingMention]] = defaultdict(list)
        for mention in mentions:
            groups[mention.document_id, mention.meeting_id].append(mention)
        for group in groups.values():
            group.sort(key=lambda m: (m.char_start, m.char_end, m.mention_id))
        members: dict[int, list[MeetingMention]] = defaultdict(list)
        joined: dict[int, str] = {}
        read = [
            (group, told)
            for group in sorted(groups.values(), key=self._order)
            if (told := self._attempt(group, partial(self._read, group))) is not None
        ]
        known = Identities((evidence for _, told in read for evidence in told), self.original)
        for group, told in read:
            placed = self._attempt(group, partial(self.tied, [known.of(evidence) for evidence in told]))
            if placed is None:
                continue
            occasion, reason = placed
            if reason != "new":
                joined.update((id(mention), reason) for mention in group)
            members[occasion.number].extend(group)
        written = []
        for occasion in self._register.occasions:
            own = sorted(members[occasion.number], key=self.mention_order)
            rows = self._attempt(own, partial(self.rows, occasion, own, joined)) if own else None
            if rows is not None:
                written.append(rows)
        return self.together(written)

    def together(self, each: Sequence[Merged]) -> Merged:
        """Rows of several meetings, in order."""
        mentions = [m for rows in each for m in rows.mentions]
        meetings = [m for rows in each for m in rows.meetings]
        participants = [p for rows in each for p in rows.participants]
        return Merged(
            tuple(sorted(mentions, key=self.mention_order)),
            tuple(sorted(meetings, key=lambda m: (m.date_from or dt.date.max, m.label, m.meeting_id))),
            tuple(sorted(participants, key=lambda p: (p.meeting_id, p.party or "~", p.name))),
        )

    def _attempt(self, group: Sequence[MeetingMention], read: Callable[[], R]) -> R | None:
        """What `read` gives for mentions of one occasion; None, and a record of it, if it fails."""
        return read() if self._guard is None else self._guard.attempt(group[0].document_id, "meetings", read)

    def _read(self, group: Sequence[MeetingMention]) -> list[Evidence]:
        return [self._evidences.of(mention) for mention in group]

    def tied(self, told: Sequence[Evidence]) -> tuple[Occasion, str]:
        """The meeting that a document's occasion is, with the votes of its mentions, and why."""
        document_id = told[0].document_id
        original = self.original(document_id)
        if original != document_id:
            told = [each._replace(document_id=original) for each in told]
        occasion, reason = self._register.find(_summary(told))
        self._register.extend(occasion, *told)
        return occasion, reason

    def original(self, document_id: str) -> str:
        """The document, or the one that it is a copy of: what both tell is told by one page."""
        report = self._reports.get(document_id)
        return document_id if report is None else report.duplicate_of or document_id

    def rows(self, occasion: Occasion, own: Sequence[MeetingMention], joined: Mapping[int, str]) -> Merged:
        """The rows of one meeting.

        Args:
            occasion: with all its votes.
            own: its mentions, in their order (`mention_order`).
            joined: why a mention was tied to what other documents told before it, by the mention's `id`.
        """
        meeting_id = digest_id("mt", _anchor(own).mention_id)
        filled = tuple(self._filled(m, occasion, meeting_id, joined.get(id(m))) for m in own)
        people = _participants(meeting_id, occasion, filled, self._world)
        return Merged(filled, (self._meeting(meeting_id, occasion, filled),), tuple(people))

    def _document_key(self, document_id: str) -> tuple[dt.date, str, str]:
        report = self._reports.get(document_id)
        if report is None:
            return dt.date.max, "", document_id
        return report.published_from or dt.date.max, report.source_file, document_id

    def _order(self, group: Sequence[MeetingMention]) -> tuple[dt.date, str, str, int, str]:
        first = group[0]
        return (*self._document_key(first.document_id), first.char_start, first.mention_id)

    def mention_order(self, mention: MeetingMention) -> tuple[dt.date, dt.date, str, str, int, str]:
        """What the mentions of a meeting are sorted by."""
        return (
            mention.reported_on or dt.date.max, *self._document_key(mention.document_id),
            mention.char_start, mention.mention_id,
        )  # fmt: skip

    def _filled(
        self, mention: MeetingMention, occasion: Occasion, meeting_id: str, joined: str | None
    ) -> MeetingMention:
        """The mention with the meeting's place and date where it names none itself."""
        days = occasion.days
        changes: dict[str, object] = {"meeting_id": meeting_id}
        if joined is not None and not (mention.merge_rule or "").startswith("reference"):
            changes["merge_rule"] = joined
        if mention.place is None and occasion.spot is not None:
            changes["place"] = occasion.spot.name
        own = self._evidences.readings(mention)
        if own:
            fitting = [r for r in own if days is not None and r.first <= days.last and days.first <= r.last]
            chosen = (fitting or list(own))[0]
            if days is not None and chosen.first <= days.first and days.last <= chosen.last:
                chosen = days
            changes["date_from"], changes["date_to"] = chosen.first, chosen.last
        elif days is not None:
            changes["date_from"], changes["date_to"] = days.first, days.last
            changes["date_basis"] = "inferred"
        made = replace(mention, **changes)  # type: ignore[arg-type]
        reported, first = made.reported_on, made.date_from
        if made.status == "held" and reported is not None and first is not None and first > reported:
            # A date that the report cannot know of a held meeting is not this mention's.
            return replace(made, date_from=None, date_to=None, date_text=None, date_basis="unknown")
        return made

    def _meeting(self, meeting_id: str, occasion: Occasion, mentions: Sequence[MeetingMention]) -> Meeting:
        days = occasion.days
        spot = occasion.spot
        reported = [m.reported_on for m in mentions if m.reported_on is not None]
        publishers = {
            d.publisher or d.source_file
            for m in mentions
            if (d := self._reports.get(m.document_id)) is not None
        }
        status = _latest_status(mentions, days)
        basis: DateBasis = "unknown"
        if days is not None:
            named = Counter(m.date_basis for m in mentions if m.date_basis in {"explicit", "relative"})
            basis = "explicit" if named["explicit"] else "relative"
        else:
            news = _told_as_news(mentions)
            days, basis = (None, "unknown") if news is None else news
        best = max(m.confidence for m in mentions)
        return Meeting(
            meeting_id=meeting_id,
            label=label_of(occasion, self._world, self._family_first),
            form=occasion.form,
            status=status,
            date_from=days.first if days else None,
            date_to=days.last if days else None,
            date_basis=basis,
            place=spot.name if spot else None,
            country=spot.country if spot else None,
            parties=tuple(sorted(occasion.main_parties())),
            n_mentions=len(mentions),
            n_publishers=len(publishers),
            first_reported=min(reported, default=None),
            last_reported=max(reported, default=None),
            # Independent mentions make an occasion surer than its surest mention.
            confidence=round(min(0.95, best + 0.05 * min(4, len(mentions) - 1)), 3),
        )


def _summary(told: Sequence[Evidence]) -> Evidence:
    """One piece of evidence for all that a document says of an occasion."""
    if len(told) == 1:
        return alone(told[0])
    votes = Occasion(-1)
    for evidence in told:
        votes.add(evidence)
    return votes.summary()


def _anchor(mentions: Sequence[MeetingMention]) -> MeetingMention:
    """The mention whose identity names the meeting: the earliest that is no reference."""
    return next((m for m in mentions if m.merge_rule not in _REFERENCES), mentions[0])


def _told_as_news(mentions: Sequence[MeetingMention]) -> tuple[DateRange, DateBasis] | None:
    """The days of the first report that dates what a mention tells undated, as news, and how they are known.

    They are the report's own, or begin with what the page tells first of its story: then they are inferred.
    """
    dated: list[tuple[DateRange, DateBasis]] = [
        (DateRange(m.date_from, m.date_to), m.date_basis)
        for m in mentions
        if m.date_basis in {"document", "inferred"} and m.date_from is not None and m.date_to is not None
    ]
    return min(dated, key=lambda each: (each[0].first, each[0].last), default=None)


def _latest_status(mentions: Sequence[MeetingMention], days: DateRange | None) -> MeetingStatus:
    """Latest known status: what was held stays held; else the last report's, the gravest first."""
    told = [(m.reported_on or dt.date.min, m.status) for m in mentions]
    last = max(day for day, _ in told)
    happened = [(day, s) for day, s in told if s in {"held", "ongoing"}]
    if happened and (days is None or days.first <= last or last == dt.date.min):
        latest = max(day for day, _ in happened)
        on_day = {s for day, s in happened if day == latest}
        over = days is not None and days.last < last
        return "ongoing" if on_day == {"ongoing"} and latest == last and not over else "held"
    final = [s for day, s in told if day == last and s in _PRECEDENCE] or [
        s for _, s in told if s in _PRECEDENCE
    ]
    if not final:
        return "held"
    counts = Counter(final)
    return min(counts, key=lambda s: (-counts[s], _PRECEDENCE.index(s)))


def _participants(
    meeting_id: str, occasion: Occasion, mentions: Sequence[MeetingMention], world: World
) -> list[MeetingParticipant]:
    actors: dict[str, Actor] = {}
    governments: dict[str, Actor] = {}
    for mention in mentions:
        for actor in mention.participant_actors:
            actors.setdefault(actor.name, actor)
            if actor.party is not None and actor.kind == "government":
                governments.setdefault(actor.party, actor)
    # Pages that do not tell whom somebody acts for are no other person's.
    people: dict[str, str | None] = {}
    for person in occasion.main_people():
        people[person.name] = people.get(person.name) or person.party
    rows = []
    for name, acts_for in people.items():
        known = actors.get(name)
        rows.append(MeetingParticipant(meeting_id, known.entity_id if known else None, name, acts_for))
    covered = set(people.values())
    for party in occasion.main_parties():
        if party not in covered:
            state = governments.get(party)
            name = state.name if state is not None else world.party_name(party)
            rows.append(
                MeetingParticipant(meeting_id, state.entity_id if state is not None else None, name, party)
            )
    return rows
