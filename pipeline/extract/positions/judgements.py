"""Judgements and owners: the word that says what a clause's subject or object is worth, and whose it is."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.lexicon import Operator, any_kind
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Token

Operators = Mapping[int, Sequence[Operator]]
BASES = frozenset({"basis", "foundation", "groundwork"})
"""Nouns for what something else is built on."""
_TIMES = frozenset({"when", "once", "if", "until", "till", "before", "after", "unless", "while"})
_VERBS = frozenset({"VERB", "AUX"})
_RAISED = frozenset({"hope", "expectation", "prospect"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})


def predicate_of(
    verb: Token, operators: Operators, path: Container[int], hit: Hit, weighing: Container[str]
) -> Operator | None:
    """The judgement that `verb` or its complement passes on its subject; `weighing` words pass none."""
    verb = _bearing(verb)
    places = [
        verb,
        *clauses.children(
            verb, "attr", "acomp", "oprd", "prep", "advmod", "dobj", "xcomp", "advcl", "npadvmod", "ccomp"
        ),
    ]
    for prep in clauses.children(verb, "prep"):
        places.extend(clauses.children(prep, "pobj", "pcomp", "amod"))
    places = [place for place in places if not _is_adjunct(place)]
    for place in list(places[1:]):
        places.extend(clauses.children(place, "conj", "amod"))
        if place.lower_ == "one" and place.dep_ == "attr":  # "is one of the chief demands of Oslo"
            places.extend(
                o
                for p in clauses.children(place, "prep")
                if p.lower_ == "of"
                for o in clauses.children(p, "pobj")
            )
    for place in places:
        if place.i in path and place.i != verb.i:
            continue
        operator = any_kind(operators.get(place.i, ()), "evaluation")
        if operator is not None and operator.group.sign > 0 and _only_weighs(place, weighing):
            continue
        if operator is not None and operator.tokens.isdisjoint(hit.tokens):
            if place.dep_ == "dobj" and operator.group.rule == "good" and place.lemma_ not in BASES:
                continue  # "makes no demands"; but "could form the basis"
            return operator
    for place in places[1:]:
        operator = any_kind(operators.get(place.i, ()), "directive")
        if (
            operator is not None
            and place.pos_ in _NOUNS
            and (place.dep_ == "attr" or place.head.head.lower_ == "one")
            and operator.tokens.isdisjoint(hit.tokens)
        ):
            return operator
    return None


def _bearing(verb: Token) -> Token:
    """ "Is and remains the only way": of copulas with one complement the last bears it."""
    while verb.pos_ == "AUX" and not clauses.children(verb, "attr", "acomp"):
        joined = [
            c for c in clauses.children(verb, "conj") if c.pos_ in _VERBS and not clauses.subjects_of(c)
        ]
        if not joined:
            break
        verb = joined[0]
    return verb


def _only_weighs(place: Token, weighing: Container[str]) -> bool:
    """ "Is a key hurdle", "an important question": the adjective tells weight, not worth."""
    return place.dep_ == "amod" and place.head.pos_ == "NOUN" and place.head.lemma_.lower() in weighing


def _is_adjunct(place: Token) -> bool:
    """ "We will see a truce once they are destroyed": a clause of time or condition judges nothing."""
    if mood.is_inverted(place):
        return True  # "would end should they restore it"
    return place.dep_ == "advcl" and any(
        c.dep_ in {"mark", "advmod"} and c.lower_ in _TIMES and c.i < place.i for c in place.children
    )


def judgement_of(
    verb: Token, operators: Operators, path: set[int], hit: Hit, judging: Container[str]
) -> Operator | None:
    """ "as unconstructive", "a stunt": the complement that judges the verb's object."""
    if verb.lemma_.lower() not in judging:
        return None
    places = clauses.children(verb, "oprd", "attr", "acomp", "xcomp", "ccomp", "advcl")
    # "would consider the delivery an escalation": the second object judges the first.
    places += [c for c in clauses.children(verb, "dobj") if c.i > max(hit.tokens)]
    # Parsers hang "as theft" on a word inside the object as well.
    preps = clauses.children(verb, "prep")
    preps += [p for i in sorted(path | hit.tokens) for p in clauses.children(verb.doc[i], "prep")]
    for prep in preps:
        if prep.lower_ == "as" and prep.i > verb.i:
            places.extend(prep.children)
    for place in places:
        if place.i in path:
            continue
        for token in (place, *place.children):
            operator = any_kind(operators.get(token.i, ()), "evaluation")
            if operator is not None:
                return operator
    return None


def judged_by(operator: Operator, verb: Token) -> tuple[int, ...]:
    """Tokens that name to or for whom something is so: "a red line for Oslo", "for Oslo, it is one".

    The words of a judgement hang apart where a tokenizer splits them ("a non - starter for Oslo").
    """
    doc = verb.doc
    places = dict.fromkeys((operator.head_i, verb.i, *sorted(operator.tokens)))
    found = (t for i in places for t in clauses.beneficiaries(doc[i], operator.tokens))
    return tuple(dict.fromkeys(t.i for t in found))


def owner_ids(token: Token, operators: Operators, carrying: Container[str]) -> tuple[int, ...]:
    """Tokens that name who holds the attitude that `token` tells: subject, agent, possessor, or none."""
    if token.pos_ in _VERBS:
        by = {c.i for c in clauses.children(token, "agent", "prep")}
        if any(op.tokens & by for op in operators.get(token.i, ())):
            return subject_ids(token)  # "is appalled by it": whom it appals
        if clauses.is_passive(token):
            made = tuple(t.i for t in clauses.agents(token))
            # "is committed to" is its subject's attitude, "is required", "is allowed to" somebody else's.
            found = operators.get(token.i, ())
            others = any_kind(found, "directive") is not None
            others = others or (any_kind(found, "attitude") is None and any_kind(found, "act") is not None)
            return made or (() if others else subject_ids(token))
        return subject_ids(token)
    if token.pos_ == "ADJ" or token.dep_ in {"acomp", "attr", "prep", "oprd"}:
        verb = token.head
        while verb.pos_ not in _VERBS and verb.head.i != verb.i:
            verb = verb.head
        owners = tuple(t.i for t in clauses.possessors(token)) if token.pos_ in _NOUNS else ()
        return owners or subject_ids(verb)
    above = clauses.classing(token)
    if above is not None:
        return subject_ids(above)
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        return tuple(t.i for t in clauses.with_conjuncts(token.head))  # "Fico, a critic of the deliveries"
    owners = tuple(t.i for t in clauses.possessors(token))
    if owners:
        return owners
    # "made a proposal", "has no objection": the noun belongs to its verb's subject.
    if token.dep_ == "dobj" and token.head.pos_ in _VERBS and token.head.lemma_.lower() in carrying:
        if token.head.lemma_ == "raise" and token.lemma_.lower() in _RAISED:
            return ()  # "the visit raised hopes": of others
        return subject_ids(token.head)
    return ()


def subject_ids(verb: Token) -> tuple[int, ...]:
    """Tokens of the subjects of `verb`, its own or inherited."""
    return tuple(t.i for t in clauses.subjects(verb))
