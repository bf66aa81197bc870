"""Documents put out: who wrote the statement that later lines quote, and where its last paragraph ends."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import FINITE, Line
from pipeline.extract.statements.state import Discourse
from pipeline.extract.statements.subjects import behind_place
from pipeline.model import Actor

PUT_OUT = frozenset({"issue", "release", "publish", "make", "circulate", "post", "send", "write"})
_PAPERS = frozenset({"statement", "communique", "communiqué", "letter", "declaration", "readout"})
_LONGEST = 12  # lines of a quotation whose middle paragraphs carry no mark
_CLOSING = '”"»'
_KINDS = frozenset({"person", "institution", "government", "group"})


def issuers(line: Line, speakers: Speakers, state: Discourse, number: int) -> tuple[Actor, ...]:
    """Who puts out a statement in the line: "The ministry issued a statement on Monday."."""
    found: tuple[Actor, ...] = ()
    for i, lemma in enumerate(line.words.lemma):
        if lemma not in PUT_OUT or line.words.tag[i] not in FINITE | {"VBN"}:
            continue
        verb = line.doc[i]
        paper = next((c for c in verb.rights if c.dep_ == "dobj" and c.lemma_.lower() in _PAPERS), None)
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
        if paper is None or subject is None or line.quoted(verb):
            continue
        if any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.lefts) or any(
            c.lower_ in {"no", "any", "his", "her", "their"} for c in paper.lefts
        ):
            continue
        issuer = behind_place(subject, verb, line)
        actors = tuple(s.actor for s in speakers.resolve(issuer, line, state, number))
        found = actors if actors and all(a.kind in _KINDS for a in actors) else found
    return found


def last_paragraph(lines: Sequence[Line], number: int) -> int | None:
    """Number of the line that closes the quotation which line `number` leaves open, if those between carry
    no mark at all; None where each paragraph opens with one, or none closes.
    """
    if not lines[number].quotes.spans or lines[number].quotes.spans[-1].closed:
        return None
    for i in range(number + 1, min(number + 1 + _LONGEST, len(lines))):
        text = lines[i].text.rstrip()
        marks = sum(text.count(mark) for mark in '“”"«»')
        if marks == 0:
            continue
        closes = marks == 1 and text[-1] in _CLOSING and len(text) > 1
        return i if closes else None
    return None
