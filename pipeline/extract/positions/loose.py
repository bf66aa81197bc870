"""Claims by nearness: operators that no path of the parse joins to an issue, and the topic that runs on."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions import asides, clauses, mood
from pipeline.extract.positions.claims import Claim, stance_of
from pipeline.extract.positions.conditions import ConditionBinder
from pipeline.extract.positions.judgements import judged_by, owner_ids
from pipeline.extract.positions.lexicon import Operator, StanceLexicon
from pipeline.extract.positions.vocabulary import Hit
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KINDS = frozenset({"attitude", "directive", "evaluation"})
# Places inside a clause that the clause's negation reaches: "no longer sees a truce as a prerequisite".
_INNER = frozenset({"ccomp", "xcomp", "prep", "pobj", "pcomp", "attr", "acomp", "oprd", "dobj", "advmod"})
_CLIMB = 6
# Openers of clauses that tell when something was.
_TIMES = frozenset({"before", "after", "while", "since", "as", "when"})
# "back channel": a noun before a noun is no attitude.
_DECORATING = frozenset({"compound", "nmod"})
# More words than this between an issue and an operator, and one says nothing of the other.
_REACH = 12
# Operators that bring up something new rather than answer what was named.
_NEW_MATTER = frozenset({"offer", "criticise", "promise"})
# Judgements that say of everything and of nothing that it is right: of those on a running topic none was.
_IDLE = frozenset({"good"})
_NOT_RUNNING = frozenset({"accept", "demand", "want"})
# What is agreed to is governed by its verb or is something else.
_GOVERNING = frozenset({"accept"})
# Operators that tell nothing of an issue that only stands near them, and those that tell nothing if they
# have an object of their own: "welcomed the progress of the talks".
_NOT_NEAR = frozenset({"criticise", "offer", "bad", "back"})
# Operators that nearness proves nothing of: the issue's phrase must hang on them, by whatever name.
_BOUND = frozenset({"open_to", "reject"})
_OCCUPIED = frozenset({"want", "promise"})
# So near to the issue, a noun is a part of what names it.
_BESIDE = 3
_VERBS = frozenset({"VERB", "AUX"})
_TOPICAL = frozenset({"as", "on", "regarding", "concerning", "asked", "questioned", "pressed"})
_OPENING = 4  # tokens
_REFLEXIVE = frozenset({"itself", "himself", "herself", "themselves", "ourselves", "myself"})
_PHRASE = frozenset({"pobj", "prep", "compound", "amod", "nmod", "pcomp", "dobj", "npadvmod", "conj"})


class LooseReader:
    """Reads what the operators of one sentence say of a hit that the parse does not join them to."""

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

    def near(self, hit: Hit, others: Sequence[Hit], used: Container[int]) -> Claim | None:
        """The claim of the operator nearest to the hit, if no other issue stands between them.

        `others` are all hits of the sentence; `used` the tokens of operators that made a row already.
        """
        best: tuple[int, Operator] | None = None
        if self._aside(self._doc[hit.head_i]):
            return None
        for operator in self._usable(hit):
            if operator.head_i in used or operator.group.rule in _GOVERNING:
                continue
            low, high = sorted((operator.head_i, hit.head_i))
            gap = high - low
            if gap > _REACH or any(
                low < o.head_i < high and o.issue is not hit.issue and not o.anaphor for o in others
            ):
                continue
            if best is None or gap < best[0]:
                best = (gap, operator)
        if best is None or best[1].group.rule in _NOT_NEAR or self._is_wished(best[1]):
            return None
        if best[1].group.rule in _BOUND and not self._is_bound(best[1], hit):
            return None
        if self._is_mute(best[1]) or self._is_outstanding(best[1]) or self._is_aim_of_things(best[1]):
            return None
        if self._is_set_against(best[1], hit) or self._is_given_up(best[1]) or self._is_timed(best[1], hit):
            return None
        if best[1].group.kind != "evaluation" and self.is_supposed(self._doc[hit.head_i]):
            return None
        if self._is_apart(best[1], hit) or self._is_named_document(best[1]):
            return None
        if best[1].group.rule in _OCCUPIED and self._is_occupied(best[1], hit):
            return None
        if self._is_turned_between(best[1], hit):
            return None
        return self._claim(hit, best[1], f"near_{best[1].group.rule}")

    def topic(self, hit: Hit) -> Claim | None:
        """The claim of the sentence's highest operator on an issue that an earlier sentence named."""
        found = [
            op
            for op in self._usable(hit)
            if op.group.rule not in _NEW_MATTER
            and not self._has_matter(op)
            and not self._is_epithet(self._doc[op.head_i])
        ]
        if not found:
            return None
        top = min(found, key=lambda op: (depth(self._doc, op.head_i), op.head_i))
        if self._clause(top).dep_ == "advcl":
            return None  # "must be careful when considering any step"
        if top.group.rule in _IDLE | _NOT_RUNNING or self._is_bare_noun(top) or not self._takes_up(top):
            return None
        return self._claim(hit, top, f"topic_{top.group.rule}")

    def _is_epithet(self, token: Token) -> bool:
        """ "Oslo, once sceptical, is on board": an adjective beside a name, and no predicate."""
        return token.pos_ == "ADJ" and token.dep_ == "amod" and token.head.pos_ == "PROPN"

    def _usable(self, hit: Hit) -> list[Operator]:
        return [
            op
            for ops in self._operators.values()
            for op in ops
            if not mood.is_hypothetical(self._clause(op))
            and not self._is_filler(op)
            and not self._is_musing(op)
            and not self._is_retaliation(op)
            # "plants damaged in the raids": what befell them, no judgement
            and not (op.group.kind == "evaluation" and self._doc[op.head_i].dep_ == "acl")
            # "Russia must commit to it": a wish of whoever says so; nearness is too little to tell of whom
            and (op.group.kind == "evaluation" or not mood.is_obliged(self._clause(op), self._lexicon))
            and op.group.kind in _KINDS
            and not (op.group.kind != "evaluation" and self._doc[op.head_i].dep_ in _DECORATING)
            and op.tokens.isdisjoint(hit.tokens | hit.spoken_for)
        ]

    def _is_musing(self, operator: Operator) -> bool:
        """ "Think about what you could keep": an imperative that only bids somebody to turn it over."""
        token = self._doc[operator.head_i]
        bidding = token.tag_ in {"VB", "VBP"} and not clauses.subjects_of(token)
        return token.lemma_.lower() in self._lexicon.file.musing and bidding

    def _is_retaliation(self, operator: Operator) -> bool:
        """ "Vowed to sue anybody who touches it": a threat, and no promise of what it names."""
        acts = clauses.children(self._doc[operator.head_i], "xcomp")
        strikes = any(v.lemma_.lower() in self._lexicon.file.retaliating_verbs for v in acts)
        return operator.group.rule == "promise" and strikes

    def _aside(self, token: Token) -> bool:
        """Whether the token only places something else: "announced after a call", "during the talks"."""
        while token.dep_ in {"pobj", "prep", "compound", "amod", "poss", "nmod", "conj", "pcomp"}:
            token = token.head
            if token.lower_ in clauses.ADJUNCT_PREPOSITIONS:
                return True
        return False

    def _is_apart(self, operator: Operator, hit: Hit) -> bool:
        """Whether the operator is built into a phrase or clause that has no room for the hit."""
        token = self._doc[operator.head_i]
        inside = {hit.head_i, *hit.tokens}
        if token.pos_ in {"NOUN", "PROPN"} and operator.group.kind != "evaluation":
            # "the US proposal", "conditions": a noun is about what hangs on it or what it hangs on.
            if self._is_under(operator):
                return False
            if self._is_within_clause(token, inside):
                return True
            return not (_reaches(token, inside) or _reaches(self._doc[hit.head_i], {token.i}))
        clause = self._clause(operator)
        placed = clause.head.i in inside and clause.dep_ == "relcl" and clauses.is_placed(clause)
        if placed:
            return True
        if token.dep_ == "amod" and (token.i < token.head.i or token.head.i not in inside):
            # "one of the key causes", "constructive talks": of what kind a thing is or should be
            return (
                token.head.i in inside or token.head.lemma_.lower() not in self._lexicon.file.anaphora_nouns
            )
        if operator.group.kind == "evaluation" and token.pos_ in _VERBS:
            return not any(_reaches(s, inside) for s in clauses.subjects(token))
        if operator.group.kind == "evaluation" and token.pos_ == "NOUN" and token.dep_ == "pobj":
            return token.head.lower_ == "on"  # "on the basis of": what something rests on, no judgement
        if operator.group.kind == "evaluation" and token.dep_ in {"attr", "acomp", "oprd"}:
            # "The veto is a requirement in any talks on the plan": it is said of the veto
            named = [s for s in clauses.children(clause, "nsubj") if s.pos_ in {"NOUN", "PROPN"}]
            return bool(named) and not any(_reaches(s, inside) for s in named)
        return False

    def _is_within_clause(self, noun: Token, inside: Container[int]) -> bool:
        """ "A truce that meets Oslo's demands": what a clause on the issue has for object."""
        verb = noun.head
        if noun.dep_ != "dobj" or verb.dep_ != "relcl" or verb.head.i not in inside:
            return False
        return verb.lemma_.lower() not in self._lexicon.file.carrying_verbs

    def _is_under(self, operator: Operator) -> bool:
        """ "Under the Turkish draft, each side would": what the clause tells is the document's."""
        token = self._doc[operator.head_i]
        return token.dep_ == "pobj" and token.head.lower_ == "under"

    def is_supposed(self, token: Token) -> bool:
        """ "Threatened to leave if the cabinet approved a truce": what stands under the "if" is another's."""
        return any(mood.is_hypothetical(t) for t in (token, *token.ancestors) if t.pos_ in _VERBS)

    def _is_mute(self, operator: Operator) -> bool:
        """ "Declined to comment", "to judge it", "sought clarity on it": no stance is told."""
        token, file = self._doc[operator.head_i], self._lexicon.file
        silent = any(c.lemma_.lower() in file.silent_verbs for c in clauses.children(token, "xcomp"))
        return silent or asides.is_inquiry(token, file.inquiry_nouns)

    def _is_outstanding(self, operator: Operator) -> bool:
        """ "Depends on Riga's willingness": what is still sought of somebody he does not yet hold."""
        token = self._doc[operator.head_i]
        willing = operator.group.rule in {"promise", "accept", "back"} and token.pos_ == "NOUN"
        return willing and clauses.is_sought(token)

    def _is_aim_of_things(self, operator: Operator) -> bool:
        """ "The calls are aimed at ending it": the aim of their subject, and of nobody who tells it."""
        token = self._doc[operator.head_i]
        wished = operator.group.kind == "directive" and token.pos_ in _VERBS
        return wished and clauses.is_passive(token) and not clauses.agents(token)

    def _is_wished(self, operator: Operator) -> bool:
        """ "Urged Washington to demand that": the demand is not yet made."""
        clause = self._clause(operator)
        pressed = [o for o in clauses.children(clause.head, "dobj", "dative") if o.i < clause.i]
        if clause.dep_ not in {"xcomp", "ccomp"} or clause.i < clause.head.i or not pressed:
            return False
        return any(op.group.kind == "directive" for op in self._operators.get(clause.head.i, ()))

    def _is_set_against(self, operator: Operator, hit: Hit) -> bool:
        """ "Seeks a settlement rather than a truce": a word between turns one against the other."""
        low, high = sorted((operator.head_i, hit.head_i))
        return any(op.group.kind == "reverse" for i in range(low, high) for op in self._operators.get(i, ()))

    def _is_timed(self, operator: Operator, hit: Hit) -> bool:
        """ "Demanded an apology before the talks ended": the clause of the issue only tells when."""
        token = self._doc[hit.head_i]
        for above in (token, *token.ancestors):
            if above.i == operator.head_i:
                return False
            opening = self._doc[above.left_edge.i : above.i]
            if above.dep_ == "advcl" and any(
                t.lower_ in _TIMES and t.dep_ in {"mark", "advmod"} for t in opening
            ):
                return operator.head_i not in {t.i for t in above.subtree}
        return False

    def _is_turned_between(self, operator: Operator, hit: Hit) -> bool:
        """ "Is mandatory to make sure that it never joins": a clause between them is negated."""
        negators = self._lexicon.file.negators
        above = {t.i for t in self._doc[hit.head_i].ancestors}
        between = self._doc[max(operator.tokens) + 1 : hit.start_i]
        governs = operator.head_i in above or self._doc[operator.head_i].head.i in above
        return governs and any(t.lower_ in negators and t.head.i in above for t in between)

    def _is_given_up(self, operator: Operator) -> bool:
        """ "Abandoning its ambitions", "dropped the demand": what is told of is its end."""
        token = self._doc[operator.head_i]
        verb = token.head
        parted = verb.pos_ in _VERBS and verb.lemma_.lower() in self._lexicon.file.renouncing_verbs
        return token.pos_ == "NOUN" and token.dep_ == "dobj" and parted

    def _is_bound(self, operator: Operator, hit: Hit) -> bool:
        """Whether the issue's phrase hangs on the operator after it ("has not ruled out a face-to-face"), or
        opens the sentence as its topic ("As for a truce, Morvenia is opposed")."""
        token = self._doc[hit.head_i]
        if token.i < operator.head_i:
            first = token.sent.start
            return self._doc[first].lower_ in _TOPICAL and hit.start_i - first <= _OPENING
        while token.dep_ in _PHRASE and token.head.i != operator.head_i and token.head.i != token.i:
            token = token.head
        return token.head.i == operator.head_i

    def _is_named_document(self, operator: Operator) -> bool:
        """ "the US proposal", "the draft": the noun names a document, and no act of putting it forward."""
        token = self._doc[operator.head_i]
        return operator.group.rule == "offer" and token.pos_ == "NOUN" and not self._is_under(operator)

    def _is_occupied(self, operator: Operator, hit: Hit) -> bool:
        """Whether the operator governs a matter of its own, away from the issue."""
        inside = {hit.head_i, *hit.tokens}
        clause = self._clause(operator)
        if clause.dep_ == "relcl" and clause.head.i in inside:
            return False  # "the guarantees that Riga seeks against it"
        return any(
            not hit.start_i - _BESIDE <= p.i < hit.end_i + _BESIDE and not _reaches(p, inside)
            for p in self._matter(operator)
        )

    def _is_bare_noun(self, operator: Operator) -> bool:
        """Whether a noun of attitude belongs to nobody: "the old condition", "efforts to end the war"."""
        token = self._doc[operator.head_i]
        if token.pos_ != "NOUN" or operator.group.kind == "evaluation":
            return False
        return not owner_ids(token, self._operators, self._lexicon.file.carrying_verbs)

    def _takes_up(self, operator: Operator) -> bool:
        """Whether a judgement is passed on what was named before, and not on a subject of its own."""
        token = self._doc[operator.head_i]
        if operator.group.kind != "evaluation":
            clause = self._clause(operator)
            if token.dep_ == "prep" and token.head.pos_ in {"NOUN", "PROPN"}:
                return False  # "the agreement now on the table": said of another noun
            # "wants the country to defend itself": what another is to do is a matter of its own
            another = (
                clause.dep_ in {"xcomp", "ccomp"} and clause.tag_ == "VB" and clauses.subjects_of(clause)
            )
            return not another and not self._is_mute(operator)
        file = self._lexicon.file
        if token.dep_ == "amod" and token.head.lemma_.lower() not in file.anaphora_nouns:
            return False  # "a very good chance"
        own = bool(clauses.children(token, "nsubj"))  # "proclaimed him illegitimate"
        verb = token if own else self._clause(operator)
        expected = any(s.lower_ == "it" for s in clauses.children(verb, "nsubj"))
        if any(v.i > token.i for t in (token, *[verb] * expected) for v in clauses.children(t, "xcomp")):
            return False  # "too early to tell", "it is “idle” to sign": on what its own clause names
        if clauses.children(verb, "expl") or (token.dep_ == "pobj" and clauses.children(verb, "dobj")):
            return (
                False  # "there will be no surrender", "dismissed the levy as theft": said of something else
            )
        placed = own or verb.i == token.i or token.dep_ in {"acomp", "attr", "oprd"}
        if not placed or not (own or verb.pos_ in _VERBS):
            # "The scandal shook the cabinet": the noun names something else that happened
            # "in a reference to the scandal" neither; "it amounts to theft" does
            placing = token.dep_ == "pobj" and token.head.head.pos_ in _VERBS
            return token.pos_ not in {"NOUN", "PROPN"} or placing or token.dep_ == "ROOT"
        return all(
            s.lower_ in file.anaphora_pronouns
            or s.lemma_.lower() in file.anaphora_nouns
            or any(c.lower_ in file.anaphora_determiners - {"the"} for c in clauses.children(s, "det"))
            for s in clauses.children(verb, "nsubj", "nsubjpass", "csubj")
        )

    def _has_matter(self, operator: Operator) -> bool:
        """Whether the operator is about something that its own clause names."""
        clause = self._clause(operator)
        if any(o.lower_ in _REFLEXIVE for o in clauses.children(self._doc[operator.head_i], "dobj")):
            return True  # "able to defend itself"
        if clause.dep_ in {"relcl", "acl"} and operator.group.kind != "evaluation":
            # "elections, which he has pressed for": about what the clause hangs on
            return clause.head.lemma_.lower() not in self._lexicon.file.anaphora_nouns
        return bool(self._matter(operator))

    def _matter(self, operator: Operator) -> list[Token]:
        """Nouns that the operator governs and that are no anaphors: what it is about by itself."""
        token = self._doc[operator.head_i]
        heads = [token]
        if token.pos_ in {"ADV", "AUX", "PART"} or (token.dep_ == "dobj" and token.head.pos_ in _VERBS):
            heads.append(self._clause(operator))  # "would rather talk about gas", "voiced opposition to"
        # "objects to and condemns it"
        heads += [v for v in clauses.children(token, "conj") if v.pos_ in _VERBS and v.i - token.i <= _BESIDE]
        # "have no intention of signing it": what hangs on the words of the operator itself
        heads += [self._doc[i] for i in operator.tokens if i != token.i and self._doc[i].pos_ == "NOUN"]
        places = [p for h in heads for p in _complements(h)]
        nouns = self._lexicon.file.anaphora_nouns
        # "Insists that the causes be addressed", "refused to hand over the list": matters of inner clauses.
        clausal = [v for v in places if v.pos_ in _VERBS and v.dep_ in {"ccomp", "xcomp"}]
        places += [t for v in clausal for t in v.subtree if t.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj"}]
        # "Dismissing the possibility of talks": the noun only wraps what it is about.
        wrapped = [p for p in places if p.lemma_.lower() in nouns]
        places += [
            o for p in wrapped for c in clauses.children(p, "prep") for o in clauses.children(c, "pobj")
        ]
        # "turned down a proposal to see the envoy"
        places += [
            o for p in wrapped for v in clauses.children(p, "acl") for o in clauses.children(v, "dobj")
        ]
        return [
            p
            for p in places
            if p.i > token.i
            and p.pos_ in {"NOUN", "PROPN"}
            and p.i not in operator.tokens
            and p.lemma_.lower() not in nouns
        ]

    def _clause(self, operator: Operator) -> Token:
        token = self._doc[operator.head_i]
        while token.pos_ not in _VERBS and token.head.i != token.i:
            token = token.head
        return token

    def _is_filler(self, operator: Operator) -> bool:
        """ "If necessary", "where possible": no judgement."""
        i = operator.start_i
        return i > 0 and self._doc[i].pos_ == "ADJ" and self._doc[i - 1].lower_ in {"if", "where", "as"}

    def _claim(self, hit: Hit, operator: Operator, rule: str) -> Claim:
        doc, group = self._doc, operator.group
        token = doc[operator.head_i]
        negated = self._negated(token, operator)
        above = self._above(operator) if group.kind != "evaluation" else None
        sign = -group.sign if negated else group.sign
        if above is not None:
            sign *= above.group.sign
        if group.kind == "directive" and self._wants_end(token):
            sign = -sign
        named = doc[hit.head_i]
        negators = [c.i for c in named.children if c.dep_ == "neg"]
        if named.pos_ in _VERBS and negators and hit.tokens.isdisjoint(negators):
            sign = -sign  # "the answer is not to expel them", "make sure that it never joins"
        stance: Stance
        if group.open:
            stance = "oppose" if negated else "open"
        elif group.conditional:
            stance = "conditional"
        elif negated and group.sign < 0 and group.kind == "attitude":
            stance = "open"
        else:
            stance = stance_of((hit.orient or 1) * sign)
        if stance == "support" and hit.issue.is_document and self._is_of_parts(token):
            stance = "conditional"
        if group.kind == "evaluation":
            holders = judged_by(operator, self._clause(operator))
        else:
            held = token if above is None else doc[above.head_i]
            holders = owner_ids(held, self._operators, self._lexicon.file.carrying_verbs)
        claim = Claim(
            hit=hit,
            stance=stance,
            source="tokens" if holders else "speaker",
            holders=holders,
            rule=rule,
            strength=1,
            node_i=token.i,
            tokens=operator.tokens | hit.tokens | {token.i},
            communicated=True,
        )
        return self._binder.bind(claim)

    def _is_of_parts(self, word: Token) -> bool:
        """ "Put sound points into the plan": some of it is praised."""
        parts = self._lexicon.file.single_parts
        return word.dep_ == "amod" and word.head.tag_ == "NNS" and word.head.lemma_.lower() in parts

    def _wants_end(self, token: Token) -> bool:
        """ "Had aimed to prevent it": what is wanted is that it does not come."""
        verbs = clauses.children(token, "xcomp")
        verbs += [v for p in clauses.children(token, "prep") for v in clauses.children(p, "pcomp")]
        return any(op.group.sign < 0 for v in verbs for op in self._operators.get(v.i, ()))

    def _above(self, operator: Operator) -> Operator | None:
        """The rejection that has the operator's noun as object: "rejecting a demand for the army to go"."""
        token = self._doc[operator.head_i]
        if token.pos_ != "NOUN" or token.dep_ != "dobj":
            return None
        found = self._operators.get(token.head.i, ())
        return next((op for op in found if op.group.kind == "attitude" and op.group.sign < 0), None)

    def _negated(self, token: Token, operator: Operator) -> bool:
        """Whether the operator is turned over by its own negators and those of the clauses that hold it."""
        own = any(self._doc[i].lower_ in self._lexicon.file.negators for i in operator.tokens)
        negated = not own and mood.is_negated(token, self._lexicon)
        for _ in range(_CLIMB):
            if token.dep_ not in _INNER or token.head.i == token.i:
                break
            token = token.head
            if token.pos_ in _VERBS and not own:
                negated = negated != mood.is_negated(token, self._lexicon)
            own = False
        if token.dep_ == "relcl" and negated:
            # "would not agree to any deal that did not include it"
            verb = next((t for t in token.head.ancestors if t.pos_ in _VERBS), token)
            negated = not mood.is_negated(verb, self._lexicon)
        return negated


def _complements(token: Token) -> list[Token]:
    """Objects of the token, of its prepositions and of its infinitive."""
    found = clauses.children(token, "dobj", "pobj", "xcomp", "ccomp")
    # "Riga's reluctance to end the raids"
    found += [
        o for v in clauses.children(token, "acl") for o in clauses.children(v, "dobj") if token.pos_ == "NOUN"
    ]
    for preposition in clauses.children(token, "prep"):  # "no interest in considering more talks"
        found += [o for v in clauses.children(preposition, "pcomp") for o in clauses.children(v, "dobj")]
    for above in [token, *clauses.children(token, "xcomp")]:
        if above is not token:
            found += clauses.children(above, "dobj")
        found += [o for p in clauses.children(above, "prep") for o in clauses.children(p, "pobj")]
    return found


def _reaches(token: Token, wanted: Container[int]) -> bool:
    """Whether the token's subtree holds one of the wanted tokens."""
    return any(t.i in wanted for t in token.subtree)


def depth(doc: Doc, i: int) -> int:
    """How many steps the token is from the root of its sentence."""
    steps, token = 0, doc[i]
    while token.head.i != token.i:
        token, steps = token.head, steps + 1
    return steps
