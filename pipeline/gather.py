"""The corpus steps: what needs all documents, over what each of them yields by itself.

Entities are counted, mentions of meetings merged, and keys between tables made whole. Nothing here depends
on the order in which documents were read, or on who read them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline.communications import communications, with_communications
from pipeline.domain import DomainPack
from pipeline.errors import ParleyError
from pipeline.extract.meetings import Merged, merge_meetings
from pipeline.extraction import Extraction
from pipeline.guard import Guard
from pipeline.keys import known_participants
from pipeline.model import Entity, IssuePosition, Links, MeetingMention, Page, SetAsideRow, Statement
from pipeline.reader.config import ReaderSettings
from pipeline.resolve.entities import entities_of
from pipeline.tables import frame, order, rows
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
    """What needs all documents: entities, meetings, and what was set aside on the way."""

    entities: tuple[Entity, ...]
    merged: Merged
    set_aside: tuple[SetAsideRow, ...]

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
    pages = bare_pages(extraction.documents, {mention.document_id for mention in told.mentions})
    merged, set_aside = merge(told.mentions, pages, ids, extraction.pack)
    return CorpusRows(tuple(entities), merged, (*guard.set_aside(), *set_aside))


def bare_pages(documents: pl.DataFrame, names: Collection[str]) -> list[Page]:
    """The documents named, without their texts, lines and parses: what merging reads of a page."""
    wanted = documents.filter(pl.col("document_id").is_in(list(names))).with_columns(text=pl.lit(""))
    return [Page(document, (), {}) for document in rows("documents", wanted)]


def merge(
    mentions: Sequence[MeetingMention], pages: Sequence[Page], entity_ids: Collection[str], pack: DomainPack
) -> tuple[Merged, tuple[SetAsideRow, ...]]:
    """Merge mentions of meetings over all pages, under guard."""
    guard = Guard("merging")
    known = pack_keys(pack)
    merged = merge_meetings(mentions, pages, pack, guard)
    meetings = guard.keep("meetings", merged.meetings, known)
    ids = {"meetings": {meeting.meeting_id for meeting in meetings}}
    told = guard.keep("meeting_mentions", merged.mentions, known | ids)
    met = known_participants(merged.participants, entity_ids)
    people = guard.keep("meeting_participants", met, known | ids)
    return Merged(tuple(told), tuple(meetings), tuple(people)), guard.set_aside()


def gathered(
    extraction: Extraction,
    reader: ReaderSettings | None = None,
    told: dict[str, Any] | None = None,
    corpus: CorpusRows | None = None,
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Frames of all tables in `GATHERED`: name and rows, the parts of one table in the contract's order.

    Every table comes at least once. What is large comes in parts, so that it need not lie in memory whole.

    Args:
        extraction: with all documents read.
        reader: a language model that is asked about positions, too.
        told: filled with what the reader was asked and answered.
        corpus: what `corpus_rows` gave, if it was asked before.
    """
    corpus = corpus_rows(extraction) if corpus is None else corpus
    yield "entities", frame("entities", corpus.entities)
    yield "meetings", frame("meetings", corpus.merged.meetings)
    yield "meeting_participants", frame("meeting_participants", corpus.merged.participants)
    yield "meeting_mentions", frame("meeting_mentions", corpus.merged.mentions)
    ids = corpus.entity_ids
    aside = [frame("set_aside_rows", corpus.set_aside)]
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
