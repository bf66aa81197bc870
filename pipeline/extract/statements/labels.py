"""Quotations with a name beside them and no verb: "Jane Roe, by text: “…”", "“…” — Jane Roe, minister"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import FINITE, Attribution, Line
from pipeline.extract.statements.state import Speaker
from pipeline.model import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_LABEL = 30  # tokens of a label
_MAX_SIGNATURE = 24
_BARE_SIGNATURE = 14  # tokens of a signature that no dash opens
_NAME_REACH = 5  # tokens before the name in a signature
_DASHES = frozenset("—–-―")
_TOPICS = frozenset({"on", "asked", "about", "when", "of", "after"})
_RELATIVES = frozenset({"who", "which", "whose"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A quotation (offsets; None: it opens the next line), who says it, and the span of the label."""

    quote: tuple[int, int] | None
    speaker: Speaker
    label: tuple[int, int]


def find_labelled(line: Line, speakers: Speakers, speech: Speech) -> list[Labelled]:
    """Quotations whose speaker a verbless label before a colon, or a signature after a dash, names."""
    found: list[Labelled] = []
    text = line.text
    for quote in line.quotes.spans:
        before = text[: quote.start].rstrip()
        if before.endswith(":"):
            label = _label(line, len(before) - 1)
            speaker = _named(line, label, speakers, speech) if label is not None else None
            if label is not None and speaker is not None:
                found.append(Labelled((quote.start, quote.end), speaker, label))
        elif quote is line.quotes.spans[-1]:
            after = text[quote.end :].lstrip()
            start = len(text) - len(after)
            if after[:1] in _DASHES:
                signed = signature(line, speakers, start)
                if signed is not None and not before:
                    found.append(Labelled((quote.start, quote.end), signed, (start, len(text))))
    if text.rstrip().endswith(":"):
        label = _label(line, len(text.rstrip()) - 1)
        speaker = _named(line, label, speakers, speech) if label is not None else None
        if label is not None and speaker is not None and speaker.actor.kind == "person":
            found.append(Labelled(None, speaker, label))
    return found


def signature(line: Line, speakers: Speakers, start: int = 0) -> Speaker | None:
    """Who signs a quotation: a line, or its end from ``start`` on, that is a name and a description."""
    tokens = [t for t in line.doc if t.idx >= start]
    dashed = bool(tokens) and tokens[0].text[:1] in _DASHES
    limit = _MAX_SIGNATURE if dashed else _BARE_SIGNATURE
    if not tokens or len(tokens) > limit or _asserts(tokens, line):
        return None
    if any(line.quoted(t) for t in tokens) or (not dashed and tokens[-1].text[-1:] in ".?!:"):
        return None
    reach = tokens[: _NAME_REACH + 1] if dashed else tokens[:1]
    for token in reach:
        mention = speakers.mention(token, line)
        if mention is not None and mention.actor.kind == "person" and mention.resolution != "pronoun":
            return _speaker(mention, line)
    return None


def _label(line: Line, colon: int) -> tuple[int, int] | None:
    """Characters of the label that a colon closes, or None where a verb makes it a clause."""
    token = next((t for t in line.doc if t.idx <= colon < t.idx + len(t)), None)
    if token is None:
        return None
    sentence = line.sentence_at(token.i)
    first = sentence.start_i
    for i in range(token.i - 1, sentence.start_i - 1, -1):
        if line.doc[i].text == ":" or line.quoted(line.doc[i]):
            first = i + 1
            break
    tokens = list(line.doc[first : token.i])
    if not tokens or len(tokens) > _MAX_LABEL or _asserts(tokens, line):
        return None
    return tokens[0].idx, colon


def _asserts(tokens: list[Token], line: Line) -> bool:
    """Whether words outside a relative clause hold a finite verb."""
    for token in tokens:
        if token.lower_ in _RELATIVES:
            return False
        if token.lower_ in _TOPICS and token.i > tokens[0].i and token.nbor(-1).text == ",":
            return False  # "Jane Roe, on whether the talks are over: “...”"
        if token.tag_ in FINITE and not line.quoted(token):
            return True
    return False


def _named(line: Line, label: tuple[int, int], speakers: Speakers, speech: Speech) -> Speaker | None:
    """The person of a label, else the body that it opens with."""
    tokens = [t for t in line.doc if label[0] <= t.idx < label[1] and (t.is_alpha or t.pos_ == "PROPN")]
    if not tokens or tokens[0].lower_ in speech.topic_openers:
        return None
    mentions = [m for m in (speakers.mention(t, line) for t in tokens) if m is not None]
    people = [m for m in mentions if m.actor.kind == "person" and m.resolution != "pronoun"]
    if people:
        return _speaker(people[0], line)
    first = mentions[0] if mentions else None
    body = first is not None and first.actor.kind in {"institution", "government", "group", "media"}
    alone = first is not None and all(
        first.start_i <= t.i < first.end_i or t.pos_ in {"DET", "ADP"} for t in tokens
    )
    return _speaker(first, line) if first is not None and body and alone else None


def _speaker(mention: Mention, line: Line) -> Speaker:
    base = line.block.char_start
    return Speaker(
        mention.actor, mention.char_start - base, mention.char_end - base, mention.confidence, "label"
    )


def take_labelled(
    line: Line, speakers: Speakers, speech: Speech, attributions: list[Attribution]
) -> list[Labelled]:
    """Quotations that a label names the speaker of; attributions that reach for them are taken out."""
    found = [
        f
        for f in find_labelled(line, speakers, speech)
        if not any(f.label[0] <= a.cue.idx < f.label[1] for a in attributions)
    ]
    spans = [f.quote for f in found if f.quote is not None]
    attributions[:] = [
        a for a in attributions if not any(s < e2 and s2 < e for s, e in spans for s2, e2 in a.pieces)
    ]
    return found
