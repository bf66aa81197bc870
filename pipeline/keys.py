"""Foreign keys between what different extractors produce: kept whole, or left empty as unresolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from pipeline.model import IssuePosition


def known_holders(positions: Iterable[IssuePosition], entity_ids: Collection[str]) -> list[IssuePosition]:
    """The positions, in order; a holder without a row in `entities` counts as unresolved."""
    return [
        p
        if p.actor_entity_id is None or p.actor_entity_id in entity_ids
        else replace(p, actor_entity_id=None)
        for p in positions
    ]
