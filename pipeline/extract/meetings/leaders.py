"""Who leads the second delegation that a sentence names: "A's team was led by X, that of B by Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.sides import Found, Side
from pipeline.model import Block, Links

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINTS = frozenset({"and", ",", ";", "while", "with"})
_TITLE = 8  # words from "by" to the name behind it


def second_leader(block: Block, verb: Token, first: Side, links: Links, reader: SideReader) -> Found:
    """The leader named after the first one, of a state named between the two of them; or nothing.

    The parser makes little of such an ellipsis, so that only the order of the words is read: the name of the
    first leader, a joint, the other state, and the other name.
    """
    doc, end = verb.doc, verb.sent.end
    people = [m for m in links.within(block.block_no, verb.sent.start, end) if m.actor.kind == "person"]
    own = next((i for i, m in enumerate(people) if m.actor.name == first.name), None)
    if own is None:
        return Found()
    behind = [m for m in people[own + 1 :] if m.actor.name != first.name]
    leads = verb.lemma_
    passive = any(t.dep_ == "auxpass" for t in verb.lefts)
    start = people[own].end_i
    for other in behind[:1]:
        between = doc[start : other.start_i]
        if not any(t.lower_ in _JOINTS for t in between):
            return Found()
        if any(t.pos_ == "VERB" and t.lemma_ != leads for t in between):
            return Found()  # "and a plan of B was rejected by Y"
        by = [t.i for t in between if t.lower_ == "by"]
        if passive and (not by or other.start_i - by[-1] > _TITLE):
            return Found()
        # "Y the Sudanese": in the active voice the state stands behind the name
        near = doc[start : by[-1]] if passive else doc[other.end_i : min(end, other.end_i + _TITLE)]
        parties = [p for t in near if (p := reader.party_at(block, t)[0]) is not None]
        if len(set(parties)) == 1 and parties[0] != first.party and other.actor.party in {None, parties[0]}:
            return Found([Side(other.actor.name, parties[0], other.actor)])
    return Found()
