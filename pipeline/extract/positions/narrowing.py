"""What an acceptance leaves out at once: "but not on the islands", "only in the south"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.positions.claims import Claim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Rules that tell what somebody would put up with, which may be a part of it.
_YIELDING = frozenset({"open_to", "accept", "promise", "own_act"})
_TURNING = frozenset({"but", "though", "although", "albeit"})
_LIMITING = frozenset({"not", "never", "only"})
_NOTHING = frozenset({"nothing", "none"})
_BY = frozenset({
    "on", "in", "at", "with", "without", "before", "until", "under", "if", "unless", "as", "by", "from",
    "beyond",
})  # fmt: skip
_PLACED = frozenset({"in", "as", "under", "within", "on"})
_REACH = 30


def left_out(claim: Claim, doc: Doc) -> tuple[int, int] | None:
    """The tokens that leave out a part of what the claim accepts, or None."""
    if claim.rule not in _YIELDING or claim.stance not in {"support", "open"}:
        return None
    sentence = doc[claim.node_i].sent
    for i in range(max(*claim.hit.tokens, claim.node_i) + 1, min(sentence.end - 1, claim.node_i + _REACH)):
        token = doc[i]
        if token.text == ";" or _opens_clause(token):
            return None
        if _leaves_out(token) or _only_there(token, claim, doc):
            after = doc[min(i + 2, sentence.end - 1)]
            return i, max(after.right_edge.i, after.i) + 1
    return None


def _leaves_out(token: Token) -> bool:
    """ "But not on the islands", "but nothing with a flag"."""
    after = token.doc[token.i + 1 : token.i + 3]
    if token.lower_ not in _TURNING or len(after) < 2:
        return False
    return after[0].lower_ in _NOTHING or (after[0].lower_ in _LIMITING and after[1].lower_ in _BY)


def _only_there(token: Token, claim: Claim, doc: Doc) -> bool:
    """ "Would weigh a freeze only in the south": of the clause itself, and not of another."""
    if token.lower_ != "only" or token.nbor(1).lower_ not in _PLACED:
        return False
    above = {t.i for t in token.ancestors}
    return claim.node_i in above or claim.hit.head_i in above


def _opens_clause(token: Token) -> bool:
    """Whether a subject opens a clause of its own; "she said" between commas does not."""
    if token.dep_ not in {"nsubj", "nsubjpass", "expl"}:
        return False
    return token.head.dep_ in {"conj", "advcl", "ROOT"} and token.head.lemma_.lower() not in {
        "say",
        "add",
        "tell",
    }
