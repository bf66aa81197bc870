"""Whom people act for by what the page tells beside their names, where no office or list says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import agents, conjuncts, is_passive, objects, subjects
from pipeline.extract.meetings.participants import SideReader
from pipeline.model import Block, Links, Page

if TYPE_CHECKING:
    from spacy.tokens import Token


def told_parties(page: Page, links: Links, reader: SideReader, cues: MeetingCues) -> dict[str, str]:
    """Party by name of people whom links leave without one; a name told of two parties is left out.

    "his Australian opposite number, Fiona Sandersen" and "Anand Mehra led the Indian delegation" tell it.
    """
    open_names = {m.actor.name for m in links.mentions if m.actor.kind == "person" and m.actor.party is None}
    told: dict[str, set[str]] = {}
    if not open_names:
        return {}
    for block, doc in page.body():
        here = {m.head_i for m in links.in_block(block.block_no) if m.actor.name in open_names}
        if not here:
            continue
        for token in doc:
            for named, group in _pairs(token, cues):
                mention = links.at(block.block_no, named.i)
                if mention is None or mention.actor.kind != "person" or mention.actor.name not in open_names:
                    continue
                between = links.within(block.block_no, group.i + 1, mention.start_i)
                if any(m.actor.kind == "person" and m.actor.name != mention.actor.name for m in between):
                    continue  # "Cypriot President A and his guest B met": the office is A's
                parties = _parties(block, group, reader)
                if len(parties) == 1:
                    told.setdefault(mention.actor.name, set()).update(parties)
    return {name: min(parties) for name, parties in told.items() if len(parties) == 1}


def _pairs(token: Token, cues: MeetingCues) -> Iterator[tuple[Token, Token]]:
    """A name with the noun whose modifiers tell the party: an apposition, or the delegation that it leads."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN":
        # "Armenia's Aram Sarkisian", "Anil Deshpande of India", "Turkish counterpart Selim Demir"
        for child in token.children:
            if (
                child.i < token.i
                and child.dep_ in {"poss", "amod", "compound", "nmod"}
                and child.text[:1].isupper()
            ):
                yield token, child
            if child.dep_ == "prep" and child.lower_ == "of" and child.i == token.i + 1:
                for target in child.children:
                    yield token, target
    if token.pos_ in {"NOUN", "PROPN"} and _counterpart(token, cues):
        for child in token.children:
            if child.dep_ == "appos" and child.i > token.i:
                yield child, token
    if token.pos_ == "VERB" and lemma in cues.data.leading_verbs:
        if token.dep_ == "acl" and token.tag_ == "VBN":  # "the Egyptian delegation, headed by Hani Sewilam"
            led, leaders = [token.head], agents(token)
        else:
            teams = cues.data.delegations | cues.data.sides_led
            led = [t for t in objects(token) if t.lemma_.lower() in teams]
            leaders = agents(token) if is_passive(token) else subjects(token)
        for group in led:
            for leader in leaders:
                yield leader, group


def _counterpart(token: Token, cues: MeetingCues) -> bool:
    return token.lemma_.lower() in cues.data.counterpart_nouns or any(
        c.lower_ == "opposite" for c in token.children
    )


def _parties(block: Block, group: Token, reader: SideReader) -> set[str]:
    own = reader.demonym(group)
    if own is not None:
        return {own}
    found = {party for party, _ in reader.modifier_parties(block, group)}
    if not found:
        owners = [t for c in group.children if c.dep_ == "poss" for t in conjuncts(c)]
        found = {p for t in owners for p, _ in [reader.party_at(block, t)] if p is not None}
    return found
