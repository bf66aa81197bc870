"""Outlets behind a whole sentence: "..., broadcaster Delo reported", "..., she said, reports Delo"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import Line, end_of, trim
from pipeline.extract.statements.state import Discourse, Speaker
from pipeline.extract.statements.units import Unit
from pipeline.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_REPORTS = frozenset({"reports", "reported"})
_LONGEST = 7  # tokens that name the outlet
_WITHIN = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PART"})


@dataclass(frozen=True, slots=True)
class Behind:
    """Who reports a sentence: its number, the verb, the words that name the outlet, and its comma."""

    sentence_no: int
    verb: Token
    words: tuple[Token, ...]
    comma: int


def find_behind(line: Line) -> list[Behind]:
    """Each "..., NAME reported" and "..., reports NAME" that ends a sentence, outside quotation marks."""
    found: list[Behind] = []
    if not any(word in line.words.lower for word in _REPORTS):
        return found
    for number, sentence in enumerate(line.sentences):
        last = sentence.end_i - 1
        while last > sentence.start_i and line.doc[last].is_punct and not line.quoted(line.doc[last]):
            last -= 1
        commas = (
            i for i in range(last, max(sentence.start_i, last - _LONGEST - 1), -1) if line.doc[i].text == ","
        )
        comma = next(commas, None)
        if comma is None or line.quoted(line.doc[comma]) or comma + 1 >= last:
            continue
        tail = list(line.doc[comma + 1 : last + 1])
        verb = next((t for t in (tail[-1], tail[0]) if t.lower_ in _REPORTS), None)
        words = tuple(t for t in tail if t is not verb)
        if verb is None or any(t.pos_ not in _WITHIN or line.quoted(t) for t in words):
            continue
        if any(t.pos_ == "PROPN" for t in words):
            found.append(Behind(number, verb, words, int(line.doc[comma].idx)))
    return found


def reported_behind(
    line: Line, number: int, own: list[Unit], speakers: Speakers, state: Discourse
) -> list[Unit]:
    """The line's units with the outlet behind a sentence as the reporter of what others say in it.

    Where nobody else speaks in the sentence, the outlet does.
    """
    for behind in find_behind(line):
        outlet = _outlet(behind, line, speakers)
        if outlet is None:
            continue
        within = [u for u in own if u.sentence_no == behind.sentence_no]
        framing = [u for u in within if u.cue == behind.verb]
        for unit in framing:
            unit.speaker = replace(unit.speaker, actor=outlet)
        others = [u for u in within if u.cue != behind.verb and u.speaker.key != outlet.key]
        for unit in others:
            cut = [trim(line, s, min(e, behind.comma)) for s, e in unit.pieces if s < behind.comma]
            unit.pieces = [piece for piece in cut if piece is not None] or unit.pieces
            if not framing:
                unit.reporter = unit.reporter or outlet
        said = trim(line, max(line.sentences[behind.sentence_no].start, line.dateline), behind.comma)
        if not within and said is not None:
            speaker = Speaker(outlet, behind.words[0].idx, end_of(behind.words[-1]), 0.85, "name")
            segment = behind.comma, line.sentences[behind.sentence_no].end
            own.append(
                Unit(
                    line,
                    number,
                    behind.sentence_no,
                    speaker,
                    [said],
                    "parenthetical",
                    behind.verb,
                    "report",
                    [segment],
                )
            )
            state.spoke(speaker, number, None, behind.verb.i, [said])
    return own


def _outlet(behind: Behind, line: Line, speakers: Speakers) -> Actor | None:
    """The outlet that the words name, known or told by its noun or article; None for whoever else reports."""
    named = [m for m in (speakers.mention(t, line) for t in behind.words) if m is not None]
    known = next((m.actor for m in named if m.actor.kind == "media"), None)
    if known is not None:
        return known if all(m.actor.kind == "media" for m in named) else None  # "the Delo's Jane Roe"
    noun = any(t.lemma_.lower() in speakers.media_nouns for t in behind.words)
    article = behind.words[0].lower_ == "the"
    proper = [t for t in behind.words if t.pos_ == "PROPN" and t.lemma_.lower() not in speakers.media_nouns]
    initials = len(behind.words) == 1 and proper == list(behind.words) and _is_acronym(behind.words[0].text)
    others = any(m.actor.kind != "person" or not (article or noun or initials) for m in named)
    known_by = noun or initials or (article and behind.verb.lower_ == "reports")
    if others or not proper or not known_by:
        return None
    name = line.text[proper[0].idx : end_of(proper[-1])]
    return Actor(f"media:{name.lower()}", name, "media", None)


def _is_acronym(word: str) -> bool:
    """Whether a word is the initials of an outlet: "..., APA reports"."""
    return word.isupper() and word.isalpha() and len(word) > 2
