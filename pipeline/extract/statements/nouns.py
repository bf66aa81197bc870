"""Nouns that attribute: "his warning that", "a report by X that", "was the verdict of Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import Attribution, Line, end_of, trim

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNERS = frozenset({"by", "from"})
_OWNERS_OF = frozenset({"by", "from", "of"})
_REPLIES = frozenset({"reply", "answer", "response", "retort", "riposte"})
_REACH = 30  # tokens between a noun and its clause


def find_noun_cues(line: Line, speech: Speech) -> list[Attribution]:
    """Attributions whose cue is a noun with a named owner, outside quotation marks."""
    found = []
    words = line.words
    for i, lemma in enumerate(words.lemma):
        if lemma not in speech.clause_nouns:
            continue
        noun = words.pos[i] == "NOUN" or (words.pos[i] == "PROPN" and words.opens[i])
        token = line.doc[i]
        if not noun or line.quoted(token):
            continue
        attribution = _read(line, token, speech)
        if attribution is not None:
            found.append(attribution)
    return found


def _read(line: Line, noun: Token, speech: Speech) -> Attribution | None:
    owner = next((c for c in noun.lefts if c.dep_ == "poss"), None) or _owner(noun, _OWNERS)
    owner = owner or _accompanied(noun)
    verdict = _predicate_of(line, noun)
    if verdict is not None:
        speaker = owner or _owner(noun, _OWNERS_OF)
        if speaker is not None:
            return _make(line, noun, speaker, verdict)
        if noun.lemma_.lower() in _REPLIES:
            span = (noun.idx, end_of(noun))
            return Attribution(noun, noun.lemma_.lower(), None, [verdict], span, "noun", "reply")
        return None
    if owner is None:
        return _came(line, noun)
    spans = (
        _clause(line, noun)
        or _copula(line, noun)
        or _blunt(line, noun)
        or _infinitive(line, noun, speech)
        or _of(line, noun, owner)
    )
    return _make(line, noun, owner, spans) if spans is not None else None


def _accompanied(noun: Token) -> Token | None:
    """Who does something "with a warning that", "with an appeal to": the verb's subject."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "with" or noun.head.head.pos_ != "VERB":
        return None
    if not any(c.lower_ in {"a", "an", "this"} for c in noun.lefts):
        return None
    return next((c for c in noun.head.head.lefts if c.dep_ == "nsubj" and c.pos_ != "PRON"), None)


def _make(line: Line, noun: Token, owner: Token, span: tuple[int, int]) -> Attribution:
    start, end = min(noun.idx, owner.left_edge.idx), max(end_of(noun), end_of(owner))
    return Attribution(noun, noun.lemma_.lower(), owner, [span], (start, end), "noun", "noun")


def _owner(noun: Token, prepositions: frozenset[str]) -> Token | None:
    for child in noun.rights:
        if child.lower_ in prepositions and child.dep_ in {"prep", "agent"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ == "acl" and child.tag_ == "VBN":
            inner = next((c for c in child.children if c.lower_ == "by"), None)
            if inner is not None:
                return next((c for c in inner.children if c.dep_ == "pobj"), None)
    return None


def _clause(line: Line, noun: Token) -> tuple[int, int] | None:
    """A clause with "that" after the noun, wherever the parse hangs it."""
    sentence = line.sentence_at(noun.i)
    for token in line.doc[noun.i + 1 : min(noun.i + _REACH, sentence.end_i)]:
        if token.lower_ == "that" and token.dep_ == "mark" and not line.quoted(token):
            clause = token.head
            holder = clause.head
            if holder == noun or (holder in noun.subtree and holder.i > noun.i):
                return trim(line, line.doc[token.i + 1].idx, min(end_of(clause.right_edge), sentence.end))
            return None
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and not line.quoted(token):
            return None
    return None


def _came(line: Line, noun: Token) -> Attribution | None:
    """ "Word came from X on Sunday that ...": the clause hangs on the verb."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ not in {"come", "arrive", "emerge"} or noun.i > verb.i:
        return None
    source = next((p for p in verb.rights if p.dep_ == "prep" and p.lower_ == "from"), None)
    owner = next((c for c in source.children if c.dep_ == "pobj"), None) if source is not None else None
    if owner is None:
        return None
    sentence = line.sentence_at(noun.i)
    for token in line.doc[owner.i + 1 : min(owner.i + _REACH, sentence.end_i)]:
        if token.lower_ == "that" and token.tag_ in {"IN", "WDT"} and not line.quoted(token):
            span = trim(line, end_of(token), sentence.end)
            return _make(line, noun, owner, span) if span is not None else None
        if token.tag_ in {"VBD", "VBZ", "VBP"}:
            return None
    return None


def _copula(line: Line, noun: Token) -> tuple[int, int] | None:
    """ "His warning was that ..." and "Her answer was: ..."."""
    verb = noun.head
    sentence = line.sentence_at(noun.i)
    if noun.dep_ != "nsubj" or verb.lemma_ not in {"be", "come", "read"}:
        # An insertion may hide the copula from the parse: "His warning, posted on X, was that ...".
        root = next((t for t in line.doc[noun.i : sentence.end_i] if t.dep_ == "ROOT"), None)
        if root is None or root.lemma_ != "be" or noun.left_edge.i != sentence.start_i:
            return None
        verb = root
    clause = next(
        (
            c
            for c in verb.rights
            if c.dep_ in {"ccomp", "advcl", "attr"}
            and (line.quoted(c) or any(g.dep_ == "mark" and g.lower_ == "that" for g in c.lefts))
        ),
        None,
    )
    if clause is not None and verb.lemma_ == "come":
        day = next((c for p in verb.rights if p.dep_ == "prep" for c in p.rights if c.i < clause.i), None)
        if day is not None and day.i + 1 == clause.left_edge.i and not line.quoted(clause):
            return None  # "His comments come on the same day that the envoy arrives"
    if clause is None:
        quote = next(
            (q for q in line.quotes.overlapping(end_of(verb), sentence.end) if q.start - end_of(verb) <= 3),
            None,
        )
        return (quote.start, min(quote.end, sentence.end)) if quote is not None else None
    start = clause.left_edge
    position = line.doc[start.i + 1].idx if start.lower_ == "that" else start.idx
    return trim(line, position, min(end_of(clause.right_edge), sentence.end))


def _blunt(line: Line, noun: Token) -> tuple[int, int] | None:
    """What follows the colon of "The warning from Cairo was blunt: ..." and "The message from Rome: ..."."""
    sentence = line.sentence_at(noun.i)
    if noun.left_edge.i != sentence.start_i or noun.dep_ not in {"nsubj", "ROOT"}:
        return None
    for token in line.doc[noun.i + 1 : min(noun.i + _COLON_REACH, len(line.doc))]:
        if token.text == ":" and not line.quoted(token):
            end = max(sentence.end, line.sentence_at(min(token.i + 1, len(line.doc) - 1)).end)
            return trim(line, end_of(token), end)
        if line.quoted(token) or token.text in {".", ";", "!", "?", ","}:
            return None
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.lemma_ not in {"be", "remain", "sound", "seem"}:
            return None
    return None


_COLON_REACH = 14  # tokens


def _predicate_of(line: Line, noun: Token) -> tuple[int, int] | None:
    """The quotation of "\u2018...\u2019 was the verdict of X" and "\u2018...\u2019 came the reply from X"."""
    verb = noun.head
    came = noun.dep_ == "nsubj" and verb.lemma_ in {"come", "be"} and noun.i > verb.i
    if not came and (noun.dep_ != "attr" or verb.lemma_ != "be"):
        return None
    sentence = line.sentence_at(noun.i)
    before = line.text[: verb.idx].rstrip(" ,")
    quote = line.quotes.at(len(before) - 1) if before else None
    if quote is None or quote.start < sentence.start:
        return None
    return quote.start, quote.end


def _infinitive(line: Line, noun: Token, speech: Speech) -> tuple[int, int] | None:
    if noun.lemma_.lower() not in speech.infinitive_nouns:
        return None
    clause = next(
        (
            c
            for c in noun.rights
            if c.dep_ in {"acl", "xcomp", "relcl"} and any(g.tag_ == "TO" for g in c.lefts)
        ),
        None,
    )
    if clause is None or (clause.lemma_ == "do" and any(c.lower_ == "so" for c in clause.rights)):
        return None  # "calls by the union to do so" say nothing by themselves
    return trim(line, clause.left_edge.idx, min(end_of(clause.right_edge), line.sentence_at(noun.i).end))


def _of(line: Line, noun: Token, owner: Token) -> tuple[int, int] | None:
    """ "a warning from X of Y"."""
    if owner.i < noun.i or noun.lemma_.lower() not in {
        "warning",
        "threat",
        "promise",
        "accusation",
        "complaint",
        "prediction",
    }:
        return None
    for token in (
        c for c in (*noun.rights, *owner.rights) if c.lower_ in {"of", "about", "against"} and c.i > owner.i
    ):
        return trim(
            line, line.doc[token.i + 1].idx, min(end_of(token.right_edge), line.sentence_at(noun.i).end)
        )
    return None
