"""Who a page is about: the two sides that its meetings are between, for references that name nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from pipeline.extract.meetings.participants import Side

_MAX_SIDES = 6  # sides of one meeting that are paired: a summit of thirty says nothing of a pair
_FEED_SHARE = 0.6  # of a feed's two-sided mentions that must be between the pair
_FEED_MENTIONS = 3


def topic_pair(meetings: Iterable[Sequence[Side]], *, feed: bool) -> list[Side]:
    """The pair of sides between which most of a page's meetings are; empty if no pair stands out.

    Args:
        meetings: the sides of each mention that names two or more.
        feed: a feed tells of many things; its pair must stand out by far.
    """
    pairs: Counter[tuple[Side, Side]] = Counter()
    total = 0
    for sides in meetings:
        acting = sorted({_acting(s) for s in sides}, key=lambda s: s.key)
        if not 2 <= len(acting) <= _MAX_SIDES:
            continue
        total += 1
        pairs.update(combinations(acting, 2))
    if not pairs:
        return []
    best, count = min(pairs.items(), key=lambda item: (-item[1], item[0][0].key, item[0][1].key))
    rivals = [p for p, n in pairs.items() if n == count and p != best]
    if feed and (count < _FEED_MENTIONS or count < _FEED_SHARE * total):
        return []
    return [] if rivals or 2 * count < total else list(best)


def _acting(side: Side) -> Side:
    """The delegation of the side's party; those who are no state's stand for themselves."""
    return Side(side.name, None, side.actor) if side.party is None else Side(None, side.party, None)
