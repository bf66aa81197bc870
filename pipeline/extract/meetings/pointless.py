"""Meetings in which somebody sees no point, or which would have nothing to discuss: they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.model import MeetingStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORTH: Final = frozenset({
    "point", "sense", "use", "value", "merit", "reason", "purpose", "benefit", "need", "basis", "ground",
    "cause", "justification", "rationale", "logic", "advantage", "room", "urgency", "necessity",
})  # fmt: skip
_NONE: Final = frozenset({"no", "little", "scant", "zero", "neither"})
_FOR: Final = frozenset({"in", "for", "to", "of"})
_SEEING: Final = frozenset({"see", "find", "perceive", "recognise", "recognize", "feel"})
_NOTHING: Final = frozenset({"nothing", "little"})


def worth_of(event: Token, top: Token | None) -> MeetingStatus | None:
    """ "Sees no point in a meeting", "nothing for the two to discuss": refused; "sees sense in": proposed.

    None if the words say nothing of what a meeting would be worth.
    """
    if event.pos_ == "VERB":
        empty = event.tag_ == "VB" and event.dep_ in {"relcl", "acl"} and event.head.lower_ in _NOTHING
        return "ruled_out" if empty else None
    heads = [event] if top is None else [event, top]
    for prep in (t.head for t in heads if t.dep_ == "pobj" and t.head.lower_ in _FOR and t.head.i > 0):
        worth = prep.nbor(-1)
        if worth.lemma_.lower() not in _WORTH:
            continue
        if any(c.lower_ in _NONE for c in worth.lefts):
            return "ruled_out"
        if worth.dep_ == "dobj" and worth.head.lemma_.lower() in _SEEING:
            return "proposed"
    return None
