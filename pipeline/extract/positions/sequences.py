"""What is to come first: "no guarantees, no truce", "first the guns fall silent", "the guns stop first"."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from pipeline.extract.positions import clauses
from pipeline.extract.positions.claims import Climb
from pipeline.extract.positions.vocabulary import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_FIRST = frozenset({"first"})
_OUTRIGHT = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_GAP = 3
_ONE = frozenset({"a", "an", "one"})
_MOMENTS = frozenset({"second", "minute", "moment", "hour", "day", "week", "month", "year"})
_SOONER = frozenset({"before", "earlier", "sooner"})
_PRESENT = frozenset({"VBZ", "VBP"})


def is_price_of(hit: Hit, doc: Doc, bargained: Container[str]) -> bool:
    """ "No guarantees, no truce": whether the issue is what the speaker will not go without.

    `bargained` are nouns for what one side withholds.
    """
    first = doc[hit.head_i].left_edge.i
    if not any(t.lower_ == "no" for t in doc[first : hit.head_i]):
        return False
    after = doc[hit.end_i : hit.end_i + _GAP]
    opened = len(after) == _GAP and after[0].text == "," and after[1].lower_ == "no"
    return opened and not clauses.children(after[2], "compound") and after[2].lemma_.lower() in bargained


def is_waived(hit: Hit, doc: Doc) -> bool:
    """ "No guarantees, no truce": whether the issue is what there will not be without the first."""
    first = doc[hit.head_i].left_edge.i
    named = doc[first : hit.head_i]
    if not len(named) or named[0].lower_ != "no" or first < 2 or doc[first - 1].text != ",":
        return False
    return any(t.lower_ == "no" for t in doc[max(doc[first].sent.start, first - 2 - _GAP) : first - 1])


def comes_first(verb: Token) -> bool:
    """ "The shooting stops first", "first the guns fall silent": told outright as what is to come first."""
    if verb.pos_ != "VERB" or verb.tag_ not in _PRESENT or verb.dep_ not in _OUTRIGHT:
        return False
    return any(c.lower_ in _FIRST for c in clauses.children(verb, "advmod")) or _not_sooner(verb)


def _not_sooner(verb: Token) -> bool:
    """ "The guns stop when the papers are signed, and not before": the day is set, and no other."""
    return any(c.dep_ == "advcl" for c in verb.children) and not_sooner(verb) is not None


def not_sooner(verb: Token) -> Token | None:
    """The "not" of "and not before", "and not a day earlier" within the clause; None if it has none."""
    for word in verb.subtree:
        if word.lower_ != "not" or word.i <= verb.i:
            continue
        after = [t.lower_ for t in word.doc[word.i + 1 : word.i + 4]]
        if after and after[0] in _SOONER:
            return word
        if len(after) == _GAP and after[0] in _ONE and after[1] in _MOMENTS and after[2] in _SOONER:
            return word
    return None


def note_cry(climb: Climb, head: Token) -> None:
    """ "No guarantees, no freeze", "ceasefire first": a cry with no verb is its speaker's wish."""
    # A cry before "Lavrov said" is often read as another subject of "said".
    crowded = head.dep_ == "nsubj" and len(clauses.children(head.head, "nsubj")) > 1
    governed = head.dep_ in clauses.SUBJECTS | {"dobj", "pobj", "compound"} and not crowded
    if head.pos_ not in _NOUNS or governed:
        return
    before = head.left_edge.i - 1
    opens = before < head.sent.start or head.doc[before].text in {":", "—", "–", "-", ",", "“", '"', "‘"}
    if not opens and head.dep_ != "ROOT":
        return
    denied = any(c.lower_ in {"no", "not"} and c.dep_ in {"det", "neg"} for c in head.children)
    denied = denied and not any(c.lower_ in {"just", "only", "merely"} for c in head.children)
    urged = any(c.lower_ in {"first", "now", "immediately", "yes"} for c in head.children)
    if denied and any(c.lower_ in {"without", "unless", "until"} for c in head.children):
        climb.add("fragment", "conditional", (), head, frozenset(), 2, False)  # "no deal without the islands"
    elif denied or urged:
        climb.add("fragment", climb.stance(), (), head, frozenset(), 2, False)
