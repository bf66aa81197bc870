"""Meetings put to another day: the day that they were moved to, and what that makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.dates.expressions import DateExpression, find_dates
from pipeline.extract.meetings.cues import MeetingCues
from pipeline.extract.meetings.frames import role_of
from pipeline.extract.meetings.modality import is_denied
from pipeline.extract.meetings.readings import Reading
from pipeline.extract.meetings.status import read_status
from pipeline.model import DateRange

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO = frozenset({"to", "until", "till"})
_CLIMB = 4  # "pushed" < "back" < "to"; "moved" < "from" < "to"
_BEFORE_DAY = 16  # characters that may stand before the day: "early the following "
_PATH = frozenset({"ADP", "ADV", "SCONJ", "PART"})


def moved_to(
    event: Token, top: Token | None, reported: DateRange | None, cues: MeetingCues
) -> tuple[DateExpression, Reading] | None:
    """The new day of a meeting that the sentence says is put to another, and how far that is sure.

    "The talks were pushed back to April 3", "moved their meeting from March 12 to March 19". The expression
    carries offsets of the line. None where nothing is moved, or no day is named.
    """
    moves = (new_day(verb, event, reported, cues) for verb in _shifting(event, top, cues))
    return next((m for m in moves if m is not None), None)


def new_day(
    verb: Token, event: Token, reported: DateRange | None, cues: MeetingCues
) -> tuple[DateExpression, Reading] | None:
    """The same of one verb: "was put off until April 2"; None if it moves nothing."""
    if is_denied(verb) or not shifts(verb, cues):
        return None
    for prep in _days_after(verb, event, cues):
        expression = _day_after(prep, reported)
        if expression is None:
            continue
        clause = read_status(verb, cues.status)
        if clause.status == "ruled_out":
            continue
        unsure = clause.status == "proposed"
        return expression, Reading("proposed" if unsure else "scheduled", "future", "moved_to_new_day")
    return None


def _shifting(event: Token, top: Token | None, cues: MeetingCues) -> Iterator[Token]:
    """Verbs of putting to another day of which the occasion is the subject or the object."""
    heads = [event] if top is None or top == event else [top, event]
    for noun in heads:
        role, verb = role_of(noun)
        if role in {"dobj", "nsubjpass", "nsubj"} and shifts(verb, cues):
            yield verb
        for child in noun.children:
            if child.dep_ == "acl" and child.tag_ == "VBN" and shifts(child, cues):
                yield child


def shifts(verb: Token, cues: MeetingCues) -> bool:
    """Whether the verb puts an occasion to another day: "move", "push back"."""
    lemma = verb.lemma_.lower()
    known = cues.data.shifting_verbs
    if lemma in known or f"{lemma}e" in known:
        return True
    return any(f"{lemma} {c.lower_}" in known for c in verb.children if c.dep_ in {"prt", "advmod"})


def _days_after(verb: Token, event: Token, cues: MeetingCues) -> Iterator[Token]:
    """Prepositions on the verb, its particle or its object that the new day stands behind, last first."""
    fixed = verb.lemma_.lower() in cues.data.rescheduling_verbs
    found = []
    for token in verb.subtree:
        if token.i <= verb.i or not (token.lower_ in _TO or (fixed and token.lower_ == "for")):
            continue
        current = token
        for _ in range(_CLIMB):
            current = current.head
            if current in {verb, event}:
                found.append(token)
                break
            if current.pos_ not in _PATH:
                break
    yield from reversed(found)


def _day_after(prep: Token, reported: DateRange | None) -> DateExpression | None:
    """The day right behind the preposition, read as one to come."""
    start = prep.idx + len(prep)
    told = prep.doc.text[start : prep.sent.end_char]
    first = next(iter(find_dates(told, reported, tense="future")), None)
    if first is None or first.days is None or first.char_start > _BEFORE_DAY or first.kind == "since":
        return None
    words = told[: first.char_start].split()
    if any(w[:1].isupper() or w.endswith(",") for w in words):
        return None  # "moved to Geneva, where on Monday ...": the place
    return replace(first, char_start=start + first.char_start, char_end=start + first.char_end)
