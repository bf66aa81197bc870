"""What people of two states do together: "toured the docks with his counterpart", "laid a wreath with X"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.companions import companions
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import conjuncts, is_passive, own_words, subjects
from pipeline.extract.meetings.modality import is_denied
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.places import Spot, World
from pipeline.extract.meetings.sides import Found, distinct_parties
from pipeline.model import Block, Links

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITH = frozenset({"with", "alongside"})
_TOGETHER = frozenset({"together", "jointly"})
OUTING_RULE = "verb_outing"


def outing(
    block: Block, verb: Token, links: Links, reader: SideReader, world: World, cues: MeetingCues
) -> Candidate | None:
    """The candidate of a verb of doing or seeing something together, or None.

    People, not states, must do so: "France marked the day with Germany" tells of no contact.
    """
    if verb.lemma_.lower() not in cues.data.shared_acts or verb.pos_ != "VERB":
        return None
    if is_passive(verb) or is_denied(verb):
        return None
    doers = subjects(verb)
    if any(t.lower_ in _TOGETHER for t in verb.rights):
        both = reader.read_all(block, doers)
        if len(distinct_parties(both.sides)) > 1 and not both.private and _people(doers, links, block, cues):
            return _made(block, verb, both, links, world)  # "toured the docks together"
    beside = [*_partners(verb), *companions(verb)]
    if not beside or not _people(doers, links, block, cues) or not _people(beside, links, block, cues):
        return None
    found, others = reader.read_all(block, doers), reader.read_all(block, beside)
    apart = distinct_parties(others.sides) - distinct_parties(found.sides)
    if found.private or others.private or not distinct_parties(found.sides) or not apart:
        return None
    found.add(others)
    return _made(block, verb, found, links, world)


def _made(block: Block, verb: Token, found: Found, links: Links, world: World) -> Candidate:
    return Candidate(
        block=block, event=verb, governor=verb, rule=OUTING_RULE, form="in_person", found=found,
        hosts=Found(), confidence=0.7, spot=_site(block, verb, links, world),
    )  # fmt: skip


def _partners(verb: Token) -> list[Token]:
    """Those behind "with" in the verb's own clause; the parser may hang it on what was toured."""
    return [
        each
        for prep in own_words(verb)
        if prep.i > verb.i and prep.lower_ in _WITH and prep.dep_ == "prep"
        for target in prep.children
        if target.dep_ == "pobj"
        for each in conjuncts(target)
    ]


def _people(tokens: Sequence[Token], links: Links, block: Block, cues: MeetingCues) -> bool:
    """Whether somebody among them is a person: by name, by pronoun, or by an office that one holds."""
    single = cues.data.principal_nouns | cues.data.counterpart_nouns
    for token in tokens:
        mention = links.at(block.block_no, token.i)
        if mention is not None and mention.actor.kind == "person":
            return True
        if token.tag_ in {"NN", "NNS", "PRP"} and (token.pos_ == "PRON" or token.lemma_.lower() in single):
            return True
    return False


def _site(block: Block, verb: Token, links: Links, world: World) -> Spot | None:
    """ "toured Odesa with X": a city that is itself what they saw."""
    seen = (world.at(links, block.block_no, c) for c in verb.children if c.dep_ == "dobj")
    return next((s for s in seen if s is not None), None)
