"""Units: one speaker's content in one sentence; merging, nesting and crediting those of a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.statements.attributes import Circumstances
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.lines import Attribution, Line, trim
from pipeline.extract.statements.state import Speaker
from pipeline.model import Actor, StatementForm

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Unit:
    """One speaker's content in one line; offsets are the line's."""

    line: Line
    line_no: int
    sentence_no: int
    speaker: Speaker
    pieces: list[tuple[int, int]]
    rule: str
    cue: Token | None
    lemma: str | None
    segments: list[tuple[int, int]]
    addressee: Token | None = None
    reporter: Actor | None = None
    forced_form: StatementForm | None = None
    found: Circumstances | None = None
    channel: str | None = None
    inherited: Circumstances | None = None

    @property
    def start(self) -> int:
        return min(p[0] for p in self.pieces)

    @property
    def end(self) -> int:
        return max(p[1] for p in self.pieces)


_SAYING = frozenset({"clause", "closing_quotation", "quotation_right", "inserted", "loose_clause"})


_ACTING = frozenset({"parenthetical", "urged", "described_as", "called", "object_preposition"})


_ACTS = frozenset({"urged", "described_as", "called", "object_preposition", "open_complement", "passive"})
_OFFERS = frozenset(
    {"promise", "propose", "offer", "pledge", "vow", "threaten", "request", "demand", "turn down"}
)


_TOLD = _ACTS | {"object"}


_PASSED_ON = frozenset({"clause", "closing_quotation", "quotation_right"})
_REPORTING = frozenset({"media", "institution"})


def hand_down(units: list[Unit]) -> list[Unit]:
    """Where a report frames a sentence of saying ("X said Z, the Times reports"), X speaks.

    The reporting unit goes; its outlet, or the outlet that it cites, becomes the speaker's `reporter`.
    """
    dropped: set[int] = set()
    for outer in units:
        for unit in units if outer.rule == "parenthetical" else ():
            if unit is not outer and unit.sentence_no == outer.sentence_no:
                _end_before(unit, outer)
    for outer in units:
        if outer.rule not in {"parenthetical", "according_to", "as_clause"} or outer.cue is None:
            continue
        inner = [
            u
            for u in units
            if u is not outer
            and u.sentence_no == outer.sentence_no
            and (u.rule in _SAYING or u.rule in (_ACTING if outer.rule == "according_to" else _TOLD))
            and u.cue is not None
            and _heads(u, outer)
        ]
        told = _wire(outer) if inner else None
        if told is not None:
            outer.speaker = replace(outer.speaker, actor=told)
        kind = outer.speaker.actor.kind
        if not inner or (outer.rule != "according_to" and (kind != "media" or outer.reporter is not None)):
            continue
        if kind == "person" and outer.reporter != outer.speaker.actor:
            continue
        if any(u.speaker.key == outer.speaker.key for u in inner):
            continue
        for unit in inner:
            unit.reporter = (
                unit.reporter or outer.reporter or (outer.speaker.actor if kind in _REPORTING else None)
            )
        dropped.add(id(outer))
    dropped.update(id(outer) for outer in units if _relayed(outer, units))
    for outer in units:
        if outer.reporter == outer.speaker.actor:
            outer.reporter = None
    return [u for u in units if id(u) not in dropped]


def _end_before(unit: Unit, outer: Unit) -> None:
    """End what is said before the words that close its sentence: "X said Z|, state radio reported"."""
    closing, end = outer.segments[0] if outer.segments else (0, 0)
    whole = outer.start <= unit.start and unit.cue is not None and outer.start <= unit.cue.idx < closing
    if unit.cue is None or not whole or not any(s < closing and end <= e for s, e in unit.pieces):
        return
    cut = [trim(unit.line, s, min(e, closing)) for s, e in unit.pieces if s < closing]
    unit.pieces = [piece for piece in cut if piece is not None] or unit.pieces


def _relayed(outer: Unit, units: Sequence[Unit]) -> bool:
    """Whether an outlet only passes on what somebody says ("Reuters reported that X said"): X is credited."""
    if outer.rule != "clause" or outer.speaker.actor.kind != "media" or outer.cue is None:
        return False
    for inner in units:
        cue = inner.cue
        if cue is None or cue.dep_ != "ccomp" or cue.head != outer.cue or inner.rule not in _PASSED_ON:
            continue
        if inner.sentence_no == outer.sentence_no and inner.end >= outer.end:
            inner.reporter = inner.reporter or outer.reporter or outer.speaker.actor
            return True
    return False


def _wire(outer: Unit) -> Actor | None:
    """The outlet that nobody knows behind a whole sentence of saying: "She left, he said, reports Delo"."""
    actor, cue = outer.speaker.actor, outer.cue
    reports = outer.lemma == "report" and cue is not None and cue.tag_ == "VBZ"
    unknown = outer.speaker.via == "phrase" and actor.party is None and actor.name[:1].isupper()
    if not reports or not unknown or actor.kind not in {"institution", "group"}:
        return None
    return replace(actor, key=f"media:{actor.name.lower()}", kind="media")


def _heads(inner: Unit, outer: Unit) -> bool:
    """Whether the inner cue is the main verb of what the outer one reports."""
    cue = inner.cue
    if cue is None or not any(s <= cue.idx < e for s, e in outer.pieces):
        return False
    if outer.rule == "according_to":
        if cue.dep_ == "advcl" and cue.tag_ == "VBG" and cue.head.dep_ == "ROOT" and cue.head.i < cue.i:
            # "The board issued a statement, calling the plan a trap, according to the Gazette."
            return any(c.dep_ == "dobj" and c.lemma_.lower() in _ISSUED for c in cue.head.rights)
        return cue.dep_ in {"ROOT", "ccomp", "conj"} and not any(c.dep_ == "mark" for c in cue.lefts)
    return cue.dep_ == "ROOT" or (cue.dep_ == "ccomp" and cue.head == outer.cue)


_ISSUED = frozenset({"statement", "letter", "message", "communique", "declaration", "note"})


def credit_nested(units: list[Unit]) -> list[Unit]:
    """What somebody is said to have said inside an outlet's report is reported by that outlet."""
    for outer in units:
        if outer.speaker.actor.kind != "media" and outer.reporter is None:
            continue
        for inner in units:
            if (
                inner is outer
                or inner.sentence_no != outer.sentence_no
                or inner.cue is None
                or inner.reporter is not None
            ):
                continue
            if any(s <= inner.cue.idx < e for s, e in outer.pieces) and inner.speaker.actor.kind != "media":
                inner.reporter = outer.reporter or outer.speaker.actor
    return units


def without_nested(units: list[Unit], speech: Speech) -> list[Unit]:
    """Leave out what others say inside somebody's own words, unless a clause says it."""
    kept = []
    for unit in units:
        cue = unit.cue
        outer = [
            other
            for other in units
            if cue is not None
            and other is not unit
            and other.sentence_no == unit.sentence_no
            and other.speaker.key != unit.speaker.key
            and other.cue != cue
            and any(s <= cue.idx < e for s, e in other.pieces)
        ]
        if outer and not _may_nest(unit, speech) and not all(_framed(unit, o) for o in outer):
            continue
        kept.append(unit)
    return kept


def _framed(unit: Unit, outer: Unit) -> bool:
    """Whether a whole sentence of saying stands in another's report ("X offered to mediate, Y said")."""
    acts = unit.rule in _ACTS or (unit.rule == "object" and unit.lemma in _OFFERS)
    return acts and outer.rule in _FRAMES and _heads(unit, outer)


_FRAMES = frozenset({"parenthetical", "according_to", "as_clause", "inserted"})


def _may_nest(unit: Unit, speech: Speech) -> bool:
    """Whether what is told inside another's words is a saying of its own, and not his account of a stance."""
    if unit.rule in {"according_to", "quoted_as_saying"}:
        return True
    plain = unit.lemma in speech.framing_verbs and unit.cue is not None and unit.cue.dep_ != "relcl"
    return plain and unit.rule in {
        "clause",
        "inserted",
        "parenthetical",
        "closing_quotation",
        "quotation_right",
    }


def merge_units(units: Iterable[Unit]) -> list[Unit]:
    """One unit per sentence and speaker."""
    merged: dict[tuple[int, str], Unit] = {}
    for unit in units:
        key = (unit.sentence_no, unit.speaker.key)
        first = merged.get(key)
        if first is None:
            merged[key] = unit
        else:
            first.pieces.extend(unit.pieces)
            first.segments.extend(unit.segments)
            first.addressee = first.addressee or unit.addressee
            first.reporter = first.reporter or unit.reporter
    return list(merged.values())


def inside(attribution: Attribution, own: Sequence[Unit], line: Line) -> bool:
    """Whether the cue stands in what another speaker of its sentence is already known to say."""
    sentence_no = line.sentence_no(attribution.cue.i)
    return any(
        u.sentence_no == sentence_no
        and u.cue != attribution.cue
        and any(s <= attribution.cue.idx < e for s, e in u.pieces)
        for u in own
    )


def takes_up_source(unit: Unit) -> bool:
    """Whether an unnamed speaker's words point back to a source ("its source", "the official")."""
    if unit.speaker.start is None or unit.speaker.end is None:
        return True
    words = unit.line.text[unit.speaker.start : unit.speaker.end].lower().split()
    return words[0] in {"the", "its", "their", "his", "her", "he", "she", "they"} or "source" in words[-1]


def share_circumstances(units: Sequence[Unit], lines: int) -> None:
    """Let what one line tells of a speaker's occasion hold for his lines next to it, up to ``lines`` away."""
    by_speaker: dict[str, list[Unit]] = {}
    for unit in units:
        by_speaker.setdefault(unit.speaker.key, []).append(unit)
    for own in by_speaker.values():
        for order in (own, own[::-1]):
            for before, unit in pairwise(order):
                near = abs(unit.line_no - before.line_no) <= lines
                if before.line_no < unit.line_no and _opens_news(unit):
                    continue
                if unit.reporter is not None and unit.reporter != before.reporter:
                    continue  # what another outlet passes on was said elsewhere
                if near and before.found is not None and unit.found is not None:
                    back = before.line_no > unit.line_no
                    unit.found.take(_recent(before.found, unit.found) if back else before.found)


_NEWS_DAYS = 3


def _recent(later: Circumstances, own: Circumstances) -> Circumstances:
    """What a later line tells of the occasion, without its day if that was long before what is reported.

    "Oslo said on July 24 it had left the talks" dates nothing that stands above it in a report of September.
    """
    if later.days is None or own.days is None:
        return later
    old = later.days.last < own.days.first - dt.timedelta(days=_NEWS_DAYS)
    return replace(later, days=own.days, date_text=None, basis=own.basis) if old else later


def _opens_news(unit: Unit) -> bool:
    """Whether a line tells something new of somebody named: "Roe has said", on no day told before."""
    if unit.cue is None or unit.cue.tag_ != "VBN" or unit.speaker.via not in {"name", "surname"}:
        return False
    return any(c.dep_ == "aux" and c.lower_ in {"has", "have"} for c in unit.cue.lefts)
