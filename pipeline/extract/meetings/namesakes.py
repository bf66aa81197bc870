"""Places that stand for what took place there: "Geneva produced nothing", "the Bursa cancellation"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.places import Spot, World
from pipeline.extract.meetings.readings import Reading
from pipeline.extract.meetings.sides import Found
from pipeline.model import Block, Links, MeetingStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFIERS = frozenset({"compound", "nmod", "amod"})
_PAST = frozenset({"VBD", "VBN"})


def namesake(block: Block, token: Token, links: Links, world: World, cues: MeetingCues) -> Candidate | None:
    """The candidate of a verb with a city as subject, or of a noun of outcome with a city before it, or None.

    A capital is none: "Ankara failed to deliver" is about a government.
    """
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"} and lemma in cues.data.outcome_verbs:
        named = [c for c in token.children if c.dep_ == "nsubj" and c.pos_ == "PROPN"]
        spot = _city(block, named[0], links, world) if len(named) == 1 else None
        if spot is not None and _told_as_past(token):
            return _made(block, named[0], token, spot, "held")
    status = cues.data.outcome_nouns.get(lemma)
    if token.pos_ == "NOUN" and status is not None:
        before = [c for c in token.lefts if c.dep_ in _MODIFIERS and c.pos_ == "PROPN"]
        spot = _city(block, before[0], links, world) if len(before) == 1 else None
        if spot is not None and any(c.lower_ == "the" for c in token.lefts):
            return _made(block, token, None, spot, status)
    return None


def _city(block: Block, token: Token, links: Links, world: World) -> Spot | None:
    """The city that a bare name is, if it stands for no government."""
    if any(c.dep_ in _MODIFIERS or c.dep_ in {"det", "poss"} for c in token.lefts):
        return None
    spot = world.at(links, block.block_no, token)
    if spot is None or spot.is_country or world.party(token.text) is not None:
        return None
    mention = links.at(block.block_no, token.i)
    return spot if mention is None or mention.actor.kind == "place" else None


def _told_as_past(verb: Token) -> bool:
    """ "Geneva worked", "has given": not what it may do."""
    return verb.tag_ in _PAST and all(c.tag_ != "MD" for c in verb.children)


def _made(block: Block, event: Token, verb: Token | None, spot: Spot, status: MeetingStatus) -> Candidate:
    return Candidate(
        block=block, event=event, governor=verb, rule="place_for_occasion", form="in_person", found=Found(),
        hosts=Found(), confidence=0.5, definite=True, reference=True, spot=spot,
        reading=Reading(status, "past", "after_occasion"),
    )  # fmt: skip
