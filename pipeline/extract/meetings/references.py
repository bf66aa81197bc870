"""References: words that point at an occasion told elsewhere in the document ("after Geneva")."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from pipeline.dates.calendar import width
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues, is_tagged_verb
from pipeline.extract.meetings.frames import agents, is_passive, prep_objects, prepositions, subjects
from pipeline.extract.meetings.function_words import CLOSING
from pipeline.extract.meetings.grades import GradeReader
from pipeline.extract.meetings.matching import NEWS_DAYS
from pipeline.extract.meetings.occasions import UNHELD, Occasion, overlap
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import Spot, World, same_place
from pipeline.extract.meetings.pointing import one_before, without_place
from pipeline.extract.meetings.readings import Reading
from pipeline.extract.meetings.series import keys_of
from pipeline.extract.meetings.sides import Found, Side, distinct_parties, two_sided
from pipeline.model import Block, DateRange, Links

if TYPE_CHECKING:
    from spacy.tokens import Token


_AT = frozenset({"in", "at"})
_KINDS = frozenset({"summit", "conference", "congress", "forum"})
_UNLIKE = frozenset({
    "call", "conversation", "dinner", "lunch", "breakfast", "visit", "trip", "chat", "speak", "ring", "phone",
    "telephone", "dine", "encounter", "exchange",
})  # fmt: skip
_LONG_AGO = 180  # days; what is told only as a backdrop
_ROUND = 6  # days that a round of talks lasts at most, from its first day
GOING_HOME = frozenset({"return", "fly"})
_FROM = frozenset({"from"})
_TAKING_PART = frozenset({"participation", "attendance", "presence"})


def place_reference(
    block: Block, prep: Token, links: Links, world: World, cues: MeetingCues
) -> Candidate | None:
    """ "after Geneva", "since Anchorage": a city that stands for what took place there."""
    opening = prep.lower_ == "at" and prep.is_sent_start
    if prep.lower_ not in cues.status.after and not opening:
        return None
    if prep.pos_ not in {"ADP", "SCONJ", "VERB"}:
        return None
    misread = prep.dep_ == "mark" and is_tagged_verb(prep.head)
    if misread:  # "said after Abu Dhabi talks with them": the noun, which the tagger takes for the verb
        spots = [world.at(links, block.block_no, c) for c in prep.head.lefts if c.dep_ == "nsubj"]
        if len(spots) == 1 and spots[0] is not None and not spots[0].is_country:
            return Candidate(
                block=block, event=prep.head, governor=None, rule="place_for_occasion", form="in_person",
                found=Found(), hosts=Found(), confidence=0.55, definite=True, reference=True, spot=spots[0],
                reading=Reading("held", "past", "after_occasion"),
            )  # fmt: skip
    for target in prep.children:
        if target.dep_ not in {"pobj", "dobj", "pcomp"} or target.pos_ != "PROPN":
            continue
        spot = world.at(links, block.block_no, target)
        if spot is not None and not spot.is_country:
            return Candidate(
                block=block, event=target, governor=None, rule="place_for_occasion", form="in_person",
                found=Found(), hosts=Found(), confidence=0.55, definite=True, reference=True, spot=spot,
                reading=Reading("held", "past", "after_occasion"),
            )  # fmt: skip
    return None


def work_in_place(
    block: Block, verb: Token, links: Links, reader: SideReader, world: World, cues: MeetingCues
) -> Candidate | None:
    """ "agreed in Abu Dhabi", "will not discuss it in Doha": a place where an occasion of the page is."""
    if verb.lemma_.lower() not in cues.data.work_verbs or verb.pos_ != "VERB":
        return None
    named = prep_objects(verb, _AT)
    sites = [t for t in named if t.lemma_ in cues.data.site_nouns]  # "in a hotel in Doha"
    for target in [*named, *(t for s in sites for t in prep_objects(s, _AT))]:
        spot = world.at(links, block.block_no, target)
        if spot is not None and not spot.is_country:
            found = reader.read_all(block, agents(verb) if is_passive(verb) else subjects(verb))
            if found.private:
                return None
            return Candidate(
                block=block, event=verb, governor=verb, rule="work_in_place", form="in_person", found=found,
                hosts=Found(), confidence=0.5, definite=True, reference=True, spot=spot,
            )  # fmt: skip
    return None


def group_reference(block: Block, verb: Token, reader: SideReader, cues: MeetingCues) -> Candidate | None:
    """ "The teams did not address ...", "the Presidents also touched on ...": those who met go on."""
    if verb.lemma_.lower() not in cues.data.discussion_verbs or verb.pos_ != "VERB":
        return None
    swapped = (c for c in verb.children if c.dep_ == "dobj" and verb.lemma_.lower() == "exchange")
    if any(c.lemma_.lower() in cues.data.situated_nouns for c in swapped):
        return None  # "agreed to exchange prisoners"
    plan = verb.tag_ == "VB"  # "the two will discuss ..."
    doers = [
        c
        for c in subjects(verb)
        if c.i < verb.i and (c.tag_ in {"NNS", "NNPS"} or (plan and c.lower_ == "two"))
    ]
    if not doers or not reader.read_all(block, doers).anaphoric:
        return None
    return Candidate(
        block=block, event=verb, governor=verb, rule="group_reference", form="unknown",
        found=Found(anaphoric=True), hosts=Found(), confidence=0.45, definite=True, reference=True,
    )  # fmt: skip


def presence(
    block: Block, verb: Token, links: Links, reader: SideReader, world: World, cues: MeetingCues
) -> Candidate | None:
    """ "The delegations filed back in", "the Eritrean team walked out": those who are at it come and go."""
    if verb.lemma_.lower() not in cues.data.presence_verbs or verb.pos_ != "VERB" or is_passive(verb):
        return None
    named = [c for c in verb.children if c.dep_ == "dobj"]
    places = [c for c in named if c.pos_ == "PROPN" or c.lower_ == "capital"]
    spots = [world.at(links, block.block_no, t) for t in places]
    if places and (verb.lemma_ not in {"leave", "depart"} or None in spots):
        return None
    if not places and verb.lemma_ in GOING_HOME:  # "flew home from Doha"
        left = (world.at(links, block.block_no, t) for t in prep_objects(verb, _FROM))
        spots = [s for s in left if s is not None and not s.is_country]
    doers = [c for c in subjects(verb) if _at_table(c, cues)]
    found = reader.read_all(block, doers)
    if not doers or found.private or not (found.anaphoric or found.sides):
        return None
    return Candidate(
        block=block, event=verb, governor=verb, rule="presence", form="in_person", found=found, hosts=Found(),
        confidence=0.45, definite=True, reference=True, spot=spots[0] if spots else None,
    )  # fmt: skip


def attendance(block: Block, verb: Token, reader: SideReader, cues: MeetingCues) -> Candidate | None:
    """ "X and Y are in attendance", "will also attend", "confirmed their participation": of what was told."""
    lemma = verb.lemma_.lower()
    if verb.pos_ not in {"VERB", "AUX"} or is_passive(verb):
        return None
    nouns = [c for c in verb.children if c.dep_ == "dobj"]
    inner = [t for p in prepositions(verb) for t in p.children if t.dep_ == "pobj"]
    if lemma == "be":
        present = [c for c in verb.children if c.dep_ == "acomp" and c.lower_ == "present"]
        there = bool(present) or any(t.lower_ == "attendance" and t.head.lower_ == "in" for t in inner)
    elif lemma == "confirm":
        there = any(t.lemma_ in _TAKING_PART and any(c.lower_ == "their" for c in t.lefts) for t in nouns)
    elif lemma in cues.data.attending_verbs - {"appear", "join"}:
        there = all(t.lower_ == "part" for t in nouns) and not inner
    else:
        there = False
    found = reader.read_all(block, subjects(verb)) if there else Found()
    if found.private or not found.sides or not _told_of(verb, cues):
        return None
    return Candidate(
        block=block, event=verb, governor=verb, rule="attendance", form="in_person", found=found,
        hosts=Found(), confidence=0.5, definite=True, reference=not two_sided(found.sides),
    )  # fmt: skip


def _told_of(verb: Token, cues: MeetingCues) -> bool:
    """Whether the line names an occasion before; without one the line before is meant."""
    before = verb.doc[: verb.i]
    return verb.sent.start == 0 or any(cues.noun(t) is not None or cues.verb(t) is not None for t in before)


def _at_table(token: Token, cues: MeetingCues) -> bool:
    """Whether the noun names those who negotiate: "the teams", "the Eritrean delegation", "both sides"."""
    return token.lemma_.lower() in cues.data.delegations or (
        token.lemma_.lower() in cues.data.table_nouns and token.tag_ == "NNS"
    )


def reference_verbs(cues: MeetingCues) -> frozenset[str]:
    """Lemmas of the verbs that the readers of references ask for."""
    present = {"be", "confirm"} | cues.data.attending_verbs
    return cues.data.work_verbs | cues.data.discussion_verbs | cues.data.presence_verbs | present


class Resolver:
    """Finds the occasion of a document that a reference points at."""

    def __init__(
        self,
        occasions: Sequence[Occasion],
        grades: GradeReader,
        journeys: Collection[int] = (),
        nouns: Mapping[int, AbstractSet[str]] | None = None,
    ) -> None:
        """Knows of `occasions` that they are on the page.

        Args:
            occasions: of the page, in order.
            grades: tells levels and rounds.
            journeys: the numbers of those that guests made.
            nouns: by which nouns the page names each, by its number.
        """
        self._nouns = nouns or {}
        self._journeys = journeys
        self._grades = grades
        self._known = list(occasions)
        self._told: list[tuple[int, int | None, Occasion]] = []
        self._counts: Counter[int] = Counter()
        self._number: dict[int, Occasion] = {}
        self._in_entry: dict[int | None, set[int]] = defaultdict(set)
        self._at_place: dict[str, list[Occasion]] = defaultdict(list)
        self._placed = {o.number for o in occasions if o.spot is not None}
        for occasion in occasions:
            if occasion.spot is not None:
                self._at_place[_place_key(occasion.spot)].append(occasion)

    def tell(self, block: Block, occasion: Occasion) -> None:
        """Note that the line tells of the occasion; called in reading order."""
        if occasion.number not in self._placed and occasion.spot is not None:
            self._placed.add(occasion.number)
            self._at_place[_place_key(occasion.spot)].append(occasion)
        self._told.append((block.block_no, block.entry_no, occasion))
        self._counts[occasion.number] += 1
        self._number[occasion.number] = occasion
        self._in_entry[block.entry_no].add(occasion.number)

    def by_place(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """The occasion at the candidate's place that its date and sides allow: the one told most."""
        if candidate.spot is None:
            return None
        there = self._at_place.get(_place_key(candidate.spot), [])
        options = [o for o in there if self._suits(candidate, o) and _at_place(o.spot, candidate.spot)]
        ahead = candidate.status in {"scheduled", "proposed", "ruled_out"}
        if ahead and self._grades.of_candidate(candidate).another:
            options = [o for o in options if not o.held]  # "the next round will be in Oslo": after one there
        process = candidate.abstract or candidate.event.lemma_.lower() == "round"
        if process and not candidate.found.anaphoric:
            options = [o for o in options if o.of_two()]  # who flew there alone was at no talks yet
        if not options:
            return self._placeless(candidate)
        entry_no = candidate.block.entry_no
        near = [o for o in options if entry_no is not None and o.number in self._in_entry[entry_no]]
        chosen = max(near or options, key=lambda o: (sum(o.forms.values()), -o.number))
        return chosen, "reference_by_place"

    def _placeless(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """The occasion told just before of which the page has not yet said where it is."""
        if (
            not candidate.definite
            or (candidate.travel and not candidate.found.anaphoric)
            or candidate.rule == "place_for_occasion"
            or one_before(candidate)
        ):
            return None
        if candidate.readings and not candidate.travel:
            return self._undated_plan(candidate)
        hit = self.by_context(candidate, reach=20)
        if hit is not None and hit[0].held and candidate.status in {"scheduled", "proposed"}:
            return None  # another one, at a place of its own
        return hit if hit is not None and hit[0].spot is None and hit[0].of_two() else None

    def _undated_plan(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """ "The talks were due to be held in Lima on May 3": the plan just told of, without place or day."""
        if candidate.status not in UNHELD or candidate.found.anaphoric:
            return None
        hit = self.by_context(candidate, reach=2)
        if hit is None or hit[0].held or hit[0].spot is not None or hit[0].days is not None:
            return None
        return hit if hit[0].of_two() else None

    def main(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """The occasion that the article told of most before the candidate: whom "the leaders" means."""
        fitting = [n for n, o in self._number.items() if o.form != "phone" and self._suits(candidate, o)]
        if not fitting:
            return None
        return self._number[min(fitting, key=lambda n: (-self._counts[n], n))], "reference_by_context"

    def by_round(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """ "at the end of the first round": the occasion that the page told of as that round."""
        number = self._grades.of_candidate(candidate).round
        if number is None:
            return None
        bare = without_place(candidate)
        bare.spot, bare.readings = candidate.spot, candidate.readings
        bare.found = Found([Side(None, p, None) for p in sorted(distinct_parties(candidate.sides))])
        for _, _, occasion in reversed(self._told):
            if occasion.elected.grade.round == number and self._suits(bare, occasion):
                return occasion, "reference_by_context"
        return None

    def by_kind(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """ "The summit came at the end of a bad week": the one that the page calls so, not a call since."""
        kind = candidate.event.lemma_.lower()
        if candidate.block.entry_no is not None or kind not in _KINDS or not candidate.definite:
            return None
        if any(c.dep_ in {"compound", "amod", "poss", "nmod"} for c in candidate.event.lefts):
            return None  # "the IGAD summit": which one, the words say
        near = self.by_context(candidate)
        if near is None or not self._nouns.get(near[0].number, _KINDS) <= _UNLIKE:
            return None
        called = [o for n, o in self._number.items() if kind in self._nouns.get(n, ())]
        fitting = [o for o in called if self._suits(candidate, o)]
        return (fitting[0], "reference_by_context") if len(fitting) == 1 else None

    def told_as(self, occasion: Occasion) -> Collection[str]:
        """Nouns and verbs by which the page tells of the occasion."""
        return self._nouns.get(occasion.number, ())

    def by_day(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """ "Tuesday's session is meant to be brief": the one of that day of which the article tells."""
        if candidate.block.entry_no is not None or not candidate.readings:
            return None
        day = candidate.readings[0]
        fitting = [o for o in self._number.values() if o.days == day and self._suits(candidate, o)]
        return (fitting[0], "reference_by_context") if len(fitting) == 1 and width(day) == 0 else None

    def of_news(self, candidate: Candidate, topic: Collection[str]) -> tuple[Occasion, str] | None:
        """ "The session has begun", in a feed on two sides: the one of these that is on the day of the entry.

        `topic` are the two sides, as `series.keys_of` gives them; the plan for that day is told of, too.
        """
        when = candidate.readings[0] if candidate.readings else candidate.reported
        if when is None or width(when) > 1:
            return None
        told = {o.number: o for o in (*self._known, *self._number.values())}
        fitting = [
            o for o in told.values()
            if set(topic) <= keys_of(o) and o.form != "phone" and o.days is not None and _touch(o.days, when)
            and not o.elected.grade.clashes(self._grades.of_candidate(candidate))
            and (candidate.spot is None or o.spot is None or same_place(candidate.spot, o.spot))
        ]  # fmt: skip
        if not fitting:
            return None
        exact = [o for o in fitting if o.days is not None and overlap(o.days, when)]
        best = max(exact or fitting, key=lambda o: (sum(o.forms.values()), -o.number))
        return best, "reference_by_context"

    def by_context(self, candidate: Candidate, reach: int = 4) -> tuple[Occasion, str] | None:
        """The occasion last told before the candidate, in its entry and at most `reach` lines above."""
        for block_no, entry_no, occasion in reversed(self._told):
            if block_no > candidate.block.block_no:
                continue
            if candidate.block.block_no - block_no > reach or entry_no != candidate.block.entry_no:
                return None
            if self._suits(candidate, occasion) and not self._mere_past(candidate, block_no, occasion):
                news = self._news_before(candidate, block_no, occasion, reach)
                return news or occasion, "reference_by_context"
        return None

    def last_told(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """ "It will take place in Lima": the occasion told last, in the same line or the one above."""
        if not self._told:
            return None
        block_no, entry_no, occasion = self._told[-1]
        near = 0 <= candidate.block.block_no - block_no <= 2 and entry_no == candidate.block.entry_no
        return (occasion, "reference_by_context") if near and self._suits(candidate, occasion) else None

    def last_journey(self, candidate: Candidate) -> tuple[Occasion, str] | None:
        """ "The visit comes amid strained ties": the one told last, just before."""
        hit = self.last_told(candidate)
        return hit if hit is not None and hit[0].number in self._journeys else None

    def of_series(self, candidate: Candidate, reach: int = 4) -> tuple[Occasion, str] | None:
        """ "The third round ended without a text": after "a fourth round", told last, of the same sides."""
        if self._grades.of_candidate(candidate).round is None:
            return None
        for block_no, entry_no, occasion in reversed(self._told):
            if not 0 <= candidate.block.block_no - block_no <= reach or entry_no != candidate.block.entry_no:
                return None
            if occasion.elected.grade.round is not None and occasion.of_two():
                return occasion, "reference_by_context"
        return None

    def told_in(self, candidate: Candidate, occasion: Occasion) -> bool:
        """Whether the candidate's own line tells of the occasion before it."""
        return any(o is occasion and no == candidate.block.block_no for no, _, o in self._told)

    def _mere_past(self, candidate: Candidate, told_in: int, occasion: Occasion) -> bool:
        """ "The first talks since they met in 2022", and lines below "the talks": not those of 2022.

        Unless the page tells of nothing else than what is long over.
        """
        when = candidate.reported
        if when is None or candidate.block.block_no - told_in <= 1 or not _long_over(occasion, when):
            return False
        return any(not _long_over(o, when) for o in self._number.values())

    def _news_before(self, candidate: Candidate, told_in: int, last: Occasion, reach: int) -> Occasion | None:
        """ "The two met once back in July. ... in the meeting": what lines before tell as news, if any."""
        when, block = candidate.reported, candidate.block
        bare = candidate.definite and candidate.spot is None and not candidate.readings
        if not bare or when is None or told_in == block.block_no or not _is_old(last, when):
            return None
        for block_no, entry_no, occasion in reversed(self._told):
            if block_no > block.block_no or entry_no != block.entry_no:
                continue
            if block.block_no - block_no > reach:
                return None
            if occasion.held and not _is_old(occasion, when) and self._suits(candidate, occasion):
                return occasion
        return None

    def _suits(self, candidate: Candidate, occasion: Occasion) -> bool:
        form = occasion.form
        if not _in_time(candidate, occasion):
            return False
        grade = occasion.elected.grade
        if grade.is_told and grade.clashes(self._grades.of_candidate(candidate)):
            return False
        screened = form == "video" and candidate.definite and candidate.spot is None  # "The meeting lasted"
        if "unknown" not in {form, candidate.form} and form != candidate.form and not screened:
            return False
        if (
            candidate.spot is not None
            and occasion.spot is not None
            and not same_place(candidate.spot, occasion.spot)
        ):
            return False
        parties = distinct_parties(candidate.sides)
        if parties and not parties <= set(occasion.parties):
            return False
        if occasion.held and any(s.party in occasion.main_parties() for s in candidate.absent if s.party):
            return False  # "will send nobody to the talks": not to those that it has had
        if occasion.held and candidate.rule == "verb_send" and candidate.status == "ruled_out":
            return False
        names = {s.name for s in candidate.sides if s.name}
        if names and candidate.rule != "presence" and not names <= {p.name for p in occasion.people}:
            return False  # who leads a team at it need not have been named before
        days = occasion.days
        if days is None:
            elsewhen = _long_before(candidate) or (occasion.held and _ahead(candidate))
            return candidate.spot is not None or not elsewhen
        if candidate.reading.rule == "moved_to_new_day" and not occasion.held:
            return True  # "was put off until next week": the day that it had is told before
        if _ends(candidate) and 0 <= (candidate.readings[0].first - days.last).days <= _ROUND:
            return True
        if candidate.edge == "first" and 0 <= (days.last - candidate.readings[0].first).days <= _ROUND:
            return occasion.held  # "The talks, which began on Monday": those that are told as over
        return not (candidate.readings and not any(_touch(days, r) for r in candidate.readings))


def _ends(candidate: Candidate) -> bool:
    """ "The round ended on Wednesday": of talks that began days before."""
    verb = candidate.governor
    over = verb is not None and verb.lemma_.lower() in CLOSING and candidate.reading.tense == "past"
    return over and bool(candidate.readings) and candidate.rule == "noun_occasion"


def _in_time(candidate: Candidate, occasion: Occasion) -> bool:
    """Whether what the reference says can be of the occasion: held ones are not still to come."""
    days, when = occasion.days, candidate.reported
    took_place = candidate.status in {"held", "ongoing"}
    off = occasion.called_off and candidate.status == "held"
    if took_place and candidate.block.entry_no is None and not occasion.held and not off:
        return False  # an article that tells of a plan does not tell of it as over
    if candidate.rule == "presence" and not occasion.held:
        return False
    planned, readings = occasion.reported_first, candidate.readings
    if days is None and planned is not None and readings and not occasion.held:
        return any(r.last >= planned for r in readings)  # a plan is of no occasion before it
    if days is None or when is None:
        return True
    if took_place:
        return days.first <= when.last
    coming = candidate.status == "scheduled" and candidate.reading.tense == "future"
    return not coming or days.last >= when.first - dt.timedelta(days=2)


def _long_before(candidate: Candidate) -> bool:
    """ "Following their meeting in late June", told in mid-July: what the page tells undated is news."""
    when = candidate.reported
    return when is not None and bool(candidate.readings) and all(
        (when.first - r.last).days > NEWS_DAYS for r in candidate.readings
    )  # fmt: skip


def _ahead(candidate: Candidate) -> bool:
    """ "the June 12 summit", told in May: not what is going on."""
    when = candidate.reported
    return when is not None and bool(candidate.readings) and all(
        r.first > when.last for r in candidate.readings
    )  # fmt: skip


def _is_old(occasion: Occasion, reported: DateRange) -> bool:
    days = occasion.days
    return days is not None and (reported.first - days.last).days > NEWS_DAYS


def _long_over(occasion: Occasion, reported: DateRange) -> bool:
    days = occasion.days
    return days is not None and (reported.first - days.last).days > _LONG_AGO


def _place_key(spot: Spot) -> str:
    return spot.country or spot.name


def _at_place(known: Spot | None, named: Spot | None) -> bool:
    """A state names an occasion only if the occasion is known by the state; a city, also by its state."""
    if known is None or named is None:
        return False
    return (
        known == named
        if named.is_country and known.is_country
        else same_place(known, named) and (not named.is_country or known.country == named.country)
    )


def _touch(a: DateRange, b: DateRange) -> bool:
    """Whether the ranges meet, or lie next to each other: talks resume on the following day."""
    day = dt.timedelta(days=1)
    return a.first <= b.last + day and b.first <= a.last + day
