"""What a refusal leaves open: what is refused in one form only, on terms, or was refused once."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.claims import Claim, stance_of
from pipeline.extract.positions.lexicon import StanceLexicon
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_UNNAMED = frozenset({"a", "an", "any", "no"})
_WHICHEVER = frozenset({"any", "no"})
_SPANS = frozenset({"year", "month", "week", "day", "decade"})
_ALL_THE_MORE = frozenset({("let", "alone"), ("much", "less"), ("never", "mind")})
_STEPS = 6


def qualified(claim: Claim, doc: Doc, lexicon: StanceLexicon) -> Claim | None:
    """The claim as its own words narrow it; None if they leave nothing of it.

    A refusal of "a partial withdrawal" or of "any deal that would split the island" is none of every
    withdrawal or deal; one of "any deal that does not free them" names its condition; what was refused
    "initially" no longer is.
    """
    verb = doc[claim.node_i]
    if claim.rule != "gives_up" and is_past(verb, lexicon):
        return None
    if claim.hit.anaphor or claim.stance != stance_of(-claim.hit.orient):
        return claim
    nouns = list(_nouns(claim, doc))
    if any(_is_one_form(noun, claim.hit.tokens, lexicon) for noun in nouns):
        return None
    for noun in nouns:
        terms = _terms(noun, claim.hit.tokens)
        if terms is None:
            continue
        if mood.is_negated(terms, lexicon):
            first, last = terms.left_edge.i, terms.right_edge.i + 1
            return replace(claim, stance="conditional", condition=(first, last))
        if any(c.lower_ in _WHICHEVER for c in clauses.children(noun, "det")):
            return None
    return claim


def is_past(verb: Token, lexicon: StanceLexicon) -> bool:
    """Whether the clause tells what somebody held only at first: "after years of refusing", "initially"."""
    if verb.pos_ not in _VERBS:
        return False
    if any(c.lower_ in lexicon.file.bygone_adverbs for c in clauses.children(verb, "advmod")):
        return True
    of = verb.head
    if verb.dep_ != "pcomp" or of.lower_ != "of" or of.head.lemma_.lower() not in _SPANS:
        return False
    return of.head.dep_ == "pobj" and of.head.head.lower_ == "after"


def is_let_alone(hit: Hit, doc: Doc) -> bool:
    """Whether "let alone" or its like stands before the words that name the issue."""
    before = _opening(hit, doc)
    return tuple(t.lower_ for t in doc[max(0, before - 2) : before]) in _ALL_THE_MORE


def let_alone(hit: Hit, doc: Doc, lexicon: StanceLexicon) -> Claim | None:
    """ "Does not consider contact, let alone talks": refused all the more.

    None if nothing is refused before.
    """
    last = _opening(hit, doc) - 3
    if last < 0:
        return None
    token = doc[last].nbor(-1) if doc[last].is_punct and last else doc[last]
    for verb in (t for t in (token, *token.ancestors) if t.pos_ in _VERBS):
        if mood.is_negated(verb, lexicon):
            holders = tuple(t.i for t in clauses.subjects(verb))
            return Claim(
                hit=hit,
                stance=stance_of(-hit.orient),
                source="tokens" if holders else "speaker",
                holders=holders,
                rule="let_alone",
                strength=2,
                node_i=verb.i,
                tokens=hit.tokens | {verb.i, last + 1},
            )
    return None


def _opening(hit: Hit, doc: Doc) -> int:
    """The first token of the phrase that names the issue."""
    return min(doc[hit.head_i].left_edge.i, hit.start_i)


def _nouns(claim: Claim, doc: Doc) -> Iterator[Token]:
    """The nouns between the operator and the issue, the issue's own first."""
    token = doc[claim.hit.head_i]
    for _ in range(_STEPS):
        if token.pos_ in _NOUNS:
            yield token
        if token.i == claim.node_i or token.head.i == token.i or token.pos_ in _VERBS:
            return
        token = token.head


def _is_one_form(noun: Token, named: Container[int], lexicon: StanceLexicon) -> bool:
    """ "A partial withdrawal", "any conditional release": one form of the thing."""
    forms = clauses.children(noun, "amod")
    return any(c.lemma_.lower() in lexicon.file.restricting and c.i not in named for c in forms)


def _terms(noun: Token, named: Container[int]) -> Token | None:
    """The relative clause that tells which of several is meant: "any deal that does not free them"."""
    if not any(c.lower_ in _UNNAMED for c in clauses.children(noun, "det")):
        return None
    for verb in clauses.children(noun, "relcl"):
        relative = [c for c in clauses.children(verb, "nsubj", "nsubjpass") if c.lower_ in clauses.RELATIVES]
        if relative and verb.i not in named and noun.doc[relative[0].i - 1].text != ",":
            return verb
    return None
