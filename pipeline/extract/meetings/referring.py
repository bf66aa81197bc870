"""Which occasion of a page a reference means, and whom those named at it join."""

from __future__ import annotations

from pipeline.extract.meetings.at_table import presides, with_both
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import prepositions
from pipeline.extract.meetings.modality import auxiliaries_of
from pipeline.extract.meetings.occasions import UNHELD, Occasion, overlap
from pipeline.extract.meetings.pointing import (
    another_day,
    attends,
    comes_about,
    foretold,
    goes_on,
    means_two_people,
    modified,
    ranks,
    relocated,
    renewed,
    the_visit,
    without_place,
)
from pipeline.extract.meetings.pronouns import PRONOUN_RULE
from pipeline.extract.meetings.references import GOING_HOME, Resolver
from pipeline.extract.meetings.rows import RowMaker
from pipeline.extract.meetings.series import bare_talks
from pipeline.extract.meetings.sides import Found, Side, distinct_parties

TELLING_NOTHING = frozenset({"subject_of_present", "about_occasion", "open_noun", "object_of_past"})
_WERE = frozenset({"was", "were", "had"})
_POINTING_AT = frozenset({"it", "this", "that", "these", "those", "they"})
_THREE = frozenset({"trilateral", "three-way"})
_OF_THREE = 3
_WITH_OTHERS = frozenset({"with", "of", "between", "among", "for", "over"})
_REACH_BLOCKS = 4  # how many lines back "the meeting" may point
_LINES_TO_TWO = 2  # how many lines back "the two presidents" may point


class Referrer:
    """Finds the occasions that references of one page mean."""

    def __init__(self, rows: RowMaker, cues: MeetingCues, *, of_two: bool, nouns: frozenset[str]) -> None:
        """Nothing is looked for yet.

        Args:
            rows: makes sides of what is known of an occasion.
            cues: the words that tell of meetings.
            of_two: whether the page is about two sides (`topic_of`).
            nouns: those by which the page's occasions are told.
        """
        self._rows = rows
        self._cues = cues
        self._of_two = of_two
        self._nouns = nouns

    def referred(self, candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """The occasion that a reference means; "would" of one that is planned says no more than that."""
        hit = (
            self._taken_back(candidate, resolver)
            or self._refer(candidate, resolver)
            or self._plan_described(candidate, resolver)
            or self._plan_left(candidate, resolver)
        )
        event = candidate.event
        forum = any(c.lower_ in self._cues.data.forums for c in event.lefts)
        if hit is None or (forum and event.lemma_.lower() not in resolver.told_as(hit[0])):
            return None  # "invited him to the G7 summit", after a call of theirs: where many meet
        occasion = hit[0]
        if foretold(candidate) and not occasion.held and occasion.last_status in UNHELD:
            candidate.status = occasion.last_status
        nothing = (
            candidate.reading.rule in TELLING_NOTHING and candidate.status == "held" and not occasion.held
        )
        were_due = candidate.status == "scheduled" and any(
            t.lower_ in _WERE for t in (candidate.verb, candidate.verb.head, *auxiliaries_of(candidate.verb))
        )
        around = candidate.reading.rule == "before_occasion" and candidate.block.entry_no is None
        if around and candidate.status == "scheduled" and occasion.held:
            candidate.status = "held"  # "Before the summit, he told reporters", of one that has ended
        if (candidate.rule == "noun_absence" or nothing or were_due) and occasion.called_off:
            candidate.status = "cancelled"  # "had not come to the talks", which were put off
        return hit

    def _plan_described(self, candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "The meeting is the first in years": of one that is planned, it still lies ahead.

        Likewise "has not reacted to news of the Oslo meeting", which says nothing of when that is.
        """
        untold = TELLING_NOTHING | {"before_occasion"}
        if candidate.reading.rule not in untold or candidate.status != "held":
            return None
        candidate.status = None
        hit = self._refer(candidate, resolver)
        planned = hit is not None and not hit[0].held and hit[0].last_status == "scheduled"
        if planned and hit is not None and hit[0].days is not None:  # of two Fridays that of the plan
            days = hit[0].days
            readings = candidate.readings
            candidate.readings = tuple(r for r in readings if overlap(r, days))
        candidate.status = "scheduled" if planned else "held"
        return hit if planned else None

    @staticmethod
    def _taken_back(candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "Chile called off the planned talks on Tuesday": those told before; the day is of that act."""
        event = candidate.top or candidate.event
        if not candidate.abstract or not candidate.definite or candidate.spot is not None:
            return None
        if candidate.reading.rule != "governor_cancelled" or event.dep_ != "dobj":
            return None
        if any(p.lower_ in _WITH_OTHERS for p in prepositions(event)):
            return None  # "suspended the talks with its creditors"
        bare = without_place(candidate)
        bare.status = None
        hit = resolver.by_context(bare, reach=_REACH_BLOCKS)
        if hit is None or hit[0].held or not hit[0].of_two():
            return None  # of talks that are on, more than one thing may be broken off
        if candidate.expression is not None and not event.is_ancestor(candidate.verb):
            candidate.readings, candidate.expression = (), None
        return hit

    def _plan_left(self, candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "Chile pulled out of the talks on Tuesday", of talks that are to come: the day is of that act."""
        left = candidate.rule == "noun_absence" and candidate.status == "held" and candidate.definite
        if not left or candidate.spot is not None:
            return None
        bare = without_place(candidate)
        bare.status = None
        hit = resolver.by_context(bare, reach=_REACH_BLOCKS)
        if hit is None or hit[0].held or hit[0].last_status != "scheduled" or not hit[0].of_two():
            return None
        candidate.status, candidate.readings, candidate.expression = "scheduled", (), None
        return hit

    def _refer(self, candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        if the_visit(candidate, self._cues):
            return resolver.last_journey(candidate)
        if candidate.travel and not candidate.sides and candidate.event.pos_ == "NOUN":
            return None  # somebody else's journey to the same place
        if candidate.weak and modified(candidate.event, self._cues):
            return None
        lemma = candidate.event.lemma_.lower()
        if lemma in self._cues.data.meals and candidate.spot is None and lemma not in self._nouns:
            return None  # "two people at the dinner": a part of the occasion, or another one
        if candidate.rule == PRONOUN_RULE:
            return resolver.last_told(candidate)
        if goes_on(candidate, self._cues):
            return resolver.by_context(candidate, reach=_REACH_BLOCKS)
        if candidate.rule == "verb_lead":
            return self._led(candidate, resolver)
        if candidate.rule == "attendance":
            return self._just_told(candidate, resolver)
        if with_both(candidate, self._cues):
            return self._beside_sides(candidate, resolver)
        if (
            candidate.abstract
            and candidate.spot is not None
            and candidate.spot.is_country
            and modified(candidate.event, self._cues)
        ):
            return None  # "the Ukrainian peace talks": the process
        going = candidate.rule == "presence" and candidate.event.lemma_.lower() in GOING_HOME
        if going and all(p.lower_ != "from" for p in prepositions(candidate.event)):
            candidate.spot = candidate.written = None  # where they go is not where they were
        if candidate.spot is not None:
            return resolver.by_place(candidate) or self._relocated(candidate, resolver)
        if candidate.rule == "verb_travel" and candidate.reference:
            hit = resolver.by_context(candidate, reach=_REACH_BLOCKS)
            return hit if hit is not None and len(hit[0].main_parties()) >= 2 else None
        if another_day(candidate):
            article = candidate.block.entry_no is None
            hit = resolver.main(candidate) if article else resolver.by_context(candidate)
            return hit if hit is not None and hit[0].of_two() else None
        if candidate.rule == "work_in_place":
            return None
        if candidate.rule == "verb_meet" and candidate.found.anaphoric and candidate.sides:
            return self._with_them(candidate, resolver)
        bare = bare_talks(candidate, self._cues)
        if not candidate.definite and not bare and not self._conducted(candidate):
            return self._day_meant(candidate, resolver) or self._plan_meant(candidate, resolver)
        if candidate.found.private or (candidate.travel and not candidate.sides):
            return None
        event = candidate.event
        if candidate.abstract and not self._occasion_meant(candidate):
            return None  # "familiar with the negotiations": the process, not an occasion
        if modified(event, self._cues) and not comes_about(candidate, self._cues):
            return None
        if candidate.rule in {"group_reference", "presence"} and candidate.block.entry_no is None:
            went_on = candidate.rule == "group_reference"  # "They met. The two ministers discussed fishing."
            same_line = resolver.by_context(candidate, reach=0) if went_on else None
            return same_line or self._of_these_two(candidate, resolver) or resolver.main(candidate)
        if candidate.rule in {"group_reference", "presence"} and self._of_two:
            return resolver.by_context(candidate, reach=_REACH_BLOCKS)  # else `Resolver.of_news`
        hit = (
            resolver.by_day(candidate)
            or resolver.by_kind(candidate)
            or resolver.by_context(candidate, reach=_REACH_BLOCKS)
            or self._joined(candidate, resolver)
            or (self._beside_sides(candidate, resolver) if presides(candidate, self._cues) else None)
        )
        if candidate.travel and candidate.status == "cancelled" and hit is not None and hit[0].held:
            return None  # "the visit was cancelled": none of those that took place
        alone = hit is not None and candidate.rule == "verb_discuss" and not hit[0].of_two()
        return None if alone else hit  # "They also discussed ...": not a journey of one

    @staticmethod
    def _of_these_two(candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "X offered to meet Y. / There is nothing for the two presidents to discuss": of X and Y."""
        if candidate.rule != "group_reference" or not means_two_people(candidate.event):
            return None
        hit = resolver.by_context(candidate, reach=_LINES_TO_TWO)
        return hit if hit is not None and len(hit[0].main_people()) == 2 else None

    @staticmethod
    def _relocated(candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "The talks have been moved to Lima", "will now be held in Lima": the plan, at another place."""
        if not relocated(candidate):
            return None
        bare = without_place(candidate)
        bare.readings, bare.status = candidate.readings, "scheduled"
        hit = resolver.by_context(bare, reach=_REACH_BLOCKS)
        if hit is None or hit[0].held or not hit[0].of_two():
            return None
        candidate.status = "scheduled"
        return hit

    def _joined(self, candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "Envoys of X also attended the meeting": the one told of, at which X has not been named before."""
        verb = candidate.governor
        comes = verb is not None and attends(verb, self._cues) and candidate.sides
        if not comes or candidate.rule != "noun_occasion" or candidate.found.private:
            return None
        hit = self._just_told(candidate, resolver)
        if hit is None or not hit[0].of_two():
            return None
        self._add_sides(candidate, hit[0])
        return hit

    def _with_them(self, candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "The two leaders will meet with X": that of the two just told of, at which X is, too."""
        if any(c.lower_ in {"also", "separately", "then"} for c in candidate.event.children):
            return None
        hit = self._just_told(candidate, resolver)
        if hit is None or not hit[0].of_two() or hit[0].held != (candidate.status not in UNHELD):
            return None
        self._add_sides(candidate, hit[0])
        return hit

    def _beside_sides(self, candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """The occasion told of at which those of the line are beside its sides, who are given to it, too."""
        bare = without_place(candidate)
        bare.found = Found()
        hit = resolver.by_context(bare, reach=_REACH_BLOCKS)
        if hit is None and candidate.block.entry_no is None:
            hit = resolver.main(bare)
        if hit is None or not hit[0].of_two():
            return None
        self._add_sides(candidate, hit[0])
        return hit

    @staticmethod
    def _just_told(candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """The occasion just told of, at which those of the line are whom it may not have named before."""
        bare = without_place(candidate)
        bare.found = Found()
        return resolver.by_context(bare, reach=1)

    def _add_sides(self, candidate: Candidate, occasion: Occasion) -> None:
        """Those known of the occasion whom the line does not name."""
        for side in self._rows.sides_of(occasion):
            if all(side.key != s.key for s in candidate.sides):
                candidate.found.sides.append(side)

    def _occasion_meant(self, candidate: Candidate) -> bool:
        """ "The talks ended", "after the talks": an occasion; "familiar with the talks": a process."""
        event, status = candidate.top or candidate.event, self._cues.status
        verb = event.head
        if candidate.rule == "noun_absence":
            return True
        if event.dep_ == "attr":  # "This will be the third round of talks"
            return any(c.dep_ == "nsubj" and c.lower_ in _POINTING_AT for c in verb.children)
        if event.dep_ in {"nsubj", "nsubjpass"}:
            told = candidate.reading.tense == "past" or candidate.status == "ongoing"
            # "are expected to go on until Sunday", but not "have yet to yield a truce"
            below = (c for c in verb.children if c.dep_ == "xcomp" and verb.lemma_ != "have")
            placed = candidate.reading.rule == "subject_of_present" and ranks(event)
            placed = placed or candidate.reading.rule == "standing"  # "are in doubt"
            return told or placed or any(v.lemma_.lower() in status.takes_place for v in (verb, *below))
        if event.dep_ == "pobj":
            if verb.lower_ == "of" and (
                status.governor(verb.head) == "cancelled" or status.outcome(verb.head)
            ):
                return True  # "the cancellation of talks", "the outcome of the talks"
            if verb.lower_ == "of" and verb.head.lower_ == "ahead":
                return True
            return verb.lower_ in status.after | status.before | {"at", "during", "to"} and (
                verb.lower_ != "to" or verb.head.lower_ == "prior"
            )
        judged = verb.lemma_ in self._cues.data.judging_verbs and any(c.lower_ == "as" for c in verb.rights)
        judged = judged and candidate.block.entry_no is None  # a feed tells of many talks
        held = verb.lemma_ in status.holding or judged  # "described the talks as tense"
        return event.dep_ == "dobj" and candidate.status == "held" and held

    def _conducted(self, candidate: Candidate) -> bool:
        """ "The two ministers had a long discussion": those just told of, at what was just told of."""
        verb = candidate.governor
        if candidate.rule == "verb_discuss":
            return candidate.found.anaphoric and not candidate.sides  # "The two will discuss it"
        return (
            candidate.found.anaphoric and not candidate.sides and not candidate.travel and verb is not None
            and candidate.event.dep_ == "dobj" and candidate.status == "held"
            and verb.lemma_ in self._cues.status.holding and not renewed(candidate, self._cues)
        )  # fmt: skip

    @staticmethod
    def _led(candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """The meeting at which a delegation is, of which the line names the leader."""
        bare = without_place(candidate)
        bare.found = Found([Side(None, s.party, None) for s in candidate.sides if s.party is not None])
        if candidate.block.entry_no is None:
            return resolver.main(bare)
        return resolver.by_context(bare)

    @staticmethod
    def _day_meant(candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "X had proposed talks on the 15th": those of X of that very day that the page tells of."""
        sides = distinct_parties(candidate.sides)
        if (
            not candidate.readings
            or len(sides) != 1
            or candidate.travel
            or candidate.found.private
            or candidate.weak
        ):
            return None
        hit = resolver.by_context(candidate, reach=_REACH_BLOCKS)
        return hit if hit is not None and hit[0].days in candidate.readings and not hit[0].held else None

    @staticmethod
    def _plan_meant(candidate: Candidate, resolver: Resolver) -> tuple[Occasion, str] | None:
        """ "would not agree to a summit": the one that the lines before speak of as a plan."""
        three = candidate.event.lower_ in _THREE  # "there would be no trilateral": of three just told of
        plan = candidate.event.lower_ in {"summit", "meeting"} | _THREE and not candidate.readings
        if (
            not plan
            or candidate.status not in {"proposed", "scheduled", "ruled_out"}
            or candidate.found.private
        ):
            return None
        hit = resolver.by_context(candidate, reach=6)
        if hit is None or hit[0].held or hit[0].form == "phone":
            return None
        if len(hit[0].main_people()) < 2 and not (three and len(hit[0].main_parties()) >= _OF_THREE):
            return None
        if not hit[0].of_two():
            return None
        return hit[0], "reference_to_plan"
