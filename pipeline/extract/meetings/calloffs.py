"""Meetings that were planned and that a later clause or the next sentence takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.dates.calendar import is_weekday
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.function_words import OPENING, RESUMING
from pipeline.extract.meetings.modality import auxiliaries_of, is_denied
from pipeline.extract.meetings.moves import shifts
from pipeline.extract.meetings.readings import Reading
from pipeline.extract.meetings.status import read_status

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 60  # tokens after the meeting that are looked at
_POINTING = frozenset({"the", "that", "this", "those", "their", "both"})
_JOINTS = frozenset({
    "but", "and", ",", ";", ":", "–", "—", "-", "only", "however", "yet", "before", "until", "till", "when",
})  # fmt: skip
_POINTED_AT = frozenset({"it", "that", "them"})

_ACCEPTING = frozenset({"accept"})
_OFFERS = frozenset({"invitation", "offer", "proposal", "invite"})
_INTERRUPTING = frozenset({"suspend", "interrupt", "halt", "pause", "break", "adjourn", "abort", "abandon"})
_BREAKS = frozenset({
    "lunch", "dinner", "breakfast", "coffee", "tea", "prayer", "iftar", "night", "day", "evening",
    "afternoon", "weekend", "hour", "minute", "break", "recess", "consultation",
})  # fmt: skip
_SOON = frozenset({"tomorrow", "morning", "afternoon", "evening", "tonight", "noon", "midday"})


def called_off_after(event: Token, cues: MeetingCues) -> Token | None:
    """The verb after the planned meeting `event` in its line that says that it is off or put off; or None.

    "Was due in Baku on Friday, but the trip was put off", "was to meet X in Quito. It fell through.",
    "were to meet in Lima, but Chile pulled out", "until Chile scrapped it".
    """
    if event.dep_ == "dobj" and event.head.lemma_.lower() in RESUMING:
        return None  # "is to resume talks. They were adjourned last month": before
    later = (*_later_clauses(event, cues), *_next_sentence(event, cues))
    return next((v for v in later if _takes_back(v, cues)), None)


def _later_clauses(event: Token, cues: MeetingCues) -> Iterator[Token]:
    """Verbs of the sentence with a subject of their own that a joint sets off from the event.

    Up to the next meeting word, whose own clause tells of it.
    """
    for token in event.doc[event.i + 1 : min(event.sent.end, event.i + _REACH)]:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head.i > token.i:
            before = token.left_edge.i - 1
            if before > event.i and token.doc[before].lower_ in _JOINTS:
                yield token.head
        if cues.noun(token) is not None or cues.verb(token) is not None:
            return


def _next_sentence(event: Token, cues: MeetingCues) -> Iterator[Token]:
    """Main verbs of the sentence after the one whose last meeting word the event is."""
    sentence, doc = event.sent, event.doc
    if sentence.end >= len(doc) or sentence.end - event.i > _REACH:
        return
    if any(cues.noun(t) is not None or cues.verb(t) is not None for t in doc[event.i + 1 : sentence.end]):
        return
    root = doc[sentence.end].sent.root
    yield root
    yield from (c for c in root.children if c.dep_ == "ccomp")


def interrupted(verb: Token, reading: Reading) -> bool:
    """ "The talks were suspended on Friday", "broke off": they had begun, and went on until that day."""
    told = verb.tag_ in {"VBD", "VBN"} and all(c.tag_ != "MD" for c in verb.children)
    return reading.rule == "governor_cancelled" and told and verb.lemma_.lower() in _INTERRUPTING


def mere_break(verb: Token, reading: Reading) -> bool:
    """ "The talks have paused for lunch", "adjourned until Wednesday": they go on after it."""
    if reading.rule != "governor_cancelled" or verb.lemma_.lower() not in _INTERRUPTING:
        return False
    for prep in (c for c in verb.children if c.dep_ in {"prep", "mark"}):
        told = {t.lemma_.lower() for t in prep.subtree}
        if prep.lower_ == "for" and told & _BREAKS:
            return True
        if prep.lower_ in {"until", "till"} and (
            told & _SOON or any(is_weekday(t.lower_) for t in prep.subtree)
        ):
            return True
    return False


def has_just_begun(verb: Token, reading: Reading) -> bool:
    """ "The talks have started": news that they are under way, where no day is told."""
    perfect = verb.tag_ == "VBN" and any(c.lower_ in {"have", "has"} for c in auxiliaries_of(verb))
    return (
        reading.status == "held"
        and perfect
        and verb.lemma_.lower() in OPENING | RESUMING
        and not is_denied(verb)
    )


def turned_down_after(event: Token, cues: MeetingCues) -> bool:
    """ "Sought a meeting with X but was turned down", "invited X to Lima, but X declined": it was refused."""
    for verb in event.doc[event.i + 1 : min(event.sent.end, event.i + _REACH)]:
        if cues.noun(verb) is not None or cues.verb(verb) is not None:
            return False  # its own clause tells of it
        if verb.pos_ != "VERB" or verb.dep_ != "conj" or cues.status.governor(verb) != "ruled_out":
            continue
        against = any(c.lower_ == "but" for c in (*verb.head.children, *verb.lefts) if c.i < verb.i)
        bare = all(c.dep_ not in {"dobj", "xcomp", "ccomp"} or c.lower_ in _POINTED_AT for c in verb.children)
        if against and bare and not is_denied(verb) and verb.tag_ in {"VBD", "VBN"}:
            return True
    return False


def accepted_after(event: Token, cues: MeetingCues) -> bool:
    """ "Invited X to Lima, and X accepted", "an invitation he accepted", "which she accepted": arranged."""
    for verb in event.doc[event.i + 1 : min(event.sent.end, event.i + _REACH)]:
        if verb.lemma_.lower() not in _ACCEPTING or verb.pos_ != "VERB" or is_denied(verb):
            continue
        if verb.tag_ not in {"VBD", "VBN", "VBZ"} or any(c.tag_ == "MD" for c in verb.children):
            continue
        taken = [c for c in verb.children if c.dep_ == "dobj"]
        offered = [verb.head] if verb.dep_ == "relcl" else []
        if all(
            t.lower_ in _POINTED_AT | {"which"} or t.lemma_.lower() in _OFFERS for t in (*taken, *offered)
        ):
            return True
    return False


def _called_off_by(verb: Token, cues: MeetingCues) -> bool:
    """ "Chile scrapped it", "Moscow called the meeting off", "Lima pulled out": somebody ended it."""
    if cues.status.governor(verb) != "cancelled" or verb.tag_ not in {"VBD", "VBN"} or is_denied(verb):
        return False
    if any(c.dep_ in {"nsubjpass", "auxpass"} or c.tag_ == "MD" for c in verb.children):
        return False
    things = [c for c in verb.children if c.dep_ == "dobj"]
    if not things:
        alone = all(c.dep_ not in {"ccomp", "xcomp"} for c in verb.children)
        return alone and any(c.lower_ == "out" for c in verb.children)  # "pulled out"
    return all(
        t.lower_ in _POINTED_AT
        or (
            (cues.noun(t) is not None or t.lemma_.lower() in cues.data.plan_nouns)
            and any(c.lower_ in _POINTING for c in t.lefts)
            and all(c.dep_ not in {"prep", "acl", "relcl", "compound", "nmod"} for c in t.children)
        )
        for t in things
    )


def _takes_back(verb: Token, cues: MeetingCues) -> bool:
    if _called_off_by(verb, cues):
        return True
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return False
    pointed = any(c.lower_ in _POINTING for c in subject.lefts)
    noun = cues.noun(subject) is not None or subject.lemma_.lower() in cues.data.plan_nouns
    if any(c.dep_ in {"prep", "acl", "relcl", "compound", "nmod"} for c in subject.children):
        return False  # "the visit of the envoy has been put off": another one
    if not (subject.lower_ in {"it", "that"} or (noun and pointed)):
        return False
    if cues.status.governor(verb) == "cancelled" or (shifts(verb, cues) and subject.dep_ == "nsubjpass"):
        return not is_denied(verb)
    return read_status(subject, cues.status).status == "cancelled"
