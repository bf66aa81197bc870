"""Sides behind a noun that are no state's: names of strangers, and rival camps of one country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# "The Bolivarian Republic of Venezuela" is a state's own name.
_STATES = frozenset({
    "republic", "kingdom", "state", "states", "federation", "union", "emirate", "emirates", "sultanate",
    "commonwealth", "principality", "confederation",
})  # fmt: skip
_NAME_PARTS = frozenset({"compound", "flat"})


def full_name(token: Token) -> str | None:
    """The whole name of a person whom no reference lists, from its last word; None for a single word.

    The recogniser misses rare names: beside a person, or before "of" and a state, two names are a person's.
    """
    kinds = {"PERSON"} if not _among_people(token) else {"PERSON", "GPE", "NORP", "LOC", ""}
    if token.pos_ != "PROPN" or token.ent_type_ not in kinds:
        return None
    parts = [
        t for t in token.lefts if t.dep_ in _NAME_PARTS and t.pos_ == "PROPN" and t.ent_type_ in kinds
    ]  # fmt: skip
    if token.lower_ in _STATES:
        return None
    return " ".join(t.text for t in [*parts, token]) if parts else None


def state_in_full(token: Token) -> Token | None:
    """The state's short name in "the Bolivarian Republic of Venezuela", from "Republic"; or None."""
    if token.lower_ not in _STATES or not token.text[:1].isupper():
        return None
    named = (n for p in token.rights if p.lower_ == "of" for n in p.children)
    return next((n for n in named if n.dep_ == "pobj" and n.pos_ == "PROPN"), None)


def states_of_name(
    token: Token, names: Mapping[str, tuple[str, ...]], members: frozenset[str]
) -> tuple[str, ...]:
    """The states that a name of several stands for: "the Koreas", "six world powers", "the P5+1"."""
    word = token.lower_
    if token.tag_ == "NNS" and token.lemma_.lower() in members and token.i > token.sent.start:
        before = token.doc[max(token.sent.start, token.i - 3) : token.i].text.lower()
        if before in names:
            return names[before]
    if not any(name.endswith(word) or name.startswith(word) for name in names):
        return ()
    doc, end = token.doc, token.sent.end
    phrases = (word, doc[max(token.sent.start, token.i - 2) : token.i + 1].text.lower())
    joined = doc[token.i : min(end, token.i + 3)].text.lower()  # which the tokenizer cuts at the sign
    return next((names[p] for p in (*phrases, joined) if p in names), ())


def _among_people(token: Token) -> bool:
    """Whether the name is listed with a person's, or tells of which state its bearer is."""
    listed = token.dep_ == "conj" and token.head.ent_type_ == "PERSON"
    states = (n for p in token.rights if p.lower_ == "of" for n in p.children)
    return listed or any(n.pos_ == "PROPN" and n.ent_type_ == "GPE" for n in states)


def rival_name(group: Token, modifiers: frozenset[str], rivals: frozenset[str]) -> str | None:
    """ "Libya's rival factions", "the leaders of divided Cyprus": the other camp, by the noun as written."""
    if group.tag_ not in {"NNS", "NNPS"}:
        return None
    if group.lemma_.lower() in rivals:  # "the Venezuelan rivals", who are not Venezuela's
        return None if any(c.dep_ == "poss" for c in group.lefts) else adversary_name(group)
    told = [t for t in group.lefts if t.lower_ in modifiers]
    within = [t for p in group.rights if p.lower_ == "of" for n in p.children for t in n.lefts]
    if not told and all(t.lower_ not in modifiers for t in within):
        return None
    return f"rival {group.text}"


def group_name(token: Token) -> str | None:
    """ "RSF negotiators": RSF; "the Tigrayan leadership": the phrase; None without a name of its own."""
    left = [c for c in token.children if c.dep_ in {"compound", "amod", "nmod"} and c.i < token.i]
    named = [
        c
        for c in left
        if c.text[:1].isupper() and (c.pos_ == "PROPN" or (c.pos_ == "ADJ" and not c.is_sent_start))
    ]
    if not named:
        return None
    if all(c.pos_ == "PROPN" for c in named):
        whole = [*named, token] if token.text[:1].isupper() else named  # "the Northern River Forces"
        return " ".join(c.text for c in whole)
    return " ".join(t.text for t in [*left, token])


def unlisted_movement(token: Token, heads: frozenset[str]) -> str | None:
    """ "the Northern River Front", which no list names: a name in capitals that ends in such a noun."""
    if token.pos_ != "PROPN" or token.lower_ not in heads or not token.text[:1].isupper():
        return None
    if token.i + 1 < len(token.doc) and token.nbor(1).text == "(":
        return None  # the short form behind it is the name
    first = token.i
    while first > token.sent.start and token.nbor(first - 1 - token.i).text[:1].isupper():
        first -= 1
    while (
        first < token.i and token.doc[first].dep_ in {"amod", "poss"} and token.doc[first].ent_type_ == "NORP"
    ):
        first += 1
    words = [t.text for t in token.doc[first : token.i + 1]]
    return " ".join(words) if len(words) > 1 else None


def adversary_name(token: Token) -> str:
    """ "Congolese rebels": the words before the noun that tell whose or which, with it."""
    left = [c for c in token.children if c.dep_ in {"amod", "compound", "nmod"} and c.i < token.i]
    return " ".join(t.text for t in [*left, token])
