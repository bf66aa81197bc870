"""The corpus steps: what needs all documents, over what each of them yields by itself.

Entities are counted, mentions of meetings merged, and keys between tables made whole. Nothing here depends
on the order in which documents were read, or on who read them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline.codec import mentions_of
from pipeline.communications import communications, with_communications
from pipeline.errors import ParleyError
from pipeline.extract.meetings import merge_meetings
from pipeline.extraction import Extraction
from pipeline.guard import Guard
from pipeline.merging import TABLES, guarded, merged_frames
from pipeline.model import Entity, IssuePosition, Links, Page, SetAsideRow, Statement
from pipeline.reader.config import ReaderSettings
from pipeline.resolve.entities import entities_of
from pipeline.tables import frame, order, polars_schema, rows
from pipeline.yields import Attempts, pack_keys

GATHERED = (
    "entities",
    "entity_mentions",
    "statements",
    "meetings",
    "meeting_participants",
    "meeting_mentions",
    "issue_positions",
    "set_aside_rows",
)
"""Tables that extraction makes."""


@dataclass(frozen=True, slots=True)
class CorpusRows:
    """What needs all documents.

    Attributes:
        entities: one for each actor.
        merged: rows of the tables that merging makes, by table.
        set_aside: rows of `set_aside_rows` of both.
    """

    entities: tuple[Entity, ...]
    merged: Mapping[str, pl.DataFrame]
    set_aside: pl.DataFrame

    @property
    def entity_ids(self) -> frozenset[str]:
        """Keys of the entities that have a row."""
        return frozenset(entity.entity_id for entity in self.entities)


def corpus_rows(extraction: Extraction) -> CorpusRows:
    """Count entities and merge meetings over all documents.

    Raises:
        ParleyError: code ``step_failed`` if a step failed on every document of several: it is broken itself.
    """
    attempts = Attempts()
    told = extraction.told()
    for failed in told.failed:
        attempts.add(failed)
    if (broken := attempts.broken()) is not None:
        step, error = broken
        raise ParleyError("step_failed", f"{step} failed on every document, the last time with: {error}")
    guard = Guard("linking")
    entities = guard.keep("entities", entities_of(told.entities), pack_keys(extraction.pack))
    ids = {entity.entity_id for entity in entities}
    merged = merge(extraction, told.mentions)
    met = _known_keys(merged["meeting_participants"], "entity_id", ids)
    aside = pl.concat([frame("set_aside_rows", guard.set_aside()), merged["set_aside_rows"]])
    return CorpusRows(tuple(entities), {**merged, "meeting_participants": met}, aside)


def merge(extraction: Extraction, mentions: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """Merge mentions of meetings over all pages; what is wrong is taken out, and told of."""
    merged = merged_frames(
        mentions, extraction.documents, extraction.pack, extraction.recalled, extraction.fingerprint
    )
    if merged is not None:
        return merged
    own = mentions_of(mentions)
    pages = bare_pages(extraction.documents, {mention.document_id for mention in own})
    guard = Guard("merging")
    whole = merge_meetings(own, pages, extraction.pack, guard)
    kept, set_aside = guarded(whole, pack_keys(extraction.pack), guard)
    return {name: frame(name, found) for name, found in (*kept.items(), ("set_aside_rows", set_aside))}


def bare_pages(documents: pl.DataFrame, names: Collection[str]) -> list[Page]:
    """The documents named, without their texts, lines and parses: what merging reads of a page."""
    wanted = documents.filter(pl.col("document_id").is_in(list(names))).with_columns(text=pl.lit(""))
    return [
        Page(each, (), {}) for each in rows("documents", wanted.select(polars_schema("documents").names()))
    ]


def gathered(
    extraction: Extraction,
    reader: ReaderSettings | None = None,
    told: dict[str, Any] | None = None,
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Frames of all tables in `GATHERED`: name and rows, the parts of one table in the contract's order.

    Every table comes at least once. What is large comes in parts, so that it need not lie in memory whole.

    Args:
        extraction: with all documents read.
        reader: a language model that is asked about positions, too.
        told: filled with what the reader was asked and answered.
    """
    corpus = corpus_rows(extraction)
    yield "entities", frame("entities", corpus.entities)
    for name in TABLES:
        yield name, order(name, corpus.merged[name])
    ids = corpus.entity_ids
    aside = [corpus.set_aside]
    kept: dict[str, list[pl.DataFrame]] = {"statements": [], "issue_positions": []}
    for name in ("entity_mentions", "statements", "issue_positions"):
        yield name, frame(name, ())
    named = communications(
        (_known_repeats(each, ids) for each in extraction.statements()),
        extraction.documents,
        extraction.recalled,
    )
    for chunk in extraction.frames():
        mentions, orphans = _known_mentions(chunk["entity_mentions"], ids)
        aside += [chunk["set_aside_rows"], orphans]
        yield "entity_mentions", mentions
        statements = with_communications(_known_repeats(chunk["statements"], ids), named)
        yield "statements", statements
        positions = _known_keys(chunk["issue_positions"], "actor_entity_id", ids)
        if reader is None:
            yield "issue_positions", positions
        else:
            kept["statements"].append(statements)
            kept["issue_positions"].append(positions)
    if reader is not None:
        found, set_aside, metadata = ask_reader(extraction, kept, ids, reader)
        yield "issue_positions", frame("issue_positions", found)
        aside.append(frame("set_aside_rows", set_aside))
        if told is not None:
            told.update(metadata)
    yield "set_aside_rows", order("set_aside_rows", pl.concat(aside))


def _known_mentions(mentions: pl.DataFrame, ids: Collection[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The mentions of entities that have a row, and what the others leave in `set_aside_rows`."""
    has_row = mentions["entity_id"].is_in(pl.Series(list(ids), dtype=pl.String).implode())
    guard = Guard("linking")
    if not has_row.all():
        guard.keep("entity_mentions", rows("entity_mentions", mentions.filter(~has_row)), {"entities": ids})
    return mentions.filter(has_row), frame("set_aside_rows", guard.set_aside())


def _known_keys(found: pl.DataFrame, column: str, ids: Collection[str]) -> pl.DataFrame:
    """An actor without a row in `entities` counts as unresolved.

    An extractor may read a speaker off the structure of a line ("the outlet") that linking did not take for
    a mention of anybody.
    """
    has_row = pl.col(column).is_in(pl.Series(list(ids), dtype=pl.String).implode())
    return found.with_columns(pl.when(has_row).then(pl.col(column)).alias(column))


def _known_repeats(statements: pl.DataFrame, ids: Collection[str]) -> pl.DataFrame:
    """Statements whose speakers have a row or are unresolved, and whose first tellings were kept."""
    known = _known_keys(statements, "speaker_entity_id", ids)
    kept = _known_keys(known, "repeats_statement_id", known["statement_id"])
    return kept.with_columns(communication_id=pl.coalesce("repeats_statement_id", "statement_id"))


def ask_reader(
    extraction: Extraction,
    kept: Mapping[str, Sequence[pl.DataFrame]],
    entity_ids: Collection[str],
    reader: ReaderSettings,
) -> tuple[tuple[IssuePosition, ...], tuple[SetAsideRow, ...], dict[str, Any]]:
    """Join the positions of the rules with those of the reader; also what it refused, and its report."""
    from pipeline.reader.reading import metadata, read_pages

    statements: list[Statement] = []
    positions: list[IssuePosition] = []
    if kept["statements"]:
        statements = rows("statements", pl.concat(kept["statements"]))
        positions = rows("issue_positions", pl.concat(kept["issue_positions"]))
    links: dict[str, Links] = {}

    def pages() -> Iterator[Page]:
        for page, own in extraction.pages():
            links.clear()  # of one page at a time: a corpus may be large
            links[page.document.document_id] = own
            yield page

    read = read_pages(
        pages(), links, statements, positions, entity_ids, extraction.pack, reader, pack_keys(extraction.pack)
    )
    return read.positions, read.set_aside, metadata(read.report)
