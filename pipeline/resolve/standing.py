"""How a description or an actor stands in its sentence: whose office it is, and how much it stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.resolve.describe import Description

if TYPE_CHECKING:
    from spacy.tokens import Token

COUNTERPARTS = frozenset({"counterpart", "colleague", "opposite number"})


def of_government(description: Description) -> bool:
    """ "The government's negotiator", "ministry spokesman", "House speaker": the state need not be named."""
    text = description.text.lower()
    if description.hint.pronoun is not None and "government" in text:
        return True
    return text.startswith(_OF_GOVERNMENT) or any(r.role.noun == "speaker" for r in description.roles)


_OF_GOVERNMENT = ("presidential ", "ministry ", "government ", "cabinet ")


def opposes(description: Description) -> bool:
    """Whether the description is that of a state's opposition leader."""
    return any(r.role.noun == "opposition leader" for r in description.roles)


def counterpart(description: Description) -> bool:
    """Whether the description is that of another's counterpart."""
    return any(r.role.noun == "host" and r.phrase in COUNTERPARTS for r in description.roles)


def seated(description: Description) -> bool:
    """Whether only a lawmaker's title tells the state: "Sen. X"."""
    last = description.roles[-1].role if description.roles else None
    return last is not None and last.category == "lawmaker" and last.implies is not None


def secretary(description: Description) -> bool:
    """Whether the office is one that the United States and Britain have under one name."""
    return any(r.role.noun == "secretary of state" for r in description.roles)


def prominence(token: Token) -> int:
    """2 for the subject of a main clause, 1 for another subject, 0 for the rest."""
    if token.dep_ in {"poss", "amod", "compound", "nmod"} and token.head.dep_ in {"nsubj", "nsubjpass"}:
        token = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return 0
    return 2 if token.head.dep_ == "ROOT" else 1


def depth(token: Token) -> int:
    """Clauses between a token and the sentence: "Moscow", not "the Americans", in "Moscow, if they …"."""
    return sum(1 for above in token.ancestors if above.pos_ in {"VERB", "AUX"})


def stands_as_subject(token: Token) -> bool:
    """Whether the token is a subject, or the name of one: "the president's aide, X, said" is about X."""
    above = token.head if token.dep_ == "appos" else token
    return above.dep_ in {"nsubj", "nsubjpass"}


def undergoes(token: Token, position: int) -> bool:
    """Whether the token is the subject of a passive whose agent stands at ``position``.

    "Sweden was accused by Premier Roe": it is not his.
    """
    if token.dep_ != "nsubjpass":
        return False
    agent = next((c for c in token.head.rights if c.dep_ == "agent"), None)
    return agent is not None and agent.left_edge.i <= position <= agent.right_edge.i


def dealt_with(token: Token) -> bool:
    """Whether the token is the other side of what is told: "talks with Sweden", "a war against Peru"."""
    while token.dep_ in {"conj", "compound", "nmod", "amod", "poss"} and token.head.i != token.i:
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ in _DEALING


_DEALING = frozenset({"with", "against", "toward", "towards"})


def governs(description: Description) -> bool:
    """Whether an office of a stated side is one in a state's government, as no deputy of anybody else."""
    roles = [r.role for r in description.roles if not r.plural]
    return (
        description.acting
        and description.hint.known
        and any(role.one_per_party and role.category in {"head", "minister"} for role in roles)
    )
