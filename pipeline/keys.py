"""Foreign keys between what different extractors produce: kept whole, or left empty as unresolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from pipeline.model import IssuePosition, MeetingParticipant, Statement


def known_speakers(statements: Iterable[Statement], entity_ids: Collection[str]) -> list[Statement]:
    """The statements, in order; a speaker without a row in `entities` counts as unresolved.

    An extractor may read a speaker off the structure of a line ("the outlet") that linking did not
    take for a mention of anybody.
    """
    return [
        s
        if s.speaker_entity_id is None or s.speaker_entity_id in entity_ids
        else replace(s, speaker_entity_id=None)
        for s in statements
    ]


def known_participants(
    participants: Iterable[MeetingParticipant], entity_ids: Collection[str]
) -> list[MeetingParticipant]:
    """The participants, in order; one without a row in `entities` counts as unresolved."""
    return [
        p if p.entity_id is None or p.entity_id in entity_ids else replace(p, entity_id=None)
        for p in participants
    ]


def known_holders(positions: Iterable[IssuePosition], entity_ids: Collection[str]) -> list[IssuePosition]:
    """The positions, in order; a holder without a row in `entities` counts as unresolved."""
    return [
        p
        if p.actor_entity_id is None or p.actor_entity_id in entity_ids
        else replace(p, actor_entity_id=None)
        for p in positions
    ]
