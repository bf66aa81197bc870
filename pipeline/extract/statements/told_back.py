"""Sentences told first and attributed behind: "The talks go on. This was announced by X, Y reports"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import Line, trim
from pipeline.extract.statements.subjects import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

_BACK = frozenset({"this", "that"})
_LONGEST = 60  # tokens of the sentence that attributes
_LEAST = 4  # tokens of one that says something
_AGENT = frozenset({"agent", "prep"})
_REPORTER = frozenset({"nsubj"})


@dataclass(frozen=True, slots=True)
class ToldBack:
    """Who told the sentence before: the verb, and the heads of the phrases that name speaker and reporter."""

    verb: Token
    speaker: Token
    reporter: Token | None
    segment: tuple[int, int]
    sentence_no: int


def find_told_back(line: Line, speech: Speech) -> ToldBack | None:
    """The first sentence of a line that says of what stands before it whose words they are."""
    for number, sentence in enumerate(line.sentences):
        tokens = line.doc[sentence.start_i : sentence.end_i]
        if len(tokens) > _LONGEST or tokens[0].lower_ not in _BACK or line.quoted(tokens[0]):
            continue
        verb = tokens[0].head
        told = verb.tag_ == "VBN" and tokens[0].dep_ == "nsubjpass" and is_passive(verb)
        frames = speech.frames(verb.lemma_.lower())
        if not told or frames is None or not frames.clause:
            continue
        agent = _agent(verb)
        if agent is None or any(c.dep_ in {"ccomp", "xcomp"} and c.i < agent.i for c in verb.children):
            continue
        span = sentence.start, sentence.end
        return ToldBack(verb, agent, _reporter(line, agent, sentence.end_i), span, number)
    return None


def sentence_before(line: Line, number: int) -> tuple[int, int] | None:
    """Characters of the sentence before sentence `number`, if it says something in the reporter's words."""
    sentence = line.sentences[number - 1]
    tokens = line.doc[sentence.start_i : sentence.end_i]
    if len(tokens) < _LEAST or any(line.quoted(t) for t in tokens) or line.text[: sentence.end].endswith("?"):
        return None
    return trim(line, sentence.start, sentence.end)


def _agent(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ in _AGENT and child.lower_ == "by":
            return next((c for c in child.rights if c.dep_ == "pobj"), None)
    return None


def _reporter(line: Line, agent: Token, stop: int) -> Token | None:
    """The outlet behind the speaker: "..., according to UNN", "..., Ukrinform reports"."""
    for i in range(agent.i + 1, stop - 1):
        token = line.doc[i]
        if token.lower_ == "according" and line.doc[i + 1].lower_ == "to":
            return next((c for c in line.doc[i + 1].rights if c.dep_ == "pobj"), None)
        if token.pos_ == "VERB" and line.doc[i - 1].dep_ in _REPORTER:
            return line.doc[i - 1]
    return None
