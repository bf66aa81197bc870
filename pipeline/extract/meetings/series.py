"""Talks in a series: whether words tell of one more round of the same, of one before, or of going on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.function_words import NOMINAL
from pipeline.extract.meetings.occasions import UNHELD, Occasion
from pipeline.extract.meetings.pointing import modified, one_before, renewed, resumed
from pipeline.extract.meetings.readings import STAGE_RULE
from pipeline.extract.meetings.sides import Side

if TYPE_CHECKING:
    from spacy.tokens import Token

_PROCESS = frozenset(
    {"round", "session", "conference", "cycle", "plenary", "sitting", "negotiation", "talk", "talks"}
)
_RECEIVING = frozenset({"verb_receive", "verb_welcome", "verb_host", "verb_invite", "verb_greet"})
_NEWS = frozenset({"held", "ongoing", "scheduled", "cancelled"})
_HOURS = frozenset({"noon", "midday", "midnight", "lunch", "hour", "hours", "minutes", "later", "shortly"})
_RECESS = 4  # days from one day of talks to the next at the same place


def one_more(candidate: Candidate, cues: MeetingCues) -> bool:
    """Whether the words tell of one more occasion of the same participants, or of one before."""
    return (
        renewed(candidate, cues) or resumed(candidate, cues)
        or last_of_series(candidate) or marked_round(candidate)
    )  # fmt: skip


def marked_round(candidate: Candidate) -> bool:
    """ "The January round in Lima": a round is one of several, and its place and days say which."""
    named = candidate.rule == "noun_occasion" and candidate.event.lemma_.lower() == "round"
    marked = candidate.spot is not None and bool(candidate.readings)
    return named and candidate.definite and marked and not candidate.sides


def later_that_day(candidate: Candidate) -> bool:
    """ "The talks will resume after lunch": a break, not another occasion."""
    verb = candidate.governor
    return verb is not None and any(t.lower_ in _HOURS or t.ent_type_ == "TIME" for t in verb.subtree)


def opens_anew(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "It is not clear when the talks will resume": of those held before no more than that they go on."""
    ahead = candidate.status in UNHELD and candidate.reading.tense == "future" and candidate.definite
    undated = ahead and not candidate.readings and candidate.spot is None
    return undated and resumed(candidate, cues) and not later_that_day(candidate)


def none_planned(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "No further talks are planned": of the same participants as those before."""
    return candidate.status == "ruled_out" and candidate.rule == "noun_occasion" and renewed(candidate, cues)


def wanted_by_one(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "Chile proposed another round": with whom, those before say."""
    sides = candidate.sides
    return (
        len(sides) == 1 and sides[0].party is not None and not candidate.found.private
        and candidate.rule == "noun_occasion" and candidate.status in UNHELD and renewed(candidate, cues)
    )  # fmt: skip


def back_to_talks(candidate: Candidate) -> bool:
    """ "Negotiators will return to Lima on Friday", "come back": for one more round of those there before."""
    verb = candidate.event
    again = verb.lemma_.lower() == "return" or any(c.lower_ == "back" for c in verb.children)
    return (
        candidate.rule == "verb_travel" and candidate.reference and candidate.found.anaphoric
        and not candidate.sides and again
        and candidate.status == "scheduled" and candidate.spot is not None and bool(candidate.readings)
    )  # fmt: skip


def as_guest(candidate: Candidate, cues: MeetingCues) -> bool:
    """Whether one side is told to come to the other: "the visit" may be this."""
    arrives = candidate.outer is not None and candidate.outer.lemma_.lower() in cues.data.travel_verbs
    return candidate.travel or arrives or candidate.rule in _RECEIVING


def bare_talks(candidate: Candidate, cues: MeetingCues) -> bool:
    """ "Talks broke off after six hours": without an article, those just told of."""
    event, verb = candidate.event, candidate.governor
    if event.tag_ != "NNS" or not event.is_sent_start or verb is None or candidate.sides:
        return False
    told = candidate.abstract and not candidate.found.private and candidate.spot is None
    fate = verb.lemma_.lower() in cues.status.takes_place or candidate.status == "cancelled"
    role = event.dep_ in {"nsubj", "nsubjpass"} and candidate.reading.tense == "past"
    return told and fate and role and all(c.dep_ not in {"prep", "amod", "compound"} for c in event.children)


def last_of_series(candidate: Candidate) -> bool:
    """ "The last round was held in May": the one just told of, if the days fit, or one before it."""
    return candidate.rule == "noun_occasion" and one_before(candidate) and bool(candidate.readings)


def of_process(candidate: Candidate) -> bool:
    """Whether the words tell of negotiations that go on over occasions: "talks", "the next round"."""
    heads = {t.lemma_.lower() for t in (candidate.event, candidate.top) if t is not None}
    return candidate.abstract or bool(heads & _PROCESS)


def over_weeks(candidate: Candidate) -> bool:
    """ "After more than a month of talks in Lima": negotiations of states, none of whose rounds is told."""
    top = candidate.top
    if (
        top is None
        or top == candidate.event
        or not candidate.abstract
        or any(s.name for s in candidate.sides)
    ):
        return False
    length = top.lemma_.lower()
    return length == "month" or (length in {"week", "fortnight"} and not candidate.readings)


def shortly_after(candidate: Candidate, occasion: Occasion) -> bool:
    """ "The talks will resume on Thursday", of those of Monday: where they were, as nobody went home."""
    days = occasion.days
    if days is None or not candidate.readings or candidate.form == "phone":
        return False
    return 0 <= (candidate.readings[0].first - days.last).days <= _RECESS


def keys_of(occasion: Occasion) -> set[str]:
    """The parties of an occasion, and the names of those of no party."""
    return {*occasion.parties, *(p.name for p in occasion.people if p.party is None)}


def news_of_topic(candidate: Candidate, topic: Sequence[Side], cues: MeetingCues) -> bool:
    """Whether an entry of a feed on two sides tells of their talks: "The talks have resumed"."""
    if candidate.block.entry_no is None or not topic or candidate.found.private or candidate.travel:
        return False
    parties = {s.party for s in topic}
    if any(s.party not in parties for s in candidate.sides) or candidate.status not in _NEWS:
        return False
    if candidate.rule in {"presence", "group_reference"}:
        return True
    event = candidate.event
    told = candidate.rule == "noun_occasion" and event.lemma_.lower() in _PROCESS | {"meeting", "summit"}
    led = event.dep_ in NOMINAL or candidate.reading.rule == STAGE_RULE
    lead = not candidate.sides and led and not candidate.found.anaphoric
    pointed = candidate.definite or (lead and opens_line(event))
    return told and pointed and not modified(event, cues) and _at_stage(candidate, cues)


def _at_stage(candidate: Candidate, cues: MeetingCues) -> bool:
    """Whether the clause says how it stands with the occasion, or what was before, at or after it."""
    event, verb = candidate.top or candidate.event, candidate.governor
    if candidate.reading.rule in {STAGE_RULE, "break"}:  # "The talks have paused for lunch"
        return True
    if event.dep_ in NOMINAL and verb is not None:
        if verb.lemma_ == "be" and not candidate.definite and any(c.dep_ == "attr" for c in verb.children):
            return False  # "Talks over the border are a habit here"
        return verb.lemma_.lower() in cues.status.takes_place | {"be"} or candidate.status == "cancelled"
    return event.dep_ == "pobj" and event.head.lower_ in cues.status.after | cues.status.during | {
        "before",
        "of",
    }


def opens_line(event: Token) -> bool:
    """ "Session resumes after lunch": the noun is the first word of its sentence, but for what counts it.

    A label in capitals may stand before it, too: "19:45 JUST IN | Fourth session over".
    """
    before = event.doc[event.sent.start : event.i]
    return all(t.pos_ in {"ADJ", "NUM", "PUNCT", "SYM", "X"} or t.is_upper or not t.is_alpha for t in before)
