"""What is laid to others: "accused Oslo of wanting the town" tells nothing of what Oslo wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses
from pipeline.extract.positions.lexicon import StanceFile

if TYPE_CHECKING:
    from spacy.tokens import Token

_UP = frozenset({"pcomp", "prep", "ccomp", "xcomp", "conj", "advcl", "dobj", "pobj", "acl", "relcl"})
_STEPS = 6


def is_charge(node: Token, file: StanceFile) -> bool:
    """Whether the clause of `node` tells a will that somebody else imputes to its subject."""
    imputed = node.lemma_.lower() in file.imputed_wishes
    below = node
    for _ in range(_STEPS):
        above = below.head
        if above.i == below.i or below.dep_ not in _UP:
            return False
        if above.lemma_.lower() in file.imputed_wishes and below.dep_ == "xcomp":
            imputed = True
        if above.lemma_.lower() in file.accusing_verbs and _is_charged(below, above):
            return imputed
        if below.dep_ == "ccomp" and _is_said_by(above, file):
            return imputed
        below = above
    return False


def _is_charged(below: Token, verb: Token) -> bool:
    """Whether what hangs on a verb of accusing is the charge: "of wanting it", "that Oslo wants it"."""
    if below.dep_ == "prep":
        return below.lower_ in {"of", "for", "with"}
    # parsers hang "of wanting" on whom is accused
    return below.dep_ in {"ccomp", "xcomp", "pcomp"} or (below.dep_ == "dobj" and below.head.i == verb.i)


def _is_said_by(verb: Token, file: StanceFile) -> bool:
    """ "Critics say he wants it": told by those who are against him."""
    return any(
        s.lemma_.lower() in file.accusers and s.pos_ == "NOUN" for s in clauses.children(verb, "nsubj")
    )
