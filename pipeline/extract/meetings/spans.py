"""Evidence: the shortest clause of the text that asserts a meeting, as offsets within its block."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_CUT = frozenset({"relcl", "advcl", "conj", "cc", "parataxis", "punct"})


def evidence_span(event: Token, governor: Token | None) -> tuple[int, int]:
    """Offsets of the clause around the event: from its subject to the end of its own arguments.

    A noun in a prepositional phrase gives that phrase; a noun that is subject or object gives the clause.
    """
    head = event
    if (
        event.pos_ not in {"VERB", "AUX"}
        and governor is not None
        and event.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}
    ):
        head = governor
    first, last = head.i, head.i
    queue = [head]
    while queue:
        token = queue.pop()
        for child in token.children:
            later = child.i > head.i
            if later and token == head and child.dep_ in _CUT | {"ccomp"}:
                continue
            if child.dep_ in {"punct"} or (not later and child.dep_ in {"advcl", "ccomp", "parataxis"}):
                continue
            first, last = min(first, child.i), max(last, child.i)
            queue.append(child)
    if head == event and event.dep_ == "pobj":
        first = min(first, event.head.i)
    if head != event and not first <= event.i <= last:
        # "The third round is to be held on Monday": the subject hangs on "is"
        first, last = min(first, event.left_edge.i), max(last, event.i)
    doc = event.doc
    return doc[first].idx, doc[last].idx + len(doc[last])
