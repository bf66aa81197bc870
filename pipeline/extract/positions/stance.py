"""From a place that names an issue to claims: climb the parse, multiply the signs, note who holds each attitude."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from pipeline.extract.positions import clauses
from pipeline.extract.positions.lexicon import Operator, StanceLexicon, any_kind
from pipeline.extract.positions.vocabulary import Hit
from pipeline.model import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HolderSource = Literal["tokens", "speaker", "author"]
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_VERBS = frozenset({"VERB", "AUX"})
# More words than this between an issue and an operator, and the operator is about something else.
_MAX_DISTANCE = 1
# Openers by which a refusal holds only for now, and openers that name a lasting condition.
_LIFTING = frozenset({"until", "unless", "not before", "before"})
_LASTING = frozenset({"as long as", "so long as"})
_TENTATIVE = frozenset({"could", "might", "may"})
_FUTURE = frozenset({"would", "'d", "’d", "will"})
_GOVERNED = frozenset({"dobj", "dative", "oprd", "attr", "acomp", "xcomp", "ccomp", "prep", "pcomp", "agent", "prt"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of a clause: somebody stands somewhere on the issue.

    holders: tokens that name the holder (source "tokens"), or a document noun whose author holds it
    (source "author"); with source "speaker" whoever says the clause. node_i: the operator's clause.
    below: the words from the issue up to the operator. pending: given up if the clause turns out to be wished of its subject or only supposed.
    """

    hit: Hit
    stance: Stance
    source: HolderSource
    holders: tuple[int, ...]
    rule: str
    strength: int
    node_i: int
    tokens: frozenset[int]
    pending: bool = False
    below: frozenset[int] = frozenset()
    condition: tuple[int, int] | None = None
    communicated: bool = False


@dataclass(slots=True)
class _Climb:
    """State of one climb. polarity: 1 or -1 towards the proposition, at `node`."""

    hit: Hit
    polarity: int
    node: Token
    path: set[int] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)
    words: set[int] = field(default_factory=set)
    detached: bool = False
    distance: int = 0


class StanceReader:
    """Reads the claims of one sentence."""

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
        self._conditions = conditions

    def claims(self, hit: Hit) -> list[Claim]:
        """All claims on the issue that `hit` names, by climbing from its head to the sentence's root."""
        if hit.orient == 0:
            return []
        head = self._doc[hit.head_i]
        # What only stands for an issue must be the very thing that the operator is about.
        climb = _Climb(hit, hit.orient, head, {head.i}, distance=_MAX_DISTANCE if hit.anaphor else 0)
        self._turn(climb, head)
        if head.pos_ in _VERBS:
            self._own_act(climb, head)
        self._fragment(climb, head)
        for i in sorted(hit.tokens):
            self._below(climb, self._doc[i])
        for _ in range(40):
            if not self._step(climb):
                break
        return [self._conditioned(c) for c in climb.claims]

    def _fragment(self, climb: _Climb, head: Token) -> None:
        """ "No guarantees, no freeze", "ceasefire first": a cry with no verb is its speaker's wish."""
        if head.pos_ not in _NOUNS or head.dep_ not in {"ROOT", "dep", "conj", "appos", "npadvmod"}:
            return
        root = head
        while root.dep_ in {"conj", "dep", "appos", "npadvmod"} and root.head.i != root.i:
            root = root.head
        if root.pos_ in _VERBS:
            return
        denied = any(c.lower_ in {"no", "not"} and c.dep_ in {"det", "neg"} for c in head.children)
        urged = any(c.lower_ in {"first", "now", "immediately", "yes"} for c in head.children)
        if denied or urged:
            self._add(climb, "fragment", self._stance(climb.polarity), (), head, frozenset(), 2, False)

    # -- one step up

    def _step(self, climb: _Climb) -> bool:
        node = climb.node
        parent, dep = node.head, node.dep_
        if parent.i == node.i:
            return False
        climb.path.add(parent.i)
        while parent.pos_ in {"ADV", "PART"} and parent.dep_ in {"advmod", "prt"} and dep == "prep":
            parent = parent.head  # "pushed back against": the preposition hangs on the particle
            climb.path.add(parent.i)
        if dep == "conj":
            # A conjunct shares its head's place, not its head's meaning.
            climb.node = parent
            return True
        if dep == "advcl" and any(c.dep_ == "mark" and c.lower_ == "for" for c in node.children):
            dep = "ccomp"  # "is pushing for Kyiv to accept": what is pushed for
        if dep in {"advcl", "mark"}:
            self._leave_adverbial(climb, node)
            climb.node = parent
            climb.detached = True
            return True
        if dep == "parataxis" or (dep == "ccomp" and self._speech(parent)):
            self._under_speech(climb, parent)
            climb.node = parent
            return True
        if climb.detached:
            climb.node = parent
            return True
        if dep in clauses.SUBJECTS:
            self._as_subject(climb, node, parent)
            climb.node = parent
            return True
        if dep == "relcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children):
            return self._into_noun(climb, parent, dep)
        if dep == "relcl":
            self._below_document(climb, parent, node)
            climb.node = parent
            return parent.lemma_.lower() in self._lexicon.file.anaphora_nouns
        if parent.pos_ == "ADP" or dep in {"pobj", "pcomp"}:
            return self._through_preposition(climb, parent)
        if dep in {"compound", "amod", "nmod", "poss", "appos", "nummod", "acl", "det"}:
            return self._into_noun(climb, parent, dep)
        if dep in {"attr", "ccomp", "xcomp"} and parent.lemma_ == "be" and self._named_by_subject(climb, parent):
            climb.node = parent
            return True
        if dep in _GOVERNED or dep == "dep":
            self._governed(climb, parent, dep)
            climb.node = parent
            return True
        return False

    # -- kinds of place

    def _governed(self, climb: _Climb, parent: Token, dep: str) -> None:
        """The issue is object or complement of `parent`."""
        applied = self._apply(climb, parent, dep)
        if not applied and parent.pos_ in _VERBS:
            # "described the plan as unconstructive", "called it a stunt": a judgement beside the object.
            judgement = self._judgement(parent, climb)
            if judgement is not None:
                sign = judgement.group.sign * (-1 if self._judgement_negated(judgement) else 1)
                self._claim(climb, judgement, parent, sign, self._subject_ids(parent))
        self._modality(climb, parent)

    def _named_by_subject(self, climb: _Climb, verb: Token) -> bool:
        """ "the goal is X", "one of the key points for Russia is that X": the subject tells the attitude."""
        for subject in clauses.children(verb, "nsubj"):
            for token in (subject, *(o for p in clauses.children(subject, "prep") if p.lower_ == "of" for o in clauses.children(p, "pobj"))):
                operator = any_kind(self._operators.get(token.i, ()), "directive", "attitude")
                point = token.lemma_.lower() in {"point", "condition", "aim", "goal", "element", "term"}
                if operator is None and not point:
                    continue
                if operator is not None and (operator.group.open or operator.group.conditional):
                    continue
                sign = operator.group.sign if operator is not None else 1
                climb.polarity *= -sign if self._negated(verb, climb) else sign
                holders = tuple(
                    t.i for n in (token, subject) for t in (*clauses.possessors(n), *clauses.beneficiaries(n))
                )
                if operator is None and not holders:
                    return False
                self._drop_pending(climb)
                rule = operator.group.rule if operator is not None else "point"
                self._add(climb, f"named_{rule}", self._stance(climb.polarity), holders, verb, frozenset({token.i}), 3, False)
                return True
        return False

    def _apply(self, climb: _Climb, token: Token, dep: str) -> bool:
        """Apply the operators at `token` to what it governs; true if one did."""
        found = [op for op in self._operators.get(token.i, ()) if op.tokens.isdisjoint(climb.hit.tokens)]
        if not found:
            self._turn(climb, token)
            self._pass(climb, token)
            return False
        if token.pos_ in _VERBS:
            author = self._author_subject(token)
            content = any_kind(found, "content")
            if author is not None and content is not None:
                self._emit_author(climb, content, token, author)
                return True
        operator = any_kind(found, "directive", "attitude", "act", "reverse")
        if operator is None:
            if any_kind(found, "speech") is not None and token.pos_ in _VERBS:
                return False
            self._turn(climb, token)
            self._pass(climb, token)
            return False
        group = operator.group
        if group.kind == "reverse":
            climb.polarity = -climb.polarity
            climb.words |= operator.tokens
            return True
        negated = self._negated(token, climb) and not self._negator_inside(operator, token)
        sign = -group.sign if negated else group.sign
        if group.kind == "directive":
            self._drop_pending(climb)
        holders = self._holder_ids(token)
        pending = group.kind == "act" or token.pos_ in _VERBS
        if negated and group.sign < 0 and group.kind == "attitude":
            # "has not ruled out", "is not opposed to": the door is open, no more.
            self._emit(climb, operator, token, "open", holders, pending)
            climb.polarity *= 1
            return True
        if group.open:
            self._emit(climb, operator, token, "oppose" if negated else "open", holders, pending)
            return True
        if group.conditional:
            self._emit(climb, operator, token, "conditional", holders, pending)
            return True
        climb.polarity *= sign
        self._emit(climb, operator, token, self._stance(climb.polarity), holders, pending)
        return True

    def _as_subject(self, climb: _Climb, node: Token, parent: Token) -> None:
        """The issue is the subject of `parent`: passive, judged by a predicate, or wished by a modal."""
        if clauses.is_passive(parent) and parent.dep_ != "acl":
            found = [op for op in self._operators.get(parent.i, ()) if op.tokens.isdisjoint(climb.hit.tokens)]
            operator = any_kind(found, "directive", "attitude", "act", "evaluation")
            if operator is not None:
                negated = self._negated(parent, climb)
                sign = -operator.group.sign if negated else operator.group.sign
                agents = tuple(t.i for t in clauses.agents(parent))
                obliged = clauses.is_obliged(parent, self._lexicon)
                if operator.group.open or (negated and operator.group.sign < 0 and operator.group.kind == "attitude"):
                    self._add(climb, operator.group.rule, "open", agents, parent, operator.tokens, 2, False)
                    return
                climb.polarity *= sign
                stance = self._stance(climb.polarity)
                if agents and not obliged:
                    self._add(climb, operator.group.rule, stance, agents, parent, operator.tokens, operator.group.strength, True)
                elif obliged or clauses.is_committing(parent, self._lexicon) or operator.group.kind != "act":
                    self._add(climb, f"passive_{operator.group.rule}", stance, (), parent, operator.tokens, 2, False)
                return
        if self._negated_by(node) and any(c.lower_ == "without" for c in parent.children):
            climb.detached = True  # "no plan can go on without consent" is about the consent
            return
        predicate = self._predicate(parent, climb)
        if predicate is not None:
            self._judged(climb, parent, predicate)
            return
        self._turn(climb, parent)
        if clauses.is_obliged(parent, self._lexicon) and climb.hit.head_i == node.i:
            self._add(climb, "obliged", self._stance(climb.polarity), (), parent, frozenset(), 2, False)
        elif self._denied(parent) and clauses.is_committing(parent, self._lexicon):
            self._add(climb, "will_not_be", self._stance(climb.polarity), (), parent, frozenset(), 2, False)

    def _judged(self, climb: _Climb, verb: Token, operator: Operator) -> None:
        """A predicate says of the issue what it is worth, perhaps to somebody."""
        group = operator.group
        token = self._doc[operator.head_i]
        negated = self._negated(verb, climb) or (token.i != verb.i and clauses.is_negated(token, self._lexicon))
        negated = negated and not self._negator_inside(operator, verb)
        holders = tuple(t.i for t in clauses.beneficiaries(token)) or tuple(t.i for t in clauses.beneficiaries(verb))
        if not holders and token.pos_ in _NOUNS:
            holders = tuple(t.i for t in clauses.possessors(token))
        if not holders and verb.dep_ in {"ccomp", "xcomp", "oprd"}:
            caller = verb.head
            if caller.lemma_.lower() in {"call", "find", "consider", "deem", "describe", "regard", "see", "view", "brand", "label", "make", "declare", "think"}:
                holders = tuple(t.i for t in clauses.subjects(caller))
        if group.open:
            stance: Stance = "open"
        elif group.conditional:
            stance = "conditional"
        else:
            sign = -group.sign if negated else group.sign
            climb.polarity *= sign
            stance = self._stance(climb.polarity)
        self._add(climb, f"judged_{group.rule}", stance, holders, verb, operator.tokens, group.strength, False)

    def _through_preposition(self, climb: _Climb, prep: Token) -> bool:
        climb.node = prep
        opener = self._opener_at(prep)
        if opener is not None and opener[2] in self._lexicon.file.requiring:
            self._required(climb, prep)
            return False
        found = [op for op in self._operators.get(prep.i, ()) if op.tokens.isdisjoint(climb.hit.tokens)]
        operator = any_kind(found, "attitude", "directive", "reverse")
        if operator is not None:
            if operator.group.kind == "reverse":
                climb.polarity = -climb.polarity
                climb.words |= operator.tokens
            else:
                negated = clauses.is_negated(prep.head, self._lexicon)
                climb.polarity *= operator.group.sign
                holders = self._holder_ids(prep.head if prep.head.pos_ in _VERBS else prep)
                stance: Stance = "open" if negated and operator.group.sign < 0 else self._stance(-climb.polarity if negated else climb.polarity)
                self._emit(climb, operator, prep, stance, holders, True)
            return True
        if prep.lower_ in clauses.ADJUNCT_PREPOSITIONS and prep.head.pos_ in _VERBS:
            return False
        return True

    def _into_noun(self, climb: _Climb, noun: Token, dep: str) -> bool:
        """The issue modifies a noun: "ceasefire proposal", "the idea of", "a demand to"."""
        if dep == "poss":
            climb.node = noun
            return False
        if dep == "appos":
            climb.node = noun
            return True
        self._apply(climb, noun, dep)
        climb.node = noun
        self._below(climb, noun)
        return True

    def _below(self, climb: _Climb, noun: Token) -> None:
        """What hangs on the noun that names the issue: relative clauses, participles, appositions, its author."""
        if noun.pos_ not in _NOUNS:
            return
        for child in noun.children:
            if child.i in climb.path:
                continue
            if child.dep_ in {"relcl", "acl"} and child.pos_ in _VERBS | {"ADJ"}:
                self._clause_on_noun(climb, noun, child)
            elif child.dep_ == "appos":
                self._apposition(climb, child)

    def _clause_on_noun(self, climb: _Climb, noun: Token, verb: Token) -> None:
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
            return  # "a plan for Kyiv to accept": nobody has accepted it
        found = self._operators.get(verb.i, ())
        passive = clauses.is_passive(verb)
        own_subject = [c for c in verb.children if c.dep_ in clauses.SUBJECTS and c.lower_ not in clauses.RELATIVES]
        operator = any_kind(found, "directive", "attitude", "act")
        holders: tuple[int, ...] = ()
        if operator is not None and passive:
            holders = tuple(t.i for t in clauses.agents(verb))
        elif operator is not None and own_subject:
            holders = tuple(t.i for s in own_subject for t in clauses.with_conjuncts(s))
        if operator is not None and holders:
            negated = clauses.is_negated(verb, self._lexicon)
            sign = -operator.group.sign if negated else operator.group.sign
            stance = self._stance(climb.polarity * sign)
            if operator.group.open or (negated and operator.group.sign < 0 and operator.group.kind == "attitude"):
                stance = "open"
            self._add(climb, f"clause_{operator.group.rule}", stance, holders, verb, operator.tokens, operator.group.strength, False)
            return
        predicate = self._predicate(verb, climb)
        if predicate is not None and not own_subject:
            kept = climb.polarity
            self._judged(climb, verb, predicate)
            climb.polarity = kept

    def _apposition(self, climb: _Climb, noun: Token) -> None:
        if noun.lemma_.lower() in self._lexicon.file.anaphora_nouns or noun.lower_ == "something":
            for verb in clauses.children(noun, "relcl", "acl"):
                self._clause_on_noun(climb, noun, verb)
        found = self._operators.get(noun.i, ())
        operator = any_kind(found, "evaluation", "directive", "attitude")
        if operator is None or not operator.tokens.isdisjoint(climb.hit.tokens):
            return
        holders = tuple(t.i for t in clauses.beneficiaries(noun)) or tuple(t.i for t in clauses.possessors(noun))
        if holders:
            stance = self._stance(climb.polarity * operator.group.sign)
            self._add(climb, f"apposed_{operator.group.rule}", stance, holders, noun, operator.tokens, 2, False)

    def _below_document(self, climb: _Climb, noun: Token, verb: Token) -> None:
        """ "a plan that would cap the army": the author of the document holds what the clause says."""
        if noun.lemma_.lower() in self._lexicon.file.document_nouns and not any(
            c.dep_ in clauses.SUBJECTS and c.lower_ not in clauses.RELATIVES for c in verb.children
        ):
            self._drop_pending(climb)
            self._author(climb, "document_clause", self._stance(climb.polarity), noun, verb, frozenset())

    # -- what an operator or mood adds

    def _own_act(self, climb: _Climb, verb: Token) -> None:
        """The phrase that names the issue is itself an act: "he won't cede territory"."""
        author = self._author_subject(verb)
        if author is not None:
            self._author(climb, "document_act", self._stance(climb.polarity), author, verb, frozenset())
            return
        if clauses.is_obliged(verb, self._lexicon):
            self._add(climb, "obliged_act", self._stance(climb.polarity), (), verb, frozenset(), 2, False)
            return
        if clauses.is_hypothetical(verb):
            return
        if climb.hit.agentive and not clauses.is_passive(verb):
            own = [c for c in verb.children if c.dep_ in clauses.SUBJECTS]
            if own:
                self._add(climb, "own_act", self._stance(climb.polarity), self._subject_ids(verb), verb, frozenset(), 2, True)
        elif not climb.hit.agentive and clauses.is_negated(verb, self._lexicon) and clauses.is_committing(verb, self._lexicon):
            self._add(climb, "will_not_act", self._stance(climb.polarity), (), verb, frozenset(), 1, False)

    def _modality(self, climb: _Climb, verb: Token) -> None:
        """ "must include guarantees": a wish of whoever says it, and not of the clause's subject."""
        if verb.pos_ in _VERBS and clauses.is_obliged(verb, self._lexicon):
            self._drop_pending(climb, only={verb.i})
            self._add(climb, "obliged_clause", self._stance(climb.polarity), (), verb, frozenset(), 2, False)

    def _leave_adverbial(self, climb: _Climb, clause: Token) -> None:
        """The issue stands in an adverbial clause: a condition asks for it, a supposition tells nothing."""
        opener = self._opener_at(clause)
        if opener is None:
            if clauses.is_hypothetical(clause):
                self._drop_pending(climb)
            return
        if opener[2] != "after":  # what comes after has happened; the rest is only supposed
            self._drop_pending(climb)
        if opener[2] in self._lexicon.file.requiring:
            self._required(climb, clause)

    def _required(self, climb: _Climb, inside: Token) -> None:
        main = inside.head
        while main.pos_ not in _VERBS and main.head.i != main.i:
            main = main.head
        if main.pos_ not in _VERBS:
            return
        self._add(climb, "condition_set", self._stance(climb.polarity), self._subject_ids(main), main, frozenset(), 2, False)

    def _under_speech(self, climb: _Climb, verb: Token) -> None:
        """The clause is what `verb` reports: a claim of whoever says it gets its subject as holder."""
        if clauses.is_negated(verb, self._lexicon):
            climb.claims = [c for c in climb.claims if c.source != "speaker" or c.holders]
        ids = self._subject_ids(verb)
        climb.claims = [
            replace(c, holders=ids, communicated=True) if c.source == "speaker" and not c.holders else c
            for c in climb.claims
        ]

    # -- helpers

    def _pass(self, climb: _Climb, token: Token) -> None:
        """Count the words between the issue and its operator that are neither operators nor mere wrappers."""
        if token.pos_ in {"AUX", "ADP"} or token.lemma_.lower() in self._lexicon.file.wrappers:
            return
        if token.pos_ == "PROPN" or token.lemma_.lower() in self._lexicon.file.anaphora_nouns or token.lemma_.lower() in self._lexicon.file.document_nouns:
            return
        climb.distance += 1

    def _speech(self, token: Token) -> bool:
        ops = self._operators.get(token.i, ())
        return any_kind(ops, "speech") is not None and any_kind(ops, "directive") is None

    def _turn(self, climb: _Climb, token: Token) -> None:
        if self._negated(token, climb) and not self._negator_in_hit(climb.hit, token):
            climb.polarity = -climb.polarity

    def _negated_by(self, noun: Token) -> bool:
        return any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)

    def _denied(self, verb: Token) -> bool:
        return clauses.is_negated(verb, self._lexicon)

    def _negated(self, token: Token, climb: _Climb) -> bool:
        """Whether `token` is negated, not counting what was counted below it on the way up."""
        return clauses.is_negated(token, self._lexicon, climb.path)

    def _negator_in_hit(self, hit: Hit, token: Token) -> bool:
        """Whether the negator of the hit's own head is part of the phrase ("never join NATO")."""
        if token.i != hit.head_i:
            return False
        negators = self._lexicon.file.negators
        return any(self._doc[i].lower_ in negators for i in range(hit.start_i, hit.end_i))

    def _negator_inside(self, operator: Operator, token: Token) -> bool:
        return any(self._doc[i].lower_ in self._lexicon.file.negators for i in operator.tokens)

    def _predicate(self, verb: Token, climb: _Climb) -> Operator | None:
        """The judgement that `verb` or its complement passes on its subject."""
        places = [verb, *clauses.children(verb, "attr", "acomp", "oprd", "prep", "advmod", "dobj", "xcomp", "advcl", "npadvmod", "ccomp")]
        for prep in clauses.children(verb, "prep"):
            places.extend(clauses.children(prep, "pobj", "pcomp", "amod"))
        for place in list(places[1:]):
            places.extend(clauses.children(place, "conj", "amod"))
        for place in places:
            if place.i in climb.path and place.i != verb.i:
                continue
            operator = any_kind(self._operators.get(place.i, ()), "evaluation")
            if operator is not None and operator.tokens.isdisjoint(climb.hit.tokens):
                return operator
        for place in places[1:]:
            operator = any_kind(self._operators.get(place.i, ()), "directive")
            if operator is not None and place.pos_ in _NOUNS and place.dep_ == "attr" and operator.tokens.isdisjoint(climb.hit.tokens):
                return operator
        return None

    def _judgement(self, verb: Token, climb: _Climb) -> Operator | None:
        """ "as unconstructive", "a stunt": the complement that judges the verb's object."""
        if verb.lemma_.lower() not in {"call", "describe", "dismiss", "brand", "label", "denounce", "see", "regard", "view", "consider", "find", "deem", "hail", "treat", "present", "portray", "slam", "cite"}:
            return None
        places = clauses.children(verb, "oprd", "attr", "acomp", "xcomp", "ccomp", "advcl")
        # Parsers hang "as theft" on a word inside the object as well.
        preps = [p for p in clauses.children(verb, "prep")]
        preps += [p for i in sorted(climb.path | climb.hit.tokens) for p in clauses.children(self._doc[i], "prep")]
        for prep in preps:
            if prep.lower_ == "as" and prep.i > verb.i:
                places.extend(prep.children)
        for place in places:
            if place.i in climb.path:
                continue
            for token in (place, *place.children):
                operator = any_kind(self._operators.get(token.i, ()), "evaluation")
                if operator is not None:
                    return operator
        return None

    def _judgement_negated(self, operator: Operator) -> bool:
        token = self._doc[operator.head_i]
        return clauses.is_negated(token, self._lexicon) and not self._negator_inside(operator, token)

    def _author_subject(self, verb: Token) -> Token | None:
        """The document noun that is the verb's subject, if it is one."""
        for subject in clauses.subjects(verb):
            if subject.lemma_.lower() in self._lexicon.file.document_nouns and subject.pos_ in _NOUNS:
                return subject
        return None

    def _holder_ids(self, token: Token) -> tuple[int, ...]:
        if token.pos_ in _VERBS:
            if clauses.is_passive(token):
                made = tuple(t.i for t in clauses.agents(token))
                # "is committed to" is its subject's attitude, "is required to" somebody else's.
                return made or (() if self._is_directive(token) else self._subject_ids(token))
            return self._subject_ids(token)
        if token.pos_ == "ADJ" or token.dep_ in {"acomp", "attr", "prep", "oprd"}:
            verb = token.head
            while verb.pos_ not in _VERBS and verb.head.i != verb.i:
                verb = verb.head
            owners = tuple(t.i for t in clauses.possessors(token)) if token.pos_ in _NOUNS else ()
            return owners or self._subject_ids(verb)
        owners = tuple(t.i for t in clauses.possessors(token))
        if owners:
            return owners
        # "made a proposal", "has no objection": the noun belongs to its verb's subject.
        if token.dep_ == "dobj" and token.head.pos_ in _VERBS and token.head.lemma_.lower() in {"make", "have", "voice", "express", "issue", "repeat", "renew", "reiterate", "show", "signal", "voice", "see", "announce", "raise", "send", "give", "table", "submit", "set", "drop", "maintain", "underline", "declare", "state", "lead", "place", "put", "forward", "take", "stand"}:
            return self._subject_ids(token.head)
        return ()

    def _is_directive(self, token: Token) -> bool:
        return any_kind(self._operators.get(token.i, ()), "directive") is not None

    def _subject_ids(self, verb: Token) -> tuple[int, ...]:
        return tuple(t.i for t in clauses.subjects(verb))

    def _opener_at(self, token: Token) -> tuple[int, int, str] | None:
        """The condition opener that introduces the clause or phrase headed by `token`, or None."""
        left = token.left_edge.i
        for opener in self._conditions:
            if opener[0] > token.i:
                break
            if left - 1 <= opener[0] <= token.i and (
                self._doc[opener[1] - 1].head.i == token.i or opener[0] <= left <= opener[1] or opener[1] - 1 == token.i
            ):
                return opener
        return None

    def _drop_pending(self, climb: _Climb, only: Iterable[int] | None = None) -> None:
        climb.claims = [c for c in climb.claims if not c.pending or (only is not None and c.node_i not in set(only))]

    def _stance(self, polarity: int) -> Stance:
        return "support" if polarity > 0 else "oppose"

    def _claim(self, climb: _Climb, operator: Operator, token: Token, sign: int, holders: tuple[int, ...]) -> None:
        climb.polarity *= sign
        self._add(climb, f"judged_{operator.group.rule}", self._stance(climb.polarity), holders, token, operator.tokens, 3, True)

    def _emit(
        self, climb: _Climb, operator: Operator, token: Token, stance: Stance, holders: tuple[int, ...], pending: bool
    ) -> None:
        group = operator.group
        strength = group.strength if group.kind != "act" else group.strength - (0 if token.pos_ in _VERBS else 1)
        if not holders and (group.kind == "act" or token.pos_ in _NOUNS):
            return
        if group.kind == "act" and token.pos_ not in _VERBS:
            return
        self._add(climb, group.rule, stance, holders, token, operator.tokens, strength, pending)

    def _emit_author(self, climb: _Climb, operator: Operator, token: Token, author: Token) -> None:
        negated = clauses.is_negated(token, self._lexicon)
        climb.polarity *= -operator.group.sign if negated else operator.group.sign
        self._drop_pending(climb)
        self._author(climb, f"document_{operator.group.rule}", self._stance(climb.polarity), author, token, operator.tokens)

    def _author(self, climb: _Climb, rule: str, stance: Stance, author: Token, verb: Token, tokens: frozenset[int]) -> None:
        climb.claims.append(
            Claim(climb.hit, stance, "author", (author.i,), rule, 2, verb.i, tokens | {verb.i, author.i} | climb.hit.tokens)
        )

    def _add(
        self,
        climb: _Climb,
        rule: str,
        stance: Stance,
        holders: tuple[int, ...],
        node: Token,
        tokens: frozenset[int],
        strength: int,
        pending: bool,
    ) -> None:
        if climb.distance > _MAX_DISTANCE:
            return
        climb.claims.append(
            Claim(
                hit=climb.hit,
                stance=stance,
                source="tokens" if holders else "speaker",
                holders=holders,
                rule=rule,
                strength=strength,
                node_i=node.i,
                tokens=tokens | climb.hit.tokens | frozenset(climb.words) | {node.i},
                pending=pending,
                below=frozenset(climb.path),
            )
        )

    def _conditioned(self, claim: Claim) -> Claim:
        """Bind a condition to the claim's clause: support becomes conditional, refusal "until" too."""
        if claim.stance not in {"support", "oppose", "open"} or claim.rule == "condition_set":
            return claim
        node = self._doc[claim.node_i]
        for first, end, phrase in self._conditions:
            if any(first <= i < end for i in claim.hit.tokens) or any(first <= i < end for i in claim.tokens - {claim.node_i}):
                continue
            weak = phrase in self._lexicon.file.weak_conditions
            if not self._hangs_on(end, node, claim.below) and not self._follows(first, phrase, claim):
                continue
            if weak and not self._binds(phrase, node):
                continue
            if claim.stance == "oppose" and phrase not in _LIFTING:
                continue
            if claim.stance == "open" and phrase not in self._lexicon.file.requiring and phrase not in _LASTING:
                continue
            span = self._condition_span(first, end)
            if claim.hit.issue.step_to_settlement and claim.stance == "oppose" and self._is_final(span):
                return claim
            return replace(claim, stance="conditional", condition=span)
        return claim

    def _follows(self, first: int, phrase: str, claim: Claim) -> bool:
        """Whether an outright condition comes after the claim with no other clause between to which it could belong."""
        if phrase not in self._lexicon.file.requiring and phrase not in _LASTING:
            return False
        start = max(claim.node_i, claim.hit.end_i - 1)
        node = self._doc[claim.node_i]
        if not start < first or node.pos_ in _NOUNS or claim.stance == "oppose":
            return False
        return not any(t.dep_ == "conj" and t.pos_ in _VERBS for t in self._doc[start:first])

    def _binds(self, phrase: str, node: Token) -> bool:
        """Whether a bare "if" or "once" makes the clause conditional: only under would, could, may, will."""
        if phrase == "in principle":
            return True
        modals = {"when": _TENTATIVE, "if": _TENTATIVE | _FUTURE, "once": _TENTATIVE | _FUTURE}.get(phrase, frozenset())
        return any(c.dep_ == "aux" and c.lower_ in modals for c in node.children)

    def _hangs_on(self, end: int, node: Token, below: frozenset[int]) -> bool:
        """Whether the condition that opens at `first` modifies the claim's clause or the issue in it."""
        token = self._doc[end - 1]
        for _ in range(8):
            if token.i == node.i or token.i in below:
                return True
            # "Kyiv could accept it, she told reporters, provided that": the condition hangs on the telling.
            if node.dep_ == "ccomp" and token.i == node.head.i and self._speech(token) and end - 1 > node.i:
                return True
            if token.head.i == token.i:
                return False
            token = token.head
        return False

    def _is_final(self, span: tuple[int, int]) -> bool:
        """Whether the condition is the settlement itself, so that waiting for it refuses the step before it."""
        return any(t.lemma_.lower() in self._lexicon.file.settlement_words for t in self._doc[span[0] : span[1]])

    def _condition_span(self, first: int, end: int) -> tuple[int, int]:
        head = self._doc[end - 1]
        clause = head.head if head.dep_ in {"mark", "advmod", "prep"} and head.head.i > head.i else head
        last = max(end, clause.right_edge.i + 1)
        while last > end and self._doc[last - 1].is_punct:
            last -= 1
        return first, last
