"""Clauses that tell what somebody proposes or works for: "proposed that they meet"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.modality import auxiliaries_of, is_to

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.meetings.cues import StatusCues

_BARE = frozenset({"VB", "VBP"})
_ACTIVE = frozenset({"VB", "VBP", "VBN"})
_SOURCES = frozenset({
    "report", "evidence", "data", "poll", "survey", "document", "source", "sign", "record", "figure", "study",
    "media", "log", "leak",
})  # fmt: skip


def wished_by(verb: Token, cues: StatusCues) -> Token | None:
    """The verb that proposes what the clause of `verb` tells: "proposed that they meet"; or None.

    A clause with a modal or a tense of its own is none ("suggested that they had met"), and neither is what
    papers or polls suggest.
    """
    above = verb.head
    if verb.dep_ != "ccomp" or above.pos_ != "VERB" or above.lemma_.lower() not in cues.wishing:
        return None
    auxiliaries = auxiliaries_of(verb)
    passive = [a.lower_ for a in auxiliaries] == ["be"] and verb.tag_ == "VBN"
    if not passive and (auxiliaries or verb.tag_ not in _BARE):
        return None
    if all(c.dep_ not in {"nsubj", "nsubjpass"} for c in verb.children):
        return None
    by = [c for c in above.children if c.dep_ == "nsubj"]
    return None if any(c.lemma_.lower() in _SOURCES for c in by) else above


def striven_for(verb: Token, cues: StatusCues) -> bool:
    """ "are working to arrange a meeting", "scrambled to set up a call": nothing is arranged yet."""
    above = verb.head
    effort = above.pos_ == "VERB" and above.lemma_.lower() in cues.striving
    return effort and verb.dep_ in {"xcomp", "advcl"} and verb.tag_ in _ACTIVE and is_to(verb)


def due_for(verb: Token, cues: StatusCues) -> Token | None:
    """ "is due in Oslo for talks", "was set for a meeting": the word that tells the plan; or None."""
    if verb.lemma_ != "be":
        return None
    said = (c for c in verb.children if c.dep_ == "acomp")
    return next((c for c in said if cues.governor(c) == "scheduled"), None)
