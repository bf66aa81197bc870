"""What a clause says of its subject: passives, judgements, wishes, and subjects that name an attitude."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.acts import ActReader
from pipeline.extract.positions.claims import Climb, stance_of
from pipeline.extract.positions.judgements import owner_ids, predicate_of
from pipeline.extract.positions.lexicon import Operator, any_kind
from pipeline.extract.positions.nouns import lasting
from pipeline.extract.positions.predicates import clause_on_predicate, is_shut_out
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
# Verbs by which an occasion comes about, and openers of what it waits for.
_HAPPENING = frozenset({"happen", "occur", "proceed"})
_AWAITING = frozenset({"once", "if"})
# Nouns by which a matter is only the subject of a talk.
_QUESTIONS = frozenset({"question", "issue", "matter", "topic", "problem"})
# Words after "go" by which a thing comes about.
_ONWARDS = frozenset(
    {"into", "ahead", "forward", "through", "on", "far", "further", "to", "towards", "toward"}
)


class SubjectReader(ActReader):
    """Reads what the clauses of one sentence say of an issue that is their subject."""

    def _judged_beforehand(self, climb: Climb, node: Token, parent: Token) -> bool:
        """ "it was unacceptable to demand that": the clause is the subject of a judgement before it."""
        verb = parent.head if parent.dep_ in {"acomp", "attr"} and parent.pos_ in {"ADJ", "NOUN"} else parent
        if node.dep_ == "acl" and (verb is parent or node.tag_ != "VB"):
            return False  # "would be a mistake to lift it", where the parse hangs the act on the noun
        if verb.i > node.i or not any(c.lower_ == "it" for c in clauses.children(verb, "nsubj")):
            return False
        predicate = predicate_of(
            verb, self._operators, climb.path - {parent.i}, climb.hit, self._lexicon.file.weighed_nouns
        )
        if predicate is None or predicate.head_i > node.i or climb.detached:
            return False
        if predicate.head_i == verb.i and len(predicate.tokens) == 1:
            return False  # "it failed to secure the release": what failed is its subject, not the release
        climb.claims = []
        climb.path.add(verb.i)
        self._judged(climb, verb, predicate)
        return True

    def _there_is_none(self, climb: Climb, noun: Token, verb: Token) -> None:
        """ "There will be no X": a refusal of whoever says it, if it is said of the future."""
        climb.detached = True
        if not (mood.is_committing(verb, self._lexicon) or mood.is_obliged(verb, self._lexicon)):
            return
        beside = [c for t in (noun, verb) for c in t.children]
        first = min(climb.hit.tokens, default=climb.hit.head_i)
        if any(c.lower_ == "without" and c.i in climb.path and c.i < first for c in beside):
            # "There will be no deal without the islands": they are asked for
            climb.add("condition_set", climb.stance(), (), verb, frozenset(), 1, False)
            return
        # "There can be no deal without the islands": refused only as long as something is missing.
        tied = any(c.lower_ in {"without", "unless"} or self._binder.is_before_event(c) for c in beside)
        tied = tied or self._tied_to_act(verb)
        stance: Stance = "conditional" if tied else climb.stance()
        climb.add("there_will_be_no", stance, (), verb, frozenset(), 1 if tied else 2, False)

    def _asker(self, prep: Token) -> Token | None:
        """The verb above by which something else is asked for."""
        verb = next((t for t in prep.ancestors if t.pos_ in _VERBS), None)
        if verb is None or not clauses.children(verb, "dobj"):
            return None
        found = self._operators.get(verb.i, ())
        return verb if any(op.group.rule in {"demand", "want"} for op in found) else None

    def _bargain(self, prep: Token) -> Token | None:
        """ "Conditioned the loan on reforms": the verb by which what follows "on" is asked for."""
        if prep.lower_ not in {"on", "upon"}:
            return None
        operators = (op for found in self._operators.values() for op in found if max(op.tokens) == prep.i)
        verbs = (self._doc[op.head_i] for op in operators if op.group.rule == "partly")
        return next((v for v in verbs if v.pos_ in _VERBS), None)

    def _feared(self, climb: Climb, token: Token) -> bool:
        """ "Fears that a truce would backfire": what is judged ill is feared for that; true if it is."""
        judged = [c for c in climb.claims if c.rule.startswith("judged_") and not c.holders]
        holders = owner_ids(token, self._operators, self._lexicon.file.carrying_verbs)
        if not judged or not holders or mood.is_negated(token, self._lexicon):
            return False
        climb.claims = [
            replace(c, source="tokens", holders=holders, communicated=True)
            for c in judged
            if c.stance != "open"
        ]
        return True

    def _timed(self, climb: Climb, operator: Operator, token: Token) -> bool:
        """ "It is time for a truce", "the time has come to stop": whoever says so wants it."""
        copula = token if token.pos_ in _VERBS else token.head
        if mood.is_hypothetical(copula) or mood.is_asked(copula):
            return False
        if any(c.lower_ == "when" for c in clauses.children(copula, "advmod")):
            return False  # "will know when it is time for it"
        negated = not self._negator_inside(operator, token) and (
            mood.is_negated(copula, self._lexicon) or mood.is_negated(token, self._lexicon)
        )
        climb.drop_pending()
        climb.polarity *= -operator.group.sign if negated else operator.group.sign
        climb.add(operator.group.rule, climb.stance(), (), copula, operator.tokens, 3, False)
        climb.detached = True
        return True

    def _named_by_subject(self, climb: Climb, verb: Token) -> bool:
        """ "the goal is X", "one of the key points for Russia is that X": the subject tells the attitude."""
        for subject in clauses.children(verb, "nsubj"):
            for token in (
                subject,
                *(
                    o
                    for p in clauses.children(subject, "prep")
                    if p.lower_ == "of"
                    for o in clauses.children(p, "pobj")
                ),
            ):
                operator = any_kind(self._operators.get(token.i, ()), "directive", "attitude")
                limit = any_kind(self._operators.get(token.i, ()), "evaluation")
                if operator is None and limit is not None and limit.group.sign < 0 and token.pos_ == "NOUN":
                    operator = limit  # "Oslo's red lines are the bay and the fleet"
                point = token.lemma_.lower() in {"point", "condition", "aim", "goal", "element", "term"}
                if operator is None and not point:
                    continue
                if operator is not None and (operator.group.open or operator.group.conditional):
                    continue
                sign = operator.group.sign if operator is not None else 1
                climb.polarity *= -sign if self._negated(verb, climb) else sign
                # "The plan for Oslo was": whom a plan is for need not want it.
                for_whom = operator is None or operator.group.rule != "offer"
                holders = tuple(
                    t.i
                    for n in (token, subject)
                    for t in (*clauses.possessors(n), *(clauses.beneficiaries(n) if for_whom else ()))
                )
                if operator is None and not holders:
                    return False
                climb.drop_pending()
                rule = operator.group.rule if operator is not None else "point"
                climb.add(
                    f"named_{rule}",
                    climb.stance(),
                    holders,
                    verb,
                    frozenset({token.i}),
                    3,
                    False,
                )
                return True
        return False

    def _as_subject(self, climb: Climb, node: Token, parent: Token) -> None:
        """The issue is the subject of `parent`: passive, judged by a predicate, or wished by a modal."""
        if node.dep_ in {"csubj", "csubjpass"}:
            # "Seeking a deal without Europe is unrealistic": what the clause wants is what is judged.
            climb.claims = [c for c in climb.claims if c.holders]
        self._shared_passives(climb, node, parent)
        if clauses.is_passive(parent) and parent.dep_ != "acl":
            found = [
                op for op in self._operators.get(parent.i, ()) if op.tokens.isdisjoint(climb.hit.spoken_for)
            ]
            # "must be scrapped" counts as "will be scrapped" does.
            if not mood.is_obliged(parent, self._lexicon):
                found = lasting(found)
            operator = any_kind(found, "directive", "attitude", "act") or any_kind(found, "evaluation")
            if operator is not None and operator.group.kind == "act" and self._is_question(climb, node):
                return  # "the question of the bay cannot be put aside": no stance on the bay
            if operator is not None:
                negated = self._negated(parent, climb)
                sign = -operator.group.sign if negated else operator.group.sign
                if operator.group.kind == "directive" and negated and self._has_been(parent):
                    return  # "a withdrawal was never ordered": what has been, and nobody's wish
                agents = tuple(t.i for t in clauses.agents(parent))
                if operator.group.rule == "accept":
                    made = clauses.children(parent, "nsubjpass")
                    agents += tuple(t.i for noun in made for t in clauses.between(noun))
                obliged = mood.is_obliged(parent, self._lexicon)
                if operator.group.conditional:
                    climb.add(
                        f"passive_{operator.group.rule}",
                        "conditional",
                        agents,
                        parent,
                        operator.tokens,
                        2,
                        False,
                    )
                    return
                if obliged and not negated and parent.lemma_.lower() in self._lexicon.file.discussing_verbs:
                    climb.add("open_to", "open", agents, parent, operator.tokens, 2, False)
                    return  # "the swap should be discussed"
                if operator.group.open or (
                    negated and operator.group.sign < 0 and operator.group.kind == "attitude" and not obliged
                ):
                    climb.add(operator.group.rule, "open", agents, parent, operator.tokens, 2, False)
                    return
                climb.polarity *= sign
                stance = climb.stance()
                if stance == "support" and climb.hit.issue.document_of is not None and self._in_part(climb):
                    stance = "conditional"  # "some points can be accepted"
                document = self._document_of(parent)
                if document is not None and not agents:
                    climb.add_author("document_clause", stance, document, parent, operator.tokens)
                    return
                if agents and not obliged:
                    climb.add(
                        operator.group.rule,
                        stance,
                        agents,
                        parent,
                        operator.tokens,
                        operator.group.strength,
                        True,
                    )
                elif self._is_settled(climb, parent, operator, negated):
                    climb.add_mutual("agreed_between", parent, operator.tokens)
                elif operator.group.rule in {"promise", "want"} and not obliged:
                    return  # "the notion was intended to": the intent of whoever had it
                elif (
                    obliged
                    or mood.is_committing(parent, self._lexicon)
                    or (operator.group.kind != "act" and not self._is_done_by_others(parent, operator))
                ):
                    climb.add(f"passive_{operator.group.rule}", stance, (), parent, operator.tokens, 2, False)
                return
        if self._negated_by(node) and any(c.lower_ == "without" for c in parent.children):
            climb.detached = True  # "no plan can go on without consent" is about the consent
            return
        if self._told_by_clause(climb, parent):
            return
        predicate = predicate_of(
            parent, self._operators, climb.path, climb.hit, self._lexicon.file.weighed_nouns
        )
        if predicate is not None:
            self._judged(climb, parent, predicate)
            return
        if is_shut_out(parent, self._lexicon.file.shares_in):
            climb.polarity = -climb.polarity
        self._turn(climb, parent)
        bearers = [parent, *clauses.children(parent, "xcomp")] if parent.lemma_ == "have" else [parent]
        if self._ceases(bearers[-1]):
            climb.polarity = -climb.polarity
        if bearers[-1].lemma_.lower() in self._lexicon.file.silent_verbs:
            return  # "this could not be verified": nobody's wish
        if any(c.lower_ == "any" for c in clauses.children(node, "det")) and not self._denied(parent):
            return  # "any accord should ban it": whether there is to be one is not told
        if node.left_edge.i > node.sent.start and node.left_edge.nbor(-1).dep_ == "prep":
            return  # "attacks across the line shall be seen as": the phrase hangs on a preposition
        part = node.lemma_.lower() in self._lexicon.file.single_parts and not climb.hit.issue.is_document
        if len(bearers) > 1 and clauses.is_passive(bearers[-1]):
            done = any_kind(self._operators.get(bearers[-1].i, ()), "attitude", "act")
            if done is not None and not (done.group.open or done.group.conditional):
                climb.polarity *= done.group.sign  # "the point on it has to be deleted"
        if mood.is_obliged(bearers[-1], self._lexicon) and (climb.hit.head_i == node.i or part):
            # "A truce requires guarantees": nobody may have it without them.
            tied = bearers[-1].lemma_.lower() in {"need", "require"} and bool(
                clauses.children(bearers[-1], "dobj")
            )
            stance = "conditional" if tied else climb.stance()
            climb.add("obliged", stance, (), parent, frozenset(), 2, False)
        elif climb.hit.issue.occasion and self._waits(parent):
            climb.add("takes_place", "conditional", (), parent, frozenset(), 2, False)
        elif self._goes_on(climb.hit, parent):
            climb.add("goes_on", climb.stance(), (), parent, frozenset(), 2, False)
        elif self._denied(parent) and mood.is_committing(parent, self._lexicon):
            climb.add("will_not_be", climb.stance(), (), parent, frozenset(), 2, False)

    def _is_question(self, climb: Climb, noun: Token) -> bool:
        """Whether the words that name the issue only name the question of it."""
        named = self._doc[climb.hit.head_i]
        return any(t.lemma_.lower() in _QUESTIONS for t in (named, noun))

    def _has_been(self, verb: Token) -> bool:
        """Whether a passive tells of what was done, or was not."""
        aux = clauses.children(verb, "auxpass", "aux")
        return bool(aux) and all(c.tag_ in {"VBD", "VBN"} or c.lemma_ == "have" for c in aux)

    def _brought_about(self, climb: Climb, verb: Token) -> None:
        """ "Wants to see the levy scrapped": what is to be done with it may turn it over."""
        operator = any_kind(self._operators.get(verb.i, ()), "attitude", "act")
        if verb.lower_ == "gone" or (operator is not None and operator.group.sign < 0):
            climb.polarity = -climb.polarity

    def _is_settled(self, climb: Climb, verb: Token, operator: Operator, negated: bool) -> bool:
        """ "An exchange of 200 prisoners was agreed": a matter of both sides, and done."""
        issue = climb.hit.issue
        if operator.group.rule != "accept" or not issue.mutual or issue.step_to_settlement:
            return False
        done = any(c.tag_ in {"VBD", "VBN"} for c in clauses.children(verb, "auxpass", "aux"))
        told = verb.tag_ == "VBN" and done and not negated and not climb.hit.anaphor
        return told and not mood.is_hypothetical(verb) and not mood.is_committing(verb, self._lexicon)

    def _shared_passives(self, climb: Climb, subject: Token, verb: Token) -> None:
        """ "Is backed by Oslo but rejected by Riga", "rejected by Riga, it": verbs of the same subject."""
        for other in clauses.children(verb, "conj", "advcl"):
            agents = tuple(t.i for t in clauses.agents(other)) if other.tag_ == "VBN" else ()
            between = other.dep_ == "advcl" and not subject.i > other.i
            if not agents or between or clauses.subjects_of(other) or mood.is_hypothetical(other):
                continue
            operator = any_kind(lasting(self._operators.get(other.i, ())), "directive", "attitude", "act")
            if operator is None or operator.group.open or operator.group.conditional:
                continue
            sign = operator.group.sign * (-1 if mood.is_negated(other, self._lexicon) else 1)
            stance = stance_of(climb.polarity * sign)
            group = operator.group
            climb.add(group.rule, stance, agents, other, operator.tokens, group.strength, False)

    def _told_by_clause(self, climb: Climb, verb: Token) -> bool:
        """ "The levy is something Oslo cannot accept": the clause on its noun tells; true if one does."""
        told = clause_on_predicate(verb, self._lexicon.file.anaphora_nouns | self._lexicon.file.things)
        if told is None:
            return False
        kept, before = climb.polarity, len(climb.claims)
        if self._negated(verb, climb):
            climb.polarity = -climb.polarity
        self._clause_on_noun(climb, *told)
        climb.polarity = kept
        return len(climb.claims) > before

    def _waits(self, verb: Token) -> bool:
        """ "Once the work is done, it will take place": what is to be held, as soon as something is met."""
        held = verb.lemma_.lower() in _HAPPENING or (
            verb.lemma_ == "take" and any(o.lower_ == "place" for o in clauses.children(verb, "dobj"))
        )
        if not held or not mood.is_announced(verb) or mood.is_negated(verb, self._lexicon):
            return False
        return any(
            c.lower_ in _AWAITING
            for clause in clauses.children(verb, "advcl")
            for c in clauses.children(clause, "mark", "advmod")
        )

    def _ceases(self, verb: Token) -> bool:
        """ "The troops must go": what ceases; a truce that is to "go into effect" does not."""
        if verb.lemma_.lower() not in self._lexicon.file.ceasing_verbs or clauses.children(verb, "dobj"):
            return False
        return not any(c.lower_ in _ONWARDS for c in clauses.children(verb, "prep", "prt", "advmod"))
