"""The whole pipeline as one function, for notebooks, scoring and tests: settings in, tables out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.clean import clean_corpus
from pipeline.domain import DomainPack, load_domain
from pipeline.extract.meetings import Merged, extract_meeting_mentions, merge_meetings
from pipeline.extract.positions import extract_positions, with_issues
from pipeline.extract.statements import extract_statements
from pipeline.ingest import ingest
from pipeline.model import (
    Block,
    Document,
    Entity,
    EntityMention,
    IssuePosition,
    Links,
    MeetingMention,
    Page,
    Quarantined,
    Statement,
)
from pipeline.nlp import load_model, parse_blocks
from pipeline.resolve import entity_rows, link
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Extracted:
    """Everything that the extractors read off a list of pages."""

    links: tuple[Links, ...]
    entities: tuple[Entity, ...]
    entity_mentions: tuple[EntityMention, ...]
    statements: tuple[Statement, ...]
    meetings: Merged
    positions: tuple[IssuePosition, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents, what was set aside, and what was extracted."""

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
        }


def extract_pages(pages: list[Page], pack: DomainPack) -> Extracted:
    """Run entity linking and all extractors over parsed pages; meetings are merged over all of them."""
    links: list[Links] = []
    statements: list[Statement] = []
    mentions: list[MeetingMention] = []
    positions: list[IssuePosition] = []
    for page in pages:
        linked = link(page, pack)
        said = with_issues(extract_statements(page, linked, pack), [page], pack)
        links.append(linked)
        statements.extend(said)
        mentions.extend(extract_meeting_mentions(page, linked, said, pack))
        positions.extend(extract_positions(page, linked, said, pack))
    entities, entity_mentions = entity_rows(links)
    return Extracted(
        links=tuple(links),
        entities=tuple(entities),
        entity_mentions=tuple(entity_mentions),
        statements=tuple(statements),
        meetings=merge_meetings(mentions, pages, pack),
        positions=tuple(positions),
    )


def run_corpus(settings: Settings, now: dt.datetime) -> Corpus:
    """Read, clean, parse and extract the documents under `settings.seeds`."""
    taken = ingest(settings, now)
    cleaned = clean_corpus(taken.documents, settings)
    by_document: dict[str, list[Block]] = {}
    for block in cleaned.blocks:
        by_document.setdefault(block.document_id, []).append(block)
    nlp = load_model(settings.model)
    pages = []
    for document in cleaned.documents:
        blocks = tuple(by_document[document.document_id])
        pages.append(Page(document, blocks, parse_blocks(nlp, document, blocks)))
    return Corpus(
        documents=cleaned.documents,
        blocks=cleaned.blocks,
        quarantine=taken.quarantine + cleaned.quarantine,
        extracted=extract_pages(pages, load_domain(settings)),
    )
