"""Contacts told by a verb with a fixed word: "took aside his colleague", "looked him in the eye"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import Idiom, MeetingCues
from pipeline.extract.meetings.frames import (
    agents,
    conjuncts,
    is_passive,
    medium_of,
    objects,
    own_words,
    prep_objects,
    prepositions,
    subjects,
)
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.sides import Found, two_sided
from pipeline.model import Block

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN = frozenset({"in", "at"})
_CLAUSES = frozenset({"xcomp", "ccomp", "oprd", "acomp"})


class IdiomReader:
    """Turns verbs with their fixed words into candidates, by the idioms of the reference data."""

    def __init__(self, reader: SideReader, cues: MeetingCues) -> None:
        self._reader = reader
        self._cues = cues
        self._by_verb: dict[str, list[Idiom]] = {}
        for idiom in cues.data.idioms:
            for verb in idiom.verbs:
                self._by_verb.setdefault(verb, []).append(idiom)

    def read(self, block: Block, verb: Token) -> Candidate | None:
        """The candidate of the first idiom that the verb's clause fulfils, or None."""
        idioms = self._by_verb.get(verb.lemma_.lower())
        if idioms is None:
            return None
        clause = [(t, t.lower_, t.lemma_.lower()) for t in own_words(verb)]
        for idiom in idioms:
            candidate = self._fulfilled(block, verb, idiom, clause)
            if candidate is not None:
                return candidate
        return None

    def _fulfilled(
        self, block: Block, verb: Token, idiom: Idiom, clause: Sequence[tuple[Token, str, str]]
    ) -> Candidate | None:
        """`clause` holds the words of the verb's own clause: token, written form in lower case, lemma."""
        fixed = [t for t, word, lemma in clause if word in idiom.words or lemma in idiom.words]
        if idiom.words and not fixed:
            return None
        if idiom.plain and any(c.dep_ in _CLAUSES for c in verb.children):
            return None
        if idiom.plain and any(self._asked_for(c) for c in verb.rights):
            return None
        teams = self._cues.data.delegations | self._cues.data.table_nouns  # "greeted the two delegations"
        met = objects(verb) if idiom.object else []
        partners = [t for t in met if t not in fixed or t.lemma_.lower() in teams]
        for head in [
            verb,
            *fixed,
            *((c for c in verb.children if c.dep_ == "dobj") if idiom.between else ()),
        ]:
            partners += prep_objects(head, idiom.preps)
        partners += [t for p in prepositions(verb) for f in fixed if p == f for t in _targets(p)]
        others = self._reader.read_all(block, partners)
        if idiom.named and not any(s.name for s in others.sides) and not _one_office(partners):
            return None
        medium = medium_of([verb, *fixed], self._cues)
        if idiom.marked and medium is None and not _marked(verb):
            return None
        doers = self._reader.read_all(block, agents(verb) if is_passive(verb) else subjects(verb))
        found = Found()
        if not idiom.hosting:
            found.add(doers)
        found.add(others)
        if idiom.between and len({s.party or s.name for s in others.sides}) < 2 and not others.anaphoric:
            return None
        if (others.private and not others.sides) or (doers.private and not doers.sides):
            return None
        if idiom.joint and not (_jointly(found) and verb.tag_ in {"VBD", "VBN"} and not is_passive(verb)):
            return None
        if idiom.placed and not _placed(verb, fixed):
            return None
        told = two_sided(found.sides) and (bool(others.sides) or idiom.mutual or idiom.joint)
        referred = bool(others.anaphoric or (doers.anaphoric and (others.sides or idiom.mutual)))
        if not told and not referred:
            return None
        rule = "verb_request" if idiom.asking else "verb_idiom"
        return Candidate(
            block=block, event=verb, governor=verb, rule=rule, form=medium or idiom.form, found=found,
            hosts=Found(), confidence=0.75, reference=referred and not told,
        )  # fmt: skip

    def _asked_for(self, clause: Token) -> bool:
        """ "called on the junta to release them"; but "called on the minister to discuss it"."""
        asked = clause.dep_ == "advcl" and clause.tag_ == "VB" and any(c.tag_ == "TO" for c in clause.lefts)
        return asked and clause.lemma_.lower() not in self._cues.data.work_verbs


def _one_office(tokens: list[Token]) -> bool:
    """A single office holder without a name: "called on Pakistan's army chief"."""
    return any(t.tag_ == "NN" for t in tokens)


def _marked(verb: Token) -> bool:
    """Whether the clause names a place or a date."""
    return any(
        t.ent_type_ in {"DATE", "TIME", "GPE", "LOC", "FAC"} or t.lower_ == "time" for t in own_words(verb)
    )


def _jointly(found: Found) -> bool:
    """Whether several named people of several states, and nobody else, are told of."""
    named = {s.party for s in found.sides if s.name is not None and s.party is not None}
    return len(named) >= 2 and all(s.name is not None for s in found.sides)


def _placed(verb: Token, fixed: Sequence[Token]) -> bool:
    """ "signed it in Lima": whether the place hangs on the verb or on what was signed.

    Not behind anything else that was done: "pledged aid for victims in Chile".
    """
    done = [c for c in verb.children if c.dep_ == "dobj"]
    if any(c not in fixed for c in done):
        return False
    return any(t.ent_type_ == "GPE" for h in (verb, *done) for t in prep_objects(h, _IN))


def _targets(prep: Token) -> list[Token]:
    return [t for c in prep.children if c.dep_ == "pobj" for t in conjuncts(c)]
