"""Who "both" are: the two sides that a line has just named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pipeline.extract.positions.clauses import with_conjuncts

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_BOTH = "both"
_TWO = frozenset({"two", "both"})
# Nouns that tell of two sides together.
_SIDES = frozenset({
    "side", "party", "leader", "country", "government", "president", "nation", "minister", "delegation",
    "state", "neighbour", "neighbor", "premier", "rival", "capital", "power", "foe",
})  # fmt: skip

_EITHER = frozenset({"neither", "each"})
_SIDES_ALONE = frozenset({"side", "party"})


def means_both(token: Token) -> bool:
    """Whether the token stands for two who were named before: "both", "both sides", "the two leaders"."""
    if (
        token.lower_ == _BOTH
        and token.pos_ in {"PRON", "DET"}
        and token.dep_ in {"nsubj", "nsubjpass", "pobj"}
    ):
        return not any(c.lower_ == "of" for c in token.children)
    if token.lemma_.lower() not in _SIDES:
        return False
    if token.tag_ == "NN" and any(c.dep_ == "det" and c.lower_ in _EITHER for c in token.children):
        return token.dep_ in {"nsubj", "nsubjpass"}  # "neither side wants a truce"
    if token.tag_ != "NNS":
        return False
    if any(c.dep_ in {"prep", "relcl", "acl", "poss"} for c in token.children):
        return False
    if token.lemma_.lower() in _SIDES_ALONE and token.dep_ in {"nsubj", "nsubjpass"}:
        words = [c.lower_ for c in token.children if c.dep_ in {"det", "amod"}]
        if words in (["the"], ["the", "warring"]):
            return True  # "the sides have agreed to a truce"
    return any(c.lower_ in _TWO and c.i < token.i for c in token.children)


def named_before(token: Token, party_of: Callable[[Token], str | None]) -> list[Token]:
    """The tokens of the two that are named before `token`, in its own sentence or the one before it.

    `party_of` tells whom a token acts for, or None. Empty if the sentence names more than two, unless two
    of them are named side by side.
    """
    for sentence in _back_from(token):
        words = [t for t in sentence if t.i < token.i]
        pair = _two(words, party_of) or _side_by_side(words, party_of)
        if pair:
            return pair
    return []


def _back_from(token: Token) -> Iterable[Span]:
    own = token.sent
    yield own
    if own.start:
        yield token.doc[own.start - 1].sent


def _two(words: list[Token], party_of: Callable[[Token], str | None]) -> list[Token]:
    found: dict[str, Token] = {}
    for word in words:
        party = party_of(word)
        if party is not None:
            found.setdefault(party, word)
    return list(found.values()) if len(found) == 2 else []


def _side_by_side(words: list[Token], party_of: Callable[[Token], str | None]) -> list[Token]:
    """The last two of "A and B" among the words, who act for different sides."""
    for word in reversed(words):
        if word.dep_ == "conj":
            continue
        joined = [t for t in with_conjuncts(word) if party_of(t) is not None]
        if len(joined) == 2 and party_of(joined[0]) != party_of(joined[1]):
            return joined
    return []
