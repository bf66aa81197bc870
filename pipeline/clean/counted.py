"""Times that count back from when a page was read ("1 hr 12 min ago")."""

from __future__ import annotations

import re

from pipeline.clean.reference import Stamps
from pipeline.text import any_of


class CountBack:
    """Reads how far a line counts back, with the units and words of the reference data."""

    def __init__(self, stamps: Stamps) -> None:
        self._minutes = {name.casefold(): n for n, names in stamps.units_back.items() for name in names}
        units = any_of(self._minutes)
        one = rf"\d{{1,4}}\s*(?:{units})(?!\w)"
        counted = rf"(?<!\d){one}(?:(?:,|\s+and|\s+et|\s+und)?\s*{one})?"
        after, before = any_of(stamps.back_after), any_of(stamps.back_before)
        self._told = re.compile(rf"\b(?:{counted}\s+(?:{after})\b|(?:{before})\s+{counted})", re.I)
        self._part = re.compile(rf"(?<!\d)(\d{{1,4}})\s*({units})(?!\w)", re.I)

    def cut(self, text: str) -> tuple[str, int | None]:
        """`text` without what counts back, and how many minutes it does at first; None if it does not."""
        found = self._told.search(text)
        if found is None:
            return text, None
        parts = self._part.findall(found.group())
        return self._told.sub(" ", text), sum(int(n) * self._minutes[unit.casefold()] for n, unit in parts)
