"""Sides of a war within one state: those who fight it, and "the government" that is named beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.extract.meetings.camps import adversary_name
from pipeline.extract.meetings.cues import MeetingFile
from pipeline.extract.meetings.frames import prep_objects

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF = frozenset({"of", "from"})
_WORDS = frozenset({"amod", "compound", "nmod", "poss"})
_PHRASE = _WORDS | {"conj"}
# Those who rule by arms, or hold people, fight no state: theirs is none but themselves.
_NO_REBELS = frozenset({"junta", "captor"})


def fights(noun: Token, data: MeetingFile) -> bool:
    """ "Rebels", "the opposition", "ethnic armed groups": whether the noun names those who fight a state."""
    lemma = noun.lemma_.lower()
    if lemma in data.adversary_nouns - _NO_REBELS:
        return True
    if lemma not in data.movement_nouns:
        return False
    return any(
        c.lower_ in data.armed_modifiers or c.lemma_.lower() in data.adversary_nouns for c in noun.lefts
    )


def owned_adversary(noun: Token, data: MeetingFile, party_of: Callable[[Token], str | None]) -> str | None:
    """ "South Sudan's rebels", "the Venezuelan opposition": the side, as written; or None."""
    if noun.pos_ != "NOUN" or not fights(noun, data):
        return None
    owner = next((c for c in noun.lefts if c.dep_ == "poss" and party_of(c) is not None), None)
    if owner is None:
        return adversary_name(noun) if noun.lemma_.lower() in data.adversary_bodies else None
    words = noun.doc[owner.left_edge.i : noun.i + 1]
    if any(t.dep_ == "cc" for t in words):
        return None  # "Myanmar's junta and ethnic armed groups"
    return "".join(t.text_with_ws for t in words if t.dep_ != "det").strip()


def described(name: str) -> bool:
    """Whether the side goes by whose it is: "South Sudan's rebels"."""
    words = name.replace("’", "'").split()
    return words[-1].islower() and any(w.endswith("'s") for w in words)


def listed_adversary(noun: Token, data: MeetingFile) -> str | None:
    """ "Myanmar's junta and ethnic armed groups": the second, which the parser makes the first's head."""
    joined = [c for c in noun.lefts if c.dep_ == "cc" or any(g.dep_ == "cc" for g in c.children)]
    if not joined or not fights(noun, data):
        return None
    cut = max(t.i for c in joined for t in (c, *c.children) if t.dep_ == "cc")
    return noun.doc[cut + 1 : noun.i + 1].text


def ruling(noun: Token, data: MeetingFile) -> bool:
    """ "The government", "army envoys": whether the phrase names who rules, and not where."""
    words = [noun, *(c for c in noun.lefts if c.dep_ in {"compound", "nmod", "amod"})]
    return any(w.lemma_.lower() in data.ruling_nouns and w.text.islower() for w in words)


def rebels_beside(noun: Token, data: MeetingFile) -> str | None:
    """ "Government and rebel negotiators from X": the rebels, where one noun stands for both; or None."""
    left = [t for c in noun.lefts if c.dep_ in _PHRASE for t in (c, *c.conjuncts) if t.i < noun.i]
    rules = any(t.lemma_.lower() in data.ruling_nouns for t in left)
    rebel = next((t for t in left if t.lemma_.lower() in data.adversary_nouns - _NO_REBELS), None)
    joined = any(t.lower_ == "and" for t in noun.doc[noun.left_edge.i : noun.i])
    return f"{rebel.text.lower()} {noun.text}" if rules and rebel is not None and joined else None


def state_fought(noun: Token, data: MeetingFile, party_of: Callable[[Token], str | None]) -> str | None:
    """The one state that those of the noun's sentence fight who are named by it: "Colombian guerrillas"."""
    states = {
        party
        for t in noun.sent
        if t.pos_ in {"NOUN", "PROPN"} and fights(t, data)
        for w in (
            *(c for c in t.lefts if c.dep_ in {"amod", "compound", "nmod", "poss"}),
            *prep_objects(t, _OF),
        )
        if (party := party_of(w)) is not None
    }
    return states.pop() if len(states) == 1 else None
