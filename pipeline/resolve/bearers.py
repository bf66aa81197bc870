"""Surnames that stand alone: which person of the reference data bears one on a page of its days.

And which towns' and outlets' names are surnames on a page: those of its own people, where no place is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.domain import Person
from pipeline.model import DateRange
from pipeline.resolve.scan import Scan, stands_as_place
from pipeline.resolve.vocabulary import Vocabulary
from pipeline.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_STATES = frozenset({"state", "capital", "adjective", "people", "metonym"})
_PLACES = frozenset({"place", "region", "outlet"})
_BESIDE = frozenset({"PROPN", "NUM"})
TAKEN_FOR = frozenset({"GPE", "LOC", "ORG", "LAW", "PRODUCT"})
"""What the model takes lone surnames for."""


class Bearers:
    """Who of the reference data is meant by a surname alone on a page of these days."""

    def __init__(self, scans: Iterable[Scan], vocabulary: Vocabulary, days: DateRange | None) -> None:
        self._vocabulary, self._days = vocabulary, days
        self._states = {
            match.entry.ref
            for scan in scans
            for match in scan.match_at.values()
            if match.entry.kind in _OF_STATES
        }
        self._of: dict[str, Person | None] = {}

    def of(self, surname: str) -> Person | None:
        """The only bearer; of several, who alone is then in office for a state that the page names."""
        if surname not in self._of:
            self._of[surname] = self._find(surname)
        return self._of[surname]

    def _find(self, surname: str) -> Person | None:
        listed = self._vocabulary.surnames.get(surname, [])
        if len(listed) <= 1 or self._days is None:
            return listed[0] if len(listed) == 1 else None
        serving = [p for p in listed if self._serves(p, self._days)]
        return serving[0] if len(serving) == 1 else None

    def in_office(self, surname: str) -> bool:
        """Whether the bearer is in office in these days for a state that the page names."""
        person = self.of(surname)
        return person is not None and self._days is not None and self._serves(person, self._days)

    def serves(self, surname: str) -> bool:
        """Whether the only bearer is in office in these days, whatever the page names."""
        person = self.of(surname)
        return person is not None and self._days is not None and _in_office(person, self._days)

    def _serves(self, person: Person, days: DateRange) -> bool:
        return _in_office(person, days) and person.party_in(days) in self._states


def _in_office(person: Person, days: DateRange) -> bool:
    return any(o.first is not None and o.held_in(days) for o in person.offices)


def free_surnames(
    scans: Mapping[int, Scan], vocabulary: Vocabulary, surnames: Collection[str], bearers: Bearers | None
) -> None:
    """Take towns and outlets out of the known phrases where they are the surnames of the page's people.

    "Santos" on a page about Juan Manuel Santos is no town, but for "in Santos", "the Santos region". Where
    ``bearers`` are given, who is in office need not be named in full if a verb of saying follows.
    """
    for scan in scans.values():
        for i, match in list(scan.match_at.items()):
            prefixed = (
                i > 1 and scan.words.text[i - 1] == "-" and scan.words.lower[i - 2] in vocabulary.prefixes
            )
            if (match.entry.kind not in _PLACES and not prefixed) or match.end - match.start > 1:
                continue
            word = fold(scan.words.text[i])
            if prefixed and word in surnames:  # "Al-Houthi" on a page about one
                del scan.match_at[i]
                continue
            meant = word in surnames or (
                bearers is not None and _speaks(scan.tokens[i], vocabulary) and bearers.in_office(word)
            )
            if meant and _is_surname(scan.tokens, i, vocabulary):
                del scan.match_at[i]


def _speaks(token: Token, vocabulary: Vocabulary) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in vocabulary.saying


def _is_surname(tokens: list[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Whether the word stands as a name of somebody does: alone, and neither as a place nor before a noun."""
    token = tokens[i]
    before = tokens[i - 1] if i > 0 and not token.is_sent_start else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.pos_ != "PROPN" or token.dep_ in _MODIFIES or stands_as_place(token, vocabulary):
        return False
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.ent_type_ != "PERSON":
        return False  # "the mayor of Santos"
    if before is not None and (before.lower_ == "the" or before.pos_ in _BESIDE or before.text == "-"):
        return False
    return after is None or not (after.pos_ in _BESIDE or after.text == "-")


_MODIFIES = frozenset({"compound", "nmod", "amod", "npadvmod"})


def stands_as_person(token: Token) -> bool:
    """Whether a name that the model takes for a place, body or thing stands as one of a person does.

    It does as a subject, behind "with", "between" or "by", and where "and" joins it to a person's name.
    """
    if token.ent_type_ not in TAKEN_FOR:
        return False
    others = [token.head] if token.dep_ == "conj" else [c for c in token.children if c.dep_ == "conj"]
    if any(t.ent_type_ == "PERSON" for t in others):
        return True
    met = token.dep_ == "pobj" and token.head.lower_ in _WITH
    return met or (token.dep_ in {"nsubj", "nsubjpass"} and token.head.pos_ in {"VERB", "AUX"})


_WITH = frozenset({"with", "between", "by"})
