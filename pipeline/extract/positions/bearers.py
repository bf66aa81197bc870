"""Nouns for somebody's stand, which tell whose a clause or an issue is: "Oslo's position is that"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses
from pipeline.extract.positions.claims import TURNED, Climb

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = frozenset({"be", "remain", "become"})
_STANDS = frozenset({
    "position", "stance", "line", "view", "policy", "message", "demand", "condition", "priority", "goal",
    "aim", "objective", "argument", "contention", "conviction", "belief", "attitude", "approach", "answer",
    "opinion", "wish", "requirement", "precondition", "terms", "term", "concern", "principle", "credo",
})  # fmt: skip
# Verbs by which a list of demands or red lines tells what is on it.
_LISTING = frozenset({"include", "comprise", "remain", "contain"})


def tellers(copula: Token) -> tuple[int, ...]:
    """Whose the clause under `copula` is: "Oslo's stance is that", "the position of Riga remains that"."""
    if copula.lemma_ not in _COPULAS:
        return ()
    for subject in clauses.children(copula, "nsubj"):
        if subject.lemma_.lower() in _STANDS:
            return tuple(t.i for t in clauses.possessors(subject, of=True))
    return ()


def take(climb: Climb, copula: Token, whose: tuple[int, ...], *, acts: bool) -> bool:
    """Give what the clause under `copula` tells to those whose stand it is; true if all is told.

    `acts` says whether the clause's verb is an act upon the issue.
    """
    verb = climb.node
    if verb.dep_ == "ccomp":
        # "Oslo's position is that there can be no truce": Oslo's, whoever tells it
        climb.claims = [
            replace(c, source="tokens", holders=whose) if not c.holders else c for c in climb.claims
        ]
        return False
    if verb.tag_ != "VB":
        return False
    told = [c for c in climb.claims if c.source == "tokens"]  # "Oslo's policy is to reject it"
    climb.claims = []
    if told or acts or climb.hit.agentive:
        stance = told[-1].stance if told else climb.stance()
        denied = any(c.dep_ == "neg" for c in copula.children)
        climb.add("named_stand", TURNED[stance] if denied else stance, whose, copula, frozenset(), 3, False)
    return True


def listers(verb: Token) -> tuple[int, ...]:
    """Whose the list is that is the subject of `verb`: "Oslo's red lines include"."""
    if verb.lemma_.lower() not in _LISTING:
        return ()
    for subject in clauses.children(verb, "nsubj"):
        if subject.lemma_.lower() in _STANDS:
            return tuple(t.i for t in clauses.possessors(subject, of=True))
    return ()


def makers(noun: Token) -> tuple[int, ...]:
    """Whose a demand or priority is that something is told to be: "one of the chief demands of Oslo"."""
    if noun.lemma_.lower() not in _STANDS:
        return ()
    return tuple(t.i for t in clauses.possessors(noun, of=True) if t.pos_ == "PROPN")
