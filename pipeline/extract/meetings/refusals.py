"""Meeting nouns that tell of no occasion where they stand: appeals, places of work, parts of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.dates.calendar import is_weekday
from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues, NounCue, hyphenated
from pipeline.extract.meetings.frames import prep_objects, prepositions
from pipeline.extract.meetings.function_words import RESUMING
from pipeline.extract.meetings.places import World
from pipeline.extract.meetings.sides import two_sided

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITH = frozenset({"with", "between", "among", "amongst", "involving"})
_OF = frozenset({"of"})
_PARTNER = frozenset({"with"})
_REMAINDER = frozenset({"rest", "remainder"})
_OFFICE = frozenset({"of", "as", "to", "by"})
_THROUGH = frozenset({"under", "through", "with", "by", "via", "despite"})


def excluded(noun: Token, cue: NounCue, world: World, cues: MeetingCues) -> bool:
    """Whether the noun tells of no occasion where it stands: an appeal, an embassy, a part of a name."""
    if noun.dep_ == "compound" and noun.head.pos_ in {"NOUN", "PROPN"} and noun.head.i > noun.i:
        return True  # "summit venue", "meeting room": no assertion about the occasion
    if noun.dep_ in {"amod", "nmod"} and noun.head.i > noun.i:
        return True
    data = cues.data
    if cue.ordinal and not (
        noun.dep_ in {"nsubj", "nsubjpass"}
        and noun.tag_ != "NNS"  # "the next 19 days will be decisive"
        and any(c.lower_ in cues.data.ordinals for c in noun.lefts)
        and all(c.lower_ != "of" for c in noun.rights)
    ):
        return True
    for child in noun.children:
        if child.i < noun.i and child.dep_ in {"compound", "amod", "nmod", "poss"}:
            whole = hyphenated(child)  # "cease-fire talks": the word is no "fire"
            words = {child.lower_, child.lemma_.lower()} if whole is None else {whole}
            if child.tag_ in {"JJR", "JJS"}:
                words -= {child.lemma_.lower()}  # "a smaller session": no small talk
            if child.tag_ == "NNS":
                words -= data.judging_modifiers  # "human rights talks": not "the right call"
            if words & data.judging_modifiers and prep_objects(noun, _PARTNER):
                continue  # "a very good call with X" was one; "a good call" may be a right decision
            body = child.lemma_.lower() in data.joint_bodies
            if body and any(c.lower_ in data.joint_modifiers for c in (*noun.lefts, *child.lefts)):
                continue  # "a border committee meeting": of two states
            if words & (data.excluded_modifiers | data.excluded_complements | data.judging_modifiers):
                return True
    if any(t.lemma_.lower() in data.excluded_complements for t in prep_objects(noun, _OF)):
        return True
    if noun.lemma_.lower() == "round" and any(
        t.lemma_.lower() in data.round_complements for t in prep_objects(noun, _OF)
    ):
        return True  # "a new round of punitive tariffs"
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in _REMAINDER:
        return True  # "the rest of the visit was cancelled": the occasion itself was begun
    if noun.lower_ == "talk" and any(p.lower_ == "of" for p in prepositions(noun)):
        return True  # "rejected talk of a crisis": a rumour
    if _in_title(noun, cues):
        return True
    if noun.lower_ == "appointment" and any(p.lower_ in _OFFICE for p in prepositions(noun)):
        return True  # "the appointment of X as envoy": to an office
    if noun.lower_ == "exchange" and noun.i > 0 and noun.nbor(-1).lower_ == "in":
        return True  # "in exchange for money"
    if noun.lemma_.lower() == "call":
        named = {p.lower_ for p in prepositions(noun) if not _dates(p)}
        modified = any(
            c.lower_ in data.form_modifiers["phone"] | data.form_modifiers["video"] for c in noun.children
        )
        conducted = noun.dep_ == "dobj" and noun.head.lemma_ in data.conducting_verbs | {"have", "join"}
        if named & data.appeal_prepositions and not named & _WITH and not modified and not conducted:
            return True
        # "a call to end the war"; but "said on a call with X that it would end": what was said there
        urged = any(c.dep_ in {"acl", "relcl"} and c.tag_ == "VB" for c in noun.children)
        said = noun.dep_ == "pobj" and noun.head.lower_ in {"on", "in", "during"} and bool(named & _WITH)
        if urged and not modified and not said:
            return True
    if (
        noun.lemma_.lower() == "mission"
        and noun.dep_ == "pobj"
        and noun.head.lower_ in {"at", "in", "inside", "outside"}
    ):
        return True  # an embassy
    own = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children)
    if noun.lemma_.lower() == "mission" and own and all(p.lower_ != "to" for p in prepositions(noun)):
        return True  # "in the hope of saving his mission in Yemen": a task
    if noun.lemma_.lower() == "mission" and any(
        world.party(c.text) in data.blocs for c in noun.lefts if c.text[:1].isupper()
    ):
        return True  # "the UN mission": those who are stationed
    if noun.lemma_.lower() == "mediation" and noun.dep_ == "pobj" and noun.head.lower_ in _THROUGH:
        return True  # "talks were held under Norway's mediation": how, not what
    if noun.pos_ == "ADJ" and noun.dep_ not in {"dobj", "pobj", "nsubj", "attr"}:
        return True
    # Part of a proper name ("Security Conference", "Summit for Democracy" as an organiser).
    return noun.pos_ == "PROPN" and cue.weak and noun.i > 0 and noun.nbor(-1).pos_ == "PROPN"


def mere_process(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """ "Met in Cairo to restart negotiations between A and B": what they would set going, and no occasion.

    `others` are the candidates of its sentence. Not where the words themselves tell when or where the talks
    would be, nor of one side that goes somewhere for them.
    """
    verb = candidate.governor
    if not candidate.abstract or candidate.expression is not None or verb is None or verb.tag_ != "VB":
        return False
    if candidate.event.dep_ != "dobj" or verb.lemma_.lower() not in _SETTING_GOING:
        return False
    top = verb
    while top.dep_ == "xcomp" and top.head.lemma_.lower() in _TRYING:
        top = top.head
    heads = (candidate.event, candidate.top or candidate.event)
    placed = any(p.lower_ in _WHERE for t in heads for p in prepositions(t))
    met = any(top.head in {o.event, o.governor} and two_sided(o.sides) and not o.travel for o in others)
    return top.dep_ == "advcl" and met and not placed


_SETTING_GOING = RESUMING | {
    "jump-start",
    "jumpstart",
    "kickstart",
    "kick-start",
    "rekindle",
    "salvage",
    "rescue",
}
_TRYING = frozenset({"try", "attempt", "seek", "help", "strive", "struggle", "push", "work"})
_WHERE = frozenset({"in", "at"})


def _dates(prep: Token) -> bool:
    """Whether the preposition tells only when: "a call on Sunday" is no appeal."""
    return any(
        c.dep_ == "pobj" and (c.ent_type_ in {"DATE", "TIME"} or is_weekday(c.lower_)) for c in prep.children
    )


def _in_title(noun: Token, cues: MeetingCues) -> bool:
    """ "The envoy for the Peru-Chile dialogue flew home": what an office is for, of which nothing is told."""
    office = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or office.lemma_.lower() not in cues.data.titles_for:
        return False
    partners = any(p.lower_ in _WITH for p in prepositions(noun))
    return office.dep_ != "dobj" and not partners and any(c.lower_ == "the" for c in noun.children)
