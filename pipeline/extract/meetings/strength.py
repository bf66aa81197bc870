"""Which mentions tell a contact by themselves, and which only point at one that the page tells elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.at_table import lasts
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.civil_wars import described
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import role_of
from pipeline.extract.meetings.occasions import UNHELD
from pipeline.extract.meetings.pairs import PairReader, between_two
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.pointing import attends, in_passing, renewed, telephoned
from pipeline.extract.meetings.pronouns import PRONOUN_RULE
from pipeline.extract.meetings.series import (
    back_to_talks,
    none_planned,
    one_more,
    opens_anew,
    over_weeks,
)
from pipeline.extract.meetings.sides import distinct_parties, two_sided

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONLY_REFERENCES = {
    "group_reference",
    "place_for_occasion",
    "verb_lead",
    "presence",
    "attendance",
    PRONOUN_RULE,
}


class Strength:
    """Tells strong mentions of one page, which make occasions, from weak ones, which find theirs."""

    def __init__(self, reader: SideReader, pairs: PairReader, cues: MeetingCues) -> None:
        self._reader = reader
        self._pairs = pairs
        self._cues = cues

    def strong(self, candidate: Candidate) -> bool:
        """Whether the mention by itself tells a contact between parties."""
        sides = candidate.sides
        if candidate.rule == "work_in_place":
            spot = candidate.spot
            return two_sided(sides) and spot is not None and spot.country not in distinct_parties(sides)
        if candidate.rule in _ONLY_REFERENCES:
            return False
        if candidate.rule == "noun_absence":
            return two_sided(sides)
        if self.came_too(candidate):
            return False
        if candidate.reference and candidate.rule == "verb_travel":
            return back_to_talks(candidate)
        marked = candidate.spot is not None or bool(candidate.readings)
        if (
            candidate.found.anaphoric
            and not two_sided(sides)
            and (candidate.rule.startswith("verb_") or (marked and not sides) or telephoned(candidate))
        ):
            return (
                marked
                or candidate.form in {"phone", "video"}
                or (lasts(candidate) and bool(self._pairs.pair(candidate)))
            )
        if candidate.found.anaphoric and not sides and candidate.rule == "noun_occasion":
            weak = candidate.abstract or candidate.weak
            if not weak and (self._pairs.in_sentence(candidate) or between_two(candidate.event)):
                return True  # "to prepare for the meeting of the presidents of the two countries"
        again = one_more(candidate, self._cues) and not candidate.travel  # "the first stop of a tour"
        if again and not sides and not candidate.found.private:
            if marked:
                return True
            undated = opens_anew(candidate, self._cues) or none_planned(candidate, self._cues)
            return undated or (candidate.status in UNHELD and not candidate.abstract and not candidate.travel)
        if two_sided(sides) and candidate.reading.rule == "date_of_occasion":
            return True
        # "Peru's opposition": by whom a process is no nearer to an occasion than by a state
        named = any(s.name and not described(s.name) for s in sides)
        if candidate.reference and candidate.rule == "verb_send":
            return False
        if two_sided(sides):
            if self._of_bodies(candidate):
                return False
            if candidate.reading.rule == "outcome_of_occasion" and not candidate.weak:
                return True  # "transcripts of talks between ...": only what took place has them
            process = not marked and (candidate.reading.rule == "object_of_present" or in_passing(candidate))
            if over_weeks(candidate):
                return False  # "after a month of talks in Lima": many rounds
            if candidate.abstract and (process or not (marked or named)):
                return self._takes_place(candidate)
            return True
        if candidate.found.private:
            return False  # "in his talk with media in Lima"
        parties = distinct_parties(sides)
        outer = candidate.outer
        sent = outer is not None and outer.lemma_.lower() in self._cues.data.sending_verbs
        sent = sent and candidate.status != "ruled_out"
        if (candidate.travel or sent) and (len(parties) == 1 or self._reader.of_body(sides)):
            spot = candidate.spot
            return spot is not None and spot.country is not None and spot.country not in parties
        if candidate.rule in {"verb_tell_in_place"}:
            return True
        bodies = any(s.name in self._cues.data.state_bodies for s in sides)
        if (bodies or parties & self._cues.data.blocs) and not candidate.weak:
            where = candidate.spot is not None or candidate.form == "video"
            if where and bool(candidate.readings):
                return True
            governor = candidate.governor
            if not candidate.readings or governor is None:
                return False
            called = governor.lemma_ == "call" and candidate.event.dep_ == "nsubjpass"
            conducted = governor.lemma_ in self._cues.data.conducting_verbs
            return called or (conducted and candidate.event.dep_ == "dobj")
        if parties and candidate.spot is not None and candidate.readings and not candidate.weak:
            return candidate.spot.country is not None and candidate.spot.country not in parties
        joins = candidate.governor is not None and candidate.governor.lemma_ in {
            "take",
            "participate",
            "attend",
            "join",
        }
        if named and joins and candidate.readings and candidate.status == "scheduled" and not candidate.weak:
            return True  # "will take part in negotiations next week": with whom, the line keeps back
        # "was in Brussels on Thursday for a meeting": one side, away from home or of no known party
        spot = candidate.spot
        if spot is None or not sides or candidate.weak or (candidate.abstract and not named):
            return False
        return spot.country not in parties and (candidate.rule.startswith("noun_") or named)

    def _of_bodies(self, candidate: Candidate) -> bool:
        """ "the annual meetings of the IMF and the World Bank": a fixture, at which others meet."""
        data = self._cues.data
        bodies = all(s.party in data.blocs | {"IMF"} or s.name in data.state_bodies for s in candidate.sides)
        return bodies and any(c.lower_ in data.habitual_modifiers for c in candidate.event.lefts)

    def came_too(self, candidate: Candidate) -> bool:
        """ "Envoys of X and Y also attended the meeting": the one just told of, which had others."""
        verb = candidate.governor
        return (
            verb is not None and candidate.definite and candidate.spot is None and candidate.linked is None
            and two_sided(candidate.sides) and candidate.form == "in_person"
            and attends(verb, self._cues) and any(c.lower_ in {"also", "too"} for c in verb.children)
        )  # fmt: skip

    def _takes_place(self, candidate: Candidate) -> bool:
        """Whether the clause says of undated talks that they are held, or what became of them.

        One round of many is an occasion, and what is postponed was one that had been arranged.
        """
        governor = candidate.governor
        if candidate.top not in {None, candidate.event} and renewed(candidate, self._cues):
            return True
        if governor is not None and candidate.status == "cancelled" and candidate.reading.tense != "future":
            off = self._cues.status.by_modifier.get(governor.lower_) == "cancelled" or (
                any(c.dep_ == "prt" for c in governor.children)
                and self._cues.status.governor(governor) == "cancelled"  # "have been called off"
            )
            return governor.tag_ == "VBN" and off
        if governor is not None and candidate.status in {"proposed", "ruled_out"}:
            return self._tabled(candidate, governor)
        if governor is None or candidate.status not in {"held", "scheduled", "ongoing"}:
            return False
        if candidate.reading.rule == "open_verb":
            return False  # "several conditions, including resuming talks with X"
        event = candidate.event if candidate.top is None else candidate.top
        role, _ = role_of(event)
        if role == "dobj":
            return governor.lemma_ in self._cues.data.conducting_verbs
        if role == "nsubjpass" and candidate.status == "scheduled":
            return governor.lemma_ in self._cues.data.conducting_verbs  # "talks of A and B will be held soon"
        news = governor.tag_ in {"VBD", "VBN"} and candidate.reading.tense == "past"
        return role == "nsubj" and news and governor.lemma_ in self._cues.status.takes_place

    def _tabled(self, candidate: Candidate, governor: Token) -> bool:
        """ "has requested talks with X", "ruled out talks with X": proposed or refused outright."""
        top = candidate.event if candidate.top is None else candidate.top
        finite = governor.tag_ in {"VBD", "VBZ", "VBN", "VBP"}
        return (
            finite and role_of(top)[0] == "dobj" and governor.lemma_.lower() in self._cues.data.tabling_verbs
        )
