"""Who speaks where: the statement whose content covers a character of the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pipeline.model import Statement


class SpeakerIndex:
    """Which statement's content covers a character of the page, in logarithmic time."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._ordered = sorted(statements, key=lambda s: (s.content_start, -s.content_end))
        self._starts = [s.content_start for s in self._ordered]
        # Contents nest two or three deep at most; the furthest end so far bounds the look back.
        self._reach: list[int] = []
        reach = 0
        for statement in self._ordered:
            reach = max(reach, statement.content_end)
            self._reach.append(reach)

    def covering(self, position: int) -> list[Statement]:
        """The innermost statements whose content holds the character at `position`.

        Several have the same content if several people are told to have said it.
        """
        i = bisect_right(self._starts, position) - 1
        best: list[Statement] = []
        while i >= 0 and self._reach[i] > position:
            statement = self._ordered[i]
            if statement.content_end > position:
                length = statement.content_end - statement.content_start
                shortest = best[0].content_end - best[0].content_start if best else None
                if shortest is None or length < shortest:
                    best = [statement]
                elif length == shortest:
                    best.append(statement)
            i -= 1
        return best
