"""Delegations that are told to go where talks will be, right after a page told that two agreed to talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.frames import objects, subjects, verb_of
from pipeline.extract.meetings.occasions import Occasion
from pipeline.extract.meetings.rows import Placed
from pipeline.extract.meetings.series import of_process
from pipeline.extract.meetings.sides import distinct_parties, two_sided

_REACH: Final = 2  # lines from the talks to the delegation


def sent_to_talks(
    candidate: Candidate, placed: Iterable[Placed], order: Mapping[int, int], teams: frozenset[str]
) -> Occasion | None:
    """ "Chile agreed to hold talks with Peru. / It will send a team to Oslo on Monday": where they are.

    Args:
        candidate: talks of two sides, without place and day.
        placed: what the page tells of occasions so far.
        order: the lines by their block.
        teams: nouns for those whom a side sends.

    Returns:
        The one occasion in a third state to which one of the two goes, if the lines just after tell of it.
    """
    if not of_process(candidate) or not two_sided(candidate.sides) or candidate.status != "scheduled":
        return None
    at, parties = order[candidate.block.block_no], distinct_parties(candidate.sides)
    found: dict[int, Occasion] = {}
    for item in placed:
        other = item.candidate
        near = 0 < order[other.block.block_no] - at <= _REACH and (
            other.block.entry_no == candidate.block.entry_no
        )
        goes = distinct_parties(other.sides)
        if not near or len(goes) != 1 or not goes <= parties or other.spot is None:
            continue
        abroad = other.spot.country is not None and other.spot.country not in parties
        if abroad and other.status == "scheduled" and (of_process(other) or _by_team(other, teams)):
            found[item.occasion.number] = item.occasion
    return next(iter(found.values())) if len(found) == 1 else None


def _by_team(candidate: Candidate, teams: frozenset[str]) -> bool:
    """Whether a delegation goes, or is sent."""
    verb = candidate.event if candidate.event.pos_ == "VERB" else verb_of(candidate.event)
    named = [] if verb is None else [*subjects(verb), *objects(verb)]
    return any(t.lemma_.lower() in teams for t in named)
