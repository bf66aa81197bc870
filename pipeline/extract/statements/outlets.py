"""Outlets beside the words for a source: "the Gazette's sources", "an agency, Delo", "a report in Delo"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.extract.statements.lines import Line
from pipeline.extract.statements.state import Speaker
from pipeline.model import Actor, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

Outlets = Mapping[tuple[int, int], Mention]
"""Mentions of outlets by block number and token."""


def outlet_beside(head: Token, line: Line, outlets: Outlets) -> Mention | None:
    """The outlet that stands beside a noun for one: "another Chilean news agency, Delo, said"."""
    beside = (outlets.get((line.block.block_no, c.i)) for c in head.rights if c.dep_ == "appos")
    return next((mention for mention in beside if mention is not None), None)


def sources_of_outlet(head: Token, line: Line, outlets: Outlets) -> Speaker | None:
    """ "The Gazette's sources": sources, whom the outlet reports."""
    if head.lemma_.lower() != "source":
        return None
    owner = next((c for c in head.lefts if c.dep_ == "poss"), None)
    outlet = outlets.get((line.block.block_no, owner.i)) if owner is not None else None
    if owner is None or outlet is None:
        return None
    first = next((c for c in head.lefts if c.i > owner.i and c.tag_ != "POS" and c.dep_ != "case"), head)
    start, end = first.idx, head.idx + len(head)
    name = line.text[start:end]
    key = f"anonymous:{line.block.block_no}:{start}:{name.lower()}"
    return Speaker(Actor(key, name, "anonymous", None), start, end, 0.85, "name", outlet.actor)


def printed_in(paper: Token, line: Line, outlets: Outlets) -> Actor | None:
    """The outlet that a report or an article stands in: "an article in Delo claimed that"."""
    places = (c for p in paper.rights if p.lower_ in {"in", "on"} for c in p.children if c.dep_ == "pobj")
    place = next(places, None)
    outlet = outlets.get((line.block.block_no, place.i)) if place is not None else None
    return outlet.actor if outlet is not None else None
