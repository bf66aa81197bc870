"""How precise extraction measured on annotated pages: the reviewed record that the tests hold, in words.

The figures are those of the code, not of the exports: they are read from the checkout that the dashboard runs
from, and said to be of another version where the exports name another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline import __version__
from pipeline.settings import PROJECT_ROOT

RECORD: Final = PROJECT_ROOT / "tests" / "gold" / "baseline.json"
UNSEEN: Final = ", scored"
"""How names of sets end whose errors nobody has read: what to expect on new pages."""

KINDS: Final[Mapping[str, str]] = {
    "statements": "statements",
    "meeting_mentions": "reports of meetings",
    "positions": "positions",
}


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest figure over the sets that were only scored, from 0 to 1."""

    low: float
    high: float

    def percent(self) -> str:
        """“79–92”, or “88” where both round to the same."""
        low, high = round(self.low * 100), round(self.high * 100)
        return str(low) if low == high else f"{low}–{high}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Precision (share of rows that are right) and recall (share of what is there that was found)."""

    rows: str
    precision: Range
    recall: Range


def measured(record: Path = RECORD) -> dict[str, Measured]:
    """Figures by kind of row; empty where the record is not at hand, as in an installation without tests."""
    if not record.is_file():
        return {}
    sets: Mapping[str, Mapping[str, Any]] = json.loads(record.read_text(encoding="utf-8"))
    found = {}
    for kind, rows in KINDS.items():
        ranges = [_range(sets, f"{kind} {letter}") for letter in "PR"]
        if ranges[0] is not None and ranges[1] is not None:
            found[kind] = Measured(rows, ranges[0], ranges[1])
    return found


def _range(sets: Mapping[str, Mapping[str, Any]], figure: str) -> Range | None:
    unseen = [figures for name, figures in sets.items() if name.endswith(UNSEEN)]
    values = [figures[figure] for figures in unseen if figures.get(figure) is not None]
    return Range(min(values), max(values)) if values else None


def version_note(manifest: Mapping[str, Any]) -> str | None:
    """A sentence if the exports were made by another version than the figures are of; else None."""
    code = manifest.get("code")
    made_by = code.get("version") if isinstance(code, Mapping) else None
    if made_by == __version__:
        return None
    return (
        f"Measured with version {__version__}; these exports were made by {made_by or 'an unnamed version'}."
    )
