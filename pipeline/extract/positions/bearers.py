"""Nouns for somebody's stand, which tell whose a clause or an issue is: "Oslo's position is that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses

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
