"""One row of any table: its columns with their meaning, its words, and the rows that it is linked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from dashboard.context import Context, in_context
from dashboard.corpus import Corpus
from pipeline.contract import TABLES, table
from pipeline.contract.ddl import describe_column

SHOWN: Final = tuple(t.name for t in TABLES if len(t.primary_key) == 1)
"""Tables whose rows can be opened: those with a key of one column."""

LINKED: Final[Mapping[str, tuple[str, str]]] = {
    "document_id": ("documents", "document_id"),
    "duplicate_of": ("documents", "document_id"),
    "statement_id": ("statements", "statement_id"),
    "meeting_id": ("meetings", "meeting_id"),
    "entity_id": ("entities", "entity_id"),
    "speaker_entity_id": ("entities", "entity_id"),
    "actor_entity_id": ("entities", "entity_id"),
    "issue_id": ("issues", "issue_id"),
    "block_id": ("blocks", "block_id"),
}
"""Columns that hold the key of another row."""

WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "statements": ("content", "content_start", "content_end"),
    "meeting_mentions": ("evidence", "char_start", "char_end"),
    "issue_positions": ("evidence", "char_start", "char_end"),
    "entity_mentions": ("surface", "char_start", "char_end"),
}
"""Tables whose rows repeat words of a document: the column of the words and of their offsets."""

OF_DOCUMENT: Final = ("statements", "issue_positions", "meeting_mentions")


@dataclass(frozen=True, slots=True)
class Value:
    """A column of the row: its value in words, its meaning, and the row (table, key) that it leads to."""

    name: str
    text: str
    meaning: str
    leads_to: tuple[str, str] | None


def find(corpus: Corpus, name: str, key: str) -> dict[str, Any] | None:
    """The row with that key, or None if the table is none that is shown or has no such row."""
    if name not in SHOWN:
        return None
    found = corpus.table(name).filter(pl.col(table(name).primary_key[0]) == key)
    return found.row(0, named=True) if found.height else None


def values(name: str, row: Mapping[str, Any]) -> list[Value]:
    """The row's columns in the table's order; what is null or empty is said to be so, texts are left out."""
    declared = table(name)
    own_key = declared.primary_key[0]
    listed = []
    for column in declared.columns:
        if column.private:
            continue
        value = row[column.name]
        leads = LINKED.get(column.name) if column.name != own_key and value is not None else None
        listed.append(
            Value(
                column.name, _words(value), describe_column(column), (leads[0], str(value)) if leads else None
            )
        )
    return listed


def words(corpus: Corpus, name: str, row: Mapping[str, Any]) -> Context | None:
    """The row's words in context; None for tables whose rows repeat none."""
    if name not in WORDS:
        return None
    column, start, end = WORDS[name]
    return in_context(
        corpus,
        row["document_id"],
        row[start],
        row[end],
        row[column],
        row.get("statement_id") if name != "statements" else None,
    )


def counts(corpus: Corpus, document_id: str) -> dict[str, int]:
    """How many rows of each extracted table were read from a document."""
    return {
        name: corpus.table(name).filter(pl.col("document_id") == document_id).height for name in OF_DOCUMENT
    }


def _words(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return "; ".join(str(v) for v in value) or "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
