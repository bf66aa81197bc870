"""From a page to its statements: entries are read into units, units become rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.domain import DomainPack, once_per_pack
from pipeline.extract.statements.answers import asked_on, interviewee_of, labelled_speaker, occasion_of
from pipeline.extract.statements.attributes import Circumstances
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.layout import plan_lines
from pipeline.extract.statements.lines import make_line
from pipeline.extract.statements.reader import EntryReader
from pipeline.extract.statements.repeats import mark_repeats
from pipeline.extract.statements.state import Discourse
from pipeline.extract.statements.units import Unit
from pipeline.ids import digest_id
from pipeline.model import ActorKind, Links, Page, Statement, StatementForm
from pipeline.words import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc


# How often a rule's rows are right on annotated pages; the speaker's own certainty is multiplied in.
_RULE_CONFIDENCE = {
    "closing_quotation": 0.97,
    "clause": 0.95,
    "inserted": 0.93,
    "as_clause": 0.85,
    "is_how": 0.85,
    "adjective": 0.8,
    "parenthetical": 0.94,
    "quotation_right": 0.93,
    "loose_clause": 0.8,
    "described_as": 0.9,
    "called": 0.85,
    "object_preposition": 0.88,
    "urged": 0.88,
    "open_complement": 0.82,
    "preposition": 0.8,
    "object": 0.7,
    "relative_clause": 0.45,
    "asserted_of": 0.7,
    "passive": 0.6,
    "according_to": 0.88,
    "quoted_as_saying": 0.92,
    "noun": 0.75,
    "continued_quotation": 0.88,
    "led_in": 0.88,
    "label_quotation": 0.85,
    "colon_quotation": 0.85,
    "beside_quotation": 0.8,
    "signed_quotation": 0.85,
    "post_label": 0.8,
    "post_source": 0.8,
    "bullet": 0.85,
    "joint_bullet": 0.85,
    "answer": 0.88,
    "told_back": 0.85,
}


def read_page(page: Page, links: Links, pack: DomainPack, speech: Speech) -> list[Statement]:
    """All statements of a page, in order of the text."""
    speakers = Speakers(links, pack, speech)
    rows: list[Statement] = []
    states = _states(pack)
    state: Discourse | None = None
    last_block = last_line = -1
    last_units: list[Unit] = []
    for entry in page.entries():
        lines = [make_line(block, doc, _told_from(doc, pack)) for block, doc in entry]
        plans = plan_lines(lines, speech)
        reader = EntryReader(page, speakers, speech, lines, plans)
        if state is not None and entry[0][0].block_no == last_block + 1:
            # Nothing stands between the two, neither time nor heading: one item may go on.
            reader.state = state.next_entry()
            reader.before = [replace(u, line_no=-1) for u in last_units if u.line_no == last_line]
        state, last_block, last_line = reader.state, entry[-1][0].block_no, len(lines) - 1
        if any(p.role == "answer" for p in plans):
            reader.interviewee = interviewee_of(page, links, lines, plans, speech)
            named = {
                p.label for p in plans if p.label is not None and p.label.lower() not in speech.answer_labels
            }
            for label in sorted(named):
                speaker = labelled_speaker(label, page, links, pack, speech, reader.interviewee)
                if speaker is not None:
                    reader.labels[label] = speaker
            reader.occasion = occasion_of(page, lines, plans, speech)
            if reader.occasion == "interview":
                reader.asked_on = asked_on(page, lines, plans, speech)
        last_units = reader.read()
        for unit in last_units:
            row = _row(page, unit, states)
            if row is not None:
                rows.append(row)
    return mark_repeats(rows)


# "NEW DELHI: Talks will", "Lima/Quito: The": no quotation, which would be the place's own.
_PLACES = re.compile(r"([A-Z][\w.’' /-]{2,40}): (?=[A-Z])")


def _told_from(doc: Doc, pack: DomainPack) -> int:
    """End of the cities from which a line is told, where only a colon parts them from it; else 0."""
    found = _PLACES.match(words_in(doc).line)
    names = found.group(1).split("/") if found is not None else []
    known = names and all(pack.place(n.title() if n.isupper() else n) is not None for n in names)
    return found.end() if found is not None and known else 0


@once_per_pack
def _states(pack: DomainPack) -> frozenset[str]:
    """Codes of states and of the parties of the pack."""
    parties = {p.party for p in pack.people if p.party} | {o.party for o in pack.organisations if o.party}
    return frozenset(c.code for c in pack.countries) | parties


def _row(page: Page, unit: Unit, states: Collection[str]) -> Statement | None:
    """The row of a unit: content widened to whole quotations, form by what of it is quoted."""
    line, block = unit.line, unit.line.block
    start, end = line.quotes.snap(unit.start, unit.end)
    if end - start < 2:
        return None
    written = page.text_of(block)
    content = written[start:end]
    actor = unit.speaker.actor
    kind: ActorKind = actor.kind if actor.kind != "place" else "government"
    found = unit.found or Circumstances()
    base = block.char_start
    quotes = [q for q in line.quotes.overlapping(start, end) if q.start >= start]
    longest = max(quotes, key=lambda q: q.end - q.start) if quotes else None
    quote = written[longest.start : longest.end].strip("“”\"‘’'«»„`") if longest is not None else None
    return Statement(
        statement_id=digest_id("st", page.document.document_id, base + start, base + end, actor.name),
        document_id=page.document.document_id,
        block_id=block.block_id,
        speaker_entity_id=actor.entity_id,
        speaker_name=actor.name,
        speaker_kind=kind,
        speaker_text=written[unit.speaker.start : unit.speaker.end]
        if unit.speaker.start is not None
        else None,
        speaker_start=base + unit.speaker.start if unit.speaker.start is not None else None,
        speaker_end=base + unit.speaker.end if unit.speaker.end is not None else None,
        is_anonymous=kind == "anonymous",
        party=_acts_for(actor.party, states),
        form=unit.forced_form or _form(unit, start, end),
        cue=unit.lemma,
        cue_start=base + unit.cue.idx if unit.cue is not None else None,
        cue_end=base + unit.cue.idx + len(unit.cue) if unit.cue is not None else None,
        content=content,
        content_start=base + start,
        content_end=base + end,
        quote=quote or None,
        addressee_name=found.addressee,
        channel=found.channel,
        told_to=found.told_to,
        reported_by=unit.reporter.name if unit.reporter is not None else None,
        stated_from=found.days.first if found.days else None,
        stated_to=found.days.last if found.days else None,
        stated_text=found.date_text,
        stated_basis=found.basis,
        issues=(),
        confidence=_calibrated(_RULE_CONFIDENCE[unit.rule] * unit.speaker.confidence),
        rule=unit.rule,
    )


# Blocs that negotiate as one side; agencies, courts and banks of many states act for none of them.
_BLOCS = frozenset(
    {"EU", "NATO", "UN", "IMF", "EUROPE", "ASEAN", "ARAB_LEAGUE", "GCC", "ECOWAS", "AFRICAN_UNION"}
)


def _acts_for(party: str | None, states: Collection[str]) -> str | None:
    """The party of a statement: a state, a bloc that negotiates as one side, a party of the pack, or None.

    A pack's own parties are armed movements, unions, parties of a coalition: whoever takes part in its talks.
    """
    return party if party in states or party in _BLOCS else None


# Product of the rule's and the speaker's certainty -> share of such rows that were right on annotated
# pages whose errors were not read; straight lines between the points.
_CALIBRATION = ((0.0, 0.3), (0.45, 0.55), (0.55, 0.72), (0.7, 0.84), (0.8, 0.92), (1.0, 0.97))


def _calibrated(product: float) -> float:
    for (low, at_low), (high, at_high) in pairwise(_CALIBRATION):
        if product <= high:
            return round(at_low + (at_high - at_low) * (product - low) / (high - low), 3)
    return _CALIBRATION[-1][1]


def _form(unit: Unit, start: int, end: int) -> StatementForm:
    """direct if all of the content's letters are quoted, indirect if none are; attributions do not count."""
    inside = outside = 0
    line = unit.line
    for left, right in _pieces(unit, start, end):
        for position in range(left, right):
            if line.text[position].isalnum():
                if line.quotes.at(position) is not None:
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside > 0 else "direct"


def _pieces(unit: Unit, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of the content that are no attribution, in order and without overlaps."""
    spans = [unit.line.quotes.snap(s, e) for s, e in unit.pieces]
    spans.sort()
    joined: list[tuple[int, int]] = []
    for left, right in spans:
        left, right = max(left, start), min(right, end)
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        elif right > left:
            joined.append((left, right))
    return joined
