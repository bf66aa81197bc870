"""Talks in a series: whether words tell of one more round of the same, of one before, or of going on."""

from __future__ import annotations

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.occasions import Occasion
from pipeline.extract.meetings.pointing import one_before, renewed, resumed

_PROCESS = frozenset(
    {"round", "session", "conference", "cycle", "plenary", "sitting", "negotiation", "talk", "talks"}
)
_RECESS = 4  # days from one day of talks to the next at the same place


def one_more(candidate: Candidate, cues: MeetingCues) -> bool:
    """Whether the words tell of one more occasion of the same participants, or of one before."""
    return renewed(candidate, cues) or resumed(candidate, cues) or last_of_series(candidate)


def last_of_series(candidate: Candidate) -> bool:
    """ "The last round was held in May": the one just told of, if the days fit, or one before it."""
    return candidate.rule == "noun_occasion" and one_before(candidate) and bool(candidate.readings)


def of_process(candidate: Candidate) -> bool:
    """Whether the words tell of negotiations that go on over occasions: "talks", "the next round"."""
    heads = {t.lemma_.lower() for t in (candidate.event, candidate.top) if t is not None}
    return candidate.abstract or bool(heads & _PROCESS)


def shortly_after(candidate: Candidate, occasion: Occasion) -> bool:
    """ "The talks will resume on Thursday", of those of Monday: where they were, as nobody went home."""
    days = occasion.days
    if days is None or not candidate.readings or candidate.form == "phone":
        return False
    return 0 <= (candidate.readings[0].first - days.last).days <= _RECESS


def keys_of(occasion: Occasion) -> set[str]:
    """The parties of an occasion, and the names of those of no party."""
    return {*occasion.parties, *(p.name for p in occasion.people if p.party is None)}
