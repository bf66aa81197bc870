"""What a noun carries: clauses, participles and appositions that hang on it, and judgements passed on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import asides, bearers, clauses, mood
from pipeline.extract.positions.claims import Climb, stance_of
from pipeline.extract.positions.conditions import ConditionBinder
from pipeline.extract.positions.judgements import BASES, judged_by, judgement_of, predicate_of
from pipeline.extract.positions.lexicon import Operator, StanceLexicon, any_kind
from pipeline.extract.positions.vocabulary import Hit
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})
_DEPTH = 3
# Verbs by which one makes conditions.
_SETTING = frozenset(
    {"set", "name", "list", "lay", "outline", "attach", "present", "impose", "formulate", "stipulate"}
)
_WHITHER = frozenset({"to", "into", "behind", "toward", "towards"})


def lasting(operators: Iterable[Operator]) -> list[Operator]:
    """Operators that tell a stance also without an announcement."""
    return [op for op in operators if not op.group.committed_only]


class NounReader:
    """Reads what hangs on the nouns of one sentence, and which of its words are negated."""

    def __init__(
        self,
        doc: Doc,
        lexicon: StanceLexicon,
        operators: dict[int, list[Operator]],
        conditions: list[tuple[int, int, str]],
    ) -> None:
        self._doc = doc
        self._lexicon = lexicon
        self._operators = operators
        self._binder = ConditionBinder(doc, lexicon, operators, conditions)
        negators = lexicon.file.negators
        self.silenced: set[int] = set()
        # Words of operators that bring their own negator: "sees no need for".
        self._settled = {
            i
            for found in operators.values()
            for op in found
            if any(doc[k].lower_ in negators for k in op.tokens)
            for i in op.tokens
        }

    def _below(self, climb: Climb, noun: Token) -> None:
        """What hangs on the noun that names the issue: relative clauses, participles, appositions."""
        if noun.pos_ not in _NOUNS:
            return
        for child in noun.children:
            if child.i in climb.path:
                continue
            if child.dep_ in {"relcl", "acl"} and child.pos_ in _VERBS | {"ADJ"}:
                self._clause_on_noun(climb, noun, child)
            elif child.dep_ == "appos":
                self._apposition(climb, child)
        if climb.hit.anaphor and noun.i in climb.hit.tokens:
            self._summed_up(climb, noun)

    def _inside(self, climb: Climb, head: Token) -> None:
        """ "An easing of the ban on Oslo, which Riga rejects": parsers hang the clause on the last name."""
        last = head
        for _ in range(_DEPTH):
            below = [
                o
                for p in clauses.children(last, "prep")
                if p.i > head.i
                for o in clauses.children(p, "pobj", "dobj")
            ]
            if not below:
                return
            last = below[-1]
            for summary in clauses.children(last, "appos"):
                if summary.lower_ in {"one", "a"} or summary.left_edge.lower_ in {"a", "an", "one"}:
                    self._apposition(climb, summary)  # parsers hang ", a demand of Oslo's" on the last name
            for verb in clauses.children(last, "relcl"):
                which = [c for c in clauses.children(verb, "dobj", "nsubjpass") if c.lower_ == "which"]
                if not which or last.pos_ != "PROPN" or self._doc[which[0].i - 1].text != ",":
                    continue
                found = lasting(self._operators.get(verb.i, ()))
                if climb.hit.orient > 0 or any(op.group.sign < 0 for op in found):
                    self._clause_on_noun(climb, last, verb)

    def _summed_up(self, climb: Climb, noun: Token) -> None:
        """ "Rejected a truce, a demand that Oslo has made": whose the demand is, that sums up the clause."""
        operator = any_kind(self._operators.get(noun.i, ()), "directive", "attitude")
        holders = self._makers(noun) if operator is not None else ()
        if operator is not None and holders:
            stance = stance_of(climb.polarity * operator.group.sign)
            climb.add(f"apposed_{operator.group.rule}", stance, holders, noun, operator.tokens, 2, False)

    def _clause_on_noun(self, climb: Climb, noun: Token, verb: Token) -> None:
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
            return  # "a plan for Kyiv to accept": nobody has accepted it
        if clauses.is_placed(verb):
            return  # "the summit at which he promised": the noun only places what the clause tells
        if verb.dep_ in {"relcl", "acl"} and self._is_whole(verb):
            return
        if asides.is_required_kind(noun, verb, self._operators):
            return
        found = self._operators.get(verb.i, ())
        passive = clauses.is_passive(verb)
        own_subject = [
            c for c in verb.children if c.dep_ in clauses.SUBJECTS and c.lower_ not in clauses.RELATIVES
        ]
        operator = any_kind(lasting(found), "directive", "attitude", "act")
        holders: tuple[int, ...] = ()
        if operator is not None and passive:
            holders = tuple(t.i for t in clauses.agents(verb))
        elif operator is not None and own_subject:
            holders = tuple(t.i for s in own_subject for t in clauses.with_conjuncts(s))
        if operator is not None and holders:
            negated = mood.is_negated(verb, self._lexicon)
            sign = -operator.group.sign if negated else operator.group.sign
            if operator.group.kind == "directive" and self._wants_against(verb):
                sign = -sign
            stance = stance_of(climb.polarity * sign)
            if (
                operator.group.open
                or mood.is_undecided(verb)
                or (negated and operator.group.sign < 0 and operator.group.kind == "attitude")
            ):
                stance = "open"
            if operator.group.kind == "directive" and self._wants_change(verb):
                stance = "conditional"
            climb.add(
                f"clause_{operator.group.rule}",
                stance,
                holders,
                verb,
                operator.tokens,
                operator.group.strength,
                False,
            )
            return
        judging = self._lexicon.file.judging_verbs
        judgement = judgement_of(verb, self._operators, climb.path, climb.hit, judging)
        judges = tuple(t.i for s in own_subject for t in clauses.with_conjuncts(s))
        judges = judges or (tuple(t.i for t in clauses.agents(verb)) if passive else ())
        if judgement is not None and judges:
            # "a step that Israel has called a prize for terror"
            sign = -judgement.group.sign if mood.is_negated(verb, self._lexicon) else judgement.group.sign
            stance = stance_of(climb.polarity * sign)
            rule = f"judged_{judgement.group.rule}"
            climb.add(rule, stance, judges, verb, judgement.tokens, judgement.group.strength, False)
            return
        predicate = predicate_of(
            verb, self._operators, climb.path, climb.hit, self._lexicon.file.weighed_nouns
        )
        if predicate is not None and passive and predicate.head_i == verb.i:
            return  # "plants damaged in the raids": what befell them, no judgement
        if predicate is not None and not own_subject:
            kept = climb.polarity
            self._judged(climb, verb, predicate)
            climb.polarity = kept

    def _is_whole(self, verb: Token) -> bool:
        """ "Said after the talks that Oslo has dropped its demand": no word of the clause is left out."""
        subjects = clauses.subjects_of(verb)
        relative = [
            c for c in verb.children if c.lower_ in clauses.RELATIVES and c.dep_ not in {"mark", "dobj"}
        ]
        return (
            bool(subjects)
            and not relative
            and bool(clauses.children(verb, "dobj"))
            and all(
                o.lower_ not in clauses.RELATIVES and o.i > verb.i for o in clauses.children(verb, "dobj")
            )
        )

    def _wants_against(self, verb: Token) -> bool:
        """ "A force that Oslo is seeking to veto": what is wanted is that it does not come."""
        acts = (op for v in clauses.children(verb, "xcomp") for op in self._operators.get(v.i, ()))
        return any(op.group.kind in {"attitude", "act"} and op.group.sign < 0 for op in acts)

    def _wants_change(self, verb: Token) -> bool:
        """ "A ceiling that Oslo wants to be revised": wanted, but not as it stands."""
        altering = self._lexicon.file.altering
        return any(v.lemma_.lower() in altering for v in clauses.children(verb, "xcomp", "ccomp"))

    def _apposition(self, climb: Climb, noun: Token) -> None:
        if noun.lower_ == "one":  # "a withdrawal, one of Oslo's chief demands"
            of = [p for p in clauses.children(noun, "prep") if p.lower_ == "of"]
            noun = next((o for p in of for o in clauses.children(p, "pobj")), noun)
        if noun.lemma_.lower() in self._lexicon.file.anaphora_nouns or noun.lower_ == "something":
            for verb in clauses.children(noun, "relcl", "acl"):
                self._clause_on_noun(climb, noun, verb)
        found = self._operators.get(noun.i, ())
        operator = any_kind(found, "evaluation", "directive", "attitude")
        if operator is None or not operator.tokens.isdisjoint(climb.hit.tokens):
            return
        holders = tuple(t.i for t in clauses.beneficiaries(noun)) or tuple(
            t.i for t in clauses.possessors(noun)
        )
        if not holders and operator.group.kind != "evaluation":
            holders = self._makers(noun)
        if holders:
            stance = stance_of(climb.polarity * operator.group.sign)
            climb.add(f"apposed_{operator.group.rule}", stance, holders, noun, operator.tokens, 2, False)

    def _makers(self, noun: Token) -> tuple[int, ...]:
        """ ", a demand that Oslo has made for years", ", a condition set by Riga": whose it is."""
        for verb in clauses.children(noun, "relcl", "acl"):
            if verb.lemma_.lower() not in self._lexicon.file.carrying_verbs:
                continue
            own = [c for c in clauses.subjects_of(verb) if c.lower_ not in clauses.RELATIVES]
            if mood.is_negated(verb, self._lexicon):
                continue
            if own:
                return tuple(t.i for s in own for t in clauses.with_conjuncts(s))
            if clauses.is_passive(verb):
                return tuple(t.i for t in clauses.agents(verb))
        return ()

    def _below_document(self, climb: Climb, noun: Token, verb: Token) -> None:
        """ "a plan that would cap the army": the author of the document holds what the clause says."""
        if mood.is_unreal(verb) and self._is_turned_down(noun):
            climb.drop_pending()
            return  # "vetoed a draft that would have called for it"
        if noun.lemma_.lower() in self._lexicon.file.document_nouns and not any(
            c.dep_ in clauses.SUBJECTS and c.lower_ not in clauses.RELATIVES for c in verb.children
        ):
            climb.drop_pending()
            if mood.is_unreal(verb):
                climb.silence()  # "dropped a clause that would have sent it aid"
                return
            climb.add_author("document_clause", climb.stance(), noun, verb, frozenset())

    def _is_turned_down(self, noun: Token) -> bool:
        """Whether somebody vetoes or rejects the document that the noun names."""
        if noun.dep_ != "dobj":
            return False
        return any(op.group.rule in {"block", "reject"} for op in self._operators.get(noun.head.i, ()))

    def _judged(self, climb: Climb, verb: Token, operator: Operator) -> None:
        """A predicate says of the issue what it is worth, perhaps to somebody."""
        group = operator.group
        token = self._doc[operator.head_i]
        negated = self._negated(verb, climb) or (token.i != verb.i and mood.is_negated(token, self._lexicon))
        negated = negated and not self._negator_inside(operator, verb)
        holders = judged_by(operator, verb)
        holders = holders or bearers.makers(token)
        if token.lemma_ in BASES:
            holders = ()  # "the basis for an accord": what it is for, and nobody's good
        if not holders and token.pos_ in _NOUNS:
            holders = tuple(t.i for t in clauses.possessors(token))
        if not holders and verb.dep_ in {"ccomp", "xcomp", "oprd"}:
            caller = verb.head
            if caller.lemma_.lower() in self._lexicon.file.judging_verbs:
                negated = negated != mood.is_negated(caller, self._lexicon)  # "do not think it a good idea"
                holders = tuple(t.i for t in clauses.subjects(caller))
        if group.open:
            stance: Stance = "open"
        elif group.conditional and self._ties(climb):
            return  # "Oslo's support for it depends on the vote"
        elif group.conditional:
            stance = "conditional"
        else:
            sign = -group.sign if negated else group.sign
            climb.polarity *= sign
            stance = climb.stance()
            if stance == "support" and climb.hit.issue.document_of is not None and self._in_part(climb):
                stance = "conditional"  # "some of the ideas were acceptable"
            if stance == "support" and self._lacks_something(verb):
                stance = "conditional"
        climb.add(f"judged_{group.rule}", stance, holders, verb, operator.tokens, group.strength, False)

    def _ties(self, climb: Climb) -> bool:
        """Whether the subject is somebody's support or readiness, which a condition is set to."""
        held = [c for c in climb.claims if self._doc[c.node_i].pos_ == "NOUN" and c.stance == "support"]
        for claim in held:
            climb.claims[climb.claims.index(claim)] = replace(claim, stance="conditional")
        return bool(held)

    def _lacks_something(self, verb: Token) -> bool:
        """ "It can be the basis, but the guarantees must come first": good on terms only."""
        if not any(c.dep_ == "cc" and c.lower_ == "but" and c.i > verb.i for c in verb.children):
            return False
        return any(
            v.pos_ in _VERBS
            and (
                mood.is_obliged(v, self._lexicon)
                or any(op.group.conditional for op in self._operators.get(v.i, ()))
            )
            for v in clauses.children(verb, "conj")
        )

    def _reason(self, climb: Climb, prep: Token) -> bool:
        """ "Rejected it as giving Rome a veto", "for lacking guarantees": why something is refused.

        What it lacks is wanted; of the rest nothing is told. True if the phrase is such a reason.
        """
        found = self._operators.get(prep.head.i, ())
        operator = any_kind(found, "attitude")
        if operator is None or operator.group.sign >= 0 or prep.lower_ not in {"as", "for"}:
            return False
        gerunds = [c for c in clauses.children(prep, "pcomp") if c.tag_ == "VBG"]
        # "for lacking guarantees": also read as an adjective
        gerunds += [c for o in clauses.children(prep, "pobj") for c in o.children if self._is_lacking(c)]
        if not gerunds or prep.i in operator.tokens:
            return False
        climb.claims = []
        if gerunds[0].lemma_.lower() in self._lexicon.file.lacking_verbs:
            holders = tuple(t.i for t in clauses.subjects(prep.head))
            climb.add("lacks", stance_of(climb.hit.orient), holders, prep.head, operator.tokens, 2, True)
        else:
            climb.silence()
        return True

    def _is_lacking(self, word: Token) -> bool:
        return word.tag_ == "VBG" and word.lemma_.lower() in self._lexicon.file.lacking_verbs

    def _is_whither(self, node: Token, operator: Operator) -> bool:
        """Whether the phrase tells where a movement leads, and not what it leaves."""
        return node.dep_ == "prep" and node.lower_ in _WHITHER and node.i not in operator.tokens

    def _precondition(self, climb: Climb, prep: Token) -> bool:
        """ "The conditions for a truce", "its terms for talks": the thing is wanted on those terms only."""
        noun = prep.head
        if prep.lower_ not in {"for", "of"} or noun.lemma_.lower() not in self._lexicon.file.condition_nouns:
            return False
        if noun.dep_ == "pobj" and noun.head.lower_ in {"on", "under"}:
            return False  # "on condition of a treaty": what is asked for
        if noun.dep_ == "pobj" and noun.head.lower_ == "as":
            return self._in_return(climb, noun)
        if climb.hit.anaphor or mood.is_negated(noun, self._lexicon):
            climb.silence()
            return True
        holders = tuple(t.i for t in clauses.possessors(noun))
        verb = noun.head
        if not holders and noun.dep_ == "dobj" and verb.lemma_.lower() in _SETTING and prep.lower_ == "for":
            holders = tuple(t.i for t in clauses.subjects(verb))  # "set conditions for a truce"
        climb.claims = []
        listed = any(
            self._doc[i].lower_ == "including" for i in climb.path
        )  # "including the arms": one of them
        if not holders or listed:
            climb.silence()
        else:
            climb.add("precondition", "conditional", holders, noun, frozenset({noun.i}), 2, False)
        return True

    def _in_return(self, climb: Climb, noun: Token) -> bool:
        """ "Demands the town as a precondition for talks": who demands it has the talks in return."""
        verb = next((t for t in noun.ancestors if t.pos_ in _VERBS), None)
        asked = verb is not None and any_kind(self._operators.get(verb.i, ()), "directive") is not None
        climb.claims = []
        if climb.hit.anaphor:
            climb.silence()
        if verb is not None and asked and not mood.is_negated(verb, self._lexicon):
            holders = tuple(t.i for t in clauses.subjects(verb))
            climb.add("precondition", "conditional", holders, verb, frozenset({noun.i}), 2, False)
        climb.detached = True
        return True

    def _in_part(self, climb: Climb) -> bool:
        """Whether only a part of the document was passed on the way: "agreed on most of the plan"."""
        shares = self._lexicon.file.share_nouns
        below = [self._doc[i] for i in climb.path]
        head = self._doc[climb.hit.head_i]
        file = self._lexicon.file
        points = [
            t for t in below if t.tag_ == "NNS" and t.lemma_.lower() in file.single_parts and t.i != head.i
        ]
        if any(c.dep_ == "nummod" or c.lower_ in file.part_words for t in points for c in t.children):
            return True  # "many points of the plan"
        if any(t.head.lower_ == "of" and t.head.head.pos_ == "NUM" for t in (head, *points)):
            return True  # "nine of the 28 points"
        told = (t for t in below if t.pos_ == "NUM")
        counted = (o for t in told for p in clauses.children(t, "prep") for o in clauses.children(p, "pobj"))
        if any(o.lemma_.lower() in file.single_parts for o in counted):
            return True  # "nine of the points in the plan"
        return any(t.lemma_.lower() in shares for t in below if t.i != head.i) or any(
            c.lower_ in {"some", "many", "most", "certain", "several"} and c.dep_ in {"det", "amod"}
            for c in head.children
        )

    def _turn(self, climb: Climb, token: Token) -> None:
        if token.i in climb.counted or token.i in self._settled:
            return
        if self._negated(token, climb) and not self._negator_in_hit(climb.hit, token):
            climb.polarity = -climb.polarity

    def _negated_by(self, noun: Token) -> bool:
        return any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)

    def _denied(self, verb: Token) -> bool:
        return mood.is_negated(verb, self._lexicon)

    def _negated(self, token: Token, climb: Climb) -> bool:
        """Whether `token` is negated, not counting what was counted below it on the way up."""
        return mood.is_negated(token, self._lexicon, climb.path)

    def _negator_in_hit(self, hit: Hit, token: Token) -> bool:
        """Whether the negator of the hit's own head is part of the phrase ("never join NATO")."""
        if token.i != hit.head_i:
            return False
        negators = self._lexicon.file.negators
        # "cannot be moved by force": a phrase against the proposition may hold its negator in a gap
        places = hit.tokens if hit.orient > 0 else range(hit.start_i, hit.end_i)
        return any(self._doc[i].lower_ in negators for i in places)

    def _negator_inside(self, operator: Operator, token: Token) -> bool:
        return any(self._doc[i].lower_ in self._lexicon.file.negators for i in operator.tokens)
