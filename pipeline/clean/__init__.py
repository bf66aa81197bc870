"""Cleaning: every line of a page gets a kind, the page's metadata are found, dates and entries assigned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clean.classify import judge
from pipeline.clean.decide import decide_lines
from pipeline.clean.lines import split_lines
from pipeline.clean.reference import Knowledge, load_knowledge
from pipeline.errors import Reason
from pipeline.ids import digest_id
from pipeline.ingest import RawDocument
from pipeline.model import Block, Document, Quarantined
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Accepted documents, all their blocks in order of document and line, and what was set aside."""

    documents: tuple[Document, ...]
    blocks: tuple[Block, ...]
    quarantine: tuple[Quarantined, ...]


def clean_corpus(raw: Sequence[RawDocument], settings: Settings) -> Cleaned:
    """Clean all documents of a corpus together, so that what their pages repeat is known as furniture."""
    knowledge = load_knowledge(settings.reference)
    documents: list[Document] = []
    blocks: list[Block] = []
    quarantine: list[Quarantined] = []
    for item in raw:
        own = clean_document(item, knowledge)
        words = sum(len(item.text[b.char_start : b.char_end].split()) for b in own if b.kind == "body")
        title = next((item.text[b.char_start : b.char_end] for b in own if b.kind == "title"), None)
        if not words:
            detail = f"None of the {len(own)} lines reads like prose."
            quarantine.append(
                Quarantined(item.source_file, item.sha256, Reason.NO_PROSE.value, detail, item.ingested_at)
            )
            continue
        n_days = Counter(b.kind for b in own)["day_heading"]
        documents.append(
            Document(
                item.document_id,
                item.source_file,
                None,
                None,
                (),
                title,
                None,
                None,
                "unknown",
                "live_feed" if n_days >= 2 else "article",
                "en",
                None,
                item.text,
                words,
                item.sha256,
                None,
                item.ingested_at,
            )
        )
        blocks += own
    return Cleaned(tuple(documents), tuple(blocks), tuple(quarantine))


def clean_document(item: RawDocument, knowledge: Knowledge) -> list[Block]:
    """Blocks of one document."""
    page = judge(list(split_lines(item.text)), knowledge, frozenset())
    decide_lines(page, knowledge, frozenset())
    return [
        Block(
            digest_id("blk", item.document_id, j.line.start, j.line.end, j.line.text),
            item.document_id,
            n,
            j.line.start,
            j.line.end,
            j.kind,
            j.rule,
        )
        for n, j in enumerate(page.lines)
    ]
