"""Where the object of a verb of saying ends before the medium in which it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import FINITE, Line

if TYPE_CHECKING:
    from spacy.tokens import Token

RULES = frozenset({"object", "object_preposition", "called", "described_as", "preposition"})
"""Frames whose content is a noun: behind a clause or an infinitive, the medium may be part of a plan."""
_OTHERS = frozenset({"by", "from"})  # "the claims in a letter from the miners": whose words these are


def before_medium(line: Line, start: int, end: int, speech: Speech) -> int:
    """End of a noun's span before its speaker's medium: "condemned the raid in a letter to the council"."""
    for found in speech.medium.finditer(line.text, start + 1, end):
        tokens = line.doc.char_span(*found.span(), alignment_mode="expand")
        if tokens is None or tokens[0].i == 0 or line.quoted(tokens[0]) or line.quoted(tokens[-1]):
            continue
        after = line.doc[tokens[-1].i + 1] if tokens[-1].i + 1 < len(line.doc) else None
        if after is not None and (after.pos_ in {"NOUN", "PROPN"} or after.lower_ in _OTHERS):
            continue
        before = line.doc.char_span(start, found.start(), alignment_mode="contract")
        if before is None or any(_tells(t) and not line.quoted(t) for t in before):
            continue
        return found.start()
    return end


def _tells(token: Token) -> bool:
    """Whether a verb stands in the noun's own words, whose medium it may be: "remarks made in a speech"."""
    return token.tag_ in FINITE | {"VBN"} and token.pos_ == "VERB" and token.dep_ != "amod"
