"""Whom "both sides" means where no line names two: the opponents of the pack's negotiation."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.domain import Opponent
from pipeline.extract.positions.holders import Holder
from pipeline.extract.positions.pairs import means_both
from pipeline.extract.positions.vocabulary import Issue

if TYPE_CHECKING:
    from spacy.tokens import Token

# How sure it is that "both sides" are the opponents.
_BY_NUMBER = 0.8
_BODIES = frozenset({"delegation", "team", "negotiator", "belligerent", "enemy", "adversary", "foe"})
_BARE = frozenset({"the", "both", "two", "warring", "opposing", "rival", "hostile", "each", "neither"})
_TOLD_SIDES = frozenset({
    "both sides", "the two sides", "two sides", "the sides", "both parties", "the two parties", "the parties",
    "the warring parties", "the warring sides", "both delegations", "the two delegations", "the delegations",
    "both teams", "each side", "neither side",
})  # fmt: skip


def opponents_of(issue: Issue, opponents: Sequence[Opponent], bodies: Mapping[str, Holder]) -> list[Holder]:
    """The two opponents as holders if the issue is one between them; `bodies`: party -> its government."""
    if not issue.mutual:
        return []
    return [
        bodies[each.party]
        if each.party is not None and each.party in bodies
        else Holder(each.name, each.party, None, "government", confidence=_BY_NUMBER)
        for each in opponents
    ]


def means_opponents(token: Token) -> bool:
    """Whether the token stands for two sides that need no name: "both sides", "the delegations"."""
    if means_both(token):
        return True
    words = {c.lower_ for c in token.children if c.dep_ in {"det", "amod", "nummod", "predet", "compound"}}
    others = any(c.dep_ in {"poss", "prep", "relcl", "acl"} for c in token.children)
    definite = bool(words & {"the", "both"}) and words <= _BARE
    return token.lemma_.lower() in _BODIES and token.tag_ == "NNS" and definite and not others


def are_opponents(name: str) -> bool:
    """Whether a speaker's name stands for the two sides: "both sides"."""
    bare = name.lower().strip()
    return bare in _TOLD_SIDES or f"the {bare}" in _TOLD_SIDES


def are_others(holders: Sequence[Holder], opponents: Sequence[Holder], named: Container[str]) -> bool:
    """ "Oslo and Bern have agreed to a truce": whether two settle a matter of their own.

    `named` are the parties that the sentence names.
    """
    sides = {each.party for each in opponents if each.party is not None}
    if any(party in named for party in sides) or any(h.party in sides for h in holders):
        return False
    return len({h.party for h in holders} - {None}) > 1
