"""The words of a sentence without those between: phrases are found over long modifiers and over lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# What may stand between a subject and its verb, and how much of it is longer than the gap of a pattern.
_MODIFIERS = frozenset({"acl", "relcl", "appos", "prep", "advcl"})
_LONG = 4


def skeleton(sentence: Span) -> list[int] | None:
    """Indices of the words left without long modifiers after subjects; None if there are none.

    "The levies put on imports of refined fuel in 2017 must be lifted" leaves "the levies must be lifted".
    """
    dropped: set[int] = set()
    for noun in sentence:
        if noun.dep_ not in _SUBJECTS or noun.head.i < noun.i:
            continue
        for child in noun.rights:
            if child.dep_ in _MODIFIERS:
                first, last = child.left_edge.i, child.right_edge.i
                if noun.i < first and last < noun.head.i and last - first + 1 >= _LONG:
                    dropped.update(range(first, last + 1))
    return [t.i for t in sentence if t.i not in dropped] if dropped else None


def conjuncts(sentence: Span) -> Iterator[list[int]]:
    """For each further noun of a list of objects, its verb and the words of the noun.

    "Must halt its enrichment and long-range missile work" also leaves "halt long-range missile work".
    """
    for noun in sentence:
        if noun.dep_ != "conj" or noun.pos_ not in {"NOUN", "PROPN"}:
            continue
        first = _first_of(noun)
        verb = first.head
        if first.dep_ != "dobj" or verb.pos_ != "VERB" or verb.i > first.i:
            continue
        own = range(noun.left_edge.i, noun.right_edge.i + 1)
        if noun.left_edge.i > verb.i:
            yield [verb.i, *own]


def _first_of(noun: Token) -> Token:
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    return noun
