"""Work to the end: what is lost on the way is tried again, in smaller shards and at last alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.work.model import Item, Lost, Shard, Workers

TRIES_ALONE: Final = 2
"""How often an item alone may be lost before it is given up: a worker may die of somebody else's doing."""


def settle(
    workers: Workers, task: str, common: bytes, shards: Iterable[Shard]
) -> Iterator[tuple[str, Item | Lost]]:
    """Every item's name with its result, or with how it was lost when it was tried alone for the last time.

    Names come in any order. A shard that is lost is halved; time that a single item has used up is not
    given to it again.
    """
    waiting = shards
    alone: dict[str, int] = {}
    while True:
        again: list[Shard] = []
        for outcome in workers.map(task, common, waiting):
            if not isinstance(outcome, Lost):
                yield from zip(outcome.shard.names, outcome.results, strict=True)
                continue
            shard = outcome.shard
            if len(shard.items) == 1:
                tries = alone[shard.names[0]] = alone.get(shard.names[0], 0) + 1
                if tries >= TRIES_ALONE:
                    yield shard.names[0], outcome
                    continue
            again += shard.again()
        if not again:
            return
        waiting = again
