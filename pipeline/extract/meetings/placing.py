"""Which occasion each candidate of a page tells of: strong ones make occasions, references find theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.meetings.at_table import departed, hosts_both, lasts, of_joint_body
from pipeline.extract.meetings.beside import give_place_beside, give_talks_beside
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.delegations import sent_to_talks
from pipeline.extract.meetings.durations import give_extents
from pipeline.extract.meetings.elaboration import another_noun, most_told, several, the_call
from pipeline.extract.meetings.ellipsis import points_back
from pipeline.extract.meetings.feed_order import newest_first
from pipeline.extract.meetings.grades import GradeReader
from pipeline.extract.meetings.higher_up import planned_by_two
from pipeline.extract.meetings.matching import Matcher
from pipeline.extract.meetings.negotiators import Negotiators
from pipeline.extract.meetings.occasions import JOURNEY_RULES, Evidence, Occasion, Person
from pipeline.extract.meetings.outings import OUTING_RULE
from pipeline.extract.meetings.pairs import PairReader, verb_of
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.pointing import (
    another_day,
    apart,
    goes_on,
    means_opponents,
    modified,
    on_another_day,
    one_before,
    renewed,
    resumed,
    without_place,
)
from pipeline.extract.meetings.pronouns import PRONOUN_RULE, named_just_before
from pipeline.extract.meetings.references import Resolver
from pipeline.extract.meetings.referring import TELLING_NOTHING, Referrer
from pipeline.extract.meetings.register import Register
from pipeline.extract.meetings.rows import Placed, RowMaker
from pipeline.extract.meetings.series import (
    as_guest,
    keys_of,
    last_of_series,
    marked_round,
    news_of_topic,
    of_process,
    one_more,
    opens_anew,
    shortly_after,
    wanted_by_one,
)
from pipeline.extract.meetings.sides import Found, Side, distinct_parties, two_sided
from pipeline.extract.meetings.standfirst import foretold_above
from pipeline.extract.meetings.strength import Strength
from pipeline.extract.meetings.topic import teams_named, topic_of
from pipeline.model import Links, Page

if TYPE_CHECKING:
    pass

_SURE_OF_OPPONENT = 0.6
_SURE_OF_TOPIC = 0.45


class Placer:
    """Gives the candidates of one page their occasions, or drops them."""

    def __init__(
        self,
        page: Page,
        links: Links,
        reader: SideReader,
        rows: RowMaker,
        cues: MeetingCues,
        opponents: Sequence[Side] = (),
    ) -> None:
        """Knows of no occasion yet; `opponents` are the two between whom the pack's negotiation is."""
        self._opponents = opponents
        self._page = page
        self._links = links
        self._reader = reader
        self._rows = rows
        self._cues = cues
        self._topic: list[Side] = []
        self._by_far = True
        self._negotiators = Negotiators((), {})
        self._grades = GradeReader(cues.data, page.document.text)
        self._matcher = Matcher(cues.data.blocs, cues.data.european_parties)
        self._body = [b for b, _ in page.body()]
        self._order = {b.block_no: i for i, b in enumerate(self._body)}
        self._pairs = PairReader(page, links, reader, self._body, cues.data.telling_verbs)
        self._strength = Strength(reader, self._pairs, cues)

    def _evidence(self, candidate: Candidate) -> Evidence:
        return Evidence(
            people=frozenset(
                Person(self._reader.one_name(s.name) if s.party is None else s.name, s.party)
                for s in candidate.sides
                if s.name
            ),
            parties=frozenset(distinct_parties(candidate.sides)),
            spot=candidate.spot,
            form=candidate.form,
            readings=candidate.readings,
            status=candidate.status or "held",
            reported=self._page.report_range(candidate.block),
            document_id=self._page.document.document_id,
            grade=self._grades.of_candidate(candidate),
            journey=candidate.rule in JOURNEY_RULES,
            whole=candidate.whole,
        )

    def place(self, candidates: list[Candidate]) -> list[Placed]:
        """Strong candidates make the document's occasions; references find theirs or are dropped."""
        told = [c.sides for c in candidates if two_sided(c.sides) and self._strength.strong(c)]
        reader = self._reader
        topic = topic_of(
            self._page,
            self._links,
            told,
            reader.demonym_of,
            reader.movement_of,
            teams_named(self._page, reader.modifier_parties),
            self._opponents,
        )
        self._topic, self._by_far = list(topic.pair), topic.by_far
        for candidate in candidates:
            self._give_opponent(candidate)
        self._negotiators = Negotiators(candidates, self._order)
        register = Register(self._matcher)
        placed: dict[int, Placed] = {}
        bare: list[int] = []
        for i, candidate in enumerate(candidates):
            if self._strength.strong(candidate):
                if not two_sided(candidate.sides) and (candidate.found.anaphoric or not candidate.sides):
                    continue
                if self._bare(candidate) or the_call(candidate):
                    if self._grades.of_candidate(candidate).round is None:
                        bare.append(i)
                    continue
                occasion, reason = register.place(self._evidence(candidate))
                placed[i] = Placed(candidate, occasion, reason)
        for i in bare:
            hit = self._elaborated(candidates[i], placed)
            if hit is None:
                teams = self._cues.data.delegations
                there = sent_to_talks(candidates[i], placed.values(), self._order, teams)
                hit = None if there is None else (there, "same_on_page")
            if hit is None:
                occasion, reason = register.place(self._evidence(candidates[i]))
                beside = apart(candidates[i], self._cues) or several(candidates[i])
                occasion.renewed = reason == "new" and beside
            else:
                occasion, reason = hit
                register.extend(occasion, self._evidence(candidates[i]))
            placed[i] = Placed(candidates[i], occasion, reason)
        moved = register.consolidate()
        for item in placed.values():
            if item.occasion.number in moved:
                item.occasion, item.reason = moved[item.occasion.number]
        known = [o for o in register.occasions if o.number not in moved]
        nouns = frozenset(p.candidate.event.lemma_.lower() for p in placed.values())
        journeys = {p.occasion.number for p in placed.values() if as_guest(p.candidate, self._cues)}
        kinds: dict[int, set[str]] = defaultdict(set)
        for item in placed.values():
            kinds[item.occasion.number].add(item.candidate.event.lemma_.lower())
        resolver = Resolver(known, self._grades, journeys, kinds)
        first = {placed[i].occasion.number: i for i in sorted(placed, reverse=True)}
        main = most_told(known, first)
        talks = {p.occasion.number for p in placed.values() if of_process(p.candidate)}
        if all(b.entry_no is None for b in self._body):  # a feed tells of many things
            talks |= {o.number for o in known if topic.leading and topic.leading <= keys_of(o)}
        main_talks = most_told([o for o in known if o.number in talks], first)
        referrer = Referrer(self._rows, self._cues, of_two=bool(self._topic), nouns=nouns)

        def tie(i: int, occasion: Occasion, reason: str) -> None:
            candidate = candidates[i]
            if occasion.form == "video" and candidate.form == "in_person" and candidate.spot is None:
                candidate.form = "video"  # "The meeting lasted an hour": nobody came together
            register.extend(occasion, self._evidence(candidate))
            placed[i] = Placed(candidate, occasion, reason)
            resolver.tell(candidate.block, occasion)

        for i in self._as_posted(candidates):
            candidate = candidates[i]
            if i in placed:
                give_place_beside(candidate, placed[i].occasion, resolver, self._grades)
                resolver.tell(candidate.block, placed[i].occasion)
                continue
            if candidate.rule == PRONOUN_RULE and not self._named_just_before(candidate):
                continue
            hit = resolver.by_round(candidate)
            if hit is not None:
                tie(i, *hit)
                continue
            if self._refers_first(candidate):
                hit = referrer.referred(candidate, resolver)
                if hit is not None and not self._off_topic(candidate, hit[0]):
                    tie(i, *hit)
                    continue
            if self._strength.strong(candidate):
                if candidate.rule == "noun_ellipsis":
                    if points_back(candidate.event) and not self._named_just_before(candidate):
                        continue
                    if resolver.by_context(self._series(candidate)) is None:
                        continue  # "a second" of something else
                if one_before(candidate) and not candidate.readings:
                    continue  # "what they heard at the last Oslo meeting": when, nobody says
                # "The sides gather again ...": the last occasion says who they are, the line when and where.
                fallback = main
                if of_process(candidate) and (main is None or main[0].number not in talks):
                    fallback = main_talks if candidate.found.anaphoric else None
                late = lasts(candidate) and candidate.spot is None and not candidate.readings
                known_by_itself = not candidate.sides and self._identified(candidate)
                if not self._fill_sides(candidate, resolver, fallback) and not known_by_itself:
                    continue
                hit = resolver.by_context(candidate) if late else None
                if hit is None:
                    hit = register.place(self._evidence(candidate))[0], "participants_by_context"
                    if late and give_talks_beside(candidate, resolver):
                        hit[0].renewed = True
                        register.extend(hit[0], self._evidence(candidate))
                else:
                    register.extend(hit[0], self._evidence(candidate))
                placed[i] = Placed(candidate, hit[0], hit[1])
                resolver.tell(candidate.block, hit[0])
                continue
            hit = referrer.referred(candidate, resolver)
            if hit is not None and on_another_day(candidate, hit[0]):
                hit = None
            line = self._order[candidate.block.block_no]
            above = None if hit else foretold_above(candidate, line, self._topic, known, self._cues)
            if above is not None:
                hit = above, "reference_by_context"
            if hit is None and news_of_topic(candidate, self._topic, self._cues):
                hit = resolver.of_news(candidate, {s.party or s.name or "" for s in self._topic})
            alone = hit is None and wanted_by_one(candidate, self._cues)
            if alone and self._fill_partner(candidate, resolver):
                occasion, _ = register.place(self._evidence(candidate))
                placed[i] = Placed(candidate, occasion, "participants_by_context")
                resolver.tell(candidate.block, occasion)
                continue
            group = self._pairs.group_with(candidate) if hit is None else []
            planned = [] if hit is not None or group else planned_by_two(candidate, self._topic, self._cues)
            if planned:
                candidate.found.sides, candidate.confidence = planned, _SURE_OF_TOPIC
                occasion, _ = register.place(self._evidence(candidate))
                placed[i] = Placed(candidate, occasion, "participants_by_topic")
                resolver.tell(candidate.block, occasion)
                continue
            if group:
                candidate.found.sides = [*group, *candidate.sides]
                occasion, _ = register.place(self._evidence(candidate))
                placed[i] = Placed(candidate, occasion, "participants_by_context")
                resolver.tell(candidate.block, occasion)
                continue
            if hit is None and (self._of_topic(candidate) or self._topic_at_work(candidate)):
                occasion, _ = register.place(self._evidence(candidate))
                placed[i] = Placed(candidate, occasion, "participants_by_topic")
                resolver.tell(candidate.block, occasion)
                continue
            attended = candidate.rule == "attendance" or self._strength.came_too(candidate)
            gone = departed(candidate, self._cues)
            if hit is None and ((attended and two_sided(candidate.sides)) or gone):
                occasion, reason = register.place(self._evidence(candidate))
                placed[i] = Placed(candidate, occasion, reason)
                resolver.tell(candidate.block, occasion)
                continue
            if hit is not None:
                tie(i, *hit)
        self._unite(register, moved, placed)
        for item in placed.values():
            _settle_ahead(item)
        give_extents(placed.values())
        return [placed[i] for i in sorted(placed)]

    def _as_posted(self, candidates: list[Candidate]) -> list[int]:
        """Numbers of the candidates as their lines were posted: what the newest takes up stands below it."""
        numbers = list(range(len(candidates)))
        if not newest_first(self._page):
            return numbers
        return sorted(numbers, key=lambda i: (-(candidates[i].block.entry_no or 0), i))

    def _named_just_before(self, candidate: Candidate) -> bool:
        """Whether the words before "it" name an occasion: in its line, or the one above in its entry."""
        at = self._order[candidate.block.block_no]
        above = self._body[at - 1] if at else None
        same = above is not None and above.entry_no == candidate.block.entry_no
        before = self._page.parses.get(above.block_no) if above is not None and same else None
        return named_just_before(candidate.event, before, self._cues)

    def _give_opponent(self, candidate: Candidate) -> None:
        """ "ahead of next week's talks with the RSF": those of the state that it negotiates with."""
        side = candidate.sides[0] if len(candidate.sides) == 1 else None
        if side is None or side.party is not None or not candidate.abstract or candidate.found.private:
            return
        if candidate.spot is None and not candidate.readings:
            return  # "a return to negotiations with the RSF": a process
        state = self._reader.opponent_of(side)
        if state is not None:
            candidate.found.sides.append(Side(None, state, None))
            candidate.confidence = min(candidate.confidence, _SURE_OF_OPPONENT)

    def _unite(
        self, register: Register, moved: Mapping[int, tuple[Occasion, str]], placed: Mapping[int, Placed]
    ) -> None:
        """Unite what a page tells of one occasion, now that all its lines are known."""
        for item in placed.values():
            item.occasion.renewed = item.occasion.renewed or (
                item.reason in {"new", "participants_by_context"}
                and (one_more(item.candidate, self._cues) or apart(item.candidate, self._cues))
            )
        united = register.unite_on_page(moved, feed=any(b.entry_no is not None for b in self._body))
        for item in placed.values():
            while item.occasion.number in united:
                item.occasion, item.reason = united[item.occasion.number]

    def _refers_first(self, candidate: Candidate) -> bool:
        """Whether an occasion told before is looked for, before participants for a new one are."""
        if opens_anew(candidate, self._cues):
            return False
        if goes_on(candidate, self._cues) or resumed(candidate, self._cues):
            return True
        if last_of_series(candidate) or marked_round(candidate):
            return True
        if not candidate.rule.startswith("noun_"):
            return False
        if candidate.found.anaphoric:
            return not self._pairs.pair(candidate)
        # "A second day of talks is planned", "the second day of the talks in Antalya"
        return another_day(candidate) or (
            candidate.definite and candidate.spot is not None and not candidate.sides
        )

    def _off_topic(self, candidate: Candidate, occasion: Occasion) -> bool:
        """ "The third round in Larnaca": that of the page's two sides, not a dinner of others there."""
        if not self._topic or not of_process(candidate) or candidate.sides:
            return False
        names = {p.name for p in occasion.people}
        return not all(s.party in occasion.parties or s.name in names for s in self._topic)

    def _fill_sides(
        self, candidate: Candidate, resolver: Resolver, main: tuple[Occasion, str] | None
    ) -> bool:
        """Give "the sides" and "the two" those whom the lines before name; whether two sides came of it."""
        pair = (
            self._negotiators.of(candidate)
            or self._pairs.pair(candidate)
            or self._pairs.in_sentence(candidate)
        )
        if pair:
            candidate.found.sides = self._grades.at_level(candidate, pair)
            return True
        if hosts_both(candidate, self._cues):
            guests = self._topic or self._pairs.states_before(candidate)
            if all(s.party not in distinct_parties(candidate.sides) for s in guests):
                candidate.found.sides += guests
                return bool(guests)
        there = without_place(candidate)
        there.spot, there.status = candidate.spot, None
        known = resolver.by_place(there) if candidate.spot is not None and not candidate.sides else None
        if known is not None and not self._topic and known[0].of_two():
            # "The sides gather again in Abu Dhabi": those who met there
            candidate.found.sides = self._rows.sides_of(known[0])
            return two_sided(candidate.sides)
        took_place = candidate.status in {"held", "ongoing"}
        wanted = main is not None and main[0].last_status in {"proposed", "ruled_out"}
        if main is not None and wanted and took_place and not main[0].took_place:
            main = None  # "their discussions in Oslo": not those of two whose meeting is only talked of
        near = resolver.by_context(self._series(candidate)) or resolver.of_series(candidate)
        last = main or near if of_joint_body(candidate, self._cues) else near or main
        opponents = means_opponents(verb_of(candidate))
        if opponents and not self._topic and last is not None and _of_many(last[0]):
            return False  # "the delegations" are not the host of one line and his guests
        if (opponents or renewed(candidate, self._cues)) and (
            candidate.block.entry_no is None or self._topic
        ):
            again = renewed(candidate, self._cues)
            same_line = near if again and near is not None and resolver.told_in(candidate, near[0]) else None
            main = same_line or main or near
            last = main
            if self._topic and same_line is None:
                candidate.found.add(Found(list(self._topic)))
                return two_sided(candidate.sides)
            if main is not None:
                back = any(c.lower_ == "back" for c in verb_of(candidate).children)
                if back and candidate.spot is None and candidate.form != "phone":
                    candidate.spot = main[0].spot  # "to bring the teams back together": where they were
                parties = main[0].told_parties(self._cues.data.european_parties)
                groups = [p for p in main[0].main_people() if p.party is None]
                candidate.found.add(
                    Found([Side(None, p, None) for p in parties] + [Side(g.name, None, None) for g in groups])
                )
                return two_sided(candidate.sides)
        if last is None:
            # "The working groups cut short their meeting": those of the two sides that the page is about
            meant = candidate.found.anaphoric or marked_round(candidate)
            candidate.found.add(Found(list(self._topic) if meant else []))
            return two_sided(candidate.sides)
        if resumed(candidate, self._cues) and shortly_after(candidate, last[0]):
            candidate.spot = candidate.spot or last[0].spot
        sides = self._rows.sides_of(last[0])
        if of_process(candidate) and not two_sided([s for s in sides if s.name]):
            # who led one of the teams once need not lead it another time
            sides = [Side(None, s.party, None) if s.party is not None else s for s in sides]
        for side in self._grades.at_level(candidate, sides, last[0].elected.grade):
            if all(side.key != s.key for s in candidate.sides):
                candidate.found.sides.append(side)
        return two_sided(candidate.sides)

    def _identified(self, candidate: Candidate) -> bool:
        """ "The first peace talks began in Lima on Tuesday": known by place and day, though not by sides."""
        verb = candidate.governor
        if (
            candidate.sides or candidate.spot is None or not candidate.readings or verb is None
            or not candidate.abstract or candidate.weak or candidate.rule != "noun_occasion"
        ):  # fmt: skip
            return False
        candidate.confidence = 0.5
        return verb.lemma_ in self._cues.status.takes_place | self._cues.data.conducting_verbs

    def _fill_partner(self, candidate: Candidate, resolver: Resolver) -> bool:
        """Give one who wants another round those whom it met just before; whether two sides came of it."""
        bare = self._series(candidate)
        bare.found, wanting = Found(), candidate.sides[0]
        near = resolver.by_context(bare)
        if near is not None and near[0].of_two() and wanting.party in near[0].parties:
            told = near[0].told_parties(self._cues.data.european_parties)
            partners = [Side(None, p, None) for p in told]
            partners += [Side(p.name, None, None) for p in near[0].main_people() if p.party is None]
        else:
            partners = self._topic if any(s.party == wanting.party for s in self._topic) else []
        candidate.found.sides += [s for s in partners if s.party is None or s.party != wanting.party]
        return two_sided(candidate.sides)

    def _series(self, candidate: Candidate) -> Candidate:
        """The candidate without date and place; one that is another of a series also without its status."""
        bare = without_place(candidate)
        if one_more(candidate, self._cues):
            bare.status = None  # the one before it may lie far behind
        return bare

    def _of_topic(self, candidate: Candidate) -> bool:
        """ "A first round, in Doha in April": a page on two sides means the same two."""
        spot = candidate.spot
        if (
            not self._topic or candidate.sides or candidate.travel or candidate.found.private
            or not candidate.rule.startswith("noun_") or modified(candidate.event, self._cues)
            or not (self._by_far or of_process(candidate))
        ):  # fmt: skip
            return False
        home = spot is not None and spot.is_country and spot.country in {s.party for s in self._topic}
        pointed = (candidate.definite and not one_before(candidate)) or renewed(candidate, self._cues)
        if home or not (spot is not None and (candidate.readings or pointed)):
            return False
        candidate.found.sides = list(self._topic)
        candidate.confidence = 0.4
        return two_sided(candidate.sides)

    def _topic_at_work(self, candidate: Candidate) -> bool:
        """ "The delegations filed back in": those of the two sides that the page is about."""
        at_work = candidate.rule in {"presence", "group_reference"} and candidate.found.anaphoric
        if not self._topic or not at_work or candidate.sides:
            return False
        candidate.found.sides = list(self._topic)
        candidate.confidence = 0.4
        return True

    @staticmethod
    def _bare(candidate: Candidate) -> bool:
        """Whether the mention names sides alone, neither place nor date nor medium."""
        return (
            two_sided(candidate.sides) and candidate.spot is None and not candidate.readings
            and candidate.form not in {"phone", "video"} and candidate.linked is None
        )  # fmt: skip

    def _elaborated(self, candidate: Candidate, placed: Mapping[int, Placed]) -> tuple[Occasion, str] | None:
        """The occasion that a mention without place and date tells more of: the last one of the same sides.

        In an article the one told last before, or first after; in a feed only one of the same entry.
        """
        if renewed(candidate, self._cues) or apart(candidate, self._cues) or several(candidate):
            return None
        evidence = self._evidence(candidate)
        at = self._order[candidate.block.block_no]
        entry_no = candidate.block.entry_no
        best: tuple[bool, int, int] | None = None
        chosen: Occasion | None = None
        for item in placed.values():
            block = item.candidate.block
            line = self._order[block.block_no]
            within = the_call(candidate) and at - line == 1  # "The call would be held with ..."
            if the_call(candidate) and not within:
                continue
            if block.entry_no != entry_no:
                continue
            if not self._matcher.same_plan(item.occasion, evidence, within=within):
                continue
            if another_noun(candidate, item.candidate) or several(item.candidate):
                continue
            if candidate.rule == OUTING_RULE and not self._names_all(candidate, item.occasion):
                continue  # "also toured the docks with Z": whom the talks did not have
            key = (line > at, abs(at - line), -item.occasion.number)
            if best is None or key < best:
                best, chosen = key, item.occasion
        if chosen is None and entry_no is not None:
            chosen = self._of_that_day(candidate, evidence, placed)
        return (chosen, "same_participants") if chosen is not None else None

    @staticmethod
    def _names_all(candidate: Candidate, occasion: Occasion) -> bool:
        return {s.name for s in candidate.sides if s.name} <= {p.name for p in occasion.people}

    def _of_that_day(
        self, candidate: Candidate, evidence: Evidence, placed: Mapping[int, Placed]
    ) -> Occasion | None:
        """ "The meeting with X was the best so far", posted on the day of talks with X: these."""
        when = evidence.reported
        if when is None or candidate.status not in {"held", "ongoing"} or candidate.form == "phone":
            return None
        told = {p.occasion.number: p.occasion for p in placed.values() if p.occasion.days == when}
        fitting = [
            o
            for o in told.values()
            if self._matcher.same_plan(o, evidence, within=candidate.definite, due=True)
        ]
        return fitting[0] if len(fitting) == 1 else None


def _settle_ahead(item: Placed) -> None:
    """ "Put it off because of the Lima talks", the day before these: what says nothing of when they are."""
    candidate, days = item.candidate, item.occasion.days
    untold = (
        candidate.reading.rule in TELLING_NOTHING and candidate.status == "held" and not candidate.readings
    )
    if (
        untold
        and days is not None
        and candidate.reported is not None
        and days.first > candidate.reported.last
    ):
        candidate.status = "scheduled"


def _of_many(occasion: Occasion) -> bool:
    """Whether people of three parties or more met, each named."""
    return len({p.party for p in occasion.main_people() if p.party is not None}) > 2
