"""What a clause only asks, mimics, half denies or tells of a thing's kind, without anybody's stance."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses, mood
from pipeline.extract.positions.lexicon import Operator, any_kind
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBS = frozenset({"VERB", "AUX"})
# Adverbs by which a denial leaves the thing itself standing: "cannot simply be an American text".
_BARELY = frozenset({"simply", "merely", "solely", "purely", "exclusively"})
_PRESENT = frozenset({"is", "are"})
_STEPS = 6
_SHOWING = frozenset({"show", "demonstrate", "display", "signal", "express", "prove", "exhibit", "evince"})


def is_yet_to_be_shown(noun: Token) -> bool:
    """ "Has yet to show any readiness for it": what somebody misses in another."""
    verb = noun.head
    return noun.dep_ == "dobj" and verb.lemma_.lower() in _SHOWING and mood.is_outstanding(verb)


def is_inquiry(verb: Token, inquiries: Container[str]) -> bool:
    """ "Sought clarity on the plan", "declined to get into the specifics": what is missing is knowledge."""
    if verb.pos_ not in _VERBS:
        return False
    places = clauses.children(verb, "dobj")
    places += [
        o for p in clauses.children(verb, "prep") for o in clauses.children(p, "pobj") if p.lower_ == "for"
    ]
    for inner in clauses.children(verb, "xcomp"):
        places += clauses.children(inner, "dobj")
        places += [o for p in clauses.children(inner, "prep") for o in clauses.children(p, "pobj")]
    return any(place.lemma_.lower() in inquiries for place in places)


def is_doubted(doc: Doc, operator: Operator, path: Iterable[int], doubting: Container[str]) -> bool:
    """ "Doubts that the force could disarm them": whether it can is doubted, and not whether it shall."""
    if not any(doc[i].lemma_.lower() in doubting for i in operator.tokens):
        return False
    told = (doc[i] for i in path)
    return any(mood.is_supposed(t) or mood.is_announced(t) for t in told if t.pos_ in _VERBS)


def is_half_denied(verb: Token) -> bool:
    """ "It cannot simply be an American text": what is denied is that it is no more than that."""
    negators = [c.i for c in verb.children if c.dep_ == "neg" or c.lower_ == "cannot"]
    barely = [c.i for c in verb.children if c.dep_ == "advmod" and c.lower_ in _BARELY]
    return bool(negators) and any(i > negators[0] for i in barely)


def is_mimicry(doc: Doc, i: int) -> bool:
    """Whether the token stands in a quotation within a quotation: words of others, put on by the speaker."""
    outer = inner = False
    for token in doc[doc[i].sent.start : i]:
        if token.text == "“":
            outer, inner = True, False
        elif token.text == "”":
            outer = inner = False
        elif token.text == "‘" and outer:
            inner = True
        elif token.text == "’" and inner and token.whitespace_:
            inner = False
    return inner


def is_required_kind(noun: Token, verb: Token, operators: Mapping[int, Sequence[Operator]]) -> bool:
    """ "Seeks guarantees that are approved by Congress": of what kind a thing is wished to be."""
    if verb.dep_ != "relcl" or any(c.dep_ == "aux" for c in verb.children):
        return False
    if not any(c.dep_ == "auxpass" and c.lower_ in _PRESENT for c in verb.children):
        return False
    token = noun
    for _ in range(_STEPS):
        if token.head.i == token.i or token.dep_ in clauses.SUBJECTS:
            return False
        token = token.head
        if any_kind(operators.get(token.i, ()), "directive") is not None:
            return True
    return False


def is_listed_twice(gerund: Token) -> bool:
    """ "By trying to bar Oslo from joining and capping its fleet": joined to one gerund or to the other."""
    first = gerund.head
    if gerund.dep_ != "conj" or gerund.tag_ != "VBG" or first.tag_ != "VBG":
        return False
    if first.dep_ != "pcomp" or first.head.lower_ != "from":
        return False
    return any(t.tag_ == "VBG" and t.dep_ in {"pcomp", "advcl", "acl"} for t in first.head.ancestors)


def is_bidden(act: Token, verb: Token) -> bool:
    """ "Told Oslo to agree to it": what somebody is told to do."""
    if verb.lemma_ != "tell" or act.dep_ not in {"xcomp", "ccomp"} or act.tag_ != "VB":
        return False
    bare = any(c.dep_ == "aux" and c.lower_ == "to" for c in act.children)
    return bare and bool(clauses.children(verb, "dobj", "dative")) and not clauses.is_passive(verb)


def is_addressed(node: Token, verb: Token, hit: Hit, addressing: Container[str]) -> bool:
    """Whether the words stand for whom `verb` addresses, and not for what it says."""
    called = node.dep_ == "prep" and node.lower_ in {"on", "upon"} and verb.lemma_.lower() == "call"
    whole = max(hit.tokens) <= node.right_edge.i
    if called and whole and node.head.i == verb.i and clauses.children(verb, "xcomp", "advcl"):
        return True  # "called on the backers of the truce to press Oslo"
    if node.head.i != verb.i or verb.lemma_.lower() not in addressing:
        return False
    said = [c for c in clauses.children(verb, "ccomp", "xcomp") if c.i > node.i]
    if node.dep_ == "dobj" and node.i in hit.tokens and all(c.dep_ == "xcomp" for c in said):
        return False  # "urged talks to end the strike": talks are not told to do anything
    if node.dep_ == "dobj":
        return bool(said)
    return node.dep_ == "dative" and bool(said or clauses.children(verb, "dobj"))
