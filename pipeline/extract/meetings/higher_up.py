"""Plans of a page's two sides to meet at a level or with a third: "a leaders' meeting", "a trilateral"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues, hyphenated
from pipeline.extract.meetings.frames import prep_objects
from pipeline.extract.meetings.occasions import UNHELD
from pipeline.extract.meetings.sides import Side, distinct_parties

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF = frozenset({"of", "between"})
_COUNTED = frozenset({"two", "both", "their"})
_LEVEL = "-level"
_ONE_STATES_OWN = frozenset({"staff-level", "cabinet-level", "entry-level", "low-level", "sea-level"})
_THREE = frozenset({"three-way", "trilateral", "three-sided", "tripartite", "three-party", "three-cornered"})


def planned_by_two(candidate: Candidate, topic: Sequence[Side], cues: MeetingCues) -> list[Side]:
    """Who would meet: the page's two sides, with the third that the words name; empty if they mean others.

    `topic` are the two sides that the page is about, or nobody.
    """
    plan = candidate.rule == "noun_occasion" and candidate.status in UNHELD
    if not plan or not topic or candidate.travel or candidate.found.private:
        return []
    parties = {s.party for s in topic}
    others = [s for s in candidate.sides if s.party not in parties]
    heads = {t.i: t for t in (candidate.event, candidate.top) if t is not None}.values()
    if any(hyphenated(c) in _THREE or c.lower_ in _THREE for t in heads for c in t.lefts):
        return [*topic, *others] if len(distinct_parties(others)) == len(others) == 1 else []
    if others or not any(_at_level(t, cues) or _of_two(t, cues) for t in heads):
        return []
    return list(topic)


def _at_level(noun: Token, cues: MeetingCues) -> bool:
    """ "Ministerial-level talks", "a leaders' meeting"."""
    for child in noun.lefts:
        word = hyphenated(child) or child.lower_
        if word.endswith(_LEVEL) and word not in _ONE_STATES_OWN:
            return True
        own = any(c.dep_ in {"poss", "amod", "compound"} for c in child.lefts)
        if child.dep_ == "poss" and child.tag_ == "NNS" and not own:
            return child.lemma_.lower() in cues.data.principal_nouns
    return False


def _of_two(noun: Token, cues: MeetingCues) -> bool:
    """ "A meeting between the two presidents", "an encounter of both heads of state"."""
    for target in prep_objects(noun, _OF):
        counted = any(c.lower_ in _COUNTED for c in target.lefts) and target.tag_ == "NNS"
        chiefs = target.lemma_ == "head" and any(
            t.lemma_ in {"state", "government"} for t in prep_objects(target, _OF)
        )
        if counted and (chiefs or target.lemma_.lower() in cues.data.principal_nouns):
            return True
    return False
