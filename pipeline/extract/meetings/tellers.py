"""Who tells of a meeting and so took part in it: "said after talks", "both said talks would go on"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.attach import SPEECH
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import direct_subjects, objects, prep_objects, subjects, verb_of
from pipeline.extract.meetings.function_words import FOLLOWING
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.pointing import modified
from pipeline.extract.meetings.sides import Found, distinct_parties, two_sided
from pipeline.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN = frozenset({"between", "of"})
_OBJECTS = frozenset({"pobj", "dobj"})


class TellerReader:
    """Reads the sides that the verbs of telling around a meeting noun add to it."""

    def __init__(self, reader: SideReader, cues: MeetingCues) -> None:
        self._reader = reader
        self._cues = cues

    def after(self, block: Block, noun: Token, verb: Token, *, process: bool) -> Found:
        """ "Speaking after a meeting in Geneva, X said": whoever it names, or tells the office of.

        Talks may have been others': after "the talks" many speak, after bare "talks" those who held them.
        """
        doers = direct_subjects(finite(verb)) or subjects(verb)
        found = self._people(block, doers)
        if not process:
            return found if any(s.name for s in found.sides) else Found()
        definite = any(c.dep_ in {"det", "poss"} for c in noun.children) or modified(noun, self._cues)
        if definite or finite(verb).lemma_.lower() not in SPEECH or len(found.sides) != 1:
            return Found()
        side, doer = found.sides[0], doers[0]
        speaks_for_others = side.actor is not None and any("spokes" in r for r in side.actor.roles)
        at_table = side.name is not None or doer.lemma_.lower() in self._cues.data.table_nouns
        return found if side.party is not None and at_table and not speaks_for_others else Found()

    def saying(self, block: Block, noun: Token, verb: Token) -> Found:
        """ "Chile and Peru said that talks would resume": they are the sides of what they both announce."""
        above = verb_of(verb) if verb.dep_ == "ccomp" else None
        if above is None or above.lemma_.lower() not in SPEECH or modified(noun, self._cues):
            return Found()
        both = self._people(block, direct_subjects(above))
        named = two_sided(both.sides) and len(both.sides) == 2 and distinct_parties(both.sides)
        return both if named else Found()

    def pleased(self, block: Block, outcome: Token, named: set[str]) -> Found:
        """ "expressed satisfaction with the outcome of a meeting with X": who is pleased was there."""
        told = outcome.dep_ in _OBJECTS and self._cues.status.outcome(outcome)
        verb = verb_of(outcome) if told else None
        if verb is None or len(named) != 1:
            return Found()
        found = self._people(block, subjects(verb))
        found.sides = [s for s in found.sides if s.party is not None and s.party not in named]
        return found

    def before(self, block: Block, verb: Token) -> Found:
        """ "The summit of A and B followed talks in Oslo": who meets now met before."""
        if verb.lemma_.lower() not in FOLLOWING:
            return Found()
        now = [t for t in direct_subjects(verb) if self._cues.noun(t) is not None]
        met = self._people(block, [o for t in now for o in prep_objects(t, _BETWEEN)])
        return met if two_sided(met.sides) else Found()

    def speakers(self, block: Block, verb: Token) -> Found:
        """ "He said Trump had agreed during their call": the clause's subject and the one above it."""
        both = self._people(block, subjects(verb))
        if not two_sided(both.sides):
            both.add(self._people(block, objects(verb)))  # "X told envoy Y during their meeting"
        upper = verb_of(verb) if not two_sided(both.sides) else None
        if upper is not None:
            both.add(self._people(block, subjects(upper)))
        return both if two_sided(both.sides) else Found()

    def _people(self, block: Block, tokens: list[Token]) -> Found:
        found = self._reader.read_all(block, tokens)
        found.private = False
        return found


def finite(verb: Token) -> Token:
    """The verb with a subject of its own at or above the verb."""
    current = verb
    while current.dep_ == "xcomp" and not direct_subjects(current):
        current = current.head
    return current
