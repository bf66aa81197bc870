"""What two sides brought about somewhere tells that they met there: "the deal struck by A and B in Lima"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import agents, is_passive, objects, prep_objects, subjects
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import Spot, World
from pipeline.extract.meetings.sides import Found, distinct_parties
from pipeline.model import Block, Links

if TYPE_CHECKING:
    from spacy.tokens import Token

_AT = frozenset({"in", "at"})
_PARTICIPLES = frozenset({"VBN", "VBD"})
_BETWEEN = frozenset({"between"})


def brought_about(
    block: Block, verb: Token, links: Links, reader: SideReader, world: World, cues: MeetingCues
) -> Candidate | None:
    """The meeting at which two sides reached or made something, or None.

    "Chile and Peru reached a deal in Geneva", "progress made by the delegations of A and B in Riga". The city
    is of neither side, or those who did it are people or delegations.
    """
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in cues.data.product_verbs:
        return None
    made = [verb.head] if verb.dep_ == "acl" and verb.tag_ in _PARTICIPLES else objects(verb)
    if is_passive(verb):
        made = [c for c in verb.children if c.dep_ == "nsubjpass"] or made
    if not any(t.lemma_.lower() in cues.data.product_nouns for t in made):
        return None
    passive = is_passive(verb) or verb.dep_ == "acl"
    doers = [*agents(verb), *prep_objects(verb, _BETWEEN)] if passive else subjects(verb)
    found = reader.read_all(block, doers)
    parties = distinct_parties(found.sides)
    if found.private or len(parties) < 2:
        return None
    spot = _city(block, [verb, *doers, *made], links, world)
    present = any(s.name for s in found.sides) or any(
        t.lemma_.lower() in cues.data.delegations for t in doers
    )
    if spot is None or (spot.country in parties and not present):
        return None
    return Candidate(
        block=block, event=verb, governor=verb, rule="verb_product", form="in_person", found=found,
        hosts=Found(), confidence=0.6, spot=spot,
    )  # fmt: skip


def _city(block: Block, heads: list[Token], links: Links, world: World) -> Spot | None:
    """The city in which it was done, on the verb or behind those who did it."""
    for head in heads:
        for target in prep_objects(head, _AT):
            spot = world.at(links, block.block_no, target)
            if spot is not None and not spot.is_country:
                return spot
    return None
