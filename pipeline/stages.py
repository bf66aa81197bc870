"""Values that only stages exchange, as frames and back: files listed, raw documents, parses, links.

Tables of the contract have `pipeline.tables` for that; these frames stay inside the pipeline.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import polars as pl

from pipeline.ids import digest_id
from pipeline.ingest import Facts, RawDocument, Sidecar
from pipeline.listing import ListedFile
from pipeline.model import Actor, Block, Document, Links, Mention, Page
from pipeline.nlp import PARSED_KINDS, unpack_parses

FILES: Final = pl.Schema(
    {
        "path": pl.String(),
        "size": pl.Int64(),
        "modified_ns": pl.Int64(),
        "is_input": pl.Boolean(),
        "n_records": pl.Int64(),
    }
)
RAW: Final = pl.Schema(
    {
        "document_id": pl.String(),
        "source_file": pl.String(),
        "text": pl.String(),
        "sha256": pl.String(),
        "sidecar": pl.String(),
        "ingested_at": pl.Datetime("us"),
        "facts": pl.String(),
        "reader": pl.String(),
    }
)
PARSES: Final = pl.Schema(
    {"document_id": pl.String(), "parse_key": pl.String(), "n_blocks": pl.Int64(), "parses": pl.Binary()}
)
LINKS: Final = pl.Schema(
    {
        "document_id": pl.String(),
        "block_no": pl.Int64(),
        "char_start": pl.Int64(),
        "char_end": pl.Int64(),
        "surface": pl.String(),
        "start_i": pl.Int64(),
        "end_i": pl.Int64(),
        "head_i": pl.Int64(),
        "resolution": pl.String(),
        "confidence": pl.Float64(),
        "actor_key": pl.String(),
        "actor_name": pl.String(),
        "actor_kind": pl.String(),
        "party": pl.String(),
        "gender": pl.String(),
        "roles": pl.List(pl.String()),
        "role_text": pl.String(),
        "wikidata_id": pl.String(),
        "official_name": pl.String(),
        "in_passing": pl.Boolean(),
    }
)


def files_frame(files: Iterable[ListedFile], records: Mapping[str, int] | None = None) -> pl.DataFrame:
    """The listing of the input folder, with the number of `records` by file that holds many inputs."""
    records = records or {}
    rows = [(f.path, f.size, f.modified_ns, f.is_input, records.get(f.path)) for f in files]
    return pl.DataFrame(rows, schema=FILES, orient="row")


def raw_frame(documents: Iterable[RawDocument]) -> pl.DataFrame:
    """Raw documents, their sidecars and facts as JSON."""
    rows = [
        (
            d.document_id,
            d.source_file,
            d.text,
            d.sha256,
            None if d.sidecar is None else d.sidecar.model_dump_json(by_alias=True),
            d.ingested_at.astimezone(dt.UTC).replace(tzinfo=None),
            None if d.facts is None else d.facts.model_dump_json(),
            d.reader,
        )
        for d in documents
    ]
    return pl.DataFrame(rows, schema=RAW, orient="row")


def raw_rows(frame: pl.DataFrame) -> tuple[RawDocument, ...]:
    """The inverse of `raw_frame`."""
    return tuple(
        RawDocument(
            document_id,
            source_file,
            text,
            sha256,
            None if sidecar is None else Sidecar.model_validate_json(sidecar),
            ingested_at.replace(tzinfo=dt.UTC),
            None if facts is None else Facts.model_validate_json(facts),
            reader,
        )
        for document_id, source_file, text, sha256, sidecar, ingested_at, facts, reader in frame.select(
            RAW.names()
        ).iter_rows()
    )


def parse_key(fingerprint: str, document: Document, blocks: Sequence[Block]) -> str:
    """Key of a document's parses: of the model (`fingerprint`) and the blocks that are parsed."""
    parts = [f"{b.char_start}-{b.char_end}" for b in blocks if b.kind in PARSED_KINDS]
    return digest_id("parse", fingerprint, document.sha256, *parts)


def parses_frame(rows: Iterable[tuple[str, str, int, bytes]]) -> pl.DataFrame:
    """Rows of (document_id, parse_key, number of parsed blocks, what `nlp.pack_parses` wrote)."""
    return pl.DataFrame(list(rows), schema=PARSES, orient="row")


def blocks_by_document(blocks: Iterable[Block]) -> dict[str, tuple[Block, ...]]:
    """Blocks of each document in reading order."""
    found: dict[str, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.document_id, []).append(block)
    return {key: tuple(sorted(own, key=lambda b: b.block_no)) for key, own in found.items()}


def pages(documents: Iterable[Document], blocks: Iterable[Block], parses: pl.DataFrame) -> Iterator[Page]:
    """Documents with blocks and parses, one by one, so that a large corpus never lies decoded whole.

    Documents that could not be parsed are left out.
    """
    own = blocks_by_document(blocks)
    packed = dict(parses.select("document_id", "parses").iter_rows())
    for document in documents:
        if document.document_id in packed:
            yield _page(document, own.get(document.document_id, ()), packed[document.document_id])


@lru_cache(maxsize=32)
def _page(document: Document, blocks: tuple[Block, ...], packed: bytes) -> Page:
    """Decoded once for several stages where the corpus is small, again for each where it is not."""
    return Page(document, blocks, unpack_parses(packed, document, blocks))


def links_frame(links: Iterable[Links]) -> pl.DataFrame:
    """All mentions of all pages, in order."""
    rows = [
        (
            m.document_id,
            m.block_no,
            m.char_start,
            m.char_end,
            m.surface,
            m.start_i,
            m.end_i,
            m.head_i,
            m.resolution,
            m.confidence,
            m.actor.key,
            m.actor.name,
            m.actor.kind,
            m.actor.party,
            m.actor.gender,
            list(m.actor.roles),
            m.actor.role_text,
            m.actor.wikidata_id,
            m.actor.official_name,
            m.actor.in_passing,
        )
        for page in links
        for m in page.mentions
    ]
    return pl.DataFrame(rows, schema=LINKS, orient="row")


def links_by_document(frame: pl.DataFrame) -> dict[str, Links]:
    """The inverse of `links_frame`; documents without a mention are absent."""
    mentions: dict[str, list[Mention]] = {}
    for row in frame.select(LINKS.names()).iter_rows():
        document_id, block_no, start, end, surface, start_i, end_i, head_i, resolution, confidence = row[:10]
        key, name, kind, party, gender, roles, *rest = row[10:]
        actor = Actor(key, name, kind, party, gender, tuple(roles), *rest)
        place = (document_id, block_no, start, end, surface, start_i, end_i, head_i)
        mentions.setdefault(document_id, []).append(Mention(*place, actor, resolution, confidence))
    return {document_id: Links(tuple(found)) for document_id, found in mentions.items()}
