"""Meals at an embassy or an ambassador's house: the state whose it is has the others as guests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.frames import prep_objects
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.sides import Found
from pipeline.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_AT = frozenset({"at", "in", "inside"})
_MISSIONS = frozenset({"embassy", "consulate", "chancery"})
_HOUSES = frozenset({"residence", "house", "villa", "home", "mansion"})
_ENVOYS = frozenset({"ambassador", "consul", "envoy"})


def embassy_host(block: Block, heads: list[Token], reader: SideReader) -> Found:
    """The state whose embassy, or whose ambassador's house, one of the heads has behind "at"; or nothing."""
    for head in heads:
        for site in prep_objects(head, _AT):
            owner = _owner(site)
            parties = [] if owner is None else reader.modifier_parties(block, owner)
            if len(parties) == 1:
                return reader.party(*parties[0])
    return Found()


def _owner(site: Token) -> Token | None:
    """The noun that tells whose it is: the embassy itself, the ambassador of a residence."""
    lemma = site.lemma_.lower()
    if lemma in _MISSIONS:
        return site
    if lemma not in _HOUSES:
        return None
    return next((c for c in site.children if c.dep_ == "poss" and c.lemma_.lower() in _ENVOYS), None)
