"""What a line goes on to tell of a meeting that it has just named: who is there, and who is not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.sides import two_sided

_JOURNEYS = frozenset({"verb_visit", "verb_travel"})
_BRINGING = frozenset({"bring", "gather", "involve", "include", "unite", "assemble"})
_TOO = frozenset({"also", "too"})


def take_those_brought_together(told: Sequence[Candidate]) -> None:
    """ "Talks on Chad open in Lima today. They bring together A and B": who is at the first, in place.

    Args:
        told: of one line, in text order.
    """
    for before, candidate in pairwise(told):
        verb = candidate.governor
        named = before.rule == candidate.rule == "noun_occasion" and not before.sides
        dated = before.spot is not None or bool(before.readings)
        bare = candidate.definite and candidate.spot is None and not candidate.readings
        if not (named and dated and bare) or verb is None or verb.lemma_.lower() not in _BRINGING:
            continue
        head = candidate.top or candidate.event
        if head.head == verb and head.dep_ == "nsubj" and two_sided(candidate.sides):
            before.found.add(candidate.found)
            before.abstract = before.weak = False


def visits_too(candidate: Candidate) -> bool:
    """ "The Peruvian energy minister will also visit Oslo": whom nobody names, on a visit of his own."""
    unnamed = bool(candidate.sides) and all(side.name is None for side in candidate.sides)
    also = any(c.lower_ in _TOO for c in candidate.event.children)
    return candidate.rule in _JOURNEYS and unnamed and also and not two_sided(candidate.sides)
