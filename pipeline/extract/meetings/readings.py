"""What a clause says of a meeting's status, and what its date against the day of the report makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.model import DateRange, MeetingStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.meetings.cues import StatusCues

Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the syntax says: status (None: open), tense of the clause, and the rule that decided."""

    status: MeetingStatus | None
    tense: Tense | None
    rule: str


UNREAD = Reading(None, None, "unread")
WEIGHED = "weighed"
WEAK_POSITIONS = frozenset({
    "around_occasion", "about_occasion", "subject_of_past", "subject_of_present",
    "open_noun", "object_of_past", "object_of_present", "before_occasion",
    "past_tense", "begun", "present_event", "progressive", "governor_proposed", WEIGHED,
})  # fmt: skip
"""Rules of readings that a modifier of the noun outweighs ("the planned talks")."""


def settle(reading: Reading, when: DateRange | None, reported: DateRange | None) -> MeetingStatus:
    """Final status: the date against the day of the report decides what syntax left open or got wrong."""
    status = reading.status
    if when is not None and reported is not None:
        if when.first > reported.last and status in {None, "held", "ongoing"}:
            return "scheduled"
        if when.last < reported.first and status in {None, "ongoing"}:
            return "held"
        if reading.rule in {"lasting", "begun"} and when.first == when.last == reported.last:
            return "ongoing"  # "the talks stalled on Wednesday", told that day
        if when.last < reported.first and status == "scheduled" and reading.rule in _SOFT_FUTURE:
            return "held"
        if when.last < reported.first and status == "scheduled" and not reading.rule.startswith(_PLANNED):
            return "held"
        if status is None and reading.tense == "present":
            # A present tense with a date that begins today or later announces ("hosts ... on Sunday").
            return "scheduled" if when.last > reported.last or reading.rule == "present_event" else "ongoing"
    if status is None:
        planned = reading.tense == "future" or reading.rule == "present_event"
        return "scheduled" if planned else "held"
    return status


_AS = frozenset({"as"})


def weighed(verb: Token, cues: StatusCues) -> bool:
    """Whether the verb weighs an occasion, or endangers it: "was seen as a step", "jeopardised the summit".

    What is thought of it, or threatens it, says nothing of whether it has been.
    """
    if verb.lemma_.lower() not in cues.weighing:
        return False
    return verb.lemma_.lower() not in _WITH_AS or any(c.lower_ in _AS for c in verb.children)


_WITH_AS = frozenset({"see", "view", "regard", "characterise", "characterize", "portray", "bill", "tout"})


def told_of_its_day(reading: Reading) -> Reading:
    """The present tense of a chronology tells what was on the day of its line ("2 May - The envoys meet")."""
    if reading.tense == "present" and reading.status in {None, "ongoing"} and reading.rule != "habit":
        return Reading("held", "past", "past_tense")
    return reading


def as_news(reading: Reading, verb: Token, cues: StatusCues) -> Reading:
    """The undated present of headlines and tickers: "Roe meets Lind in Oslo", "Talks resume in Bern".

    Not in a clause of time ("when they meet"), and not where the next of several is told ("meet again").
    """
    if reading.rule != "present_event" or reading.status is not None or verb.tag_ not in _PRESENT:
        return reading
    if verb.dep_ in {"advcl", "relcl"} or any(c.lower_ in _TO_COME for c in verb.children):
        return reading
    if any(c.dep_ == "nsubj" and c.lower_ in _SPEAKING for c in verb.children):
        return reading  # "I meet him in the morning"
    lemma = verb.lemma_.lower()
    if lemma in cues.departures:
        return reading  # "heads to Oslo for talks"
    if lemma in cues.lasting or lemma in _BEING:
        return Reading("ongoing", "present", "news")
    return Reading("held", "present", "news")


_PRESENT = frozenset({"VBZ", "VBP", "VB"})
_TO_COME = frozenset({"again", "next", "soon", "later", "when", "once", "shortly", "then", "finally"})
_SPEAKING = frozenset({"i", "we", "you"})
_BEING = frozenset({"be", "sit", "remain", "stay"})


STAGE_RULE = "stage_of_entry"
_HELD = frozenset({"held", "opened", "began", "resumed", "concluded", "ended", "had"})
_END = frozenset({"over", "done"})


def stage_of(event: Token, reading: Reading) -> Reading:
    """What a line without a verb says of an occasion: "Session over after six hours", "Talks under way"."""
    if reading.rule == "open_noun" and _misread_holding(event):
        return Reading("held", "past", "past_tense")
    if event.dep_ != "ROOT" or reading.rule != "open_noun":
        return reading
    behind = [c for c in event.rights if c.i == event.i + 1]
    if any(c.lower_ in _END and all(t.dep_ != "pobj" for t in c.children) for c in behind):
        return Reading("held", "past", STAGE_RULE)  # but "talks over the border"
    going = any(
        c.lower_ == "underway" or (c.lower_ == "under" and any(t.lower_ == "way" for t in c.children))
        for c in behind
    )
    return Reading("ongoing", "present", STAGE_RULE) if going else reading


def _misread_holding(event: Token) -> bool:
    """ "Chile and Peru – both members – held talks": behind a dash the parser makes "held" a modifier."""
    held = event.doc[event.left_edge.i]
    before = held.nbor(-1) if held.i > event.sent.start else None
    return held.head == event and held.lower_ in _HELD and before is not None and before.is_punct


def at_work(reading: Reading) -> Reading:
    """Status of an occasion that a verb of work tells: a denial is of the work, not of the occasion."""
    if reading.rule in {"negated_past", "negated_verb", "negated_modal", "negated_infinitive"}:
        status: MeetingStatus | None = "held" if reading.tense == "past" else None
        return Reading(status, reading.tense, "at_work")
    return reading


def attending(reading: Reading, verb: Token) -> Reading:
    """Status of an occasion at which somebody is told to be: "are present", "confirmed their presence"."""
    if verb.lemma_.lower() == "confirm":
        return Reading("scheduled", "future", "attendance")
    if verb.tag_ in {"VBZ", "VBP"}:
        return Reading("ongoing", "present", "attendance")
    return reading


_PLANNED = ("governor_", "be_to", "modal", "going_to")
_SOFT_FUTURE = frozenset({"before_occasion", "purpose_of_travel", "present_event"})
