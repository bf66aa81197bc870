"""What was said, where it stands before the verb: relative clauses and passives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Frames, Speech
from pipeline.extract.statements.lines import SUBJECTS, Attribution, Line, end_of, trim
from pipeline.extract.statements.subjects import is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token


def gapped(
    line: Line,
    verb: Token,
    frames: Frames,
    subject: Token | None,
    how: str,
    segment: tuple[int, int],
    speech: Speech,
) -> Attribution | None:
    """Relative clauses and passives, whose content stands before the verb: "an offer dismissed by X"."""
    noun: Token | None = None
    if verb.dep_ in {"relcl", "acl"}:
        noun = verb.head
    elif how == "agent":
        holder = verb.head if verb.dep_ == "conj" and is_passive(verb.head) else verb
        noun = next((c for c in holder.lefts if c.dep_ == "nsubjpass"), None)
    charged = _charged(line, verb, frames, subject) if how == "agent" else None
    charged = charged or (_called(line, verb, frames) if how == "agent" else None)
    charged = charged or (_urged(line, verb, frames) if how == "agent" else None)
    if charged is not None:
        return Attribution(verb, frames.lemma, subject, [charged], segment, "passive", "object")
    if frames.lemma in speech.authoring_verbs and verb.dep_ in {"relcl", "acl"}:
        return None  # "the plan proposed by X" names a plan, it reports no words
    if noun is None or not (frames.object or frames.predicate or frames.clause) or noun.pos_ == "PRON":
        return None
    if how == "agent" and not frames.object and not frames.predicate:
        return None
    if noun.dep_ == "appos" and all(c.dep_ == "det" for c in noun.lefts) and verb.left_edge.i <= noun.i + 2:
        return None  # "..., a position Kyiv has rejected": it stands for what was said before
    start = min([noun.idx, *(c.left_edge.idx for c in noun.lefts if c.dep_ in _MODIFIERS)])
    end = min(end_of(noun.right_edge), _gap_end(verb))
    trimmed = trim(line, start, end)
    if trimmed is None:
        return None
    return Attribution(
        verb,
        frames.lemma,
        subject,
        [trimmed],
        segment,
        "relative_clause" if verb.dep_ in {"relcl", "acl"} else "passive",
        "object",
    )


def asserted_of(line: Line, verb: Token) -> tuple[int, int] | None:
    """What a relative clause says of its noun, from the noun on: "a tax that critics say hurts ports"."""
    noun = verb.head
    if verb.dep_ != "relcl" or noun.pos_ not in {"NOUN", "PROPN"} or line.quoted(noun):
        return None
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None:
        return None
    relative = next((c for c in clause.lefts if c.dep_ in _SUBJECTS and c.i < verb.i), None)
    if relative is None or relative.lower_ not in _RELATIVES:
        return None
    start = min([noun.idx, *(c.left_edge.idx for c in noun.lefts if c.dep_ in _MODIFIERS)])
    end = min(end_of(clause.right_edge), line.sentence_at(verb.i).end)
    inserted = relative.i > 0 and relative.nbor(-1).text == ","
    behind = [c for c in clause.rights if c.dep_ in {"prep", "npadvmod"} and c.left_edge.nbor(-1).text == ","]
    if inserted and behind:
        end = behind[0].left_edge.nbor(-1).idx  # "the ship, which Lima says was full, on Monday"
    return trim(line, start, end)


_SUBJECTS = SUBJECTS | {"nsubjpass"}
_RELATIVES = frozenset({"that", "which", "who"})


def _charged(line: Line, verb: Token, frames: Frames, agent: Token | None) -> tuple[int, int] | None:
    """What somebody "was accused by X of", without "of": the phrase hangs on the verb or on the agent."""
    holders = [verb] if agent is None else [verb, agent]
    for holder in holders:
        for phrase in holder.rights:
            if phrase.dep_ == "prep" and phrase.lower_ in frames.object_prepositions - {"with", "for"}:
                end = min(end_of(phrase.right_edge), line.sentence_at(verb.i).end)
                return trim(line, phrase.idx, end)
    return None


def expletive(verb: Token) -> bool:
    """Whether the subject of a passive only stands for its clause: "It was announced by X that ..."."""
    subject = next((c for c in verb.lefts if c.dep_ in {"nsubjpass", "expl"}), None)
    return subject is not None and subject.lower_ == "it"


def _urged(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """What somebody "was urged by X to do"."""
    if not frames.person:
        return None
    act = next((c for c in verb.rights if c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.lefts)), None)
    if act is None:
        return None
    return trim(line, act.left_edge.idx, min(end_of(act.right_edge), line.sentence_at(verb.i).end))


def _called(line: Line, verb: Token, frames: Frames) -> tuple[int, int] | None:
    """The quotation as which something "was described by X", or "was described as “…” by X"."""
    marker = next((c for c in verb.rights if c.lower_ in frames.predicate_prepositions), None)
    if marker is None or marker.i + 1 >= len(line.doc):
        return None
    quote = line.quotes.at(line.doc[marker.i + 1].idx)
    return (quote.start, quote.end) if quote is not None and quote.start >= end_of(marker) else None


_MODIFIERS = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet"})


def _gap_end(verb: Token) -> int:
    """Where the clause of ``verb`` begins."""
    return int(verb.left_edge.idx) if verb.dep_ in {"relcl", "acl"} else int(verb.idx)
