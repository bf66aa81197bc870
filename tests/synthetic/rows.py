"""Marked text: a sentence whose words of interest stand between markers, and the rows that it holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

MARKS = {"⟦": "⟧", "⟪": "⟫", "⦃": "⦄"}
"""A first and a second statement's content, and the words that assert a meeting or a position."""


@dataclass(frozen=True, slots=True)
class Row:
    """A known row: its table, the marker of its words, its fields as annotations have them.

    `construction` names the template's kind. An `optional` row may be found or not: people would differ.
    """

    table: str
    mark: str
    construction: str
    fields: dict[str, Any]
    optional: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its rows; `relative` if it names days by "yesterday" and the like."""

    text: str
    rows: tuple[Row, ...] = ()
    relative: bool = False
    construction: str = "filler"


@dataclass(slots=True)
class Writing:
    """A line that grows by marked sentences."""

    construction: str
    parts: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    relative: bool = False

    def add(self, marked: str, *rows: Row) -> None:
        """Add a sentence; each row gets the words between its markers."""
        for row in rows:
            opened, closed = row.mark, MARKS[row.mark]
            words = marked[marked.index(opened) + 1 : marked.index(closed)]
            self.rows.append(replace(row, words=unmarked(words)))
        self.parts.append(unmarked(marked))

    def line(self) -> Line:
        """The finished line."""
        return Line(" ".join(self.parts), tuple(self.rows), self.relative, self.construction)


def unmarked(text: str) -> str:
    """The text without markers."""
    for opened, closed in MARKS.items():
        text = text.replace(opened, "").replace(closed, "")
    return text
