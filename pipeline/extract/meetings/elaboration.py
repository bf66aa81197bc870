"""Mentions without place and date that may tell more of an occasion that the page names elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.frames import direct_subjects
from pipeline.extract.meetings.modality import auxiliaries_of
from pipeline.extract.meetings.occasions import Occasion
from pipeline.extract.meetings.sides import two_sided

_SEVERAL = frozenset({"several", "many", "numerous", "multiple", "various"})


def the_call(candidate: Candidate) -> bool:
    """ "The call would be held with the ministers of A and B": the one that the line above tells of."""
    pointed = any(c.lower_ == "the" for c in candidate.event.lefts)
    return (
        candidate.form in {"phone", "video"} and candidate.rule == "noun_occasion" and pointed
        and two_sided(candidate.sides) and not candidate.readings
    )  # fmt: skip


def several(candidate: Candidate) -> bool:
    """ "The two met twice this year", "have held 11 rounds": what else they did is not told of these."""
    top = candidate.top or candidate.event
    perfect = any(t.lower_ in {"have", "has", "'ve", "’ve"} for t in auxiliaries_of(candidate.verb))
    counted = (
        perfect and top.tag_ == "NNS" and any(c.dep_ == "nummod" or c.lower_ in _SEVERAL for c in top.lefts)
    )
    return counted or any(c.lower_ in {"twice", "times"} for c in candidate.event.children)


def another_noun(one: Candidate, other: Candidate) -> bool:
    """ "A dinner of the two showed how far they have moved since the talks in May": not the same occasion."""
    verb = one.governor  # "held talks on Monday and conducted useful discussions"
    if verb is not None and verb.dep_ == "conj" and verb.head == other.governor and not direct_subjects(verb):
        return False
    nouns = {one.event.pos_, other.event.pos_} == {"NOUN"} and not (one.travel or other.travel)
    apart = one.event.lemma_ != other.event.lemma_ and one.event.sent == other.event.sent
    return nouns and apart and other.expression is not None


def most_told(occasions: Sequence[Occasion], first: Mapping[int, int]) -> tuple[Occasion, str] | None:
    """The occasion of two sides that most candidates tell of, the earliest told of several.

    `first` gives the index of the first candidate that tells of an occasion, by the occasion's number.
    """
    told = [o for o in occasions if len({p.party or p.name for p in o.people} | set(o.parties)) >= 2]
    if not told:
        return None
    return max(told, key=lambda o: (sum(o.forms.values()), -first[o.number])), "most_told"
