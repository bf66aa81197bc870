"""What somebody would do sooner than something else: "would rather walk out than accept it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.positions.claims import TURNED, Climb, stance_of
from pipeline.extract.positions.judgements import subject_ids

if TYPE_CHECKING:
    from spacy.tokens import Token

_SOONER = frozenset({"rather", "sooner"})


def is_passed_over(clause: Token) -> bool:
    """Whether the clause tells what its subject would do less gladly than the one above."""
    if not any(c.lower_ == "than" and c.i < clause.i for c in clause.children):
        return False
    before = clause.doc[clause.sent.start : clause.i]
    return any(t.lower_ in _SOONER for t in before)


def turn(climb: Climb, verb: Token) -> None:
    """Turn what the clause passed over seemed to say, for the subject of `verb`."""
    told = [c.stance for c in climb.claims if c.stance in {"support", "oppose"}]
    climb.claims = []
    holders = subject_ids(verb)
    if not holders or not (told or climb.hit.agentive):
        return
    stance = TURNED[told[-1]] if told else TURNED[stance_of(climb.polarity)]
    climb.add("passed_over", stance, holders, verb, frozenset(), 2, False)
