"""What goes on behind an inserted attribution: a second quotation, or the rest of the clause it split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import FINITE, Line, after_closing_mark, subtree_span, trim
from pipeline.extract.statements.quotes import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


def tail_start(line: Line, verb: Token, segment: tuple[int, int]) -> int:
    """Position after subject, verb and the adjuncts that follow without a comma."""
    end = segment[1]
    for child in verb.rights:
        if child.dep_ in {"prep", "npadvmod", "advmod", "dobj", "dative", "prt", "oprd", "agent", "intj"}:
            left, right = subtree_span(child)
            if left <= end + 2 and not line.quoted(child):
                comma = line.text.find(",", left, right)
                end = max(end, right if comma < 0 else comma)
    while end < len(line.text) and line.text[end] == " ":
        end += 1
    return end


def resumed(line: Line, verb: Token, segment: tuple[int, int], speech: Speech) -> list[tuple[int, int]]:
    """What goes on after an inserted attribution: a second quotation, or the rest of the split clause."""
    sentence = line.sentence_at(verb.i)
    tail = tail_start(line, verb, segment)
    if tail >= sentence.end or line.text[tail] not in ",:—–":
        return []
    position = tail + 1
    while position < sentence.end and line.text[position] == " ":
        position += 1
    quote = line.quotes.at(position)
    if quote is not None and quote.start == position:
        return [(quote.start, min(quote.end, sentence.end))]
    nearby = next((t for t in line.doc[verb.i + 1 : sentence.end_i] if t.idx >= position), None)
    if nearby is None or _tells_when(nearby) or _opens_telling(line, nearby, sentence, speech):
        return []
    if nearby.lemma_ == "report" and nearby.tag_ in FINITE:
        return []  # "..., she said, reports Delo"
    joined = _joined_on(line, nearby, sentence, segment, speech)
    if joined or _belongs_to_split_clause(nearby, verb) or _goes_on(line, nearby, sentence, segment):
        trimmed = trim(line, position, sentence.end)
        return [trimmed] if trimmed is not None else []
    return []


def _joined_on(
    line: Line, token: Token, sentence: Sentence, segment: tuple[int, int], speech: Speech
) -> bool:
    """Whether "and" goes on with what was said before ("It had failed, he said, and the talks were over").

    Not after a quotation, and not where what follows has a cue of its own.
    """
    if token.lower_ not in {"and", "but"} or after_closing_mark(line, segment[0]):
        return False
    rest = [t for t in line.doc[token.i + 1 : sentence.end_i] if not line.quoted(t)]
    verb = next((t for t in rest if t.tag_ in FINITE), None)
    if verb is None or any(t.lower_ in {"who", "which", "that"} for t in rest[:2]):
        return False
    frames = speech.frames(speech.lemma(verb))
    return frames is None or frames.weak or verb.pos_ == "AUX"


def _opens_telling(line: Line, token: Token, sentence: Sentence, speech: Speech) -> bool:
    """Whether what follows tells what somebody else says: "..., he said, though diplomats indicated that"."""
    if token.lower_ not in {"but", "although", "though"}:
        return False
    rest = [t for t in line.doc[token.i + 1 : sentence.end_i] if not line.quoted(t)]
    verb = next((t for t in rest if t.tag_ in FINITE), None)
    if verb is not None and verb.dep_ == "aux":
        verb = verb.head
    frames = speech.frames(speech.lemma(verb)) if verb is not None else None
    if verb is None or frames is None or frames.weak:
        return False
    return any(c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"} and c.i > token.i for c in verb.lefts)


_SPANS = frozenset({"minute", "hour", "day", "week", "month", "year", "moment", "shortly", "just"})


def _tells_when(token: Token) -> bool:
    """Whether text begins with the reporter's time of what was said (", a day after the vote failed")."""
    if (
        token.lemma_ in _SPANS
        and token.i + 1 < len(token.doc)
        and token.nbor(1).lower_ in {"after", "before"}
    ):
        return True  # "..., he said, hours after the vote failed"
    if token.ent_type_ not in {"DATE", "TIME"}:
        return False
    i = token.i
    while i < len(token.doc) and token.doc[i].ent_type_ in {"DATE", "TIME"}:
        i += 1
    last = token.doc[i - 1].lower_ if i > token.i else ""
    follows = token.doc[i].lower_ if i < len(token.doc) else ""
    return bool({last, follows} & {"after", "before"})


_RESUMING = frozenset(
    {"if", "because", "unless", "provided", "but", "not", "to", "so", "until", "although", "though", "or"}
)


def _goes_on(line: Line, token: Token, sentence: Sentence, segment: tuple[int, int]) -> bool:
    """Whether the text after an inserted attribution needs what stands before it."""
    if token.lower_ in _RESUMING or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    finite = any(
        t.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        for t in line.doc[sentence.start_i : token.i]
        if t.idx < segment[0]
    )
    return not finite and any(
        t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in line.doc[token.i : sentence.end_i]
    )


def _belongs_to_split_clause(token: Token, verb: Token) -> bool:
    """Whether ``token``, right of an inserted attribution, is part of the clause that began left of it."""
    if token.lower_ in {
        "and",
        "but",
        "while",
        "as",
        "who",
        "which",
        "when",
        "where",
        "after",
        "in",
    } or token.tag_ in {"VBG", "VBN"}:
        return False
    climb = token
    for _ in range(60):
        if climb.head == climb:
            return verb.dep_ in {"parataxis", "ccomp", "advcl", "dep", "intj"} and climb != verb
        if climb.head == verb:
            return climb.dep_ == "ccomp" and climb.left_edge.i < verb.i
        climb = climb.head
        if climb == verb:
            return False
    return False
