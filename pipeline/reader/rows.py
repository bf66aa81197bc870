"""From what the reader found to rows: place, day, who says so; and how rows of rules and reader join."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.ids import digest_id
from pipeline.model import Block, IssuePosition, Page, Statement
from pipeline.reader.answer import Reading
from pipeline.reader.config import ReaderSettings
from pipeline.reader.questions import Question


def rows_of(
    readings: Iterable[Reading],
    question: Question,
    page: Page,
    statements: Sequence[Statement],
    settings: ReaderSettings,
) -> list[IssuePosition]:
    """Positions of one line, in the answer's order; `statements` are those of the page."""
    block = next(b for b in page.blocks if b.block_no == question.block_no)
    actors = {actor.name: actor for actor in question.actors}
    days = page.report_range(block)
    found = []
    for reading in readings:
        actor = actors[reading.actor]
        start, end = block.char_start + reading.start, block.char_start + reading.end
        statement = _covering(block, statements, start)
        as_of = (days.first, days.last) if days is not None else (None, None)
        if statement is not None and statement.stated_from is not None and statement.stated_to is not None:
            as_of = (statement.stated_from, statement.stated_to)
        own = statement is not None and actor.name == statement.speaker_name
        document_id = page.document.document_id
        found.append(
            IssuePosition(
                position_id=digest_id(
                    "pos", document_id, start, end, actor.name, reading.issue_id, settings.rule
                ),
                document_id=document_id,
                block_id=block.block_id,
                actor_entity_id=actor.entity_id,
                actor_name=actor.name,
                party=actor.party,
                issue_id=reading.issue_id,
                stance=reading.stance,
                condition=reading.condition,
                basis="own" if own else "reported",
                evidence=page.document.text[start:end],
                char_start=start,
                char_end=end,
                as_of_from=as_of[0],
                as_of_to=as_of[1],
                statement_id=statement.statement_id if statement is not None else None,
                reported_by=statement.reported_by if statement is not None else None,
                confidence=settings.confidence,
                rule=settings.rule,
            )
        )
    return found


def _covering(block: Block, statements: Sequence[Statement], start: int) -> Statement | None:
    """The statement of the line whose content holds the offset; the innermost of several."""
    around = [
        s for s in statements if s.block_id == block.block_id and s.content_start <= start < s.content_end
    ]
    return max(around, key=lambda s: s.content_start, default=None)


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows of rules and reader together, and rules' rows that another row stands in place of, with why."""

    rows: tuple[IssuePosition, ...]
    replaced: tuple[tuple[IssuePosition, str], ...]


def join(
    ruled: Sequence[IssuePosition],
    read: Sequence[IssuePosition],
    answered: Collection[str],
    *,
    instead: bool,
) -> Joined:
    """One row for a line, actor and issue.

    Where both have one and agree, the rule's stays; where the stances differ, the reader's, which has seen
    the whole line. `instead`: in the lines `answered` (block ids) no rule's row stays. Order: rules' rows,
    then the reader's.
    """
    by_place = {place: row for row in read for place in _places(row)}
    agreed: set[str] = set()
    kept: list[IssuePosition] = []
    replaced: list[tuple[IssuePosition, str]] = []
    for row in ruled:
        other = next((by_place[place] for place in _places(row) if place in by_place), None)
        if instead and row.block_id in answered:
            found = "no such position" if other is None else other.stance
            replaced.append((row, f"the rule has {row.stance}, the reader {found}"))
        elif other is None:
            kept.append(row)
        elif other.stance == row.stance:
            kept.append(row)
            agreed.add(other.position_id)
        else:
            replaced.append((row, f"the rule has {row.stance}, the reader {other.stance}"))
    return Joined((*kept, *(row for row in read if row.position_id not in agreed)), tuple(replaced))


def _places(row: IssuePosition) -> tuple[tuple[str, str, str, str], ...]:
    """What tells a line's actor and issue: by entity, and by name for holders that are not resolved."""
    by_name = (row.block_id, "name", row.actor_name, row.issue_id)
    if row.actor_entity_id is None:
        return (by_name,)
    return ((row.block_id, "entity", row.actor_entity_id, row.issue_id), by_name)
