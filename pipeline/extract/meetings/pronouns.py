"""Occasions that a pronoun stands for: "They will hold talks. It will take place in Lima on Friday."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import agents
from pipeline.extract.meetings.function_words import NOMINAL
from pipeline.extract.meetings.participants import SideReader
from pipeline.extract.meetings.sides import Found
from pipeline.model import Block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span, Token

PRONOUN_RULE = "pronoun_occasion"

_STANDING = frozenset({"it"})
_CLAUSE = frozenset({"ccomp", "csubj", "acomp", "attr", "oprd"})


def pronoun_occasion(block: Block, token: Token, reader: SideReader, cues: MeetingCues) -> Candidate | None:
    """ "It will take place in Lima", "it was attended by ...": of the occasion that was named just before."""
    if token.lower_ not in _STANDING or token.dep_ not in NOMINAL:
        return None
    verb = token.head
    if verb.pos_ not in {"VERB", "AUX"} or not _tells(verb, cues):
        return None
    attended = verb.lemma_.lower() in cues.data.attending_verbs and verb.tag_ == "VBN"
    found = reader.read_all(block, agents(verb)) if attended else Found()
    found.private = False
    return Candidate(
        block=block, event=token, governor=verb, rule=PRONOUN_RULE, form="unknown", found=found,
        hosts=Found(), confidence=0.5, definite=True, reference=True,
    )  # fmt: skip


def named_just_before(token: Token, line_before: Doc | None, cues: MeetingCues) -> bool:
    """Whether the sentence before the pronoun's, or its own before it, names an occasion and no other event.

    `line_before` is the parse of the line above, which counts where the pronoun opens its line.
    """
    sentence = token.sent
    own = token.doc[sentence.start : token.i]
    if any(_occasion(t, cues) for t in own):
        return not any(_other_event(t, cues) for t in own)
    before = _last_sentence(token.doc[: sentence.start] if sentence.start else line_before)
    if before is None:
        return False
    words = [*before, *own]
    return any(_occasion(t, cues) for t in before) and not any(_other_event(t, cues) for t in words)


def _last_sentence(words: Doc | Span | None) -> Span | None:
    return None if words is None or not len(words) else words[-1].sent


def _tells(verb: Token, cues: MeetingCues) -> bool:
    """Whether the verb, or the one that it plans with, says what becomes of an occasion."""
    return any(_tells_of_occasion(v, cues) for v in _verbs(verb))


def _verbs(verb: Token) -> Iterable[Token]:
    """The verb and the verbs below it: "is due to be held"."""
    yield verb
    for child in verb.children:
        if child.dep_ == "xcomp":
            yield child
        elif child.dep_ == "acomp":  # "is due to begin"
            yield from (c for c in child.children if c.dep_ == "xcomp")


def _tells_of_occasion(verb: Token, cues: MeetingCues) -> bool:
    if any(c.dep_ in _CLAUSE for c in verb.children):
        return False  # "It was held that ..."
    lemma = verb.lemma_.lower()
    if lemma == "take":
        return any(c.lower_ == "place" for c in verb.children)
    if verb.tag_ == "VBN":
        return lemma in cues.data.pronoun_passives
    return lemma in cues.data.pronoun_verbs and any(
        c.dep_ in {"prep", "npadvmod", "advmod"} for c in verb.rights
    )


def _occasion(token: Token, cues: MeetingCues) -> bool:
    cue = cues.noun(token)
    return (cue is not None and not cue.travel) or cues.verb(token) is not None


def _other_event(token: Token, cues: MeetingCues) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in cues.data.other_events
