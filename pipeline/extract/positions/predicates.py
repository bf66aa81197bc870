"""What a copula says of an issue by a clause on its noun, or by shutting it out: "is what Oslo rejects"."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = frozenset({"be", "remain", "become"})
_PLACES = frozenset({"attr", "oprd"})
_HAVING = frozenset({"have", "play", "get", "take", "keep"})
# Words before a noun by which nobody gets what it names.
_NO = frozenset({"no", "zero"})


def clause_on_predicate(verb: Token, nouns: Container[str]) -> tuple[Token, Token] | None:
    """Noun and clause of "is something Oslo cannot accept", "remains a step that Riga rejects"; else None.

    `nouns` are those that take up what was named.
    """
    if verb.lemma_ not in _COPULAS:
        return None
    for noun in clauses.children(verb, *_PLACES):
        if noun.lemma_.lower() not in nouns or noun.i < verb.i:
            continue
        for clause in clauses.children(noun, "relcl"):
            own = [c for c in clauses.subjects_of(clause) if c.lower_ not in clauses.RELATIVES]
            if own and not clauses.is_placed(clause):
                return noun, clause
    return None


def is_shut_out(verb: Token, shares: Container[str]) -> bool:
    """ "The bloc must have no part in it", "will play no role": the subject is to be kept out."""
    return verb.lemma_.lower() in _HAVING and any(
        o.lemma_.lower() in shares and any(c.dep_ == "det" and c.lower_ in _NO for c in o.children)
        for o in clauses.children(verb, "dobj")
    )


def is_cut_off(last: Token, tokens: Container[int]) -> bool:
    """Whether an adjective closes a phrase but belongs to a noun after it: "Sund is a key Danish demand"."""
    return last.dep_ in {"amod", "compound", "nmod"} and last.head.i > last.i and last.head.i not in tokens
