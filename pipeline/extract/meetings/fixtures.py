"""Fixtures with a seat of their own: "on the sidelines of the UN General Assembly" tells the city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.places import Spot, World

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 12  # words between "sidelines" and the name of what they are of


def seat_of_fixture(candidate: Candidate, world: World, cues: MeetingCues) -> tuple[Spot | None, str | None]:
    """The seat of the fixture on whose margins the clause says that they meet, and its name; or two None."""
    sentence = candidate.event.sent
    for word in sentence:
        if word.lemma_.lower() in cues.status.beside and _of_clause(word, candidate):
            told = word.doc[word.i + 1 : min(word.i + 1 + _REACH, sentence.end)].text.lower()
            seats = (seat for name, seat in cues.data.seated_fixtures.items() if name in told)
            seat = next(seats, None)
            if seat is not None:
                return world.spot(seat), seat
    return None, None


def _of_clause(word: Token, candidate: Candidate) -> bool:
    """Whether the words hang on the meeting or on its verb."""
    heads = {candidate.event, candidate.governor, candidate.top}
    return any(above in heads for above in word.ancestors)
