"""Quotations that go on with what was said to the end of the sentence: "would send ships, “not words”"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.statements.lines import Line
from pipeline.extract.statements.units import Unit

_RULES = frozenset(
    {"clause", "loose_clause", "urged", "object", "preposition", "open_complement", "object_preposition"}
)
_JOINT = re.compile(r"(?:,|—|–)? ?(?:— |– )?(?=[“\"«‘])")
_ENDS = re.compile(r"[.!?;)]*(?:\s|$)")


def with_trailing(units: Sequence[Unit], line: Line) -> None:
    """Give each unit the quotation that follows what it holds at once and ends its sentence.

    The quotation stays where it is if another unit has a part of it.
    """
    for unit in units:
        joint = _JOINT.match(line.text, unit.end) if unit.line is line and unit.rule in _RULES else None
        if joint is None or (unit.cue is not None and unit.cue.idx >= unit.end):
            continue
        quote = line.quotes.at(joint.end())
        if quote is None or quote.start != joint.end() or not quote.closed or quote.start == unit.end:
            continue
        sentence = line.sentences[unit.sentence_no]
        ends = line.text[quote.end - 2 : quote.end - 1] in {".", "!", "?"} or _ENDS.match(
            line.text, quote.end
        )
        if not ends or quote.end < sentence.end - 2 or quote.start >= sentence.end:
            continue
        if not any(u.start < quote.end and quote.start < u.end for u in units if u is not unit):
            unit.pieces.append((quote.start, quote.end))
