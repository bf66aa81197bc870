"""The whole pipeline as one function, for notebooks, scoring and tests: settings in, tables out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.domain import DomainPack, load_domain
from pipeline.extract.meetings import Merged
from pipeline.guard import Guard
from pipeline.ingest import ingest
from pipeline.model import (
    Block,
    Document,
    Entity,
    EntityMention,
    IssuePosition,
    Links,
    Page,
    Quarantined,
    SetAsideRow,
    Statement,
)
from pipeline.nlp import load_model
from pipeline.reader.config import ReaderSettings
from pipeline.settings import Settings
from pipeline.stages import blocks_by_document
from pipeline.steps import (
    EXTRACTORS,
    Extractors,
    ask_reader,
    clean_documents,
    link_pages,
    meet_pages,
    place_pages,
    state_pages,
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """Everything that the extractors read off a list of pages, and what was set aside on the way."""

    links: tuple[Links, ...]
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


def extract_pages(
    pages: Sequence[Page],
    pack: DomainPack,
    extractors: Extractors = EXTRACTORS,
    reader: ReaderSettings | None = None,
) -> Extracted:
    """Run entity linking and all extractors over parsed pages; meetings are merged over all of them."""
    linked = link_pages(pages, pack, extractors)
    links = {page.document.document_id: own for page, own in zip(pages, linked.links, strict=True)}
    ids = frozenset(entity.entity_id for entity in linked.entities)
    stated = state_pages(pages, links, ids, pack, extractors)
    met = meet_pages(pages, links, stated.statements, ids, pack, extractors)
    placed = place_pages(pages, links, stated.statements, ids, pack, extractors)
    placed = ask_reader(pages, links, stated.statements, placed, ids, pack, reader)
    return Extracted(
        links=linked.links,
        entities=linked.entities,
        entity_mentions=linked.entity_mentions,
        statements=stated.statements,
        meetings=met.merged,
        positions=placed.positions,
        set_aside=(*linked.set_aside, *stated.set_aside, *met.set_aside, *placed.set_aside),
    )


def run_corpus(settings: Settings, now: dt.datetime, extractors: Extractors = EXTRACTORS) -> Corpus:
    """Read, clean, parse and extract the documents under `settings.seeds`."""
    taken = ingest(settings, now)
    cleaned = clean_documents(taken.documents, settings, extractors)
    by_document = blocks_by_document(cleaned.blocks)
    nlp = load_model(settings.model)
    guard = Guard("parsing")
    pages = []
    for document in cleaned.documents:
        blocks = by_document[document.document_id]
        parses = guard.attempt(document.document_id, None, partial(extractors.parse, nlp, document, blocks))
        if parses is not None:
            pages.append(Page(document, blocks, parses))
    unparsed = guard.set_aside()
    extracted = extract_pages(pages, load_domain(settings), extractors, settings.reader)
    return Corpus(
        documents=cleaned.documents,
        blocks=cleaned.blocks,
        quarantine=taken.quarantine + cleaned.quarantine,
        extracted=replace(extracted, set_aside=(*unparsed, *extracted.set_aside)),
    )
