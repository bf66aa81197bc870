"""What is given up, let go of or taken only in part: demands dropped, objections withdrawn, changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clefts, mood
from pipeline.extract.positions.claims import Claim, Climb
from pipeline.extract.positions.judgements import subject_ids
from pipeline.extract.positions.lexicon import Operator, any_kind
from pipeline.extract.positions.subjects import SubjectReader

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
# Rules of the acts by which one parts with what one wanted.
_PARTING = frozenset({"quits", "ends"})


class ConcessionReader(SubjectReader):
    """Reads what the clauses of one sentence give up, and claims that are meant only in part."""

    def _gives_up(self, climb: Climb, operator: Operator, token: Token, negated: bool) -> bool:
        """ "Dropped its demand for X", "abandoned that demand": what was wanted is wanted no longer.

        True if the operator is such an act; where it is negated, the attitude that the noun tells stands.
        """
        node = _below_preposition(climb)
        if operator.group.rule not in _PARTING or node.pos_ != "NOUN" or token.pos_ not in _VERBS:
            return False
        if node.lemma_.lower() in self._lexicon.file.backing_nouns:
            return not negated and self._drops_backing(climb, node, operator, token)
        if node is not climb.node:
            return False
        if token.lemma_.lower() not in self._lexicon.file.renouncing_verbs:
            return False  # "ignored the demand": it was another's
        wish = any_kind(self._operators.get(node.i, ()), "directive", "attitude")
        if wish is not None and wish.group.sign < 0 and not negated:
            return self._drops_objection(climb, operator, token)
        if wish is None or wish.group.sign < 0 or wish.group.kind == "attitude":
            return False
        if not negated:
            climb.claims = [c for c in climb.claims if c.node_i != node.i]
            climb.polarity = -climb.polarity
            listed = token.tag_ == "VBG" and token.dep_ in {"pobj", "pcomp", "appos", "dobj"}
            holders = () if listed else subject_ids(token)  # "clauses such as Oslo dropping its bid"
            if holders:
                climb.add("gives_up", "open", holders, token, operator.tokens, 3, True)
        return True

    def _drops_backing(self, climb: Climb, node: Token, operator: Operator, token: Token) -> bool:
        """ "Withdrew its support for X", "retreated from its backing for it": it is held no longer."""
        told = [c for c in climb.claims if c.node_i == node.i]
        holders = subject_ids(token)
        if not told or not holders:
            return False
        climb.claims = [c for c in climb.claims if c.node_i != node.i]
        climb.polarity = -climb.polarity
        climb.add("drops_backing", climb.stance(), holders, token, operator.tokens, 3, True)
        return True

    def _drops_objection(self, climb: Climb, operator: Operator, token: Token) -> bool:
        """ "Withdrew its objection to X", "abandoned its resistance": it is accepted; true if so."""
        node = climb.node
        if node.lemma_.lower() not in self._lexicon.file.opposing_nouns:
            return False
        climb.claims = [c for c in climb.claims if c.node_i != node.i]
        climb.polarity = -climb.polarity
        holders = subject_ids(token)
        if holders:
            climb.add("drops_objection", climb.stance(), holders, token, operator.tokens, 3, True)
        return True

    def _through_cleft(self, climb: Climb, copula: Token, verb: Token) -> Token | None:
        """ "What Oslo wants is X": the word before the copula that governs the issue; None if all is told."""
        climb.claims = []
        if self._negated(copula, climb):
            climb.polarity = -climb.polarity
        if verb.lemma_ == "do":
            self._done_in_cleft(climb, verb)
            return None
        bearing = [t for t in clefts.inside(verb) if self._attitudes(t)]
        if not bearing:
            if verb.lemma_ == "need" and not mood.is_negated(verb, self._lexicon):
                climb.add("obliged_clause", climb.stance(), (), verb, frozenset(), 2, False)
                return None
            climb.silence()  # "what worries Oslo is a truce"
            return None
        for token in bearing[:-1]:
            if any(op.group.sign < 0 for op in self._attitudes(token)):
                climb.polarity = -climb.polarity  # "what Oslo wants to avoid is a truce"
        return bearing[-1]

    def _attitudes(self, token: Token) -> list[Operator]:
        kinds = {"directive", "attitude", "act"}
        return [op for op in self._operators.get(token.i, ()) if op.group.kind in kinds]

    def _done_in_cleft(self, climb: Climb, verb: Token) -> None:
        """ "What we will not do is cede the bay": an act of the verb's subject, where it is to come."""
        if not mood.is_committing(verb, self._lexicon) and not mood.is_unable(verb):
            climb.silence()
            return
        if mood.is_negated(verb, self._lexicon):
            climb.polarity = -climb.polarity
        climb.add("own_act", climb.stance(), subject_ids(verb), verb, frozenset(), 2, False)

    def _as_amended(self, claim: Claim) -> Claim:
        """ "Wants changes to the draft": accepted, but not as it stands."""
        if not claim.hit.issue.is_document or claim.stance != "support":
            return claim
        wished = claim.rule in {"want", "demand", "offer"}
        changes = self._lexicon.file.changes
        if wished and any(self._doc[i].lemma_.lower() in changes for i in claim.below):
            return replace(claim, stance="conditional")
        return claim

    def _left_open(self, claim: Claim) -> Claim:
        """ "Might lift the duties": what somebody may yet do on no condition he leaves open."""
        if claim.rule not in {"own_act", "promise", "accept"} or claim.stance != "support":
            return claim
        node = self._doc[claim.node_i]
        # "might be ready to", "could agree to it"
        verb = node if node.pos_ in _VERBS else node.head
        yet = {"might", "may"} if claim.rule == "own_act" else {"might", "may", "could"}
        if any(c.dep_ == "aux" and c.lower_ in yet for c in verb.children):
            return replace(claim, stance="open")
        return claim


def _below_preposition(climb: Climb) -> Token:
    """The noun that the climb came from: the one after the preposition, where it stands at one."""
    if climb.node.dep_ == "prep":
        return next((c for c in climb.node.children if c.dep_ == "pobj" and c.i in climb.path), climb.node)
    return climb.node
