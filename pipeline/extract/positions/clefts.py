"""Clefts: "what Oslo wants is a truce", "the only thing Riga will accept is": the verb before the copula."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
# Places of what a copula sets equal to the clause before it.
PLACES = frozenset({"attr", "xcomp", "ccomp", "advcl", "acomp", "oprd"})
_WHAT = frozenset({"what", "all", "everything", "whatever"})
_INNER = frozenset({"xcomp", "acomp", "prep", "ccomp"})
_MISSING = frozenset({"dobj", "pobj", "attr", "oprd"})


def cleft_verb(copula: Token, things: Container[str]) -> Token | None:
    """The verb whose object the copula tells: "wants" of "what Oslo wants is a truce"; else None.

    `things` are nouns that tell nothing but what a clause on them says ("the only thing Oslo wants is").
    """
    if copula.lemma_ != "be":
        return None
    for clause in clauses.children(copula, "csubj", "advcl", "ccomp"):
        if clause.i < copula.i and _own_subjects(clause) and _lacks_object(clause):
            return clause
    for noun in clauses.children(copula, "nsubj"):
        if noun.lemma_.lower() not in things and noun.lower_ not in _WHAT:
            continue
        for clause in clauses.children(noun, "relcl"):
            if _own_subjects(clause) and not clauses.children(clause, "dobj"):
                return clause
    return None


def inside(verb: Token) -> list[Token]:
    """The verb and the words of the phrases within it, the innermost first: "is", "ready", "to accept"."""
    found = [verb]
    for word in found:
        found += [c for c in word.children if c.dep_ in _INNER and c.i > verb.i and c not in found]
    return found[::-1]


def _own_subjects(clause: Token) -> list[Token]:
    told = [s for s in clauses.subjects_of(clause) if s.lower_ not in _WHAT | clauses.RELATIVES]
    return told if clause.pos_ in _VERBS else []


def _lacks_object(clause: Token) -> bool:
    """Whether "what" opens the clause as an object of it or of a verb within it."""
    first = clause.left_edge
    if first.lower_ not in _WHAT or first.dep_ not in _MISSING:
        return False
    return all(first.i < s.i for s in _own_subjects(clause))
