"""Lists of sides that the parse tears apart, read by their words: after "between", before a group's noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

_REACH = 30  # tokens from the noun to "between", and from there to the end of the pair
_WITHIN = frozenset({"of", "from", "for"})  # prepositions that a side's own name may hold
_GOING_ON = frozenset({"take", "hold", "begin", "start", "resume", "continue", "open", "kick"})
_BEFORE_NOUN = 2  # plain words between a list of adjectives and its noun: "US and Chinese trade officials"
_OTHER_PHRASE = frozenset({"pobj", "dobj", "poss"})
_INNER = frozenset({"compound", "amod", "nmod", "poss", "case", "det", "punct"})


def _tells_more(token: Token) -> bool:
    """Whether the verb tells more than that the talks are held: "taking place", "are underway"."""
    return token.pos_ == "VERB" and token.lemma_.lower() not in _GOING_ON


def beside_short_form(noun: Token) -> list[Token]:
    """Names that the parse joins to the meeting's noun, behind the short form of the one they belong to.

    "The meeting of the presidents of the Northern Union (NU) and Chile": Chile is no second meeting.
    """
    if noun.pos_ != "NOUN":
        return []
    joined = [c for c in noun.children if c.dep_ == "conj" and c.pos_ == "PROPN"]
    doc = noun.doc
    return [c for c in joined if c.i > 3 and ")" in {doc[c.i - 2].text, doc[c.i - 3].text}]


def after_between(noun: Token, is_meeting: Callable[[Token], bool]) -> list[Token]:
    """Heads of the names after a "between" that the parse hangs elsewhere than on the noun, in text order.

    "The talks under the old team between the government of X (GX) and the Y Front set for May": the parser
    gives "between" to "team" and the Front to "talks". Empty if a verb comes first, if nothing is joined, or
    if `is_meeting` says so of the noun that "between" belongs to ("a result of the summit between A and B").
    """
    doc, end = noun.doc, min(noun.sent.end, noun.i + _REACH)
    start = next((t.i for t in doc[noun.i + 1 : end] if t.lower_ == "between" or _tells_more(t)), end)
    if start == end or doc[start].lower_ != "between":
        return []
    other = doc[start].head
    if (
        other != noun
        and is_meeting(other)
        and other.dep_ == "pobj"
        and any(t.pos_ == "AUX" for t in doc[noun.i : other.i])
    ):
        return []
    heads: list[Token] = []
    joined = False
    for token in doc[start + 1 : min(noun.sent.end, start + _REACH)]:
        if token.lower_ == "with":
            joined = True  # "between X and Y with their Chilean counterparts"
            continue
        if token.pos_ in {"VERB", "AUX"} or (token.pos_ == "ADP" and token.lower_ not in _WITHIN):
            break
        joined = joined or token.lower_ == "and"
        first = _first_of(token)  # "between experts from Egypt, Qatar and Israel"
        owned = first.dep_ == "pobj" and first.head.lower_ in _WITHIN
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in _INNER and not owned:
            heads.append(token)
    return heads if joined else []


def _first_of(token: Token) -> Token:
    """The first of the names that the token is listed with."""
    while token.dep_ == "conj" and token.head.pos_ == "PROPN" and token.pos_ == "PROPN":
        token = token.head
    return token


def adjectives_before(noun: Token) -> list[Token]:
    """Short names and adjectives of states that are listed right before a plural noun, in text order.

    "Senior US and Chinese officials met", "US, Qatari and Israeli negotiators will gather": the parser hangs
    the first on "senior" or on the verb. "In the US, Qatari and Egyptian ministers met": that one is a place.
    """
    if noun.tag_ != "NNS":
        return []
    doc, at = noun.doc, noun.i - 1
    while at > noun.sent.start and noun.i - at <= _BEFORE_NOUN and doc[at].text.islower():
        at -= 1
    listed: list[Token] = []
    while at >= noun.sent.start and _adjective_of_state(doc[at]):
        listed.insert(0, doc[at])
        joint = doc[at - 1].lower_ if at > noun.sent.start else ""
        if joint != ("and" if len(listed) == 1 else ","):
            break
        at -= 2
    if len(listed) < 2:
        return []
    first = listed[0]
    outside = first.dep_ in _OTHER_PHRASE and first.head.pos_ in {"VERB", "ADP", "SCONJ", "NOUN", "PROPN"}
    return listed[1:] if outside else listed


def _adjective_of_state(token: Token) -> bool:
    return token.ent_type_ == "NORP" or (token.ent_type_ in {"GPE", "ORG"} and token.text.isupper())
