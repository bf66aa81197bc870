"""Subjects that the parser runs together with what opens a sentence or a caption: "In Doha, X and Y met"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN_PICTURE = frozenset({"left", "right", "center", "centre"})
_CAPTION = 4  # tokens from the name to the verb: "Roe, left, meets"
_AT = frozenset({"in", "at"})
_OPENING = _AT | {"on", "during", "after", "before", "following", "amid"}
_HELPERS = frozenset({"aux", "auxpass", "neg", "advmod"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def opening_place(subject: Token) -> bool:
    """ "In the Qatari capital Doha, envoys of Peru met": whether it is the city of a misread list."""
    doc, start = subject.doc, subject.sent.start
    named = [subject, *subject.lefts]
    place = any(t.ent_type_ in {"GPE", "FAC", "LOC"} for t in named)
    if doc[start].lower_ not in _AT or not place or subject.i + 1 >= len(doc):
        return False
    listed = [c for c in subject.children if c.dep_ == "conj"]
    bare = bool(listed) and all(c.dep_ != "cc" for c in subject.children)
    return bare and doc[subject.i + 1].text == "," and all(t.text != "," for t in doc[start : subject.i])


def swallowed_subject(verb: Token) -> Token | None:
    """ "In Doha, Peru and Chile met": the first subject, listed with the place; or None.

    Likewise "On the margins of a forum in Davos, X and Y met", "After talks in Oslo and Bern, X and Y met".
    """
    opening = next((c for c in verb.lefts if c.i == verb.sent.start and c.lower_ in _OPENING), None)
    helpers = [c for c in verb.lefts if c.dep_ in _HELPERS and c.i > verb.sent.start]
    if opening is None or not any(t.tag_ in _FINITE for t in (verb, *helpers)):
        return None
    for place in opening.subtree:
        listed = [c for c in place.rights if c.dep_ == "conj"]
        bare = len(listed) == 1 and all(c.dep_ != "cc" for c in place.children)
        two = place.dep_ == "conj" and any(c.dep_ == "cc" for c in place.head.children)
        named = place.dep_ == "pobj" or two
        if named and bare and place.doc[listed[0].left_edge.i - 1].text == ",":
            behind = listed[0].right_edge.i + 1
            while any(t.i == behind for t in helpers):
                behind += 1
            return _behind_state(listed[0]) if behind == verb.i else None
    return None


def _behind_state(first: Token) -> Token:
    """ "At a meeting in Lima, Peru, Roe and Paz agreed": people are not listed with the city's state."""
    behind = [c for c in first.rights if c.dep_ == "conj"]
    bare = len(behind) == 1 and all(c.dep_ != "cc" for c in first.children)
    people = bare and any(t.pos_ == "PROPN" and t.ent_type_ != "GPE" for t in behind[0].subtree)
    return behind[0] if people and first.ent_type_ == "GPE" else first


def stray_modifiers(noun: Token) -> list[Token]:
    """ "In Doha, Peruvian and Chilean officials met": adjectives listed with the place."""
    before = noun.left_edge.i - 1
    if before <= noun.sent.start or noun.dep_ not in {"nsubj", "nsubjpass"}:
        return []
    found: list[Token] = []
    current = noun.doc[before]
    while current.dep_ == "conj" and current.pos_ in {"ADJ", "PROPN"}:
        found.append(current)
        current = current.head
    opens = current.dep_ == "pobj" and current.head.i == noun.sent.start and current.head.lower_ in _AT
    return found[::-1] if opens else []


def beside_in_picture(token: Token) -> bool:
    """ "Ana Roe, left, meets Luis Paz": a place in a picture, tagged as a verb."""
    if token.lower_ not in _IN_PICTURE or not 0 < token.i < len(token.doc) - 1:
        return False
    return token.nbor(-1).text == "," == token.nbor(1).text


def pictured_subject(verb: Token) -> Token | None:
    """The one who stands left or right in a picture, before the verb: "Ana Roe, left, meets"; or None."""
    if verb.i < verb.sent.start + _CAPTION or not beside_in_picture(verb.nbor(-2)):
        return None
    named = verb.nbor(-_CAPTION)
    return named if named.pos_ == "PROPN" and named.ent_type_ == "PERSON" else None
