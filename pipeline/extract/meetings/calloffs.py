"""Meetings that were planned and that the next clause or sentence takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.modality import is_denied
from pipeline.extract.meetings.status import read_status

if TYPE_CHECKING:
    from spacy.tokens import Token

_POINTING = frozenset({"the", "that", "this", "those", "their", "both"})


def called_off_after(event: Token, cues: MeetingCues) -> Token | None:
    """The verb after the planned meeting `event` in its line that says that it is off, or None.

    "Was due in Baku on Friday, but the trip was put off", "was to meet X in Quito. It fell through."
    """
    for verb in (event, *event.ancestors):
        if verb.pos_ not in {"VERB", "AUX"} or not any(c.lower_ == "but" for c in verb.children):
            continue
        for later in verb.conjuncts:
            if later.i > event.i and _takes_back(later, cues):
                return later
    return next((v for v in _next_sentence(event, cues) if _takes_back(v, cues)), None)


def _next_sentence(event: Token, cues: MeetingCues) -> Iterator[Token]:
    """Main verbs of the sentence after the one whose last meeting word the event is."""
    sentence, doc = event.sent, event.doc
    if sentence.end >= len(doc):
        return
    if any(cues.noun(t) is not None or cues.verb(t) is not None for t in doc[event.i + 1 : sentence.end]):
        return
    root = doc[sentence.end].sent.root
    yield root
    yield from (c for c in root.children if c.dep_ == "ccomp")


def _takes_back(verb: Token, cues: MeetingCues) -> bool:
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return False
    pointed = any(c.lower_ in _POINTING for c in subject.lefts)
    noun = cues.noun(subject) is not None or subject.lemma_.lower() in cues.data.plan_nouns
    if any(c.dep_ in {"prep", "acl", "relcl", "compound", "nmod"} for c in subject.children):
        return False  # "the visit of the envoy has been put off": another one
    if not (subject.lower_ in {"it", "that"} or (noun and pointed)):
        return False
    if cues.status.governor(verb) == "cancelled":
        return not is_denied(verb)
    return read_status(subject, cues.status).status == "cancelled"
