"""Words before a meeting noun that say how it is meant: whose it is, who goes between, by which medium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.cues import MeetingCues

if TYPE_CHECKING:
    from spacy.tokens import Token

DEFINITE = frozenset({"the", "these", "those", "this", "that", "such"})
"""Determiners of an occasion that the reader knows."""
_MEDIATED = frozenset({"brokered", "mediated", "hosted", "sponsored", "facilitated"})
_BACKERS = frozenset({"backed", "supported", "endorsed", "sanctioned", "funded"})
_BACKED = tuple(f"-{word}" for word in sorted(_BACKERS))
_BACKED_REACH = 5  # words from the first of a backer's name to the hyphen behind it
_TELEPHONE = frozenset({"phone", "telephone", "video"})


def backs(word: Token) -> bool:
    """ "United Nations-backed", as one word or several."""
    if word.lower_.endswith(_BACKED):
        return True
    behind = word.doc[word.i + 1 : word.i + _BACKED_REACH]
    hyphen = next((t.i for t in behind if t.text in {"-", "‑", "–"}), None)
    if hyphen is None or hyphen + 1 >= len(word.doc) or word.doc[hyphen + 1].lower_ not in _BACKERS:
        return False
    return all(t.pos_ == "PROPN" for t in word.doc[word.i + 1 : hyphen])


def mediates(word: Token) -> bool:
    """ "Chinese-brokered", as one word or as the last of several."""
    return word.lower_.rpartition("-")[2] in _MEDIATED


def is_definite(noun: Token) -> bool:
    """ "The talks, mediated by X": whose they are was told before, and X goes between them."""
    return any(c.lower_ in DEFINITE for c in noun.children)


def rung(noun: Token) -> bool:
    """ "a phone call to X": whom it was made to takes part; of a bare "call to" nothing is known."""
    return noun.lemma_.lower() == "call" and any(c.lower_ in _TELEPHONE for c in noun.lefts)


def domestic(noun: Token, cues: MeetingCues) -> bool:
    """Whether the words before the noun say that one country talks with itself: "wage talks"."""
    return any(c.i < noun.i and c.lower_ in cues.data.domestic_modifiers for c in noun.children)
