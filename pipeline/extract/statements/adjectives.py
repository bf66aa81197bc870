"""Attributions by adjectives: "X is adamant that ...", "X was insistent that ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.asides import without_aside
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import SUBJECTS, Attribution, Line, end_of, trim
from pipeline.extract.statements.silence import is_silent

if TYPE_CHECKING:
    from spacy.tokens import Token

_COPULAS = frozenset({"be", "remain", "sound"})


def find_adjectives(line: Line, speech: Speech) -> list[Attribution]:
    """Attributions of a line whose cue is an adjective of speaking with a clause, in order of the text."""
    found = []
    for i, word in enumerate(line.words.lower):
        if word not in speech.adjectives:
            continue
        adjective = line.doc[i]
        content = _clause(line, adjective, speech)
        verb = adjective.head
        subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS and not line.quoted(c)), None)
        if content is None or subject is None or subject.lower_ in {"it", "this", "that", "what"}:
            continue  # "it was explicit that" tells of no speaker
        if any(c.dep_ == "neg" for c in verb.children) or is_silent(verb, verb.lemma_, speech, line):
            continue
        segment = (subject.left_edge.idx, end_of(adjective))
        found.append(Attribution(adjective, word, subject, [content], segment, "adjective", "clause"))
    return found


def _clause(line: Line, adjective: Token, speech: Speech) -> tuple[int, int] | None:
    """The words behind "that" of an adjective that a copula gives to its subject."""
    if adjective.dep_ != "acomp" or adjective.head.lemma_ not in _COPULAS or line.quoted(adjective):
        return None
    clauses = (*adjective.rights, *adjective.head.rights)  # the parse may hang the clause on the copula
    clause = next((c for c in clauses if c.dep_ == "ccomp" and c.left_edge.i == adjective.i + 1), None)
    if clause is None or clause.left_edge.lower_ != "that":
        return None
    start, end = clause.left_edge.nbor(1).idx, end_of(clause.right_edge)
    end = min(end, line.sentence_at(adjective.i).end)
    return trim(line, start, without_aside(line, start, end, speech))
