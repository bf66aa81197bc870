"""Quotations beside a sentence that names who speaks and has no verb of saying: "X shrugged. “No.”"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import FINITE, SUBJECTS, Line
from pipeline.extract.statements.quotes import Sentence
from pipeline.extract.statements.state import Discourse, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPEAKING = frozenset({"person", "anonymous", "government", "institution", "group", "media"})
_PEOPLE = frozenset({"person", "anonymous"})
_BEFORE_COLON = 40  # tokens of a clause that a colon ends
_BESIDE = 0.75
"""Share of the certainty of the subject that is left where only its sentence stands beside the words."""


def announced_by_colon(
    line: Line, start: int, speakers: Speakers, state: Discourse, number: int
) -> Speaker | None:
    """Who is the subject of the clause whose colon the quotation at ``start`` follows: "X was blunt: “…”"."""
    before = line.text[:start].rstrip()
    if not before.endswith(":"):
        return None
    colon = next((t for t in line.doc if t.idx <= len(before) - 1 < t.idx + len(t)), None)
    if colon is None or line.quoted(colon):
        return None
    low = max(line.sentence_at(colon.i).start_i, colon.i - _BEFORE_COLON)
    clause = list(line.doc[low : colon.i])
    if any(line.quoted(t) for t in clause):
        return None
    subject = _subject(clause)
    if subject is None:
        return None
    found = speakers.resolve(subject, line, state, number)
    told = found[0] if len(found) == 1 else None
    if (
        told is None
        or told.actor.kind not in _SPEAKING
        or (told.via == "phrase" and told.actor.kind != "anonymous")
    ):
        return None
    return told


def beside(line: Line, sentence_no: int, speakers: Speakers, state: Discourse, number: int) -> Speaker | None:
    """The person who is the subject of the sentence before a quotation of its line, or right after it."""
    for other in (sentence_no - 1, sentence_no + 1):
        if not 0 <= other < len(line.sentences):
            continue
        sentence = line.sentences[other]
        if line.quotes.overlapping(sentence.start, sentence.end) or _asks(line, sentence):
            continue
        if other > sentence_no and sentence_no > 0:
            continue  # what follows a quotation in the middle is as often about somebody else
        subject = _subject(list(line.doc[sentence.start_i : sentence.end_i]), main=True)
        if subject is None:
            continue
        found = speakers.resolve(subject, line, state, number)
        if len(found) == 1 and found[0].actor.kind in _PEOPLE and found[0].via != "phrase":
            told = found[0]
            return Speaker(told.actor, told.start, told.end, told.confidence * _BESIDE, told.via)
    return None


def answering(
    line: Line, sentence_no: int, speakers: Speakers, state: Discourse, number: int
) -> Speaker | None:
    """Who answers the reporter's question: whom the line was about before it, else who spoke last."""
    for other in range(sentence_no - 1, max(-1, sentence_no - _BACK), -1):
        sentence = line.sentences[other]
        if _asks(line, sentence):
            continue
        subject = _subject(list(line.doc[sentence.start_i : sentence.end_i]), main=True)
        found = speakers.resolve(subject, line, state, number) if subject is not None else []
        if len(found) == 1 and found[0].actor.kind in _PEOPLE and found[0].via != "phrase":
            told = found[0]
            return Speaker(told.actor, told.start, told.end, told.confidence * _BESIDE, told.via)
        if subject is not None:
            return None  # somebody or something else was the subject
    last = state.last
    if last is not None and number - state.last_line <= 1 and last.actor.kind in _PEOPLE:
        return Speaker(last.actor, None, None, last.confidence * _BESIDE, last.via)
    if state.persons and number - state.persons[-1][1] <= 1:
        return Speaker(state.persons[-1][0], None, None, _BESIDE * _BESIDE, "pronoun")
    return None


_BACK = 8  # sentences


def _asks(line: Line, sentence: Sentence) -> bool:
    return line.text[: sentence.end].rstrip().endswith("?")


def _subject(tokens: list[Token], *, main: bool = False) -> Token | None:
    """The subject of the last finite verb of a clause; with `main`, that of the sentence's main verb."""
    last = tokens[-1].i if tokens else 0
    verbs = [
        t
        for t in tokens
        if (t.tag_ in FINITE and t.dep_ not in {"relcl", "acl", "aux"}) or (not main and _of_mind(t))
    ]
    tops = [t for t in verbs if t.dep_ == "ROOT" or (not main and t.head.i > last)]
    for verb in reversed(tops):
        wanted = SUBJECTS if main else SUBJECTS | {"nsubjpass"}
        subject = next((c for c in verb.lefts if c.dep_ in wanted), None)
        if subject is not None:
            return subject
    return None


def _of_mind(verb: Token) -> bool:
    """Whether a participle tells what state of mind somebody is in: "Roe is not convinced: “…”"."""
    return verb.tag_ in {"VBN", "JJ"} and any(c.dep_ == "auxpass" and c.tag_ in FINITE for c in verb.lefts)
