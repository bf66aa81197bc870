"""When, where, in what document and by whose report a unit was said; its authors are noted."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.statements.attributes import circumstances, told_in
from pipeline.extract.statements.cues import Speech
from pipeline.extract.statements.discourse import Speakers
from pipeline.extract.statements.lines import subtree_span
from pipeline.extract.statements.state import Discourse
from pipeline.extract.statements.state import together as join_actors
from pipeline.extract.statements.units import Unit, takes_up_source
from pipeline.model import Actor, Page

_CREDIT_LINES = 2
_TAKEN_UP = frozenset({"document", "pronoun", "description"})


def settle(
    unit: Unit, page: Page, speakers: Speakers, speech: Speech, state: Discourse, beside: Sequence[Unit]
) -> None:
    """Find date, channel and audience of a unit, as far as its own sentence gives them; credit its reporter.

    `beside` are the other units of its line, by whom a document may be together.
    """
    unit.pieces = [(_past_that(unit, s, e), e) for s, e in unit.pieces]
    stamp = unit.line.dateline
    unit.pieces = [(max(s, stamp), e) if s < stamp < e else (s, e) for s, e in unit.pieces]
    told = told_in(page, unit.line.block)
    found = circumstances(unit, told, speakers, state, speech, _framed(unit, beside))
    if unit.inherited is not None:
        found.take(unit.inherited)
    if unit.channel is not None:
        found.channel = unit.channel
    if found.channel in {None, "statement"} and _of_joint_document(unit, state):
        found.channel = "joint statement"
    unit.found = found
    _credit(unit, state, speech)
    if found.is_document:
        _authored(unit, state, beside)


def _framed(unit: Unit, beside: Sequence[Unit]) -> tuple[int, int] | None:
    """Characters of a unit's own clause, where it stands in or beside what another of its sentence says.

    "Roe tweeted that the Gazette had written", "told a briefing, commenting on a report by the Gazette that".
    """
    cue = unit.cue
    if cue is None:
        return None
    others = [
        u
        for u in beside
        if u.sentence_no == unit.sentence_no and u.speaker.key != unit.speaker.key and u.cue != cue
    ]
    held = next(((s, e) for u in others for s, e in u.pieces if s <= cue.idx < e), None)
    if held is None and others and unit.rule == "noun":
        return subtree_span(cue)
    return held


def _past_that(unit: Unit, start: int, end: int) -> int:
    """Where a clause begins without the "that" before it: "said on his page | that | the port is shut"."""
    line = unit.line
    if unit.rule not in _CLAUSES or line.text[start : start + 5].lower() != "that ":
        return start
    that = next((t for t in line.doc if t.idx == start), None)
    opens = that is not None and that.tag_ == "IN" and not line.quoted(that)
    return start + 5 if opens and start + 5 < end else start


_CLAUSES = frozenset({"clause", "loose_clause"})


def _of_joint_document(unit: Unit, state: Discourse) -> bool:
    """Whether a unit is of the joint document spoken of, or of the statement of several by name."""
    author = state.author(unit.line_no)
    same = author is not None and author.key == unit.speaker.key
    if state.document_joint and same and unit.speaker.via in _TAKEN_UP:
        return True
    actor = unit.speaker.actor
    stated = unit.found is None and same and unit.speaker.via == "document"
    return stated and actor.kind == "group" and " and " in actor.name


def _authored(unit: Unit, state: Discourse, beside: Sequence[Unit]) -> None:
    """Note who wrote the document that a unit is of: all who speak its sentence together."""
    speakers = sorted(
        (u.speaker for u in beside if u.cue is not None and u.cue == unit.cue),
        key=lambda s: s.start or 0,
    )
    people = [s.actor for s in speakers if s.actor.kind == "person"]
    bodies = [s.actor for s in speakers if s.actor.kind != "person"]
    authors: tuple[Actor, ...] = (unit.speaker.actor,)
    if len(people) > 1 and not bodies:
        authors = (join_actors(people),)
    elif len(bodies) > 1:
        authors = tuple(bodies)
    state.wrote(authors, unit.line_no)


def _credit(unit: Unit, state: Discourse, speech: Speech) -> None:
    """The outlet behind an unnamed source or a "reportedly", when it was named just before."""
    near = unit.line_no - state.credit_line <= _CREDIT_LINES
    generic = unit.addressee is not None and unit.addressee.lemma_.lower() in speech.audiences
    told = not generic and (
        unit.addressee is not None or (unit.found is not None and unit.found.told_to is not None)
    )
    if unit.reporter is None and near and not told:
        hedged = unit.cue is not None and any(
            c.lower_ in {"reportedly", "allegedly"} for c in unit.cue.children
        )
        taken_up = state.credit_line == unit.line_no or takes_up_source(unit)
        if hedged or (unit.speaker.actor.kind == "anonymous" and taken_up):
            unit.reporter = state.credit
    if unit.reporter is not None and unit.reporter.kind in {"media", "person"}:
        state.credit, state.credit_line = unit.reporter, unit.line_no
    elif unit.speaker.actor.kind == "media" or (
        unit.speaker.actor.kind == "person" and unit.lemma == "report"
    ):
        state.credit, state.credit_line = unit.speaker.actor, unit.line_no
    elif told and unit.speaker.actor.kind == "anonymous":
        state.credit = None  # "a diplomat told the Times": whom another outlet cited before is somebody else
