"""What the words behind a planned meeting make of it: called off, put to a new day, refused, accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.calloffs import accepted_after, called_off_after, turned_down_after
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.moves import new_day, shifts
from pipeline.extract.meetings.readings import Reading
from pipeline.model import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOTHING = frozenset({"nothing", "none"})
_PLANNING = frozenset({"plan", "schedule", "arrange", "set", "prepare", "contemplate", "envisage", "foresee"})
_INVITED = frozenset({"invitation", "governor_proposed"})


def settle_by_what_follows(candidate: Candidate, reported: DateRange | None, cues: MeetingCues) -> None:
    """Give a planned or proposed meeting the reading, and the day, that the words behind it tell."""
    event, reading = candidate.event, candidate.reading
    if reading.status is None:
        if denied_when_asked(event, cues):
            candidate.reading = Reading("ruled_out", "future", "denied_when_asked")
        return
    off = called_off_after(event, cues)
    later = new_day(off, event, reported, cues) if off is not None else None
    if later is not None:
        candidate.expression, candidate.reading = later
    elif off is not None and (cues.status.governor(off) or not shifts(off, cues)):
        candidate.reading = Reading("cancelled", reading.tense, "called_off_after")
    elif reading.status == "proposed" and turned_down_after(event, cues):
        candidate.reading = Reading("ruled_out", reading.tense, "turned_down_after")
    elif reading.rule in _INVITED and accepted_after(event, cues):
        candidate.reading = Reading("scheduled", reading.tense, "accepted_after")
    elif denied_when_asked(event, cues):
        candidate.reading = Reading("ruled_out", "future", "denied_when_asked")


def denied_when_asked(event: Token, cues: MeetingCues) -> bool:
    """ "Asked whether X would meet Y, the aide said there was no such plan", "said nothing was planned"."""
    asked = next((a for a in event.ancestors if a.lower_ == "asked" and a.dep_ in {"prep", "advcl"}), None)
    if asked is None:
        return False
    said = asked.head
    if any(c.lower_ == "no" and c.dep_ == "intj" and c.i > said.i for c in said.children):
        return True
    answers = [c for c in said.children if c.dep_ == "ccomp" and c.i > said.i]
    return any(_denies(t, cues) for c in answers for t in (c, *c.children))


def _denies(word: Token, cues: MeetingCues) -> bool:
    """ "no such plan", "no meeting", "nothing was planned"."""
    if word.lower_ in _NOTHING and word.dep_ in {"nsubj", "nsubjpass"}:
        return word.head.lemma_.lower() in _PLANNING
    planned = word.lemma_.lower() in cues.data.plan_nouns or cues.noun(word) is not None
    return word.pos_ == "NOUN" and planned and any(c.lower_ == "no" for c in word.lefts)
