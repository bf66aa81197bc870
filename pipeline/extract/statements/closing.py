"""Attributions that close a sentence and that the parse makes part of what was said before them.

"The team is in Lima and meets the port's managers, three officials told the Gazette.": three officials did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import FINITE, SUBJECTS, Line

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 14  # tokens of the phrase that names who speaks, and of what follows the verb
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "ADP", "PART", "PRON", "PUNCT", "ADV"})
_VEILED = frozenset({"asking", "requesting", "speaking", "declining", "insisting"})
_NO_OPENERS = frozenset({"and", "or", "but", "who", "which", "that", "where", "when", "while", "as", "with"})


def closing_subject(verb: Token, line: Line, speech: Speech) -> Token | None:
    """Head of the phrase between the sentence's last comma and a verb of saying that closes it.

    None where the verb has a subject of its own, or where a clause follows that it may rule.
    """
    if verb.tag_ not in {"VBD", "VBZ"} or verb.dep_ not in {"conj", "parataxis", "dep", "advcl", "ccomp"}:
        return None
    frames = speech.frames(speech.lemma(verb))
    if frames is None or not frames.clause or frames.weak:
        return None
    sentence = line.sentence_at(verb.i)
    first = _after_comma(line, verb, sentence.start_i)
    if first is None or not _closes(line, verb, sentence.end_i):
        return None
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    # "The two met A, an aide told Reuters": of the name before, the parse makes the subject.
    beside = own is not None and own.i < first.i - 1 and any(c.left_edge == first for c in own.rights)
    if own is not None and not (beside and frames.addressee and _hears(verb)):
        return None
    said = line.doc[sentence.start_i : first.i - 1]
    if not any(t.tag_ in FINITE and not line.quoted(t) for t in said):
        return None
    return _head(line, first.i, verb.i)


def _after_comma(line: Line, verb: Token, start: int) -> Token | None:
    """First token of the noun phrase that a comma sets off before the verb."""
    i = verb.i - 1
    while i > start and line.doc[i].text != ",":
        token = line.doc[i]
        verbal = token.pos_ not in _NOMINAL or token.tag_ in FINITE or line.quoted(token)
        if verbal or verb.i - i > _LONGEST or token.lower_ in {"and", "or"}:
            return None
        i -= 1
    if i <= start or i >= verb.i - 1:
        return None
    first = line.doc[i + 1]
    return None if first.lower_ in _NO_OPENERS or first.pos_ in {"ADP", "ADV", "PART"} else first


def _hears(verb: Token) -> bool:
    """Whether an outlet or reporters are told: who stands between a comma and such a verb has told them."""
    heard = next((c for c in verb.rights if c.dep_ in {"dobj", "dative"}), None)
    return heard is not None and (heard.ent_type_ == "ORG" or heard.lemma_.lower() in _PRESS)


_PRESS = frozenset({"reporter", "journalist", "press", "media"})


def _closes(line: Line, verb: Token, end: int) -> bool:
    """Whether only an addressee, a place or a time follows the verb."""
    veiled = next((t.i for t in line.doc[verb.i + 1 : end] if t.lower_ in _VEILED), None)
    if veiled is not None and line.doc[veiled - 1].text == ",":
        end = veiled - 1  # "..., asking not to be named"
    after = line.doc[verb.i + 1 : end]
    return len(after) <= _LONGEST and not any(
        t.tag_ in FINITE or t.tag_ in {"VB", "VBG", "TO"} or t.lower_ == "that" or line.quoted(t)
        for t in after
    )


def _head(line: Line, low: int, high: int) -> Token | None:
    """Head of the noun phrase of the tokens ``low``..``high``: the first noun that no other of them rules."""
    for token in line.doc[low:high]:
        inside = low <= token.head.i < high and token.head != token
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and not inside:
            return token
    return None


def own_clause_subject(child: Token) -> Token:
    """The noun of a subject that the parse takes for a clause: "the head of the bloc | holding it has"."""
    if child.dep_ != "csubj" or child.tag_ != "VBG":
        return child
    return next((c for c in child.lefts if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"}), child)
