"""The whole pipeline as one function, for notebooks, scoring and tests: settings in, tables out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.domain import DomainPack
from pipeline.extract.meetings import Merged
from pipeline.extraction import Extraction
from pipeline.gather import gathered
from pipeline.ingest import ingest
from pipeline.model import (
    Block,
    Document,
    Entity,
    EntityMention,
    IssuePosition,
    Page,
    Quarantined,
    SetAsideRow,
    Statement,
)
from pipeline.settings import Settings
from pipeline.steps import EXTRACTORS, Extractors, clean_documents
from pipeline.store import Store
from pipeline.tables import frame, rows

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Extracted:
    """Everything that was read off the documents, and what was set aside on the way."""

    entities: tuple[Entity, ...]
    entity_mentions: tuple[EntityMention, ...]
    statements: tuple[Statement, ...]
    meetings: Merged
    positions: tuple[IssuePosition, ...]
    set_aside: tuple[SetAsideRow, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents, what was refused, and what was extracted."""

    documents: tuple[Document, ...]
    blocks: tuple[Block, ...]
    quarantine: tuple[Quarantined, ...]
    extracted: Extracted

    def rows(self) -> Mapping[str, tuple[object, ...]]:
        """Rows by table name of the contract, for `pipeline.tables.frame`."""
        found = self.extracted
        return {
            "documents": self.documents,
            "quarantine": self.quarantine,
            "blocks": self.blocks,
            "entities": found.entities,
            "entity_mentions": found.entity_mentions,
            "statements": found.statements,
            "meetings": tuple(found.meetings.meetings),
            "meeting_participants": tuple(found.meetings.participants),
            "meeting_mentions": tuple(found.meetings.mentions),
            "issue_positions": found.positions,
            "set_aside_rows": found.set_aside,
        }


def extract_documents(
    documents: pl.DataFrame,
    blocks: pl.DataFrame,
    settings: Settings,
    extractors: Extractors = EXTRACTORS,
    pack: DomainPack | None = None,
    store: Store | None = None,
) -> Extracted:
    """Read everything off cleaned documents.

    Args:
        documents: rows of `documents`, `blocks` those of `blocks`.
        settings: model, pack, reference data, workers and limits.
        extractors: what reads pages.
        pack: in the place of the one that the settings name.
        store: results of earlier runs; nothing is kept without one.
    """
    with Store(None) if store is None else store as kept:
        extraction = Extraction(documents, blocks, settings, kept, extractors.of_pages(), pack)
        extraction.make_sure()
        parts: dict[str, list[pl.DataFrame]] = {}
        for name, part in gathered(extraction, settings.reader):
            parts.setdefault(name, []).append(part)
    found: dict[str, list[Any]] = {name: rows(name, pl.concat(own)) for name, own in parts.items()}
    return Extracted(
        entities=tuple(found["entities"]),
        entity_mentions=tuple(found["entity_mentions"]),
        statements=tuple(found["statements"]),
        meetings=Merged(
            mentions=tuple(found["meeting_mentions"]),
            meetings=tuple(found["meetings"]),
            participants=tuple(found["meeting_participants"]),
        ),
        positions=tuple(found["issue_positions"]),
        set_aside=tuple(found["set_aside_rows"]),
    )


def extract_pages(pages: Sequence[Page], pack: DomainPack, extractors: Extractors = EXTRACTORS) -> Extracted:
    """Read everything off pages that are parsed already."""
    parses = {page.document.document_id: page.parses for page in pages}

    def parsed(_nlp: object, document: Document, _blocks: object) -> dict[int, Doc]:
        return dict(parses[document.document_id])

    return extract_documents(
        frame("documents", [page.document for page in pages]),
        frame("blocks", [block for page in pages for block in page.blocks]),
        Settings(),
        replace(extractors, parse=parsed),
        pack,
    )


def run_corpus(settings: Settings, now: dt.datetime, extractors: Extractors = EXTRACTORS) -> Corpus:
    """Read, clean, parse and extract the documents under `settings.seeds`; nothing is kept of it."""
    taken = ingest(settings, now)
    cleaned = clean_documents(taken.documents, settings, extractors)
    documents, blocks = frame("documents", cleaned.documents), frame("blocks", cleaned.blocks)
    return Corpus(
        documents=cleaned.documents,
        blocks=cleaned.blocks,
        quarantine=taken.quarantine + cleaned.quarantine,
        extracted=extract_documents(documents, blocks, settings, extractors),
    )
