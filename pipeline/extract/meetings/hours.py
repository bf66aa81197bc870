"""Hours of the day: of an entry's time, and of a clause that tells when on a day its meeting begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.dates.calendar import width
from pipeline.extract.meetings.frames import prepositions

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pipeline.extract.meetings.candidates import Candidate
    from pipeline.model import DateRange

_CLOCK = re.compile(r"(?i)\d{1,2}[:.]\d\d(?:[ap]\.?m\.?)?|\d{1,2}[ap]\.?m\.?")
_HALVES = frozenset({"am", "a.m.", "pm", "p.m.", "o'clock", "o’clock", "gmt", "utc", "hrs", "hours"})
_HOURS = frozenset({
    "noon", "midday", "midnight", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve",
})  # fmt: skip
_AT = frozenset({"at", "around", "about", "by", "from", "until"})
_OPEN_CLAUSES = frozenset({"xcomp", "acomp"})


def is_clock(token: Token) -> bool:
    """Whether a word is a time of day in figures, as it opens an entry: "20:31", "7.15pm"."""
    return _CLOCK.fullmatch(token.text) is not None


def at_hour_of_entry(candidate: Candidate, reported: DateRange) -> bool:
    """ "The round is due to start at ten", in an entry of a feed: on the day of the entry."""
    heads = (candidate.event, candidate.top, candidate.governor)
    return (
        candidate.block.entry_no is not None and width(reported) == 0
        and candidate.reading.status in {"scheduled", "ongoing", "held", None}
        and _at_hour(t for t in heads if t is not None)
    )  # fmt: skip


def _at_hour(heads: Iterable[Token]) -> bool:
    """Whether one of the words, or an open clause on it, has an hour: "is due to start at ten in Quito"."""
    told: dict[int, Token] = {}
    for head in heads:
        below = [c for c in head.children if c.dep_ in _OPEN_CLAUSES]
        below += [c for b in below for c in b.children if c.dep_ in _OPEN_CLAUSES]
        told.update({t.i: t for t in (head, *below)})
    return any(
        p.lower_ in _AT and any(_is_hour(t) for t in p.children if t.dep_ in {"pobj", "nummod"})
        for head in told.values()
        for p in prepositions(head)
    )


def _is_hour(token: Token) -> bool:
    counted = any(c.dep_ == "nummod" for c in token.children)
    if token.lower_ in _HALVES:
        return counted
    return (token.lower_ in _HOURS or is_clock(token)) and not counted
