"""Verbs of going to a meeting: visiting, travelling, staying, leading and sending a delegation, inviting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.dates.calendar import is_weekday
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues, VerbCue
from pipeline.extract.meetings.frames import (
    agents,
    is_passive,
    objects,
    own_words,
    prep_objects,
    prepositions,
    subjects,
)
from pipeline.extract.meetings.leaders import second_leader
from pipeline.extract.meetings.modality import is_to
from pipeline.extract.meetings.occasions import JOURNEY_RULES
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import TOWNS, Spot, World
from pipeline.extract.meetings.readings import Reading
from pipeline.extract.meetings.sides import Found, distinct_parties, two_sided
from pipeline.model import Block, DateRange, Links

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO_PLACE = frozenset({"to", "in", "into", "at", "for", "out", "on"})
_IN = frozenset({"in", "at", "near", "outside"})
_COMING = frozenset({"arrive", "land", "depart", "leave"})
_FROM_HERE = frozenset({"leave", "depart"})
_WIDE = 3  # days: "this week", but not "last night"
_AWAY = frozenset({"for", "to"})
_FOR = frozenset({"for"})
_TO = frozenset({"to"})
_AT = frozenset({"at"})
_OF = frozenset({"of"})
ABOUT = frozenset({"on", "about"})
_INVITERS = frozenset({"of", "from", "by"})
_PARTNER = frozenset({"with"})
_ACCREDITED = frozenset({"ambassador", "envoy", "representative", "commissioner", "delegate", "emissary"})
_HANDING = frozenset(
    {"hand", "deliver", "give", "present", "carry", "convey", "pass", "bring", "read", "explain"}
)


class JourneyReader:
    """Turns verbs of journeys to meetings into candidates."""

    def __init__(self, links: Links, reader: SideReader, world: World, cues: MeetingCues) -> None:
        self._links = links
        self._reader = reader
        self._world = world
        self._cues = cues

    def visit(self, block: Block, verb: Token, cue: VerbCue) -> Candidate | None:
        """ "visited Lima", "visited X": who goes abroad, and whom a named host is."""
        goers = self._reader.read_all(block, agents(verb) if is_passive(verb) else subjects(verb))
        if goers.private:
            return None
        meant = self._partners(block, verb)
        hosts = self._reader.read_all(block, objects(verb))
        both = Found([*goers.sides])
        both.add(hosts)
        if any(s.name for s in hosts.sides) and not hosts.private and goers.sides and two_sided(both.sides):
            return made_at(block, verb, "verb_visit", both, self.place_near(block, verb), 0.85)
        spots = [
            s
            for s in (self._world.at(self._links, block.block_no, t) for t in objects(verb))
            if s is not None
        ]
        if not spots or not self.abroad(goers, spots[0]):
            return None
        goers.add(meant)
        return made_at(block, verb, "verb_visit", goers, spots[0], 0.85)

    def staying(self, block: Block, verb: Token) -> Candidate | None:
        """ "Our delegation is in Antalya": a delegation at work abroad is at a meeting."""
        doers = subjects(verb)
        heads = [c for c in doers if c.lemma_.lower() in self._cues.data.delegations]
        dated = any(t.ent_type_ == "DATE" or is_weekday(t.lower_) for t in own_words(verb))
        here = verb.lemma_ == "be" and verb.tag_ in {"VBZ", "VBP"}  # "is in Moscow, trying to sell his dates"
        busy = any(c.dep_ == "advcl" and c.tag_ in {"VB", "VBG"} and c.i > verb.i for c in verb.children)
        met = self._reader.read_all(block, prep_objects(verb, _PARTNER)) if here else Found()
        due = [verb, *(c for c in verb.children if c.dep_ == "acomp")]
        beside = {c.lower_ for t in due for c in t.children}
        beside |= {c.lower_ for t in due for b in t.children if b.lower_ == "back" for c in b.children}
        back = "back" in beside and "home" not in beside  # "is expected back in Moscow"
        if heads and back and (found := self._reader.read_all(block, heads)).anaphoric and not found.sides:
            return Candidate(
                block=block, event=verb, governor=verb, rule="verb_back", form="in_person", found=found,
                hosts=Found(), confidence=0.6, spot=self.destination(block, verb),
            )  # fmt: skip
        dated = dated or (back and verb.lemma_ == "expect")
        if not heads and (dated or (here and (busy or any(s.name for s in met.sides)))):
            # "will be in Tehran next week", "is expected at the White House on Friday": a dated stay abroad
            heads = [
                t for t in doers if self._reader.read(block, t).sides and t.pos_ in {"PROPN", "PRON", "NOUN"}
            ]
        if not heads:
            return None
        there = self._reader.read_all(block, heads)
        if not there.sides:
            owners = [t for h in heads for t in h.children if t.dep_ == "poss"]
            there.add(self._reader.read_all(block, owners))
        spot = self.destination(block, verb)
        together = spot is not None and len(distinct_parties(there.sides)) > 1
        if there.private or not (together or self.abroad(there, spot)):
            return None
        there.add(self._reader.read_all(block, prep_objects(verb, _PARTNER)))
        there.add(self._partners(block, verb))
        return made_at(block, verb, "verb_stay", there, spot, 0.7)

    def travel(self, block: Block, verb: Token) -> Candidate | None:
        """ "flew to Lima to meet X": a journey abroad is for a meeting there."""
        dated = any(t.ent_type_ in {"DATE", "TIME"} or is_weekday(t.lower_) for t in own_words(verb))
        if verb.lemma_.lower() in self._cues.data.travel_needs_purpose and not (dated or self.purpose(verb)):
            return None
        if verb.dep_ == "pcomp" and verb.head.lower_ == "before" and not prep_objects(verb, _FOR):
            return None  # "told reporters before heading to London": only when he said it
        goers = self._reader.read_all(block, subjects(verb))
        spot = self.destination(block, verb)
        named = bool(goers.sides) and all(s.name for s in goers.sides) and not goers.private
        if spot is None and named and verb.lemma_.lower() in _COMING and not objects(verb):
            made = made_at(block, verb, "verb_travel", goers, None, 0.5)
            made.definite = made.reference = True  # "Bykov arrived an hour late": for the meeting told of
            return made
        if goers.anaphoric and not goers.sides and spot is not None:
            # "The delegations, which arrived in the capital on Monday": those of the meeting there
            made = made_at(block, verb, "verb_travel", goers, spot, 0.5)
            made.definite = made.reference = True
            return made
        together = spot is not None and len(distinct_parties(goers.sides)) > 1
        if goers.private or not (together or self.abroad(goers, spot)):
            return None
        goers.add(self._partners(block, verb))
        return made_at(block, verb, "verb_travel", goers, spot, 0.75)

    def _partners(self, block: Block, verb: Token) -> Found:
        """With whom the journey's purpose is: "to discuss tariffs with X", "working with officials"."""
        purposes = [c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and c.i > verb.i]
        purposes += [c for p in purposes for c in p.children if c.dep_ in {"xcomp", "conj"}]
        found = Found()
        for purpose in purposes:
            if purpose.tag_ not in {"VB", "VBG"} or any(c.dep_ == "nsubj" for c in purpose.children):
                continue
            heads = [purpose, *(c for c in purpose.children if c.dep_ == "dobj")]
            found.add(self._reader.read_all(block, [t for h in heads for t in prep_objects(h, _PARTNER)]))
        asked = [verb.head] if verb.dep_ in {"acl", "relcl"} else []  # "accepted an invitation to visit"
        for noun in [*asked, *prep_objects(verb, _AT)]:
            if noun.lemma_ == "invitation":
                hosts = [*prep_objects(noun, _INVITERS), *(c for c in noun.children if c.dep_ == "poss")]
                found.add(self._reader.read_all(block, hosts))
        found.private = False
        return found

    def leading(self, block: Block, verb: Token) -> Candidate | None:
        """ "The Russian team was headed by Ognev": who leads a delegation is at the meeting told of."""
        led = [
            t
            for t in objects(verb)
            if t.lemma_.lower() in self._cues.data.delegations
            or (t.lemma_ in self._cues.data.sides_led and self._reader.modifier_parties(block, t))
        ]
        leaders = self._reader.read_all(block, agents(verb) if is_passive(verb) else subjects(verb))
        heads = [verb, *led]
        goals = (self._world.at(self._links, block.block_no, t) for h in heads for t in prep_objects(h, _TO))
        spot = next((s for s in goals if s is not None), None)
        if led and not leaders.private and self.abroad(leaders, spot):
            return made_at(block, verb, "verb_travel", leaders, spot, 0.75)  # "leads a team to Oslo"
        if not led or not any(s.name for s in leaders.sides):
            return None
        if len(leaders.sides) == 1 and leaders.sides[0].name is not None:
            leaders.add(second_leader(block, verb, leaders.sides[0], self._links, self._reader))
        made = made_at(block, verb, "verb_lead", leaders, None, 0.5)
        made.definite = made.reference = True
        return made

    def sending(self, block: Block, verb: Token) -> Candidate | None:
        """ "sent a delegation to Lima": those who are sent."""
        if any(t.lemma_.lower() in self._cues.data.armed_nouns for t in objects(verb)):
            return None  # "sent forces into Chile"
        # but not "sending homeless Peruvians": a people, by the name of its state, is no delegation
        sent = self._reader.read_all(block, [t for t in objects(verb) if t.tag_ != "NNPS"])
        officials = any(
            t.lemma_.lower() in self._world.actor_nouns
            and t.lemma_.lower() not in self._cues.data.private_nouns
            for t in objects(verb)
        )
        goal = self._sent_to(block, verb)
        if (
            goal is not None
            and distinct_parties(sent.sides) == {goal.country}
            and not self._owned(block, verb)
        ):
            sent = Found()  # "an envoy to Lima" is none of Peru's
        if not sent.sides and not sent.private and officials:
            # "dispatched a top aide": he acts for whoever sends him
            for party in sorted(distinct_parties(self._reader.read_all(block, subjects(verb)).sides)):
                sent.add(self._reader.party(party, None))
        spot = self.destination(block, verb) or goal
        away = [t for h in (verb, *objects(verb)) for t in prep_objects(h, _TO) if t.pos_ == "PROPN"]
        if spot is None and officials and sent.sides and not sent.private and not away:
            made = made_at(block, verb, "verb_send", sent, None, 0.5)
            made.definite = made.reference = True
            return made
        if sent.private or not sent.sides or not self.abroad(sent, spot):
            return None
        sent.add(self._addressed(block, verb))
        return made_at(block, verb, "verb_send", sent, spot, 0.7)

    def _sent_to(self, block: Block, verb: Token) -> Spot | None:
        """ "dispatched an aide to Lima": hung on whoever is sent; but "sent the envoy to Peru home"."""
        if len(objects(verb)) > 1 or any(c.dep_ == "dative" for c in verb.children):
            return None  # "sent the envoy to Lima a note"
        for sent in objects(verb):
            named = [t for t in prep_objects(sent, _TO) if t.pos_ == "PROPN"]
            spots = [self._world.at(self._links, block.block_no, t) for t in named]
            if len(spots) == 1 and spots[0] is not None:
                title = sent.lemma_.lower() in _ACCREDITED and spots[0].is_country
                return None if title else spots[0]
        return None

    def _owned(self, block: Block, verb: Token) -> bool:
        """Whether words before those who are sent tell whose they are, or they are named."""
        return any(t.pos_ == "PROPN" or bool(self._reader.modifier_parties(block, t)) for t in objects(verb))

    def _addressed(self, block: Block, verb: Token) -> Found:
        """Whom the one sent is to see there: "to brief X", "to hand a letter to X"."""
        found = Found()
        for purpose in (c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and is_to(c)):
            lemma = purpose.lemma_.lower()
            if lemma in self._cues.data.telling_verbs or self._cues.verb(purpose) is not None:
                found.add(self._reader.read_all(block, objects(purpose)))
            elif lemma in _HANDING:
                found.add(self._reader.read_all(block, prep_objects(purpose, _TO)))
        found.private = False
        return found

    def inviting(self, block: Block, verb: Token) -> Candidate | None:
        """ "invited X to Lima": host and guest."""
        guests = self._reader.read_all(block, person_like(objects(verb)))
        if guests.private or not (guests.sides or guests.anaphoric):
            return None
        found = Found()
        found.add(self._reader.read_all(block, agents(verb) if is_passive(verb) else subjects(verb)))
        both = guests.anaphoric and not guests.sides and len(found.sides) == 1  # "invited both leaders"
        found.add(guests)
        spot = self.destination(block, verb)
        for child in verb.children:
            if child.dep_ in {"xcomp", "ccomp", "advcl"} and child.lemma_ in {
                "visit",
                "travel",
                "come",
                "fly",
            }:
                spot = (
                    spot
                    or self.destination(block, child)
                    or next(
                        (
                            s
                            for s in (self._world.at(self._links, block.block_no, t) for t in objects(child))
                            if s
                        ),
                        None,
                    )
                )
        if spot is None or not (both or two_sided(found.sides)):
            return None
        return made_at(block, verb, "verb_invite", found, spot, 0.75)

    def purpose(self, verb: Token) -> bool:
        """Whether what the verb tells is for a purpose, or wanted: "to resume talks", "would see"."""
        if any(c.tag_ == "MD" for c in verb.children):
            return True
        ends = (c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and is_to(c) and c.i > verb.i)
        if any(t.dep_ == "dobj" and self._cues.noun(t) is not None for c in ends for t in c.children):
            return True  # "have returned to Lima to resume talks"
        return is_to(verb) or (verb.tag_ == "VBG" and verb.dep_ in {"xcomp", "pcomp"})

    def place_near(self, block: Block, verb: Token) -> Spot | None:
        """A place after in, at or near on the verb or on one of its arguments."""
        stack = [verb, *(c for c in verb.children if c.dep_ in {"dobj", "nsubj", "prep", "prt", "advmod"})]
        subjects_of_talk = self.told_about(verb)
        stack += [
            t for p in prepositions(verb) if p not in subjects_of_talk for t in p.children if t.dep_ == "pobj"
        ]
        if verb.lemma_.lower() == "discuss":  # "discussed the situation in Gaza": where that is
            stack = [t for t in stack if t.lemma_.lower() not in self._cues.data.situated_nouns]
        for head in stack:
            for target in prep_objects(head, _IN):
                spot = self._world.at(self._links, block.block_no, target)
                if spot is not None:
                    return spot
        return None

    def told_about(self, verb: Token) -> list[Token]:
        """ "briefed him on the talks in Lima": prepositions of what it was about, which was elsewhere."""
        if verb.lemma_.lower() not in self._cues.data.briefing_verbs:
            return []
        return [p for p in prepositions(verb) if p.lower_ in ABOUT]

    def destination(self, block: Block, verb: Token) -> Spot | None:
        """The place that the verb's journey leads to."""
        for target in prep_objects(verb, _TO_PLACE if verb.lemma_ not in _FROM_HERE else _AWAY):
            prep = target.head
            if prep.i > 0 and prep.nbor(-1).tag_ in {"JJR", "RBR"} and prep.nbor(-1).i > verb.i:
                continue  # "bring Chile closer to Peru"
            town = prep_objects(target, _OF) if target.lemma_ in TOWNS else []  # "to the port city of Jeddah"
            spot = self._world.at(self._links, block.block_no, town[0] if town else target)
            if spot is not None:
                return spot
        ways = [t for p in prepositions(verb) for t in p.children if t.lemma_ in {"way", "route", "visit"}]
        for child in [*verb.children, *ways]:
            if child.tag_ not in {"JJR", "RBR"} and (
                child.dep_ in {"prt", "advmod", "acomp"} or child in ways
            ):
                for target in prep_objects(child, _TO_PLACE):
                    spot = self._world.at(self._links, block.block_no, target)
                    if spot is not None:
                        return spot
        return None

    def abroad(self, sides: Found, spot: Spot | None) -> bool:
        """Whether all who go there act for somebody else than the state they go to."""
        parties = distinct_parties(sides.sides)
        acts = bool(parties) or self._reader.of_body(sides.sides)
        return spot is not None and acts and spot.country is not None and spot.country not in parties


def made_at(block: Block, verb: Token, rule: str, found: Found, spot: Spot | None, sure: float) -> Candidate:
    """A meeting in person at a place, told by the verb itself."""
    return Candidate(
        block=block, event=verb, governor=verb, rule=rule, form="in_person", found=found, hosts=Found(),
        confidence=sure, travel=rule in JOURNEY_RULES, spot=spot,
    )  # fmt: skip


def person_like(tokens: list[Token]) -> list[Token]:
    """Of several phrases those that may stand for people."""
    return [
        t
        for t in tokens
        if t.pos_ in {"PROPN", "NOUN", "PRON", "ADJ"} and t.ent_type_ not in {"DATE", "TIME"}
    ]


def made_by_then(candidate: Candidate, reported: DateRange | None, cues: MeetingCues) -> Reading:
    """ "Went to Lima this month to meet X": of so wide a time what is told is over; else as it was read.

    Who arrived there this week for talks may still be at it.
    """
    reading, when = candidate.reading, candidate.readings[0] if candidate.readings else None
    if reading.rule != "purpose_of_travel" or reading.tense != "past" or when is None or reported is None:
        return reading
    verbs = cues.data.travel_verbs - _COMING
    told = (candidate.verb, *candidate.event.ancestors)
    went = any(t.tag_ == "VBD" and t.lemma_.lower() in verbs for t in told)
    wide = (when.last - when.first).days >= _WIDE
    over = wide and when.first < reported.first <= when.last
    return Reading("held", "past", reading.rule) if went and over else reading
