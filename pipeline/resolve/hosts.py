"""Office-holders of no stated side whom somebody goes to see at home: "flew to Lima to see President X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.resolve.describe import Description
from pipeline.resolve.scan import Scan
from pipeline.resolve.vocabulary import Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTACT: Final = frozenset({"talk", "talks", "meet", "meeting", "see", "visit"})
_WAY_TO_HOST: Final = 10  # words from a city to the host who is seen there


def state_of_host(scan: Scan, start: int, description: Description, vocabulary: Vocabulary) -> str | None:
    """State of the capital to which somebody goes to see the office-holder: "flew to Lima to see Y".

    Heads of state and government are seen in their states, too: "flew to Peru for talks with King Y"; and in
    the capital where somebody is: "will be in Lima on Friday for talks with President Y".

    Args:
        scan: the block of the description.
        start: the first token of its sentence.
        description: what the text says of the office-holder.
    """
    office = seen = scan.tokens[description.position]
    while seen.dep_ == "compound" and seen.head.i > seen.i:
        seen = seen.head
    head = description.roles[-1].role.category == "head"
    at_home = {"capital", "state"} if head else {"capital"}
    if seen.dep_ not in {"dobj", "pobj", "appos", "conj"}:
        return None
    for i in range(start, office.i):
        match = scan.match_at.get(i)
        if match is None or match.entry.kind not in at_home:
            continue
        way = scan.tokens[i].head
        if head and way.lower_ == "in" and match.entry.kind == "capital" and _met_in(way, seen):
            return match.entry.ref
        went = way.head if way.lower_ == "to" and way.dep_ == "prep" else None
        if went is not None and went.lemma_.lower() in vocabulary.motion and went.i < i:
            return match.entry.ref
    return None


def _met_in(place: Token, seen: Token) -> bool:
    """ "Will be in Lima on Friday for talks with President X", "is in Lima, where he meets X"."""
    stay = place.head
    while stay.dep_ in {"prep", "conj", "advcl"} or stay.pos_ == "ADP":
        stay = stay.head
    between = seen.doc[place.i + 2 : seen.i]
    if stay.lemma_ != "be" or len(between) > _WAY_TO_HOST or any(t.lower_ == "in" for t in between):
        return False
    contact = {t.lemma_.lower() for t in between} & _CONTACT
    return bool(contact) and (seen.head.lower_ == "with" or seen.head.lemma_.lower() in _CONTACT)
