"""How categories look: for each value a word, a glyph, a shape and a colour, so that colour is never alone.

Colours are those of Okabe and Ito, the light ones darkened until they stand out by 3 : 1 from white and
from the dark background alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
GREEN: Final = "#009E73"
ORANGE: Final = "#B87700"
PURPLE: Final = "#B65C91"
SKY: Final = "#3C8DBF"
GREY: Final = "#7A828C"

BACKGROUNDS: Final = ("#FFFFFF", "#10151C")
"""Light and dark background; also in the theme."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How one value looks; `shape` is a Vega-Lite point shape."""

    label: str
    glyph: str
    shape: str
    colour: str
    meaning: str


STANCES: Final[Mapping[str, Mark]] = {
    "support": Mark("For", "▲", "triangle-up", BLUE, "wants, accepts or demands it"),
    "oppose": Mark("Against", "▼", "triangle-down", VERMILLION, "rejects it, refuses it or warns against it"),
    "conditional": Mark("If", "◆", "diamond", ORANGE, "accepts it under a condition, or in part"),
    "open": Mark("Open", "○", "circle", GREY, "ready to discuss it, or undecided"),
}

STATUSES: Final[Mapping[str, Mark]] = {
    "proposed": Mark("Proposed", "◇", "circle", PURPLE, "wanted, offered or possible"),
    "scheduled": Mark("Scheduled", "◷", "square", BLUE, "arranged or expected"),
    "ongoing": Mark("Under way", "◐", "triangle-right", ORANGE, "is taking place"),
    "held": Mark("Held", "●", "diamond", GREEN, "has taken place"),
    "cancelled": Mark("Called off", "✕", "cross", VERMILLION, "called off, postponed or put on hold"),
    "ruled_out": Mark("Ruled out", "⊘", "triangle-down", GREY, "refused, or said not to be planned"),
}

OUTCOMES: Final[Mapping[str, Mark]] = {
    "passed": Mark("Passed", "✓", "circle", GREEN, "the data met the expectation"),
    "warned": Mark("Warned", "!", "triangle-up", ORANGE, "not met; nothing was stopped"),
    "failed": Mark("Failed", "✕", "cross", VERMILLION, "not met; what depends on it was stopped"),
}

FORMS: Final[Mapping[str, str]] = {"direct": "quoted", "indirect": "paraphrase", "mixed": "partly quoted"}

BASES: Final[Mapping[str, str]] = {"own": "own words", "reported": "reported"}


def mark(marks: Mapping[str, Mark], value: str) -> Mark:
    """The look of a value; one that this version does not know is shown by its own name."""
    return marks.get(value) or Mark(value, "?", "circle", GREY, "not known to this version of the dashboard")


def contrast(first: str, second: str) -> float:
    """Contrast of two colours `#rrggbb` as WCAG defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
