"""What tells meetings of the same parties apart but place and day: at which level, and in which round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.extract.meetings.candidates import Candidate
from pipeline.extract.meetings.cues import MeetingFile
from pipeline.extract.meetings.frames import agents, subjects, verb_of
from pipeline.extract.meetings.occasions import UNGRADED, Grade
from pipeline.extract.meetings.sides import Side
from pipeline.model import Actor, MeetingMention

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
_NUMBERED = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS)})|(\d{{1,2}})(?:st|nd|rd|th))\s+(?:[\w-]+\s+){{0,2}}?(?:round|cycle)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:next|another|new|fresh|further|a second|a third)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:round|meeting|session|summit|talks|go|attempt|trip|visit|call|encounter|dinner)\b"
    r"|\b(?:meet|talk|speak|confer|convene|gather|see each other|sit down)\W+again\b",
    re.IGNORECASE,
)
_OFFICES = re.compile(
    r"\b(?:presidents|prime ministers|premiers|(?:foreign|defen[cs]e|finance) ministers)\b", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\b(?:alone|in private|privately|separately|one-on-one|t[eê]te-[aà]-t[eê]te|quiet word|pull-aside"
    r"|(?:on|at) the (?:sidelines|margins|fringes|edges))\b",
    re.IGNORECASE,
)
_TWO = 2
_DIGITS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


class GradeReader:
    """Reads grades off candidates and mentions by the words of the reference data."""

    def __init__(self, data: MeetingFile, text: str = "") -> None:
        """Reads by the words of `data`; `text` is the document's, of which candidates tell."""
        self._text = text
        self._offices = {office: level for level, words in data.levels.items() for office in words.offices}
        self._phrases = {phrase: level for level, words in data.levels.items() for phrase in words.phrases}
        longest_first = sorted(self._phrases, key=lambda p: (-len(p), p))
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    def of_candidate(self, candidate: Candidate) -> Grade:
        """The grade of an occasion as one line tells it."""
        text = self._evidence(candidate)
        people = [s.actor for s in candidate.sides if s.name and s.actor is not None]
        heads = [candidate.event] if candidate.top is None else [candidate.event, candidate.top]
        numbers = {_number(c.lower_) for t in heads for c in t.children} - {None}
        in_series = any(t.lemma_.lower() in {"round", "cycle"} for t in heads)
        number = numbers.pop() if in_series and len(numbers) == 1 else None
        return Grade(self._level(f"{_doers(candidate)} {text}", people), number, *_told_as(text))

    def _evidence(self, candidate: Candidate) -> str:
        start, end = candidate.span
        at = candidate.block.char_start
        return self._text[at + start : at + end]

    def at_level(self, candidate: Candidate, sides: Sequence[Side], known: Grade = UNGRADED) -> list[Side]:
        """The sides as the candidate can have them: no presidents by name where it tells of ministers."""
        text = f"{_doers(candidate)} {self._evidence(candidate)}"
        level = self._level_of_text(text)
        named = [s.actor for s in sides if s.name and s.actor is not None]
        offices = _OFFICES.search(text) is not None
        held = {self._of_office(a) for a in named if not offices or a.roles} - (
            {level} if offices else {None, level}
        )
        crowd = level == "leaders" and len([s for s in sides if s.name]) > _TWO  # who led two states are two
        if level is None or not (held or crowd or known.clashes(Grade(level, None))):
            return list(sides)
        return [Side(None, s.party, None) if s.party is not None else s for s in sides]

    def of_mention(self, mention: MeetingMention) -> Grade:
        """The grade as a row tells it, whose evidence may name more than one round: then none."""
        told = {_number((m[1] or f"{m[2]}th").lower()) for m in _NUMBERED.finditer(mention.evidence)} - {None}
        people = [a for a in mention.participant_actors if a.name in mention.participants]
        number = told.pop() if len(told) == 1 else None
        return Grade(self._level(mention.evidence, people), number, *_told_as(mention.evidence))

    def _level(self, text: str, people: Iterable[Actor]) -> str | None:
        """The one level that people of two parties hold, else the one that the words name."""
        levels: dict[str, set[str | None]] = {}
        for actor in people:
            if actor.kind == "person" and actor.party is not None:
                levels.setdefault(actor.party, set()).add(self._of_office(actor))
        held = {level for each in levels.values() for level in each}
        if len(levels) >= 2:
            return held.pop() if len(held) == 1 else None
        named = self._level_of_text(text)
        return None if held - {named, None} else named

    def _of_office(self, actor: Actor) -> str | None:
        held = {self._offices[role] for role in actor.roles if role in self._offices}
        return held.pop() if len(held) == 1 else None

    def _level_of_text(self, text: str) -> str | None:
        named = {self._phrases[m.group().lower()] for m in self._pattern.finditer(text)}
        return named.pop() if len(named) == 1 else None


def _doers(candidate: Candidate) -> str:
    """ "The foreign ministers ... are to meet": words of subjects, which the evidence lacks.

    Likewise of those whose meeting it is: "agreed by the leaders of the two states at their meeting".
    """
    event = candidate.event
    theirs = any(c.dep_ == "poss" and c.lower_ == "their" for c in event.lefts)
    verb = event if event.pos_ == "VERB" else verb_of(event) if theirs else None
    doers = [] if verb is None else subjects(verb) if verb == event else [*subjects(verb), *agents(verb)]
    outside = [d for d in doers if not candidate.span[0] <= d.idx < candidate.span[1]]
    return " ".join(d.doc[d.left_edge.i : d.i + 1].text for d in outside)


def _told_as(text: str) -> tuple[bool, bool]:
    """Whether the words tell of one more than those before, and of a contact beside another one."""
    return _ANOTHER.search(text) is not None, _BESIDE.search(text) is not None


def _number(word: str) -> int | None:
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    digits = _DIGITS.fullmatch(word)
    return int(digits[1]) if digits is not None else None
