"""Occasions left unnamed after one that is named: "a first round in Doha and a second in Istanbul"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.cues import MeetingCues, NounCue
from pipeline.extract.meetings.function_words import NOMINAL, NUMBERED

if TYPE_CHECKING:
    from spacy.tokens import Token

ELLIPSIS = NounCue(form="unknown", weak=True)
"""The cue of a word that stands for an occasion."""

_ANOTHER = "another"
_PLANNED = frozenset({"scheduled", "proposed", "cancelled"})


def elliptic(token: Token, cues: MeetingCues) -> NounCue | None:
    """The cue of "a second", "another" and "the previous one" where they stand for an occasion, else None."""
    if not _stands_alone(token, cues):
        return None
    if token.dep_ in NOMINAL and token.head.pos_ in {"VERB", "AUX"}:
        # what "another" at the start of a sentence is, the sentence before says: the placer asks it
        known = token.lower_ != _ANOTHER or token.is_sent_start or _named_before(token, cues)
        return ELLIPSIS if known and _tells(token.head, cues) else None
    if not _named_before(token, cues):
        return None
    if planned_by(token, cues) is not None or _beside_one(token, cues):
        return ELLIPSIS
    verb = token.head
    holds = verb.lemma_.lower() in cues.data.conducting_verbs | cues.status.holding
    return ELLIPSIS if token.dep_ == "dobj" and (holds or cues.status.governor(verb) in _PLANNED) else None


def points_back(token: Token) -> bool:
    """Whether only the sentence before can say what the word stands for: "Another is due", "The 15th"."""
    return (token.is_sent_start and token.lower_ == _ANOTHER) or bool(NUMBERED.fullmatch(token.lower_))


def joint_body(token: Token, cues: MeetingCues) -> NounCue | None:
    """The cue of "the joint commission" where it "is to take place" or "was held" like an occasion."""
    if token.lemma_.lower() not in cues.data.joint_bodies or token.dep_ not in NOMINAL:
        return None
    if not any(c.lower_ in cues.data.joint_modifiers for c in token.lefts):
        return None
    verb = token.head
    verbs = [verb, *(c for c in verb.children if c.dep_ == "xcomp")]
    taken = any(v.lemma_ == "take" and any(c.lower_ == "place" for c in v.children) for v in verbs)
    held = any(v.lemma_ == "hold" and v.tag_ == "VBN" for v in verbs)
    return NounCue(form="in_person") if taken or held else None


def planned_by(token: Token, cues: MeetingCues) -> Token | None:
    """The participle that says what becomes of it: "with a third pencilled in for May"; or None."""
    above = token.head
    nearby = [above] if above.i in {token.i + 1, token.i + 2} else []
    nearby += [c for c in token.rights if c.dep_ in {"acl", "amod", "advcl"} and c.i <= token.i + 2]
    if token.dep_ in {"det", "amod", "nummod", "compound"} and above.pos_ not in {"VERB", "ADJ"}:
        return None
    return next((t for t in nearby if t.tag_ in {"VBN", "JJ"} and cues.status.governor(t) in _PLANNED), None)


def _stands_alone(token: Token, cues: MeetingCues) -> bool:
    """Whether the word counts or points, has no noun behind it, and is no adverb ("first, he said")."""
    if token.lower_ == _ANOTHER:
        return token.dep_ not in {"det", "amod", "nummod"} and not _before_noun(token)
    if token.lower_ == "one":
        return any(c.lower_ in cues.data.ordinals or c.lower_ == _ANOTHER for c in token.lefts)
    counts = token.lower_ in cues.data.ordinals or NUMBERED.fullmatch(token.lower_) is not None
    if not counts or _before_noun(token):
        return False
    return token.i > 0 and token.nbor(-1).lower_ in {"a", "the"}


def _before_noun(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}


def _tells(verb: Token, cues: MeetingCues) -> bool:
    """Whether the verb or what hangs on it says what becomes of an occasion."""
    below = [verb, *(c for c in verb.children if c.dep_ in {"xcomp", "acomp", "conj"})]
    return any(
        v.lemma_.lower() in cues.status.takes_place | cues.status.holding
        or cues.status.governor(v) is not None
        for v in below
        if v.pos_ in {"VERB", "ADJ"}
    )


def _named_before(token: Token, cues: MeetingCues) -> bool:
    """Whether the sentence names an occasion before the word."""
    return any(cues.noun(t) is not None for t in token.doc[token.sent.start : token.i])


def _beside_one(token: Token, cues: MeetingCues) -> bool:
    """Whether it is coordinated with an occasion, or with the verb that has one."""
    if token.dep_ != "conj":
        return False
    first = token.head
    if first.pos_ not in {"VERB", "AUX"}:
        return cues.noun(first) is not None
    return any(
        cues.noun(t) is not None for t in first.children if t.dep_ in {"dobj", "nsubjpass"} and t.i < token.i
    )
