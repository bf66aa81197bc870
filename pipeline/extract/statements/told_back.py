"""Sentences told first and attributed behind: "The talks go on. This was announced by X", "X stated this"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import OBJECTS, Line, trim
from pipeline.extract.statements.quotes import Sentence
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
        if sentence.end_i - sentence.start_i > _LONGEST:
            continue
        found = _passive(line, sentence) or _active(line, sentence)
        if found is None:
            continue
        verb, speaker = found
        frames = speech.frames(verb.lemma_.lower())
        if frames is None or not frames.clause or frames.weak:
            continue
        behind = _reporter(line, max(speaker, verb, key=lambda t: t.i), sentence.end_i)
        return ToldBack(verb, speaker, behind, (sentence.start, sentence.end), number)
    return None


def _passive(line: Line, sentence: Sentence) -> tuple[Token, Token] | None:
    """The verb and who speaks in "This was announced by X"."""
    first = line.doc[sentence.start_i]
    verb = first.head
    if first.lower_ not in _BACK or line.quoted(first):
        return None
    if verb.tag_ != "VBN" or first.dep_ != "nsubjpass" or not is_passive(verb):
        return None
    agent = _agent(verb)
    if agent is None or any(c.dep_ in {"ccomp", "xcomp"} and c.i < agent.i for c in verb.children):
        return None
    return verb, agent


def _active(line: Line, sentence: Sentence) -> tuple[Token, Token] | None:
    """The verb and who speaks in "X announced this at a briefing", which leads to no quotation."""
    if line.text[sentence.start : sentence.end].rstrip().endswith(":"):
        return None
    for i in range(sentence.start_i + 2, sentence.end_i):
        if line.words.lower[i] != "this":
            continue
        this = line.doc[i]
        verb = this.head
        if this.dep_ not in OBJECTS or line.quoted(this):
            continue
        if verb.i != this.i - 1 or verb.dep_ != "ROOT" or verb.tag_ not in {"VBD", "VBZ"}:
            return None
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
        plain = all(c.dep_ not in {"neg", "ccomp", "xcomp", "conj", "advcl"} for c in verb.children)
        return (verb, subject) if subject is not None and subject.pos_ != "PRON" and plain else None
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
