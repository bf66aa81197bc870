"""From a line's candidates of one occasion to one row of `meeting_mentions`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.dates.calendar import PLACED_DAYS, width
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.news import story_days, told_as_news
from pipeline.extract.meetings.occasions import Occasion, overlap
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import Spot
from pipeline.extract.meetings.sides import Side, distinct_parties, two_sided
from pipeline.ids import digest_id
from pipeline.model import Actor, DateBasis, DateRange, MeetingForm, MeetingMention, MeetingStatus, Page

# Share of right mentions among those that came to their occasion so, on the gold pages, rounded down since
# each is a small sample; what is not listed keeps the confidence of its rule.
_CONFIDENCE = {
    "reference_by_place": 0.75,
    "reference_by_context": 0.6,
    "reference_to_plan": 0.55,
    "participants_by_context": 0.65,
    "participants_by_topic": 0.4,
}


@dataclass(slots=True)
class Placed:
    """A candidate with the occasion of the document that it tells of, and why."""

    candidate: Candidate
    occasion: Occasion
    reason: str


class RowMaker:
    """Makes mentions of one page."""

    def __init__(self, page: Page, reader: SideReader, cues: MeetingCues) -> None:
        self._page = page
        self._reader = reader
        self._cues = cues
        self._story: Sequence[Candidate] = ()

    def rows(self, placed: Sequence[Placed]) -> list[MeetingMention]:
        """Mentions in reading order, of all that a page tells."""
        self._story = [each.candidate for each in placed]
        return [self.mention(group) for group in by_line(placed)]

    def _news_of(self, candidate: Candidate, reported: DateRange) -> DateRange:
        """The days of news; those of an entry of a feed are its own."""
        if candidate.block.entry_no is not None or candidate.status != "held":
            return reported
        return story_days(self._story, reported)

    def mention(self, group: list[Placed]) -> MeetingMention:
        """One mention from all candidates of a line that tell of one occasion."""
        first = min(group, key=lambda p: _rank(p))
        candidate, occasion = first.candidate, first.occasion
        block = candidate.block
        sides: list[Side] = []
        for placed in group:
            sides.extend(s for s in placed.candidate.sides if all(s.key != t.key for t in sides))
        if not sides or (not two_sided(sides) and first.reason.startswith("reference")):
            own = sides
            sides = self.sides_of(occasion) if not any(s.name for s in own) else own
        if _partner_implied(sides, group) and occasion.of_two():
            sides = [*sides, *self._others_of(occasion, sides)]
        sides, missing = _without_absent(sides, group)
        located = [p.candidate for p in group if p.candidate.spot is not None]
        here = min(located, key=lambda c: c.spot is not None and c.spot.is_country) if located else None
        spot = here.spot if here is not None else None
        written = here.written if here is not None else None
        meeting_first = sorted(group, key=lambda p: p.candidate.travel)
        dated = next((p.candidate for p in meeting_first if p.candidate.readings), None)
        days, basis, text = self._days(dated, occasion)
        reported = self._page.report_range(block)
        unread = any(p.candidate.expression is not None for p in group)  # "three years later": not today
        news = dated is None and not unread and not self._recounted(candidate, sides)
        if reported is not None and width(reported) >= PLACED_DAYS:
            reported = None
        if news and reported is not None and told_as_news(candidate, days, reported):
            days, text = self._news_of(candidate, reported), None
            basis = "document" if days == reported else "inferred"
        status = _gravest(group) or candidate.status or "held"
        if missing:
            status = "ruled_out"
        start, end = candidate.span
        said = self._reader.statement_at(block.char_start + candidate.event.idx)
        document_id = self._page.document.document_id
        evidence = self._page.document.text[block.char_start + start : block.char_start + end]
        if spot is None and occasion.spot is not None:
            spot = occasion.spot
        wide = next((p.candidate.wide for p in group if p.candidate.wide is not None), None)
        form = _form(group, occasion, spot)
        people = tuple(s.name for s in sides if s.name)
        parties = tuple(sorted(distinct_parties(sides)))
        return MeetingMention(
            mention_id=digest_id(
                "mm", document_id, block.char_start + candidate.event.idx, evidence, *people, *parties
            ),
            meeting_id=digest_id("dm", document_id, occasion.number),
            document_id=document_id,
            block_id=block.block_id,
            char_start=block.char_start + start,
            char_end=block.char_start + end,
            evidence=evidence,
            participants=people,
            parties=parties,
            # Who telephones, or meets on a screen, does so at no one place.
            place=None if form in _APART else written or (spot.name if spot is not None else wide),
            form=form,
            status=status,
            date_from=days.first if days is not None else None,
            date_to=days.last if days is not None else None,
            date_text=text,
            date_basis=basis,
            reported_on=reported.last if reported is not None else None,
            statement_id=said.statement_id if said is not None else None,
            merge_rule=first.reason,
            confidence=min(candidate.confidence, _CONFIDENCE.get(first.reason, 1.0)),
            rule=candidate.rule,
            participant_actors=_actors(sides),
        )  # fmt: skip

    def sides_of(self, occasion: Occasion) -> list[Side]:
        """Who takes part in an occasion, as a reference to it gives them."""
        people = occasion.main_people()
        sides = [Side(p.name, p.party, self._reader.actor(p.name)) for p in people]
        covered = {p.party for p in people}
        parties = occasion.told_parties(self._cues.data.european_parties)
        return sides + [Side(None, p, None) for p in parties if p not in covered]

    def _recounted(self, candidate: Candidate, sides: Sequence[Side]) -> bool:
        """ "The envoy “also met with our team,” X said": what somebody who was not there recounts."""
        before = candidate.event.doc.text[: candidate.event.idx]
        quoted = before.count("“") > before.count("”")
        said = self._reader.statement_at(candidate.block.char_start + candidate.event.idx)
        if not quoted or candidate.status != "held" or said is None or said.speaker_kind != "person":
            return False
        return all(s.name != said.speaker_name for s in sides)

    def _others_of(self, occasion: Occasion, sides: Sequence[Side]) -> list[Side]:
        """Those of an occasion who are of another side than the one that a mention names."""
        named = {s.party or s.name for s in sides}
        return [s for s in self.sides_of(occasion) if (s.party or s.name) not in named]

    def _days(
        self, dated: Candidate | None, occasion: Occasion
    ) -> tuple[DateRange | None, DateBasis, str | None]:
        """The mention's own date in the reading that the occasion supports, else the occasion's."""
        common = occasion.days
        if dated is not None and dated.date_basis == "document":
            return dated.readings[0], dated.date_basis, None  # "at ten", in an entry: its own day
        if dated is not None and dated.expression is not None:
            if (
                dated.edge is not None
                and common is not None
                and any(overlap(common, r) for r in dated.readings)
            ):
                return common, dated.date_basis, dated.expression.text
            if common is not None and any(
                r.first <= common.first and common.last <= r.last for r in dated.readings
            ):
                return common, dated.date_basis, dated.expression.text
            fitting = [
                r
                for r in dated.readings
                if common is not None and r.first <= common.last and common.first <= r.last
            ]
            return (fitting or list(dated.readings))[0], dated.date_basis, dated.expression.text
        if common is not None:
            return common, "inferred", None
        return None, "unknown", None


def _partner_implied(sides: Sequence[Side], group: Sequence[Placed]) -> bool:
    """ "After the Alaska summit with X", "discussions with the Chileans there": somebody met them.

    So it is of an occasion that the words point at, or where the one named is its partner; who travels to
    one, or sends somebody, may be told of alone.
    """
    if not sides or two_sided(sides):
        return False
    # "after the meeting ... they discussed": "they" names nobody
    told = [p.candidate for p in group if p.candidate.sides or not p.candidate.found.anaphoric]
    if any(c.rule != "noun_occasion" or c.travel or c.reading.rule == "purpose_of_travel" for c in told):
        return False
    return any(c.definite or any(p.lower_ == "with" for p in c.event.rights) for c in told)


def _without_absent(sides: list[Side], group: Sequence[Placed]) -> tuple[list[Side], bool]:
    """The sides but those who keep away; all of them, and that it is off, where it cannot do without."""
    absent = [s for p in group for s in p.candidate.absent]
    names = {s.name for s in absent if s.name}
    parties = {s.party for s in absent if s.name is None and s.party is not None}
    kept = [s for s in sides if s.name not in names and s.party not in parties]
    if two_sided(kept) or len(kept) == len(sides):
        return kept, False
    return sides, True


def _actors(sides: Sequence[Side]) -> tuple[Actor, ...]:
    return tuple(s.actor for s in sides if s.actor is not None and s.actor.kind != "place")


def by_line(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Candidates grouped by line and occasion, in reading order."""
    groups: dict[tuple[int, int], list[Placed]] = {}
    for item in placed:
        groups.setdefault((item.candidate.block.block_no, item.occasion.number), []).append(item)
    return [groups[k] for k in sorted(groups)]


def _rank(placed: Placed) -> tuple[int, int, int]:
    """Strong before reference, meeting before travel, first before later."""
    weak = placed.reason.startswith("reference")
    return int(weak), int(placed.candidate.travel), placed.candidate.event.i


def _gravest(group: Sequence[Placed]) -> MeetingStatus | None:
    """A line that says that a planned meeting is off says so in the end, whatever it recounts before."""
    told = {p.candidate.status for p in group}
    if told <= {"scheduled", "proposed", "cancelled", "ruled_out"}:
        return "cancelled" if "cancelled" in told else "ruled_out" if "ruled_out" in told else None
    return None


_APART: frozenset[MeetingForm] = frozenset({"phone", "video"})


def _form(group: Sequence[Placed], occasion: Occasion, spot: Spot | None) -> MeetingForm:
    for placed in group:
        if placed.candidate.form != "unknown":
            return placed.candidate.form
    if occasion.form != "unknown":
        return occasion.form
    return "in_person" if spot is not None else "unknown"
