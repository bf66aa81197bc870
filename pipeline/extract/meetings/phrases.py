"""What the words of a noun phrase say of it: that it is bare, an address, part of a longer name, owned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.frames import conjuncts, direct_subjects, verb_of
from pipeline.extract.meetings.hours import is_clock

if TYPE_CHECKING:
    from spacy.tokens import Token


def qualifies(token: Token) -> bool:
    """Whether the word stands right before another capitalised one that it belongs to."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    joined = after is not None and (after.head == token.head or token.head == after)
    return joined and after is not None and after.text[:1].isupper()


def address(token: Token) -> str:
    """ "His Royal Highness", as written."""
    words = [t for t in token.lefts if t.dep_ in {"poss", "compound", "amod", "nmod"}]
    return " ".join(t.text for t in [*words, token])


def bound(pronoun: Token) -> bool:
    """ "Officials talked with their counterparts, X said": theirs, not the speaker's."""
    verb = verb_of(pronoun.head)
    doers = [] if verb is None else direct_subjects(verb)
    return any(d.i < pronoun.i and d.pos_ in {"NOUN", "PROPN"} for d in doers)


def bare_subject(token: Token) -> bool:
    """ "Negotiators return on Thursday": no word of the phrase says whose they are."""
    said = [c for c in token.children if not is_clock(c)]  # "20:30 Sides to meet on Friday"
    return token.tag_ == "NNS" and token.dep_ in {"nsubj", "nsubjpass"} and not said


def owners_named(owned: Token) -> list[Token]:
    """Whose it is: "Iran and Saudi Arabia, whose foreign ministers met"."""
    clause = owned
    while clause.dep_ not in {"relcl", "acl"} and clause.head != clause:
        clause = clause.head
    return conjuncts(clause.head) if clause.head != clause else []
